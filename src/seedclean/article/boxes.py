"""The elements that blocks stand in, with what they hold in all: the page's text mass, element by element.

A box is an element that is no part of a line. Boxes are made parents first, so one pass over them backwards adds up what
they hold, and one forwards says of each where it stands to the element that holds most of the prose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from seedclean.article.lines import Line
from seedclean.article.words import INLINE, PART_BIT, TAG_BIT, named
from seedclean.model import Block, Element

_NAME_CHARS = 200
"""Of an element's classes and ids, so many characters are looked at."""
_LEVELS = 4
"""How many boxes around a block are measured, each one that holds more blocks than the one before."""
_SHARES = (0.33, 0.55, 0.8)
"""A share of the page's prose: the innermost box that holds it is where the document is looked for."""
_OUTSIDE = 12

STATS = ("words", "link", "prose", "share", "blocks", "images", "heads")
NAMES = (
    "hidden",
    "depth",
    *(f"{place}{round(share * 100)}" for share in _SHARES for place in ("in", "up")),
    *(f"{place}-{which}" for which in ("body", "article", "main") for place in ("in", "share")),
    *(f"tag-{at}" for at in range(len(set(TAG_BIT.values())))),
    *(f"part-{name}" for name in PART_BIT),
    *(f"own-{name}" for name in PART_BIT),
    *(f"box{level}-{stat}" for level in range(_LEVELS) for stat in STATS),
)
"""The features of a box, in order."""
BARE = (0.0,) * (len(NAMES) - _LEVELS * len(STATS)) + (-1.0,) * (_LEVELS * len(STATS))
"""Those of a block that stands in no element: a line of text."""


Row = tuple[float, ...]
_NAMELESS = (0, False)


class Box:
    """One element and what it holds. `tags` and `parts` have the bits of all elements around it, too."""

    __slots__ = (
        "blocks", "depth", "element", "heads", "hidden", "images", "linked", "named", "own", "parent", "parts", "prose",
        "stats", "tags", "words",
    )  # fmt: skip

    def __init__(self, element: Element, parent: Box | None, own: int, named: bool) -> None:
        attrs = element.attrs
        self.element, self.parent, self.own, self.named = element, parent, own, named
        self.words = self.linked = self.prose = 0.0
        self.blocks = self.heads = self.images = 0
        self.stats: Row = ()
        self.tags = TAG_BIT.get(element.tag, 0)
        self.parts = 0 if element.tag in ("html", "body") else own
        self.depth = 0
        self.hidden = "hidden" in attrs or attrs.get("aria-hidden") == "true" or _unseen(attrs.get("style", ""))
        if parent is not None:
            self.tags |= parent.tags
            self.parts |= parent.parts
            self.depth = parent.depth + 1
            self.hidden = self.hidden or parent.hidden


def _named(element: Element) -> tuple[int, bool]:
    attrs = element.attrs
    said = " ".join([attrs[key] for key in ("class", "id", "role", "itemprop") if key in attrs])
    return named(said[:_NAME_CHARS]) if said else _NAMELESS


def _unseen(style: str) -> bool:
    return "none" in style and "display:none" in style.replace(" ", "").lower()


class Boxes:
    """All boxes of a document, and for each block the box that it stands in."""

    def __init__(self, blocks: Sequence[Block], lines: Sequence[Line], pictures: Sequence[Block]) -> None:
        self._found: dict[int, Box] = {}
        self.all: list[Box] = []
        self.of = [self._box(block.element) for block in blocks]
        for box, line, block in zip(self.of, lines, blocks, strict=True):
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
        chain = []
        while element is not None and id(element) not in self._found:
            chain.append(element)
            element = element.parent
        box = self._found[id(element)] if element is not None else None
        for inner in reversed(chain):
            if box is None or inner.tag not in INLINE:
                box = Box(inner, box, *_named(inner))
                self.all.append(box)
            self._found[id(inner)] = box
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

    def rows(self, prose: float) -> list[Row]:
        """The features of the box of each block, of which the document has `prose` words."""
        total = max(prose, 1.0)
        places = self._places(total)
        cache: dict[int, Row] = {}
        found = []
        for box in self.of:
            if box is None:
                found.append(BARE)
                continue
            row = cache.get(id(box))
            if row is None:
                row = cache[id(box)] = self._row(box, places[id(box)], total)
            found.append(row)
        return found

    def _row(self, box: Box, place: Row, total: float) -> Row:
        own = box.own | (box.parent.own if box.parent is not None else 0)
        row = (float(box.hidden), float(box.depth), *place)
        row += _tag_bits(box.tags) + _part_bits(box.parts) + _part_bits(own)
        around: Box | None = box
        most = levels = 0
        while levels < _LEVELS:
            while around is not None and around.blocks <= most:
                around = around.parent
            if around is None:
                return row + _ABSENT * (_LEVELS - levels)
            row += around.stats or _stats(around, total)
            most = around.blocks
            levels += 1
        return row

    def _places(self, total: float) -> dict[int, Row]:
        """For each box where it stands: toward the boxes that hold a share of the prose, and in the bodies.

        Of the former, whether it stands in it, and else how far up the boxes are that hold both. Of the latter, 1
        inside, -1 outside, 0 where there is none, and the body's share of the prose.
        """
        held = [box for box in self.all if box.prose > 0]
        goals = [_innermost(held, share * total) for share in _SHARES]
        bodies = [max(filter(which, held), key=_worth, default=None) for which in _BODIES]
        ways = [_way(goal) for goal in goals]
        turns = set().union(*ways, (id(body) for body in bodies))
        outside: Row = (0.0, 0.0) * len(goals)
        for body in bodies:
            outside += (0.0, 0.0) if body is None else (-1.0, body.prose / total)
        found: dict[int, Row] = {}
        inner: dict[Row, Row] = {}  # of what a box stands in -> of the box, where no goal and no way to one begins
        for box in self.all:
            around = outside if box.parent is None else found[id(box.parent)]
            if id(box) in turns or box.parent is None:
                found[id(box)] = _turn(box, around, goals, ways, bodies)
                continue
            place = inner.get(around)
            if place is None:
                place = inner[around] = _turn(box, around, goals, ways, bodies)
            found[id(box)] = place
        return found


def _way(goal: Box | None) -> set[int]:
    """A box and all around it."""
    found = set()
    while goal is not None:
        found.add(id(goal))
        goal = goal.parent
    return found


def _turn(
    box: Box, around: Row, goals: Sequence[Box | None], ways: Sequence[set[int]], bodies: Sequence[Box | None]
) -> Row:
    """Where a box stands, given where the box around it does."""
    row: list[float] = []
    for at, (goal, way) in enumerate(zip(goals, ways, strict=True)):
        inside, up = around[2 * at : 2 * at + 2]
        if box is goal or inside:
            row += (1.0, 0.0)
        else:
            row += (0.0, 0.0 if id(box) in way else min(up + 1.0, _OUTSIDE))
    for at, body in enumerate(bodies, len(goals)):
        row += (1.0 if box is body else around[2 * at], around[2 * at + 1])
    return tuple(row)


_BODIES: tuple[Callable[[Box], bool], ...] = (
    lambda box: box.named,
    lambda box: box.element.tag == "article",
    lambda box: box.element.tag == "main" or box.element.attrs.get("role") == "main",
)
_TAG_BITS = tuple(sorted(set(TAG_BIT.values())))
_PART_BITS = tuple(PART_BIT.values())
_ABSENT = (-1.0,) * len(STATS)


@lru_cache(maxsize=4_096)
def _tag_bits(mask: int) -> Row:
    return tuple([1.0 if mask & bit else 0.0 for bit in _TAG_BITS])


@lru_cache(maxsize=4_096)
def _part_bits(mask: int) -> Row:
    return tuple([1.0 if mask & bit else 0.0 for bit in _PART_BITS])


def _innermost(boxes: Sequence[Box], prose: float) -> Box | None:
    return max((box for box in boxes if box.prose >= prose), key=lambda box: box.depth, default=None)


def _worth(box: Box) -> tuple[float, int]:
    return box.prose - (box.words - box.prose) / 2, box.depth


def _stats(box: Box, total: float) -> Row:
    words = box.words or 1.0
    box.stats = (
        box.words, box.linked / words, box.prose / words, box.prose / total, float(box.blocks),
        box.images / box.blocks, box.heads / box.blocks,
    )  # fmt: skip
    return box.stats
