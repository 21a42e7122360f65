"""Which files a run cleans: those given, and those below given directories, sorted by the bytes of their paths."""

from __future__ import annotations

import hashlib
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import Protocol

from seedclean.model.errors import InputError, SeedcleanError, UnreadableError
from seedclean.sources.formats import is_readable

REASONS = {
    "suffix": "of other suffixes",
    "pattern": "by pattern",
    "hidden": "hidden",
    "link": "symbolic links",
    "output": "of this output, or the ledger and manifest of another",
}
"""Why a path below a directory is not selected: the closed list with its words in the summary, in that order."""

NO_FILE = (
    "no file was selected (below a directory, only files of known suffixes are read; a file named by itself always is)"
)
"""The message where a selection is empty."""

EXAMPLES = 5
"""Number of paths listed for each reason; all are counted."""

LEDGER, MANIFEST = ".ledger", ".manifest.json"
"""Suffixes of the files that a run writes beside its output; later runs do not read them as documents."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to clean: its path on disk, empty for standard input, and the `path` of its record.

    `root`: the directory below which no link may lead to the file; empty where links are followed.
    """

    file: str
    name: str
    root: str = ""


@dataclass(frozen=True, slots=True)
class PathFilter:
    """Which files below directories are selected.

    `include`, `exclude`: patterns as in .gitignore. `hidden`: also names that begin with a dot. `links`: follow symbolic
    links, each directory once. `outputs`: absolute paths of this run's output, which are not selected.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    hidden: bool = False
    links: bool = False
    outputs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PassedOver:
    """The paths that were not selected for one reason: their number and the first of them."""

    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """The selected files, and what was not selected.

    `passed_over`: by reason. `suffixes`: number of files for each unsupported suffix. `failures`: directories that
    cannot be listed.
    """

    entries: tuple[Entry, ...]
    passed_over: Mapping[str, PassedOver] = field(default_factory=dict)
    suffixes: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[SeedcleanError, ...] = ()


class _Patterns(Protocol):
    def match_file(self, file: str) -> bool:
        """Whether a path matches; the path of a directory ends with a slash."""


def select(paths: Iterable[Path], path_filter: PathFilter | None = None, listed: Iterable[str] = ()) -> Selection:
    """The files to clean: given paths, listed paths, and the files below given directories that pass the filter.

    A record has the path of its file below the directory given, or the name of the file given; with several paths, the path
    below their common parent. Raises InputError if a given path does not exist or a pattern is invalid.
    """
    walk = _Walk(path_filter or PathFilter())
    given = list(paths)
    parent = _common_parent(given)
    for path in given:
        walk.add_given(path, parent)
    for name in listed:
        walk.add_listed(name)
    return walk.selection()


def read_list(data: bytes, nul: bool) -> list[str]:
    """The paths in a list, one on each line, or separated by NUL if `nul`; empty ones are dropped."""
    parts = data.split(b"\0") if nul else data.splitlines()
    return [os.fsdecode(part) for part in parts if part]


class _Walk:
    """Collects the files of some paths. For one selection."""

    def __init__(self, path_filter: PathFilter) -> None:
        self._filter = path_filter
        self._include, self._exclude = _patterns(path_filter.include), _patterns(path_filter.exclude)
        self._entries: dict[str, dict[str, Entry]] = {}  # record path -> absolute path -> entry
        self._prefix = ""
        self._examples: dict[str, list[str]] = {}
        self._counts: Counter[str] = Counter()
        self._suffixes: Counter[str] = Counter()
        self._failures: list[SeedcleanError] = []

    def selection(self) -> Selection:
        """The result, sorted."""
        entries = sorted(
            (
                entry if len(same) == 1 else replace(entry, name=_distinct(name, entry.file))
                for name, same in self._entries.items()
                for entry in same.values()
            ),
            key=lambda entry: entry.name.encode(),
        )
        passed_over = {
            reason: PassedOver(self._counts[reason], tuple(sorted(self._examples[reason])[:EXAMPLES]))
            for reason in REASONS
            if self._counts[reason]
        }
        return Selection(tuple(entries), passed_over, dict(sorted(self._suffixes.items())), tuple(self._failures))

    def add_given(self, path: Path, parent: str) -> None:
        """Add a given path: a file whatever its name, or the files below a directory; named from the parent of all."""
        if path.is_dir():
            self._prefix = "".join(f"{part}/" for part in _parts_below(path, parent))
            for file, name in self._below(path):
                self._add(file, self._prefix + name, "" if self._filter.links else str(path))
        elif os.path.lexists(path):
            self._add(str(path), "/".join(_parts_below(path, parent)))
        else:
            raise InputError(str(path), "there is no such file or directory", "check the path")

    def add_listed(self, name: str) -> None:
        """Add a path of a list, even if it does not exist; a repeated path counts once."""
        path = PurePath(os.path.normpath(name))
        parts = [part for part in path.parts if part not in (path.anchor, "..", os.curdir)]
        self._add(name, "/".join(map(printable, parts)) or ".")

    def _add(self, file: str, name: str, root: str = "") -> None:
        self._entries.setdefault(name, {}).setdefault(os.path.abspath(file), Entry(file, name, root))

    def _below(self, root: Path) -> Iterator[tuple[str, str]]:
        """The selected files below a directory. Links come after all real directories, so files get their real paths."""
        folders: list[tuple[str, str]] = [(str(root), "")]
        links: list[tuple[str, str]] = []
        visited: set[tuple[int, int]] = set()
        while folders or links:
            folder, prefix = folders.pop() if folders else links.pop(0)
            try:
                status = os.stat(folder)
                if self._filter.links and (status.st_dev, status.st_ino) in visited:
                    self._skip("link", prefix)
                    continue
                visited.add((status.st_dev, status.st_ino))
                with os.scandir(folder) as listing:
                    children = sorted(listing, key=lambda child: child.name)
            except OSError as error:
                what = f"cannot be listed: {error.strerror}"
                self._failures.append(UnreadableError(folder, what, "check its permissions"))
                continue
            journals = _run_files({child.name for child in children})
            for child in children:
                name = prefix + printable(child.name)
                if child.name in journals:
                    self._skip("output", name)
                    continue
                if not self._is_allowed(child, name):
                    continue
                if _is_folder(child):
                    (links if child.is_symlink() else folders).append((child.path, name + "/"))
                elif self._is_selected(name):
                    yield child.path, name
            links.sort()

    def _is_allowed(self, child: os.DirEntry[str], name: str) -> bool:
        """Whether a file or directory passes all tests but that of its suffix; counts it if not."""
        if os.path.abspath(child.path) in self._filter.outputs:
            reason = "output"
        elif child.name.startswith(".") and not self._filter.hidden:
            reason = "hidden"
        elif child.is_symlink() and not self._filter.links:
            reason = "link"
        elif self._exclude and self._exclude.match_file(name + "/" * _is_folder(child)):
            reason = "pattern"
        else:
            return True
        self._skip(reason, name)
        return False

    def _is_selected(self, name: str) -> bool:
        """Whether the name of a file is selected; counts it if not."""
        if not is_readable(name):
            self._skip("suffix", name)
            self._suffixes[PurePath(name).suffix.lower()] += 1
        elif self._include and not self._include.match_file(name):
            self._skip("pattern", name)
        else:
            return True
        return False

    def _skip(self, reason: str, name: str) -> None:
        self._counts[reason] += 1
        examples = self._examples.setdefault(reason, [])
        examples.append(self._prefix + name)
        if len(examples) > 100 * EXAMPLES:  # bounds memory; the first in order stay, whatever the order of the walk
            self._examples[reason] = sorted(examples)[:EXAMPLES]


def _common_parent(paths: Iterable[Path]) -> str:
    """The directory that holds all paths, or is the only one; "" where there is none, as on two drives of Windows."""
    folders = {os.path.abspath(path if path.is_dir() else path.parent) for path in paths}
    try:
        return os.path.commonpath(folders) if folders else ""
    except ValueError:
        return ""


def _parts_below(path: Path, parent: str) -> Iterator[str]:
    """The names from a directory down to a path, each as valid Unicode."""
    full = PurePath(os.path.abspath(path))
    below = full.relative_to(parent) if parent else full.relative_to(full.anchor)
    return map(printable, below.parts)


def _distinct(name: str, file: str) -> str:
    """The record path for a file that is not the only one of its name, as in a list with `../a.md` and `a.md`."""
    folder, slash, last = name.rpartition("/")
    stem, dot, suffixes = last.partition(".")
    return f"{folder}{slash}{stem}~{hashlib.sha256(os.fsencode(file)).hexdigest()[:8]}{dot}{suffixes}"


def _run_files(names: set[str]) -> set[str]:
    """Files that runs wrote beside their output: a ledger and a manifest with the same stem."""
    pairs = [(name, name.removesuffix(LEDGER) + MANIFEST) for name in names if name.endswith(LEDGER)]
    return {name for pair in pairs if pair[1] in names for name in pair}


def _is_folder(child: os.DirEntry[str]) -> bool:
    try:
        return child.is_dir()
    except OSError:  # a cycle of links
        return False


def _patterns(lines: tuple[str, ...]) -> _Patterns | None:
    if not lines:
        return None
    from pathspec import GitIgnoreSpec  # imported here: it takes 30 ms, and only patterns need it

    try:
        spec: _Patterns = GitIgnoreSpec.from_lines(lines)
    except ValueError as error:
        raise InputError("--include or --exclude", str(error), "write patterns as in .gitignore") from error
    return spec


def printable(name: str) -> str:
    """A file name as valid Unicode, for a record.

    Bytes that are not valid UTF-8 become U+FFFD, and a hash before the suffixes keeps two such names distinct.
    """
    if name.isascii():
        return name
    raw = name.encode("utf-8", "surrogateescape" if sys.platform != "win32" else "surrogatepass")
    shown = raw.decode("utf-8", "replace")
    if shown == name:
        return name
    stem, dot, suffixes = shown.partition(".")
    return f"{stem}~{hashlib.sha256(raw).hexdigest()[:8]}{dot}{suffixes}"
