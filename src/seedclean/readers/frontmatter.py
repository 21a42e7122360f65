"""Front matter: the `key: value` lines between two `---` lines at the start of a Markdown file.

Values stay strings as written. YAML is read event by event, within limits that are checked before a value is built. If
it is invalid, for example because of a colon in a headline, or beyond the limits, the lines are read one by one.
"""

from __future__ import annotations

import re
from dataclasses import replace
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
    """Front matter with its span in the text.

    `values`: the mapping. `stated`: one entry for each key at the start of a line, with its span. `body`: offset of the
    text after it. `warnings`: "front-matter-lenient" if its lines were read one by one.
    """

    values: dict[str, Value]
    stated: list[RawMetadata]
    start: int
    end: int
    body: int
    warnings: list[str]


class _UnsupportedYaml(Exception):
    """Valid YAML that is not a mapping of strings within the limits."""


def split_front_matter(text: str) -> FrontMatter | None:
    """The front matter of a text; None if it has none, or none that ends within FRONT_MATTER_CHARS."""
    opening = _OPENING.match(text)
    if not opening:
        return None
    closing = _CLOSING.search(text, opening.end(), opening.end() + limits.FRONT_MATTER_CHARS)
    if not closing:
        return None
    inside = text[opening.end() : closing.start()]
    if not _is_mapping(inside):
        return None
    values, warnings = _values(inside)
    start = opening.end() - len(opening[0].lstrip())
    stated = _stated(inside, opening.end(), values)
    return FrontMatter(values, stated, start, closing.end(), min(closing.end() + 1, len(text)), warnings)


def _is_mapping(inside: str) -> bool:
    """Whether all lines can belong to a mapping. Prose between two dividers has other lines, even if some have a colon."""
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
        return _parse_yaml(inside), []
    except (yaml.YAMLError, _UnsupportedYaml, ValueError):
        return _parse_lines(inside), ["front-matter-lenient"]


def _parse_yaml(inside: str) -> dict[str, Value]:
    """The YAML mapping, with strings only. Raises YAMLError, or _UnsupportedYaml if it is no mapping or beyond the limits."""
    root: list[Value] = []
    containers: list[list[Value] | dict[str, Value]] = [root]
    keys: list[str | None] = [None]
    for count, event in enumerate(yaml.parse(inside, Loader=_LOADER)):
        if count > limits.FRONT_MATTER_EVENTS or len(containers) > limits.FRONT_MATTER_DEPTH:
            raise _UnsupportedYaml
        if isinstance(event, yaml.AliasEvent):
            raise _UnsupportedYaml
        if isinstance(event, yaml.CollectionEndEvent):
            containers.pop()
            keys.pop()
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            _add_value(event, containers, keys)
    if len(root) != 1 or not isinstance(root[0], dict):
        raise _UnsupportedYaml
    return root[0]


def _add_value(event: yaml.Event, containers: list[list[Value] | dict[str, Value]], keys: list[str | None]) -> None:
    """Put the value of an event into the innermost container, or keep it as the next key of a mapping."""
    value: Value
    value = (
        event.value if isinstance(event, yaml.ScalarEvent) else [] if isinstance(event, yaml.SequenceStartEvent) else {}
    )
    container = containers[-1]
    if isinstance(container, list):
        container.append(value)
    elif keys[-1] is None:
        if not isinstance(value, str):
            raise _UnsupportedYaml
        keys[-1] = value
        return
    else:
        container[keys[-1]] = value
        keys[-1] = None
    if not isinstance(value, str):
        containers.append(value)
        keys.append(None)


def _parse_lines(inside: str) -> dict[str, Value]:
    """Read line by line: a key up to the first colon and its value; `- ` lines are list items; others continue the value."""
    values: dict[str, Value] = {}
    last = ""
    for line in inside.split("\n"):
        line = line.rstrip()
        pair = _KEY.match(line)
        value = values.get(last)
        if pair:
            last = pair[1]
            values[last] = _unquoted(pair[2] or "")
        elif last and line.lstrip().startswith("- "):
            item = _unquoted(line.lstrip()[2:])
            values[last] = [*value, item] if isinstance(value, list) else [item]
        elif last and line.strip() and isinstance(value, str):
            values[last] = f"{value} {line.strip()}".strip()
    return values


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _stated(inside: str, base: int, values: dict[str, Value]) -> list[RawMetadata]:
    """One entry for each key at the start of a line; its span includes the lines that continue its value."""
    entries: list[RawMetadata] = []
    at = base
    for line in inside.split("\n"):
        key = _KEY.match(line.rstrip("\r"))
        name = _unquoted(key[1]) if key else ""
        end = at + len(line.rstrip())
        if name in values:
            value = values[name]
            entries.append(RawMetadata("front-matter", name, value if isinstance(value, str) else "", at, end))
        elif entries and line.strip():
            entries[-1] = replace(entries[-1], end=end)
        at += len(line) + 1
    return entries
