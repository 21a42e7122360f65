"""How often a process of our own looks for garbage. A library leaves that to the program that it is part of."""

from __future__ import annotations

import gc

_BORN = 10_000
"""A page makes some thousand objects that live as long as it does, in no cycles: Python, which looks for cycles after each
700, would spend an eighth of the time on them."""


def collect_seldom() -> None:
    """Look for garbage seldom, and never again among what is loaded by now."""
    gc.freeze()
    gc.set_threshold(_BORN)
