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


def create(path: Path, buffering: int = -1) -> BinaryIO:
    """A new file for writing, in place of one that is there. Never writes through a link. Raises OSError."""
    path.unlink(missing_ok=True)
    return path.open("xb", buffering)


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
    with create(temporary) as stream:
        stream.write(data)
        sync(stream)
    rename(temporary, target)


@contextmanager
def exclusive_lock(path: Path) -> Iterator[None]:
    """Hold a lock file while a run writes. Raises OutputError if another run holds it.

    The system releases the lock when the process ends, however it ends.
    """
    with _locked(path) as stream:
        while not _is_at(stream, path):  # the run before this one deleted the file between the opening and the lock
            stream.close()
            stream = _locked(path)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
            stream.close()


def _locked(path: Path) -> BinaryIO:
    stream = open(path, "ab", opener=_open_without_links)  # noqa: SIM115  # the caller closes it, and with it the lock
    try:
        _lock(stream)
    except OSError as error:
        stream.close()
        raise OutputError(str(path), "another run is writing here", "wait for it, or choose another output") from error
    return stream


def _open_without_links(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def _is_at(stream: BinaryIO, path: Path) -> bool:
    """Whether an open file is still the one of this name."""
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False


def _lock(stream: BinaryIO) -> None:
    try:
        import fcntl
    except ModuleNotFoundError:
        import msvcrt

        stream.seek(0)
        getattr(msvcrt, "locking")(stream.fileno(), getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009  # only on Windows
    else:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
