"""Features of the elements around a block: how much text they contain, how they are named, where they stand.

Only elements outside lines of text count (not `lexicon.INLINE`). Each is made before its children, so one pass backwards
adds up the text of descendants, and one pass forwards computes each element's position from its parent's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import fsum
from typing import NamedTuple

from seedclean.decisions.classifier.block_features import FeatureColumns
from seedclean.decisions.classifier.compiled import is_compiled
from seedclean.decisions.classifier.element_positions import NO_BODY, ORIGIN, BodyPosition, Positions
from seedclean.decisions.classifier.lexicon import INLINE, PART_BIT, TAG_BIT, TAG_BITS, parts_of
from seedclean.decisions.classifier.schema import Column, Packed, Row, Shape, flatten
from seedclean.model.document import Block, Element

NAMING = ("class", "id", "role", "itemprop")
"""Attributes that name the purpose of an element."""
_NAME_CHARS = 200
"""So many characters of an element's name, and of its naming attributes, are examined."""
_LEVELS = 4
"""How many elements around a block are measured, each with more blocks than the one before."""
_SHARES = (0.33, 0.55, 0.8)
"""For each share the innermost element with that share of the page's prose is a target: the document is likely there."""
_BODIES = ("body", "article", "main")
"""Kinds of body candidates: by class or id, as `article`, as `main`."""
_STATISTICS = ("words", "link", "prose", "share", "blocks", "images", "heads")
SHAPE: Shape = (
    "hidden",
    "depth",
    (
        *(f"{name}{round(share * 100)}" for share in _SHARES for name in ("in", "up")),
        *(f"{name}-{body}" for body in _BODIES for name in ("in", "share")),
    ),
    (
        tuple(f"tag-{at}" for at in range(len(TAG_BITS))),
        tuple(f"part-{name}" for name in PART_BIT),
        tuple(f"own-{name}" for name in PART_BIT),
    ),
    tuple(tuple(f"box{level}-{name}" for name in _STATISTICS) for level in range(_LEVELS)),
)
"""The names of an element's features, nested as `ElementTree.columns` nests their values in Python."""
_WIDTH = len(tuple(flatten(SHAPE)))
_Levels = tuple[Row, Row, Row, Row]
_Names = tuple[Row, Row, Row]
_NO_STATISTICS: Row = (-1.0,) * len(_STATISTICS)
_NO_LEVELS: _Levels = (_NO_STATISTICS,) * 4


_Row = tuple[float, float, Row, _Names, _Levels]


class OwnNames(NamedTuple):
    """What an element says of itself by its tag and names: bits of its tag, of the parts that it names, of those that descendants
    inherit, of the kinds of body that it may be (in the order of `_BODIES`), and whether it is hidden.

    Names of `html` and `body` are not inherited: every block would have them.
    """

    tag_bits: int
    own_bits: int
    part_bits: int
    bodies: int
    hidden: bool


class ElementStats:
    """One element and the blocks in it, its descendants' included.

    `words`, `link_words` and `prose` are numbers of words; `blocks`, `headings` and `images` count. `names` are its own;
    `tag_bits`, `part_bits` and `hidden` are its own and its ancestors'. `levels` are the statistics of the element and of those
    around it that have more blocks, inside out; `outer_levels` are the latter alone.
    """

    __slots__ = (
        "blocks", "depth", "headings", "hidden", "images", "levels", "link_words", "names", "outer_levels", "parent", "part_bits",
        "positions", "prose", "tag_bits", "words",
    )  # fmt: skip
    positions: Positions
    levels: _Levels
    outer_levels: _Levels

    def __init__(self, names: OwnNames, parent: ElementStats | None) -> None:
        self.names, self.parent = names, parent
        self.words = self.link_words = self.prose = self.headings = 0.0
        self.blocks = self.images = 0
        if parent is None:
            self.tag_bits, self.part_bits, self.depth, self.hidden = names.tag_bits, names.part_bits, 0.0, names.hidden
        else:
            self.tag_bits, self.part_bits = parent.tag_bits | names.tag_bits, parent.part_bits | names.part_bits
            self.depth, self.hidden = parent.depth + 1.0, names.hidden or parent.hidden

    def measure(self, page_prose: float) -> None:
        """Set the statistics of the element; those of its parent must be set."""
        parent = self.parent
        words, blocks = self.words or 1.0, self.blocks
        wider = parent is not None and parent.blocks > blocks
        outer = _NO_LEVELS if parent is None else parent.levels if wider else parent.outer_levels
        own = (
            self.words, self.link_words / words, self.prose / words, self.prose / page_prose, float(blocks),
            self.images / blocks, self.headings / blocks,
        )  # fmt: skip
        self.outer_levels = outer
        self.levels = own, outer[0], outer[1], outer[2]


def _row(stats: ElementStats) -> _Row:
    """The features of an element, nested as `SHAPE` is."""
    own = stats.names.own_bits if stats.parent is None else stats.names.own_bits | stats.parent.names.own_bits
    names = _flags(stats.tag_bits, stats.part_bits, own)
    return float(stats.hidden), stats.depth, stats.positions.row, names, stats.levels


def _names_of(tag: str, attrs: Mapping[str, str], classes: str) -> OwnNames:
    """What an element says of itself by its tag and attributes, of which `classes` is the attribute `class`."""
    names = classes
    is_hidden = is_main = False
    if len(attrs) > 1 or (attrs and not classes):
        names = " ".join([attrs[key] for key in NAMING if key in attrs])
        is_hidden = "hidden" in attrs or attrs.get("aria-hidden") == "true" or _is_hidden(attrs.get("style", ""))
        is_main = attrs.get("role") == "main"
    return _own_names(tag[:_NAME_CHARS], names[:_NAME_CHARS], is_hidden, is_main)


@lru_cache(maxsize=20_000)
def _own_names(tag: str, names: str, is_hidden: bool, is_main: bool) -> OwnNames:
    own, body = parts_of(names) if names else (0, False)
    bodies = body | (tag == "article") << 1 | (tag == "main" or is_main) << 2
    return OwnNames(TAG_BIT.get(tag, 0), own, 0 if tag in ("html", "body") else own, bodies, is_hidden)


def _is_hidden(style: str) -> bool:
    return "none" in style and "display:none" in style.replace(" ", "").lower()


class ElementTree:
    """The elements of a document outside lines of text, parents first; each is known by its place, and -1 stands for none.

    `parents`, `names` and `tags_and_classes` have an entry for each element, `of` one for each block: the place of the element
    around it.
    """

    def __init__(self, blocks: Sequence[Block], images: Sequence[Block]) -> None:
        self.parents: list[int] = []
        self.names: list[OwnNames] = []
        self.tags_and_classes: list[tuple[str, str]] = []
        self._places: dict[Element | None, int] = {None: -1}
        self.of = [self._place_of(block.element) for block in blocks]
        self._headings = [float(block.kind == "heading") for block in blocks]
        self._images = [place for image in images if (place := self._place_of(image.element)) >= 0]

    def columns(self, columns: FeatureColumns) -> list[Column]:
        """The features of each block's element, given those of the blocks."""
        total = max(fsum(columns.prose), 1.0)
        numbers = columns.words, columns.link_words, columns.prose, self._headings
        if is_compiled():
            from seedclean.decisions.classifier import _features

            data = _features.element_rows(self.parents, self.names, self.of, self._images, numbers, total)
            return [Packed(data, _WIDTH)]
        every = self._measured(numbers, total)
        return [(_NO_ELEMENT if place < 0 else _row(every[place]) for place in self.of)]

    def _place_of(self, element: Element | None) -> int:
        """The place of an element, or of the one around the line it is in. Adds those that are missing."""
        known = self._places
        place = known.get(element)
        if place is not None:
            return place
        missing = []
        while element is not None and element not in known:
            missing.append(element)
            element = element.parent
        place = known[element]
        for inner in reversed(missing):
            tag = inner.tag
            if place < 0 or tag not in INLINE:
                attrs = inner.attrs
                classes = attrs.get("class", "") if attrs else ""
                self.tags_and_classes.append((tag, classes))
                self.names.append(_names_of(tag, attrs, classes))
                self.parents.append(place)
                place = len(self.parents) - 1
            known[inner] = place
        return place

    def _measured(self, numbers: Sequence[Sequence[float]], total: float) -> list[ElementStats]:
        """All elements, with the numbers of the blocks in them."""
        every: list[ElementStats] = []
        for names, parent in zip(self.names, self.parents, strict=True):
            every.append(ElementStats(names, None if parent < 0 else every[parent]))
        for place, words, link_words, prose, heading in zip(self.of, *numbers, strict=True):
            if place >= 0:
                stats = every[place]
                stats.words += words
                stats.link_words += link_words
                stats.prose += prose
                stats.headings += heading
                stats.blocks += 1
        for place in self._images:
            every[place].images += 1
        _add_up(every)
        _locate(every, total)
        for stats in every:
            if stats.blocks:
                stats.measure(total)
        return every


def _add_up(every: Sequence[ElementStats]) -> None:
    """Add what each element has to what its parent has."""
    for stats in reversed(every):
        parent = stats.parent
        if parent is not None:
            parent.words += stats.words
            parent.link_words += stats.link_words
            parent.prose += stats.prose
            parent.blocks += stats.blocks
            parent.headings += stats.headings
            parent.images += stats.images


def _locate(every: Sequence[ElementStats], total: float) -> None:
    """Set the positions of all elements."""
    with_prose = [stats for stats in every if stats.prose > 0]
    targets = [_innermost([stats for stats in with_prose if stats.prose >= share * total]) for share in _SHARES]
    candidates = [[stats for stats in with_prose if stats.names.bodies >> at & 1] for at in range(len(_BODIES))]
    bodies = [max(some, key=_body_score, default=None) for some in candidates]
    paths = [_path_to(target) for target in targets]
    landmarks = set().union(*paths, bodies)
    outside = Positions(
        [ORIGIN] * len(targets),
        [NO_BODY if body is None else BodyPosition(-1.0, body.prose / total) for body in bodies],
    )
    for stats in every:
        around = outside if stats.parent is None else stats.parent.positions
        if stats in landmarks:
            stats.positions = around.landmark(
                [stats is target for target in targets],
                [stats in path for path in paths],
                [stats is body for body in bodies],
            )
        else:
            stats.positions = around.below()


def _path_to(target: ElementStats | None) -> set[ElementStats]:
    """A target and its ancestors."""
    path = set()
    while target is not None:
        path.add(target)
        target = target.parent
    return path


def _innermost(elements: Sequence[ElementStats]) -> ElementStats | None:
    return max(elements, key=lambda stats: stats.depth, default=None)


def _body_score(stats: ElementStats) -> tuple[float, float]:
    """The prose in an element less half of its other words; of equals the inner one is better."""
    return stats.prose - (stats.words - stats.prose) / 2, stats.depth


@lru_cache(maxsize=4_096)
def _flags(tag_bits: int, part_bits: int, own_bits: int) -> _Names:
    parts = tuple(PART_BIT.values())
    return _set_bits(tag_bits, TAG_BITS), _set_bits(part_bits, parts), _set_bits(own_bits, parts)


def _set_bits(mask: int, bits: Sequence[int]) -> Row:
    return tuple([1.0 if mask & bit else 0.0 for bit in bits])


_NO_ELEMENT: _Row = (
    0.0,
    0.0,
    Positions([ORIGIN] * len(_SHARES), [NO_BODY] * len(_BODIES)).row,
    _flags(0, 0, 0),
    _NO_LEVELS,
)
"""The features of a block outside all elements: a line of plain text."""
