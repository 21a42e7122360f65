"""The main function of a worker process: read jobs from a pipe and send back their outcomes until the pipe closes.

The first message to the parent is a pickled None and asks for the packs, the second one is [] when they are there; the others are
lists of outcomes.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait

from seedclean.batch.job import FileDone, Job, Outcome, outcomes
from seedclean.batch.memory import bounded, collect_rarely, limit_memory
from seedclean.model.errors import SeedcleanError
from seedclean.packs.registry import PackOptions, Registry

_GRACE_SECONDS = 5.0
"""The parent kills a worker at the time limit; one that has outlived its parent ends so many seconds after it."""

_PR_SET_PDEATHSIG = 1
"""The code of <linux/prctl.h> for the signal that a process gets when its parent dies."""


def packs_message(packs: PackOptions) -> bytes:
    """The answer to a worker that asks for the packs. Raises PackError.

    It holds the packs themselves: to read them from it takes a twentieth of the time of loading them. Extractors in code may not be
    fit for it, so where there are some, each worker loads them.
    """
    registry = packs.load()
    return pickle.dumps(packs if registry.extractors else registry, pickle.HIGHEST_PROTOCOL)


def serve(connection: Connection, timeout: float) -> None:
    """Process jobs until the other end closes. If the packs cannot be loaded, the error is the last message.

    `timeout` is the time limit in seconds for one document.
    """
    _detach()
    try:
        connection.send_bytes(pickle.dumps(None))
        packs: Registry | PackOptions = pickle.loads(connection.recv_bytes())
    except (EOFError, OSError):
        return
    try:
        registry = packs.load() if isinstance(packs, PackOptions) else packs
    except SeedcleanError as error:
        connection.send_bytes(pickle.dumps([error]))
        return
    collect_rarely()
    # warnings of libraries must not stand between the lines of the log; what keeps a worker from starting is printed
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    connection.send_bytes(pickle.dumps([]))
    while True:
        try:
            job: Job = pickle.loads(connection.recv_bytes())
        except (EOFError, OSError):
            return
        limit_memory(job.size)
        for message in _messages(job, watched(outcomes(job, registry, bounded), timeout + _GRACE_SECONDS)):
            connection.send_bytes(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))


def watched(results: Iterator[Outcome], seconds: float) -> Iterator[Outcome]:
    """The same results. The process ends when one takes longer, even while a library holds the interpreter's lock.

    The thread that counts belongs to `faulthandler` and needs no lock.
    """
    with open(os.devnull, "w") as nowhere:
        while True:
            faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
            try:
                outcome = next(results, None)
            finally:
                faulthandler.cancel_dump_traceback_later()
            if outcome is None:
                return
            yield outcome


def _messages(job: Job, results: Iterator[Outcome]) -> Iterator[list[Outcome]]:
    """One message for a file that is a single document; for a container, one for each member as soon as it is done."""
    message: list[Outcome] = []
    for outcome in results:
        message.append(outcome)
        path = getattr(outcome, "path", "") or getattr(outcome, "where", "")
        if isinstance(outcome, FileDone) or path != job.name:
            yield message
            message = []


def _detach() -> None:
    """Ignore SIGINT, close standard output, and exit when the parent exits, however it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; the parent decides
    # a plugin's print() must not end up between the records on the parent's standard output
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    parent = multiprocessing.parent_process()
    if parent is not None:
        _die_with_parent(parent)
        threading.Thread(target=_exit_after, args=(parent.sentinel,), daemon=True).start()


def _die_with_parent(parent: multiprocessing.process.BaseProcess) -> None:
    """Where the system can, have it kill this process with its parent: the thread below waits for the interpreter's lock."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent.pid:  # it died before the call
            os._exit(1)


def _exit_after(sentinel: int) -> None:
    """Exit with the parent, even while the main thread is stuck in a document."""
    wait([sentinel])
    os._exit(1)
