"""Which blocks of a page are in its gold: by alignment to a gold text, or to labelled segments of the same page."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Any

from seedclean.values.text import squash

_GRAM = 6
_NEAR = 400
"""A block is looked for so many letters behind the one before it; a longer one anywhere."""
_LONG = 30
_REACH = 3000


def carried(texts: Sequence[str], source: Sequence[tuple[str, float]]) -> list[float]:
    """The label of each squashed text, taken from labelled texts of the same page in the same order: the mean of what it
    covers; 0.5 where it is not there."""
    whole, worth = [], []
    for text, label in source:
        text = squash(text)
        whole.append(text)
        worth += [label] * len(text)
    flat = "".join(whole)
    labels: list[float] = []
    cursor = 0
    for text in texts:
        labels.append(0.5)
        if not text:
            continue
        at = flat.find(text, cursor, cursor + len(text) + (_REACH if len(text) >= _LONG else _NEAR))
        if at < 0 and len(text) >= _LONG:
            at = flat.find(text)
        if at < 0:
            continue
        labels[-1] = sum(worth[at : at + len(text)]) / len(text)
        if at >= cursor:
            cursor = at + len(text)
    return labels


def aligned(said: Sequence[str], gold: str) -> list[float]:
    """1 for each block that is in the gold text: the heaviest chain of blocks that stand in it in order, and what is
    long enough, or near enough to the chain, to be no chance."""
    whole = "".join(squash(line) for line in gold.splitlines())
    chain = _chain(said, whole)
    grams = {whole[at : at + _GRAM] for at in range(len(whole) - _GRAM + 1)}
    marks = [float(at in chain or (len(text) > 24 and text in whole)) for at, text in enumerate(said)]
    for at, text in enumerate(said):
        if not marks[at] and len(text) >= 16:
            own = [text[k : k + _GRAM] for k in range(len(text) - _GRAM + 1)]
            marks[at] = float(sum(gram in grams for gram in own) > 0.6 * len(own))
    return _near(said, marks, Counter(squash(line) for line in gold.splitlines()), chain)


def _chain(said: Sequence[str], whole: str) -> set[int]:
    """The blocks of the heaviest chain of occurrences that follow one another in page and gold."""
    ends: list[int] = [0]
    best: list[tuple[float, tuple[int, Any] | None]] = [(0.0, None)]  # by end: the weight, and the chain behind it
    for at, text in enumerate(said):
        places, start = [], whole.find(text) if text else -1
        while start >= 0 and len(places) < 40:
            places.append(start)
            start = whole.find(text, start + 1)
        new = []
        for start in places:
            weight, behind = best[bisect_right(ends, start) - 1]
            new.append((start + len(text), weight + len(text) + 0.5, (at, behind)))
        for end, weight, chain in new:
            k = bisect_right(ends, end)
            if weight <= best[k - 1][0]:
                continue
            while k < len(ends) and best[k][0] <= weight:
                del ends[k], best[k]
            ends.insert(k, end)
            best.insert(k, (weight, chain))
    marks, link = set(), best[-1][1]
    while link is not None:
        marks.add(link[0])
        link = link[1]
    return marks


def _near(said: Sequence[str], marks: list[float], lines: Counter[str], chain: set[int]) -> list[float]:
    """Add short blocks that are a line of the gold, where most of what stands around them is in it."""
    lines.subtract(said[at] for at in chain)
    for _ in range(2):
        now = list(marks)
        for at, text in enumerate(said):
            if marks[at] or lines[text] <= 0 or not text:
                continue
            around = [k for k in range(max(0, at - 8), min(len(said), at + 9)) if k != at]
            weight = sum(len(said[k]) for k in around)
            if sum(marks[k] * len(said[k]) for k in around) * 2 > weight:
                now[at] = 1.0
                lines[text] -= 1
        marks = now
    return marks
