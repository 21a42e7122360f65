"""Sums over windows of successive blocks, column by column and in linear time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from operator import sub

WINDOWS = ((-3, 3), (-10, 10), (-30, 30), (-10, -1), (1, 10))
"""First and last block of each window, counted from the block itself."""
_REACH = max(max(-first, last) for first, last in WINDOWS)
"""No window may reach further."""


def prefix_sums(values: Sequence[float]) -> list[float]:
    """The sums of the first 0, 1, 2, … values."""
    return list(accumulate(values, initial=0.0))


def padded(sums: list[float]) -> list[float]:
    """Prefix sums, extended at either end, so that windows may reach beyond the document."""
    return [0.0] * _REACH + sums + sums[-1:] * _REACH


def window_sums(padded: list[float], count: int, first: int, last: int) -> Iterator[float]:
    """For each of `count` blocks the sum over its window, itself included where the window has it."""
    begin, end = _REACH + first, _REACH + last + 1
    return map(sub, islice(padded, end, end + count), islice(padded, begin, begin + count))
