"""The elements that blocks stand in, with what they hold in all: the page's text mass, element by element.

A box is an element that is no part of a line. Boxes are made parents first, so one pass over them backwards adds up what
they hold, and one forwards says of each where it stands to the element that holds most of the prose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from seedclean.decisions.classifier.block_features import Line
from seedclean.decisions.classifier.lexicon import INLINE, PART_BIT, TAG_BIT, named
from seedclean.decisions.classifier.schema import Row, Shape
from seedclean.model.document import Block, Element

NAMING = ("class", "id", "role", "itemprop")
"""Attributes that name what an element is for."""
_NAME_CHARS = 200
"""So many characters are looked at of an element's name, and of its classes and ids."""
_LEVELS = 4
"""How many boxes around a block are measured, each one that holds more blocks than the one before."""
_SHARES = (0.33, 0.55, 0.8)
"""A share of the page's prose: the innermost box that holds it is where the document is looked for."""
_OUTSIDE = 12.0

STATS = ("words", "link", "prose", "share", "blocks", "images", "heads")
SHAPE: Shape = (
    "hidden",
    "depth",
    (
        *(f"{place}{round(share * 100)}" for share in _SHARES for place in ("in", "up")),
        *(f"{place}-{which}" for which in ("body", "article", "main") for place in ("in", "share")),
    ),
    (
        tuple(f"tag-{at}" for at in range(len(set(TAG_BIT.values())))),
        tuple(f"part-{name}" for name in PART_BIT),
        tuple(f"own-{name}" for name in PART_BIT),
    ),
    tuple(tuple(f"box{level}-{stat}" for stat in STATS) for level in range(_LEVELS)),
)
"""The features of a box, in order."""
_Stats = tuple[Row, Row, Row, Row]
_Features = tuple[float, float, Row, tuple[Row, Row, Row], _Stats]
_NONE: Row = (-1.0,) * len(STATS)
_ABSENT: _Stats = (_NONE, _NONE, _NONE, _NONE)


class Box:
    """One element and what it holds. `tags` and `parts` have the bits of all elements around it, too.

    `stats` are its own and those of the boxes around it that hold more blocks, one after the other; `wider` are the
    latter's alone.
    """

    __slots__ = (
        "blocks", "depth", "element", "heads", "hidden", "images", "kind", "linked", "named", "own", "parent", "parts",
        "place", "prose", "stats", "tags", "wider", "words",
    )  # fmt: skip
    place: Row
    stats: _Stats
    wider: _Stats

    def __init__(self, element: Element, parent: Box | None) -> None:
        attrs = element.attrs
        said = attrs.get("class", "") if attrs else ""
        hidden = False
        self.element, self.parent, self.kind = element, parent, (element.tag, said)
        if len(attrs) > 1 or (attrs and not said):
            said = " ".join([attrs[key] for key in NAMING if key in attrs])
            hidden = "hidden" in attrs or attrs.get("aria-hidden") == "true" or _unseen(attrs.get("style", ""))
        self.words = self.linked = self.prose = 0.0
        self.blocks = self.heads = self.images = 0
        tags, self.own, parts, self.named = _names(element.tag[:_NAME_CHARS], said[:_NAME_CHARS])
        if parent is None:
            self.tags, self.parts, self.depth, self.hidden = tags, parts, 0.0, hidden
        else:
            self.tags, self.parts = parent.tags | tags, parent.parts | parts
            self.depth, self.hidden = parent.depth + 1.0, hidden or parent.hidden


@lru_cache(maxsize=20_000)
def _names(tag: str, said: str) -> tuple[int, int, int, bool]:
    """What an element's name, and its classes and ids, tell: of tags, of itself, of all that stands in it, of a body."""
    own, body = named(said) if said else (0, False)
    return TAG_BIT.get(tag, 0), own, 0 if tag in ("html", "body") else own, body


def _unseen(style: str) -> bool:
    return "none" in style and "display:none" in style.replace(" ", "").lower()


class Boxes:
    """All boxes of a document, and for each block the box that it stands in."""

    def __init__(self, blocks: Sequence[Block], lines: Sequence[Line], pictures: Sequence[Block]) -> None:
        self._found: dict[Element | None, Box | None] = {None: None}
        self.all: list[Box] = []
        self.of: list[Box | None] = []
        found = self._found
        for block, line in zip(blocks, lines, strict=True):
            box = found.get(block.element) or self._box(block.element)
            self.of.append(box)
            if box is not None:
                box.words += line.words
                box.linked += line.linked
                box.prose += line.prose
                box.blocks += 1
                box.heads += block.kind == "heading"
        for picture in pictures:
            box = self._box(picture.element)
            if box is not None:
                box.images += 1
        self._add_up()

    def _box(self, element: Element | None) -> Box | None:
        found = self._found
        chain = []
        while element is not None and element not in found:
            chain.append(element)
            element = element.parent
        box = found[element]
        for inner in reversed(chain):
            if box is None or inner.tag not in INLINE:
                box = Box(inner, box)
                self.all.append(box)
            found[inner] = box
        return box

    def _add_up(self) -> None:
        for box in reversed(self.all):
            around = box.parent
            if around is not None:
                around.words += box.words
                around.linked += box.linked
                around.prose += box.prose
                around.blocks += box.blocks
                around.heads += box.heads
                around.images += box.images

    def rows(self, prose: float) -> Iterator[_Features]:
        """The features of the box of each block, of which the document has `prose` words."""
        total = max(prose, 1.0)
        self._place(total)
        for box in self.all:
            if box.blocks:
                _measure(box, total)
        return map(_features, self.of)

    def _place(self, total: float) -> None:
        """Of each box where it stands: toward the boxes that hold a share of the prose, and in the bodies.

        Of the former, whether it stands in it, and else how far up the boxes are that hold both. Of the latter, 1
        inside, -1 outside, 0 where there is none, and the body's share of the prose.
        """
        held = [box for box in self.all if box.prose > 0]
        goals = [_innermost([box for box in held if box.prose >= share * total]) for share in _SHARES]
        bodies = [max(some, key=_worth, default=None) for some in _bodies(held)]
        ways = [_way(goal) for goal in goals]
        turns = set().union(*ways, bodies)
        outside: Row = (0.0, 0.0) * len(goals)
        for body in bodies:
            outside += (0.0, 0.0) if body is None else (-1.0, body.prose / total)
        inner: dict[int, Row] = {}  # of what a box stands in, by identity -> of the box, where no goal or way begins
        for box in self.all:
            around = outside if box.parent is None else box.parent.place
            if box in turns or box.parent is None:
                box.place = _turn(box, around, goals, ways, bodies)
                continue
            place = inner.get(id(around))
            if place is None:
                place = inner[id(around)] = _turn(box, around, goals, ways, bodies)
            box.place = place


def _bodies(held: Sequence[Box]) -> tuple[list[Box], ...]:
    """Boxes that may hold a document: by their names, as articles, as the main part."""
    return (
        [box for box in held if box.named],
        [box for box in held if box.element.tag == "article"],
        [box for box in held if box.element.tag == "main" or box.element.attrs.get("role") == "main"],
    )


def _measure(box: Box, total: float) -> None:
    """Set the statistics of a box, of which the box around it has its own."""
    around = box.parent
    words, blocks = box.words or 1.0, box.blocks
    box.wider = wider = _ABSENT if around is None else around.stats if around.blocks > blocks else around.wider
    own = (
        box.words, box.linked / words, box.prose / words, box.prose / total, float(blocks), box.images / blocks,
        box.heads / blocks,
    )  # fmt: skip
    box.stats = own, wider[0], wider[1], wider[2]


def _features(box: Box | None) -> _Features:
    if box is None:
        return _BARE
    own = box.own if box.parent is None else box.own | box.parent.own
    return float(box.hidden), box.depth, box.place, _bits(box.tags, box.parts, own), box.stats


def _way(goal: Box | None) -> set[Box]:
    """A box and all around it."""
    found = set()
    while goal is not None:
        found.add(goal)
        goal = goal.parent
    return found


def _turn(
    box: Box, around: Row, goals: Sequence[Box | None], ways: Sequence[set[Box]], bodies: Sequence[Box | None]
) -> Row:
    """Where a box stands, given where the box around it does."""
    row: list[float] = []
    for at, (goal, way) in enumerate(zip(goals, ways, strict=True)):
        inside, up = around[2 * at : 2 * at + 2]
        if box is goal or inside:
            row += (1.0, 0.0)
        else:
            row += (0.0, 0.0 if box in way else min(up + 1.0, _OUTSIDE))
    for at, body in enumerate(bodies, len(goals)):
        row += (1.0 if box is body else around[2 * at], around[2 * at + 1])
    return tuple(row)


_TAG_BITS = tuple(sorted(set(TAG_BIT.values())))
_PART_BITS = tuple(PART_BIT.values())


@lru_cache(maxsize=4_096)
def _bits(tags: int, parts: int, own: int) -> tuple[Row, Row, Row]:
    return _set(tags, _TAG_BITS), _set(parts, _PART_BITS), _set(own, _PART_BITS)


def _set(mask: int, bits: Sequence[int]) -> Row:
    return tuple([1.0 if mask & bit else 0.0 for bit in bits])


_BARE: _Features = (0.0, 0.0, (0.0,) * 2 * (len(_SHARES) + 3), _bits(0, 0, 0), _ABSENT)
"""Those of a block that stands in no element: a line of text."""


def _innermost(boxes: Sequence[Box]) -> Box | None:
    return max(boxes, key=lambda box: box.depth, default=None)


def _worth(box: Box) -> tuple[float, float]:
    return box.prose - (box.words - box.prose) / 2, box.depth
