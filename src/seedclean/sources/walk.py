"""Which files a run cleans: those named, and those found below directories, in the order of their paths' bytes."""

from __future__ import annotations

import hashlib
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Protocol

from seedclean.model.errors import InputError, SeedcleanError, UnreadableError
from seedclean.sources.formats import is_known

REASONS = {
    "suffix": "of other suffixes",
    "pattern": "by pattern",
    "hidden": "hidden",
    "link": "symbolic links",
    "output": "of this output, or the ledger and manifest of another",
}
"""Why something below a directory is not selected: the closed list, in the order in which the summary tells it."""

EXAMPLES = 5
"""How many paths of each reason are named; all are counted."""


LEDGER, MANIFEST = ".ledger", ".manifest.json"
"""What is put behind the name of an output: a run passes over what earlier runs have written."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to be cleaned: where it lies, and the path its record will bear. An empty `file` is standard input."""

    file: str
    name: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is taken below directories. `include` and `exclude` are patterns as in .gitignore; `leave` are absolute paths.

    Symbolic links are followed only with `links`, and then no directory is walked twice.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    hidden: bool = False
    links: bool = False
    leave: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PassedOver:
    """What was not selected for one reason: how many, and the first paths."""

    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """The files found, what was passed over by reason, suffixes not known with their counts, and what cannot be listed."""

    entries: tuple[Entry, ...]
    passed_over: Mapping[str, PassedOver] = field(default_factory=dict)
    suffixes: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[SeedcleanError, ...] = ()


class _Patterns(Protocol):
    def match_file(self, file: str) -> bool:
        """Whether a path is meant; a directory's ends with a slash."""


def select(paths: Iterable[Path], wanted: Wanted | None = None, listed: Iterable[str] = ()) -> Selection:
    """The files to clean: those given or listed, and those below the directories given that are wanted.

    Raises InputError where a path is missing, a pattern is none, or two files would bear the same path.
    """
    walk = _Walk(wanted or Wanted())
    for path in paths:
        walk.given(path)
    for name in listed:
        walk.listed(name)
    return walk.selection()


def read_list(data: bytes, nul: bool) -> list[str]:
    """The paths of a list: a line for each, or with `nul` parted by NUL; empty ones are left out."""
    parts = data.split(b"\0") if nul else data.splitlines()
    return [os.fsdecode(part) for part in parts if part]


class _Walk:
    """Collects what some paths lead to. Used once."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._include, self._exclude = _patterns(wanted.include), _patterns(wanted.exclude)
        self._entries: dict[str, str] = {}
        self._passed: dict[str, list[str]] = {}
        self._counts: Counter[str] = Counter()
        self._suffixes: Counter[str] = Counter()
        self._failures: list[SeedcleanError] = []

    def selection(self) -> Selection:
        """All that was found, in order."""
        names = sorted(self._entries, key=str.encode)
        passed = {
            reason: PassedOver(self._counts[reason], tuple(sorted(self._passed[reason])[:EXAMPLES]))
            for reason in REASONS
            if self._counts[reason]
        }
        entries = tuple(Entry(self._entries[name], name) for name in names)
        return Selection(entries, passed, dict(sorted(self._suffixes.items())), tuple(self._failures))

    def given(self, path: Path) -> None:
        """A path of the command line: a file is taken whatever its name, a directory is walked."""
        if path.is_dir():
            for file, name in self._below(path):
                self._add(file, name)
        elif os.path.lexists(path):
            self._add(str(path), printable(path.name))
        else:
            raise InputError(str(path), "there is no such file or directory", "check the path")

    def listed(self, name: str) -> None:
        """A path of a list: taken as it is, even where nothing is there; twice the same is once."""
        path = PurePath(os.path.normpath(name))
        parts = [part for part in path.parts if part not in (path.anchor, "..", os.curdir)]
        shown = "/".join(map(printable, parts)) or "."
        if self._entries.get(shown) != name:
            self._add(name, shown)

    def _add(self, file: str, name: str) -> None:
        if name in self._entries:
            raise InputError(file, f"{name} is there twice", "clean the directories one at a time")
        self._entries[name] = file

    def _below(self, root: Path) -> Iterator[tuple[str, str]]:
        """The wanted files below a directory. Links wait until all real directories are walked."""
        waiting: list[tuple[str, str]] = [(str(root), "")]
        links: list[tuple[str, str]] = []
        seen: set[tuple[int, int]] = set()
        while waiting or links:
            folder, prefix = waiting.pop() if waiting else links.pop(0)
            try:
                place = os.stat(folder)
                if self._wanted.links and (place.st_dev, place.st_ino) in seen:
                    self._pass("link", prefix)
                    continue
                seen.add((place.st_dev, place.st_ino))
                with os.scandir(folder) as found:
                    children = sorted(found, key=lambda child: child.name)
            except OSError as error:
                what = f"cannot be listed: {error.strerror}"
                self._failures.append(UnreadableError(prefix or str(root), what, "check its permissions"))
                continue
            runs = _runs({child.name for child in children})
            for child in children:
                name = prefix + printable(child.name)
                if child.name in runs:
                    self._pass("output", name)
                    continue
                if not self._takes(child, name):
                    continue
                if _is_folder(child):
                    (links if child.is_symlink() else waiting).append((child.path, name + "/"))
                elif self._fits(name):
                    yield child.path, name
            links.sort()

    def _takes(self, child: os.DirEntry[str], name: str) -> bool:
        """Whether a file or directory may be looked at; what may not is noted."""
        if os.path.abspath(child.path) in self._wanted.leave:
            reason = "output"
        elif child.name.startswith(".") and not self._wanted.hidden:
            reason = "hidden"
        elif child.is_symlink() and not self._wanted.links:
            reason = "link"
        elif self._exclude and self._exclude.match_file(name + "/" * _is_folder(child)):
            reason = "pattern"
        else:
            return True
        self._pass(reason, name)
        return False

    def _fits(self, name: str) -> bool:
        """Whether a file's name is one of those wanted; one that is not is noted."""
        if not is_known(name):
            self._pass("suffix", name)
            self._suffixes[PurePath(name).suffix.lower()] += 1
        elif self._include and not self._include.match_file(name):
            self._pass("pattern", name)
        else:
            return True
        return False

    def _pass(self, reason: str, name: str) -> None:
        self._counts[reason] += 1
        named = self._passed.setdefault(reason, [])
        named.append(name)
        if len(named) > 100 * EXAMPLES:  # the first in order are named, whatever the order they come in
            self._passed[reason] = sorted(named)[:EXAMPLES]


def _runs(names: set[str]) -> set[str]:
    """What runs have written beside their outputs: a ledger and a manifest that stand together."""
    pairs = [(name, name.removesuffix(LEDGER) + MANIFEST) for name in names if name.endswith(LEDGER)]
    return {name for pair in pairs if pair[1] in names for name in pair}


def _is_folder(child: os.DirEntry[str]) -> bool:
    try:
        return child.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _patterns(lines: tuple[str, ...]) -> _Patterns | None:
    if not lines:
        return None
    from pathspec import GitIgnoreSpec  # 30 ms to import, and only patterns need it

    try:
        spec: _Patterns = GitIgnoreSpec.from_lines(lines)
    except ValueError as error:
        raise InputError("--include or --exclude", str(error), "write patterns as in .gitignore") from error
    return spec


def printable(name: str) -> str:
    """A file name as a record can hold it.

    Bytes that are no UTF-8 show as U+FFFD, and a hash of the name before its suffixes keeps two such names apart.
    """
    if name.isascii():
        return name
    raw = name.encode("utf-8", "surrogateescape" if sys.platform != "win32" else "surrogatepass")
    shown = raw.decode("utf-8", "replace")
    if shown == name:
        return name
    stem, dot, suffixes = shown.partition(".")
    return f"{stem}~{hashlib.sha256(raw).hexdigest()[:8]}{dot}{suffixes}"
