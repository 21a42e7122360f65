"""The journal of a run, `OUTPUT.ledger`: one line for each finished file, from which a later run continues.

A line holds the digest of the file and the size and digest of its records, so that a resuming run can verify both. The
header holds the fingerprint of code, rules and libraries. Every line is signed: one that another user wrote does not hold.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from seedclean.batch.counts import Counts
from seedclean.batch.output.atomic import create, sync
from seedclean.batch.output.signature import signed, verified
from seedclean.model.errors import SeedcleanError, restored

TRANSIENT = frozenset({"crashed", "timeout", "internal", "unreadable", "output"})
"""Error codes that another attempt may avoid: a file with one of them is always cleaned again."""

_FLUSH_SECONDS = 1.0
"""A killed run loses at most the work of so many seconds, besides the files in progress."""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A finished file: its path and SHA-256 (hex), and the size in bytes and SHA-256 (hex) of its records' lines.

    `own_records` is the number of seedclean's own records in it, which are skipped. `files` are the names of its record
    files if the output is a directory. `sketches` are the paths of its documents with their sketches, if the run takes any.
    """

    name: str
    source_digest: str
    size: int
    digest: str
    counts: Counts
    failures: tuple[SeedcleanError, ...] = ()
    own_records: int = 0
    files: tuple[str, ...] = ()
    sketches: tuple[tuple[str, str], ...] = ()

    @property
    def is_repeatable(self) -> bool:
        """Whether cleaning the same bytes again would give the same results."""
        return bool(self.source_digest) and not any(error.code in TRANSIENT for error in self.failures)

    def to_json(self) -> bytes:
        """The journal's entry for this file."""
        failures = [(error.code, error.where, error.what, error.remedy) for error in self.failures]
        data = {
            "name": self.name, "source": self.source_digest, "size": self.size, "digest": self.digest,
            "tally": self.counts, "failures": failures, "own": self.own_records, "files": self.files,
            **({"sketches": self.sketches} if self.sketches else {}),
        }  # fmt: skip
        return orjson.dumps(data)

    @classmethod
    def from_json(cls, body: bytes) -> JournalEntry:
        """Parse an entry. Raises ValueError, KeyError or TypeError for one of another form."""
        data: dict[str, Any] = orjson.loads(body)
        failures = tuple(restored(*error) for error in data["failures"])
        counts = Counts.from_dict(data["tally"])
        return cls(
            data["name"],
            data["source"],
            data["size"],
            data["digest"],
            counts,
            failures,
            data["own"],
            tuple(data["files"]),
            tuple((path, sketch) for path, sketch in data.get("sketches", ())),
        )


def _header(fingerprint: str) -> bytes:
    return orjson.dumps({"seedclean-ledger": 2, "fingerprint": fingerprint})


def read(path: Path, key: bytes, fingerprint: str = "") -> Iterator[JournalEntry]:
    """The entries of a journal up to the first line that is torn or that this key has not signed.

    None if the file is missing or has another fingerprint; with the fingerprint "" the journal of any is read. Raises
    OSError if the file exists and cannot be read: taking it for missing would leave files of deleted sources in the output.
    """
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        return
    with stream:
        try:
            header = verified(key, b"", stream.readline())
        except ValueError:
            return
        if fingerprint and header != _header(fingerprint):
            return
        for line in stream:
            try:
                entry = JournalEntry.from_json(verified(key, header, line))
            except (ValueError, KeyError, TypeError):
                return
            yield entry


def is_foreign(path: Path, key: bytes) -> bool:
    """Whether a journal exists that this key has not signed: nothing in it holds. Raises OSError."""
    try:
        with path.open("rb") as stream:
            verified(key, b"", stream.readline())
    except FileNotFoundError:
        return False
    except ValueError:
        return True
    return False


class JournalWriter:
    """Writes a journal. For each file: `add_record` for each of its records, then `finish_file`; or `repeat`."""

    def __init__(self, stream: BinaryIO, key: bytes, header: bytes) -> None:
        self._stream, self._key, self._header = stream, key, header
        self._digest = hashlib.sha256()
        self._output_digest = hashlib.sha256()
        self._size = 0
        self._files: list[str] = []
        self._last_flush = time.monotonic()
        self.is_empty = True

    @classmethod
    @contextmanager
    def create(cls, path: Path, key: bytes, fingerprint: str) -> Iterator[JournalWriter]:
        """Start a new journal. Raises OSError."""
        header = _header(fingerprint)
        with create(path) as stream:
            stream.write(signed(key, b"", header))
            stream.flush()
            yield cls(stream, key, header)

    @property
    def output_digest(self) -> str:
        """`sha256:` and the hash over the names and digests of all record files."""
        return f"sha256:{self._output_digest.hexdigest()}"

    def add_record(self, line: bytes, file: str = "") -> None:
        """Account for a record's line; `file` is the name of its record file if it has one of its own."""
        self._digest.update(line)
        self._size += len(line)
        if file:
            self._files.append(file)

    def finish_file(self, entry: JournalEntry, flush: Callable[[], None] | None = None) -> int:
        """Write the entry of the current file, completed by size, digest and files; return the size of its records.

        `flush` flushes the records, which must reach the system before the journal refers to them.
        """
        entry = replace(entry, size=self._size, digest=self._digest.hexdigest(), files=tuple(self._files))
        self._digest, self._size, self._files = hashlib.sha256(), 0, []
        return self.repeat(entry, flush)

    def repeat(self, entry: JournalEntry, flush: Callable[[], None] | None = None) -> int:
        """Write the complete entry of an earlier run; return the size of its records."""
        self._output_digest.update("\0".join([*entry.files, entry.digest, ""]).encode())
        self._stream.write(signed(self._key, self._header, entry.to_json()))
        self.is_empty = False
        now = time.monotonic()
        if now - self._last_flush > _FLUSH_SECONDS:
            if flush:
                flush()
            self._stream.flush()
            self._last_flush = now
        return entry.size

    def sync(self) -> None:
        """Flush the journal to disk."""
        sync(self._stream)
