"""Typed values of a rule file (texts, lists, counts, choices), with a fault for each value of another type."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from seedclean.model import limits
from seedclean.model.errors import PackError, suggestion

_CURLY = str.maketrans("“”„‘’‚", "\"\"\"'''")
_STRING_OR_CURLY = re.compile("\"[^\"]*\"|'[^']*'|[“”„‘’‚]")
_CURLY_LINES = 20
"""So many lines with curly quotes are named at once."""


def load_toml(text: str, file: str) -> dict[str, Any]:
    """The tables of a rule file. Raises PackError where it is no TOML, or over a limit."""
    form = "see docs/rule-files.md for the form of a pack"
    if len(text) > limits.RULE_FILE_BYTES:
        raise PackError(file, f"more than {limits.RULE_FILE_BYTES:,} characters", "split it into several packs")
    try:
        data = tomllib.loads(text)
        _refuse_huge_numbers(data)
    except RecursionError as error:
        raise PackError(file, "values are nested too deeply", form) from error
    except ValueError as error:  # with more digits than Python converts, an integer raises it too
        _, curly = straightened(text, file)
        raise (curly or [PackError(file, f"not TOML: {error}", form)])[0] from error
    return data


def straightened(text: str, file: str) -> tuple[str, list[PackError]]:
    """The text with straight quotes in the lines that are no TOML for their curly ones, as word processors put them, and a
    fault for each such line."""
    lines, faults = text.split("\n"), list[PackError]()
    remedy = "write straight ones, \" or ', and let the editor leave them so"
    while len(faults) < _CURLY_LINES and (number := _wrong_line("\n".join(lines))):
        line = lines[number - 1]
        lines[number - 1] = _STRING_OR_CURLY.sub(
            lambda part: part[0].translate(_CURLY) if len(part[0]) == 1 else part[0], line
        )
        if lines[number - 1] == line:
            break
        faults.append(PackError(file, f"line {number} has curly quotes: {line.strip()}", remedy))
    return "\n".join(lines), faults


def _wrong_line(text: str) -> int:
    """The number of the first line that is no TOML; 0 where all are, or where the fault is none of a line."""
    try:
        tomllib.loads(text)
    except (RecursionError, ValueError) as error:
        place = re.search(r"\(at line ([0-9]+)", str(error))
        return int(place[1]) if place else 0
    return 0


def _refuse_huge_numbers(value: object) -> None:
    """Raise ValueError for an integer that no key of a pack can mean and that Python may refuse to print."""
    if isinstance(value, int) and abs(value) > limits.RULE_INTEGER:
        raise ValueError(f"a number above {limits.RULE_INTEGER:,}")
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            _refuse_huge_numbers(inner)


class TomlValues:
    """Reads values from the tables of one file. A fault is noted and reading goes on, so that all are reported at once."""

    def __init__(self, file: str) -> None:
        self.faults: list[PackError] = []
        self._file = file
        self._where = file

    def fault(self, what: str, remedy: str) -> None:
        """Note a fault at the current place in the file."""
        self.faults.append(PackError(self._where, what, remedy))

    def keys(self, table: Mapping[str, Any], known: tuple[str, ...]) -> None:
        """Note a fault for each unknown key of a table."""
        for key in table:
            if key not in known:
                self.fault(f"unknown key {key!r}", suggestion(key, known))

    def text(self, table: Mapping[str, Any], key: str, required: bool = False) -> str:
        """A text; "" where the key is missing."""
        value: object = table.get(key, "")
        if not isinstance(value, str):
            self.fault(f"{key!r} is no text", f'write {key} = "…"')
            return ""
        if required and not value:
            self.fault(f"{key!r} is missing", "every pack needs an id and a name, every rule and clue a name and a why")
        return value

    def texts(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """A text or a list of texts, as a tuple."""
        value = table.get(key, [])
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(text, str) for text in values):
            self.fault(f"{key!r} is neither a text nor a list of texts", f'write {key} = ["…", "…"]')
            return ()
        return tuple(values)

    def hosts(self, table: Mapping[str, Any], key: str, paths: bool = False) -> tuple[str, ...]:
        """Names of hosts, each with a path behind it where `paths` allows one."""
        hosts = self.texts(table, key)
        for host in hosts:
            name, slash, path = host.partition("/")
            wrong = name != name.lower() or name.startswith(".") or not name or ":" in name
            if wrong or (slash and not (paths and path and not path.endswith("/"))):
                form = "lower case, no scheme, no leading dot, no slash at the end"
                example = "gmw.cn, or bbc.com/zhongwen for a part of a host" if paths else "gmw.cn"
                self.fault(f"{host!r} is no host name", f"write it like {example}: {form}")
        return hosts

    def number(self, table: Mapping[str, Any], key: str) -> int:
        """A count; 0 where the key is missing."""
        value: object = table.get(key, 0)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self.fault(f"{key!r} is no count", f"write {key} = 5")
            return 0
        return value

    def flag(self, table: Mapping[str, Any], key: str) -> bool:
        """A boolean; False where the key is missing."""
        value: object = table.get(key, False)
        if not isinstance(value, bool):
            self.fault(f"{key!r} is neither true nor false", f"write {key} = true")
        return value is True

    def choice(self, table: Mapping[str, Any], key: str, known: tuple[str, ...]) -> str:
        """One word of a closed list; "" where the key is missing."""
        value = self.text(table, key)
        if value and value not in known:
            self.fault(f"{key} = {value!r} is unknown", suggestion(value, known))
            return ""
        return value

    def tables(self, data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        """A list of tables, as `[[key]]` writes it."""
        tables = data.get(key, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self.fault(f"{key!r} is no list of tables", f"write [[{key}]] above each")
            return []
        return tables

    def table(self, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """A table; empty where it is missing."""
        value = data.get(key, {})
        if not isinstance(value, dict):
            self.fault(f"{key!r} is no table", f"write [{key}] and its keys below it")
            return {}
        return value

    def unique(self, ids: list[str], what: str) -> None:
        """Note a fault for each id that occurs twice."""
        for id in sorted({id for id in ids if ids.count(id) > 1}):
            self.fault(f"two {what}s are called {id!r}", "give each a name of its own: the name is public")
