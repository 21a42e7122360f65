"""What the words of a block say: whether blocks that are worded like it belong to documents or to what surrounds them.

A regression over pieces of the ends of a block, learnt from the labelled pages (bench/wordings.py) and read from wording.json. Its
log-odds are features: in a text nothing else tells a line of the interface from a short line of the document. In Chinese, Japanese
and Korean the pieces are runs of letters, elsewhere words and pairs of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import chain, pairwise
from math import fsum, sqrt
from typing import TYPE_CHECKING, Any

import orjson

from seedclean.decisions.classifier.compiled import is_compiled
from seedclean.decisions.classifier.schema import Column, Shape
from seedclean.decisions.classifier.windows import packed_window_shares, window_shares

if TYPE_CHECKING:
    from seedclean.decisions.classifier import _features

SCALE = 20
"""Weights are whole numbers, so that their sum does not depend on their order: so many are a log-odds of 1."""
_LETTERS, _WORD_CHARS = 20, 40
"""So much of either end of a block is looked at, where it is cut into letters and into words."""
_RUNS = (1, 2, 3)
_WHOLE_LETTERS, _WHOLE_WORDS = 12, 6
"""A block up to this length is a piece as a whole."""
_BUCKET, _BUCKETS = {"letters": 5, "words": 8}, 20
"""The length of a block is a piece too: so many code points for each step, up to the last."""
_LIMIT = 6.0
"""No block says more than this, as a log-odds."""
_SIGNS = r"!-/:-@\[-`{-~\u2010-\u2027\u2030-\u205e«»·©®"
_TOKEN = re.compile(rf"[0-9]+|[{_SIGNS}]|[^\s0-9{_SIGNS}]+")
"""Numbers, signs and words; not `\\w`, as versions of Python differ in what it is."""
_WINDOWS = ((-1, -1), (1, 1), (-4, -1), (1, 4), (-15, 15))

SHAPE: Shape = ("wording", *(f"wording{first:+}{last:+}" for first, last in _WINDOWS), "wording-all")
"""The names of the columns, nested as `wording_columns` nests their values."""


@dataclass(frozen=True)
class Wording:
    """The weight of each piece, by what it is a piece of (`letters`, `words`), and of a block without a piece that is listed."""

    letters: dict[str, int]
    words: dict[str, int]
    bias: float

    @cached_property
    def compiled(self) -> _features.Wording:
        """The weights as the extension reads them."""
        from seedclean.decisions.classifier import _features

        return _features.Wording(self.letters, self.words)


def wording(content: Mapping[str, Any]) -> Wording:
    """The weights that bench/wordings.py wrote."""
    return Wording(content["letters"], content["words"], content["bias"])


@cache
def shipped() -> Wording:
    """The weights that come with the library."""
    return wording(orjson.loads(files(__package__).joinpath("wording.json").read_bytes()))


def pieces(text: str, cjk: float) -> tuple[str, set[str]]:
    """What a block's text is cut into (`letters` or `words`), and the pieces; `cjk` is its share of CJK letters."""
    if cjk * 3 >= 1:
        return "letters", _runs_of_letters(text)
    return "words", _words_and_pairs(text)


def log_odds(table: Wording, texts: Sequence[str], cjk: Sequence[float]) -> list[float]:
    """For each block the log-odds that its wording is that of a document."""
    return table.compiled.log_odds(texts, cjk, table.bias) if is_compiled() else log_odds_by_pieces(table, texts, cjk)


def log_odds_by_pieces(table: Wording, texts: Sequence[str], cjk: Sequence[float]) -> list[float]:
    """The same in Python."""
    result = []
    for text, share in zip(texts, cjk, strict=True):
        kind, some = pieces(text, share)
        weights = table.letters if kind == "letters" else table.words
        total = sum([weights[piece] for piece in some if piece in weights])
        result.append(min(max(table.bias + total / SCALE / sqrt(len(some) + 1), -_LIMIT), _LIMIT))
    return result


def wording_columns(values: Sequence[float]) -> list[Column]:
    """The columns of all blocks from the log-odds of each: its own, and the means of windows around it and of all."""
    count = len(values)
    shares = [(values, [1.0] * count)]
    mean = [fsum(values) / max(count, 1)] * count
    if is_compiled():
        return [values, packed_window_shares(shares, _WINDOWS, count), mean]
    return [zip(values, *chain.from_iterable(window_shares(shares, _WINDOWS)), mean, strict=True)]


def _length(kind: str, text: str) -> str:
    """The piece that stands for a length; a line break stands in no other piece."""
    return f"\n{min(_BUCKETS, len(text) // _BUCKET[kind])}"


def _ends(text: str, reach: int) -> str:
    cut = text if len(text) <= 2 * reach else f"{text[:reach]}…{text[-reach:]}"
    return " ".join(cut.lower().split())


def _runs_of_letters(text: str) -> set[str]:
    ends = f"^{_ends(text, _LETTERS)}$"
    result = {ends[at : at + size] for size in _RUNS for at in range(len(ends) - size + 1)}
    result.add(_length("letters", text))
    if len(text) <= _WHOLE_LETTERS:
        result.add(ends)
    return result


def _words_and_pairs(text: str) -> set[str]:
    tokens = [
        "^",
        *("0" if "0" <= token[0] <= "9" else token for token in _TOKEN.findall(_ends(text, _WORD_CHARS))),
        "$",
    ]
    result = {*tokens, _length("words", text), *map(" ".join, pairwise(tokens))}
    if len(tokens) - 2 <= _WHOLE_WORDS:
        result.add(" ".join(tokens))
    return result
