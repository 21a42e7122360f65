"""Whether the compiled parts are there: `_forest.c` walks trees, `_features.c` computes what features cost most.

Each has a function in Python that gives the same numbers, bit for bit, and that is what a change is made to first.
"""

from __future__ import annotations

from seedclean.model.compiled import is_pure


def is_compiled() -> bool:
    """Whether both extensions are built and wanted: `SEEDCLEAN_PURE=1` leaves them out."""
    if is_pure():
        return False
    try:
        from seedclean.decisions.classifier import _features, _forest  # noqa: F401
    except ImportError:  # not built, or built for another machine
        return False
    return True
