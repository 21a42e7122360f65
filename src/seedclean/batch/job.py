"""One file in a worker: each of its documents gives a record or an error."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from seedclean.batch.counts import Counts
from seedclean.batch.near_duplicates import sketch
from seedclean.model.document import Source
from seedclean.model.errors import SeedcleanError
from seedclean.packs.registry import Registry
from seedclean.pipeline import attempt, examine, unexpected
from seedclean.record.assembly import Cleaned
from seedclean.sources.files import DocumentFile, open_documents

Answer = Callable[[Cleaned, Registry], bytes]
Bound = Callable[[int], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Job:
    """A file to clean. `name` is the path in its records; `source` replaces the file, as for standard input.

    `root` is that of `sources.walk.Entry`.
    `known_digest` is the SHA-256 (hex) of the bytes that an earlier run has results for, "" if there are none, and None
    if the run keeps no journal and needs no digest. `answer` says in other words than a record what came of a document;
    it is a function of a module, so that a worker can import it. `sketched` asks for sketches of the texts.
    """

    file: str
    name: str
    known_digest: str | None = None
    source: Source | None = None
    root: str = ""
    answer: Answer | None = None
    sketched: bool = False

    @property
    def size(self) -> int:
        """The bytes to clean; 0 if the file is missing."""
        try:
            return os.stat(self.file).st_size if self.source is None else len(self.source.data)
        except OSError:
            return 0


@dataclass(frozen=True, slots=True)
class DocumentDone:
    """The canonical JSON record of one document, or the answer of its job, with the record's path and its counts.

    `sketch` is that of `near_duplicates`, empty if the job asks for none or the document has no text of its own.
    """

    path: str
    record: bytes
    counts: Counts
    sketch: str = ""


@dataclass(frozen=True, slots=True)
class FileDone:
    """The end of a file: SHA-256 (hex) of its bytes, whether that equals `Job.known_digest`, and the seconds it took.

    `digest` is "" if the file could not be read or the run keeps no journal.
    """

    digest: str
    unchanged: bool
    seconds: float


Outcome = DocumentDone | SeedcleanError | FileDone


def unbounded(document_bytes: int) -> AbstractContextManager[None]:
    """No bound of memory: in a process that is not a worker."""
    return nullcontext()


def outcomes(job: Job, registry: Registry, bounded: Bound = unbounded) -> Iterator[Outcome]:
    """The outcome of each document in source order, then FileDone. Skips the documents of an unchanged file. Never raises.

    `bounded` is entered around the work on a document, with its size in bytes.
    """
    start = time.perf_counter()
    digest, unchanged = "", False
    try:
        with _open(job) as file:
            if job.known_digest is not None:
                digest = file.digest
                unchanged = digest == job.known_digest
            if not unchanged:
                for source in file.documents():
                    if isinstance(source, SeedcleanError):
                        yield source
                    else:
                        yield attempt(source.path, partial(_done, source, registry, job, bounded))
    except SeedcleanError as error:
        yield error
    except Exception as error:  # noqa: BLE001  # process boundary: a bug in a reader costs this file, not the run
        yield unexpected(job.name, error)
    yield FileDone(digest, unchanged, time.perf_counter() - start)


def _open(job: Job) -> AbstractContextManager[DocumentFile]:
    if job.source is not None:
        return nullcontext(DocumentFile(job.name, job.source))
    return open_documents(Path(job.file), job.name, job.root)


def _done(source: Source, registry: Registry, job: Job, bounded: Bound) -> DocumentDone:
    with bounded(len(source.data)):
        return _cleaned(source, registry, job)


def _cleaned(source: Source, registry: Registry, job: Job) -> DocumentDone:
    cleaned = examine(source, registry)
    record, counts = cleaned.record, Counts.of(cleaned)
    answer = job.answer(cleaned, registry) if job.answer else None
    del cleaned  # of many blocks it takes more memory than the record
    own = job.sketched and record.status in ("ok", "partial")
    return DocumentDone(
        source.path, record.to_json() if answer is None else answer, counts, sketch(record.text) if own else ""
    )
