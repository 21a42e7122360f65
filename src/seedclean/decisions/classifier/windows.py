"""Sums and shares over windows of successive blocks, column by column and in linear time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, islice
from operator import sub, truediv

from seedclean.decisions.classifier.schema import Column, Packed

Window = tuple[int, int]
"""The first and the last block of a window, counted from the block itself."""
Share = tuple[Sequence[float], Sequence[float] | None]
"""A column, and the one that its sum is divided by, if any."""

WINDOWS = ((-3, 3), (-10, 10), (-30, 30), (-10, -1), (1, 10))
"""The windows around a block that most features look at."""
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


def window_shares(
    shares: Sequence[Share], windows: Sequence[Window], others: bool = False, empty: float = 0.0
) -> Iterator[list[Iterator[float]]]:
    """For each window and each share a column: the sums over the window of each block, divided where the share has a divisor.

    The block itself does not count if `others`. A share is `empty` where no block stands in its window.
    """
    columns = {id(column): column for share in shares for column in share if column is not None}
    sums = {key: padded(prefix_sums(column)) for key, column in columns.items()}
    for first, last in windows:

        def total(column: Sequence[float], first: int = first, last: int = last) -> Iterator[float]:
            whole = window_sums(sums[id(column)], len(column), first, last)
            return map(sub, whole, column) if others and first <= 0 <= last else whole

        divisors = {id(by): [size or 1.0 for size in total(by)] for _, by in shares if by is not None}
        yield [
            total(column)
            if by is None
            else _with_empty(map(truediv, total(column), divisors[id(by)]), len(column), first, last, empty)
            for column, by in shares
        ]


def _with_empty(values: Iterator[float], count: int, first: int, last: int, empty: float) -> Iterator[float]:
    """The column of a share, `empty` where the window lies before the first block or behind the last."""
    if last < 0:
        return chain([empty] * min(-last, count), islice(values, -last, None))
    return chain(islice(values, max(count - first, 0)), [empty] * min(first, count)) if first > 0 else values


def packed_window_shares(
    shares: Sequence[Share], windows: Sequence[Window], count: int, others: bool = False, empty: float = 0.0
) -> Column:
    """The columns of `window_shares` in their order as one, for `count` blocks, by the extension."""
    from seedclean.decisions.classifier import _features

    data = _features.window_shares(tuple(shares), tuple(windows), count, others, empty)
    return Packed(data, len(shares) * len(windows))
