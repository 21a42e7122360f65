"""Paths below a directory, reached without following a symbolic link.

A name that was checked can become a link before it is opened: each part of the path is opened by itself, inside the
directory opened before it. Where the system cannot do that (Windows), each part is looked at first.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

_IN_DIRECTORY = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
_FOLDER_FLAGS = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_LINK_ERRORS = frozenset({errno.ELOOP, errno.EMLINK, errno.ENOTDIR})
"""What systems say of a link opened with O_NOFOLLOW and O_DIRECTORY."""


@contextmanager
def place(root: str | os.PathLike[str], parts: Sequence[str], create: bool = False) -> Iterator[tuple[str, int | None]]:
    """A name and the `dir_fd` that it is relative to, for the path of these parts below a directory.

    `create` makes the directories between. The root may be a link; a part before the last may not: raises OSError with
    ELOOP. Raises ValueError for parts that lead elsewhere.
    """
    for part in parts:
        if part in ("", os.curdir, os.pardir) or any(sign and sign in part for sign in ("/", os.altsep, os.sep, "\0")):
            raise ValueError(f"{part!r} is not the name of a file")
    if not _IN_DIRECTORY:
        yield _checked_path(root, parts, create), None
        return
    folder = os.open(root, _FOLDER_FLAGS & ~os.O_NOFOLLOW)
    try:
        for part in parts[:-1]:
            inner = _enter(folder, part, create)
            os.close(folder)
            folder = inner
        yield parts[-1], folder
    finally:
        os.close(folder)


def open_file(root: str | os.PathLike[str], parts: Sequence[str], flags: int) -> int:
    """A file descriptor for a file below a directory. Raises OSError with ELOOP for a link in its place or above it."""
    with place(root, parts) as (name, folder):
        try:
            return os.open(name, flags | getattr(os, "O_NOFOLLOW", 0), dir_fd=folder)
        except OSError as error:
            raise _link_error(error, parts) from error


def _enter(folder: int, part: str, create: bool) -> int:
    try:
        if create:
            with suppress(FileExistsError):
                os.mkdir(part, dir_fd=folder)
        return os.open(part, _FOLDER_FLAGS, dir_fd=folder)
    except OSError as error:
        raise _link_error(error, [part]) from error


def _link_error(error: OSError, parts: Sequence[str]) -> OSError:
    if error.errno not in _LINK_ERRORS:
        return error
    return OSError(
        errno.ELOOP, "a symbolic link stands in its path, or something else in place of a directory", parts[-1]
    )


def _checked_path(root: str | os.PathLike[str], parts: Sequence[str], create: bool) -> str:
    path = os.fspath(root)
    for at, part in enumerate(parts):
        path = os.path.join(path, part)
        if at < len(parts) - 1 and create:
            os.makedirs(path, exist_ok=True)
        with suppress(FileNotFoundError):
            status = os.lstat(path)
            if stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", False):
                raise OSError(errno.ELOOP, "a symbolic link stands in its path", part)
    return path
