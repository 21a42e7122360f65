"""Front matter: the block of `key: value` lines between two `---` lines at the head of a Markdown file.

Values stay strings as written. YAML is read by its events, guarded before anything is built; where it fails on a colon
in a headline, or is refused as too much, the lines are read one by one instead.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from seedclean.model import limits
from seedclean.model.document import RawMetadata

Value = str | list["Value"] | dict[str, "Value"]

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_OPENING = re.compile(r"[\s\ufeff]*---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.M)
_KEY = re.compile(r"^([^\s:#\[{\"'-][^:\n]{0,99}?)[ \t]*:(?:[ \t]+(.*))?$")


class FrontMatter(NamedTuple):
    """What front matter says, where it stands, and how it had to be read."""

    values: dict[str, Value]
    stated: list[RawMetadata]
    start: int
    end: int
    body: int
    warnings: list[str]


class _Refused(Exception):
    pass


def split_front_matter(text: str) -> FrontMatter | None:
    """The front matter of a text, or None where it has none or never closes it within the limit."""
    opening = _OPENING.match(text)
    if not opening:
        return None
    closing = _CLOSING.search(text, opening.end(), opening.end() + limits.FRONT_MATTER_CHARS)
    if not closing:
        return None
    inside = text[opening.end() : closing.start()]
    if not _is_keys(inside):
        return None
    values, warnings = _values(inside)
    start = opening.end() - len(opening[0].lstrip())
    stated = _stated(inside, opening.end(), values)
    return FrontMatter(values, stated, start, closing.end(), min(closing.end() + 1, len(text)), warnings)


def _is_keys(inside: str) -> bool:
    """Whether all lines are those of a mapping: prose between two dividers has others, even where it has a colon."""
    keys = 0
    blank = True
    for line in inside.split("\n"):
        line = line.rstrip()
        if _KEY.match(line):
            keys += 1
        elif line and not line.startswith((" ", "\t", "- ", "#", "-\t", "]", "}", '"', "'")) and (blank or not keys):
            return False
        blank = not line
    return keys > 0


def _values(inside: str) -> tuple[dict[str, Value], list[str]]:
    try:
        return _strict(inside), []
    except (yaml.YAMLError, _Refused, ValueError):
        return _lenient(inside), ["front-matter-lenient"]


def _strict(inside: str) -> dict[str, Value]:
    """The mapping that YAML makes of it, strings only. Raises where it is none, or more than the limits allow."""
    root: list[Value] = []
    containers: list[list[Value] | dict[str, Value]] = [root]
    keys: list[str | None] = [None]
    for count, event in enumerate(yaml.parse(inside, Loader=_LOADER)):
        if count > limits.FRONT_MATTER_EVENTS or len(containers) > limits.FRONT_MATTER_DEPTH:
            raise _Refused
        if isinstance(event, yaml.AliasEvent):
            raise _Refused
        if isinstance(event, yaml.CollectionEndEvent):
            containers.pop()
            keys.pop()
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            _place(event, containers, keys)
    if len(root) != 1 or not isinstance(root[0], dict):
        raise _Refused
    return root[0]


def _place(event: yaml.Event, containers: list[list[Value] | dict[str, Value]], keys: list[str | None]) -> None:
    value: Value
    value = (
        event.value if isinstance(event, yaml.ScalarEvent) else [] if isinstance(event, yaml.SequenceStartEvent) else {}
    )
    holder = containers[-1]
    if isinstance(holder, list):
        holder.append(value)
    elif keys[-1] is None:
        if not isinstance(value, str):
            raise _Refused
        keys[-1] = value
        return
    else:
        holder[keys[-1]] = value
        keys[-1] = None
    if not isinstance(value, str):
        containers.append(value)
        keys.append(None)


def _lenient(inside: str) -> dict[str, Value]:
    """Line by line: a key up to the first colon, the rest its value; `- ` lines make a list; the rest continues."""
    values: dict[str, Value] = {}
    last = ""
    for line in inside.split("\n"):
        line = line.rstrip()
        found = _KEY.match(line)
        held = values.get(last)
        if found:
            last = found[1]
            values[last] = _unquoted(found[2] or "")
        elif last and line.lstrip().startswith("- "):
            item = _unquoted(line.lstrip()[2:])
            values[last] = [*held, item] if isinstance(held, list) else [item]
        elif last and line.strip() and isinstance(held, str):
            values[last] = f"{held} {line.strip()}".strip()
    return values


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _stated(inside: str, base: int, values: dict[str, Value]) -> list[RawMetadata]:
    """One entry for each key at the head of a line, with the span of its lines."""
    found: list[RawMetadata] = []
    at = base
    for line in inside.split("\n"):
        key = _KEY.match(line.rstrip("\r"))
        name = _unquoted(key[1]) if key else ""
        if name in values:
            value = values[name]
            found.append(
                RawMetadata("front-matter", name, value if isinstance(value, str) else "", at, at + len(line.rstrip()))
            )
        elif found and line.strip():
            found[-1] = RawMetadata(*_grown(found[-1], at + len(line.rstrip())))
        at += len(line) + 1
    return found


def _grown(entry: RawMetadata, end: int) -> tuple[str, str, str, int, int]:
    return entry.place, entry.name, entry.value, entry.start, end
