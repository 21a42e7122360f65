"""What stands before and behind each block of a document, column by column: prose, headings, neighbours, the headline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, islice

from seedclean.decisions.classifier import lexicon
from seedclean.decisions.classifier.block_features import Columns
from seedclean.decisions.classifier.schema import Column, Row, Shape
from seedclean.model.document import Block

_FAR = 30
_PROSE = 12
"""A block of so many words of prose is a landmark to measure distances from."""
_NEAR = 20
"""From the headline no more blocks are counted."""
_QUIET = 6
"""Blocks with less prose than this make a run."""
_WINDOWS = ((-3, 3), (-10, 10), (-30, 30), (-10, -1), (1, 10))
_REACH = max(max(-low, high) for low, high in _WINDOWS)
_NOTHING = (0.0, -1.0, -1.0)
"""What stands before the first block, and behind the last."""
_HEADS = lexicon.BIT["recommendation"] | lexicon.BIT["comments"] | lexicon.BIT["promotion"]

SHAPE: tuple[Shape, ...] = (
    "place", "words-before", "prose-before", "prose-left", "least-prose", "run", "since-prose", "until-prose",
    "since-title", ("since-heading", "heading-level", tuple(f"heading-{name}" for name in lexicon.NAMES)),
    *(f"{what}{step:+}" for step in (-1, 1) for what in ("words", "link", "covered", "end")),
    *(tuple(f"{what}{low:+}{high:+}" for what in ("words", "prose", "link")) for low, high in _WINDOWS),
)  # fmt: skip
"""The columns, as `rows` has them."""


def around(blocks: Sequence[Block], lines: Columns, titled: Sequence[float], loose: bool) -> list[Column]:
    """What stands before and behind each block. `loose` takes short lines of known words for headings."""
    if not blocks:
        return [()] * len(SHAPE)
    count = len(blocks)
    said, prose, linked = [list(accumulate(column, initial=0.0)) for column in (lines.words, lines.prose, lines.linked)]
    total, written, end = said[-1] or 1.0, prose[-1] or 1.0, prose[-1]
    before = prose[:-1]
    behind = [end - much for much in prose[1:]]
    beside = (lines.words, lines.link, lines.covered, lines.end)
    return [
        [at / count for at in range(count)],
        [much / total for much in said[:-1]],
        [much / written for much in before],
        behind,
        [(one if one < other else other) / written for one, other in zip(before, behind, strict=True)],
        _runs(lines.prose),
        _since(lines.prose),
        _since(lines.prose[::-1])[::-1],
        _from(_title(blocks, titled), count),
        _heads(blocks, lines, loose),
        *[(-1.0, *column[:-1]) for column in beside],
        *[(*column[1:], -1.0) for column in beside],
        *_windows(lines, [_padded(column) for column in (said, prose, linked)]),
    ]


def _padded(sums: list[float]) -> list[float]:
    """Sums as they are asked for beyond either end of a document."""
    return [0.0] * _REACH + sums + sums[-1:] * _REACH


def _windows(lines: Columns, sums: Sequence[list[float]]) -> Iterator[Iterator[Row]]:
    """For each window and block the words in it, the block itself left out, and how much of them is prose and links."""
    count = len(lines.words)
    own = lines.words, lines.prose, lines.linked
    for low, high in _WINDOWS:
        first, end = _REACH + low, _REACH + high + 1
        ends = [one[at : at + count] for one in sums for at in (end, first)]
        if low <= 0 <= high:
            yield (
                (much := b - a - said, (d - c - prose) / (some := much or 1.0), (f - e - linked) / some)
                for b, a, d, c, f, e, said, prose, linked in zip(*ends, *own, strict=True)
            )
        else:
            rows = (
                (much := b - a, (d - c) / (some := much or 1.0), (f - e) / some)
                for b, a, d, c, f, e in zip(*ends, strict=True)
            )
            yield chain([_NOTHING], islice(rows, 1, None)) if low < 0 else chain(islice(rows, count - 1), [_NOTHING])


def _heads(blocks: Sequence[Block], lines: Columns, loose: bool) -> Iterator[tuple[float, float, Row]]:
    """For each block how far up the heading before it stands, of which level it is and what it says."""
    silent = lexicon.flags(0)
    far, level, says = _FAR + 1.0, 0.0, silent
    for block, said, link, groups in zip(blocks, lines.words, lines.link, lines.groups, strict=True):
        yield far, level, says
        if block.kind == "heading" or (loose and said <= 8 and not link and groups & _HEADS):
            far, level, says = 1.0, float(block.level), lexicon.flags(groups)
        elif far < _FAR:
            far += 1.0
        elif far == _FAR:
            says = silent


def _title(blocks: Sequence[Block], titled: Sequence[float]) -> int:
    """Where the headline stands: the title's first heading, else the first heading of level 1; -1 where none is."""
    said = [at for at, much in enumerate(titled) if much]
    heads = [at for at in said if blocks[at].kind == "heading"] or (said[1:] if len(said) > 1 else said)
    if heads:
        return heads[0]
    return next((at for at, block in enumerate(blocks) if block.level == 1), -1)


def _from(title: int, count: int) -> list[float]:
    """For each block how far behind the headline it stands."""
    if title < 0:
        return [-99.0] * count
    return [float(max(-_NEAR, min(_NEAR, far))) for far in range(-title, count - title)]


def _runs(prose: Sequence[float]) -> list[float]:
    """For each block, how long the run without prose is that it stands in; 0 for prose."""
    found: list[float] = []
    length = 0
    for much in prose:
        if much < _QUIET:
            length += 1
            continue
        found += [float(length)] * length
        found.append(0.0)
        length = 0
    return found + [float(length)] * length


def _since(prose: Sequence[float]) -> list[float]:
    """For each block, how many blocks before it prose stands."""
    found = []
    distance = most = _FAR + 1.0
    for much in prose:
        found.append(distance)
        distance = 1.0 if much >= _PROSE else distance + 1.0 if distance < most else most
    return found
