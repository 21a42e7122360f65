"""Memory and garbage collection in processes that belong to seedclean. A program that imports seedclean keeps its own setting."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from seedclean.model import limits

_DATA_PAGES = 5
"""The place of the field of /proc/self/statm that RLIMIT_DATA bounds."""
_GENERATION_0 = 10_000
"""Allocations between two collections. A page allocates thousands of objects that live as long as it does and form no
cycles: at Python's default of 700, an eighth of the run time goes into collections."""


def limit_memory(file_bytes: int) -> None:
    """Let this process allocate only so much as a file of this size may need, where the system can see to it."""
    if sys.platform == "win32":
        return
    import resource

    soft = max(limits.WORKER_BYTES, limits.WORKER_RATIO * file_bytes)
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_DATA, (soft if hard < 0 else min(soft, hard), hard))


@contextmanager
def bounded(document_bytes: int) -> Iterator[None]:
    """Let this process allocate only so much beside what it holds as a document of this size may need, where the system tells."""
    if sys.platform != "linux":
        yield
        return
    import resource

    limits_before = resource.getrlimit(resource.RLIMIT_DATA)
    with open("/proc/self/statm", "rb") as statm:
        own = int(statm.read().split()[_DATA_PAGES]) * resource.getpagesize()
    needed = max(limits.DOCUMENT_BYTES, limits.WORKER_RATIO * document_bytes)
    bounds = [own + needed, *[bound for bound in limits_before if bound >= 0]]
    resource.setrlimit(resource.RLIMIT_DATA, (min(bounds), limits_before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, limits_before)


def collect_rarely() -> None:
    """Exempt everything loaded so far from garbage collection, and collect less often from now on."""
    gc.freeze()
    gc.set_threshold(_GENERATION_0)
