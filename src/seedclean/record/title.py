"""The title of a document, and the name of the site that stands beside it: of the titles that it states and the headline that it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from seedclean.model.document import Candidate, Decision
from seedclean.packs.context import MatchContext
from seedclean.record import headline, title_repeats
from seedclean.values import site_names, title_parts, titles
from seedclean.values.text import squash

_CUT_CHARS = 90
"""Some systems cut the headline of linked data at 110 characters, at the end of a word."""
_FOR_OTHERS = ("json-ld:", "meta:")
"""Places that hold a title for search engines and other sites."""
_CUT_SIGNS = ("...", "…")
_STEM_CHARS = 6
"""So many characters of a headline that is cut short are seldom those of another."""
_TITLE_CHARS = 150
_ORIGINAL = ("原标题", "原標題", "原题", "原題", "original title", "original headline")
"""What stands before the headline that another place has whole."""
_PAIRS = (("《", "》"), ("“", "”"), ("「", "」"), ("(", ")"), ("（", "）"), ("【", "】"))
_SECTION_CHARS = 8
"""A Chinese title in a page's head that is no longer than this, and that nothing in the page repeats, may be that of a section."""


def title_and_site(
    candidates: Sequence[Candidate],
    authors: Sequence[Candidate],
    context: MatchContext,
    decisions: Sequence[Decision],
    around: titles.Surroundings,
) -> tuple[Candidate | None, Candidate | None]:
    """The headline, and the name of the site that stands beside it in a title.

    A title that names the site or a section alone says nothing of the document, if its text shows a headline.
    """
    site: Candidate | None = None
    spare: Candidate | None = None
    for one in _displayed_first(candidates, context, around):
        value = titles.ended(str(one.value))
        stated = replace(one, value=value)
        shown = None if stated.origin.startswith("rule:") else headline.shown(stated, context, around)
        split = titles.split(value, around, str(shown.value) if shown else "")
        if split.site and site is None:
            site = replace(stated, field="publisher", value=split.site)
        spelled = None if shown else title_repeats.spelled(value, context)
        if spelled:
            return spelled, site
        is_whole = squash(split.headline) == squash(value)
        title = stated if is_whole else replace(shown or stated, value=split.headline)
        beside = site or _site_of_others(candidates, split.headline, around)
        if shown or not _names_no_document(split.headline, stated, around, is_beside=bool(beside)):
            return _uncut(title if shown else title_repeats.agreed(title, candidates), candidates, context), beside
        spare = spare or title
    standing = headline.standing(context, decisions, around, authors)
    if standing is None or (spare and _repeats(standing, spare, around)):
        return spare, site
    split = titles.split(str(standing.value), around)
    if (split.site and site_names.is_like_name(split.headline)) or _names_site(str(standing.value), around):
        return spare, site
    if not str(standing.value).startswith(split.headline):  # what stands before a headline in the text is a part of it
        split = titles.Split(str(standing.value), "")
    if spare and site is None and site_names.is_like_name(str(spare.value)):
        site = replace(spare, field="publisher", value=site_names.site_name(str(spare.value)))
    elif split.site and site is None:
        site = replace(standing, field="publisher", value=split.site)
    return _uncut(replace(standing, value=split.headline), candidates, context), site


def _displayed_first(
    candidates: Sequence[Candidate], context: MatchContext, around: titles.Surroundings
) -> Sequence[Candidate]:
    """The titles; where no heading shows the first one, and the title in the head begins as a heading does, that one first: the first
    is worded for other places, or describes what the page is about."""
    if not candidates or not candidates[0].origin.startswith(_FOR_OTHERS):
        return candidates
    if headline.shown(candidates[0], context, around) is not None:
        return candidates
    for one in candidates[1:]:
        shown = headline.shown(one, context, around) if one.origin == "html:title" else None
        begins = shown is not None and squash(str(one.value)).startswith(squash(str(shown.value)))
        holds = shown is not None and squash(str(candidates[0].value)) in squash(str(shown.value))
        if shown and begins and not holds and headline.is_heading(shown, context):
            return [one, *(other for other in candidates if other is not one)]
    return candidates


def _repeats(standing: Candidate, stated: Candidate, around: titles.Surroundings) -> bool:
    """Whether the line where a headline stands is a short title that is stated, with other words beside it."""
    title = squash(str(stated.value))
    return title not in around.names and title in squash(str(standing.value))


def _names_site(text: str, around: titles.Surroundings) -> bool:
    """Whether a heading of several words names the site and a section of it: `某某新闻 国际`."""
    words = text.split()
    return len(words) > 1 and all(
        squash(word) in around.names or site_names.is_section(word) or site_names.is_like_name(word) for word in words
    )


def _uncut(title: Candidate, candidates: Sequence[Candidate], context: MatchContext) -> Candidate:
    """The title; one that ends in mid-sentence, as a list or linked data may have no longer headline, as another place has it."""
    text = str(title.value)
    stem = text.rstrip(" .…")
    is_open = text != stem and text.endswith(_CUT_SIGNS) and len(stem) >= _STEM_CHARS
    if not is_open and (len(text) < _CUT_CHARS or not title.origin.startswith("json-ld:")):
        return title
    others = (whole for one in candidates if str(one.value) != text for whole in title_parts.beginnings(str(one.value)))
    longer = next((whole for whole in others if whole == stem or _goes_on(whole, stem)), "")
    if longer or not is_open:
        return replace(title, value=longer or text)
    for view in context.views:
        longer = _original(" ".join(view.block.text.split()), stem) if stem[:1] in view.block.text else ""
        if longer:
            return replace(title, value=longer, start=view.block.start, end=view.block.end)
    return title


def _goes_on(whole: str, stem: str) -> bool:
    return whole.startswith(stem) and whole[len(stem) :].lstrip()[:1] not in ("", ".", "…")


def _original(line: str, stem: str) -> str:
    """The whole headline in a line that says it alone or behind the words that it is the original one; empty if it does not."""
    at = line.find(stem) if len(line) <= 2 * _TITLE_CHARS else -1
    before = line[: max(at, 0)].rstrip(' :："“《「')
    if at < 0 or (before and not before.casefold().endswith(_ORIGINAL)):
        return ""
    whole = line[at:]
    for opening, closing in _PAIRS:
        whole = whole.partition(closing)[0] if opening in line[:at] and opening not in whole else whole
    return whole if _goes_on(whole, stem) and len(whole) <= _TITLE_CHARS and "。" not in whole else ""


def publication(candidates: Sequence[Candidate], platforms: set[str]) -> Candidate | None:
    """The publication on a platform whose titles name the writer too: `Headline | by Ann Lee | Quay Notes | Platform`."""
    for title in candidates:
        parts = title_parts.parts(str(title.value))
        by = next((at for at, part in enumerate(parts) if at and part.casefold().startswith("by ")), None)
        if by is not None and squash(parts[-1]) in platforms:
            names = [part for part in parts[by + 1 : -1] if not any(map(str.isdigit, part))]
            return replace(title, field="publisher", value=names[0]) if len(names) == 1 else None
    return None


def _names_no_document(text: str, stated: Candidate, around: titles.Surroundings, is_beside: bool) -> bool:
    """Whether a title that no heading repeats names the site or a section alone. `is_beside`: the name of the site stands beside it;
    then an English headline may end as names do."""
    if squash(text) in around.names or site_names.is_section(text):
        return True
    is_of_head = stated.origin.startswith(("meta:", "html:", "json-ld:"))
    is_short = len(text) <= _SECTION_CHARS and not text.isascii()
    is_name = site_names.is_like_name(text) and not (is_beside and text.isascii())
    return is_of_head and (is_name or squash(text) in around.sections or is_short)


def _site_of_others(candidates: Sequence[Candidate], headline: str, around: titles.Surroundings) -> Candidate | None:
    """The name that another title has beside the same headline."""
    for candidate in candidates:
        site = titles.split(str(candidate.value), around, headline).site if headline in str(candidate.value) else ""
        if site:
            return replace(candidate, field="publisher", value=site)
    return None
