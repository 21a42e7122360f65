"""Features of the elements around a block: how much text they contain, how they are named, where they stand.

Only elements outside lines of text count (not `lexicon.INLINE`). Each is made before its children, so one pass backwards
adds up the text of descendants, and one pass forwards computes each element's position from its parent's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from seedclean.decisions.classifier.block_features import BlockFeatures
from seedclean.decisions.classifier.element_positions import NO_BODY, ORIGIN, BodyPosition, Positions
from seedclean.decisions.classifier.lexicon import INLINE, PART_BIT, TAG_BIT, TAG_BITS, parts_of
from seedclean.decisions.classifier.schema import Row, Shape
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
"""The names of an element's features, nested as `ElementTree.rows` nests their values."""
_Levels = tuple[Row, Row, Row, Row]
_Names = tuple[Row, Row, Row]
_NO_STATISTICS: Row = (-1.0,) * len(_STATISTICS)
_NO_LEVELS: _Levels = (_NO_STATISTICS,) * 4


_Row = tuple[float, float, Row, _Names, _Levels]


class ElementStats:
    """One element and the blocks in it, its descendants' included.

    `words`, `link_words` and `prose` are numbers of words; `blocks`, `headings` and `images` count. `tag_bits` and
    `part_bits` are its own and its ancestors', `own_bits` those of the parts that it names itself; `names_body` tells
    whether it is named as the document's body. `levels` are the statistics of the element and of those around it that
    have more blocks, inside out; `outer_levels` are the latter alone.
    """

    __slots__ = (
        "blocks", "depth", "element", "headings", "hidden", "images", "levels", "link_words", "names_body", "outer_levels",
        "own_bits", "parent", "part_bits", "positions", "prose", "tag_and_class", "tag_bits", "words",
    )  # fmt: skip
    positions: Positions
    levels: _Levels
    outer_levels: _Levels

    def __init__(self, element: Element, parent: ElementStats | None) -> None:
        attrs = element.attrs
        names = attrs.get("class", "") if attrs else ""
        hidden = False
        self.element, self.parent, self.tag_and_class = element, parent, (element.tag, names)
        if len(attrs) > 1 or (attrs and not names):
            names = " ".join([attrs[key] for key in NAMING if key in attrs])
            hidden = "hidden" in attrs or attrs.get("aria-hidden") == "true" or _is_hidden(attrs.get("style", ""))
        self.words = self.link_words = self.prose = 0.0
        self.blocks = self.headings = self.images = 0
        tag, self.own_bits, inherited, self.names_body = _name_bits(element.tag[:_NAME_CHARS], names[:_NAME_CHARS])
        if parent is None:
            self.tag_bits, self.part_bits, self.depth, self.hidden = tag, inherited, 0.0, hidden
        else:
            self.tag_bits, self.part_bits = parent.tag_bits | tag, parent.part_bits | inherited
            self.depth, self.hidden = parent.depth + 1.0, hidden or parent.hidden

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


def _row(stats: ElementStats | None) -> _Row:
    """The features of an element, nested as `SHAPE` is."""
    if stats is None:
        return _NO_ELEMENT
    own = stats.own_bits if stats.parent is None else stats.own_bits | stats.parent.own_bits
    names = _flags(stats.tag_bits, stats.part_bits, own)
    return float(stats.hidden), stats.depth, stats.positions.row, names, stats.levels


@lru_cache(maxsize=20_000)
def _name_bits(tag: str, names: str) -> tuple[int, int, int, bool]:
    """The bits of an element's tag, of the parts it names, of those that descendants inherit, and if it names a body.

    Names of `html` and `body` are not inherited: every block would have them.
    """
    own, body = parts_of(names) if names else (0, False)
    return TAG_BIT.get(tag, 0), own, 0 if tag in ("html", "body") else own, body


def _is_hidden(style: str) -> bool:
    return "none" in style and "display:none" in style.replace(" ", "").lower()


class ElementTree:
    """All elements of a document outside lines of text (`all`, parents first), and the one of each block (`of`)."""

    def __init__(self, blocks: Sequence[Block], features: Sequence[BlockFeatures], images: Sequence[Block]) -> None:
        self._stats: dict[Element | None, ElementStats | None] = {None: None}
        self.all: list[ElementStats] = []
        self.of: list[ElementStats | None] = []
        known = self._stats
        for block, measures in zip(blocks, features, strict=True):
            stats = known.get(block.element) or self._stats_of(block.element)
            self.of.append(stats)
            if stats is not None:
                stats.words += measures.words
                stats.link_words += measures.link_words
                stats.prose += measures.prose
                stats.blocks += 1
                stats.headings += block.kind == "heading"
        for image in images:
            stats = self._stats_of(image.element)
            if stats is not None:
                stats.images += 1
        self._add_up()

    def rows(self, prose: float) -> Iterator[_Row]:
        """The features of each block's element. The document has `prose` words of prose."""
        total = max(prose, 1.0)
        self._locate(total)
        for stats in self.all:
            if stats.blocks:
                stats.measure(total)
        return map(_row, self.of)

    def _stats_of(self, element: Element | None) -> ElementStats | None:
        """The statistics of an element, or of the one around the line it is in. Makes those that are missing."""
        known = self._stats
        missing = []
        while element is not None and element not in known:
            missing.append(element)
            element = element.parent
        stats = known[element]
        for inner in reversed(missing):
            if stats is None or inner.tag not in INLINE:
                stats = ElementStats(inner, stats)
                self.all.append(stats)
            known[inner] = stats
        return stats

    def _add_up(self) -> None:
        for stats in reversed(self.all):
            parent = stats.parent
            if parent is not None:
                parent.words += stats.words
                parent.link_words += stats.link_words
                parent.prose += stats.prose
                parent.blocks += stats.blocks
                parent.headings += stats.headings
                parent.images += stats.images

    def _locate(self, total: float) -> None:
        """Set the positions of all elements."""
        with_prose = [stats for stats in self.all if stats.prose > 0]
        targets = [_innermost([stats for stats in with_prose if stats.prose >= share * total]) for share in _SHARES]
        bodies = [max(candidates, key=_body_score, default=None) for candidates in _body_candidates(with_prose)]
        paths = [_path_to(target) for target in targets]
        landmarks = set().union(*paths, bodies)
        outside = Positions(
            [ORIGIN] * len(targets),
            [NO_BODY if body is None else BodyPosition(-1.0, body.prose / total) for body in bodies],
        )
        for stats in self.all:
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


def _body_candidates(elements: Sequence[ElementStats]) -> tuple[list[ElementStats], ...]:
    """The elements of each of `_BODIES`."""
    return (
        [stats for stats in elements if stats.names_body],
        [stats for stats in elements if stats.element.tag == "article"],
        [stats for stats in elements if stats.element.tag == "main" or stats.element.attrs.get("role") == "main"],
    )


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
