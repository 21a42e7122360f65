"""Lines of labels and values: `2019年06月15日08:18 来源：某报`, `By Ann Lee · 3 May 2024 · 5 min read`, `(责编：王一、李二)`.

A line is cut into labels, dates, counts, words of the interface and other text; a label's value is what stands behind it, up to the
next of these. What no label explains is the line's rest, so that a caller can tell a line of labels from a sentence that
contains one. The words are data: label_lines.toml. Each step goes forward, so that reading takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from seedclean.values import dates, times
from seedclean.values.people import is_person, split_people
from seedclean.values.scripts import HAN, HANGUL, KANA
from seedclean.values.tables import any_of, table
from seedclean.values.text import normal

CHARS = 240
"""A longer text is no line of labels."""
_VALUE_CHARS = 90
_SOURCE_CHARS = _AUTHOR_CHARS = 40
_HAN_NAME = 4
_NAME_CHARS = 8
"""A longer Chinese name is none: `王一某某大学经济学院教授`."""
_BRACKET_CHARS = 90
"""The brackets that name the reporter of a paragraph are this near to its beginning or end."""
_OPENING = re.compile(r"^(?P<before>[^(\[【〔。!?]{0,40})[(\[【〔](?P<content>[^()\[\]【】〔〕]{2,60})[)\]】〕]")
_CLOSING = re.compile(r"[(【〔](?P<content>[^()\[\]【】〔〕]{2,60})[)】〕][。.]?[0-9]{0,7}$")
_NAMES = ("authors", "editors", "contributor")
_DATES = ("published", "modified")
_BREAKS = "|丨︱¦【】[]〔〕「」『』<>»›•◆■●◎○□▲▼▶►★☆※*#;。!?…"
"""Signs that end a value wherever they stand."""
_WEAK_BREAKS = "·‧∙・-–—/╱\\~"
"""Signs that end a value where blanks surround them; within a word they belong to it."""
_INERT = " ,、:.()@'\"“”" + _BREAKS + _WEAK_BREAKS
_APART = " ,、:()@" + _BREAKS
_MARKUP = frozenset('="<>{}')
_SHORT_YEAR = re.compile(r"[0-9]{2}-[0-9]{2}-[0-9]{2} ?[0-9]{2}:")
_CONTRIBUTED = "供稿"
_STOPS = ("。", "!", "?", "…")
_UNKNOWN = "unknown"
_REPORTER = " 기자"
_LETTER = re.compile(r"[^\W\d_]")
_CJK = re.compile(f"[{HAN}{KANA}{HANGUL}]")
_AGENCY = re.compile(rf"(?P<words>[{HAN}]{{4,6}})[0-9]{{1,2}}日[電电]")
"""`王一二台北12日電`: an agency's reporter, place and day."""


@dataclass(frozen=True, slots=True)
class Item:
    """One value of a line: the field that it belongs to, and whether a label says so."""

    field: str
    value: str
    labelled: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says: its values in their order, and the texts that no label explains."""

    items: tuple[Item, ...]
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Literal["label", "open", "date", "noise", "text", "break"]
    value: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class _Patterns:
    label: re.Pattern[str]
    open: re.Pattern[str]
    noise: re.Pattern[str]
    count: re.Pattern[str]
    relative: re.Pattern[str]
    role: re.Pattern[str]
    labels: Mapping[str, str]
    opens: Mapping[str, str]
    media: tuple[str, ...]
    wires: tuple[str, ...]
    tails: tuple[str, ...]
    notices: tuple[str, ...]
    glued: tuple[str, ...]
    places: tuple[str, ...]
    desks: tuple[str, ...]
    no_source: frozenset[str]
    modified: frozenset[str]


@cache
def _patterns() -> _Patterns:
    data = table("label_lines")
    words = data["words"]
    labels = {word: field for field, several in data["labels"].items() for word in several}
    opens = {word: field for field, several in data["open"].items() for word in several}
    end = rf"(?![\w{HAN}])"
    return _Patterns(
        re.compile(rf"(?P<word>{any_of(labels)})(?: ?:| ?(?P<bar>[/|丨︱]))(?!//)", re.I),
        re.compile(rf"(?P<word>{any_of(opens)})(?P<glued>(?! |$))?", re.I),
        re.compile(rf"(?:{any_of(words['noise'])}){end}", re.I),
        re.compile(
            rf"(?:{any_of(data['labels']['count'])}) ?\(?[0-9][0-9,.]*[万千kw]?\)?|[0-9][0-9,.]*[万千kw]?\+? ?(?:(?:{any_of(words['units'])}){end}|(?=$|[ |,)]))|[0-9]{{1,2}} ?[-/月] ?[0-9]{{1,2}} ?日?(?![0-9/-])",
            re.I,
        ),
        re.compile(rf"[0-9半]{{0,3}} ?(?:{any_of(words['relative'])}) ?(?:[0-9]{{1,2}}:[0-9]{{2}})?", re.I),
        re.compile(rf"(?P<org>[^\s:]{{0,14}}?)(?P<role>{any_of(words['roles'])}) ?(?P<names>\S.*)"),
        labels,
        opens,
        tuple(words["media"]),
        tuple(words["wires"]),
        tuple(words["tails"]),
        tuple(words["notices"]),
        tuple(word for word in words["noise"] if len(word) > 2 and _CJK.match(word)),
        tuple(words["places"]),
        tuple(words["desks"]),
        frozenset(words["no_source"]),
        frozenset(words["modified"]),
    )


def parse(text: str) -> Line:
    """Read a line. One that is too long to be a line of labels has nothing but a rest."""
    if len(text) > CHARS * 2:
        return Line((), (text,))
    text = normal(text)
    is_sentence = text.endswith(_STOPS) and "," in text and not text.startswith(_patterns().notices)
    if len(text) > CHARS or is_sentence:
        return Line((), (text,))
    items: list[Item] = []
    rest: list[str] = []
    for part in _read(_tokens(text)):
        if isinstance(part, Item):
            items.append(part)
        else:
            rest.append(part)
    sure = [item for at, item in enumerate(items) if item.labelled or item.field != "credit" or _is_placed(items, at)]
    return Line(tuple(sure), (*rest, *(item.value for item in items if item not in sure)))


def _is_placed(items: Sequence[Item], at: int) -> bool:
    """Whether the name of a medium stands behind a date or beside people: elsewhere it may be a site, an account, a heading."""
    before, behind = items[max(0, at - 1) : at], items[at + 1 : at + 2]
    return any(item.field == "published" for item in before) or any(
        item.field == "authors" for item in [*before, *behind]
    )


def label(text: str) -> str:
    """The field of a text that is a label and nothing else, with or without its colon; empty if it is none."""
    if len(text) > _VALUE_CHARS:
        return ""
    word = normal(text).strip(" :").lower()
    return _patterns().labels.get(word) or _patterns().opens.get(word, "")


def is_notice(line: Line) -> bool:
    """Whether a line begins as a notice does that says where the text comes from: `本文来自某号，作者：王一，…`."""
    return bool(line.rest) and line.rest[0].startswith(_patterns().notices)


def credits(text: str, at_end: bool) -> Line:
    """What the brackets say that open a text behind nothing or the words of an agency, or that end it: （某社记者 王一）."""
    part = text[-_BRACKET_CHARS:] if at_end else text[:_BRACKET_CHARS]
    match = (_CLOSING if at_end else _OPENING).search(normal(part))
    nothing = Line((), ())
    if match is None:
        return nothing
    patterns = _patterns()
    before = "" if at_end else match["before"].strip()
    content = match["content"].strip()
    if at_end and len(content) <= _HAN_NAME and is_person(content) and _CJK.match(content):
        return Line((Item("authors", content, labelled=False),), ())
    line = parse(content)
    explained = not before or before.endswith(patterns.wires)
    return line if explained and all(text.endswith(patterns.wires) for text in line.rest) else nothing


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = start = 0
    while at < len(text):
        step = _token(text, at, start)
        if step is None:
            at += 1
            continue
        token, end = step
        _close(tokens, text[start:at])
        tokens.append(token)
        at = start = end
    _close(tokens, text[start:])
    return tokens


def _close(tokens: list[_Token], gap: str) -> None:
    """Add the text between two tokens, if there is any; a colon at its end makes it a label that the tables do not have."""
    is_label = gap.rstrip().endswith(":")
    gap = gap.strip(" ,、:.@" + _WEAK_BREAKS)
    gap = gap.strip("()") if gap.count("(") != gap.count(")") else gap
    if gap.strip(_INERT):
        tokens.append(_Token("text", gap.strip(), _UNKNOWN if is_label else ""))


def _token(text: str, at: int, start: int) -> tuple[_Token, int] | None:
    """The token that begins at a place, and its end; None inside of a text that began at `start`."""
    sign = text[at]
    if sign in " ,、":
        return None
    if (
        sign in _BREAKS
        or (sign in _WEAK_BREAKS and _alone(text, at))
        or (sign in "()" and not text[start:at].strip(_INERT))
    ):
        return _Token("break", sign), at + 1
    if sign == ")" and "(" not in text[start:at]:
        return _Token("break", sign), at + 1
    if at > start and not _begins(text[at - 1], sign):
        return None
    apart = at == start or text[at - 1] in _APART
    return _dated(text, at) or _labelled(text, at, apart) or (_filler(text, at) if apart else None)


def _begins(before: str, sign: str) -> bool:
    """Whether a word or a number may begin with a sign behind another one: at each character of a script without blanks."""
    if sign.isdigit():
        return not before.isdigit()
    return not _LETTER.match(before) or bool(_CJK.match(before) or _CJK.match(sign))


def _alone(text: str, at: int) -> bool:
    return text[at - 1 : at] in ("", " ") or text[at + 1 : at + 2] in ("", " ")


def _dated(text: str, at: int) -> tuple[_Token, int] | None:
    day_first = None if text.isascii() else True
    stamp = dates.at(text, at, day_first)
    if stamp is None and _SHORT_YEAR.match(text, at) and not text.isascii():
        stamp = dates.at("20" + text[at:], 0)
        return (_Token("date", stamp.iso), at + stamp.end - 2) if stamp else None
    return (_Token("date", stamp.iso), stamp.end) if stamp else None


def _labelled(text: str, at: int, apart: bool) -> tuple[_Token, int] | None:
    """A label with its colon, wherever it stands; one with a bar or none, where a word begins."""
    patterns = _patterns()
    match = patterns.label.match(text, at)
    if match and (apart or (not match["bar"] and len(match["word"]) > 1)):
        return _Token("label", match["word"], patterns.labels[match["word"].lower()]), match.end()
    match = patterns.open.match(text, at) if apart else None
    if match and (match["glued"] is None or (len(match["word"]) > 1 and _CJK.match(match["word"][-1]))):
        return _Token("open", match["word"], patterns.opens[match["word"].lower()]), match.end()
    return None


def _filler(text: str, at: int) -> tuple[_Token, int] | None:
    """A count, a relative time, a time of day or a word of the interface."""
    patterns = _patterns()
    for pattern in (patterns.relative, patterns.count, patterns.noise):
        match = pattern.match(text, at)
        if match:
            return _Token("noise", match.group()), match.end()
    clock = times.at(text, at)
    return (_Token("noise", text[at : clock.end]), clock.end) if clock and ":" in text[at : clock.end] else None


def _read(tokens: Sequence[_Token]) -> Iterator[Item | str]:
    """Values with their fields, and the texts that no label explains."""
    label: _Token | None = None
    for at, token in enumerate(tokens):
        suffix = tokens[at + 1].value.lower() if token.kind == "date" and at + 1 < len(tokens) else ""
        if token.kind in ("label", "open"):
            label = token
        elif token.kind == "date":
            if label and label.field in _DATES:
                yield Item(label.field, token.value, labelled=True)
                label = None
            elif suffix in _patterns().modified:
                yield Item("modified", token.value, labelled=True)
            elif not label or label.field not in ("other", "count", _UNKNOWN):
                yield Item("published", token.value, labelled=False)
        elif token.kind == "text":
            yield from _explained(token.value, label)
            label = token if token.field == _UNKNOWN else None
        elif token.kind == "break" and token.value in "|】]〕」;。":
            label = None


def _explained(text: str, label: _Token | None) -> Iterator[Item | str]:
    """The values of a text behind a label, or of one without."""
    if label is None:
        yield from _unlabelled(text)
    elif label.field in ("other", "count", _UNKNOWN):
        if label.kind == "open" and len(text) > _VALUE_CHARS:
            yield text
    elif label.field in _DATES or len(text) > _VALUE_CHARS:
        yield text
    elif label.field in _NAMES:
        yield from _named(text, label)
    elif label.field == "credit":
        source = _source(text)
        open_ended = label.kind == "open" and not (
            len(text) <= 20 and (text.lower().endswith(_patterns().media) or text.isascii())
        )
        if source and not open_ended:
            yield Item("credit", source, labelled=True)
        elif open_ended:
            yield text
    else:
        yield Item(label.field, text, labelled=True)


def _named(text: str, label: _Token) -> Iterator[Item | str]:
    """The people behind a label. Without a colon all of them must tell that they are people."""
    text = _without_noise(text)
    role = _patterns().role.fullmatch(text)
    text = _without_employer(text)
    names = split_people(role["names"] if role else text)
    field = label.field
    if field == "contributor":
        field = "authors" if names and all(map(is_person, names)) else "credit"
        if field == "credit":
            yield Item(field, text, labelled=True)
            return
    if label.kind == "open":
        agency = _agency(text)
        if agency:
            yield Item(field, agency, labelled=True)
            return
        if not names or not all(map(is_person, names)):
            yield text
            return
    if names and not all(map(_is_short, names)):
        names = names[:1]  # what the person is or does follows
    if names and _is_short(names[0]):
        yield Item(field, "、".join(names), labelled=True)


def _without_noise(text: str) -> str:
    """The text without a word of the interface that touches its end: `某网参与互动`."""
    return next(
        (text[: -len(word)].strip() for word in _patterns().glued if text.endswith(word) and text != word), text
    )


def _without_employer(text: str) -> str:
    """The name in `王一某某大学经济学院教授`: what stands before the place or the institution behind it."""
    patterns = _patterns()
    if len(text) > _NAME_CHARS and _CJK.match(text):
        for length in (2, 3):
            if text[length:].startswith(patterns.places) and is_person(text[:length]):
                return text[:length]
    return text


def _is_short(name: str) -> bool:
    return len(_CJK.findall(name)) <= _NAME_CHARS and len(name) <= _AUTHOR_CHARS


def _source(text: str) -> str:
    """The name of a source without the account number in brackets behind it; empty if it names none."""
    text = _without_noise(text)
    opening = text.rfind("(")
    if opening > 0 and text[opening + 1 : opening + 4].lower() in ("id:", "id ", "微信号", "公众号"):
        text = text[:opening].strip()
    text = text.partition("/文")[0]
    if (
        len(text) > _SOURCE_CHARS
        or "://" in text
        or _MARKUP & set(text)
        or text.lower() in _patterns().no_source
        or not _LETTER.search(text)
    ):
        return ""
    return text


def _unlabelled(text: str) -> Iterator[Item | str]:
    """People and source in a text without a label: `某报记者 王一`, `王一／台北報導`, `王一/某报`; else the text."""
    patterns = _patterns()
    reporter = text.removesuffix(_REPORTER)
    if reporter != text and is_person(reporter):
        yield Item("authors", reporter, labelled=True)
        return
    parts = [part.strip() for part in text.replace("╱", "/").split("/") if part.strip()]
    roles = [patterns.role.fullmatch(part) for part in parts]
    for at, role in enumerate(roles):
        agency = _agency(role["names"]) if role else ""
        names = split_people(role["names"]) if role else ()
        if agency or (names and all(map(is_person, names))):
            yield Item("authors", agency or "、".join(names), labelled=True)
            yield from (Item("credit", part, labelled=False) for part in parts[:at] if part.endswith(patterns.media))
            return
    if len(parts) == 2 and is_person(parts[0]) and parts[1].endswith((*patterns.media, *patterns.tails)):
        yield Item("authors", parts[0], labelled=True)
        if parts[1].endswith(patterns.media):
            yield Item("credit", parts[1], labelled=False)
    elif len(parts) == 2 and is_person(parts[1]) and parts[0].endswith((*patterns.media, *patterns.wires)):
        yield Item("authors", parts[1], labelled=True)
    elif _is_medium(text):
        yield Item("credit", text, labelled=False)
    elif text.endswith(patterns.desks) and len(text) <= 12:
        yield Item("authors", text, labelled=False)
    elif text.endswith(_CONTRIBUTED) and len(text) <= _VALUE_CHARS:
        yield from _named(text.removesuffix(_CONTRIBUTED), _Token("label", _CONTRIBUTED, "contributor"))
    else:
        yield text


def _is_medium(text: str) -> bool:
    return len(text) <= 16 and " " not in text and text.endswith(_patterns().media)


def _agency(text: str) -> str:
    """The reporter in `王一二台北12日電`: the name ends where the place begins."""
    match = _AGENCY.fullmatch(text)
    words = match["words"] if match else ""
    placed = next((words[:length] for length in (2, 3) if words[length:].startswith(_patterns().places)), "")
    name = placed or words[: 3 if len(words) > _HAN_NAME else 2]
    return name if name and is_person(name) else ""
