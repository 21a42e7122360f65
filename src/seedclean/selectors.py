"""The selectors that rule packs use: `tag`, `.class`, `#id`, `[name]`, `[name=value]` (also ^=, *=, $=), joined."""

from __future__ import annotations

import re
from dataclasses import dataclass

from seedclean.model import Element

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
