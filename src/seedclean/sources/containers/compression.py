"""Gzip and Zstandard as byte streams, with bounds on how much they may unpack to."""

from __future__ import annotations

import io
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from seedclean.model import limits
from seedclean.model.errors import ContainerError, TooLargeError

HEAD = 65_536
"""Bytes at the start of a stream that decide what it holds; also the size of one read."""
_PIECE = 1024 * 1024
_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_WINDOW_BITS = 31
"""zlib's code for the largest window with a gzip header and trailer."""


class Expansion:
    """The bytes decoded so far out of one file, in all its layers and members, against the bytes read of the file.

    `bytes_read`: returns the latter. `path` is the file's.
    """

    def __init__(self, path: str, bytes_read: Callable[[], int]) -> None:
        self._path, self._bytes_read = path, bytes_read
        self._decoded = 0

    def add(self, count: int) -> None:
        """Count decoded bytes. Raises ContainerError if they are too many for what has been read."""
        self.check_ahead(count)
        self._decoded += count

    def check_ahead(self, count: int) -> None:
        """Raise as `add` would for so many bytes more."""
        decoded = self._decoded + count
        if decoded > max(limits.UNPACKED_FLOOR, limits.UNPACKED_RATIO * self._bytes_read()):
            what = f"unpacks to more than {limits.UNPACKED_RATIO} times its size"
            raise ContainerError(self._path, what, "decompress it first if you trust it")
        if decoded > limits.UNPACKED_BYTES:
            raise ContainerError(self._path, f"unpacks to more than {limits.UNPACKED_BYTES:,} bytes", "split it")

    def check_document(self, size: int, where: str) -> None:
        """Raise ContainerError if a document of so many bytes is too large for what has been read."""
        if size > max(limits.DOCUMENT_FLOOR, limits.DOCUMENT_RATIO * self._bytes_read()):
            what = f"a document of more than {limits.DOCUMENT_RATIO} times the size of the file"
            raise ContainerError(where, what, "decompress it first if you trust it")


@dataclass(frozen=True, slots=True)
class ByteStream:
    """A stream of bytes that may hold documents.

    `path`: path of the records from it. `name`: the path without the suffixes of the compression already removed.
    `expansion`: what has been read of the outermost file and decoded out of it. `depth`: layers of compression removed. `starts`: for each gzip member, its byte offset in this stream and in the compressed one. `stated`:
    metadata from the containers around it.
    """

    path: str
    name: str
    stream: io.BufferedReader[Any]
    expansion: Expansion
    depth: int = 0
    starts: deque[tuple[int, int]] = field(default_factory=deque)
    stated: tuple[tuple[str, str], ...] = ()

    def read_all(self, limit: int) -> bytes:
        """The rest of the stream. Raises TooLargeError if it has more than `limit` bytes.

        Raises ContainerError if it is compressed and too large for what was read of the file.
        """
        return self._read(limit, self.stream.read, one_line=False)

    def read_line(self, limit: int) -> bytes:
        """The next line with its line feed. Raises as `read_all`."""
        return self._read(limit, self.stream.readline, one_line=True)

    def _read(self, limit: int, read: Callable[[int], bytes], one_line: bool) -> bytes:
        pieces: list[bytes] = []
        size = 0
        while piece := read(min(_PIECE, limit + 1 - size)):
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise TooLargeError(self.path, f"more than {limit:,} bytes", "split it into parts")
            if self.depth:
                self.expansion.check_document(size, self.path)
            if one_line and piece.endswith(b"\n"):
                break
        return b"".join(pieces)


def byte_stream(path: str, stream: BinaryIO, stated: tuple[tuple[str, str], ...] = ()) -> ByteStream:
    """The outermost stream: an open file, or bytes in memory."""
    buffered: io.BufferedReader[Any]
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream), HEAD)
    return ByteStream(path, path, buffered, Expansion(path, buffered.tell), stated=stated)


def gunzip(outer: ByteStream, name: str) -> ByteStream:
    """The decompressed content of a gzip stream. Raises ContainerError, here or on reading."""
    starts: deque[tuple[int, int]] = deque()
    return _layer(outer, name, _gunzip_chunks(outer, starts), starts)


def unzstd(outer: ByteStream, name: str) -> ByteStream:
    """The decompressed content of a Zstandard stream. Raises ContainerError, here or on reading."""
    try:
        from compression import zstd
    except ModuleNotFoundError:
        try:
            from backports import zstd
        except ModuleNotFoundError as error:
            remedy = "pip install 'seedclean[zstd]'"
            raise ContainerError(
                outer.path, "Zstandard needs backports.zstd, which is not installed", remedy
            ) from error
    return _layer(outer, name, _unzstd_chunks(outer, zstd), deque())


def _layer(outer: ByteStream, name: str, chunks: Iterator[bytes], starts: deque[tuple[int, int]]) -> ByteStream:
    if outer.depth >= limits.PACKING_DEPTH:
        raise ContainerError(
            outer.path, f"has more than {limits.PACKING_DEPTH} layers of compression", "decompress it first"
        )
    stream: io.BufferedReader[Any] = io.BufferedReader(_ChunkStream(outer, chunks), HEAD)
    return ByteStream(outer.path, name, stream, outer.expansion, outer.depth + 1, starts, outer.stated)


class _ChunkStream(io.RawIOBase):
    """Decompressed chunks as a stream. Raises ContainerError when they exceed the allowed expansion."""

    def __init__(self, outer: ByteStream, chunks: Iterator[bytes]) -> None:
        self._outer = outer
        self._chunks = chunks
        self._chunk = memoryview(b"")
        self._fault: ContainerError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as bytes are available; an error after them is raised on the next call."""
        at = 0
        while at < len(buffer) and self._fetch():
            size = min(len(buffer) - at, len(self._chunk))
            buffer[at : at + size] = self._chunk[:size]
            self._chunk = self._chunk[size:]
            at += size
        if not at and self._fault:
            raise self._fault
        return at

    def _fetch(self) -> bool:
        """Whether the current chunk has bytes, after fetching the next one if it was used up."""
        if not self._chunk and not self._fault:
            try:
                self._chunk = memoryview(next(self._chunks, b""))
                self._outer.expansion.add(len(self._chunk))
            except ContainerError as error:
                self._fault, self._chunk = error, memoryview(b"")
        return bool(self._chunk)


def _gunzip_chunks(outer: ByteStream, starts: deque[tuple[int, int]]) -> Iterator[bytes]:
    """The decompressed chunks of all members; appends each member's offsets (decompressed, compressed) to `starts`."""
    data, bytes_out, bytes_in = outer.stream.read(HEAD), 0, 0
    while True:
        starts.append((bytes_out, bytes_in))
        inflater = zlib.decompressobj(_GZIP_WINDOW_BITS)
        while not inflater.eof:
            data = data or outer.stream.read(HEAD)
            chunk = _inflate(inflater, data, outer.path)
            if not data and not chunk and not inflater.eof:
                raise ContainerError(outer.path, "the gzip data is cut off", "fetch the file again")
            rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            bytes_in += len(data) - len(rest)
            data, bytes_out = rest, bytes_out + len(chunk)
            if chunk:
                yield chunk
        data += outer.stream.read(HEAD) if len(data) < len(_GZIP_MAGIC) else b""
        if not data.strip(b"\0"):  # tape archives pad the end with NUL
            return
        if not data.startswith(_GZIP_MAGIC):
            raise ContainerError(outer.path, "other data follows the gzip data", "fetch the file again")


def _inflate(inflater: Any, data: bytes, path: str) -> bytes:
    try:
        return bytes(inflater.decompress(data, HEAD))
    except zlib.error as error:
        raise ContainerError(path, f"is not valid gzip: {error}", "fetch the file again") from error


def _unzstd_chunks(outer: ByteStream, zstd: Any) -> Iterator[bytes]:
    file = zstd.ZstdFile(outer.stream, "rb")
    while True:
        try:
            chunk = file.read(HEAD)
        except EOFError as error:
            raise ContainerError(outer.path, "the Zstandard data is cut off", "fetch the file again") from error
        except zstd.ZstdError as error:
            raise ContainerError(outer.path, f"is not valid Zstandard: {error}", "fetch the file again") from error
        if not chunk:
            return
        yield bytes(chunk)
