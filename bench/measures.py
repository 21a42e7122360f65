"""What an answer is worth on a page: word F1, shingles and, where segments are labelled, F1 over 4-grams and whether it is perfect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pages import Page, tool
from words import shingle_hits, word_f1


@dataclass(frozen=True, slots=True)
class Measure:
    """The figures of one answer. `precision` and `recall` are over shingles, None where the text that they divide by is empty;
    `grams` and `perfect` are None where a set labels no segments. `cost` is in CPU seconds, `parse` that of a bare parse of
    the same page."""

    words: float
    precision: float | None
    recall: float | None
    grams: float | None
    perfect: float | None
    cost: float
    parse: float

    @property
    def f1(self) -> float:
        """The F1 of the set: over 4-grams where segments are labelled, else over words."""
        return self.words if self.grams is None else self.grams


def measure(folder: Path, page: Page, text: str, cost: float, parse: float) -> Measure:
    """Compare an answer with the gold of a page. Segments are scored by tools/score.py beside the set."""
    precision, recall = shingle_hits(text, page.gold)
    grams = perfect = None
    if page.cut:
        keep = {at for at, (_, worth) in enumerate(page.cut) if worth == 1}
        neutral = {at for at, (_, worth) in enumerate(page.cut) if worth == 0.5}
        row = tool(folder, "score").score_text(text, [segment for segment, _ in page.cut], keep, neutral)
        grams, perfect = row["f1"], row["perfect"]
    return Measure(word_f1(text, page.gold), precision, recall, grams, perfect, cost, parse)


def shingles(measures: Sequence[Measure]) -> float:
    """F1 over shingles: of the mean precision of the answers that have any and the mean recall of the texts that have any."""
    precision = mean([one.precision for one in measures])
    recall = mean([one.recall for one in measures])
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def mean(values: Sequence[float | None]) -> float:
    """The mean of the values that there are; 0 without any."""
    some = [value for value in values if value is not None]
    return sum(some) / len(some) if some else 0.0


def multiple(measures: Sequence[Measure]) -> float:
    """The CPU time of the answers as a multiple of that of bare parses."""
    return sum(one.cost for one in measures) / (sum(one.parse for one in measures) or 1.0)
