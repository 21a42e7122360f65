"""What two texts share: word F1, whatever their order, and shingles, which mind it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_TOKEN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3400-\u9fff\uf900-\ufaff]+")
_SHINGLE = 4


def word_f1(got: str, want: str) -> float:
    """F1 over words, a Chinese character counting as one."""
    one, other = Counter(_TOKEN.findall(got.lower())), Counter(_TOKEN.findall(want.lower()))
    both = sum((one & other).values())
    return 2 * both / (one.total() + other.total()) if both else float(not one and not other)


def shingle_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """F1 over shingles of four words, as the article-extraction benchmark of Scrapinghub counts it, with a token for
    each Chinese character: the harmonic mean of the mean precision of what was got and the mean recall of what was
    wanted. A text that is empty has neither."""
    hits = [shingle_hits(got, want) for got, want in pairs]
    precisions = [precision for precision, _ in hits if precision is not None]
    recalls = [recall for _, recall in hits if recall is not None]
    precision = sum(precisions) / max(len(precisions), 1)
    recall = sum(recalls) / max(len(recalls), 1)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def shingle_hits(got: str, want: str) -> tuple[float | None, float | None]:
    """Precision and recall over shingles of one text; None where there are none to divide by."""
    one, other = _shingles(got), _shingles(want)
    both = sum((one & other).values())
    return both / one.total() if one else None, both / other.total() if other else None


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    """The shingles of a text with their counts; one that is shorter is one shingle."""
    tokens = _TOKEN.findall(text)
    count = max(len(tokens) - _SHINGLE + 1, 1) if tokens else 0
    return Counter(tuple(tokens[at : at + _SHINGLE]) for at in range(count))
