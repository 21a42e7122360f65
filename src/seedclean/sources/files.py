"""Paths, bytes and texts to sources: each document of a file, each member of a container."""

from __future__ import annotations

import hashlib
import os
import shlex
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, cast

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.model.errors import InputError, SeedcleanError, TooLargeError, UnreadableError
from seedclean.sources.beneath import open_file
from seedclean.sources.containers import is_container, unpack, unpack_stream
from seedclean.sources.containers.compression import HEAD
from seedclean.sources.walk import Selection

Input = str | bytes | Path | Source
"""An input to clean: a text, a file's bytes, a file, or a source made by the caller. A `str` is never a path: in a list of
texts from the web the data would choose what is read."""

_GIVE_A_FILE = "give the path of a readable file"


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """The content of one file: a source, or an open seekable stream if it is a container.

    A container is never read into memory as a whole; it may hold `limits.UNPACKED_BYTES`.
    """

    name: str
    content: Source | BufferedReader

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the file's bytes. Reads a container from beginning to end. Raises OSError."""
        if isinstance(self.content, Source):
            return hashlib.sha256(self.content.data).hexdigest()
        self.content.seek(0)
        return hashlib.file_digest(self.content, "sha256").hexdigest()

    def documents(self) -> Iterator[Source | SeedcleanError]:
        """The documents in source order; an error in place of one that cannot be taken out. Raises OSError."""
        if isinstance(self.content, Source):
            return documents(self.content)
        self.content.seek(0)
        return unpack_stream(self.name, self.content)


@contextmanager
def open_documents(path: Path, name: str, root: str = "") -> Iterator[DocumentFile]:
    """Open a regular file under the path that its records get; with `root`, only if no link below it leads to the file.

    Raises UnreadableError for anything else, without waiting for a pipe, and for an OSError inside the context; raises
    TooLargeError for a file above its limit.
    """
    try:
        with _open(path, name, root) as stream:
            if is_container(name, stream.peek(HEAD)[:HEAD]):
                _check_size(stream, name, limits.UNPACKED_BYTES)
                yield DocumentFile(name, stream)
            else:
                _check_size(stream, name, limits.SOURCE_BYTES)
                yield DocumentFile(name, Source(name, stream.read()))
    except OSError as error:
        raise _unreadable(name, error) from error


def sources(path: Path, name: str, root: str = "") -> Iterator[Source | SeedcleanError]:
    """The documents of a file in source order; an error in place of a document, or of the file, that cannot be read.

    `root` as in `open_documents`.
    """
    try:
        with open_documents(path, name, root) as file:
            yield from file.documents()
    except SeedcleanError as error:
        yield error


def sources_of(selection: Selection) -> Iterator[Source | SeedcleanError]:
    """The failures of a selection, and then the documents of its files, as `sources` gives those of one."""
    yield from selection.failures
    for entry in selection.entries:
        yield from sources(Path(entry.file), entry.name, entry.root)


def documents(source: Source) -> Iterator[Source | SeedcleanError]:
    """The documents in a source; one whose format the caller states is a document itself.

    The address that the caller gives is that of an only document: of several it cannot be told whose it is.
    """
    if source.format:
        return iter((source,))
    return _with_address(unpack(source), source.url) if source.url else unpack(source)


def _with_address(members: Iterator[Source | SeedcleanError], url: str) -> Iterator[Source | SeedcleanError]:
    first, second = next(members), next(members, None)
    if second is None:
        yield replace(first, url=url) if isinstance(first, Source) else first
        return
    yield from (first, second)
    yield from members


def one(source: Input) -> Source:
    """The only document of an input. Raises InputError if there are several, and the error that stands in its place."""
    if isinstance(source, Path):
        path, file, members = source.name, str(source), sources(source, source.name)
    else:
        whole = to_source(source)
        path, file, members = whole.path, whole.path, documents(whole)
    first, second = next(members), next(members, None)
    if second is not None:
        raise several_documents(path, file)
    if isinstance(first, SeedcleanError):
        raise first
    return first


def read_stream(stream: BinaryIO) -> bytes:
    """The bytes of standard input; of more than `limits.SOURCE_BYTES`, one byte too many, which every reader refuses."""
    return stream.read(limits.SOURCE_BYTES + 1)


def split_place(word: str) -> tuple[Path, str]:
    """The file that `file#place` names and the place of a document in it; the place is "" where there is no such file."""
    if not Path(word).exists():
        file, sign, place = word.partition("#")
        while sign:
            if Path(file).is_file():
                return Path(file), place
            more, sign, place = place.partition("#")
            file += f"#{more}"
    return Path(word), ""


def member(path: Path, place: str) -> Source:
    """The document at a place in a container, as `path#place` names it. Raises UnreadableError if there is none.

    What the container says of the format may be left out: `dump.jsonl#12` is also `dump.jsonl#12.html`.
    """
    wanted = f"{path.name}#{place}"
    for source in sources(path, path.name):
        where = source.where if isinstance(source, SeedcleanError) else source.path
        if where == wanted or where.startswith(f"{wanted}."):
            if isinstance(source, SeedcleanError):
                raise source
            return source
    raise UnreadableError(f"{path}#{place}", "there is no such document", f"`seedclean detect {path}` lists them")


def several_documents(path: str, file: str) -> InputError:
    """The error for a container where one document is asked for. `file` is its path as a command takes it."""
    word = shlex.quote(file)
    remedy = f"`seedclean {word}` or seedclean.clean_tree takes all of them"
    if file != "-":
        remedy += f", `seedclean explain {shlex.quote(f'{file}#1')}` shows one"
    return InputError(path, "holds more than one document", remedy)


def to_source(source: Input) -> Source:
    """The bytes of an input and the path that its record gets. Raises UnreadableError or TooLargeError, and TypeError."""
    if isinstance(source, Source):
        return source
    if isinstance(source, bytes):
        return Source("-", source)
    if isinstance(source, str):
        return Source("-", source.encode("utf-8", "replace"))
    if isinstance(source, Path):
        return read_file(source, source.name)
    raise TypeError(f"an input is a str (the text), bytes, a Path (a file) or a Source, not {type(source).__name__}")


def read_file(path: Path, name: str) -> Source:
    """Read a regular file as one source. Raises UnreadableError for anything else, without waiting for a pipe.

    Raises TooLargeError, before reading, for a file above `limits.SOURCE_BYTES`: a sparse file may report a terabyte.
    """
    try:
        with _open(path, name, "") as stream:
            _check_size(stream, name, limits.SOURCE_BYTES)
            return Source(name, stream.read())
    except OSError as error:
        raise _unreadable(name, error) from error


def _open(path: Path, name: str, root: str) -> BufferedReader:
    """An open regular file. The name can become another file's between a look and the opening, so both are checked."""
    _check_regular(path, name)
    stream = cast(BufferedReader, open(path, "rb", HEAD, opener=partial(_open_below, root)))  # noqa: SIM115
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise UnreadableError(name, "not a regular file", _GIVE_A_FILE)
    return stream


def _open_below(root: str, path: str, flags: int) -> int:
    """The `opener` of a file. O_NONBLOCK: the opening of a pipe must not wait for a writer."""
    flags |= getattr(os, "O_NONBLOCK", 0)
    if not root:
        return os.open(path, flags)
    return open_file(root, os.path.relpath(path, root).split(os.sep), flags)


def _check_size(stream: BufferedReader, name: str, limit: int) -> None:
    size = os.fstat(stream.fileno()).st_size
    if size > limit:
        raise TooLargeError(name, f"{size:,} bytes", f"the limit is {limit:,}")


def _check_regular(path: Path, name: str) -> None:
    if not path.is_file():
        if path.is_dir():
            word = shlex.quote(str(path))
            ways = f"`seedclean {word}` or seedclean.clean_tree takes its files, `seedclean explain {word} --html OUT` shows them"
            raise UnreadableError(name or str(path), "a directory", ways)
        what = "not a regular file" if path.exists() else "there is no such file"
        raise UnreadableError(name, what, _GIVE_A_FILE)


def _unreadable(name: str, error: OSError) -> UnreadableError:
    return UnreadableError(name, error.strerror or "cannot be read", "check its permissions")
