"""The ledger of a run: a line for each file that is finished, from which another run can go on.

It lies beside the output. A line tells the hash of the file, how many bytes of output it gave and their hash, so that
whoever goes on can see for himself whether both still hold. The first line tells what records depend on besides.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from seedclean.batch.output.atomic import settle
from seedclean.batch.tally import Tally
from seedclean.model.errors import SeedcleanError, restored

PASSING = frozenset({"crashed", "timeout", "internal", "unreadable", "output"})
"""Errors that another attempt may be spared: files with one of them are always cleaned again."""


_FLUSH_SECONDS = 1.0
"""What a killed run loses at most, besides what was in flight."""


@dataclass(frozen=True, slots=True)
class Line:
    """A file that is finished: its path and SHA-256, its output's size and SHA-256, and what is told of it.

    `own` counts the records of seedclean in it, `files` are the files it became where the output is a directory.
    """

    name: str
    source: str
    size: int
    digest: str
    tally: Tally
    failures: tuple[SeedcleanError, ...] = ()
    own: int = 0
    files: tuple[str, ...] = field(default_factory=tuple)

    @property
    def holds(self) -> bool:
        """Whether the same bytes would give the same again."""
        return bool(self.source) and not any(error.code in PASSING for error in self.failures)

    def to_json(self) -> bytes:
        """The line, with its line feed."""
        failures = [(error.code, error.where, error.what, error.remedy) for error in self.failures]
        data = {
            "name": self.name, "source": self.source, "size": self.size, "digest": self.digest,
            "tally": self.tally, "failures": failures, "own": self.own, "files": self.files,
        }  # fmt: skip
        return orjson.dumps(data) + b"\n"

    @classmethod
    def from_json(cls, data: bytes) -> Line:
        """A line again. Raises ValueError, KeyError or TypeError where it is none: torn, or not of this form."""
        found: dict[str, Any] = orjson.loads(data)
        tally = Tally.from_dict(found.pop("tally"))
        failures = tuple(restored(*error) for error in found.pop("failures"))
        return cls(**{**found, "tally": tally, "failures": failures, "files": tuple(found["files"])})


def _head(fingerprint: str) -> bytes:
    return orjson.dumps({"seedclean-ledger": 1, "fingerprint": fingerprint}) + b"\n"


def read(path: Path, fingerprint: str = "") -> Iterator[Line]:
    """The lines of a ledger up to the first that is torn; none where it is missing, or of another fingerprint than asked.

    Raises OSError where it is there and cannot be read: what it speaks of must not be forgotten.
    """
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        return
    with stream:
        if stream.readline() != _head(fingerprint) and fingerprint:
            return
        for data in stream:
            try:
                line = Line.from_json(data)
            except (ValueError, KeyError, TypeError):
                return
            yield line


class Book:
    """A ledger that is being written: what is written of a file is told to it, and then that the file is finished."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self._all = hashlib.sha256()
        self._size = 0
        self._files: list[str] = []
        self._flushed = time.monotonic()
        self.empty = True

    @classmethod
    @contextmanager
    def opened(cls, path: Path, fingerprint: str) -> Iterator[Book]:
        """A new ledger."""
        with path.open("wb") as stream:
            stream.write(_head(fingerprint))
            stream.flush()
            yield cls(stream)

    @property
    def digest(self) -> str:
        """The hash of the names and hashes of all that was written."""
        return f"sha256:{self._all.hexdigest()}"

    def wrote(self, data: bytes, file: str = "") -> None:
        """Something was written for the file at hand, into a file of its own where one is named."""
        self._digest.update(data)
        self._size += len(data)
        if file:
            self._files.append(file)

    def end(self, line: Line, flush: Callable[[], None] | None = None) -> int:
        """The file at hand is finished; how many bytes it gave. `flush` brings out what the ledger speaks of, before it."""
        files = tuple(self._files)
        line = replace(line, size=self._size, digest=self._digest.hexdigest(), files=files)
        self._digest, self._size, self._files = hashlib.sha256(), 0, []
        return self.keep(line, flush)

    def keep(self, line: Line, flush: Callable[[], None] | None = None) -> int:
        """Note a line as it is."""
        self._all.update("\0".join([*line.files, line.digest, ""]).encode())
        self._stream.write(line.to_json())
        self.empty = False
        now = time.monotonic()
        if now - self._flushed > _FLUSH_SECONDS:
            if flush:
                flush()
            self._stream.flush()
            self._flushed = now
        return line.size

    def settle(self) -> None:
        """Bring all of it to the disk."""
        settle(self._stream)
