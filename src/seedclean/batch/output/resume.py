"""Results of earlier runs at an output that still hold. A run asks for them once per file, in the order of the files.

A *finished run* has its output under its final name and the journal beside it. An *interrupted run* has a hidden journal,
and its records as hidden JSON lines or already in the output.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from seedclean.batch.output import file_formats, journal
from seedclean.batch.output.journal import JournalEntry
from seedclean.batch.output.paths import OutputPaths
from seedclean.model.errors import OutputError
from seedclean.sources.beneath import open_file

_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """The journal of an earlier run, and its records: a file in the format of `suffix`, or a directory if that is ""."""

    journal: Path
    records: Path
    suffix: str


def finished_run(paths: OutputPaths) -> EarlierRun:
    """The last finished run. Its files need not exist."""
    return EarlierRun(paths.journal, paths.target, file_formats.suffix_of(paths.target.name))


def interrupted_run(paths: OutputPaths) -> EarlierRun:
    """The interrupted run that `paths.set_aside` has moved aside. Its files need not exist.

    A run renames first its records to the output and then its journal: one killed in between has no hidden records.
    """
    if paths.interrupted_records.exists():
        return EarlierRun(paths.interrupted_journal, paths.interrupted_records, ".jsonl")
    return EarlierRun(paths.interrupted_journal, paths.target, file_formats.suffix_of(paths.target.name))


class ForwardReader:
    """Copies byte ranges of a file's JSON lines to a stream, each range behind the one before. A context manager.

    Opens the file at the first copy.
    """

    def __init__(self, run: EarlierRun) -> None:
        self._run = run
        self._stream: BinaryIO | None = None
        self._offset = 0

    def __enter__(self) -> ForwardReader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._stream is not None:
            self._stream.close()

    def copy(self, start: int, entry: JournalEntry, target: BinaryIO) -> None:
        """Copy the records of a file, which begin at the offset `start`. Raises OutputError if they have changed."""
        if self._stream is None:
            self._stream = file_formats.open_lines(self._run.suffix, self._run.records)
        for _ in file_formats.chunks(self._stream, start - self._offset):
            pass  # gzip, Zstandard and Parquet cannot seek
        digest = hashlib.sha256()
        for chunk in file_formats.chunks(self._stream, entry.size):
            digest.update(chunk)
            target.write(chunk)
        if digest.hexdigest() != entry.digest:
            raise OutputError(str(self._run.records), "changed while it was read", "let nothing else write there")
        self._offset = start + entry.size


@dataclass(frozen=True, slots=True)
class EarlierResult:
    """The results of one file in an earlier run: its journal entry, and the offset of its records in `reader`.

    `reader` is None if the output is a directory: the record files stay in place.
    """

    entry: JournalEntry
    start: int = 0
    reader: ForwardReader | None = None

    def copy_to(self, target: BinaryIO) -> None:
        """Copy the records to a stream. Raises OutputError."""
        if self.reader is not None:
            self.reader.copy(self.start, self.entry, target)


class EarlierResults:
    """The results of one earlier run. `find` moves forward only: ask in the order of the names' UTF-8 bytes."""

    def __init__(self, results: Iterator[EarlierResult]) -> None:
        self._results = results
        self._next = next(results, None)

    def find(self, name: str) -> EarlierResult | None:
        """The results of a file; None if there are none or cleaning it again may give others."""
        key = name.encode()
        while self._next and self._next.entry.name.encode() < key:
            self._next = next(self._results, None)
        if self._next and self._next.entry.name == name and self._next.entry.is_repeatable:
            return self._next
        return None


def find_first(runs: Sequence[EarlierResults], name: str) -> EarlierResult | None:
    """The results of a file in the first run that has any. Asks all runs, so that each moves forward."""
    results = [result for run in runs if (result := run.find(name))]
    return results[0] if results else None


def results_in_file(run: EarlierRun, key: bytes, fingerprint: str, reader: ForwardReader) -> EarlierResults:
    """The results of a run to one file, up to the first whose records do not match the journal."""
    count = _count_valid(run, key, fingerprint)
    return EarlierResults(_with_offsets(journal.read(run.journal, key, fingerprint), count, reader))


def results_in_directory(run: EarlierRun, key: bytes, fingerprint: str) -> EarlierResults:
    """The results of a run to a directory whose record files match the journal; each is verified when it is reached."""
    entries = journal.read(run.journal, key, fingerprint)
    return EarlierResults(EarlierResult(entry) for entry in entries if _matches_files(entry, run.records))


def _matches_files(entry: JournalEntry, directory: Path) -> bool:
    digest = hashlib.sha256()
    try:
        for file in entry.files:
            parts = file.split("/")
            with open(os.path.join(directory, *parts), "rb", opener=partial(_open_below, directory, parts)) as stream:
                for chunk in iter(partial(stream.read, _CHUNK), b""):
                    digest.update(chunk)
    except OSError:
        return False
    return digest.hexdigest() == entry.digest


def _open_below(directory: Path, parts: list[str], path: str, flags: int) -> int:
    """The `opener` of a record file: a link in the output is no record."""
    return open_file(directory, parts, flags)


def _count_valid(run: EarlierRun, key: bytes, fingerprint: str) -> int:
    """The number of leading journal entries whose records match."""
    count = 0
    try:
        with closing(file_formats.open_lines(run.suffix, run.records)) as stream:
            for entry in journal.read(run.journal, key, fingerprint):
                digest = hashlib.sha256()
                for chunk in file_formats.chunks(stream, entry.size):
                    digest.update(chunk)
                if digest.hexdigest() != entry.digest:
                    break
                count += 1
    except file_formats.read_errors():  # missing or damaged: what matched before the fault is valid
        return count
    return count


def _with_offsets(entries: Iterator[JournalEntry], count: int, reader: ForwardReader) -> Iterator[EarlierResult]:
    start = 0
    for _, entry in zip(range(count), entries, strict=False):
        yield EarlierResult(entry, start, reader)
        start += entry.size
