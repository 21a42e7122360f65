"""The features of a whole page: what tells an article from documentation, a forum, a listing or a product.

They speak of the page's address, of what it says of itself, of the blocks that were kept of it, and of the labels around
them: "add to cart" stands on other pages than "reply".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence

from seedclean.decisions.classifier.schema import Row
from seedclean.model.document import Block, Document

_PATHS = {
    "shop": r"/(?:products?|item|dp|p|buy)(?:/|$)",
    "forum": r"forum|thread|topic|/t/|/questions/|discuss|communit|comments|bbs",
    "docs": r"docs?\b|documentation|/api|reference|manual|guide|tutorial|wiki|learn|/help",
    "blog": r"blog|news|article|story|post|/20\d\d[/-]",
    "firm": r"service|solution|about|company|/features?|pricing",
}
"""What the address of a page says of it."""
_LABELS = {
    "cart": "add to cart|add to bag|add to basket|buy now|quantity|qty|in stock|sku|加入购物车",
    "reply": "reply|replies|quote|like|回复|joined|posts|member|thread starter|upvote|report|solved|answers",
    "sort": "sort by|sort by:|filter|filters|filter by|sort|clear all|show more|load more|results|refine|apply|view all",
    "docs": "on this page|table of contents|contents|edit this page|in this article|version|copy|api reference"
    "|installation|documentation|docs",
    "review": "reviews|customer reviews|write a review|rating|description|specifications|details|you may also like"
    "|related products|ingredients|shipping",
    "press": "share|share this|related articles|related posts|advertisement|tags|comments|leave a comment|most popular"
    "|written by|相关阅读|相关新闻|责任编辑|print",
}
"""Whole blocks of interfaces that stand on pages of one type."""
_LABEL = {label: name for name, labels in _LABELS.items() for label in labels.split("|")}
_LABEL_CHARS = max(map(len, _LABEL))
_KINDS = ("heading", "item", "code", "quote", "line")
_GRAPHS = ("article", "product", "website")
_SHORT, _LINE = 80, 30
_PRICE = re.compile(r"[$€£¥￥] ?\d|\d(?:\.\d\d)? *(?:元|usd|eur)", re.IGNORECASE)
_DATE = re.compile(r"(?:19|20)\d\d|\d{1,2}:\d\d|\bago\b|[天时钟]前", re.IGNORECASE)
_QUERY = re.compile("[?#]")
_ADDRESS_CHARS = 500
_LONG_NUMBER = re.compile(r"\d{4,}")
_END = ".。!?！？"

NAMES = (
    "addressed", "path", "dashes", "numbered", *(f"path-{name}" for name in _PATHS), "linked-article", "linked-product",
    *(f"graph-{name}" for name in _GRAPHS), "dated", "chars", "share", "blocks", "kept", "mean", "longest", "link",
    *(f"chars-{kind}" for kind in _KINDS), "headings", "prices", "dates", "kept-dates", "like", "paths", "pictures",
    "short", "ended", "cjk", *(f"labels-{name}" for name in _LABELS),
)  # fmt: skip
"""The columns of a page's row."""


_Said = Sequence[tuple[Block, bool]]
"""Blocks that have text, and whether each is kept."""


def page_row(document: Document, places: Container[int]) -> Row:
    """The features of a page, of which the blocks at some places are kept. Linear in the number of blocks."""
    said = [(block, at in places) for at, block in enumerate(document.blocks) if block.text]
    kept = [block for block, keep in said if keep]
    pictures = sum([block.kind == "image" for block in document.blocks])
    return (
        *_stated(document),
        *_kept(kept, said),
        *_around(said, len(kept)),
        float(pictures),
        *_lines(kept),
        *_labels(said),
    )


def _stated(document: Document) -> list[float]:
    stated = document.stated
    address = next((one.value for one in stated if one.name in ("canonical", "og:url")), "")[:_ADDRESS_CHARS].lower()
    place = _QUERY.split(address.partition("://")[2])[0]
    path = place.partition("/")[2].strip("/")
    types = [one.value.lower() for one in stated if (one.place, one.name) == ("json-ld", "@type")]
    graph = next((one.value.lower() for one in stated if one.name == "og:type"), "")
    found = [
        address != "",
        len(path),
        path.count("-"),
        _LONG_NUMBER.search(path) is not None,
        *(re.search(pattern, place) is not None for pattern in _PATHS.values()),
        sum(name.endswith(("article", "blogposting")) for name in types),
        sum(name.startswith("product") for name in types),
        *(name in graph for name in _GRAPHS),
        any(one.name in ("article:published_time", "datepublished") for one in stated),
    ]
    return [float(value) for value in found]


def _kept(kept: Sequence[Block], said: _Said) -> list[float]:
    sizes = [len(block.text) for block in kept]
    chars, count = sum(sizes) or 1, len(kept) or 1
    kinds: Counter[str] = Counter()
    for block, size in zip(kept, sizes, strict=True):
        kinds[block.kind] += size
    return [
        float(chars),
        chars / (sum([len(block.text) for block, _ in said]) or 1),
        float(len(said)),
        float(len(kept)),
        chars / count,
        float(max(sizes, default=0)),
        sum([mark.end - mark.start for block in kept for mark in block.marks if mark.type == "link"]) / chars,
        *(kinds[kind] / chars for kind in _KINDS),
        sum([block.kind == "heading" for block in kept]) / count,
    ]


def _around(said: _Said, kept: int) -> list[float]:
    short = [(block, keep) for block, keep in said if len(block.text) < _SHORT]
    dated = [keep for block, keep in short if _DATE.search(block.text)]
    paths = Counter(
        (element.tag, element.attrs.get("class"), element.parent and element.parent.attrs.get("class"))
        for block, keep in said
        if keep and (element := block.element)
    )
    count = kept or 1
    return [
        float(sum([_PRICE.search(block.text) is not None for block, _ in short])),
        float(len(dated)),
        sum(dated) / count,
        max(paths.values(), default=0) / count,
        len(paths) / count,
    ]


def _lines(kept: Sequence[Block]) -> list[float]:
    count = len(kept) or 1
    return [
        sum([len(block.text) < _LINE for block in kept]) / count,
        sum([block.text[-1] in _END for block in kept]) / count,
        sum(["\u3400" <= block.text[0] <= "\u9fff" for block in kept]) / count,
    ]


def _labels(said: _Said) -> list[float]:
    found = Counter(_LABEL.get(block.text.lower()) for block, _ in said if len(block.text) <= _LABEL_CHARS)
    return [float(found[name]) for name in _LABELS]
