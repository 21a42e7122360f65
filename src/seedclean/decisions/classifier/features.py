"""The features of a document's blocks: one row of numbers for each block that has text.

A row has the features of the document, of the block, of its neighbours, of blocks like it, and of the elements around it.
Plain text has no elements; those columns are then constant. Fractions are added by `fsum`: the result of `sum` differs
between versions of Python, and trees would turn that into other verdicts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from seedclean.decisions.classifier import (
    element_features,
    lexicon,
    neighbour_features,
    page_features,
    region_features,
    wording,
)
from seedclean.decisions.classifier.block_features import (
    BlockFeatures,
    FeatureColumns,
    block_features,
    feature_columns,
)
from seedclean.decisions.classifier.descriptions import described
from seedclean.decisions.classifier.element_features import ElementTree
from seedclean.decisions.classifier.schema import Column, Row, Shape, flatten, nested_rows
from seedclean.model.document import Block
from seedclean.model.vocabulary import KINDS
from seedclean.packs.context import BlockView, MatchContext

_KINDS = ("heading", "paragraph", "line", "item", "table", "quote", "code", "caption")
_KIND_FLAGS = {kind: tuple([float(kind == column) for column in _KINDS]) for kind in KINDS}
_TITLE_CHARS = 5
"""A title shorter than this may repeat by chance."""

DOCUMENT_NAMES = (
    "d-words", "d-blocks", "d-prose", "d-link", "d-cjk", "d-html", "d-text", "d-price", "d-date", "d-mean", "d-head",
    "d-code", "d-post", "d-item", "d-twice", "d-longest", *(f"d-{name}" for name in page_features.STATED_NAMES),
    *(f"d-{name}" for name in page_features.LABEL_NAMES), "d-described",
)  # fmt: skip
"""The columns of the document, the same for all its blocks."""
_BLOCK_SHAPE: tuple[Shape, ...] = (
    "words", "link", "prose", "stops", "stop-share", "end", "covered", "date", "price", "separators", "cjk", "digit",
    "level", "list", "twice", "title", "described", tuple(f"is-{kind}" for kind in _KINDS), tuple(f"says-{name}" for name in lexicon.GROUPS),
)  # fmt: skip
_ALIKE_SHAPE = ("like-count", "like-words", "like-link", "like-share")
SHAPE = (
    *_BLOCK_SHAPE,
    *neighbour_features.SHAPE,
    _ALIKE_SHAPE,
    region_features.SHAPE,
    wording.SHAPE,
    element_features.SHAPE,
)
"""The columns that differ from block to block, nested as the rows of `FeatureMatrix.columns` are in Python."""
NAMES: tuple[str, ...] = (*DOCUMENT_NAMES, *flatten(SHAPE))
"""The columns of a row."""


@dataclass(frozen=True, slots=True)
class FeatureMatrix:
    """The features of those blocks of a document that have text.

    `format` is the document's. `places` are their indices in `document.blocks`, `blocks` the features of each by itself,
    `document` the columns of `DOCUMENT_NAMES`. `columns` makes the others anew at each call, in the order of `SHAPE`: a speed
    device, as to store flat rows takes more than twice the time of scoring.
    """

    format: str
    places: list[int]
    blocks: list[BlockFeatures]
    document: Row
    columns: Callable[[], list[Column]]

    @property
    def rows(self) -> list[Row]:
        """The features block by block, in the order of `NAMES`.

        Order alone joins the names to the values, which other functions nest. The trees in Python unpack nested rows by
        `SHAPE`, which fails if the two differ; flat rows, which the trees are trained on, have to be checked.
        """
        rows = [(*self.document, *flatten(nested)) for nested in nested_rows(self.columns())]
        assert not rows or len(rows[0]) == len(NAMES)
        return rows


def feature_matrix(context: MatchContext) -> FeatureMatrix:
    """The features of a document's blocks. Linear in their number."""
    document = context.document
    places = [at for at, block in enumerate(document.blocks) if block.text and block.kind != "metadata"]
    blocks = [document.blocks[at] for at in places]
    measures = block_features(blocks)
    elements = ElementTree(blocks, [block for block in document.blocks if block.kind in ("image", "video")])
    texts = Counter([block.text for block in blocks])
    columns = feature_columns(measures)
    views = [context.views[at] for at in places]
    title_match = _title_match(context, views)
    quoted = described(document, views)

    def all_columns() -> list[Column]:
        # asked here, so that bench/fold_models.py can let the weights of a fold take the place of the shipped ones
        worded = wording.log_odds(wording.shipped(), [block.text for block in blocks], columns.cjk)
        return [
            *_block_columns(blocks, columns, title_match, quoted, texts),
            *neighbour_features.neighbour_columns(blocks, columns, title_match, document.format != "html"),
            _alike(blocks, columns, elements),
            *region_features.region_columns(columns, document.format == "html"),
            *wording.wording_columns(worded),
            *elements.columns(columns),
        ]

    summary = _document_row(document.format, blocks, columns, elements, len(texts))
    page = (
        *page_features.stated_features(document),
        *page_features.label_counts(blocks),
        _described_share(quoted, columns),
    )
    return FeatureMatrix(document.format, places, measures, (*summary, *page), all_columns)


def _document_row(
    format: str, blocks: Sequence[Block], columns: FeatureColumns, elements: ElementTree, distinct: int
) -> Row:
    """The first columns of `DOCUMENT_NAMES`, of a document with so many distinct texts."""
    count = max(len(blocks), 1)
    words = fsum(columns.words)
    divisor = max(words, 1.0)
    kinds = Counter([block.kind for block in blocks])
    element_count = max(len(elements.names), 1)
    parts = [names.own_bits for names in elements.names if names.own_bits]
    return (
        words,
        float(len(blocks)),
        fsum(columns.prose) / divisor,
        fsum(columns.link_words) / divisor,
        fsum([share * size for share, size in zip(columns.cjk, columns.words, strict=True) if share]) / divisor,
        float(format == "html"),
        float(format == "text"),
        sum(columns.price) / count,
        sum(columns.date) / count,
        words / count,
        kinds["heading"] / count,
        kinds["code"] / count,
        sum([bits & lexicon.PART_BIT["post"] > 0 for bits in parts]) / element_count,
        sum([bits & lexicon.PART_BIT["item"] > 0 for bits in parts]) / element_count,
        1 - distinct / count,
        max(columns.prose, default=0.0),
    )


def _described_share(quoted: Sequence[float], columns: FeatureColumns) -> float:
    """The share of the words that stand in blocks of which a description quotes the beginning; -1 where none is stated."""
    if not quoted or quoted[0] < 0:
        return -1.0
    words = fsum([size for size, hit in zip(columns.words, quoted, strict=True) if hit])
    return words / max(fsum(columns.words), 1.0)


def _title_match(context: MatchContext, views: Sequence[BlockView]) -> list[float]:
    """For each block 2 if it is the document's title, 1 if it is at least half of it, else 0.

    The title of a plain text that states none is its first line.
    """
    titles = {title for title in context.facts["title"] if len(title) >= _TITLE_CHARS}
    if not titles and context.document.format == "text" and views and len(views[0].squashed) > _TITLE_CHARS:
        titles = {views[0].squashed}
    longest = max(titles, key=lambda title: (len(title), title), default="")
    matches = []
    for view in views:
        text = view.squashed
        if len(text) < _TITLE_CHARS or not titles:
            matches.append(0.0)
        elif text in titles:
            matches.append(2.0)
        else:
            matches.append(float(len(text) * 2 >= len(longest) and text in longest))
    return matches


def _block_columns(
    blocks: Sequence[Block],
    columns: FeatureColumns,
    title_match: list[float],
    quoted: list[float],
    texts: Mapping[str, int],
) -> list[Column]:
    return [
        columns.words,
        columns.link,
        columns.prose,
        columns.stops,
        [stops / (words or 1.0) for stops, words in zip(columns.stops, columns.words, strict=True)],
        columns.end,
        columns.covered,
        columns.date,
        columns.price,
        columns.separators,
        columns.cjk,
        columns.digit,
        [float(block.level) for block in blocks],
        [float(block.depth) for block in blocks],
        [float(texts[block.text]) for block in blocks],
        title_match,
        quoted,
        map(_KIND_FLAGS.__getitem__, [block.kind for block in blocks]),
        map(lexicon.group_flags, columns.groups),
    ]


def _alike(blocks: Sequence[Block], columns: FeatureColumns, elements: ElementTree) -> Iterator[Row]:
    """For each block the number of blocks like it, their mean length, link share, and share of the document's words.

    Blocks are alike if their elements, and the two elements around these, have the same tags and classes.
    """
    keys: list[Hashable] = [
        (block.kind, block.level) if place < 0 else _path_key(elements, place)
        for block, place in zip(blocks, elements.of, strict=True)
    ]
    sums: dict[Hashable, list[float]] = {}
    for key, words, link_words in zip(keys, columns.words, columns.link_words, strict=True):
        totals = sums.get(key)
        if totals is None:
            sums[key] = [1.0, words, link_words]
        else:
            totals[0] += 1.0
            totals[1] += words
            totals[2] += link_words
    total = fsum(columns.words) or 1.0
    rows = {
        key: (count, words / count, link_words / (words or 1.0), words / total)
        for key, (count, words, link_words) in sums.items()
    }
    return map(rows.__getitem__, keys)


def _path_key(elements: ElementTree, place: int) -> Hashable:
    parents, own = elements.parents, elements.tags_and_classes
    parent = parents[place]
    if parent < 0:
        return own[place], None, None
    outer = parents[parent]
    return own[place], own[parent], None if outer < 0 else own[outer]
