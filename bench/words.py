"""Word F1: how much of the words of two texts is the same, whatever their order."""

from __future__ import annotations

import re
from collections import Counter

_TOKEN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3400-\u9fff\uf900-\ufaff]+")


def word_f1(got: str, want: str) -> float:
    """F1 over words, a Chinese character counting as one."""
    one, other = Counter(_TOKEN.findall(got.lower())), Counter(_TOKEN.findall(want.lower()))
    both = sum((one & other).values())
    return 2 * both / (one.total() + other.total()) if both else float(not one and not other)
