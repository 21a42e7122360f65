"""The figures of bench/quality.py as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from measures import Measure, mean, multiple, shingles
from pages import Page

_BINS = (0, 50, 60, 70, 80, 85, 90, 95, 101)
"""Bins of confidence, in per cent: half-open. Most records state more than 80."""


@dataclass(frozen=True, slots=True)
class Row:
    """What an extractor scores on the pages of a set, in their order, which sites its model had `seen`, and the confidence in
    per cent that it states of each page, if it states any."""

    name: str
    seen: str
    measures: Sequence[Measure]
    sure: Sequence[int | None] | None

    @property
    def f1(self) -> float:
        """The mean F1 over all pages."""
        return mean([one.f1 for one in self.measures])

    def named(self, name: str) -> Row:
        """The same under another name."""
        return replace(self, name=name)


def of_pages(title: str, pages: Sequence[Page], rows: Sequence[Row], *, costs: bool = True) -> str:
    """A table with a line for each row: F1 over all pages and by type, shingles or the share of perfect pages, and cost."""
    types = sorted({page.type for page in pages})
    cut = any(page.cut for page in pages)
    what = "F1 over 4-grams" if cut else "word F1"
    head = [what, "sites", "all", *types, "perfect" if cut else "shingles", *(["cost"] if costs else [])]
    lines = [_line([_name(row), row.seen, *_values(row, pages, types, cut), *_cost(row, costs)]) for row in rows]
    counts = ", ".join(f"{name} {sum(page.type == name for page in pages)}" for name in types)
    return "\n".join(
        [f"\n## {title}, {len(pages)} pages\n", f"{counts}.\n", _line(head), _line(["---"] * len(head)), *lines]
    )


def _name(row: Row) -> str:
    return f"**{row.name}**" if row.sure is not None else row.name


def _values(row: Row, pages: Sequence[Page], types: Sequence[str], cut: bool) -> list[str]:
    by_type = [[one for one, page in zip(row.measures, pages, strict=True) if page.type == name] for name in types]
    scores = [mean([one.f1 for one in some]) for some in (row.measures, *by_type)]
    last = mean([one.perfect for one in row.measures]) if cut else shingles(row.measures)
    return [f"{score:.3f}".removeprefix("0") for score in (*scores, last)]


def _cost(row: Row, costs: bool) -> list[str]:
    return [f"{multiple(row.measures):.1f}"] if costs else []


def reliability(page: Row, forms: Sequence[Row]) -> str:
    """The confidence that records state beside the F1 that is measured, on the pages as they are, and how far the two are apart
    on average, there and on the same pages in other forms with the same model."""
    lines = [
        f"\nConfidence of seedclean, {page.seen}:\n",
        _line(["confidence", "documents", "stated", "measured"]),
        _line(["---"] * 4),
        *(
            _line([f"{low} to {min(high, 101) - 1} %", str(len(some)), *(f"{value:.3f}" for value in _means(some))])
            for low, high, some in _bins(page)
            if some
        ),
    ]
    errors = [f"{row.name} {calibration(row):.3f}" for row in (page.named("pages"), *forms) if row.seen == page.seen]
    return "\n".join([*lines, f"\nExpected calibration error: {'; '.join(errors)}."])


def calibration(row: Row) -> float:
    """The expected calibration error: the distance of stated and measured means, weighed over bins by their documents."""
    bins = [some for _, _, some in _bins(row) if some]
    total = sum(len(some) for some in bins)
    return sum(len(some) * abs(stated - measured) for some in bins for stated, measured in (_means(some),)) / (
        total or 1
    )


def _bins(row: Row) -> list[tuple[int, int, list[tuple[float, float]]]]:
    """For each bin its bounds, and the stated confidence and the measured F1, from 0 to 1, of each document in it."""
    pairs = [(sure, one.f1) for sure, one in zip(row.sure or (), row.measures, strict=True) if sure is not None]
    return [
        (low, high, [(sure / 100, f1) for sure, f1 in pairs if low <= sure < high]) for low, high in pairwise(_BINS)
    ]


def _means(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return mean([one for one, _ in pairs]), mean([two for _, two in pairs])


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
