"""The supervised processes that clean files: one for each job slot, their deadlines kept here.

Outcomes come in the order of the jobs. A worker that dies, or is ended at its deadline, costs the one file it was at;
the other jobs it held go to the process that takes its place.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from multiprocessing.connection import wait
from types import TracebackType

from seedclean.batch.job import Done, Finished, Job, Outcome
from seedclean.batch.process import Place, Slot
from seedclean.batch.worker import Setup

TIMEOUT = 600.0
"""Seconds that one document may take unless told otherwise: many times what the largest one that is read takes."""

QUEUED = 3
"""Jobs that a worker holds, so that it never waits for the next one. More would bind small files to a slow one."""

WINDOW = 256
"""How far ahead of the oldest unfinished file others are cleaned: the results of so many wait in memory at most."""

HELD_BYTES = 32 * 1024 * 1024
"""When so many bytes of records wait for an earlier file, only that file's worker is listened to; the others stop when
their pipes are full."""


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """So many processes: a context, to be used once. Raises WorkerError where none can be started."""

    def __init__(self, count: int, setup: Setup, timeout: float = TIMEOUT) -> None:
        self._slots = [Slot(setup, timeout) for _ in range(count)]
        self._order: deque[Place] = deque()
        self._held = 0

    def __enter__(self) -> Workers:
        try:
            for slot in self._slots:
                slot.start()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def _end(self) -> None:
        for slot in self._slots:
            slot.end()

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
        """Each job with its outcomes, in the order of the jobs; the last of each is Finished.

        Raises WorkerError, and PackError where a worker cannot load what its parent could.
        """
        waiting = iter(jobs)
        while self._feed(waiting):
            self._listen()
            yield from self._ripe()

    def _feed(self, waiting: Iterator[Job]) -> bool:
        """Give jobs to those who have room, by turns; whether any is unfinished."""
        for turn in range(QUEUED):
            for slot in self._slots:
                if len(slot.places) <= turn and len(self._order) < WINDOW:
                    for job in islice(waiting, 1):
                        place = Place(job)
                        self._order.append(place)
                        slot.give(place)
        return bool(self._order)

    def _listen(self) -> None:
        """Wait for answers, ends and deadlines, and take all that are there."""
        first = self._order[0]
        full = self._held > HELD_BYTES
        heard = [slot for slot in self._slots if not full or first in slot.places]
        limits = [left for slot in heard if (left := slot.seconds_left()) is not None]
        ready = set(wait([slot.connection for slot in heard], max(min(limits), 0.0)))
        for slot in self._slots:
            if slot not in heard:
                slot.restart_clock()
                continue
            left = slot.seconds_left()
            if slot.connection in ready:
                self._hold(slot.receive())
            elif left is not None and left <= 0:
                self._hold(slot.expire())

    def _hold(self, outcomes: Iterable[Outcome]) -> None:
        self._held += sum(len(outcome.record) for outcome in outcomes if isinstance(outcome, Done))

    def _ripe(self) -> Iterator[tuple[Job, Outcome]]:
        """What has come of the oldest file, and of those behind it as far as they are finished."""
        while self._order and self._order[0].outcomes:
            place = self._order[0]
            outcome = place.outcomes.popleft()
            if isinstance(outcome, Done):
                self._held -= len(outcome.record)
            elif isinstance(outcome, Finished):
                self._order.popleft()
            yield place.job, outcome
