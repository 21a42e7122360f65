"""What detection and rules look at: a document, its blocks as conditions see them, and what it states of itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

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
KEYED = ("front-matter", "container")
"""Places whose names mean what `[front]` says of them."""

_SITE = re.compile(r"\s*(?:[-–—|·:_]|::|»|\|\|)\s*")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document as rules see it.

    `facts` holds squashed texts: titles, publishers, descriptions, authors. `front` says what front matter keys mean.
    """

    document: Document
    views: list[View]
    facts: Mapping[str, frozenset[str]]
    front: Mapping[str, str]


def evidence(document: Document, front: Mapping[str, str]) -> Evidence:
    """Gather it; `front` says what each front matter key stands for."""
    seen = views(document.blocks)
    return Evidence(document, seen, _facts(document, seen, front), front)


def read_anew(seen: Evidence, front: Mapping[str, str]) -> Evidence:
    """The same document, its front matter read as the packs that speak of it say."""
    if front == seen.front:
        return seen
    return Evidence(seen.document, seen.views, _facts(seen.document, seen.views, front), front)


def _facts(document: Document, seen: Sequence[View], front: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    facts: dict[str, set[str]] = {name: set() for name in FACTS}
    for entry in document.stated:
        name = front.get(entry.name.casefold(), "") if entry.place in KEYED else _META.get(entry.name, "")
        if name in facts and entry.value:
            facts[name].update(_forms(entry.value) if name == "title" else {squash(entry.value)})
    for block in document.blocks:
        if block.kind == "metadata" and block.element is not None:
            facts["title"].update(_forms(block.text))
    if document.format == "text" and not facts["title"]:
        facts["title"] = _said_again(seen)
    return {name: frozenset(found - {""}) for name, found in facts.items()}


def title_line(seen: Evidence) -> int | None:
    """Which block of a bare text is the title of the page that it was, said again by a headline below."""
    return _title_line(seen.views, seen.facts["title"]) if seen.document.format == "text" else None


def _title_line(seen: Sequence[View], titles: Collection[str]) -> int | None:
    lines = [at for at, view in enumerate(seen) if view.squashed]
    again = any(seen[at].squashed in titles for at in lines[1:])
    return lines[0] if again and seen[lines[0]].squashed in titles else None


def _said_again(seen: Sequence[View]) -> set[str]:
    """The forms of a first line that may be a title, where a line below is one of them."""
    first = next((view for view in seen if view.squashed), None)
    forms = {form for form in _forms(first.block.text) if len(form) >= _TITLE} if first else set()
    return forms if _title_line(seen, forms) is not None else set()


_META = {
    "og:title": "title", "twitter:title": "title", "title": "title", "description": "description",
    "og:description": "description", "og:site_name": "publisher", "author": "authors", "article:author": "authors",
}  # fmt: skip


def _forms(title: str) -> set[str]:
    """A title as a whole and without the name of the site before or behind it."""
    forms = {squash(title)}
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
