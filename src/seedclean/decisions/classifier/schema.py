"""The shape of rows of features.

A speed device: rows are nested tuples, so that blocks share the parts they have in common (an element's statistics, a
heading's groups) instead of copying them, and names are nested in the same way. `flatten` gives the plain row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from struct import iter_unpack
from typing import Any, NamedTuple

Row = tuple[float, ...]
Shape = str | tuple["Shape", ...]
"""The name of a column, or the names of columns that come as one tuple."""
Column = Iterable[Any]
"""One value for each block: a number, or tuples nested as the shape is. May be an iterator, which needs no memory, or `Packed`."""


class Packed(NamedTuple):
    """Columns of numbers as one: doubles one behind the other, `width` for each block. The extensions write and read them."""

    data: bytes
    width: int

    def rows(self) -> Iterator[Row]:
        """The numbers of each block."""
        return iter_unpack(f"{self.width}d", self.data)


def nested_rows(columns: Iterable[Column]) -> Iterator[tuple[Any, ...]]:
    """Columns block by block: a tuple with what each has for the block."""
    return zip(*[column.rows() if isinstance(column, Packed) else column for column in columns], strict=True)


def flatten(part: Any) -> Iterator[Any]:
    """The leaves of nested tuples, in order: the names of a shape, or the numbers of a row."""
    if isinstance(part, tuple):
        for inner in part:
            yield from flatten(inner)
    else:
        yield part
