"""A pool of supervised worker processes. Outcomes come in the order of the jobs.

A worker that crashes or exceeds its time limit costs the file it worked on; a new process takes over its other jobs.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cache, partial
from itertools import islice
from multiprocessing.connection import wait
from types import TracebackType

from seedclean.batch.job import DocumentDone, FileDone, Job, Outcome
from seedclean.batch.process import PendingJob, WorkerProcess
from seedclean.batch.worker import packs_message
from seedclean.packs.registry import PackOptions

TIMEOUT = 600.0
"""Default time limit for one document in seconds: a document of `limits.SOURCE_BYTES` takes less than half of it, at about
0.5 s for each MB (docs/speed.md)."""

JOBS_PER_WORKER = 3
"""Jobs assigned to a worker at a time, so that it never waits for the next one. More would queue small files behind a
slow one."""

WINDOW = 256
"""Files that may be in progress at a time: at most so many results wait in memory for the oldest file."""

WAITING_BYTES = 32 * 1024 * 1024
"""When so many bytes of records wait for the oldest file, the parent reads from that file's worker alone; the others
block as soon as their pipes are full."""


def processors() -> int:
    """The number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class WorkerPool:
    """A fixed number of worker processes, as a context manager for one use. Entering raises WorkerError if none starts."""

    def __init__(self, count: int, packs: PackOptions, timeout: float = TIMEOUT) -> None:
        message = cache(partial(packs_message, packs))
        self._workers = [WorkerProcess(message, timeout) for _ in range(count)]
        self._pending: deque[PendingJob] = deque()
        self._waiting_bytes = 0

    def __enter__(self) -> WorkerPool:
        try:
            for worker in self._workers:
                worker.start()
        except BaseException:
            self._kill()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._kill()

    def _kill(self) -> None:
        for worker in self._workers:
            worker.kill()

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
        """Each job with each of its outcomes, in the order of the jobs; the last outcome of a job is FileDone.

        Takes jobs from the iterable up to WINDOW files ahead. Raises WorkerError, and PackError if the packs
        cannot be loaded.
        """
        queue = iter(jobs)
        while self._assign(queue):
            self._receive()
            yield from self._ordered_outcomes()

    def _assign(self, queue: Iterator[Job]) -> bool:
        """Assign jobs round-robin to workers with room; return whether any job is unfinished."""
        for length in range(JOBS_PER_WORKER):
            for worker in self._workers:
                if len(worker.pending) <= length and len(self._pending) < WINDOW:
                    for job in islice(queue, 1):
                        pending = PendingJob(job)
                        self._pending.append(pending)
                        worker.assign(pending)
        return bool(self._pending)

    def _receive(self) -> None:
        """Wait for messages, exits and deadlines, and handle all that are due."""
        oldest = self._pending[0]
        is_full = self._waiting_bytes > WAITING_BYTES
        active = [worker for worker in self._workers if not is_full or oldest in worker.pending]
        deadlines = [seconds for worker in active if (seconds := worker.seconds_left()) is not None]
        ready = set(wait([worker.connection for worker in active], max(min(deadlines), 0.0)))
        for worker in self._workers:
            if worker not in active:
                worker.restart_clock()
                continue
            seconds = worker.seconds_left()
            if worker.connection in ready:
                self._count_bytes(worker.receive())
            elif seconds is not None and seconds <= 0:
                self._count_bytes(worker.expire())

    def _count_bytes(self, outcomes: Iterable[Outcome]) -> None:
        self._waiting_bytes += sum(len(outcome.record) for outcome in outcomes if isinstance(outcome, DocumentDone))

    def _ordered_outcomes(self) -> Iterator[tuple[Job, Outcome]]:
        """The outcomes of the oldest file so far, and of the files after it once it is finished."""
        while self._pending and self._pending[0].outcomes:
            pending = self._pending[0]
            outcome = pending.outcomes.popleft()
            if isinstance(outcome, DocumentDone):
                self._waiting_bytes -= len(outcome.record)
            elif isinstance(outcome, FileDone):
                self._pending.popleft()
            yield pending.job, outcome
