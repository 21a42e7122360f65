"""The features of a document's blocks: one row of numbers for each block that speaks.

A row has what the block itself says, what stands before and behind it, what it stands in, how often its like occurs, and
what the document is as a whole. Bare text has no elements; those columns are then constant. Sums of fractions are exact:
what `sum` makes of them differs from one Python to another, and the trees would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

from seedclean.decisions.classifier import element_features, lexicon, neighbour_features
from seedclean.decisions.classifier.block_features import Columns, Line, columns, measure
from seedclean.decisions.classifier.element_features import Box, Boxes
from seedclean.decisions.classifier.schema import Column, Row, Shape, flat
from seedclean.model.document import Block
from seedclean.model.vocabulary import KINDS
from seedclean.packs.context import BlockView, MatchContext

_KINDS = ("heading", "paragraph", "line", "item", "table", "quote", "code", "caption")
_IS = {kind: tuple([float(kind == known) for known in _KINDS]) for kind in KINDS}
_TITLE = 5
"""A title shorter than this proves nothing by being repeated."""

WHOLE = (
    "d-words", "d-blocks", "d-prose", "d-link", "d-cjk", "d-html", "d-text", "d-price", "d-date", "d-mean", "d-head",
    "d-code", "d-post", "d-item", "d-twice", "d-longest",
)  # fmt: skip
_OWN: tuple[Shape, ...] = (
    "words", "link", "prose", "stops", "stop-share", "end", "covered", "date", "price", "separators", "cjk", "digit",
    "level", "list", "twice", "title", tuple(f"is-{kind}" for kind in _KINDS), tuple(f"says-{name}" for name in lexicon.NAMES),
)  # fmt: skip
_LIKE = ("like-count", "like-words", "like-link", "like-share")
SHAPE = (*_OWN, *neighbour_features.SHAPE, _LIKE, element_features.SHAPE)
"""What differs from block to block."""
NAMES: tuple[str, ...] = (*WHOLE, *flat(SHAPE))
"""The columns of a row."""


@dataclass(frozen=True, slots=True)
class Table:
    """Features of the blocks that stand at `places` of a document. `whole` are those that all blocks share.

    `parts` makes the others, block by block and as nested as `SHAPE` says, anew each time: to keep them all costs more.
    """

    places: list[int]
    lines: list[Line]
    whole: Row
    parts: Callable[[], Iterator[tuple[Any, ...]]]

    @property
    def rows(self) -> list[Row]:
        """The features block by block, named by `NAMES`."""
        return [(*self.whole, *flat(part)) for part in self.parts()]


def table(seen: MatchContext) -> Table:
    """The features of a document's blocks. Linear in their number."""
    every, bare = seen.document.blocks, seen.document.format != "html"
    places = [at for at, block in enumerate(every) if block.text and block.kind != "metadata"]
    blocks = [every[at] for at in places]
    lines = [measure(block) for block in blocks]
    held = Boxes(blocks, lines, [block for block in every if block.kind in ("image", "video")])
    texts = Counter([block.text for block in blocks])
    measured = columns(lines)
    titled = _titled(seen, [seen.views[at] for at in places])

    def parts() -> Iterator[tuple[Any, ...]]:
        return zip(
            *_own(blocks, measured, titled, texts),
            *neighbour_features.around(blocks, measured, titled, bare),
            _like(blocks, measured, held.of),
            held.rows(fsum(measured.prose)),
            strict=True,
        )

    return Table(places, lines, _whole(seen.document.format, blocks, measured, held, len(texts)), parts)


def _whole(format: str, blocks: Sequence[Block], lines: Columns, held: Boxes, different: int) -> Row:
    count = max(len(blocks), 1)
    said = fsum(lines.words)
    total = max(said, 1.0)
    kinds = Counter([block.kind for block in blocks])
    parts = max(len(held.all), 1)
    owns = [box.own for box in held.all if box.own]
    return (
        said,
        float(len(blocks)),
        fsum(lines.prose) / total,
        fsum(lines.linked) / total,
        fsum([cjk * much for cjk, much in zip(lines.cjk, lines.words, strict=True) if cjk]) / total,
        float(format == "html"),
        float(format == "text"),
        sum(lines.price) / count,
        sum(lines.date) / count,
        said / count,
        kinds["heading"] / count,
        kinds["code"] / count,
        sum([own & lexicon.PART_BIT["post"] > 0 for own in owns]) / parts,
        sum([own & lexicon.PART_BIT["item"] > 0 for own in owns]) / parts,
        1 - different / count,
        max(lines.prose, default=0.0),
    )


def _titled(seen: MatchContext, views: Sequence[BlockView]) -> list[float]:
    """Of each block, 2 where it is the document's title, 1 where it is a good part of it. Where a bare text states none, its
    first line is taken for it."""
    titles = {title for title in seen.facts["title"] if len(title) >= _TITLE}
    if not titles and seen.document.format == "text" and views and len(views[0].squashed) > _TITLE:
        titles = {views[0].squashed}
    longest = max(titles, key=lambda title: (len(title), title), default="")
    found = []
    for view in views:
        said = view.squashed
        if len(said) < _TITLE or not titles:
            found.append(0.0)
        elif said in titles:
            found.append(2.0)
        else:
            found.append(float(len(said) * 2 >= len(longest) and said in longest))
    return found


def _own(blocks: Sequence[Block], lines: Columns, titled: list[float], texts: Mapping[str, int]) -> list[Column]:
    return [
        lines.words,
        lines.link,
        lines.prose,
        lines.stops,
        [stops / (said or 1.0) for stops, said in zip(lines.stops, lines.words, strict=True)],
        lines.end,
        lines.covered,
        lines.date,
        lines.price,
        lines.separators,
        lines.cjk,
        lines.digit,
        [float(block.level) for block in blocks],
        [float(block.depth) for block in blocks],
        [float(texts[block.text]) for block in blocks],
        titled,
        map(_IS.__getitem__, [block.kind for block in blocks]),
        map(lexicon.flags, lines.groups),
    ]


def _like(blocks: Sequence[Block], lines: Columns, of: Sequence[Box | None]) -> Iterator[Row]:
    """How many blocks stand in a path of the same elements and classes, how long they are, and how much of them links."""
    keys: list[Hashable] = [
        (block.kind, block.level) if box is None else _path(box) for block, box in zip(blocks, of, strict=True)
    ]
    sums: dict[Hashable, list[float]] = {}
    for key, said, linked in zip(keys, lines.words, lines.linked, strict=True):
        held = sums.get(key)
        if held is None:
            sums[key] = [1.0, said, linked]
        else:
            held[0] += 1.0
            held[1] += said
            held[2] += linked
    total = fsum(lines.words) or 1.0
    found = {key: (n, said / n, linked / (said or 1.0), said / total) for key, (n, said, linked) in sums.items()}
    return map(found.__getitem__, keys)


def _path(box: Box) -> Hashable:
    around = box.parent
    if around is None:
        return box.kind, None, None
    return box.kind, around.kind, around.parent and around.parent.kind
