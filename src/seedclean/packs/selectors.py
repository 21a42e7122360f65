"""Selectors of rule packs: compounds of `tag`, `.class`, `#id`, `[name]` and `[name=value]` (also ^=, *=, $=).

A subset of CSS selectors: no combinators, no pseudo-classes, no lists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seedclean.model.document import Element

_PART = re.compile(r"""(?P<tag>^[a-zA-Z][\w-]*|^\*)|\.(?P<cls>[^\s.#\[\]]+)|\#(?P<id>[^\s.#\[\]]+)
    |\[(?P<name>[\w:-]+)(?:(?P<op>[\^*$]?=)"?(?P<value>[^"\]]*)"?)?\]""", re.X)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Selector:
    """One compound selector: all parts must match the same element."""

    tag: str = ""
    classes: frozenset[str] = frozenset()
    id: str = ""
    attrs: tuple[tuple[str, str, str], ...] = ()

    def token(self) -> str:
        """The index key: the part that the fewest elements have."""
        if self.id:
            return "#" + self.id
        if self.classes:
            return "." + min(self.classes)
        return self.tag or "*"

    def matches(self, element: Element) -> bool:
        """Whether the selector matches this element; elements around it do not count."""
        if self.tag and self.tag != element.tag:
            return False
        if self.id and element.attrs.get("id") != self.id:
            return False
        return self.classes <= element.classes and all(_attribute_matches(element, part) for part in self.attrs)


def _attribute_matches(element: Element, part: tuple[str, str, str]) -> bool:
    name, operator, value = part
    text = element.attrs.get(name)
    if text is None:
        return False
    if operator == "=":
        return text == value
    if operator == "^=":
        return text.startswith(value)
    if operator == "$=":
        return text.endswith(value)
    return value in text


def parse_selector(text: str) -> Selector:
    """Parse a selector. Raises ValueError where the text is not a selector of the module's forms."""
    tag, id, classes, attrs, at = "", "", set(), [], 0
    while at < len(text):
        part = _PART.match(text, at)
        if not part or part.end() == at or (part["tag"] and at):
            raise ValueError(
                f"not a selector from {text[at:]!r} on: use tag, .class, #id or [name=value], without spaces"
            )
        if part["tag"]:
            tag = "" if part["tag"] == "*" else part["tag"].lower()
        elif part["cls"]:
            classes.add(part["cls"])
        elif part["id"]:
            id = part["id"]
        else:
            attrs.append((part["name"].lower(), part["op"] or "*=", part["value"] or ""))
        at = part.end()
    if not text:
        raise ValueError("an empty selector")
    return Selector(tag, frozenset(classes), id, tuple(attrs))


class SelectorIndex:
    """Selectors with the numbers of their conditions, matched all at once against the elements of a document."""

    def __init__(self) -> None:
        self._postings: dict[str, list[tuple[Selector, int]]] = {}
        self._classes: set[str] = set()
        self._ids: set[str] = set()
        self._tags: set[str] = set()
        self._any_tag = False

    def add(self, selector: Selector, number: int) -> None:
        """Add a selector for the condition with this number."""
        token = selector.token()
        self._postings.setdefault(token, []).append((selector, number))
        if token[0] == ".":
            self._classes.add(token[1:])
        elif token[0] == "#":
            self._ids.add(token[1:])
        elif token == "*":
            self._any_tag = True
        else:
            self._tags.add(token)

    def within(self, elements: Sequence[Element | None]) -> list[frozenset[int]]:
        """For each element, the numbers of the selectors that match it or one of its ancestors."""
        around: dict[Element, None] = {}
        for element in elements if self._postings else ():
            while element is not None and element not in around:
                around[element] = None
                element = element.parent
        own = {element: numbers for element in around if self._has_key(element) and (numbers := self._matches(element))}
        totals: dict[Element, frozenset[int]] = {}
        return [_with_ancestors(element, own, totals) if own else _NONE for element in elements]

    def _has_key(self, element: Element) -> bool:
        """Whether an element has a class, id or tag that is a key of the index: few elements do."""
        if element.tag in self._tags or not self._classes.isdisjoint(element.classes):
            return True
        return self._any_tag or ("id" in element.attrs and element.attrs["id"] in self._ids)

    def _matches(self, element: Element) -> list[int]:
        tokens = [element.tag, "*", *["." + name for name in element.classes]]
        if "id" in element.attrs:
            tokens.append("#" + element.attrs["id"])
        pairs = [pair for token in tokens if token in self._postings for pair in self._postings[token]]
        return [number for selector, number in pairs if selector.matches(element)]


_NONE: frozenset[int] = frozenset()


def _with_ancestors(
    element: Element | None, own: Mapping[Element, list[int]], totals: dict[Element, frozenset[int]]
) -> frozenset[int]:
    """The numbers of an element and its ancestors; `totals` keeps those that are computed."""
    chain = []
    while element is not None and element not in totals:
        chain.append(element)
        element = element.parent
    numbers = totals[element] if element is not None else _NONE
    for inner in reversed(chain):
        totals[inner] = numbers = numbers.union(own[inner]) if inner in own else numbers
    return numbers
