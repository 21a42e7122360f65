"""The features of a whole page, which tell an article from documentation, a forum, a listing or a product.

They measure the page's address, what the page states of itself, the blocks that are kept, and the labels around them: "add
to cart" stands on other pages than "reply".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from functools import cache

from seedclean.decisions.classifier import lexicon
from seedclean.decisions.classifier.dates_and_prices import has_price, hints_at_time
from seedclean.decisions.classifier.schema import Row
from seedclean.model.document import Block, Document
from seedclean.values.scripts import HAN

_PATHS = ("shop", "forum", "docs", "blog", "firm")
"""Types of page by words of their addresses: the table `paths` of lexicon.toml."""
_LABELS = ("cart", "reply", "sort", "docs", "review", "press")
"""Types of page by whole blocks of interfaces: the table `labels` of lexicon.toml."""
_KINDS = ("heading", "item", "code", "quote", "line")
_OPEN_GRAPH_TYPES = ("article", "product", "website")
_LABEL_CHARS = 80
"""Prices and dates are counted in blocks shorter than this."""
_LINE_CHARS = 30
"""A kept block shorter than this is counted as short."""
_ADDRESS_CHARS = 500
_QUERY = re.compile("[?#]")
_LONG_NUMBER = re.compile(r"\d{4,}")
_HAN = re.compile(f"[{HAN}]")
_SENTENCE_END = ".。!?！？"

STATED_NAMES = (
    "addressed", "path", "dashes", "numbered", *(f"path-{name}" for name in _PATHS), "linked-article", "linked-product",
    *(f"graph-{name}" for name in _OPEN_GRAPH_TYPES), "dated",
)  # fmt: skip
"""What a page states of itself."""
LABEL_NAMES = tuple(f"labels-{name}" for name in _LABELS)
"""How many blocks are labels of a type of page."""
NAMES = (
    *STATED_NAMES, "chars", "share", "blocks", "kept", "mean", "longest", "link",
    *(f"chars-{kind}" for kind in _KINDS), "headings", "prices", "dates", "kept-dates", "like", "paths", "pictures",
    "short", "ended", "cjk", *LABEL_NAMES,
)  # fmt: skip
"""The columns of a page's row."""


def page_row(document: Document, places: Container[int]) -> Row:
    """The features of a page of which the blocks at these indices are kept. Linear in the number of blocks."""
    texts = [(block, at in places) for at, block in enumerate(document.blocks) if block.text]
    kept = [block for block, is_kept in texts if is_kept]
    return (
        *stated_features(document),
        *_size_features(kept, [block for block, _ in texts]),
        *_surroundings(texts, len(kept)),
        float(sum([block.kind == "image" for block in document.blocks])),
        *_line_features(kept),
        *label_counts([block for block, _ in texts]),
    )


def stated_features(document: Document) -> list[float]:
    """The columns of `STATED_NAMES`: the page's address, its types, and whether it has a date."""
    stated = document.stated
    address = next((one.value for one in stated if one.name in ("canonical", "og:url")), "")[:_ADDRESS_CHARS].lower()
    host_and_path = _QUERY.split(address.partition("://")[2])[0]
    path = host_and_path.partition("/")[2].strip("/")
    types = [one.value.lower() for one in stated if (one.place, one.name) == ("json-ld", "@type")]
    open_graph_type = next((one.value.lower() for one in stated if one.name == "og:type"), "")
    values = [
        address != "",
        len(path),
        path.count("-"),
        _LONG_NUMBER.search(path) is not None,
        *(pattern.search(host_and_path) is not None for pattern in _path_patterns()),
        sum(name.endswith(("article", "blogposting")) for name in types),
        sum(name.startswith("product") for name in types),
        *(name in open_graph_type for name in _OPEN_GRAPH_TYPES),
        any(one.name in ("article:published_time", "datepublished") for one in stated),
    ]
    return [float(value) for value in values]


def _size_features(kept: Sequence[Block], texts: Sequence[Block]) -> list[float]:
    """How much of the page is kept, and of which kinds."""
    sizes = [len(block.text) for block in kept]
    chars, count = sum(sizes) or 1, len(kept) or 1
    kinds: Counter[str] = Counter()
    for block, size in zip(kept, sizes, strict=True):
        kinds[block.kind] += size
    return [
        float(chars),
        chars / (sum([len(block.text) for block in texts]) or 1),
        float(len(texts)),
        float(len(kept)),
        chars / count,
        float(max(sizes, default=0)),
        sum([mark.end - mark.start for block in kept for mark in block.marks if mark.type == "link"]) / chars,
        *(kinds[kind] / chars for kind in _KINDS),
        sum([block.kind == "heading" for block in kept]) / count,
    ]


def _surroundings(texts: Sequence[tuple[Block, bool]], kept_count: int) -> list[float]:
    """Prices, dates, kept dates; the blocks of the commonest path among kept ones, and the number of their paths."""
    short = [(block.text.lower(), is_kept) for block, is_kept in texts if len(block.text) < _LABEL_CHARS]
    dates = [is_kept for lower, is_kept in short if hints_at_time(lower)]
    paths = Counter(
        (element.tag, element.attrs.get("class"), element.parent and element.parent.attrs.get("class"))
        for block, is_kept in texts
        if is_kept and (element := block.element)
    )
    count = kept_count or 1
    return [
        float(sum([has_price(lower) for lower, _ in short])),
        float(len(dates)),
        sum(dates) / count,
        max(paths.values(), default=0) / count,
        len(paths) / count,
    ]


def _line_features(kept: Sequence[Block]) -> list[float]:
    """The shares of kept blocks that are short, end a sentence, and begin with a Chinese character."""
    count = len(kept) or 1
    return [
        sum([len(block.text) < _LINE_CHARS for block in kept]) / count,
        sum([block.text[-1] in _SENTENCE_END for block in kept]) / count,
        sum([_HAN.match(block.text) is not None for block in kept]) / count,
    ]


def label_counts(texts: Sequence[Block]) -> list[float]:
    """The columns of `LABEL_NAMES`, of these blocks."""
    types = _label_types()
    longest = max(map(len, types))
    counts = Counter(types.get(block.text.lower()) for block in texts if len(block.text) <= longest)
    return [float(counts[name]) for name in _LABELS]


@cache
def _path_patterns() -> tuple[re.Pattern[str], ...]:
    paths = lexicon.table("paths")
    assert tuple(paths) == _PATHS
    return tuple(re.compile("|".join(alternatives)) for alternatives in paths.values())


@cache
def _label_types() -> Mapping[str, str]:
    """Text of a label -> type of page."""
    labels = lexicon.table("labels")
    assert tuple(labels) == _LABELS
    return {text: name for name, texts in labels.items() for text in texts}
