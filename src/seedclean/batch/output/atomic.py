"""Files that appear whole or not at all, and a lock against a second run at the same place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from seedclean.model.errors import OutputError


@contextmanager
def errors_named(target: Path) -> Iterator[None]:
    """What the system refuses, as an error of ours."""
    try:
        yield
    except OSError as error:
        remedy = "check the directory and its space; `--resume` goes on from here"
        raise OutputError(str(target), error.strerror or "cannot be written", remedy) from error


def settle(stream: BinaryIO) -> None:
    """Bring what was written to the disk: a name must not survive a power cut that its content does not."""
    stream.flush()
    os.fsync(stream.fileno())


def rename(temporary: Path, target: Path) -> None:
    """Give a settled file its name, for good."""
    os.replace(temporary, target)
    if hasattr(os, "O_DIRECTORY"):  # Windows has no directories that can be settled
        folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def write_whole(target: Path, data: bytes) -> None:
    """A small file, from a temporary one beside it. Raises OSError."""
    temporary = target.with_name(f".{target.name}.part")
    with temporary.open("wb") as stream:
        stream.write(data)
        settle(stream)
    rename(temporary, target)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock file while a run writes. Raises OutputError where another run holds it.

    The system gives it back when the process ends, however it ends.
    """
    with path.open("ab") as stream:
        try:
            _lock(stream)
        except OSError as error:
            raise OutputError(
                str(path), "another run is writing here", "wait for it, or choose another place"
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
        getattr(msvcrt, "locking")(stream.fileno(), getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009  # only Windows has them
    else:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
