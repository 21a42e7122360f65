"""What can be measured of one block by itself: length, links, punctuation, words of interfaces, dates and prices."""

from __future__ import annotations

import re
from typing import NamedTuple

from seedclean.article.words import CHINESE, ENGLISH
from seedclean.model import Block

_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_STOP = re.compile("[。！？；，、：…!?;,:.]")
_END = "。！？…!?.”\"」）)"  # fmt: skip
_WORD = re.compile("[a-z©]+")
_DIGIT = re.compile(r"\d")
_DATE = re.compile(
    r"(?:19|20)\d\d *[-/.年] *\d{1,2} *[-/.月] *\d{1,2}|\d{1,2}[:：]\d\d|\d{1,2} +(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct"
    r"|nov|dec)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* +\d{1,2}"
    r"|\d+ *(?:分钟|小时|天|hour|day|minute|month|year|week)s?(?:前| ago)|^\d{1,2}[-/月]\d{1,2}日?$"
)
_PRICE = re.compile(r"[$€£¥￥] ?\d|\d(?:\.\d\d)? *(?:元|usd|eur)")
_SEPARATOR = re.compile(r"[|｜>›»·•/┊│]")
_SHORT = 200
"""Dates, prices and separators tell something of a block up to this length."""
_HEAD, _TAIL = 60, 30
"""Words of interfaces are looked for in so many characters at either end."""
CHINESE_WORD = 1.7
"""Characters that weigh as much as an English word."""
_PROSE_WORDS = 8


class Line(NamedTuple):
    """The measures of a block. `words`, `linked` and `prose` are in words; shares are of its characters.

    `groups` has a bit for each group of interface words, `covered` is the share of the looked-at text in them; `end` is
    1 for the end of a sentence, 2 for a colon.
    """

    words: float
    linked: float
    prose: float
    link: float
    cjk: float
    digit: float
    stops: int
    end: int
    separators: int
    groups: int
    covered: float
    date: bool
    price: bool


def measure(block: Block) -> Line:
    """Measure a block that has text."""
    text = block.text
    size = len(text)
    wide = 0 if text.isascii() else sum(map(len, _CJK.findall(text)))
    words = wide / CHINESE_WORD + (text.count(" ") + 1 if wide < size else 0)
    link = min(1.0, sum([mark.end - mark.start for mark in block.marks if mark.type == "link"]) / size)
    stops = len(_STOP.findall(text)) if size > 8 else 0
    prose = words if words >= _PROSE_WORDS and stops and link * 3 < 1 else words / 2 if block.kind == "code" else 0.0
    low = text.lower() if size <= _HEAD + _TAIL else (text[:_HEAD] + " " + text[-_TAIL:]).lower()
    groups, covered = _interface(low, wide)
    digits = len(_DIGIT.findall(low))
    last = text[-1]
    short = size <= _SHORT
    return Line(
        words,
        words * link,
        prose,
        link,
        wide / size,
        digits / len(low),
        stops,
        1 if last in _END else 2 if last in ":：" else 0,
        len(_SEPARATOR.findall(text)) if short else 0,
        groups,
        covered,
        short and digits > 0 and _DATE.search(low) is not None,
        short and digits > 0 and _PRICE.search(low) is not None,
    )


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
