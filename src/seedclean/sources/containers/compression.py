"""Packed bytes as a stream, and the bounds on what they unpack to."""

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
"""What is looked at to tell what a stream holds."""
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Held:
    """A stream that may hold documents.

    `path` is that of the records so far; `name` is the path without the packing that was taken off; `consumed` says how
    many bytes of the outermost file have been read; `starts` pairs places in the stream with those in the packed file.
    """

    path: str
    name: str
    stream: io.BufferedReader[Any]
    consumed: Callable[[], int]
    depth: int = 0
    starts: deque[tuple[int, int]] = field(default_factory=deque)
    stated: tuple[tuple[str, str], ...] = ()

    def whole(self, limit: int) -> bytes:
        """All that is left of the stream. Raises TooLargeError beyond the limit."""
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise TooLargeError(self.path, f"more than {limit:,} bytes", "give it in parts")
        return data


def held(path: str, stream: BinaryIO, stated: tuple[tuple[str, str], ...] = ()) -> Held:
    """The outermost stream: of a file, or of bytes that are there."""
    buffered: io.BufferedReader[Any]
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream), HEAD)
    return Held(path, path, buffered, buffered.tell, stated=stated)


def gunzipped(outer: Held, name: str) -> Held:
    """What a gzip stream holds. Raises ContainerError, here or while it is read."""
    starts: deque[tuple[int, int]] = deque()
    return _layer(outer, name, _gunzip(outer, starts), starts)


def unzstd(outer: Held, name: str) -> Held:
    """What a Zstandard stream holds. Raises ContainerError, here or while it is read."""
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
    return _layer(outer, name, _unzstd(outer, zstd), deque())


def _layer(outer: Held, name: str, pieces: Iterator[bytes], starts: deque[tuple[int, int]]) -> Held:
    if outer.depth >= limits.PACKING_DEPTH:
        raise ContainerError(outer.path, f"packed more than {limits.PACKING_DEPTH} times", "unpack it first")
    stream: io.BufferedReader[Any] = io.BufferedReader(_Unpacking(outer, pieces), HEAD)
    return Held(outer.path, name, stream, outer.consumed, outer.depth + 1, starts, outer.stated)


class _Unpacking(io.RawIOBase):
    """The pieces as a stream. Raises ContainerError where they are more than their packed bytes are worth."""

    def __init__(self, outer: Held, pieces: Iterator[bytes]) -> None:
        self._outer = outer
        self._pieces = pieces
        self._piece = memoryview(b"")
        self._made = 0
        self._fault: ContainerError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as there are bytes; a fault behind them is raised at the next call."""
        at = 0
        while at < len(buffer) and self._fill():
            size = min(len(buffer) - at, len(self._piece))
            buffer[at : at + size] = self._piece[:size]
            self._piece = self._piece[size:]
            at += size
        if not at and self._fault:
            raise self._fault
        return at

    def _fill(self) -> bool:
        if not self._piece and not self._fault:
            try:
                self._piece = memoryview(next(self._pieces, b""))
                self._made += len(self._piece)
                self._weigh()
            except ContainerError as error:
                self._fault, self._piece = error, memoryview(b"")
        return bool(self._piece)

    def _weigh(self) -> None:
        if self._made > max(limits.UNPACKED_FLOOR, limits.UNPACKED_RATIO * self._outer.consumed()):
            what = f"unpacks to more than {limits.UNPACKED_RATIO} times its size"
            raise ContainerError(self._outer.path, what, "unpack it first, if it can be trusted")
        if self._made > limits.UNPACKED_BYTES:
            raise ContainerError(self._outer.path, f"unpacks to more than {limits.UNPACKED_BYTES:,} bytes", "split it")


def _gunzip(outer: Held, starts: deque[tuple[int, int]]) -> Iterator[bytes]:
    """The pieces of all members; `starts` gets the place of each, unpacked and packed."""
    data, made, packed = outer.stream.read(HEAD), 0, 0
    while True:
        starts.append((made, packed))
        inflater = zlib.decompressobj(31)
        while not inflater.eof:
            data = data or outer.stream.read(HEAD)
            piece = _inflated(inflater, data, outer.path)
            if not data and not piece and not inflater.eof:
                raise ContainerError(outer.path, "the gzip data is cut off", "fetch the file again")
            left = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            packed += len(data) - len(left)
            data, made = left, made + len(piece)
            if piece:
                yield piece
        data += outer.stream.read(HEAD) if len(data) < len(_GZIP) else b""
        if not data.strip(b"\0"):
            return
        if not data.startswith(_GZIP):
            raise ContainerError(outer.path, "something else follows the gzip data", "fetch the file again")


def _inflated(inflater: Any, data: bytes, path: str) -> bytes:
    try:
        return bytes(inflater.decompress(data, HEAD))
    except zlib.error as error:
        raise ContainerError(path, f"is no gzip, or broken: {error}", "fetch the file again") from error


def _unzstd(outer: Held, zstd: Any) -> Iterator[bytes]:
    file = zstd.ZstdFile(outer.stream, "rb")
    while True:
        try:
            piece = file.read(HEAD)
        except EOFError as error:
            raise ContainerError(outer.path, "the Zstandard data is cut off", "fetch the file again") from error
        except zstd.ZstdError as error:
            raise ContainerError(outer.path, f"is no Zstandard, or broken: {error}", "fetch the file again") from error
        if not piece:
            return
        yield bytes(piece)
