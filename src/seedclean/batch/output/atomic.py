"""Files that appear as a whole or not at all, and the lock against a second run at the same output."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from seedclean.model.errors import OutputError


@contextmanager
def os_errors_as_output_errors(target: Path) -> Iterator[None]:
    """Raise OutputError in place of an OSError."""
    try:
        yield
    except OSError as error:
        remedy = "check the directory and its free space; `--resume` continues from here"
        raise OutputError(str(target), error.strerror or "cannot be written", remedy) from error


def sync(stream: BinaryIO) -> None:
    """Flush to disk, before `rename`: after a power cut no name may refer to missing content."""
    stream.flush()
    os.fsync(stream.fileno())


def rename(temporary: Path, target: Path) -> None:
    """Give a synced file its final name, and sync the directory."""
    os.replace(temporary, target)
    if hasattr(os, "O_DIRECTORY"):  # Windows cannot sync a directory
        directory = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)


def write_atomically(target: Path, data: bytes) -> None:
    """Write a small file by way of a temporary file beside it. Raises OSError."""
    temporary = target.with_name(f".{target.name}.part")
    with temporary.open("wb") as stream:
        stream.write(data)
        sync(stream)
    rename(temporary, target)


@contextmanager
def exclusive_lock(path: Path) -> Iterator[None]:
    """Hold a lock file while a run writes. Raises OutputError if another run holds it.

    The system releases the lock when the process ends, however it ends.
    """
    with path.open("ab") as stream:
        try:
            _lock(stream)
        except OSError as error:
            raise OutputError(
                str(path), "another run is writing here", "wait for it, or choose another output"
            ) from error
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def _lock(stream: BinaryIO) -> None:
    try:
        import fcntl
    except ModuleNotFoundError:
        import msvcrt

        stream.seek(0)
        getattr(msvcrt, "locking")(stream.fileno(), getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009  # only on Windows
    else:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
