"""Features of one block by itself: length, links, punctuation, words of user interfaces, dates and prices."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from seedclean.decisions.classifier import lexicon
from seedclean.decisions.classifier.compiled import is_compiled
from seedclean.decisions.classifier.dates_and_prices import has_date, has_price
from seedclean.decisions.classifier.schema import Row
from seedclean.model.document import Block
from seedclean.values.scripts import HAN, HANGUL, KANA

CHARS_PER_WORD = 1.7
"""So many Chinese, Japanese or Korean characters count as one English word."""
_CJK = re.compile(f"[{KANA}{HAN}{HANGUL}]+")
_PUNCTUATION = re.compile("[。！？；，、：…!?;,:.]")
_PUNCTUATION_CHARS = 9
"""Punctuation is counted in texts from this length on."""
_SENTENCE_END = "。！？…!?.”\"」）)"  # fmt: skip
_WORD = re.compile("[a-z©]+")
_DIGIT = re.compile(r"\d")
_SEPARATOR = re.compile(r"[|｜>›»·•/┊│]")
_SHORT = 200
"""Dates, prices and separators are features of blocks up to this length."""
_HEAD, _TAIL = 60, 30
"""Digits and words of user interfaces are looked for in so many characters at either end."""
_PROSE_WORDS = 8
COVERED = 0.3
"""A block with at least this share of words of interfaces consists of them."""

_FOREIGN_BYTES = bytes([*range(0xD8, 0xE2), *range(0xE3, 0x100)])
"""UTF-8 bytes that occur in no letter of the Latin, Greek, Cyrillic or Hebrew script and in no sign from U+2000 to U+2FFF."""
_PUNCTUATION_BYTES, _SEPARATOR_BYTES, _DIGIT_BYTES = b"!?;,:.", b"|>/", b"0123456789"
_WIDE_SEPARATORS = "›»·•┊│"
_LETTER_BYTES = string.ascii_letters.encode() + b" "
_LETTERS_OR_SPACES = bytes([ord(chr(at).lower()) if chr(at) in string.ascii_letters else ord(" ") for at in range(256)])
"""Byte translation: letters to lower case, all else to spaces."""


class BlockFeatures(NamedTuple):
    """The features of a block.

    `words`, `link_words` and `prose` are numbers of words: in all, in links, and in sentences. `link`, `cjk` and `digit`
    are shares of the characters; `stops` and `separators` count punctuation and such signs as bars and bullets. `end` is 1
    for the end of a sentence, 2 for a colon. `groups` has a bit for each group of interface words (`lexicon.GROUP_BIT`),
    `covered` is the share of the examined text in such words. `date` and `price` are 1 where the text has one.
    """

    words: float
    link_words: float
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


class FeatureColumns(NamedTuple):
    """The features of all blocks, each as a column: a speed device, as whole columns are faster to compute with than rows."""

    words: Row
    link_words: Row
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


class TextFeatures(NamedTuple):
    """Those features of a block that its text alone gives."""

    words: float
    cjk: float
    digit: float
    stops: float
    separators: float
    groups: int
    covered: float
    date: float
    price: float


_TextValues = tuple[float, float, float, float, float, int, float, float, float]


def feature_columns(blocks: Sequence[BlockFeatures]) -> FeatureColumns:
    """The features of some blocks, column by column."""
    return FeatureColumns(*(zip(*blocks, strict=True) if blocks else [()] * len(BlockFeatures._fields)))


def block_features(blocks: Iterable[Block]) -> list[BlockFeatures]:
    """The features of some blocks, which must have text."""
    of_text = compiled_text_features() if is_compiled() else text_features
    result = []
    for block in blocks:
        text = block.text
        size = len(text)
        words, cjk, digit, stops, separators, groups, covered, date, price = of_text(text)
        link_chars = 0
        for mark in block.marks:
            if mark.type == "link":
                link_chars += mark.end - mark.start
        link = link_chars / size if link_chars < size else 1.0
        prose = (
            words if words >= _PROSE_WORDS and stops and link * 3 < 1 else words / 2 if block.kind == "code" else 0.0
        )
        last = text[-1]
        end = 1.0 if last in _SENTENCE_END else 2.0 if last in ":：" else 0.0
        features = (words, words * link, prose, link, cjk, digit, stops, end, separators, groups, covered, date, price)
        result.append(tuple.__new__(BlockFeatures, features))  # half the time of `BlockFeatures(...)`
    return result


@cache
def compiled_text_features() -> Callable[[str], _TextValues]:
    """What computes `text_features` by the extension, but for dates and prices."""
    from seedclean.decisions.classifier import _features

    compute = _features.Lexicon(lexicon.words().english, lexicon.words().chinese).text_features

    def of_text(text: str) -> _TextValues:
        values = compute(text)
        return (*values[:-1], *_date_and_price(_ends(text))) if values[-1] else (*values[:-1], 0.0, 0.0)

    return of_text


def text_features(text: str) -> TextFeatures:
    """The features of a text, which must not be empty."""
    data = text.encode() if text.isascii() else text.encode("utf-8", "surrogatepass")
    if len(data) == len(text) or len(data.translate(None, _FOREIGN_BYTES)) == len(data):
        return features_by_bytes(text, data)
    return features_by_patterns(text)


def features_by_bytes(text: str, data: bytes) -> TextFeatures:
    """The features of a text whose UTF-8 `data` has no foreign byte: the same as by patterns, in a third of the time."""
    size = ends_size = len(text)
    lower = ""
    if len(data) == size <= _HEAD + _TAIL:
        ends = data
    else:
        lower = _ends(text)
        ends, ends_size = lower.encode(), len(lower)
    groups = word_chars = stops = separators = digits = 0
    bits = lexicon.words().ascii
    tokens = ends.translate(_LETTERS_OR_SPACES).split()
    if not bits.keys().isdisjoint(tokens):
        for token in tokens:
            if token in bits:
                groups |= bits[token]
                word_chars += len(token)
    covered = word_chars / ends_size
    date = price = 0.0
    signs = data.translate(None, _LETTER_BYTES)
    if signs:
        digits = len(ends) - len(ends.translate(None, _DIGIT_BYTES))
        if size >= _PUNCTUATION_CHARS:
            stops = len(signs) - len(signs.translate(None, _PUNCTUATION_BYTES)) + text.count("…")
        if size <= _SHORT:
            if digits:
                date, price = _date_and_price(lower or text.lower())
            separators = len(signs) - len(signs.translate(None, _SEPARATOR_BYTES))
        if len(data) != size:
            separators += sum(map(text.count, _WIDE_SEPARATORS)) if size <= _SHORT else 0
            if "©" in lower:
                groups, covered = _interface_words(lower, 0)
    return tuple.__new__(
        TextFeatures,
        (
            data.count(b" ") + 1.0, 0.0, digits / ends_size, float(stops), float(separators), groups, covered, date, price,
        ),
    )  # fmt: skip


def features_by_patterns(text: str) -> TextFeatures:
    """The features of any text."""
    size = len(text)
    cjk_chars = size - len(_CJK.sub("", text))
    words = cjk_chars / CHARS_PER_WORD + (text.count(" ") + 1 if cjk_chars < size else 0)
    lower = _ends(text)
    groups, covered = _interface_words(lower, cjk_chars)
    digits = len(_DIGIT.findall(lower))
    stops = len(_PUNCTUATION.findall(text)) if size >= _PUNCTUATION_CHARS else 0
    separators = len(_SEPARATOR.findall(text)) if size <= _SHORT else 0
    date, price = _date_and_price(lower) if digits and size <= _SHORT else (0.0, 0.0)
    return TextFeatures(
        words, cjk_chars / size, digits / len(lower), float(stops), float(separators), groups, covered, date, price
    )


def _ends(text: str) -> str:
    return text.lower() if len(text) <= _HEAD + _TAIL else (text[:_HEAD] + " " + text[-_TAIL:]).lower()


def _date_and_price(lower: str) -> tuple[float, float]:
    return float(has_date(lower)), float(has_price(lower))


@cache
def _chinese_beginnings() -> re.Pattern[str]:
    """The places where a Chinese word may begin, by its first two characters: a speed device."""
    first, second = ("".join({word[at] for word in lexicon.words().chinese}) for at in (0, 1))
    return re.compile(f"[{re.escape(first)}](?=[{re.escape(second)}])")


def _interface_words(text: str, cjk_chars: int) -> tuple[int, float]:
    """The groups of the interface words in a text, and the share of the text that these words cover."""
    groups = covered = 0
    words = lexicon.words()
    if cjk_chars < len(text):
        for token in _WORD.findall(text):
            bits = words.english.get(token)
            if bits:
                groups |= bits
                covered += len(token)
    if cjk_chars:
        end = 0
        for match in _chinese_beginnings().finditer(text):
            at = match.start()
            bits = words.chinese.get(text[at : at + 2]) or words.chinese.get(text[at : at + 3])
            if bits and at >= end:
                groups |= bits
                covered += 2
                end = at + 2
    return groups, covered / len(text)
