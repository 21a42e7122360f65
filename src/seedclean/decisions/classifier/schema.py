"""The shape of rows of features: names nested as the values are, so that parts which blocks share are made once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Row = tuple[float, ...]
Shape = str | tuple["Shape", ...]
"""The name of a column, or those of columns that come as one tuple."""
Column = Iterable[Any]
"""For each block a number or, as nested as its shape, tuples of them. What comes one by one needs no room."""


def flat(part: Any) -> Iterator[Any]:
    """All that is in tuples of tuples, in order: names of a shape, or numbers of a row."""
    if isinstance(part, tuple):
        for inner in part:
            yield from flat(inner)
    else:
        yield part
