"""People whom markup names near the headline: links to the page of an author, and elements of a byline's class."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from seedclean.model.document import Decision, Element
from seedclean.record.line_places import KINDS
from seedclean.record.stated_lines import AUTHOR_CHARS
from seedclean.values import label_lines, urls
from seedclean.values.line_values import Item
from seedclean.values.people import is_person, split_people

Value = tuple[Item, int]
"""A value with the index of its block."""

BESIDE = 2
"""Who is named so many blocks from a dateline belongs to it."""
_AUTHOR_PATH = re.compile(
    r"/(?:(?:[a-z]+-)?authors?|u|users?|people|profiles?|members?|space|staff|contributors?|writers?|columnists?|journalists?|reporters?|by)/[^/?#]+",
    re.I,
)
"""Where the link of an author leads."""
_BYLINES = frozenset({"author", "autor", "auteur", "byline", "firma", "signature", "writer"})
"""Classes of the block that says who wrote a text."""
_MARKED = ("bold", "italic", "link")
_PARTS = re.compile(r"[|｜·•/]| [-–—] ")


def linked(decisions: Sequence[Decision], dated: Sequence[int]) -> Iterator[Value]:
    """Names right beside a dateline that lead to the page of an author; in a list such a link is an entry of a menu."""
    near = dict.fromkeys(at for line in dated for at in range(line - BESIDE, line + BESIDE + 1))
    for at in near:
        if not 0 <= at < len(decisions) or decisions[at].block.kind == "item":
            continue
        block = decisions[at].block
        for mark in block.marks:
            name = block.text[mark.start : mark.end].strip()
            if decisions[at].verdict == "keep" and not (name == block.text.strip() and is_person(name)):
                continue
            if mark.type == "link" and 1 < len(name) <= AUTHOR_CHARS and _AUTHOR_PATH.search(urls.path(mark.url or "")):
                yield Item("authors", name, labelled=False), at


def classed(decisions: Sequence[Decision], places: range) -> Iterator[Value]:
    """The people in the first block between headline and text whose element is named as the byline: those in letters or links of their
    own, else the one who stands first."""
    for at in places:
        block = decisions[at].block
        if block.kind in KINDS and 0 < len(block.text) <= label_lines.CHARS and _is_byline(block.element):
            marked = [block.text[mark.start : mark.end] for mark in block.marks if mark.type in _MARKED]
            people = [
                name for one in marked or [_first_part(block.text)] for name in split_people(one) if is_person(name)
            ]
            if people:
                yield from ((Item("authors", name, labelled=False), at) for name in people)
                return


def _is_byline(element: Element | None) -> bool:
    """Whether an element or the one around it is named as a byline."""
    names = [one.classes for one in (element, element.parent if element else None) if one is not None]
    return any(not _BYLINES.isdisjoint(classes) for classes in names)


def _first_part(text: str) -> str:
    """A text up to the first sign that parts a name from a place or a date."""
    return _PARTS.split(text, maxsplit=1)[0].strip()
