"""Selectors of rule packs: compounds of `tag`, `.class`, `#id`, `[name]` and `[name=value]` (also ^=, *=, $=).

A subset of CSS selectors: no combinators, no pseudo-classes, no lists.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

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
        return "[" + self.attrs[0][0] if self.attrs else self.tag or "*"

    def matches(self, element: Element) -> bool:
        """Whether the selector matches this element; elements around it do not count."""
        if self.tag and self.tag != element.tag:
            return False
        if self.id and element.attrs.get("id") != self.id:
            return False
        if not self.classes <= element.classes:
            return False
        for part in self.attrs:  # noqa: SIM110 - no generator for each of many elements
            if not _attribute_matches(element, part):
                return False
        return True


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
        self._names: set[str] = set()
        self._any_tag = False
        self._pairs = lru_cache(maxsize=2048)(self._pairs_of)

    def add(self, selector: Selector, number: int) -> None:
        """Add a selector for the condition with this number."""
        token = selector.token()
        self._postings.setdefault(token, []).append((selector, number))
        if token[0] == ".":
            self._classes.add(token[1:])
        elif token[0] == "#":
            self._ids.add(token[1:])
        elif token[0] == "[":
            self._names.add(token[1:])
        elif token == "*":
            self._any_tag = True
        else:
            self._tags.add(token)

    def within(self, elements: Sequence[Element | None], around: Collection[Element]) -> list[frozenset[int]]:
        """For each element, the numbers of the selectors that match it or one of its ancestors.

        `around` are all these elements and their ancestors (see `with_ancestors`).
        """
        own = self._own(around) if self._postings else {}
        totals: dict[Element, frozenset[int]] = {}
        return [_with_ancestors(element, own, totals) for element in elements] if own else [_NONE] * len(elements)

    def _own(self, around: Collection[Element]) -> dict[Element, list[int]]:
        """The elements that selectors match, with the numbers of these."""
        tags, classes, ids, names = self._tags, self._classes, self._ids, self._names
        own = {}
        for element in around:
            # few elements have a class, an attribute, an id or a tag that is a key of the index
            if (
                element.tag in tags
                or not classes.isdisjoint(element.classes)
                or not names.isdisjoint(element.attrs)
                or self._any_tag
                or element.attrs.get("id") in ids
            ):
                numbers = self._matches(element)
                if numbers:
                    own[element] = numbers
        return own

    def _matches(self, element: Element) -> list[int]:
        pairs = self._pairs(element.tag, element.classes)
        id = "#" + element.attrs["id"] if "id" in element.attrs else ""
        if id in self._postings:
            pairs = [*pairs, *self._postings[id]]
        for name in self._names.intersection(element.attrs):
            pairs = [*pairs, *self._postings["[" + name]]
        return [number for selector, number in pairs if selector.matches(element)]

    def _pairs_of(self, tag: str, classes: frozenset[str]) -> list[tuple[Selector, int]]:
        """The selectors, with their numbers, that may match an element of this tag with these classes, whatever its attributes."""
        tokens = [tag, "*", *["." + name for name in classes]]
        return [pair for token in tokens if token in self._postings for pair in self._postings[token]]


_NONE: frozenset[int] = frozenset()


def with_ancestors(elements: Iterable[Element | None]) -> Collection[Element]:
    """These elements and all around them, each once."""
    around: dict[Element, None] = {}
    for element in elements:
        while element is not None and element not in around:
            around[element] = None
            element = element.parent
    return around


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
