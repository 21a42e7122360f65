"""Files and arguments to sources: paths, bytes and texts, with every member of a container."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import cast

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.model.errors import InputError, SeedcleanError, TooLargeError, UnreadableError
from seedclean.sources.containers import is_container, unpack, unpack_stream
from seedclean.sources.containers.compression import HEAD

Input = str | bytes | os.PathLike[str] | Source
"""What can be cleaned: a path, the bytes of a file, a text, or bytes with the path their record will bear."""


def one(source: Input) -> Source:
    """The one document of an input. Raises InputError where it holds several, else what there is in its place."""
    if isinstance(source, os.PathLike) or (isinstance(source, str) and _names_file(source)):
        found = sources(Path(source), Path(source).name)
    else:
        found = unpack(to_source(source))
    first, second = next(found), next(found, None)
    if second is not None:
        where = first.path if isinstance(first, Source) else first.where
        remedy = "use seedclean.clean_tree, or `seedclean PATH`"
        raise InputError(where.partition("#")[0], "holds more than one document", remedy)
    if isinstance(first, SeedcleanError):
        raise first
    return first


def sources(path: Path, name: str, wanted: Callable[[str], bool] | None = None) -> Iterator[Source | SeedcleanError]:
    """The documents of a file, in its order, with what went wrong in its place. A container is read as it goes.

    `wanted` is asked with the SHA-256 of the file before anything is taken out; where it says no, nothing is.
    """
    try:
        _refuse(path, name)
        with cast(BufferedReader, path.open("rb", HEAD)) as stream:
            if is_container(name, stream.peek(HEAD)[:HEAD]):
                _bounded(stream, name, limits.UNPACKED_BYTES)
                if wanted and not wanted(hashlib.file_digest(stream, "sha256").hexdigest()):
                    return
                stream.seek(0)
                yield from unpack_stream(name, stream)
            else:
                _bounded(stream, name, limits.SOURCE_BYTES)
                data = stream.read()
                if wanted is None or wanted(hashlib.sha256(data).hexdigest()):
                    yield from unpack(Source(name, data))
    except SeedcleanError as error:
        yield error
    except OSError as error:
        yield _unreadable(name, error)


def to_source(source: Input) -> Source:
    """The bytes of an input, and the path its record will bear. Raises UnreadableError."""
    if isinstance(source, Source):
        return source
    if isinstance(source, bytes):
        return Source("-", source)
    if isinstance(source, str) and not _names_file(source):
        return Source("-", source.encode("utf-8", "replace"))
    return read_file(Path(source), Path(source).name)


def _names_file(text: str) -> bool:
    """Whether a text is the path of a file. A document is longer than a path, or has line ends, or names none."""
    return len(text) < 1024 and "\n" not in text and "\0" not in text and Path(text).is_file()


def read_file(path: Path, name: str) -> Source:
    """Read a regular file. Raises UnreadableError for anything else, without ever waiting for a pipe.

    Raises TooLargeError for a file beyond the limit, unread: a sparse one of a terabyte passes for small.
    """
    try:
        _refuse(path, name)
        with path.open("rb") as stream:
            _bounded(stream, name, limits.SOURCE_BYTES)
            return Source(name, stream.read())
    except OSError as error:
        raise _unreadable(name, error) from error


def _bounded(stream: BufferedReader, name: str, limit: int) -> None:
    size = os.fstat(stream.fileno()).st_size
    if size > limit:
        raise TooLargeError(name, f"{size:,} bytes", f"at most {limit:,} are read")


def _refuse(path: Path, name: str) -> None:
    if not path.is_file():
        what = "a directory" if path.is_dir() else "no regular file" if path.exists() else "there is no such file"
        raise UnreadableError(name, what, "give the path of a file that can be read")


def _unreadable(name: str, error: OSError) -> UnreadableError:
    return UnreadableError(name, error.strerror or "cannot be read", "check its permissions")
