"""Garbage collection in processes that belong to seedclean. A program that imports seedclean keeps its own setting."""

from __future__ import annotations

import gc

_GENERATION_0 = 10_000
"""Allocations between two collections. A page allocates thousands of objects that live as long as it does and form no
cycles: at Python's default of 700, an eighth of the run time goes into collections."""


def collect_rarely() -> None:
    """Exempt everything loaded so far from garbage collection, and collect less often from now on."""
    gc.freeze()
    gc.set_threshold(_GENERATION_0)
