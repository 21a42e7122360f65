"""Front matter: YAML between two `---` lines at the start of a Markdown file, TOML between two `+++` lines, or a JSON object.

The line above may name another language than these, as in `---toml` and `---json`.

Values stay strings as written. YAML is read event by event, within limits that are checked before a value is built. If
it is invalid, for example because of a colon in a headline, or beyond the limits, the lines are read one by one; so are
those of TOML. The forms are those of Jekyll (https://jekyllrb.com/docs/front-matter/) and Hugo
(https://gohugo.io/content-management/front-matter/). Pelican has no dividers: keys in the first lines, and an empty line
below them (https://docs.getpelican.com/en/latest/content.html#file-metadata).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

import yaml

from seedclean.model import limits
from seedclean.model.document import RawMetadata
from seedclean.readers.frontmatter_forms import UnsupportedFormError, Value, json_object, toml_table

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_OPENING = re.compile(r"[\s\ufeff]*(---|\+\+\+|;;;)[ \t]*(?:(yaml|toml|json)[ \t]*)?\r?\n")
_LANGUAGES = {"---": "yaml", "+++": "toml", ";;;": "json"}
_CLOSING = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.M),
    "+++": re.compile(r"^\+\+\+[ \t]*\r?$", re.M),
    ";;;": re.compile(r"^;;;[ \t]*\r?$", re.M),
}
_JSON_OPENING = re.compile(r"[\s\ufeff]*(?=\{\s*\")")
_BARE_KEY = re.compile(r"""[\w.-]{1,100}|"[^"\n]{1,100}"|'[^'\n]{1,100}'""")
_KEY = re.compile(r"^([^\s:#\[{\"'-][^:\n]{0,99}?)[ \t]*:(?:[ \t]+(.*))?$")

_PELICAN_KEYS = {
    *("title", "date", "modified", "slug", "author", "authors", "category", "tags"),
    *("keywords", "summary", "description", "status", "lang", "template"),
}
"""The keys that Pelican documents, and `description`: other words in the first lines of a file belong to prose."""


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


_Name = tuple[str, int, int]
_Read = tuple[dict[str, Value], list[str], list[_Name]]
"""Values, warnings, and the names with the spans of their lines."""


class _UnsupportedYaml(Exception):
    """Valid YAML that is not a mapping of strings within the limits."""


def split_front_matter(text: str) -> FrontMatter | None:
    """The front matter of a text; None if it has none, or none that ends within FRONT_MATTER_CHARS."""
    opening = _OPENING.match(text)
    if not opening:
        return _json(text) or _pelican(text)
    closing = _CLOSING[opening[1]].search(text, opening.end(), opening.end() + limits.FRONT_MATTER_CHARS)
    if not closing:
        return None
    inside = text[opening.end() : closing.start()]
    language = "json" if _JSON_OPENING.match(inside) else opening[2] or _LANGUAGES[opening[1]]
    read = _READERS[language](inside)
    if read is None:
        return None
    values, warnings, names = read
    stated = _stated(names, opening.end(), values)
    end = closing.end()
    return FrontMatter(values, stated, opening.start(1), end, min(end + 1, len(text)), warnings)


def _json(text: str) -> FrontMatter | None:
    """A JSON object with a text below it; a text that is JSON throughout has none."""
    opening = _JSON_OPENING.match(text)
    if not opening:
        return None
    start = opening.end()
    try:
        values, end = json_object(text, start)
    except UnsupportedFormError:
        return None
    body = text.find("\n", end) + 1
    if not body or text[end:body].strip() or text[body:].isspace() or body == len(text):
        return None
    names = _json_names(text[start:end], values)
    return FrontMatter(values, _stated(names, start, values), start, end, body, [])


def _pelican(text: str) -> FrontMatter | None:
    """Two or more lines with different keys, one of them the title, an empty line below them and a text below that."""
    start = len(text) - len(text.lstrip("\ufeff"))
    keys: list[str] = []
    at = start
    while at - start <= limits.FRONT_MATTER_CHARS:
        end = text.find("\n", at)
        if end < 0:
            return None
        line = text[at:end]
        if not line.strip():
            break
        if not keys or not line.startswith((" ", "\t")):
            keys.append(_yaml_name(line).casefold())
            if keys[-1] not in _PELICAN_KEYS:
                return None
        at = end + 1
    else:
        return None
    if len(keys) < 2 or len(keys) != len(set(keys)) or "title" not in keys or not text[at:].strip():
        return None
    inside = text[start:at]
    values, warnings = _values(inside)
    return FrontMatter(values, _stated(_names(inside, _yaml_name), start, values), start, at, at, warnings)


def _json_names(inside: str, values: Mapping[str, Value]) -> list[_Name]:
    return _names(inside, _json_name) if "\n" in inside.strip() else [(name, 0, len(inside)) for name in values]


def _read_yaml(inside: str) -> _Read | None:
    return (*_values(inside), _names(inside, _yaml_name)) if _is_mapping(inside) else None


def _read_toml(inside: str) -> _Read | None:
    return (*_toml(inside), _names(inside, _toml_name)) if _is_table(inside) else None


def _read_json(inside: str) -> _Read | None:
    try:
        values, end = json_object(inside, len(inside) - len(inside.lstrip()))
    except UnsupportedFormError:
        return None
    return None if inside[end:].strip() else (values, [], _json_names(inside, values))


def _is_table(inside: str) -> bool:
    """Whether the lines begin as a TOML table does: with a comment, a table's name or a key. Prose does not."""
    lines = [line for line in inside.split("\n") if line.strip() and not line.startswith(("#", "["))]
    return bool(lines) and bool(_toml_name(lines[0]))


def _toml(inside: str) -> tuple[dict[str, Value], list[str]]:
    try:
        return toml_table(inside), []
    except UnsupportedFormError:
        pairs = (line.partition("=") for line in inside.split("\n") if _toml_name(line))
        return {_unquoted(key): _unquoted(value) for key, _, value in pairs}, ["front-matter-lenient"]


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


def _yaml_name(line: str) -> str:
    """The key that a line of YAML begins with; empty if it has none."""
    key = _KEY.match(line.rstrip("\r"))
    return _unquoted(key[1]) if key else ""


def _toml_name(line: str) -> str:
    """The key that a line of TOML begins with; empty if it has none."""
    key, sign, _ = line.partition("=")
    return _unquoted(key) if sign and _BARE_KEY.fullmatch(key.strip()) else ""


def _json_name(line: str) -> str:
    """The key that a line of JSON begins with; empty if it has none."""
    key, sign, _ = line.strip().partition(":")
    return _unquoted(key) if sign and _BARE_KEY.fullmatch(key.rstrip()) else ""


def _names(inside: str, name_of: Callable[[str], str]) -> list[tuple[str, int, int]]:
    """The key of each line, empty if it has none, with the span of the line; empty lines are left out."""
    names = []
    at = 0
    for line in inside.split("\n"):
        if line.strip():
            names.append((name_of(line), at + len(line) - len(line.lstrip()), at + len(line.rstrip())))
        at += len(line) + 1
    return names


def _stated(names: list[tuple[str, int, int]], base: int, values: dict[str, Value]) -> list[RawMetadata]:
    """One entry for each key at the start of a line; its span includes the lines that continue its value."""
    entries: list[RawMetadata] = []
    for name, start, end in names:
        if name in values:
            value = values[name]
            text = value if isinstance(value, str) else ""
            entries.append(RawMetadata("front-matter", name, text, base + start, base + end))
        elif entries:
            entries[-1] = replace(entries[-1], end=base + end)
    return entries


_READERS: dict[str, Callable[[str], _Read | None]] = {"yaml": _read_yaml, "toml": _read_toml, "json": _read_json}
"""Language -> its reader, which gives None for a text that is not in it."""
