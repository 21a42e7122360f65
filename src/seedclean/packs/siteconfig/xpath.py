"""A page as a tree for XPath, with the source span of each element.

turbohtml evaluates the axes over siblings, ancestors, preceding and following elements in quadratic time or worse for each
start element (2,000 elements: 14 s), and a running expression cannot be interrupted. So its cost is estimated first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

import turbohtml

from seedclean.model import limits
from seedclean.model.document import Block, Document
from seedclean.packs.siteconfig.parser import Directive, invalid
from seedclean.readers import html_tags

Span = tuple[int, int]
Result = turbohtml.Element | str

_AXIS = re.compile(r"\b(?P<axis>ancestor|preceding|following)(?:-or-self|(?P<sibling>-sibling))?\s*::")
_LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")
_STEP = re.compile(r"//|\bdescendant(?=[\s:-])|\[|\]")
_WHOLE = frozenset({"html", "body"})
"""Elements that hold everything up to the end of the source, whatever their end tag says (HTML Standard, insertion mode "after body")."""


@dataclass(frozen=True, eq=False)
class Page:
    """The tree of a document and its blocks, in source order. `size` is the length of the text in code points."""

    root: turbohtml.Document
    size: int
    blocks: Sequence[Block]

    @classmethod
    def of(cls, document: Document) -> Page | None:
        """Parse a document; None where it exceeds the limits. Offsets are those of the decoded text."""
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
        """The results of a directive, in order; none where it would cost too much. Raises PackError where it is invalid."""
        if directive.path is None or self._cost(directive.path) > limits.XPATH_STEPS:
            return []
        try:
            results = directive.path(self.root)
        except (ValueError, TypeError) as error:  # an unknown function in a predicate raises only when it is evaluated
            raise invalid(directive.value, directive.where, error) from error
        if isinstance(results, str):
            return [results] if results.strip() else []
        if not isinstance(results, list):
            return []
        whole = self.root.find("html")
        nodes = [whole if isinstance(node, turbohtml.Document) else node for node in results]
        return [node for node in nodes if isinstance(node, (turbohtml.Element, str))]

    def text_of(self, result: Result) -> str:
        """The text of a result on one line, taken from the blocks inside it where there are any."""
        if isinstance(result, str):
            return " ".join(result.split())
        texts = [block.text for span in self.spans([result]) for block in self.blocks if _within(block, span)]
        return " ".join(" ".join(texts or [result.text]).split())

    def times(self, results: Iterable[Result]) -> list[str]:
        """The `datetime` attributes of elements."""
        values = [result.attrs.get("datetime") for result in results if isinstance(result, turbohtml.Element)]
        return [value for value in values if isinstance(value, str)]

    def place(self, results: Sequence[Result]) -> tuple[int, int]:
        """The span of the first result, or of the element whose attribute it is; (0, 0) where it has none."""
        first = results[0]
        if isinstance(first, turbohtml.XPathString):
            first = first.getparent()
        spans = self.spans([first])
        return spans[0] if spans else (0, 0)

    def spans(self, results: Iterable[Result]) -> list[Span]:
        """The disjoint spans of the elements among some results, in order; of nested elements the outermost."""
        located = [pair for result in results if isinstance(result, turbohtml.Element) for pair in _located(result)]
        spans: list[Span] = []
        for start, element in sorted(located, key=lambda pair: pair[0]):
            if not spans or start >= spans[-1][1]:
                spans.append((start, _end(element, self.size)))
        return spans

    def _cost(self, path: turbohtml.XPath) -> int:
        """The estimated number of steps that the quadratic axes of an expression take on this page."""
        cost = self._nested_cost(path.path)
        for match in _AXIS.finditer(path.path):
            longest, count, depth = self._shape
            length = longest if match["sibling"] else depth if match["axis"] == "ancestor" else count
            cost += length * length * self._starts(path.path[: match.start()])
            if cost > limits.XPATH_STEPS:
                break
        return cost

    def _nested_cost(self, path: str) -> int:
        """The estimated number of elements that searches inside the conditions of searches visit together.

        A search below an element visits at most as many pairs as elements have ancestors; one from the root, all.
        """
        _, count, depth = self._shape
        factors: dict[int, int] = {}
        for level, is_below in _searches(path):
            factor = depth if level and is_below else count
            factors[level] = max(factors.get(level, 0), factor)
        return prod(factors.values())

    def _starts(self, before: str) -> int:
        """The number of elements an axis starts from: those the path before it selects, or all where that is unknown."""
        count = self._shape[1]
        path = before.rstrip()
        if not path.endswith("/") or path.endswith("//"):
            return count
        try:
            results = turbohtml.XPath(path[:-1])(self.root)
        except (ValueError, TypeError):
            return count
        return len(results) if isinstance(results, list) else count

    @cached_property
    def _shape(self) -> tuple[int, int, int]:
        """The largest number of children of one element, the number of elements, and the greatest depth."""
        longest = count = deepest = 0
        open_: list[tuple[turbohtml.Node, int]] = [(self.root, 0)]
        while open_:
            node, depth = open_.pop()
            children = [child for child in node.children if isinstance(child, turbohtml.Element)]
            longest, deepest = max(longest, len(children)), max(deepest, depth)
            count += len(children)
            open_ += [(child, depth + 1) for child in children]
        return longest, count, deepest


def _searches(path: str) -> Iterator[tuple[int, bool]]:
    """For each search of all descendants: how many conditions it stands in, and whether it starts at the element there."""
    level = 0
    unquoted = _LITERAL.sub("''", path)
    for match in _STEP.finditer(unquoted):
        sign = match[0]
        if sign in "[]":
            level += 1 if sign == "[" else -1
        else:
            before = unquoted[: match.start()].rstrip()
            yield (
                level,
                (before.endswith(".") and not before.endswith("..")) or (sign != "//" and not before.endswith("/")),
            )


def _within(block: Block, span: Span) -> bool:
    return span[0] <= block.start and block.end <= span[1]


def _located(element: turbohtml.Element) -> list[tuple[int, turbohtml.Element]]:
    """The start offset of an element, with it; for an element that the parser inserted, those of its children."""
    place = element.source_location
    if place is not None:
        return [(place.start_tag.start_offset, element)]
    if element.tag in _WHOLE:
        return [(0, element)]
    children = [child for child in element.children if isinstance(child, turbohtml.Element)]
    return [(child.source_location.start_tag.start_offset, child) for child in children if child.source_location]


def _end(element: turbohtml.Element, size: int) -> int:
    """The end offset of an element: after its end tag, else where the next element starts or an ancestor ends."""
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
