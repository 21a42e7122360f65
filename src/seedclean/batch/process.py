"""One worker process as its parent sees it: the pipe, the jobs assigned to it, and its deadline."""

from __future__ import annotations

import contextlib
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from seedclean.batch.job import FileDone, Job, Outcome
from seedclean.batch.worker import serve
from seedclean.model.errors import CrashedError, SeedcleanError, TimeLimitError, WorkerError

STARTS = 3
"""After so many failed starts in a row the run is given up."""

START_SECONDS = 60.0
"""Time limit for the imports of a worker, and for loading plugins; it takes a third of a second without any."""

_JOIN_SECONDS = 5.0
"""Time limit for the exit of a killed process; one that hangs in a system call is abandoned."""


@dataclass(slots=True, eq=False)
class PendingJob:
    """A job that is not finished, with the outcomes that have arrived and wait for their turn in the output."""

    job: Job
    outcomes: deque[Outcome] = field(default_factory=deque)


class WorkerProcess:
    """A worker that is replaced when it dies. `pending` are the jobs assigned to it; it works on the first.

    `packs` gives the message that holds the packs, and raises PackError. `timeout` is the time limit in seconds for one document.
    """

    def __init__(self, packs: Callable[[], bytes], timeout: float) -> None:
        self.pending: deque[PendingJob] = deque()
        self._packs = packs
        self._timeout = timeout
        self._ready = False
        self._failed_starts = 0
        self._clock_start = 0.0
        self._process: BaseProcess | None = None
        self.connection: Connection

    def start(self) -> None:
        """Start a process. Raises WorkerError after STARTS refusals of the system in a row."""
        context = get_context("spawn")
        while True:
            try:
                self.connection, child_end = context.Pipe()
                process = context.Process(target=serve, args=(child_end, self._timeout), daemon=True)
                process.start()
                break
            except OSError as error:
                self._count_failed_start(f"failed: {error.strerror or 'cannot be started'}")
                time.sleep(0.1)  # other programs may release processes or memory meanwhile
        child_end.close()
        self._process, self._ready = process, False
        self.restart_clock()

    def kill(self) -> None:
        """Kill the process. Nothing is lost: the parent has all its jobs and outcomes."""
        if self._process is not None:
            self._process.kill()
            self._process.join(_JOIN_SECONDS)
            self.connection.close()
            self._process = None

    def assign(self, pending: PendingJob) -> None:
        """Add a job to the end of the queue."""
        self.pending.append(pending)
        if self._ready:
            self._send(pickle.dumps(pending.job))
        if len(self.pending) == 1:
            self.restart_clock()

    def receive(self) -> list[Outcome]:
        """Read one message, or notice the end of the process; return the new outcomes.

        Raises WorkerError after STARTS failed starts in a row, and PackError where the packs cannot be loaded.
        """
        try:
            message: list[Outcome] | None = pickle.loads(self.connection.recv_bytes())
        except (EOFError, OSError):
            return self._handle_exit()
        self.restart_clock()
        if message is None:
            self._send(self._packs())
            return []
        if not self._ready:
            self._mark_ready(message)
            return []
        return self._deliver(message)

    def seconds_left(self) -> float | None:
        """Seconds until the deadline of the current task; None without one."""
        limit = START_SECONDS if not self._ready else self._timeout if self.pending else None
        return None if limit is None else limit - (time.monotonic() - self._clock_start)

    def restart_clock(self) -> None:
        """Restart the time limit: a document begins, or the parent did not read from the pipe meanwhile."""
        self._clock_start = time.monotonic()

    def expire(self) -> list[Outcome]:
        """Kill the process at its deadline; return the outcomes of the file it worked on."""
        if not self._ready:
            return self._handle_exit()
        what, remedy = f"took longer than {self._timeout:g} seconds", "raise --timeout, or exclude the file"
        return self._fail_current(TimeLimitError(self.pending[0].job.name, what, remedy))

    def _mark_ready(self, message: list[Outcome]) -> None:
        for outcome in message:
            if isinstance(outcome, SeedcleanError):
                raise outcome
        self._ready, self._failed_starts = True, 0
        for pending in self.pending:
            self._send(pickle.dumps(pending.job))

    def _send(self, message: bytes) -> None:
        with contextlib.suppress(OSError):  # `receive` notices that the process has exited
            self.connection.send_bytes(message)

    def _deliver(self, message: list[Outcome]) -> list[Outcome]:
        self.pending[0].outcomes.extend(message)
        if isinstance(message[-1], FileDone):
            self.pending.popleft()
        return message

    def _handle_exit(self) -> list[Outcome]:
        if self._process is not None:
            self._process.join(_JOIN_SECONDS)
        code = self._process.exitcode if self._process is not None else None
        if not self._ready:
            self._count_failed_start(_exit_description(code))
        if not self._ready or not self.pending:
            self.kill()
            self.start()
            return []
        remedy = "report it, unless memory ran out or someone killed the process"
        return self._fail_current(
            CrashedError(self.pending[0].job.name, f"its worker {_exit_description(code)}", remedy)
        )

    def _fail_current(self, error: SeedcleanError) -> list[Outcome]:
        seconds = time.monotonic() - self._clock_start
        self.kill()
        message = self._deliver([error, FileDone("", False, seconds)])
        self.start()
        return message

    def _count_failed_start(self, reason: str) -> None:
        self._failed_starts += 1
        if self._failed_starts >= STARTS:
            remedy = "use fewer --jobs, free memory, or check the installed plugins"
            raise WorkerError("workers", f"{STARTS} in a row did not start; the last one {reason}", remedy)


def _exit_description(code: int | None) -> str:
    """The end of a process as the predicate of a sentence; `code` is that of `Process.exitcode`."""
    if code is None:
        return "did not exit"
    if code >= 0:
        return f"exited with code {code}"
    with contextlib.suppress(ValueError):
        return f"was killed by {signal.Signals(-code).name}"
    return f"was killed by signal {-code}"
