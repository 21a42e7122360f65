"""Containers: files that documents are taken out of. A document that is none of these is given back unchanged.

Each module knows one container. `recognise` tells which a file is; `packed` takes gzip and Zstandard off and keeps their
bounds. What is taken out bears the path of its container, `#`, and its place there: `crawl.warc.gz#1234`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.model.errors import ContainerError, SeedcleanError, UnreadableError
from seedclean.sources.containers import jina, json_documents, mail, parquet, singlefile, warc
from seedclean.sources.containers.compression import HEAD as HEAD
from seedclean.sources.containers.compression import Held, gunzipped, held, unzstd
from seedclean.sources.containers.recognise import Kind, recognise
from seedclean.sources.formats import PACKED

Found = Source | SeedcleanError

_READERS: dict[Kind, Callable[[Held], Iterator[Found]]] = {
    "parquet": parquet.from_parquet, "warc": warc.from_warc, "mhtml": mail.from_page, "mail": mail.from_letter,
    "json": json_documents.from_file, "lines": json_documents.from_lines, "perhaps-json": json_documents.perhaps,
}  # fmt: skip


def unpack(source: Source) -> Iterator[Found]:
    """The documents in a source, in its order; a source that is a document yields itself.

    What cannot be taken out is an error in its place (ContainerError, OwnRecordError, TooLargeError), and the rest goes
    on where it can. There is always at least one of either.
    """
    if is_container(source.path, source.data[:HEAD]):
        return _guarded(held(source.path, io.BytesIO(source.data), source.stated))
    return iter((_said(source),))


def unpack_stream(path: str, stream: BinaryIO) -> Iterator[Found]:
    """As `unpack`, for a container that is read as it goes and never held whole: an open file that can seek."""
    return _guarded(held(path, stream))


def is_container(path: str, head: bytes) -> bool:
    """Whether a file of this path, which begins so, is more than a document."""
    return recognise(path, head) != ""


def _guarded(outer: Held) -> Iterator[Found]:
    """The members, with what stops the reading as the last of them. A member too many, or too many faults, stops it."""
    count = faults = 0
    try:
        for member in _members(outer):
            yield _said(member) if isinstance(member, Source) else member
            count += 1
            faults += isinstance(member, ContainerError)
            if count >= limits.MEMBERS:
                yield ContainerError(outer.path, f"holds more than {count:,} documents", "split it")
                return
            if faults >= limits.MEMBER_FAULTS:
                yield ContainerError(
                    outer.path, f"more than {faults:,} faults; the rest is not read", "is its name right?"
                )
                return
    except SeedcleanError as error:
        yield error
    except OSError as error:
        yield UnreadableError(outer.path, error.strerror or "cannot be read", "check the disk")
    else:
        if not count:
            yield ContainerError(outer.path, "holds no document", "is it whole?")


def _members(outer: Held) -> Iterator[Found]:
    kind = recognise(outer.name, outer.stream.peek(HEAD)[:HEAD])
    if kind == "gzip":
        return _members(gunzipped(outer, _unsuffixed(outer.name)))
    if kind == "zstd":
        return _members(unzstd(outer, _unsuffixed(outer.name)))
    if kind == "":
        return iter((Source(outer.path, outer.whole(limits.SOURCE_BYTES), outer.stated),))
    return _READERS[kind](outer)


def _unsuffixed(name: str) -> str:
    return name[: name.rindex(".")] if name.lower().endswith(PACKED) else name


def _said(source: Source) -> Source:
    """A document without the header, or with the stamp, that the tool which saved it wrote."""
    return jina.opened(source) or singlefile.stamped(source) or source
