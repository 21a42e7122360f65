"""Names of the files that records become: `a/b.md` -> `a/b.md.json`, on any file system, and never two the same.

A name that some system cannot hold is escaped as `%` and two hexadecimal digits for each byte, the same everywhere.
Names that differ only in case or in Unicode's forms, or that would lie where a directory must be, get a mark made of
their hash: which one gets it depends on the names alone, not on the system or the order.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]|%(?=[0-9A-F]{2})|[. ]\Z|\A\s')
"""What Windows refuses in a name or takes off its end, and what would read as an escape."""

_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\.|\Z)", re.I)
"""Devices of Windows: a file of such a name is one, whatever its suffix."""

_COMPONENT_BYTES = 255
"""What the common file systems hold in one name; Windows and macOS count UTF-16 units, which are never more."""

_SUFFIX = ".json"


class Targets:
    """The names for the records of some files, whose own names are all known beforehand."""

    def __init__(self, names: Iterable[str]) -> None:
        ordered = sorted(names, key=str.encode)
        files, folders = set(ordered), {_key(folder) for name in ordered for folder in _folders(name)}
        taken: set[str] = set()
        self._marked: dict[str, str] = {}
        for name in ordered:
            key = _key(_path(name) + _SUFFIX)
            if key in taken or key in folders or _is_place(name, files):
                self._marked[name] = "~" + hashlib.sha256(name.encode()).hexdigest()[:16]
                key = _key(self.of(name, name))
            taken.add(key)

    def of(self, name: str, path: str) -> str:
        """The target for the record that bears `path`, of a document in the file `name`."""
        folder, slash, last = self._base(name).rpartition("/")
        return folder + slash + _shortened(last + _escaped(path[len(name) :]) + _SUFFIX)

    def fit(self, name: str, targets: Iterable[str]) -> bool:
        """Whether all of some targets are such as records of this file get."""
        whole, base = self.of(name, name), self._base(name) + "#"
        return all(target == whole or target.startswith(base) for target in targets)

    def _base(self, name: str) -> str:
        return _path(name) + self._marked.get(name, "")


def _path(name: str) -> str:
    return "/".join(map(_escaped, name.split("/")))


def _folders(name: str) -> Iterable[str]:
    parts = _path(name).split("/")
    return ("/".join(parts[:at]) for at in range(1, len(parts)))


def _is_place(name: str, files: set[str]) -> bool:
    """Whether a name is also that of a place in another file, as `dump.jsonl#12` is."""
    return any(name[: at.start()] in files for at in re.finditer("#", name))


def _key(path: str) -> str:
    """What is equal for two names that some file system holds for the same."""
    return path if path.isascii() and path.islower() else unicodedata.normalize("NFC", path).casefold()


def _escaped(part: str) -> str:
    safe = _UNSAFE.sub(_escape, part)
    found = _RESERVED.match(safe)
    if found:
        safe = (
            safe[: found.end() - 1]
            + "".join(f"%{byte:02X}" for byte in safe[found.end() - 1].encode())
            + safe[found.end() :]
        )
    if part in (".", ".."):
        return "%2E" * len(part)
    return safe


def _escape(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass"))


def _shortened(part: str) -> str:
    data = part.encode("utf-8", "surrogatepass")
    if len(data) <= _COMPONENT_BYTES:
        return part
    end = "~" + hashlib.sha256(data).hexdigest()[:16] + _SUFFIX
    return data[: _COMPONENT_BYTES - len(end)].decode("utf-8", "ignore") + end
