"""A page as XPath sees it: a tree whose elements know their spans in the source.

turbohtml's axes over siblings, ancestors and the rest of a page cost a square or more of their length for each element
they start from (2,000 elements: 14 s), and nothing stops an expression that runs. So their price is reckoned first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import turbohtml

from seedclean.model import limits
from seedclean.model.document import Block, Document
from seedclean.packs.siteconfig.parser import Directive, invalid
from seedclean.readers import html_tags

Span = tuple[int, int]
Result = turbohtml.Element | str

_AXIS = re.compile(r"\b(?P<axis>ancestor|preceding|following)(?:-or-self|(?P<sibling>-sibling))?\s*::")
_WHOLE = frozenset({"html", "body"})
"""Elements whose end tag ends nothing: what follows it still belongs to them."""


@dataclass(frozen=True, eq=False)
class Page:
    """The tree of a document, and its blocks in source order."""

    root: turbohtml.Document
    size: int
    blocks: Sequence[Block]

    @classmethod
    def of(cls, document: Document) -> Page | None:
        """Parse a document; None where it is beyond the limits. Offsets are those of the document's text."""
        text = document.text
        if len(text) > limits.JUDGE_CHARS or text.count("<") > limits.JUDGE_TAGS:
            return None
        front = max(
            (block.end for block in document.blocks if block.kind == "metadata" and not block.element), default=0
        )
        even = " " * front + text[front:].replace("\r\n", " \n").replace("\r", "\n")
        root = turbohtml.parse(even, source_locations=True, allow_declarative_shadow_roots=False)
        return cls(root, len(text), document.blocks)

    def ask(self, directive: Directive) -> list[Result]:
        """What a directive finds, in order; nothing where it would cost too much. Raises PackError."""
        if directive.path is None or self._price(directive.path) > limits.XPATH_STEPS:
            return []
        try:
            found = directive.path(self.root)
        except (ValueError, TypeError) as error:  # an unknown function in a predicate shows only where it is reached
            raise invalid(directive.value, directive.where, error) from error
        if isinstance(found, str):
            return [found] if found.strip() else []
        if not isinstance(found, list):
            return []
        whole = self.root.find("html")
        nodes = [whole if isinstance(node, turbohtml.Document) else node for node in found]
        return [node for node in nodes if isinstance(node, (turbohtml.Element, str))]

    def said(self, result: Result) -> str:
        """The text of a result on one line: as its blocks have it, where it holds whole ones."""
        if isinstance(result, str):
            return " ".join(result.split())
        held = [block.text for span in self.spans([result]) for block in self.blocks if _within(block, span)]
        return " ".join(" ".join(held or [result.text]).split())

    def times(self, results: Iterable[Result]) -> list[str]:
        """What elements state in their `datetime` attribute."""
        found = [result.attrs.get("datetime") for result in results if isinstance(result, turbohtml.Element)]
        return [value for value in found if isinstance(value, str)]

    def place(self, results: Sequence[Result]) -> tuple[int, int]:
        """Where the first result stands, or the element that it is an attribute of; (0, 0) where that is unknown."""
        first = results[0]
        if isinstance(first, turbohtml.XPathString):
            first = first.getparent()
        spans = self.spans([first])
        return spans[0] if spans else (0, 0)

    def spans(self, results: Iterable[Result]) -> list[Span]:
        """The spans of the elements among some results, in order, disjoint: of nested ones the outermost."""
        located = [found for result in results if isinstance(result, turbohtml.Element) for found in _located(result)]
        spans: list[Span] = []
        for start, element in sorted(located, key=lambda found: found[0]):
            if not spans or start >= spans[-1][1]:
                spans.append((start, _end(element, self.size)))
        return spans

    def _price(self, path: turbohtml.XPath) -> int:
        """About how many steps the dear axes of an expression take on this page."""
        price = 0
        for found in _AXIS.finditer(path.path):
            longest, count, depth = self._shape
            length = longest if found["sibling"] else depth if found["axis"] == "ancestor" else count
            price += length * length * self._origins(path.path[: found.start()])
            if price > limits.XPATH_STEPS:
                break
        return price

    def _origins(self, before: str) -> int:
        """How many elements an axis starts from: those that the path before it finds, or at worst all."""
        count = self._shape[1]
        path = before.rstrip()
        if not path.endswith("/") or path.endswith("//"):
            return count
        try:
            found = turbohtml.XPath(path[:-1])(self.root)
        except (ValueError, TypeError):
            return count
        return len(found) if isinstance(found, list) else count

    @cached_property
    def _shape(self) -> tuple[int, int, int]:
        """The most children of one element, the number of elements, and the greatest depth."""
        longest = count = deepest = 0
        open_: list[tuple[turbohtml.Node, int]] = [(self.root, 0)]
        while open_:
            node, depth = open_.pop()
            children = [child for child in node.children if isinstance(child, turbohtml.Element)]
            longest, deepest = max(longest, len(children)), max(deepest, depth)
            count += len(children)
            open_ += [(child, depth + 1) for child in children]
        return longest, count, deepest


def _within(block: Block, span: Span) -> bool:
    return span[0] <= block.start and block.end <= span[1]


def _located(element: turbohtml.Element) -> list[tuple[int, turbohtml.Element]]:
    """An element with the place where it starts; for one that the parser has added, those of its children."""
    place = element.source_location
    if place is not None:
        return [(place.start_tag.start_offset, element)]
    if element.tag in _WHOLE:
        return [(0, element)]
    held = [child for child in element.children if isinstance(child, turbohtml.Element)]
    return [(child.source_location.start_tag.start_offset, child) for child in held if child.source_location]


def _end(element: turbohtml.Element, size: int) -> int:
    """Where an element ends: behind its end tag, else where the next element starts or one around it ends."""
    place = element.source_location
    if element.tag in _WHOLE or place is None:
        return size
    if place.end_tag is not None:
        return place.end_tag.end_offset
    if element.tag in html_tags.VOID:
        return place.start_tag.end_offset
    node: turbohtml.Node | None = element
    while node is not None:
        for sibling in node.next_siblings:
            there = sibling.source_location if isinstance(sibling, turbohtml.Element) else None
            if there is not None and there.start_tag.start_offset > place.start_tag.start_offset:
                return there.start_tag.start_offset
        node = node.parent
        around = node.source_location if isinstance(node, turbohtml.Element) and node.tag not in _WHOLE else None
        if around is not None and around.end_tag is not None:
            return around.end_tag.start_offset
    return size
