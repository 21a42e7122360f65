"""Whether the compiled parts are wanted. Each stands for functions in Python, to which a change is made first."""

from __future__ import annotations

import os


def is_pure() -> bool:
    """Whether `SEEDCLEAN_PURE` in the environment leaves the compiled parts out."""
    return os.environ.get("SEEDCLEAN_PURE", "0") not in ("", "0")
