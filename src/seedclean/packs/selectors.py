"""The selectors that rule packs use: `tag`, `.class`, `#id`, `[name]`, `[name=value]` (also ^=, *=, $=), joined."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seedclean.model.document import Element

_PART = re.compile(r"""(?P<tag>^[a-zA-Z][\w-]*|^\*)|\.(?P<cls>[^\s.#\[\]]+)|\#(?P<id>[^\s.#\[\]]+)
    |\[(?P<name>[\w:-]+)(?:(?P<op>[\^*$]?=)"?(?P<value>[^"\]]*)"?)?\]""", re.X)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Selector:
    """One compound selector: every part must hold for the same element."""

    tag: str = ""
    classes: frozenset[str] = frozenset()
    id: str = ""
    attrs: tuple[tuple[str, str, str], ...] = ()

    def token(self) -> str:
        """The part that an index files it under: the rarest it has."""
        if self.id:
            return "#" + self.id
        if self.classes:
            return "." + min(self.classes)
        return self.tag or "*"

    def matches(self, element: Element) -> bool:
        """Whether it holds for this very element."""
        if self.tag and self.tag != element.tag:
            return False
        if self.id and element.attrs.get("id") != self.id:
            return False
        return self.classes <= element.classes and all(_holds(element, part) for part in self.attrs)


def _holds(element: Element, part: tuple[str, str, str]) -> bool:
    name, operator, value = part
    found = element.attrs.get(name)
    if found is None:
        return False
    if operator == "=":
        return found == value
    if operator == "^=":
        return found.startswith(value)
    if operator == "$=":
        return found.endswith(value)
    return value in found


def parse_selector(text: str) -> Selector:
    """Parse a selector. Raises ValueError, saying what is wrong, where it is none of the forms above."""
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
    """Selectors with the numbers they are filed under, to be asked all at once about the elements of a document."""

    def __init__(self) -> None:
        self._filed: dict[str, list[tuple[Selector, int]]] = {}
        self._classes: set[str] = set()
        self._ids: set[str] = set()
        self._tagged = False

    def add(self, selector: Selector, number: int) -> None:
        """File a selector."""
        token = selector.token()
        self._filed.setdefault(token, []).append((selector, number))
        if token[0] == ".":
            self._classes.add(token[1:])
        elif token[0] == "#":
            self._ids.add(token[1:])
        else:
            self._tagged = True

    def within(self, elements: Sequence[Element | None]) -> list[frozenset[int]]:
        """For each element, the numbers of the selectors that hold of it or of one around it."""
        around: dict[Element, None] = {}
        for element in elements if self._filed else ():
            while element is not None and element not in around:
                around[element] = None
                element = element.parent
        borne = {element: self._of(element) for element in around if self._may_hold(element)}
        known: dict[Element, frozenset[int]] = {}
        return [_gathered(element, borne, known) if borne else _NONE for element in elements]

    def _may_hold(self, element: Element) -> bool:
        """Whether an element bears a token that selectors are filed under: few do."""
        if self._tagged or not self._classes.isdisjoint(element.classes):
            return True
        return "id" in element.attrs and element.attrs["id"] in self._ids

    def _of(self, element: Element) -> list[int]:
        tokens = [element.tag, "*", *["." + name for name in element.classes]]
        if "id" in element.attrs:
            tokens.append("#" + element.attrs["id"])
        filed = [pair for token in tokens if token in self._filed for pair in self._filed[token]]
        return [number for selector, number in filed if selector.matches(element)]


_NONE: frozenset[int] = frozenset()


def _gathered(
    element: Element | None, borne: Mapping[Element, list[int]], known: dict[Element, frozenset[int]]
) -> frozenset[int]:
    """What an element and those around it bear."""
    chain = []
    while element is not None and element not in known:
        chain.append(element)
        element = element.parent
    found = known[element] if element is not None else _NONE
    for inner in reversed(chain):
        known[inner] = found = found.union(borne[inner]) if inner in borne else found
    return found
