"""Where records go: standard output, one file, or a directory with a file for each record.

An output gets its final name when it is complete: a killed run leaves nothing that looks finished, and a journal from
which the next run continues.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from seedclean.batch.output import file_formats, journal
from seedclean.batch.output.atomic import create, exclusive_lock, os_errors_as_output_errors, rename, sync
from seedclean.batch.output.directory import DirectorySink
from seedclean.batch.output.filenames import RecordNames
from seedclean.batch.output.forms import RECORDS, Form
from seedclean.batch.output.journal import JournalEntry, JournalWriter
from seedclean.batch.output.paths import (
    FinishedOutput,
    OutputPaths,
    clean_up,
    delete_interrupted,
    delete_partial,
    set_aside,
)
from seedclean.batch.output.resume import (
    EarlierResult,
    EarlierResults,
    EarlierRun,
    ForwardReader,
    find_first,
    finished_run,
    interrupted_run,
    results_in_directory,
    results_in_file,
)
from seedclean.batch.output.signature import key_file, user_key

_BUFFER = 1024 * 1024


class Sink(Protocol):
    """Takes the results of all files, in the order of the files. Methods raise OSError if the output cannot be written."""

    @property
    def keeps_journal(self) -> bool:
        """Whether a later run can resume from this output."""

    def earlier_result(self, name: str) -> EarlierResult | None:
        """The valid results of a file in an earlier run. Called once per file, in order, ahead of the other methods."""

    def write(self, name: str, path: str, record: bytes) -> None:
        """Take the record with this path, of a document in the file `name`. Raises OutputError for this record alone."""

    def finish_file(self, entry: JournalEntry) -> None:
        """End a file. The sink fills in the entry's size, digest and files."""

    def reuse(self, result: EarlierResult) -> None:
        """Take the earlier results of an unchanged file."""

    def finish(self) -> FinishedOutput:
        """End the run: the output gets its final name."""

    def suspend(self) -> None:
        """End the run as an interrupted one that has a result for every file."""


class StreamSink:
    """Records in some form on a stream that the caller owns, without a journal.

    Documents as Markdown and as text have an empty line between them. In the form `json` the records are one JSON value.
    """

    keeps_journal = False

    def __init__(self, stream: BinaryIO, form: Form) -> None:
        self._stream, self._form = stream, form
        self._size = 0
        self._count = 0
        self._first = b""

    def earlier_result(self, name: str) -> EarlierResult | None:
        return None

    def write(self, name: str, path: str, record: bytes) -> None:
        piece = self._form.render(record)
        self._count += 1
        if self._form.name != "json":
            self._put(piece if self._count == 1 or self._form.is_json else b"\n" + piece)
        elif self._count == 1 and self._form.single:
            self._first = piece  # the record itself if no other follows, else the first of an array
        else:
            first, self._first = self._first, b""
            self._put(b"[" + first[:-1] if first else b"[" if self._count == 1 else b"")
            self._put((b",\n" if self._count > 1 else b"") + piece[:-1])

    def _put(self, data: bytes) -> None:
        self._size += self._stream.write(data)

    def finish_file(self, entry: JournalEntry) -> None:
        """Nothing to do."""

    def reuse(self, result: EarlierResult) -> None:
        """Never called: there are no earlier results."""

    def finish(self) -> FinishedOutput:
        if self._form.name == "json":
            empty = b"" if self._form.single else b"[]\n"
            self._put(self._first or (b"]\n" if self._count else empty))
        self._stream.flush()
        return FinishedOutput(self._size, "")

    def suspend(self) -> None:
        """Never called: only a run with a journal is interrupted."""


class FileSink:
    """Records as JSON lines in a hidden file, converted at the end into the format that the output's suffix names."""

    keeps_journal = True

    def __init__(
        self, paths: OutputPaths, writer: JournalWriter, records: BinaryIO, earlier: Sequence[EarlierResults]
    ) -> None:
        self._paths, self._journal, self._records, self._earlier = paths, writer, records, earlier

    def earlier_result(self, name: str) -> EarlierResult | None:
        return find_first(self._earlier, name)

    def write(self, name: str, path: str, record: bytes) -> None:
        line = record + b"\n"
        self._records.write(line)
        self._journal.add_record(line)

    def finish_file(self, entry: JournalEntry) -> None:
        self._journal.finish_file(entry, self._records.flush)

    def reuse(self, result: EarlierResult) -> None:
        result.copy_to(self._records)
        self._journal.repeat(result.entry, self._records.flush)

    def finish(self) -> FinishedOutput:
        paths, suffix = self._paths, file_formats.suffix_of(self._paths.target.name)
        sync(self._records)
        self._journal.sync()
        if suffix == ".jsonl":
            rename(paths.partial_records, paths.target)
        else:
            with paths.partial_records.open("rb") as lines, create(paths.partial_target) as stream:
                file_formats.write(suffix, lines, stream)
                sync(stream)
            rename(paths.partial_target, paths.target)
        rename(paths.partial_journal, paths.journal)
        with paths.target.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return FinishedOutput(paths.target.stat().st_size, f"sha256:{digest}")

    def suspend(self) -> None:
        delete_interrupted(self._paths)


@contextmanager
def open_sink(
    target: Path, names: Iterable[str], fingerprint: str, resume: bool, form: Form = RECORDS
) -> Iterator[tuple[Sink, tuple[str, ...]]]:
    """The sink for a path, and what to tell of earlier results that it does not reuse. Raises OutputError.

    `names` are the paths of all files of the run. The sink reuses results of the last finished run, and with `resume` those
    of the interrupted run first. The output is locked against other runs until the context ends.
    """
    suffix = file_formats.suffix_of(target.name)
    fingerprint += form.key
    paths = OutputPaths(target)
    file_formats.require(suffix)
    with os_errors_as_output_errors(target):
        if not suffix:
            target.mkdir(parents=True, exist_ok=True)
        with exclusive_lock(paths.lock):
            interrupted = set_aside(paths)
            own_key = user_key()
            key = own_key or secrets.token_bytes(32)
            notes = _notes(paths, own_key, interrupted and not resume)
            with JournalWriter.create(paths.partial_journal, key, fingerprint) as writer:
                runs = (
                    [interrupted_run(paths), finished_run(paths)] if resume and interrupted else [finished_run(paths)]
                )
                try:
                    with _open(paths, suffix, writer, runs, key, fingerprint, names, form) as sink:
                        yield sink, notes
                except BaseException:
                    if writer.is_empty:  # nothing to resume from
                        delete_partial(paths)
                    raise
            if not paths.partial_journal.exists():  # else the run was suspended
                clean_up(paths)


def timed_out(target: Path) -> dict[str, JournalEntry]:
    """The files of an interrupted run that exceeded the time limit, by name, without their records. Raises OutputError."""
    paths, key = OutputPaths(target), user_key()
    if key is None:
        return {}
    with os_errors_as_output_errors(target):
        entries = [
            entry
            for path in (paths.interrupted_journal, paths.partial_journal)
            for entry in journal.read(path, key)
            if any(error.code == "timeout" for error in entry.failures)
        ]
    return {entry.name: entry for entry in entries}


def _notes(paths: OutputPaths, key: bytes | None, could_resume: bool) -> tuple[str, ...]:
    notes = []
    if could_resume:
        notes.append("an interrupted run left results here: --resume would have reused them")
    if key is None:
        notes.append(f"no key of your own can be kept as {key_file()}, so no later run reuses these results")
    elif any(journal.is_foreign(path, key) for path in (paths.journal, paths.interrupted_journal)):
        notes.append(
            "the ledger here is not signed with your key: every file is cleaned again, and no record is deleted"
        )
    return tuple(notes)


@contextmanager
def _open(
    paths: OutputPaths,
    suffix: str,
    writer: JournalWriter,
    runs: Sequence[EarlierRun],
    key: bytes,
    fingerprint: str,
    names: Iterable[str],
    form: Form,
) -> Iterator[Sink]:
    if not suffix:
        earlier = [results_in_directory(run, key, fingerprint) for run in runs]
        paths.manifest.unlink(missing_ok=True)  # it describes files that change from now on
        yield DirectorySink(paths, writer, key, RecordNames(names, form.suffix), form, earlier)
        return
    with ExitStack() as stack:
        readers = [stack.enter_context(ForwardReader(run)) for run in runs]
        earlier = [results_in_file(run, key, fingerprint, reader) for run, reader in zip(runs, readers, strict=True)]
        records = stack.enter_context(create(paths.partial_records, _BUFFER))
        yield FileSink(paths, writer, records, earlier)
