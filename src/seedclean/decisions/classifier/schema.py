"""The shape of rows of features.

A speed device: rows are nested tuples, so that blocks share the parts they have in common (an element's statistics, a
heading's groups) instead of copying them, and names are nested in the same way. `flatten` gives the plain row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Row = tuple[float, ...]
Shape = str | tuple["Shape", ...]
"""The name of a column, or the names of columns that come as one tuple."""
Column = Iterable[Any]
"""One value for each block: a number, or tuples nested as the shape is. May be an iterator, which needs no memory."""


def flatten(part: Any) -> Iterator[Any]:
    """The leaves of nested tuples, in order: the names of a shape, or the numbers of a row."""
    if isinstance(part, tuple):
        for inner in part:
            yield from flatten(inner)
    else:
        yield part
