"""`seedclean learn`: from files to a rule file for review, and to counts. One pass over the documents, by the worker processes of a run."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from seedclean.batch import progress
from seedclean.batch.job import DocumentDone, FileDone, Job
from seedclean.batch.output.atomic import os_errors_as_output_errors, write_atomically
from seedclean.batch.pool import TIMEOUT, WorkerPool, processors
from seedclean.learning.counts import repeats
from seedclean.learning.evidence import Row, from_line, rows, to_line
from seedclean.learning.observation import observe
from seedclean.learning.proposals import proposals
from seedclean.learning.rule_file import rule_file
from seedclean.learning.spill import Lines, Spill
from seedclean.model.errors import InputError, OwnRecordError, SeedcleanError
from seedclean.packs.registry import PackOptions
from seedclean.packs.repetition import to_lines
from seedclean.sources.walk import Entry, select


@dataclass(frozen=True, slots=True)
class LearnOptions:
    """The arguments of `seedclean learn`. `jobs` and `counts` are None if the option is not given."""

    paths: tuple[Path, ...]
    out: Path
    packs: PackOptions
    jobs: int | None
    counts: Path | None = None


def learn(options: LearnOptions) -> bool:
    """Write the rules that the documents suggest, and the counts where asked; return whether a document failed.

    Raises InputError, PackError, OutputError or WorkerError.
    """
    for file in (options.out, options.counts):
        if file is not None and file.exists():
            raise InputError(str(file), "is there already", "it may hold your review: move it, or choose another name")
    selection = select(options.paths)
    if not selection.entries:
        raise InputError(", ".join(map(str, options.paths)), "there is nothing to learn from", "name a directory")
    failures = list(selection.failures)
    count = min(options.jobs or processors(), len(selection.entries))
    with (
        progress.open_log(len(selection.entries), "text", False) as log,
        WorkerPool(count, options.packs, TIMEOUT) as pool,
        os_errors_as_output_errors(options.out),
    ):
        for error in failures:
            log.failed(error)
        with counted(_observations(selection.entries, pool, log, failures)) as corpus:
            write_atomically(options.out, corpus.rules().encode("utf-8", "replace"))
            if options.counts is not None:
                write_atomically(options.counts, corpus.counts())
    return bool(failures)


@dataclass(frozen=True, slots=True)
class Corpus:
    """What repeats in a corpus, as it lies on disk."""

    _spill: Spill
    _lines: Lines

    def rules(self) -> str:
        """The rule file that it suggests. Raises OSError."""
        chosen, left_out = proposals(map(_rows, self._lines.parts()), self._spill.scopes)
        return rule_file(chosen, self._spill.documents, left_out)

    def counts(self) -> bytes:
        """The file of counts for the classifier. Raises OSError."""
        chosen, left_out = repeats(map(_rows, self._lines.parts()), self._spill.scopes)
        return b"".join(to_lines(chosen, self._spill.documents, left_out))


@contextmanager
def counted(observations: Iterable[bytes]) -> Iterator[Corpus]:
    """Count what repeats in observations. They are read once, in any order. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix="seedclean-learn-") as name:
        folder = Path(name)
        spill = Spill(folder)
        for data in observations:
            spill.add(data)
        spill.close()
        repeated = spill.repeated()
        lines = Lines(folder)
        for observation in spill:
            for row in rows(observation, repeated):
                lines.add(row.hash // 2, to_line(row))
        yield Corpus(spill, lines)


def _rows(lines: Iterable[bytes]) -> Iterator[Row]:
    return map(from_line, lines)


def _observations(
    entries: Iterable[Entry], pool: WorkerPool, log: progress.Log, failures: list[SeedcleanError]
) -> Iterator[bytes]:
    entries = tuple(entries)
    state = progress.RunProgress(len(entries), time.monotonic())
    failed = 0
    for job, outcome in pool.outcomes(
        Job(entry.file, entry.name, root=entry.root, answer=observe) for entry in entries
    ):
        if isinstance(outcome, DocumentDone):
            yield outcome.record
        elif isinstance(outcome, FileDone):
            state.add(job.name, outcome.seconds, failed)
            log.progress(state)
            failed = 0
        elif not isinstance(outcome, OwnRecordError):
            failures.append(outcome)
            failed += 1
            log.failed(outcome)
