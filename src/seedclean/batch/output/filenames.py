"""Names of record files: `a/b.md` -> `a/b.md.json`, valid on every file system and unique.

A character that some system refuses is escaped as `%` and two hexadecimal digits for each UTF-8 byte, on every system.
Of names that are equal but for case or Unicode normalization, or equal to a directory's name, all but the first get a
hash as a suffix. The result depends on the set of names alone, not on the system or on the order of the files.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from seedclean.sources.formats import FILE_KINDS

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]|%(?=[0-9A-F]{2})|[. ]\Z|\A\s')
"""What Windows refuses in a name or strips from its end, leading white space, and a `%` that would read as an escape."""

_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\.|\Z)", re.I)
"""Device names of Windows, with or without a suffix (Microsoft, "Naming Files, Paths, and Namespaces")."""

_COMPONENT_BYTES = 255
"""The limit of ext4, XFS and Btrfs for one name. Windows and macOS allow 255 UTF-16 units; a name has at most as many
of those as of UTF-8 bytes."""


class RecordNames:
    """The names of the record files for a set of source files, with the suffix of what is in them.

    `.json` follows the name of the source, because a record is not the source itself. A document in another format takes
    its place: `b.html` -> `b.md`.
    """

    def __init__(self, sources: Iterable[str], suffix: str = ".json") -> None:
        self._suffix = suffix
        ordered = sorted(sources, key=str.encode)
        files, directories = set(ordered), {_key(parent) for name in ordered for parent in _parents(name)}
        used: set[str] = set()
        self._marks: dict[str, str] = {}
        for name in ordered:
            key = _key(self._escaped(name) + suffix)
            if key in used or key in directories or _is_member_of(name, files):
                self._marks[name] = "~" + _short_hash(name.encode())
                key = _key(self.of(name, name))
            used.add(key)

    def of(self, source: str, path: str) -> str:
        """The name for the record with this path, of a document in the file `source`."""
        parent, slash, last = self._stem(source).rpartition("/")
        return parent + slash + _truncate(last + _escape(path[len(source) :]), self._suffix)

    def fit(self, source: str, names: Iterable[str]) -> bool:
        """Whether all these names are names for records of this file."""
        whole, member = self.of(source, source), self._stem(source) + "#"
        return all(name == whole or name.startswith(member) for name in names)

    def _stem(self, source: str) -> str:
        return self._escaped(source) + self._marks.get(source, "")

    def _escaped(self, source: str) -> str:
        if self._suffix == ".json":
            return _escape_path(source)
        stem, dot, suffix = source.rpartition(".")
        kind = FILE_KINDS.get(dot + suffix.lower())
        return _escape_path(stem if kind and not kind.container and stem and not stem.endswith("/") else source)


def _escape_path(name: str) -> str:
    return "/".join(map(_escape, name.split("/")))


def _parents(name: str) -> Iterable[str]:
    parts = _escape_path(name).split("/")
    return ("/".join(parts[:count]) for count in range(1, len(parts)))


def _is_member_of(name: str, files: set[str]) -> bool:
    """Whether a file name equals the path of a member in another file, such as `dump.jsonl#12`."""
    return any(name[: match.start()] in files for match in re.finditer("#", name))


def _key(path: str) -> str:
    """A key that is equal for two names that some file system treats as the same."""
    return path if path.isascii() and path.islower() else unicodedata.normalize("NFC", path).casefold()


def _escape(part: str) -> str:
    if part in (".", ".."):
        return "%2E" * len(part)
    safe = _UNSAFE.sub(lambda match: _percent(match[0]), part)
    reserved = _RESERVED.match(safe)
    if reserved:
        last = reserved.end() - 1
        safe = safe[:last] + _percent(safe[last]) + safe[last + 1 :]
    return safe


def _percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


def _truncate(stem: str, suffix: str) -> str:
    data = (stem + suffix).encode("utf-8", "surrogatepass")
    if len(data) <= _COMPONENT_BYTES:
        return stem + suffix
    end = "~" + _short_hash(data) + suffix
    return data[: _COMPONENT_BYTES - len(end)].decode("utf-8", "ignore") + end


def _short_hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
