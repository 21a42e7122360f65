"""From paths to a review page: the work of `seedclean explain --html OUT`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from seedclean.batch.output.atomic import write_atomically
from seedclean.decisions.verdicts import DEFAULTS
from seedclean.model.document import Source
from seedclean.model.errors import OutputError, OwnRecordError, SeedcleanError
from seedclean.packs.registry import Registry
from seedclean.pipeline import attempt, examine
from seedclean.record.assembly import Cleaned
from seedclean.review.documents import reviewed
from seedclean.review.page import page
from seedclean.review.shelf import Shelf, Shelved
from seedclean.sources.files import documents, member, read_stream, sources_of, split_place
from seedclean.sources.walk import PathFilter, select


def review(target: str, registry: Registry, out: Path) -> Shelved:
    """Write the page on a file, a directory, `container#place` or standard input (`-`) to `out`, and return what it shows.

    seedclean's own records and the page itself are no documents. A document that fails is named in the page. One
    document at a time is in memory, besides the HTML that the page has room for. Raises InputError or UnreadableError where there
    is no such target, OutputError where the page cannot be written.
    """
    shelf = Shelf()
    whys = DEFAULTS | {rule.id: rule.why for pack in registry.packs.values() for rule in pack.rules}
    for result in _results(target, registry, out):
        if isinstance(result, Cleaned):
            shelf.take(reviewed(result, whys))
        elif not isinstance(result, OwnRecordError):
            shelf.fail(result)
    shelved = shelf.shelved()
    name = "standard input" if target == "-" else Path(os.path.abspath(target)).name
    _write(out, page(name, shelved))
    return shelved


def _results(target: str, registry: Registry, out: Path) -> Iterator[Cleaned | SeedcleanError]:
    for source in _sources(target, out):
        if isinstance(source, SeedcleanError):
            yield source
        else:
            yield attempt(source.path, partial(examine, source, registry))


def _sources(target: str, out: Path) -> Iterator[Source | SeedcleanError]:
    path, place = split_place(target)
    if target == "-":
        yield from documents(Source("-", read_stream(sys.stdin.buffer)))
    elif place:
        yield member(path, place)
    else:
        yield from sources_of(select([path], PathFilter(outputs=frozenset({os.path.abspath(out)}))))


def _write(out: Path, data: bytes) -> None:
    try:
        write_atomically(out, data)
    except OSError as error:
        remedy = "name a file, in a directory that is there, to which you may write"
        raise OutputError(str(out), error.strerror or "cannot be written", remedy) from error
