"""What can be measured of one block by itself: length, links, punctuation, words of interfaces, dates and prices."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from typing import NamedTuple

from seedclean.decisions.classifier.lexicon import CHINESE, ENGLISH
from seedclean.decisions.classifier.schema import Row
from seedclean.model.document import Block

_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_STOP = re.compile("[。！？；，、：…!?;,:.]")
_END = "。！？…!?.”\"」）)"  # fmt: skip
_WORD = re.compile("[a-z©]+")
_DIGIT = re.compile(r"\d")
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\d(?:[:：]\d\d| +{_MONTH}| *(?:分钟|小时|天|hour|day|minute|month|year|week)s?(?:前| ago))",
        r"(?:19|20)\d\d *[-/.年] *\d{1,2} *[-/.月] *\d",
        r"^\d{1,2}[-/月]\d{1,2}日?$",
        rf"{_MONTH}[a-z]* +\d",
    )
)
"""Patterns that begin with what is rare each by itself: as one, they cost three times as much."""
_PRICE = re.compile(r"[$€£¥￥] ?\d|\d(?:\.\d\d)? *(?:元|usd|eur)")
_SEPARATOR = re.compile(r"[|｜>›»·•/┊│]")
_SHORT = 200
"""Dates, prices and separators tell something of a block up to this length."""
_HEAD, _TAIL = 60, 30
"""Words of interfaces are looked for in so many characters at either end."""
CHINESE_WORD = 1.7
"""Characters that weigh as much as an English word."""
_PROSE_WORDS = 8

_FOREIGN = bytes([*range(0xD8, 0xE2), *range(0xE3, 0x100)])
"""Bytes of UTF-8 that no Latin, Greek, Cyrillic or Hebrew letter and no sign of U+2000 to U+2FFF has."""
_BYTE_STOPS, _BYTE_SEPARATORS, _BYTE_DIGITS = b"!?;,:.", b"|>/", b"0123456789"
_BARS = "›»·•┊│"
_BYTE_LETTERS = string.ascii_letters.encode() + b" "
_BYTE_SPACED = bytes([ord(chr(code).lower()) if chr(code) in string.ascii_letters else ord(" ") for code in range(256)])
_BYTE_WORDS = {word.encode(): groups for word, groups in ENGLISH.items() if word.isascii()}


class Line(NamedTuple):
    """The measures of a block. `words`, `linked` and `prose` are in words; shares are of its characters.

    `groups` has a bit for each group of interface words, `covered` is the share of the looked-at text in them; `end` is
    1 for the end of a sentence, 2 for a colon; `date` and `price` are 1 where there is one.
    """

    words: float
    linked: float
    prose: float
    link: float
    cjk: float
    digit: float
    stops: float
    end: float
    separators: float
    groups: int
    covered: float
    date: float
    price: float


class Columns(NamedTuple):
    """The measures of all blocks, each as a column."""

    words: Row
    linked: Row
    prose: Row
    link: Row
    cjk: Row
    digit: Row
    stops: Row
    end: Row
    separators: Row
    groups: tuple[int, ...]
    covered: Row
    date: Row
    price: Row


def columns(lines: Sequence[Line]) -> Columns:
    """The measures of some blocks, column by column."""
    return Columns(*(zip(*lines, strict=True) if lines else [()] * len(Line._fields)))


_Said = tuple[float, float, float, float, float, int, float, float, float]
"""Of a text: words, cjk, digit, stops, separators, groups, covered, date, price."""


def measure(block: Block) -> Line:
    """Measure a block that has text."""
    text = block.text
    size = len(text)
    said = text.encode() if text.isascii() else text.encode("utf-8", "surrogatepass")
    plain = len(said) == size or len(said.translate(None, _FOREIGN)) == len(said)
    words, cjk, digit, stops, separators, groups, covered, date, price = _plain(text, said) if plain else _told(text)
    linked = 0
    for mark in block.marks:
        if mark.type == "link":
            linked += mark.end - mark.start
    link = linked / size if linked < size else 1.0
    prose = words if words >= _PROSE_WORDS and stops and link * 3 < 1 else words / 2 if block.kind == "code" else 0.0
    last = text[-1]
    end = 1.0 if last in _END else 2.0 if last in ":：" else 0.0
    # what `Line(...)` does, in half the time
    return tuple.__new__(
        Line, (words, words * link, prose, link, cjk, digit, stops, end, separators, groups, covered, date, price)
    )


def _ends(text: str) -> str:
    return text.lower() if len(text) <= _HEAD + _TAIL else (text[:_HEAD] + " " + text[-_TAIL:]).lower()


def _plain(text: str, said: bytes) -> _Said:
    """What a text without foreign letters says: its bytes tell most of it, in a third of the time that patterns take."""
    size = looked = len(text)
    low = ""
    if len(said) == size <= _HEAD + _TAIL:
        ends = said
    else:
        low = _ends(text)
        ends, looked = low.encode(), len(low)
    groups = covered = stops = bars = digits = 0
    found = ends.translate(_BYTE_SPACED).split()
    if not _BYTE_WORDS.keys().isdisjoint(found):
        for word in found:
            if word in _BYTE_WORDS:
                groups |= _BYTE_WORDS[word]
                covered += len(word)
    share = covered / looked
    date, price = _UNDATED
    signs = said.translate(None, _BYTE_LETTERS)
    if signs:
        digits = len(ends) - len(ends.translate(None, _BYTE_DIGITS))
        if size > 8:
            stops = len(signs) - len(signs.translate(None, _BYTE_STOPS)) + text.count("…")
        if size <= _SHORT:
            if digits:
                date, price = _dated(low or text.lower())
            bars = len(signs) - len(signs.translate(None, _BYTE_SEPARATORS))
        if len(said) != size:
            bars += sum(map(text.count, _BARS)) if size <= _SHORT else 0
            if "©" in low:
                groups, share = _interface(low, 0)
    return said.count(b" ") + 1.0, 0.0, digits / looked, float(stops), float(bars), groups, share, date, price


def _told(text: str) -> _Said:
    """What any text says."""
    size = len(text)
    wide = sum(map(len, _CJK.findall(text)))
    words = wide / CHINESE_WORD + (text.count(" ") + 1 if wide < size else 0)
    low = _ends(text)
    groups, covered = _interface(low, wide)
    digits = len(_DIGIT.findall(low))
    stops = len(_STOP.findall(text)) if size > 8 else 0
    bars = len(_SEPARATOR.findall(text)) if size <= _SHORT else 0
    date, price = _dated(low) if digits and size <= _SHORT else _UNDATED
    return words, wide / size, digits / len(low), float(stops), float(bars), groups, covered, date, price


_UNDATED = 0.0, 0.0


def _dated(low: str) -> tuple[float, float]:
    """Whether it has a date, and a price."""
    date = next((1.0 for pattern in _DATES if pattern.search(low)), 0.0)
    return date, float(_PRICE.search(low) is not None)


def _interface(text: str, wide: int) -> tuple[int, float]:
    """The groups that words of a text belong to, and the share of the text that such words cover."""
    groups = covered = 0
    if wide < len(text):
        for word in _WORD.findall(text):
            found = ENGLISH.get(word)
            if found:
                groups |= found
                covered += len(word)
    if wide:
        at, last = 0, len(text) - 1
        while at < last:
            found = CHINESE.get(text[at : at + 2]) or CHINESE.get(text[at : at + 3])
            if found:
                groups |= found
                covered += 2
                at += 2
            else:
                at += 1
    return groups, covered / len(text)
