"""The documents below a directory, one after the other in this process: for Python, and for commands that write nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from seedclean.cleaning import Cleaned, examine, sources
from seedclean.errors import OwnRecordError, SeedcleanError
from seedclean.model import Source
from seedclean.record import Record
from seedclean.registry import Registry, load
from seedclean.selection import Entry, select


def clean_tree(directory: str | os.PathLike[str], *, rules: Iterable[Path] = ()) -> Iterator[Record]:
    """Clean the documents in the files below a directory, or in one file, in the order of their paths.

    Records of seedclean's own are passed over. Raises at the first document that fails.
    """
    registry = load(rules)
    selection = select([Path(directory)])
    for error in selection.failures:
        raise error
    for _, result in results(selection.entries, registry):
        if isinstance(result, Cleaned):
            yield result.record
        elif not isinstance(result, OwnRecordError):
            raise result


def results(entries: Iterable[Entry], registry: Registry) -> Iterator[tuple[Entry, Cleaned | SeedcleanError]]:
    """Each entry with what became of each document in it: a failure is that document's own, and the others go on."""
    for entry in entries:
        for found in sources(Path(entry.file), entry.name):
            yield entry, _result(found, registry)


def _result(found: Source | SeedcleanError, registry: Registry) -> Cleaned | SeedcleanError:
    if isinstance(found, SeedcleanError):
        return found
    try:
        return examine(found, registry)
    except SeedcleanError as error:
        return error
