"""One worker's process as its parent sees it: the pipe, the jobs it holds, and its clock."""

from __future__ import annotations

import contextlib
import pickle
import signal
import time
from collections import deque
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from seedclean.batch.job import Finished, Job, Outcome
from seedclean.batch.worker import Answer, Setup, serve
from seedclean.model.errors import CrashedError, SeedcleanError, TimeLimitError, WorkerError

STARTS = 3
"""How often a worker may fail to start, one time after the other, before the run is given up."""

START_SECONDS = 60.0
"""How long loading all packs and plugins may take; what is built in takes half a second."""

_GONE_SECONDS = 5.0
"""How long an ended process is waited for; one that hangs in the system is left behind."""


@dataclass(slots=True, eq=False)
class Place:
    """A job's place in the order, with the outcomes that have come and are not yet taken."""

    job: Job
    outcomes: deque[Outcome] = field(default_factory=deque)


class Slot:
    """A process that is replaced when it dies. `places` are the jobs it holds; it works on the first."""

    def __init__(self, setup: Setup, timeout: float) -> None:
        self.places: deque[Place] = deque()
        self._setup = setup
        self._timeout = timeout
        self._ready = False
        self._failed = 0
        self._since = 0.0
        self._process: BaseProcess | None = None
        self.connection: Connection

    def start(self) -> None:
        """Start a process. Raises WorkerError where the system refuses again and again."""
        context = get_context("spawn")
        while True:
            try:
                self.connection, theirs = context.Pipe()
                process = context.Process(target=serve, args=(theirs, self._setup), daemon=True)
                process.start()
                break
            except OSError as error:
                self._failing(error.strerror or "cannot be started")
                time.sleep(0.1)  # what the system lacks, processes or memory, others may give back
        theirs.close()
        self._process, self._ready = process, False
        self.restart_clock()

    def end(self) -> None:
        """End the process at once: it holds nothing that is not here too."""
        if self._process is not None:
            self._process.kill()
            self._process.join(_GONE_SECONDS)
            self.connection.close()
            self._process = None

    def give(self, place: Place) -> None:
        """One more job, behind those it holds."""
        self.places.append(place)
        if self._ready:
            self._send(place.job)
        if len(self.places) == 1:
            self.restart_clock()

    def receive(self) -> list[Outcome]:
        """Take an answer that is there, or the end of the process; the outcomes that came with it.

        Raises WorkerError where processes die again and again before they take a job, and what they cannot load.
        """
        try:
            answer: Answer = pickle.loads(self.connection.recv_bytes())
        except (EOFError, OSError):
            return self._died()
        self.restart_clock()
        if not self._ready:
            self._begin(answer)
            return []
        return self._put(answer)

    def seconds_left(self) -> float | None:
        """Until the deadline of what it is at; None while it has nothing to do."""
        limit = START_SECONDS if not self._ready else self._timeout if self.places else None
        return None if limit is None else limit - (time.monotonic() - self._since)

    def restart_clock(self) -> None:
        """A document begins now, or its time while nobody listened does not count."""
        self._since = time.monotonic()

    def expire(self) -> list[Outcome]:
        """End the process because its time is up; the outcomes that brings."""
        if not self._ready:
            return self._died()
        what, remedy = f"took longer than {self._timeout:g} seconds", "give more with --timeout, or leave it out"
        return self._lost(TimeLimitError(self.places[0].job.name, what, remedy))

    def _begin(self, answer: Answer) -> None:
        for outcome in answer:
            if isinstance(outcome, SeedcleanError):
                raise outcome
        self._ready, self._failed = True, 0
        for place in self.places:
            self._send(place.job)

    def _send(self, job: Job) -> None:
        with contextlib.suppress(OSError):  # a process that has gone is noticed where its answers are awaited
            self.connection.send_bytes(pickle.dumps(job))

    def _put(self, answer: Answer) -> list[Outcome]:
        self.places[0].outcomes.extend(answer)
        if isinstance(answer[-1], Finished):
            self.places.popleft()
        return answer

    def _died(self) -> list[Outcome]:
        if self._process is not None:
            self._process.join(_GONE_SECONDS)
        code = self._process.exitcode if self._process is not None else None
        if not self._ready:
            self._failing(_end(code))
        if not self._ready or not self.places:
            self.end()
            self.start()
            return []
        remedy = "report it, unless memory was short or someone ended it"
        return self._lost(CrashedError(self.places[0].job.name, f"its worker was {_end(code)}", remedy))

    def _lost(self, error: SeedcleanError) -> list[Outcome]:
        seconds = time.monotonic() - self._since
        self.end()
        answer = self._put([error, Finished("", False, seconds)])
        self.start()
        return answer

    def _failing(self, what: str) -> None:
        self._failed += 1
        if self._failed >= STARTS:
            remedy = "use fewer --jobs, free memory, or look into the plugins installed"
            raise WorkerError("workers", f"{STARTS} in a row did not start; the last was {what}", remedy)


def _end(code: int | None) -> str:
    if code is None:
        return "lost"
    if code >= 0:
        return f"ended with exit code {code}"
    with contextlib.suppress(ValueError):
        return f"ended by {signal.Signals(-code).name}"
    return f"ended by signal {-code}"
