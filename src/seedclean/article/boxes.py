"""The elements that blocks stand in, with what they hold in all: the page's text mass, element by element.

A box is an element that is no part of a line. Boxes are made parents first, so one pass over them backwards adds up what
they hold, and one forwards says of each where it stands to the element that holds most of the prose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from seedclean.article.lines import Line
from seedclean.article.words import BODY, INLINE, PART, PART_BIT, TAG_BIT
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
        self.stats: tuple[float, ...] = ()
        self.tags = TAG_BIT.get(element.tag, 0)
        self.parts = 0 if element.tag in ("html", "body") else own
        self.depth = 0
        self.hidden = "hidden" in attrs or attrs.get("aria-hidden") == "true" or _unseen(attrs.get("style", ""))
        if parent is not None:
            self.tags |= parent.tags
            self.parts |= parent.parts
            self.depth = parent.depth + 1
            self.hidden = self.hidden or parent.hidden


@lru_cache(maxsize=20_000)
def _parts(said: str) -> tuple[int, bool]:
    """The parts that classes and ids name, and whether they name a document's body."""
    parts = 0
    for match in PART.finditer(said):
        parts |= PART_BIT[match.lastgroup or ""]
    return parts, BODY.search(said) is not None


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
                box = Box(inner, box, *self._named(inner))
                self.all.append(box)
            self._found[id(inner)] = box
        return box

    def _named(self, element: Element) -> tuple[int, bool]:
        """The parts that an element's classes and ids name, and whether they name a document's body."""
        attrs = element.attrs
        said = " ".join([attrs[key] for key in ("class", "id", "role", "itemprop") if key in attrs])[:_NAME_CHARS]
        return _parts(said)

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

    def rows(self, prose: float) -> list[tuple[float, ...]]:
        """The features of the box of each block, of which the document has `prose` words."""
        total = max(prose, 1.0)
        held = [box for box in self.all if box.prose > 0]
        places: list[dict[int, tuple[float, ...]]] = [
            self._toward(_innermost(held, share * total)) for share in _SHARES
        ]
        for which in _BODIES:
            body = max(filter(which, held), key=_worth, default=None)
            places.append(self._within(body, body.prose / total if body is not None else 0.0))
        cache: dict[int, tuple[float, ...]] = {}
        found = []
        for box in self.of:
            if box is None:
                found.append(BARE)
                continue
            row = cache.get(id(box))
            if row is None:
                row = cache[id(box)] = self._row(box, places, total)
            found.append(row)
        return found

    def _row(self, box: Box, places: Sequence[dict[int, tuple[float, ...]]], total: float) -> tuple[float, ...]:
        own = box.own | (box.parent.own if box.parent is not None else 0)
        row = (float(box.hidden), float(box.depth), *[value for place in places for value in place[id(box)]])
        row += _bits(box.tags, _TAG_BITS) + _bits(box.parts, _PART_BITS) + _bits(own, _PART_BITS)
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

    def _toward(self, goal: Box | None) -> dict[int, tuple[float, ...]]:
        """For each box, whether it stands in a goal, and else how far up the boxes are that hold both."""
        path = set()
        around = goal
        while around is not None:
            path.add(id(around))
            around = around.parent
        found: dict[int, tuple[float, ...]] = {}
        for box in self.all:
            inside, up = found[id(box.parent)] if box.parent is not None else (0.0, 0.0)
            if box is goal or inside:
                found[id(box)] = (1.0, 0.0)
            else:
                found[id(box)] = (0.0, 0.0 if id(box) in path else min(up + 1.0, _OUTSIDE))
        return found

    def _within(self, goal: Box | None, share: float) -> dict[int, tuple[float, ...]]:
        """For each box, 1 inside a goal, -1 outside, 0 where there is none; and the goal's share of the prose."""
        found: dict[int, tuple[float, ...]] = {}
        outside = (0.0 if goal is None else -1.0, share)
        for box in self.all:
            inside = box is goal or (box.parent is not None and found[id(box.parent)][0] > 0)
            found[id(box)] = (1.0, share) if inside else outside
        return found


_BODIES: tuple[Callable[[Box], bool], ...] = (
    lambda box: box.named,
    lambda box: box.element.tag == "article",
    lambda box: box.element.tag == "main" or box.element.attrs.get("role") == "main",
)
_TAG_BITS = tuple(sorted(set(TAG_BIT.values())))
_PART_BITS = tuple(PART_BIT.values())
_ABSENT = (-1.0,) * len(STATS)


def _bits(mask: int, bits: Sequence[int]) -> tuple[float, ...]:
    return tuple([1.0 if mask & bit else 0.0 for bit in bits])


def _innermost(boxes: Sequence[Box], prose: float) -> Box | None:
    return max((box for box in boxes if box.prose >= prose), key=lambda box: box.depth, default=None)


def _worth(box: Box) -> tuple[float, int]:
    return box.prose - (box.words - box.prose) / 2, box.depth


def _stats(box: Box, total: float) -> tuple[float, ...]:
    words = box.words or 1.0
    box.stats = (
        box.words, box.linked / words, box.prose / words, box.prose / total, float(box.blocks),
        box.images / box.blocks, box.heads / box.blocks,
    )  # fmt: skip
    return box.stats
