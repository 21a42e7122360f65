"""Features of the region of a text: shares over windows of lines, and the density of prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedclean.decisions.classifier.features import NAMES, feature_matrix
from seedclean.decisions.classifier.windows import WINDOWS, padded, prefix_sums, window_sums
from seedclean.model.document import Source
from seedclean.packs.context import match_context, with_packs
from seedclean.readers import read

PROSE = [
    f"The {place} was shut all spring, and those who had a boat rowed the others over, for nothing, until the water fell."
    for place in ("bridge", "ferry", "lock")
]
LINKS = [
    f"{title} 2024-05-{day:02}" for day, title in enumerate(("Weir closed", "Mill sold", "Eels back", "Ice early"), 1)
]


def rows(path: str, text: str) -> list[dict[str, float]]:
    """The features of each block of a document, by name."""
    document = read(Source(path, text.encode()))
    return [
        dict(zip(NAMES, row, strict=True)) for row in feature_matrix(with_packs(match_context(document, {}), ())).rows
    ]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=80), st.sampled_from(WINDOWS))
def test_window_sums_are_those_of_slices(values: list[int], window: tuple[int, int]) -> None:
    first, last = window
    sums = window_sums(padded(prefix_sums([float(value) for value in values])), len(values), first, last)
    assert list(sums) == [sum(values[max(0, at + first) : max(0, at + last + 1)]) for at in range(len(values))]


def test_a_list_of_dated_lines_and_the_text_above_it_are_told_apart() -> None:
    text, listed = rows("a.txt", "\n\n".join([*PROSE, *LINKS]))[1], rows("a.txt", "\n\n".join([*PROSE, *LINKS]))[-1]
    assert (text["dated-3+3"], text["ends-3+3"]) == pytest.approx((2 / 5, 3 / 5))
    assert (listed["dated-3+3"], listed["ends-3+3"]) == (1, 0)
    assert (text["density5"], text["from-densest"]) == (1, 1)
    assert listed["density5"] < 1


def test_labels_around_a_line_count() -> None:
    with_labels = rows("a.txt", "\n\n".join([*PROSE, "Ann Lee", "Reply", "Ben Low", "Reply", "Comments"]))[4]
    assert with_labels["says-label-3+3"] == pytest.approx(3 / 7)
    assert with_labels["covered-3+3"] > 0
    assert with_labels["short-3+3"] == pytest.approx(5 / 7)


def test_a_page_has_none_of_these_columns() -> None:
    page = rows("a.html", "".join(f"<p>{line}</p>" for line in [*PROSE, *LINKS]))
    assert {page[-1][name] for name in ("dated-3+3", "ends-3+3", "density5", "from-densest")} == {0}
