"""The main function of a worker process: read jobs from a pipe and send back their outcomes until the pipe closes.

A message to the parent is a pickled list of outcomes; the first one is [] when the packs are loaded.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait

from seedclean.batch.job import FileDone, Job, Outcome, outcomes
from seedclean.batch.memory import collect_rarely
from seedclean.model.errors import SeedcleanError
from seedclean.packs.registry import PackOptions


def serve(connection: Connection, packs: PackOptions) -> None:
    """Process jobs until the other end closes. If the packs cannot be loaded, the error is the only message."""
    _detach()
    try:
        registry = packs.load()
    except SeedcleanError as error:
        connection.send_bytes(pickle.dumps([error]))
        return
    collect_rarely()
    connection.send_bytes(pickle.dumps([]))
    while True:
        try:
            job: Job = pickle.loads(connection.recv_bytes())
        except (EOFError, OSError):
            return
        for message in _messages(job, outcomes(job, registry)):
            connection.send_bytes(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))


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
    """Ignore SIGINT, close standard output, and exit when the parent exits."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; the parent decides
    # a plugin's print() must not end up between the records on the parent's standard output
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent.sentinel,), daemon=True).start()


def _exit_after(sentinel: int) -> None:
    """Exit with the parent, even while the main thread is stuck in a document."""
    wait([sentinel])
    os._exit(1)
