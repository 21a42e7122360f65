"""What clues and rules are matched against: a document, its blocks prepared for matching, and what it states of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from seedclean.model import limits
from seedclean.model.document import Block, Document, RawMetadata, noun
from seedclean.model.vocabulary import FACTS
from seedclean.packs.addresses import KEYED, OwnAddress, own_addresses
from seedclean.packs.link_hosts import Links
from seedclean.packs.pack import Pack, front_names
from seedclean.packs.scopes import bylines, scopes
from seedclean.values import meta_tags, title_parts, urls
from seedclean.values.text import normal, squash, squash_normalized

_TITLE = 8
"""A first line shorter than this is said again by chance: the name of a section, a greeting."""
_HEADLINE_CHARS = 300
"""A longer text is no headline, and is not compared with one."""


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
        is_shown = block.kind != "metadata"
        ordinal += is_shown and block.text != ""
        words = block.text or block.alt
        normalized = normal(words) if is_shown and len(words) <= limits.PATTERN_CHARS else None
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
class MatchContext:
    """A document prepared for matching.

    `front` says which metadata each front matter key is. `facts` holds squashed titles, publishers, descriptions and
    authors, and under `of` the scopes that the document is in; it is empty until its packs are known (see `with_packs`). `title_lines` is set for plain
    text that was a page. `addresses` are the document's own, the surest first.
    """

    document: Document
    views: Sequence[BlockView]
    front: Mapping[str, str]
    addresses: tuple[OwnAddress, ...]
    links: Links
    title_lines: TitleLines | None = None
    facts: Mapping[str, frozenset[str]] = field(default_factory=dict)


def match_context(document: Document, front: Mapping[str, str]) -> MatchContext:
    """Prepare a document for detection. `front` says which metadata each front matter key is, in any document."""
    views = block_views(document.blocks)
    title_lines = _title_lines(views) if document.format == "text" else None
    addresses = _addresses(document, views, front)
    return MatchContext(document, views, front, addresses, Links(document.blocks), title_lines)


def with_packs(context: MatchContext, packs: Sequence[Pack]) -> MatchContext:
    """The context with the facts that the document states, its front matter read as the packs that apply to it say."""
    front = front_names(packs)
    document = context.document
    addresses = context.addresses
    if front != context.front:
        addresses = _addresses(document, context.views, front)
    own = urls.host(addresses[0].url) if addresses else ""
    of = scopes(packs, own, _publishers(context, packs, front))
    return replace(context, front=front, addresses=addresses, facts={**_facts(document, front), "of": of})


def _publishers(context: MatchContext, packs: Sequence[Pack], front: Mapping[str, str]) -> frozenset[str]:
    """The squashed names of the account that a document on a platform is by, as stated or in its byline."""
    platforms = [pack for pack in packs if pack.platform]
    texts = [view.block.text for view in context.views] if platforms else []
    names = {squash(name) for pack in platforms for name in bylines(pack, texts)}
    return stated_publishers(context.document, front) | names if platforms else frozenset()


def stated_publishers(document: Document, front: Mapping[str, str]) -> frozenset[str]:
    """The squashed names that a document states as its publisher's."""
    return frozenset(squash(entry.value) for entry in document.stated if _fact(entry, front) == "publisher")


def _fact(entry: RawMetadata, front: Mapping[str, str]) -> str:
    """The field that an entry stands for; empty if for none."""
    if entry.place in KEYED:
        return front.get(entry.name.casefold(), "")
    field = meta_tags.field(entry.place, entry.name)
    # Linked data may describe another article: its headline must not pass for the title of this one.
    return "" if entry.place == "json-ld" and field in ("title", "publisher") else field


def _facts(document: Document, front: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    facts: dict[str, set[str]] = {name: set() for name in FACTS}
    for entry in document.stated:
        name = _fact(entry, front)
        if name in facts and entry.value:
            facts[name].update(title_parts.forms(entry.value) if name == "title" else {squash(entry.value)})
    for block in document.blocks:
        if block.kind == "metadata" and block.element is not None:
            facts["title"].update(title_parts.forms(block.text))
    return {name: frozenset(values - {""}) for name, values in facts.items()}


def _title_lines(views: Sequence[BlockView]) -> TitleLines | None:
    """The first line, where a line below repeats it with or without a name behind a separator."""
    first = next((at for at, view in enumerate(views) if view.block.text), None)
    if first is None or not views[first].squashed:
        return None
    heads = set(title_parts.heads(views[first].normalized or ""))
    below = (at for at in range(first + 1, len(views)) if len(views[at].squashed) >= _TITLE)
    return next((TitleLines(first, at) for at in below if views[at].squashed in heads), None)


def _addresses(document: Document, views: Sequence[BlockView], front: Mapping[str, str]) -> tuple[OwnAddress, ...]:
    return tuple(own_addresses(document, views, front))
