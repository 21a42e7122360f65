"""Where records go: standard output, one file, or a directory with a file for each document.

What is written gets its name when it is whole: a run that is killed leaves nothing that looks finished, and a ledger
from which the next one goes on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from seedclean.batch.output import file_formats
from seedclean.batch.output.atomic import errors_named, locked, rename, settle
from seedclean.batch.output.directory import Mirror
from seedclean.batch.output.filenames import Targets
from seedclean.batch.output.journal import Book, Line
from seedclean.batch.output.paths import Beside, clear, drop, set_aside
from seedclean.batch.output.resume import Earlier, Known, first, in_file, in_folder
from seedclean.batch.output.written import Written

_BUFFER = 1024 * 1024


class Sink(Protocol):
    """Takes what becomes of each file, in the order of the files. `noted` says whether anybody can go on from it."""

    @property
    def noted(self) -> bool:
        """Whether a ledger is kept."""

    def known(self, name: str) -> Known | None:
        """What an earlier run has left of a file; asked once for each, in order, some files ahead of the others."""

    def write(self, name: str, path: str, record: bytes) -> None:
        """Take a record that bears `path`, of a document in the file `name`. Raises OutputError for this one alone."""

    def end(self, line: Line) -> None:
        """A file is finished; the line says all but what was written."""

    def keep(self, known: Known) -> None:
        """A file has not changed: its earlier results are its results."""

    def finish(self) -> Written:
        """All files are finished: the output gets its name."""


class Stream:
    """Records as JSON lines on a stream that is somebody else's, without a ledger."""

    noted = False

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._size = 0

    def known(self, name: str) -> Known | None:
        return None

    def write(self, name: str, path: str, record: bytes) -> None:
        self._size += self._stream.write(record + b"\n")

    def end(self, line: Line) -> None:
        """Nothing is noted."""

    def keep(self, known: Known) -> None:
        """Nothing is known."""

    def finish(self) -> Written:
        self._stream.flush()
        return Written(self._size, "")


class OneFile:
    """Records as JSON lines in a file, made into the form that its name asks for when all are there."""

    noted = True

    def __init__(self, beside: Beside, book: Book, lines: BinaryIO, runs: list[Earlier]) -> None:
        self._beside, self._book, self._lines, self._runs = beside, book, lines, runs

    def known(self, name: str) -> Known | None:
        return first(self._runs, name)

    def write(self, name: str, path: str, record: bytes) -> None:
        line = record + b"\n"
        self._lines.write(line)
        self._book.wrote(line)

    def end(self, line: Line) -> None:
        self._book.end(line, self._lines.flush)

    def keep(self, known: Known) -> None:
        known.copy(self._lines)
        self._book.keep(known.line, self._lines.flush)

    def finish(self) -> Written:
        beside, form = self._beside, file_formats.form(self._beside.target.name)
        settle(self._lines)
        self._book.settle()
        if form == ".jsonl":
            rename(beside.lines, beside.target)
        else:
            with beside.lines.open("rb") as lines, beside.made.open("wb") as made:
                file_formats.make(form, lines, made)
                settle(made)
            rename(beside.made, beside.target)
        rename(beside.book, beside.ledger)
        with beside.target.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return Written(beside.target.stat().st_size, f"sha256:{digest}")


@contextmanager
def opened(target: Path, names: Iterable[str], fingerprint: str, resume: bool) -> Iterator[tuple[Sink, bool]]:
    """A sink for a path, and whether a run that was ended has left something there. Raises OutputError.

    `names` are the paths of all files that will come. `resume` takes up what an ended run has left; what a finished one
    has left is always taken up. The path is held against other runs until the context ends.
    """
    form = file_formats.form(target.name)
    beside = Beside(target)
    file_formats.check(form)
    with errors_named(target):
        if not form:
            target.mkdir(parents=True, exist_ok=True)
        with locked(beside.lock):
            left = set_aside(beside)
            with Book.opened(beside.book, fingerprint) as book:
                try:
                    with _sink(beside, book, names, fingerprint, resume and left) as sink:
                        yield sink, left
                except BaseException:
                    if book.empty:  # nothing to go on from
                        drop(beside)
                    raise
            clear(beside)


@contextmanager
def _sink(beside: Beside, book: Book, names: Iterable[str], fingerprint: str, resume: bool) -> Iterator[Sink]:
    form = file_formats.form(beside.target.name)
    if not form:
        books = [beside.earlier_book, beside.ledger]
        runs = [in_folder(path, fingerprint, beside.target) for path in books[0 if resume else 1 :]]
        beside.manifest.unlink(missing_ok=True)  # it speaks of files that change from now on
        yield Mirror(beside, book, Targets(names), runs, books)
        return
    plain = beside.earlier_lines.exists()
    # the last step of a run renames its lines to the output: one killed behind it has left a ledger alone
    lines, kind = (beside.earlier_lines, ".jsonl") if plain else (beside.target, form)
    with ExitStack() as stack:
        runs = [stack.enter_context(in_file(beside.ledger, fingerprint, beside.target, form))]
        if resume:
            runs.insert(0, stack.enter_context(in_file(beside.earlier_book, fingerprint, lines, kind)))
        yield OneFile(beside, book, stack.enter_context(beside.lines.open("wb", _BUFFER)), runs)
