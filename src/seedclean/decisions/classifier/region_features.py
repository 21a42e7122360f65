"""Features of the region that a block of a text stands in: what kind of lines stand around it, and how dense the prose is.

A text has no elements that tell where comments or lists of other articles begin. Their lines are short, dated, without a stop
at the end, or made of words of interfaces. For pages the columns are empty: their elements say more, and the columns gained them
nothing. Cross-validated over two folds of sites, they gained bare text of dragnet .028, its Markdown .024, bare text of
Chinese pages .013 and of wcxb-dev .006; their Markdown lost .008 and .002. Over five folds Chinese bare text stays and its Markdown
loses .005: another training moves both by as much.
"""

from __future__ import annotations

from seedclean.decisions.classifier import lexicon
from seedclean.decisions.classifier.block_features import FeatureColumns
from seedclean.decisions.classifier.compiled import is_compiled
from seedclean.decisions.classifier.schema import Column, Shape
from seedclean.decisions.classifier.windows import (
    WINDOWS,
    Share,
    packed_window_shares,
    padded,
    prefix_sums,
    window_shares,
    window_sums,
)

_SHORT = 8.0
"""A line of fewer words, without a stop, is short."""
_LABELS = lexicon.GROUP_BIT["comments"] | lexicon.GROUP_BIT["engagement"] | lexicon.GROUP_BIT["recommendation"]
_DENSITIES = (5, 15)
"""How many blocks to either side the density of prose is measured over."""

SHAPE: Shape = (
    *(tuple(f"{name}{first:+}{last:+}" for name in ("covered", "dated", "short", "ends", "says-label")) for first, last in WINDOWS),
    *(f"density{reach}" for reach in _DENSITIES), "from-densest",
)  # fmt: skip
"""The names of the columns, nested as `region_columns` nests their values."""
_NONE = (*((0.0,) * 5 for _ in WINDOWS), *(0.0 for _ in _DENSITIES), 0.0)


def region_columns(columns: FeatureColumns, is_page: bool) -> list[Column]:
    """The columns of all blocks, each block's nested as `SHAPE` is."""
    count = len(columns.words)
    if is_page or not count:
        return [[_NONE] * count]
    prose = padded(prefix_sums(columns.prose))
    densities = [_density(prose, count, reach) for reach in _DENSITIES]
    densest = max(range(count), key=densities[0].__getitem__)
    distances = [float(at - densest) for at in range(count)]
    shares = _shares(columns)
    if is_compiled():
        return [packed_window_shares(shares, WINDOWS, count), *densities, distances]
    windows = [zip(*window, strict=True) for window in window_shares(shares, WINDOWS)]
    return [zip(*windows, *densities, distances, strict=True)]


def _shares(columns: FeatureColumns) -> list[Share]:
    """The share of the words that are words of interfaces, and the shares of blocks with a date, of short ones, of those that end
    like sentences, and of labels."""
    words = columns.words
    every = [1.0] * len(words)
    return [
        ([share * size for share, size in zip(columns.covered, words, strict=True)], words),
        ([float(date > 0) for date in columns.date], every),
        ([float(size < _SHORT and not stops) for size, stops in zip(words, columns.stops, strict=True)], every),
        ([float(end == 1) for end in columns.end], every),
        ([float(groups & _LABELS > 0) for groups in columns.groups], every),
    ]


def _density(prose: list[float], count: int, reach: int) -> list[float]:
    """The prose around each of `count` blocks, as a share of the most that stands around any, given its padded sums."""
    sums = list(window_sums(prose, count, -reach, reach))
    most = max(sums) or 1.0
    return [total / most for total in sums]
