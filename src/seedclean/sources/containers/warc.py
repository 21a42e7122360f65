"""WARC: one document for each response that is a page of HTML."""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Iterator
from email.message import Message
from typing import Any

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.model.errors import ContainerError, SeedcleanError
from seedclean.sources.containers.charset import readable
from seedclean.sources.containers.compression import HEAD, Held, gunzipped, held
from seedclean.sources.formats import hinted

_PAGE = frozenset({"text/html", "application/xhtml+xml"})
_LOOKS = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)[\s>]", re.I)
_BLOCK = 262_144
_STATED = {"WARC-Target-URI": "url", "WARC-Date": "captured", "WARC-Record-ID": "id"}


class _Stream:
    """What warcio reads from: it asks for a place in the stream and for bytes, and must never close it."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at


def from_warc(outer: Held) -> Iterator[Source | SeedcleanError]:
    """The pages answered with success, each with the offset of its record in the file. Raises ContainerError.

    In a file packed record by record the offset is that of the packed record, as in the indexes of archives.
    """
    try:
        from warcio.archiveiterator import WARCIterator
        from warcio.exceptions import ArchiveLoadFailed
        from warcio.statusandheaders import StatusAndHeadersParserException
    except ModuleNotFoundError as error:
        remedy = "pip install 'seedclean[warc]'"
        raise ContainerError(outer.path, "WARC needs warcio, which is not installed", remedy) from error
    archive = WARCIterator(_Stream(outer.stream), block_size=_BLOCK)
    # warcio raises ValueError and AttributeError where a header it counts on is broken or missing
    faults = (ArchiveLoadFailed, StatusAndHeadersParserException, ValueError, AttributeError)
    count = 0
    while True:
        try:
            record = next(archive, None)
            found = _found(record, archive, outer) if record is not None else None
        except faults as error:
            what = f"record {count + 1} is broken: {' '.join(str(error).split())[:200]}"
            raise ContainerError(outer.path, what, "the records before it are cleaned") from error
        if record is None:
            return
        count += 1
        if found is not None:
            yield found


def _found(record: Any, archive: Any, outer: Held) -> Source | SeedcleanError | None:
    """The page that a record holds; None where it holds something else."""
    http = record.http_headers
    if record.rec_type != "response" or http is None or not http.get_statuscode().startswith("2"):
        return None
    media = Message()
    media["Content-Type"] = http.get_header("Content-Type") or "application/octet-stream"
    if http.get_header("Content-Type") and media.get_content_type() not in _PAGE:
        return None
    body = _body(record, http)
    cut = bool(getattr(record.raw_stream, "limit", 0))
    where = f"{outer.path}#{_place(outer.starts, archive.get_record_offset())}"
    if cut or len(body) > limits.SOURCE_BYTES:
        return ContainerError(
            where, "the record is cut off" if cut else "the page is too large", "fetch the file again"
        )
    try:
        body = _decoded(body, (http.get_header("Content-Encoding") or "").strip().lower(), where)
    except SeedcleanError as error:
        return error
    if not http.get_header("Content-Type") and not _LOOKS.match(body):
        return None
    headers = ((name, record.rec_headers.get_header(key)) for key, name in _STATED.items())
    stated = tuple((name, value.strip("<>")) for name, value in headers if value)
    return Source(hinted(where, "html"), readable(body, media.get_content_charset()), (*outer.stated, *stated))


def _body(record: Any, http: Any) -> bytes:
    """The body of the response as it was sent, out of its chunks, up to a byte more than the limit."""
    stream = record.raw_stream
    if (http.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        from warcio.bufferedreaders import ChunkedDataReader

        stream = ChunkedDataReader(stream)
    held, left = [], limits.SOURCE_BYTES + 1
    while left > 0 and (piece := stream.read(min(left, _BLOCK))):
        held.append(piece)
        left -= len(piece)
    return b"".join(held)


def _decoded(body: bytes, encoding: str, where: str) -> bytes:
    """The body unpacked, where the server packed it. Many crawlers unpack it and leave the header: then as it is."""
    if encoding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        return gunzipped(held(where, io.BytesIO(body)), where).whole(limits.SOURCE_BYTES)
    if encoding in ("", "identity", "gzip", "x-gzip") or _LOOKS.match(body[:HEAD]):
        return body
    raise ContainerError(where, f"Content-Encoding {encoding} is not unpacked", "save the archive with bodies unpacked")


def _place(starts: deque[tuple[int, int]], offset: int) -> int:
    """Where a record begins in the packed file, if a packed member begins there; else where in the unpacked one."""
    while len(starts) > 1 and starts[1][0] <= offset:
        starts.popleft()
    return starts[0][1] if starts and starts[0][0] == offset else offset
