"""What detection and rules look at: a document, its blocks as conditions see them, and what it states of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from seedclean.model import limits
from seedclean.model.document import Block, Document, noun
from seedclean.model.vocabulary import FACTS
from seedclean.values import urls
from seedclean.values.text import normal, squash

_LABELLED = ("原文链接", "原文地址", "原文", "source link", "url source", "original link", "source", "链接")
_HEAD = 3
"""Only a headline among the first blocks leads to the document itself by its link."""
_TITLE = 8
"""A first line shorter than this is said again by chance: the name of a section, a greeting."""
_TITLE_CHARS = 1_000
"""A longer title is no headline and a name: to try all its parts takes time that grows with their square."""
KEYED = ("front-matter", "container")
"""Places whose names mean what `[front]` says of them."""

BESIDE = re.compile(r"\s+[-–—|·:»]+\s+|\s*(?:[|_»]|--|::)+\s*|\s*[-–—](?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])[-–—]\s*")
"""What parts a headline from the name of its site: between Chinese characters no blanks are needed."""
_SITE = re.compile(r"\s*(?:[-–—|·:_]|::|»|\|\|)\s*")


@noun
class View:
    """A block as conditions see it: compared text, place among the blocks that have text, end in the body, address.

    The words of an image are its alternative text. `said` is None for a text too long for any rule to speak of, `url`
    for a block that leads nowhere.
    """

    block: Block
    said: str | None
    squashed: str
    place: int
    end: int
    url: str | None


def views(blocks: Sequence[Block]) -> list[View]:
    """The blocks as conditions see them."""
    place = 0
    body = next((block.end + 1 for block in blocks if block.kind == "metadata" and block.element is None), 0)
    found = []
    for block in blocks:
        place += has_text(block)
        words = block.text or block.alt
        said = normal(words) if len(words) <= limits.PATTERN_CHARS and block.kind != "metadata" else None
        squashed = squash(said) if said and len(said) <= 300 else ""
        found.append(View(block, said, squashed, place, block.end - body, address(block)))
    return found


def has_text(block: Block) -> bool:
    """Whether a block of the document has text; front matter and the title of a page's head do not count."""
    return block.kind != "metadata" and bool(block.text)


def address(block: Block) -> str | None:
    """Where a block leads: the link that covers an image or all of a text, else what an image or embed shows."""
    if block.kind in ("image", "video", "audio", "embed"):
        return next((mark.url for mark in block.marks if mark.type == "link" and mark.url), block.url)
    if not block.marks:
        return None
    links = [mark for mark in block.marks if mark.type == "link" and mark.url]
    covered = sum([mark.end - mark.start for mark in links])
    return links[0].url if covered and covered * 10 >= len(block.text) * 8 else None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document as rules see it.

    `facts` holds squashed texts: titles, publishers, descriptions, authors. `front` says what front matter keys mean.
    `titled` are the places of two lines of a bare text that was a page: its title, which is the first line, and the
    headline below, which is that, or that without the name of the site behind it.
    """

    document: Document
    views: list[View]
    facts: Mapping[str, frozenset[str]]
    front: Mapping[str, str]
    titled: tuple[int, int] | None = None


def evidence(document: Document, front: Mapping[str, str]) -> Evidence:
    """Gather it; `front` says what each front matter key stands for."""
    seen = views(document.blocks)
    titled = _titled(seen) if document.format == "text" else None
    return Evidence(document, seen, _facts(document, front), front, titled)


def read_anew(seen: Evidence, front: Mapping[str, str]) -> Evidence:
    """The same document, its front matter read as the packs that speak of it say."""
    return seen if front == seen.front else replace(seen, facts=_facts(seen.document, front), front=front)


def _facts(document: Document, front: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    facts: dict[str, set[str]] = {name: set() for name in FACTS}
    for entry in document.stated:
        name = front.get(entry.name.casefold(), "") if entry.place in KEYED else _META.get(entry.name, "")
        if name in facts and entry.value:
            facts[name].update(_forms(entry.value) if name == "title" else {squash(entry.value)})
    for block in document.blocks:
        if block.kind == "metadata" and block.element is not None:
            facts["title"].update(_forms(block.text))
    return {name: frozenset(found - {""}) for name, found in facts.items()}


def _titled(seen: Sequence[View]) -> tuple[int, int] | None:
    first = next((at for at, view in enumerate(seen) if view.block.text), None)
    if first is None or not seen[first].squashed:
        return None
    said = seen[first].said or ""
    heads = {squash(said[: found.start()]) for found in BESIDE.finditer(said)} | {seen[first].squashed}
    below = (at for at in range(first + 1, len(seen)) if len(seen[at].squashed) >= _TITLE)
    return next(((first, at) for at in below if seen[at].squashed in heads), None)


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


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """An address that a document gives as its own, and where."""

    place: str
    url: str
    start: int
    end: int


def own_addresses(seen: Evidence) -> Iterator[OwnAddress]:
    """The addresses a document gives as its own, the surest first."""
    stated = seen.document.stated
    for entry in stated:
        leads = entry.place in KEYED and seen.front.get(entry.name.casefold()) in ("url", "publisher")
        if leads and urls.is_web(entry.value):
            yield OwnAddress(entry.place, entry.value.strip(), entry.start, entry.end)
    for place, name in (("link", "canonical"), ("meta", "og:url")):
        for entry in stated:
            if (entry.place, entry.name) == (place, name) and urls.host(entry.value):
                yield OwnAddress(name, entry.value, entry.start, entry.end)
    speaking = [view for view in seen.views if view.said]
    for view in speaking[:_HEAD]:
        if view.block.kind == "heading" and view.url and urls.host(view.url):
            yield OwnAddress("title-link", view.url, view.block.start, view.block.end)
    for view in speaking:
        if view.url and view.said and view.said.casefold().rstrip(":：") in _LABELLED and urls.host(view.url):
            yield OwnAddress("link", view.url, view.block.start, view.block.end)
