"""What holds the documents: told by the first bytes, then by the suffix, then by the first lines."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Literal

from seedclean.sources.formats import SUFFIXES

Kind = Literal["", "gzip", "zstd", "parquet", "warc", "mhtml", "mail", "json", "lines", "perhaps-json"]
"""An empty kind is a document and no container."""

_MAGIC: tuple[tuple[re.Pattern[bytes], Kind], ...] = (
    (re.compile(rb"\x1f\x8b"), "gzip"),
    (re.compile(rb"\x28\xb5\x2f\xfd"), "zstd"),
    (re.compile(rb"PAR1.*", re.S), "parquet"),
    (re.compile(rb"WARC/\d\.\d+\r?\n[\w-]+:"), "warc"),
)
_SUFFIX: dict[str, Kind] = {
    ".gz": "gzip", ".zst": "zstd", ".parquet": "parquet", ".warc": "warc", ".mhtml": "mhtml", ".mht": "mhtml",
    ".eml": "mail", ".json": "json", ".jsonl": "lines", ".ndjson": "lines",
}  # fmt: skip
_HEADERS = re.compile(rb"(?:[\w-]{1,60}:[ \t]?[^\r\n]*\r?\n(?:[ \t]+[^\r\n]*\r?\n){0,50}){2,100}\r?\n")
_MAIL = re.compile(rb"^(?:message-id|received|mime-version):", re.I | re.M)
_SAVED = re.compile(rb"^(?:snapshot-content-location:|content-type:\s*multipart/related)", re.I | re.M)
_LETTER = re.compile(rb"^(?:received|to|list-id):", re.I | re.M)


def recognise(name: str, head: bytes) -> Kind:
    """What a stream of this name, which begins so, is."""
    for magic, kind in _MAGIC:
        if magic.match(head):
            return kind
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _SUFFIX:
        return _SUFFIX[suffix]
    return "" if suffix in SUFFIXES else _by_lines(head)


def _by_lines(head: bytes) -> Kind:
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return "perhaps-json"
    headers = _HEADERS.match(head)
    if not headers or not _MAIL.search(headers[0]):
        return ""
    return "mhtml" if _SAVED.search(headers[0]) and not _LETTER.search(headers[0]) else "mail"
