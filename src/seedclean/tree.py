"""Directories: which files are cleaned, and their records one after the other."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from seedclean.cleaning import Cleaned, examine, sources
from seedclean.errors import InputError, OwnRecordError, SeedcleanError
from seedclean.formats import is_known
from seedclean.model import Source
from seedclean.record import Record
from seedclean.registry import Registry, load


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to be cleaned: where it lies, and the path its record will bear."""

    file: Path
    name: str


@dataclass(frozen=True, slots=True)
class Selection:
    """The files found under some paths, and those passed over because of their suffix."""

    entries: tuple[Entry, ...]
    passed_over: tuple[str, ...]


def select(paths: Iterable[Path]) -> Selection:
    """The files to clean: those given, and those below the directories given whose suffix is known.

    Sorted by the bytes of the record path. Hidden files and symbolic links to directories are left alone. Raises
    InputError where a path is missing or two files would bear the same path.
    """
    entries: dict[str, Entry] = {}
    passed_over: list[str] = []
    for path in paths:
        for entry in _walk(path):
            if path.is_dir() and not is_known(entry.name):
                passed_over.append(entry.name)
            elif entry.name in entries:
                raise InputError(str(path), f"{entry.name} is there twice", "clean the directories one at a time")
            else:
                entries[entry.name] = entry
    return Selection(tuple(entries[name] for name in sorted(entries, key=os.fsencode)), tuple(sorted(passed_over)))


def _walk(path: Path) -> Iterator[Entry]:
    if not path.is_dir():
        if not os.path.lexists(path):
            raise InputError(str(path), "there is no such file or directory", "check the path")
        yield Entry(path, _printable(path.name))
        return
    for folder, folders, files in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if not name.startswith("."):
                file = Path(folder, name)
                yield Entry(file, _printable(PurePosixPath(file.relative_to(path)).as_posix()))


def _printable(name: str) -> str:
    """A file name as a record can hold it: bytes that are no UTF-8 show as U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def clean_tree(directory: str | os.PathLike[str], *, rules: Iterable[Path] = ()) -> Iterator[Record]:
    """Clean the documents in the files below a directory, or in one file, in the order of their paths.

    Records of seedclean's own are passed over. Raises at the first document that fails.
    """
    registry = load(rules)
    for _, result in results(select([Path(directory)]).entries, registry):
        if isinstance(result, Cleaned):
            yield result.record
        elif not isinstance(result, OwnRecordError):
            raise result


def results(entries: Iterable[Entry], registry: Registry) -> Iterator[tuple[Entry, Cleaned | SeedcleanError]]:
    """Each entry with what became of each document in it: a failure is that document's own, and the others go on."""
    for entry in entries:
        for found in sources(entry.file, entry.name):
            yield entry, result(found, registry)


def result(found: Source | SeedcleanError, registry: Registry) -> Cleaned | SeedcleanError:
    """What becomes of one document that was found, or was not."""
    if isinstance(found, SeedcleanError):
        return found
    try:
        return examine(found, registry)
    except SeedcleanError as error:
        return error
