"""One run of `seedclean clean`: from paths to records, journal, manifest and summary."""

from __future__ import annotations

import datetime
import os
import sys
import time
from collections import deque
from collections.abc import Container, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from seedclean.batch import manifest, near_duplicates, progress
from seedclean.batch.counts import Counts
from seedclean.batch.fingerprint import fingerprint, rules_digest
from seedclean.batch.job import DocumentDone, FileDone, Job
from seedclean.batch.near_duplicates import NearDuplicates
from seedclean.batch.output import sinks
from seedclean.batch.output.atomic import os_errors_as_output_errors
from seedclean.batch.output.forms import Form, choose
from seedclean.batch.output.journal import JournalEntry
from seedclean.batch.output.paths import OutputPaths
from seedclean.batch.output.resume import EarlierResult
from seedclean.batch.pool import TIMEOUT, WorkerPool, processors
from seedclean.batch.summary import Summary
from seedclean.model.document import Source
from seedclean.model.errors import InputError, OutputError, OwnRecordError, SeedcleanError
from seedclean.packs.registry import PackOptions, Registry
from seedclean.sources.files import read_stream
from seedclean.sources.walk import PathFilter, Selection, printable, read_list, select


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The arguments of `seedclean clean`. `out` is None for standard output, `timeout` is in seconds.

    `jobs`, `timeout` and `format` are None if the option is not given.
    """

    paths: tuple[str, ...]
    out: Path | None
    packs: PackOptions
    path_filter: PathFilter
    files_from: str | None
    null: bool
    jobs: int | None
    timeout: float | None
    resume: bool
    log_format: str
    quiet: bool
    format: str | None = None
    pretty: bool = False
    verbose: bool = False
    near_duplicates: bool = False


def run(options: RunOptions) -> bool:
    """Clean all files; return whether any failed. Raises InputError, PackError, OutputError or WorkerError."""
    start = datetime.datetime.now(datetime.UTC)
    if options.near_duplicates:
        near_duplicates.require()
        if options.out is None:
            raise InputError("--near-duplicates", "names documents in the manifest of an output", "name one with -o")
    selection, standard_input = _select(options)
    form = _form(options)
    total = len(selection.entries) + (standard_input is not None)
    with ExitStack() as stack:
        pool = stack.enter_context(_worker_pool(options, total))  # workers import what they need meanwhile
        registry = options.packs.load()
        log = stack.enter_context(progress.open_log(total, options.log_format, options.quiet))
        _clean_all_but_slow_ones(options, selection, standard_input, pool, log, form)
        sink, notes = stack.enter_context(_open_sink(options, selection, form))
        for note in notes:
            log.note(note)
        alike = stack.enter_context(_near_duplicates(options))
        files = _FileLoop(selection, standard_input, sink, log, alike)
        files.clean(pool)
        summary = files.summary
        output = sink.finish()
        counts = summary.to_dict(registry, selection)
        if options.out is not None:
            path = OutputPaths(options.out).manifest
            groups = None if alike is None else alike.groups()
            manifest.write(path, output, _inputs(options, registry), counts, summary.failures, groups, start)
    log.summary(_lines(options, summary, registry, selection, form), counts)
    return bool(summary.failures)


def _form(options: RunOptions) -> Form:
    paths = [path for path in options.paths if path != "-"]
    one_file = len(options.paths) == 1 and options.files_from is None and not any(map(os.path.isdir, paths))
    return choose(options.format, options.pretty, options.out, one_file, options.out is None and sys.stdout.isatty())


def _lines(options: RunOptions, summary: Summary, registry: Registry, selection: Selection, form: Form) -> list[str]:
    """The summary for a person: behind a document that a terminal shows, a hint alone."""
    if form.screen and form.single and not summary.failures:
        return [summary.hint(options.paths[0])]
    own = [id for id, pack in registry.packs.items() if pack.file in map(str, options.packs.rules)]
    return summary.lines(registry, selection, own, options.verbose)


def _select(options: RunOptions) -> tuple[Selection, bytes | None]:
    """The files to clean, and the content of standard input if it is one of them."""
    standard_input = read_stream(sys.stdin.buffer) if "-" in (*options.paths, options.files_from) else b""
    listed: list[str] = []
    if options.files_from is not None:
        if "-" in options.paths and options.files_from == "-":
            raise InputError("-", "standard input cannot be both a document and a list", "put the list into a file")
        listed = read_list(standard_input if options.files_from == "-" else _read(options.files_from), options.null)
    elif not options.paths:
        raise InputError(
            "seedclean clean", "there is nothing to clean", "name files or directories, or use --files-from"
        )
    path_filter = (
        replace(options.path_filter, outputs=_own_files(options.out))
        if options.out is not None
        else options.path_filter
    )
    selection = select([Path(path) for path in options.paths if path != "-"], path_filter, listed)
    return selection, standard_input if "-" in options.paths else None


def _read(list_file: str) -> bytes:
    try:
        return Path(list_file).read_bytes()
    except OSError as error:
        raise InputError(list_file, error.strerror or "cannot be read", "give a file that lists paths") from error


def _own_files(out: Path) -> frozenset[str]:
    """The files that the run itself writes, which are not sources."""
    paths = OutputPaths(out.absolute())
    return frozenset(map(str, (paths.target, paths.journal, paths.manifest)))


def _worker_pool(options: RunOptions, total: int) -> WorkerPool:
    """The pool for so many files. A single one has a worker too: nothing else could end what hangs in a library."""
    return WorkerPool(min(options.jobs or processors(), total), options.packs, options.timeout or TIMEOUT)


def _clean_all_but_slow_ones(
    options: RunOptions,
    selection: Selection,
    standard_input: bytes | None,
    pool: WorkerPool,
    log: progress.Log,
    form: Form,
) -> None:
    """With --resume, clean all files but those that timed out in the interrupted run, which then continues from here.

    Records have the order of their files, so a run that came to the slow files first could end at them again and again.
    """
    postponed = sinks.timed_out(options.out) if options.resume and options.out is not None else {}
    if not postponed:
        return
    log.note(f"files that timed out in the interrupted run are tried last: {len(postponed)}")
    with _open_sink(options, selection, form) as (sink, _), _near_duplicates(options) as alike:
        _FileLoop(selection, standard_input, sink, progress.ProgressOnlyLog(log), alike, postponed).clean(pool)
        sink.suspend()


def _near_duplicates(options: RunOptions) -> AbstractContextManager[NearDuplicates | None]:
    return NearDuplicates() if options.near_duplicates else nullcontext()


@contextmanager
def _open_sink(options: RunOptions, selection: Selection, form: Form) -> Iterator[tuple[sinks.Sink, tuple[str, ...]]]:
    if options.out is not None:
        names = [entry.name for entry in selection.entries] + ["-"] * ("-" in options.paths)
        key = fingerprint(options.packs) + (near_duplicates.key() if options.near_duplicates else "")
        with sinks.open_sink(options.out, names, key, options.resume, form) as sink_and_notes:
            yield sink_and_notes
        return
    try:
        yield sinks.StreamSink(sys.stdout.buffer, form), ()
    except BrokenPipeError:
        raise
    except OSError as error:
        with os_errors_as_output_errors(Path("standard output")):
            raise error


def _inputs(options: RunOptions, registry: Registry) -> dict[str, Any]:
    """The rules and options for the manifest."""
    packs, path_filter = options.packs, options.path_filter
    return {
        "rules": {
            "digest": rules_digest(packs),
            "packs": sorted(registry.packs),
            "extractors": sorted(registry.extractors),
        },
        "options": {
            "paths": [printable(path) for path in options.paths],
            "files_from": options.files_from and printable(options.files_from), "include": path_filter.include,
            "exclude": path_filter.exclude, "hidden": path_filter.hidden, "follow_links": path_filter.links,
            "rules": [printable(str(path)) for path in packs.rules],
            "learned": printable(str(packs.learned)) if packs.learned else None,
            "site_config": printable(str(packs.site_config)) if packs.site_config else None, "jobs": options.jobs,
            "timeout": options.timeout, "resume": options.resume, "format": options.format, "pretty": options.pretty,
            "keep": packs.policy.keep, "drop": packs.policy.drop, "near_duplicates": options.near_duplicates,
        },
    }  # fmt: skip


@dataclass(slots=True)
class _CurrentFile:
    """What has arrived of the file in progress."""

    counts: Counts = field(default_factory=Counts)
    failures: list[SeedcleanError] = field(default_factory=list)
    own_records: list[OwnRecordError] = field(default_factory=list)
    sketches: list[tuple[str, str]] = field(default_factory=list)


class _FileLoop:
    """Turns files into jobs, and their outcomes into records, journal entries, log lines and the summary."""

    def __init__(
        self,
        selection: Selection,
        standard_input: bytes | None,
        sink: sinks.Sink,
        log: progress.Log,
        alike: NearDuplicates | None,
        postponed: Mapping[str, JournalEntry] = MappingProxyType({}),
    ) -> None:
        self.summary = Summary()
        self._selection, self._standard_input, self._sink, self._log = selection, standard_input, sink, log
        self._alike = alike
        self._postponed = deque(postponed[entry.name] for entry in selection.entries if entry.name in postponed)
        self._earlier: dict[str, EarlierResult] = {}

    def clean(self, pool: WorkerPool) -> None:
        """Clean all files in worker processes but those that are postponed, which keep their entries in the journal.

        Raises WorkerError, and OutputError or OSError if the output cannot be written.
        """
        total = len(self._selection.entries) + (self._standard_input is not None)
        state = progress.RunProgress(total, time.monotonic())
        for error in self._selection.failures:
            self._log.failed(error)
            self.summary.failures.append(error)
        file = _CurrentFile()
        postponed = {entry.name for entry in self._postponed}
        for job, outcome in pool.outcomes(self._jobs(postponed)):
            self._postpone(job.name)
            if isinstance(outcome, FileDone):
                entry = self._finish_file(job, outcome, file)
                state.add(job.name, outcome.seconds, len(entry.failures))
                self._log.progress(state)
                file = _CurrentFile()
            else:
                self._take(job, outcome, file)
        self._postpone(None)

    def _postpone(self, next_name: str | None) -> None:
        """Enter the postponed files before a file into the journal; all that are left, without a name."""
        while self._postponed and (next_name is None or self._postponed[0].name.encode() < next_name.encode()):
            entry = self._postponed.popleft()
            self._sink.finish_file(replace(entry, counts=Counts()))

    def _jobs(self, postponed: Container[str]) -> Iterator[Job]:
        if self._standard_input is not None:
            yield Job("", "-", source=Source("-", self._standard_input), sketched=self._alike is not None)
        for entry in self._selection.entries:
            if entry.name in postponed:
                continue
            earlier = self._sink.earlier_result(entry.name)
            if earlier:
                self._earlier[entry.name] = earlier
            no_result = "" if self._sink.keeps_journal else None
            digest = earlier.entry.source_digest if earlier else no_result
            yield Job(entry.file, entry.name, digest, root=entry.root, sketched=self._alike is not None)

    def _take(self, job: Job, outcome: DocumentDone | SeedcleanError, file: _CurrentFile) -> None:
        if isinstance(outcome, DocumentDone):
            try:
                self._sink.write(job.name, outcome.path, outcome.record)
            except OutputError as error:
                outcome = error
            else:
                file.counts.add(outcome.counts)
                if outcome.sketch:
                    file.sketches.append((outcome.path, outcome.sketch))
                return
        if isinstance(outcome, OwnRecordError):
            file.own_records.append(outcome)
        else:
            file.failures.append(outcome)
            self._log.failed(outcome, _place(outcome, job))

    def _finish_file(self, job: Job, outcome: FileDone, file: _CurrentFile) -> JournalEntry:
        earlier = self._earlier.pop(job.name, None)
        if outcome.unchanged and earlier:
            entry = earlier.entry
            for error in entry.failures:
                self._log.failed(error, _place(error, job))
            self._sink.reuse(earlier)
            self.summary.reused += 1
        else:
            failures = tuple(file.failures)
            own, sketches = len(file.own_records), tuple(file.sketches)
            entry = JournalEntry(job.name, outcome.digest, 0, "", file.counts, failures, own, sketches=sketches)
            self._sink.finish_file(entry)
        if self._alike is not None:
            for path, sketch in entry.sketches:
                self._alike.add(path, sketch)
        self.summary.add(entry, file.own_records)
        return entry


def _place(error: SeedcleanError, job: Job) -> str:
    """Where an error happened, with the file's path as it was given."""
    return job.file + error.where[len(job.name) :] if error.where.startswith(job.name) else ""
