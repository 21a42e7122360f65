"""A worker's process: it takes jobs from a pipe and answers with what became of each, until the pipe closes."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path

from seedclean.batch.job import Finished, Job, Outcome, outcomes
from seedclean.batch.memory import collect_seldom
from seedclean.model.errors import SeedcleanError
from seedclean.packs.registry import load

Answer = list[Outcome]
"""Some outcomes of the job at hand, in order; an empty one says that the worker is ready."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker loads before it begins."""

    rules: tuple[Path, ...] = ()
    site_config: Path | None = None


def serve(connection: Connection, setup: Setup) -> None:
    """Answer jobs until the other end closes. What cannot be loaded is the first and only answer."""
    _apart()
    try:
        registry = load(setup.rules, setup.site_config)
    except SeedcleanError as error:
        connection.send_bytes(pickle.dumps([error]))
        return
    collect_seldom()
    connection.send_bytes(pickle.dumps([]))
    while True:
        try:
            job: Job = pickle.loads(connection.recv_bytes())
        except (EOFError, OSError):
            return
        for answer in _answers(job, outcomes(job, registry)):
            connection.send_bytes(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))


def _answers(job: Job, found: Iterator[Outcome]) -> Iterator[Answer]:
    """The outcomes of a file that is a document as one answer; those of a container one by one, each as it comes."""
    held: Answer = []
    for outcome in found:
        held.append(outcome)
        where = getattr(outcome, "path", "") or getattr(outcome, "where", "")
        if isinstance(outcome, Finished) or where != job.name:
            yield held
            held = []


def _apart() -> None:
    """Keep the process from what is its parent's: the keyboard, standard output, and a life after the parent's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; the parent decides
    # what a plugin prints must not come between the records on standard output, or the lines of a log
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    """End with the parent, even inside a document that never ends."""
    wait([sentinel])
    os._exit(1)
