"""Features of the blocks before and after each block, column by column: prose, headings, neighbours, the headline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seedclean.decisions.classifier import lexicon
from seedclean.decisions.classifier.block_features import FeatureColumns
from seedclean.decisions.classifier.compiled import is_compiled
from seedclean.decisions.classifier.schema import Column, Row, Shape
from seedclean.decisions.classifier.windows import WINDOWS, packed_window_shares, prefix_sums, window_shares
from seedclean.model.document import Block

_FAR = 30
"""Distances to a heading or to prose are counted up to this number of blocks."""
_PROSE = 12
"""Distances are measured from blocks with at least so many words of prose."""
_NEAR = 20
"""The distance to the headline is counted up to this number of blocks."""
_RUN_PROSE = 6
"""Successive blocks with fewer words of prose than this make a run."""
_HEADING_WORDS = 8
_NO_SHARE = -1.0
"""The shares of the windows before the first block and after the last."""
_HEADING_GROUPS = lexicon.GROUP_BIT["recommendation"] | lexicon.GROUP_BIT["comments"] | lexicon.GROUP_BIT["promotion"]

SHAPE: tuple[Shape, ...] = (
    "place", "words-before", "prose-before", "prose-left", "least-prose", "run", "since-prose", "until-prose",
    "since-title", ("since-heading", "heading-level", tuple(f"heading-{name}" for name in lexicon.GROUPS)),
    *(f"{name}{step:+}" for step in (-1, 1) for name in ("words", "link", "covered", "end")),
    *(tuple(f"{name}{first:+}{last:+}" for name in ("words", "prose", "link")) for first, last in WINDOWS),
)  # fmt: skip
"""The names of the columns, nested as `neighbour_columns` nests their values."""


def neighbour_columns(
    blocks: Sequence[Block], columns: FeatureColumns, title_match: Sequence[float], plain: bool
) -> list[Column]:
    """The columns that `SHAPE` names. In a `plain` document, one without markup, short lines of known words are headings."""
    if not blocks:
        return [()] * len(SHAPE)
    count = len(blocks)
    words, prose = prefix_sums(columns.words), prefix_sums(columns.prose)
    all_words, all_prose = words[-1] or 1.0, prose[-1] or 1.0
    prose_before = prose[:-1]
    prose_after = [prose[-1] - before for before in prose[1:]]
    adjacent = (columns.words, columns.link, columns.covered, columns.end)
    return [
        [at / count for at in range(count)],
        [before / all_words for before in words[:-1]],
        [before / all_prose for before in prose_before],
        prose_after,
        [
            (before if before < after else after) / all_prose
            for before, after in zip(prose_before, prose_after, strict=True)
        ],
        _run_lengths(columns.prose),
        _distances_from_prose(columns.prose),
        _distances_from_prose(columns.prose[::-1])[::-1],
        _distances_from(_headline(blocks, title_match), count),
        _headings(blocks, columns, plain),
        *[(-1.0, *column[:-1]) for column in adjacent],
        *[(*column[1:], -1.0) for column in adjacent],
        *_windows(columns),
    ]


def _windows(columns: FeatureColumns) -> list[Column]:
    """For each window, without the block itself, the words in it and how much of them is prose and links."""
    shares = [(columns.words, None), (columns.prose, columns.words), (columns.link_words, columns.words)]
    if is_compiled():
        return [packed_window_shares(shares, WINDOWS, len(columns.words), others=True, empty=_NO_SHARE)]
    return [zip(*window, strict=True) for window in window_shares(shares, WINDOWS, others=True, empty=_NO_SHARE)]


def _headings(blocks: Sequence[Block], columns: FeatureColumns, plain: bool) -> Iterator[tuple[float, float, Row]]:
    """For each block the distance to the heading before it, the heading's level, and its groups of words."""
    no_groups = lexicon.group_flags(0)
    distance, level, flags = _FAR + 1.0, 0.0, no_groups
    for block, words, link, groups in zip(blocks, columns.words, columns.link, columns.groups, strict=True):
        yield distance, level, flags
        if block.kind == "heading" or (plain and words <= _HEADING_WORDS and not link and groups & _HEADING_GROUPS):
            distance, level, flags = 1.0, float(block.level), lexicon.group_flags(groups)
        elif distance < _FAR:
            distance += 1.0
        elif distance == _FAR:
            flags = no_groups


def _headline(blocks: Sequence[Block], title_match: Sequence[float]) -> int:
    """The index of the headline: the first heading that matches the title, else the first heading of level 1, else -1.

    Where no heading matches, the second match is taken: the first is then the title's own line.
    """
    matches = [at for at, match in enumerate(title_match) if match]
    candidates = [at for at in matches if blocks[at].kind == "heading"] or (
        matches[1:] if len(matches) > 1 else matches
    )
    if candidates:
        return candidates[0]
    return next((at for at, block in enumerate(blocks) if block.level == 1), -1)


def _distances_from(headline: int, count: int) -> list[float]:
    """For each block how many blocks after the headline it stands, negative before it; -99 without a headline."""
    if headline < 0:
        return [-99.0] * count
    return [float(max(-_NEAR, min(_NEAR, distance))) for distance in range(-headline, count - headline)]


def _run_lengths(prose: Sequence[float]) -> list[float]:
    """For each block the length of its run of blocks without prose, 0 for a block of prose."""
    lengths: list[float] = []
    length = 0
    for words in prose:
        if words < _RUN_PROSE:
            length += 1
            continue
        lengths += [float(length)] * length
        lengths.append(0.0)
        length = 0
    return lengths + [float(length)] * length


def _distances_from_prose(prose: Sequence[float]) -> list[float]:
    """For each block the number of blocks back to the last one of prose."""
    distances = []
    distance = farthest = _FAR + 1.0
    for words in prose:
        distances.append(distance)
        distance = 1.0 if words >= _PROSE else distance + 1.0 if distance < farthest else farthest
    return distances
