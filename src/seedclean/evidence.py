"""What detection and rules look at: a document, its blocks as conditions see them, and what it states of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from seedclean import addresses
from seedclean.conditions import View, views
from seedclean.model import Document
from seedclean.normal import squash
from seedclean.pack import FACTS

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
        if leads and addresses.is_web(entry.value):
            yield OwnAddress(entry.place, entry.value.strip(), entry.start, entry.end)
    for place, name in (("link", "canonical"), ("meta", "og:url")):
        for entry in stated:
            if (entry.place, entry.name) == (place, name) and addresses.host(entry.value):
                yield OwnAddress(name, entry.value, entry.start, entry.end)
    speaking = [view for view in seen.views if view.said]
    for view in speaking[:_HEAD]:
        if view.block.kind == "heading" and view.url and addresses.host(view.url):
            yield OwnAddress("title-link", view.url, view.block.start, view.block.end)
    for view in speaking:
        if view.url and view.said and view.said.casefold().rstrip(":：") in _LABELLED and addresses.host(view.url):
            yield OwnAddress("link", view.url, view.block.start, view.block.end)
