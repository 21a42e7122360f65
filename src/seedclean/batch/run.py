"""A run over many files: jobs out, outcomes in, each file into the output, the ledger and the summary, in order."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from seedclean.batch import progress
from seedclean.batch.job import Done, Finished, Job, Outcome, outcomes
from seedclean.batch.output.journal import Line
from seedclean.batch.output.resume import Known
from seedclean.batch.output.sinks import Sink
from seedclean.batch.pool import Workers
from seedclean.batch.summary import Summary
from seedclean.batch.tally import Tally
from seedclean.model.errors import OutputError, OwnRecordError, SeedcleanError
from seedclean.packs.registry import Registry
from seedclean.sources.walk import Selection


@dataclass(slots=True)
class _File:
    """What has come of the file at hand."""

    tally: Tally = field(default_factory=Tally)
    failures: list[SeedcleanError] = field(default_factory=list)
    own: list[OwnRecordError] = field(default_factory=list)


class Run:
    """One run. `standard` is what standard input held, where it is cleaned too."""

    def __init__(self, selection: Selection, standard: bytes | None, sink: Sink, told: progress.Log) -> None:
        self.summary = Summary()
        self._selection, self._standard, self._sink, self._told = selection, standard, sink, told
        self._known: dict[str, Known] = {}

    def clean(self, workers: Workers | Registry) -> None:
        """Clean everything, in the processes given or, with a registry, in this one.

        Raises WorkerError, and OutputError or OSError where the output takes no more.
        """
        total = len(self._selection.entries) + (self._standard is not None)
        state = progress.State(total, time.monotonic())
        for error in self._selection.failures:
            self._told.failed(error)
            self.summary.failures.append(error)
        found = workers.outcomes(self._jobs()) if isinstance(workers, Workers) else _here(self._jobs(), workers)
        file = _File()
        for job, outcome in found:
            if isinstance(outcome, Finished):
                line = self._end(job, outcome, file)
                state.finished(job.name, outcome.seconds, len(line.failures))
                self._told.progress(state)
                file = _File()
            else:
                self._take(job, outcome, file)

    def _jobs(self) -> Iterator[Job]:
        if self._standard is not None:
            yield Job("", "-", None, self._standard)
        for entry in self._selection.entries:
            known = self._sink.known(entry.name)
            if known:
                self._known[entry.name] = known
            asked = known.line.source if known else "" if self._sink.noted else None
            yield Job(entry.file, entry.name, asked)

    def _take(self, job: Job, outcome: Done | SeedcleanError, file: _File) -> None:
        if isinstance(outcome, Done):
            try:
                self._sink.write(job.name, outcome.path, outcome.record)
            except OutputError as error:
                outcome = error
            else:
                file.tally.add(outcome.tally)
                return
        if isinstance(outcome, OwnRecordError):
            file.own.append(outcome)
        else:
            file.failures.append(outcome)
            self._told.failed(outcome)

    def _end(self, job: Job, outcome: Finished, file: _File) -> Line:
        known = self._known.pop(job.name, None)
        if outcome.unchanged and known:
            line = known.line
            for error in line.failures:
                self._told.failed(error)
            self._sink.keep(known)
            self.summary.reused += 1
        else:
            failures = tuple(file.failures)
            line = Line(job.name, outcome.digest, 0, "", file.tally, failures, len(file.own))
            self._sink.end(line)
        self.summary.add(line, file.own)
        return line


def _here(jobs: Iterable[Job], registry: Registry) -> Iterator[tuple[Job, Outcome]]:
    return ((job, outcome) for job in jobs for outcome in outcomes(job, registry))
