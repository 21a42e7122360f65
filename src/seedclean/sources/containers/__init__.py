"""Containers: files that documents are taken out of.

One module for each container, `compression` for gzip and Zstandard, and `savers` for what saving tools write into a
document. The path of a document is that of its container, `#`, and its place there: `crawl.warc.gz#1234`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.model.errors import ContainerError, SeedcleanError, TooLargeError, UnreadableError
from seedclean.sources.containers import enex, json_documents, mail, parquet, warc
from seedclean.sources.containers.compression import HEAD as HEAD
from seedclean.sources.containers.compression import ByteStream, byte_stream, gunzip, unzstd
from seedclean.sources.containers.savers import with_saver_metadata
from seedclean.sources.formats import Container, container_of, without_compression_suffix

Member = Source | SeedcleanError
"""A document of a container, or the error in place of one that cannot be taken out."""

_READERS: dict[Container, Callable[[ByteStream], Iterator[Member]]] = {
    "enex": enex.read_enex,
    "parquet": parquet.read_parquet,
    "warc": warc.read_warc,
    "mhtml": mail.read_mhtml,
    "mail": mail.read_mail,
    "json": json_documents.read_json,
    "json-lines": json_documents.read_json_lines,
    "perhaps-json": json_documents.read_json_or_text,
}


def unpack(source: Source) -> Iterator[Member]:
    """The documents in a source, in its order; a source that is no container yields itself. Yields at least one member.

    Yields an error (ContainerError, OwnRecordError, TooLargeError) in place of a document that cannot be taken out, and
    goes on after it where possible.
    """
    if len(source.data) > limits.SOURCE_BYTES:
        error = TooLargeError(source.path, "more bytes than the limit", f"at most {limits.SOURCE_BYTES:,} are read")
        return iter((error,))
    if is_container(source.path, source.data[:HEAD]):
        return _members_and_fault(byte_stream(source.path, io.BytesIO(source.data), source.stated))
    return iter((with_saver_metadata(source),))


def unpack_stream(path: str, stream: BinaryIO) -> Iterator[Member]:
    """`unpack` for an open, seekable container file, which is never held in memory as a whole."""
    return _members_and_fault(byte_stream(path, stream))


def is_container(path: str, head: bytes) -> bool:
    """Whether a file with this path and these first bytes is a container."""
    return container_of(path, head) != ""


def _members_and_fault(outer: ByteStream) -> Iterator[Member]:
    """The members, and last the error that ends the reading: also too many members, or too many errors."""
    count = faults = 0
    try:
        for member in _members(outer):
            yield with_saver_metadata(member) if isinstance(member, Source) else member
            count += 1
            faults += isinstance(member, ContainerError)
            if count >= limits.MEMBERS:
                yield ContainerError(outer.path, f"holds more than {count:,} documents", "split it")
                return
            if faults >= limits.MEMBER_FAULTS:
                what = f"more than {faults:,} errors; the rest is not read"
                yield ContainerError(outer.path, what, "check that its suffix is right")
                return
    except SeedcleanError as error:
        yield error
    except OSError as error:
        yield UnreadableError(outer.path, error.strerror or "cannot be read", "check the disk")
    else:
        if not count:
            yield ContainerError(outer.path, "holds no document", "check that it is complete")


def _members(outer: ByteStream) -> Iterator[Member]:
    container = container_of(outer.name, outer.stream.peek(HEAD)[:HEAD])
    if container == "gzip":
        return _members(gunzip(outer, without_compression_suffix(outer.name)))
    if container == "zstd":
        return _members(unzstd(outer, without_compression_suffix(outer.name)))
    if container == "":
        return iter((Source(outer.path, outer.read_all(limits.SOURCE_BYTES), outer.stated),))
    return _READERS[container](outer)
