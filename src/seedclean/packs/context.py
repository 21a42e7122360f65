"""What clues and rules are matched against: a document, its blocks prepared for matching, and what it states of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from seedclean.model import limits
from seedclean.model.document import Block, Document, RawMetadata, noun
from seedclean.model.vocabulary import FACTS
from seedclean.packs.pack import Pack, front_names
from seedclean.values import urls
from seedclean.values.text import normal, squash, squash_normalized

_LABELLED = ("原文链接", "原文地址", "原文", "source link", "url source", "original link", "source", "链接")
_HEAD = 3
"""Only a headline among the first blocks leads to the document itself by its link."""
_TITLE = 8
"""A first line shorter than this is said again by chance: the name of a section, a greeting."""
_TITLE_CHARS = 1_000
"""A longer title is no headline and a name: to try all its parts takes time that grows with their square."""
_HEADLINE_CHARS = 300
"""A longer text is no headline, and is not compared with one."""
KEYED = ("front-matter", "container")
"""Places whose names mean what `[front]` says of them."""

BESIDE = re.compile(r"\s+[-–—|·:»]+\s+|\s*(?:[|_»]|--|::)+\s*|\s*[-–—](?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])[-–—]\s*")
"""What parts a headline from the name of its site: between Chinese characters no blanks are needed."""
_SITE = re.compile(r"\s*(?:[-–—|·:_]|::|»|\|\|)\s*")


@noun
class BlockView:
    """One block prepared for matching: normalized text, ordinal among text blocks, end offset in the body, link target.

    The text of an image is its alternative text. `normalized` is None for a text longer than `limits.PATTERN_CHARS`,
    `url` for a block without a link. `squashed` is empty for a text too long to be a headline.
    """

    block: Block
    normalized: str | None
    squashed: str
    ordinal: int
    end: int
    url: str | None


def block_views(blocks: Sequence[Block]) -> list[BlockView]:
    """Prepare the blocks of a document, in order."""
    ordinal = 0
    body = next((block.end + 1 for block in blocks if block.kind == "metadata" and block.element is None), 0)
    views = []
    for block in blocks:
        ordinal += has_text(block)
        words = block.text or block.alt
        normalized = normal(words) if len(words) <= limits.PATTERN_CHARS and block.kind != "metadata" else None
        squashed = squash_normalized(normalized) if normalized and len(normalized) <= _HEADLINE_CHARS else ""
        views.append(BlockView(block, normalized, squashed, ordinal, block.end - body, link_target(block)))
    return views


def has_text(block: Block) -> bool:
    """Whether a block of the document has text; front matter and the title of a page's head do not count."""
    return block.kind != "metadata" and bool(block.text)


def link_target(block: Block) -> str | None:
    """Where a block leads: the link that covers an image or four fifths of a text, else what an image or embed shows."""
    if block.kind in ("image", "video", "audio", "embed"):
        return next((mark.url for mark in block.marks if mark.type == "link" and mark.url), block.url)
    if not block.marks:
        return None
    links = [mark for mark in block.marks if mark.type == "link" and mark.url]
    covered = sum([mark.end - mark.start for mark in links])
    return links[0].url if covered and covered * 10 >= len(block.text) * 8 else None


class TitleLines(NamedTuple):
    """In plain text: the indices of the line that was the page's `<title>` and of the headline that repeats it."""

    title: int
    headline: int


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """An address that a document gives as its own, and where."""

    place: str
    url: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MatchContext:
    """A document prepared for matching.

    `front` says which metadata each front matter key is. `facts` holds squashed titles, publishers, descriptions and
    authors; it is empty until the packs of the document are known (see `with_packs`). `title_lines` is set for plain
    text that was a page. `addresses` are the document's own, the surest first.
    """

    document: Document
    views: Sequence[BlockView]
    front: Mapping[str, str]
    addresses: tuple[OwnAddress, ...]
    title_lines: TitleLines | None = None
    facts: Mapping[str, frozenset[str]] = field(default_factory=dict)


def match_context(document: Document, front: Mapping[str, str]) -> MatchContext:
    """Prepare a document for detection. `front` says which metadata each front matter key is, in any document."""
    views = block_views(document.blocks)
    title_lines = _title_lines(views) if document.format == "text" else None
    return MatchContext(document, views, front, tuple(_addresses(document, views, front)), title_lines)


def with_packs(context: MatchContext, packs: Sequence[Pack]) -> MatchContext:
    """The context with the facts that the document states, its front matter read as the packs that apply to it say."""
    front = front_names(packs)
    document = context.document
    addresses = context.addresses
    if front != context.front:
        addresses = tuple(_addresses(document, context.views, front))
    return replace(context, front=front, addresses=addresses, facts=_facts(document, front))


def stated_publishers(document: Document, front: Mapping[str, str]) -> frozenset[str]:
    """The squashed names that a document states as its publisher's."""
    return frozenset(squash(entry.value) for entry in document.stated if _fact(entry, front) == "publisher")


def _fact(entry: RawMetadata, front: Mapping[str, str]) -> str:
    return front.get(entry.name.casefold(), "") if entry.place in KEYED else _META.get(entry.name, "")


def _facts(document: Document, front: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    facts: dict[str, set[str]] = {name: set() for name in FACTS}
    for entry in document.stated:
        name = _fact(entry, front)
        if name in facts and entry.value:
            facts[name].update(_forms(entry.value) if name == "title" else {squash(entry.value)})
    for block in document.blocks:
        if block.kind == "metadata" and block.element is not None:
            facts["title"].update(_forms(block.text))
    return {name: frozenset(values - {""}) for name, values in facts.items()}


def _title_lines(views: Sequence[BlockView]) -> TitleLines | None:
    """The first line, where a line below repeats it with or without a name behind a separator."""
    first = next((at for at, view in enumerate(views) if view.block.text), None)
    if first is None or not views[first].squashed:
        return None
    title = views[first].normalized or ""
    heads = {squash(title[: separator.start()]) for separator in BESIDE.finditer(title)} | {views[first].squashed}
    below = (at for at in range(first + 1, len(views)) if len(views[at].squashed) >= _TITLE)
    return next((TitleLines(first, at) for at in below if views[at].squashed in heads), None)


_META = {
    "og:title": "title", "twitter:title": "title", "title": "title", "description": "description",
    "og:description": "description", "og:site_name": "publisher", "author": "authors", "article:author": "authors",
}  # fmt: skip


def _forms(title: str) -> set[str]:
    """A title as a whole and without the name of the site before or behind it."""
    forms = {squash(title)}
    if len(title) > _TITLE_CHARS:
        return forms
    parts = _SITE.split(title)
    for at in range(1, len(parts)):
        head, tail = squash("".join(parts[:at])), squash("".join(parts[at:]))
        if len(head) * 2 >= len(
            tail
        ):  # a site's name stands behind more often than before, and is seldom twice as long
            forms.add(head)
        if len(tail) >= len(head):
            forms.add(tail)
    return forms


def _addresses(document: Document, views: Sequence[BlockView], front: Mapping[str, str]) -> Iterator[OwnAddress]:
    """The addresses that a document gives as its own: front matter, link and meta elements, headline, labelled links."""
    for entry in document.stated:
        leads = entry.place in KEYED and front.get(entry.name.casefold()) in ("url", "publisher")
        if leads and urls.is_web(entry.value):
            yield OwnAddress(entry.place, entry.value.strip(), entry.start, entry.end)
    for place, name in (("link", "canonical"), ("meta", "og:url")):
        for entry in document.stated:
            if (entry.place, entry.name) == (place, name) and urls.host(entry.value):
                yield OwnAddress(name, entry.value, entry.start, entry.end)
    with_words = [view for view in views if view.normalized]
    for view in with_words[:_HEAD]:
        if view.block.kind == "heading" and view.url and urls.host(view.url):
            yield OwnAddress("title-link", view.url, view.block.start, view.block.end)
    for view in with_words:
        label = (view.normalized or "").casefold().rstrip(":：")
        if view.url and label in _LABELLED and urls.host(view.url):
            yield OwnAddress("link", view.url, view.block.start, view.block.end)
