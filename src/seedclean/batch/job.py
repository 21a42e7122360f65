"""What a worker does with one file: its documents are cleaned one by one, and each has a record or an error."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from seedclean.batch.tally import Tally
from seedclean.model.document import Source
from seedclean.model.errors import CrashedError, InternalError, SeedcleanError
from seedclean.packs.registry import Registry
from seedclean.pipeline import examine
from seedclean.sources.containers import unpack
from seedclean.sources.files import sources


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be cleaned, under the path its record will bear; `data` is what it holds where no file does.

    `known` is the SHA-256 of the bytes whose results are there already; "" where none are, None where nobody will ask
    for it again.
    """

    file: str
    name: str
    known: str | None = None
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """One document's record in canonical JSON, the path it bears, and its counts."""

    path: str
    record: bytes
    tally: Tally


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of a file: the SHA-256 of its bytes, whether they are the ones known, and how many seconds it took."""

    digest: str
    unchanged: bool
    seconds: float


Outcome = Done | SeedcleanError | Finished


def outcomes(job: Job, registry: Registry) -> Iterator[Outcome]:
    """What becomes of each document of a file, in its order, and at last Finished. Raises nothing."""
    begun = time.perf_counter()
    digest, unchanged = "", False

    def wanted(found: str) -> bool:
        nonlocal digest, unchanged
        digest, unchanged = found, found == job.known
        return not unchanged

    asked = wanted if job.known is not None else None
    try:
        found = sources(Path(job.file), job.name, asked) if job.data is None else unpack(Source(job.name, job.data))
        for source in found:
            yield source if isinstance(source, SeedcleanError) else _outcome(source, registry)
    except Exception as error:  # noqa: BLE001  # the process boundary: a reader's mistake ends its file, not the run
        yield _unforeseen(job.name, error)
    yield Finished(digest, unchanged, time.perf_counter() - begun)


def _outcome(source: Source, registry: Registry) -> Done | SeedcleanError:
    try:
        cleaned = examine(source, registry)
        return Done(source.path, cleaned.record.to_json(), Tally.of(cleaned))
    except SeedcleanError as error:
        return error
    except Exception as error:  # noqa: BLE001  # the process boundary: our mistake costs one document
        return _unforeseen(source.path, error)


def _unforeseen(where: str, error: Exception) -> SeedcleanError:
    if isinstance(error, MemoryError):
        return CrashedError(where, "there was not enough memory", "use fewer --jobs, or leave the file out")
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" in {trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace else ""
    return InternalError(where, f"{type(error).__name__}: {str(error)[:200]}{place}", "a mistake of seedclean's")
