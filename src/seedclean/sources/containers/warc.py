"""WARC: one document for each successful response with an HTML page."""

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
from seedclean.sources.containers.compression import HEAD, ByteStream, gunzip
from seedclean.sources.encoding import to_utf8
from seedclean.sources.formats import with_format

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_HTML_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)[\s>]", re.I)
_READ_BYTES = 262_144
_WARC_HEADERS = {"WARC-Target-URI": "url", "WARC-Date": "captured", "WARC-Record-ID": "id"}


class _WarcioInput:
    """The methods of a stream that warcio calls; there is no `close`, so the stream stays open for the caller."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at


def read_warc(outer: ByteStream) -> Iterator[Source | SeedcleanError]:
    """The pages of responses with status 2xx, each with the byte offset of its record in its path. Raises ContainerError.

    In a file compressed record by record it is the offset of the compressed record, as in the indexes of archives.
    """
    try:
        from warcio.archiveiterator import WARCIterator
        from warcio.exceptions import ArchiveLoadFailed
        from warcio.statusandheaders import StatusAndHeadersParserException
    except ModuleNotFoundError as error:
        remedy = "pip install 'seedclean[warc]'"
        raise ContainerError(outer.path, "WARC needs warcio, which is not installed", remedy) from error
    archive = WARCIterator(_WarcioInput(outer.stream), block_size=_READ_BYTES)
    # ValueError and AttributeError: warcio on a broken or missing header
    warcio_errors = (ArchiveLoadFailed, StatusAndHeadersParserException, ValueError, AttributeError)
    count = 0
    while True:
        try:
            record = next(archive, None)
            member = _member(record, archive, outer) if record is not None else None
        except warcio_errors as error:
            what = f"record {count + 1} is broken: {' '.join(str(error).split())[:200]}"
            raise ContainerError(
                outer.path, what, "the records before it are cleaned; fetch the archive again"
            ) from error
        if record is None:
            return
        count += 1
        if member is not None:
            yield member


def _member(record: Any, archive: Any, outer: ByteStream) -> Source | SeedcleanError | None:
    """The page in a record, or the error in its place; None if the record holds something else."""
    http = record.http_headers
    if record.rec_type != "response" or http is None or not http.get_statuscode().startswith("2"):
        return None
    media = Message()
    media["Content-Type"] = http.get_header("Content-Type") or "application/octet-stream"
    if http.get_header("Content-Type") and media.get_content_type() not in _HTML_TYPES:
        return None
    body = _body(record, http)
    truncated = bool(getattr(record.raw_stream, "limit", 0))
    where = f"{outer.path}#{_record_offset(outer.starts, archive.get_record_offset())}"
    if truncated or len(body) > limits.SOURCE_BYTES:
        return ContainerError(
            where, "the record is cut off" if truncated else "the page is too large", "fetch the file again"
        )
    try:
        body = _decompress(body, (http.get_header("Content-Encoding") or "").strip().lower(), where, outer)
    except SeedcleanError as error:
        return error
    if not http.get_header("Content-Type") and not _HTML_START.match(body):
        return None
    headers = ((name, record.rec_headers.get_header(key)) for key, name in _WARC_HEADERS.items())
    stated = tuple((name, value.strip("<>")) for name, value in headers if value)
    return Source(with_format(where, "html"), to_utf8(body, media.get_content_charset()), (*outer.stated, *stated))


def _body(record: Any, http: Any) -> bytes:
    """The body of the response, without chunked transfer coding; cut one byte above the limit."""
    stream = record.raw_stream
    if (http.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        from warcio.bufferedreaders import ChunkedDataReader

        stream = ChunkedDataReader(stream)
    pieces, remaining = [], limits.SOURCE_BYTES + 1
    while remaining > 0 and (piece := stream.read(min(remaining, _READ_BYTES))):
        pieces.append(piece)
        remaining -= len(piece)
    return b"".join(pieces)


def _decompress(body: bytes, encoding: str, where: str, outer: ByteStream) -> bytes:
    """The body without its content coding. Many crawlers decode the body and keep the header: such a body stays as it is."""
    if encoding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        packed: io.BufferedReader[Any] = io.BufferedReader(io.BytesIO(body), HEAD)
        return gunzip(ByteStream(where, where, packed, outer.expansion), where).read_all(limits.SOURCE_BYTES)
    if encoding in ("", "identity", "gzip", "x-gzip") or _HTML_START.match(body[:HEAD]):
        return body
    raise ContainerError(where, f"Content-Encoding {encoding} is not supported", "save the archive with decoded bodies")


def _record_offset(starts: deque[tuple[int, int]], offset: int) -> int:
    """Offset of a record in the compressed file if a gzip member begins there, else in the decompressed one."""
    while len(starts) > 1 and starts[1][0] <= offset:
        starts.popleft()
    return starts[0][1] if starts and starts[0][0] == offset else offset
