"""The values of one text of a line: people and sources behind a label, or without one where they tell themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from seedclean.values.line_tokens import UNKNOWN, Token
from seedclean.values.line_words import CJK, words
from seedclean.values.people import is_person, split_people
from seedclean.values.scripts import HAN

DATES = ("published", "modified")
"""Fields whose value is a date."""
CHANGER = "changer"
"""The field of labels before the name of who changed a text last, as in a wiki: the date behind it is that of the change."""
_NAMES = ("authors", "editors", "contributor")
_VALUE_CHARS = 90
_SOURCE_CHARS = _AUTHOR_CHARS = 40
_MEDIUM_CHARS = 16
HAN_NAME = 4
"""The most characters of a Chinese name."""
_NAME_CHARS = 8
"""A longer Chinese name is none: `王一某某大学经济学院教授`."""
_MARKUP = frozenset('="<>{}')
_LETTER = re.compile(r"[^\W\d_]")
_CONTRIBUTED = "供稿"
_REPORTER = " 기자"
_REPORTER_WORDS = 2
"""The name of a paper may stand before that of its reporter."""
_AGENCY = re.compile(rf"(?P<words>[{HAN}]{{4,6}})[0-9]{{1,2}}日[電电]")
"""`王一二台北12日電`: an agency's reporter, place and day."""


@dataclass(frozen=True, slots=True)
class Item:
    """One value of a line: the field that it belongs to, and whether a label says so."""

    field: str
    value: str
    labelled: bool


def explained(text: str, label: Token | None) -> Iterator[Item | str]:
    """The values of a text behind a label, or of one without."""
    if label is None:
        yield from _unlabelled(text)
    elif label.field in ("other", "count", CHANGER, UNKNOWN):
        if label.kind == "open" and len(text) > _VALUE_CHARS:
            yield text
    elif label.field in DATES or len(text) > _VALUE_CHARS:
        yield text
    elif label.field in _NAMES:
        yield from _named(text, label)
    elif label.field == "credit":
        source = _source(text)
        open_ended = label.kind == "open" and not (
            len(text) <= 20 and (text.lower().endswith(words().media) or text.isascii())
        )
        if source and not open_ended:
            yield Item("credit", source, labelled=True)
        elif open_ended:
            yield text
    else:
        yield Item(label.field, text, labelled=True)


def _named(text: str, label: Token) -> Iterator[Item | str]:
    """The people behind a label. Without a colon all of them must tell that they are people."""
    text = _without_noise(text)
    role = words().role.fullmatch(text)
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
    return next((text[: -len(word)].strip() for word in words().glued if text.endswith(word) and text != word), text)


def _without_employer(text: str) -> str:
    """The name in `王一某某大学经济学院教授`: what stands before the place or the institution behind it."""
    patterns = words()
    if len(text) > _NAME_CHARS and CJK.match(text):
        for length in (2, 3):
            if text[length:].startswith(patterns.places) and is_person(text[:length]):
                return text[:length]
    return text


def _is_short(name: str) -> bool:
    return len(CJK.findall(name)) <= _NAME_CHARS and len(name) <= _AUTHOR_CHARS


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
        or text.lower() in words().no_source
        or not _LETTER.search(text)
        or (text.isascii() and text.islower() and "." not in text)
    ):
        return ""
    return text


def _unlabelled(text: str) -> Iterator[Item | str]:
    """People and source in a text without a label: `某报记者 王一`, `王一／台北報導`, `王一/某报`; else the text."""
    patterns = words()
    reporter = _reporter(text)
    if reporter:
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
        yield from _named(text.removesuffix(_CONTRIBUTED), Token("label", _CONTRIBUTED, "contributor"))
    else:
        yield text


def _reporter(text: str) -> str:
    """The Korean reporter of a line: `항구일보 김하늘 기자 sky@port.example`; empty where it names none."""
    before = " ".join(word for word in text.split() if "@" not in word)
    names = before.removesuffix(_REPORTER).split()
    is_one = before.endswith(_REPORTER) and 0 < len(names) <= _REPORTER_WORDS and is_person(names[-1])
    return names[-1] if is_one else ""


def _is_medium(text: str) -> bool:
    return len(text) <= _MEDIUM_CHARS and " " not in text and text.endswith(words().media)


def _agency(text: str) -> str:
    """The reporter in `王一二台北12日電`: the name ends where the place begins."""
    match = _AGENCY.fullmatch(text)
    before = match["words"] if match else ""
    placed = next((before[:length] for length in (2, 3) if before[length:].startswith(words().places)), "")
    name = placed or before[: 3 if len(before) > HAN_NAME else 2]
    return name if name and is_person(name) else ""
