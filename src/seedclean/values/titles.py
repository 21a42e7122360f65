"""Titles that hold a headline and the name of the site beside it: `Headline | Site`, `标题_栏目_网站名`.

A title is cut into parts at its separators. What the parts are is told by what else is known: the headline as the page
shows it, the names under which the site is known, the sections of the site, and the words that names end with
(titles.toml).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from seedclean.values.scripts import HAN
from seedclean.values.site_names import (
    SIGNS,
    SITE_CHARS,
    fits,
    is_domain,
    is_firm,
    is_idle,
    is_like_name,
    is_office,
    is_section,
    site_name,
)
from seedclean.values.text import squash
from seedclean.values.title_parts import TITLE_CHARS, Part, part_spans

_HAN = re.compile(f"[{HAN}]")
_COUNTER = re.compile(r"[(（]\d{1,5}\+? ?[^()（）]{0,12}[)）] ?")
"""How many messages wait, before the title of a page that was open."""
_PREFIX = 3
"""A name and a part that begins with it, or the other way round, share at least so many characters: two in Chinese."""
_REST = 6
"""`网易新闻` begins with the name `网易`: so many characters may follow the name."""
_HAN_REST = 3
_JOINTS = "[(【（:："
"""Signs before a name at the end of a title that say that no word of the headline is meant."""
_LEADS = ":：]】)）—丨·>"
"""Signs behind a name at the beginning of a title."""
_DASHES = "-–—|·"
_BRACKET_SIGNS = "[]()【】（） "
_SECTION_CHARS = 12
_BRACKETS = {")": "(", "）": "（", "]": "[", "】": "【", "」": "「", "』": "『", "》": "《", "”": "“"}
_SLOGAN_WORDS = 2
_WORDS_CHARS = 40
_AUTHOR_CHARS = 40


class Split(NamedTuple):
    """The headline of a title, and the name of the site beside it: empty if the title has none."""

    headline: str
    site: str


class Answer(NamedTuple):
    """A question, and who wrote the answer that the document is."""

    question: str
    author: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a page tells of the words beside its headline, all folded.

    `names`: the names under which its site is known. `sections`: what its menus and keywords say.
    """

    names: Collection[str] = ()
    sections: Collection[str] = ()


def refined(name: str, candidates: Sequence[str]) -> str:
    """The name as titles have it, where a part of one begins with it: `网易新闻` for `网易`, `The Quay's Blog` for `The Quay`.

    The name itself where a part is just that.
    """
    folded = squash(name)
    several = [(title, part_spans(title)) for title in candidates]
    parts = [title[part.start : part.end] for title, spans in several for part in spans[1:]]
    parts += [title for title, spans in several if len(spans) == 1 and is_like_name(title)]
    if not folded or any(squash(part) == folded for part in parts):
        return name
    rest = _HAN_REST if _HAN.search(name) else _REST
    longer = (part for part in parts if squash(part).startswith(folded) and len(squash(part)) <= len(folded) + rest)
    return next(longer, name)


def ended(title: str) -> str:
    """The title without a sign at its end, behind a blank, that was to part it from a name which is not there: `Find us –`."""
    text = title.rstrip()
    while text[-1:] and text[-1] in _DASHES and text[-2:-1].isspace():
        text = text[:-1].rstrip()
    return text or title


def answered(title: str) -> Answer | None:
    """What a title says in which a site for questions names the answer's author too: `Question? - Name 的回答`,
    `Name's answer to Question? - Quora`. None for any other title."""
    text = title.strip()
    if text.endswith("Quora"):  # without it, `Silicon Valley's answer to the housing crisis?` is a headline
        author, sign, question = text.removesuffix("Quora").rstrip(" -–|").replace("’", "'").partition("'s answer to ")
        sign = sign if question.endswith("?") else ""
    else:
        text = text.removesuffix("知乎").rstrip(" -–|")
        question, sign, author = (
            text.removesuffix("的回答").rpartition(" - ") if text.endswith("的回答") else ("", "", "")
        )
    is_named = bool(sign) and bool(question.strip()) and 0 < len(author.strip()) <= _AUTHOR_CHARS
    return Answer(question.strip(), author.strip()) if is_named else None


def split(title: str, around: Surroundings = Surroundings(), headline: str = "") -> Split:
    """The headline of a title and the name of the site beside it.

    `headline` is the headline as the page shows it, if the page shows one: then any single name beside it is the site's.
    """
    title = _COUNTER.sub("", title, count=1) if _COUNTER.match(title) else title
    if len(title) > TITLE_CHARS:
        return Split(headline or title, "")
    if not headline:
        return _trimmed(title, around)
    stated, _ = _trimmed(headline, around, is_shown=True)
    return Split(stated, _beside(title, headline, around))


def _trimmed(title: str, around: Surroundings, is_shown: bool = False) -> Split:
    """The title without names and sections at its ends. At least one part stays.

    `is_shown`: the page shows the title as a headline, so that only names by which the site is known are taken off.
    """
    parts = _with_hyphened_name(title, part_spans(title), around)
    if is_shown:
        names_shown = []
        while len(parts) > 1 and _is_known(squash(title[parts[-1].start : parts[-1].end]), around):
            names_shown.append(title[parts[-1].start : parts[-1].end])
            parts = parts[:-1]
        return Split(title[parts[0].start : parts[-1].end].strip() if names_shown else title, "")
    named = _named_before_slogan(title, parts, around)
    names = [title[parts[named].start : parts[named].end]] if named else []
    parts = parts[:named] if named else parts
    while len(parts) > 1:
        if names and _is_search_words(title, parts):
            parts = parts[:-1]
            break
        tail = _named_tail(title, parts, around)
        if (
            not tail
            and not is_idle(title[parts[-1].start : parts[-1].end])
            and not (names and _is_section(title, parts, around))
        ):
            break
        if tail:
            names.append(title[parts[-tail].start : parts[-1].end])
        parts = parts[: -max(tail, 1)]
    if not names:
        while len(parts) > 1 and _is_name(title[parts[0].start : parts[0].end], around, leading=True):
            names.append(title[parts[0].start : parts[0].end])
            parts = parts[1:]
            while len(parts) > 1 and _is_stated_section(title[parts[0].start : parts[0].end], around):
                parts = parts[1:]
    rest = title[parts[0].start : parts[-1].end].strip() if parts else title
    if not names:
        return _without_joined_name(rest, around)
    return Split(rest, site_name(_chosen(names, rest, around)))


def _with_hyphened_name(title: str, parts: Sequence[Part], around: Surroundings) -> Sequence[Part]:
    """The parts, the last cut at its last hyphen where a name stands behind it: `标题（全）-某某博客`, and after a word or a letter only one
    that is known, as hyphens stand in names too."""
    if not parts:
        return parts
    *before, last = parts
    at = title.rfind("-", last.start + 1, last.end)
    name = title[at + 1 : last.end].strip()
    if at < 0 or not _HAN.search(name) or not fits(name):
        return parts
    is_cut = not title[at - 1].isalnum() and is_like_name(name)
    is_cut = is_cut or _is_known(squash(name), around)
    return [*before, Part(last.start, at), Part(at + 1, last.end)] if is_cut else parts


def _is_search_words(title: str, parts: Sequence[Part]) -> bool:
    """Whether the last part, before the name of a site, is a list of words for search engines: several between blanks, behind an
    underscore, in a title that has no blanks there."""
    part, sign = title[parts[-1].start : parts[-1].end], title[parts[-2].end : parts[-1].start]
    is_short = len(part) <= min(_WORDS_CHARS, parts[-2].end - parts[0].start)
    return (
        sign == "_" and is_short and len(part.split()) > 1 and all(word.rstrip("+#").isalnum() for word in part.split())
    )


def _named_before_slogan(title: str, parts: Sequence[Part], around: Surroundings) -> int:
    """The index of the last part that is the site's name, where what follows it is its slogan; 0 if none is."""
    last = title[parts[-1].start : parts[-1].end] if parts else ""
    if squash(last) in around.names or is_like_name(last):
        return 0
    for at in range(len(parts) - 2, 0, -1):
        part = title[parts[at].start : parts[at].end]
        rest = title[parts[at].end : parts[-1].end]
        is_sentence = any(stop in rest for stop in "，。！!") and len(rest) > len(part)
        if is_domain(part) and len(rest.split()) > _SLOGAN_WORDS:
            return at
        if squash(part) in around.names or (is_sentence and is_like_name(part)):
            return at
    return 0


def _named_tail(title: str, parts: Sequence[Part], around: Surroundings) -> int:
    """How many parts at the end of a title are a name: several where a known name has a separator in it."""
    for count in range(len(parts) - 1, 1, -1):
        if squash(title[parts[-count].start : parts[-1].end]) in around.names:
            return count
    return int(_is_name(title[parts[-1].start : parts[-1].end], around))


def _is_name(part: str, around: Surroundings, leading: bool = False) -> bool:
    """Whether a part of a title is a name of the site. `leading`: it stands first, where a headline is more likely."""
    folded = squash(part)
    if not folded or not fits(part):
        return False
    if folded in around.names or (not leading and _is_known(folded, around)):
        return True
    return folded not in around.sections and is_like_name(part)


def _is_known(part: str, around: Surroundings) -> bool:
    """Whether a folded part is a known name or akin to one."""
    return part in around.names or any(_akin(part, name) for name in around.names)


def _akin(part: str, name: str) -> bool:
    """Whether one begins with the other: `网易新闻` and `网易`, `The Quay` and `thequayweekly`."""
    shared = 2 if _HAN.match(name) else _PREFIX + 1
    if len(part) > len(name):
        is_inside = part.startswith(name) or part.endswith(name)
        return len(name) >= shared and is_inside and len(part) <= len(name) + _REST
    return len(part) >= shared and name.startswith(part)


def _is_section(title: str, parts: Sequence[Part], around: Surroundings) -> bool:
    """Whether the last part, before the name of a site, is a section: one of the site's, or far shorter than the headline."""
    part = title[parts[-1].start : parts[-1].end]
    head = parts[-2].end - parts[0].start
    return _is_stated_section(part, around) or (len(part) <= _SECTION_CHARS and len(part) * 2 <= head)


def _is_stated_section(part: str, around: Surroundings) -> bool:
    return is_section(part) or squash(part) in around.sections


def _without_joined_name(title: str, around: Surroundings) -> Split:
    """The title without a known name that no separator parts from it: `Headline [Name]`, `Name: headline`."""
    folded = squash(title)
    for name in sorted(around.names, key=lambda name: (-len(name), name)):
        if len(name) < _PREFIX or len(folded) < len(name) + _PREFIX:
            continue
        if folded.endswith(name):
            places = range(len(title) - 1, max(1, len(title) - 2 * SITE_CHARS) - 1, -1)
            cut = _cut(title, places, name, behind=True)
            is_parted = any(sign in _JOINTS for sign in _signs_around(title, cut))
            if cut and (is_parted or (_HAN.search(title[cut:]) and is_like_name(title[cut:]))):
                return Split(title[:cut].rstrip(SIGNS + _JOINTS), site_name(title[cut:].strip(_BRACKET_SIGNS)))
        if folded.startswith(name):
            cut = _cut(title, range(1, min(len(title), 2 * SITE_CHARS) + 1), name, behind=False)
            if cut and any(sign in _LEADS for sign in _signs_around(title, cut)):
                return Split(title[cut:].lstrip(SIGNS + _LEADS + ".!?"), site_name(title[:cut].strip(_BRACKET_SIGNS)))
    return Split(title, "")


def _signs_around(title: str, cut: int) -> str:
    """The signs on both sides of a place of a title, up to the next letter or digit."""
    low = high = cut
    while low and not title[low - 1].isalnum():
        low -= 1
    while high < len(title) and not title[high].isalnum():
        high += 1
    return title[low:high] if low and high < len(title) else ""


def _cut(title: str, places: Collection[int], name: str, behind: bool) -> int:
    """Where a title is to be cut so that what is behind it, or before it, is a name; 0 if the name is part of a word."""
    for at in places:
        if title[at - 1].isalnum() and at < len(title) and title[at].isalnum():
            continue
        if squash(title[at:] if behind else title[:at]) == name:
            return _behind_bracket(title, at) if behind else at
    return 0


def _behind_bracket(title: str, at: int) -> int:
    """The place, or that behind the bracket at it which closes one before it: `Headline (photo) : Name`."""
    opening = _BRACKETS.get(title[at])
    return at + 1 if opening and title.count(opening, 0, at) > title.count(title[at], 0, at) else at


def _beside(title: str, headline: str, around: Surroundings) -> str:
    """The name beside the headline; empty if the headline goes on, or several stand there and none is known."""
    folded = squash(headline)
    if folded == squash(title):
        return ""
    at = title.find(headline)
    if at >= 0:
        before, behind = title[:at].rstrip(), title[at + len(headline) :].lstrip()
        if before.endswith((":", "：")) and squash(before) in around.names:
            return site_name(before.rstrip(":："))
        if (not before or before[-1] in SIGNS) and (not behind or behind[0] in SIGNS):
            return _site(_texts(before), _texts(behind), headline, around)
    parts = part_spans(title)
    for low in range(len(parts)):
        for high in range(len(parts), low, -1):
            if squash(title[parts[low].start : parts[high - 1].end]) == folded:
                before, behind = title[: parts[low].start], title[parts[high - 1].end :]
                return _site(_texts(before), _texts(behind), headline, around)
    return _trimmed(title, around).site


def _texts(text: str) -> list[str]:
    """The parts of what stands beside a headline; before them all that end it and are several, the longest first."""
    parts = part_spans(text)
    tails = [text[part.start : parts[-1].end].strip(SIGNS) for part in parts[:-1]]
    return [*tails, *(text[part.start : part.end].strip(SIGNS) for part in parts)]


def _site(before: Sequence[str], behind: Sequence[str], headline: str, around: Surroundings) -> str:
    """The name among the parts before and behind a headline, or the lone part behind it."""
    several = [part for part in [*before, *behind] if any(map(str.isalpha, part))]
    joined = [part for part in several if len(part_spans(part)) > 1 and squash(part) in around.names]
    others = [part for part in several if len(part_spans(part)) == 1 and not is_idle(part)]
    named = joined or [_known_end(part, around) or part for part in others if _is_name(part, around)]
    if named:
        return site_name(_chosen(named[::-1], headline, around))
    free = [part for part in others if not _is_stated_section(part, around)]
    if len(others) != 1 or not free or not behind or not fits(free[0]) or any(map(_is_of_no_name, free[0])):
        return ""
    if free[0][0].islower() and len(free[0].split()) > _SLOGAN_WORDS:
        return ""
    return site_name(_known_end(free[0], around) or free[0])


def _is_of_no_name(sign: str) -> bool:
    """Whether a sign stands in no name of a site that nothing else shows: a digit, or one that ends a clause."""
    return sign.isdigit() or sign in "，。！？；"


def _known_end(part: str, around: Surroundings) -> str:
    """The known name that ends a part behind a section and a sign: `Rowing- Heron Sports`; empty if none does."""
    ends = (part[at + 1 :].strip() for at, sign in enumerate(part) if sign in SIGNS[2:])
    return next((end for end in ends if squash(end) in around.names), "")


def _chosen(names: Sequence[str], headline: str, around: Surroundings) -> str:
    """The outermost of the names, which stands first; one in the headline's script before others, and one that the page shows
    before that of a firm."""
    if _HAN.search(headline):
        names = list(filter(_HAN.search, names)) or names
    if len(names) > 1 and is_office(names[0]) and not is_office(names[1]):
        return f"{names[1]}-{names[0]}"
    if is_firm(names[0]):
        return next((name for name in names if squash(name) in around.names and not is_firm(name)), names[0])
    return names[0]
