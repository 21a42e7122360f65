"""What a file holds: the table of suffixes, the containers known by their first bytes, and the format of a text."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

from seedclean.sources.markup import is_page, markup_of

Container = Literal[
    "", "gzip", "zstd", "parquet", "warc", "mhtml", "mail", "json", "json-lines", "perhaps-json", "enex"
]
"""What documents are taken out of; empty for a document itself. `perhaps-json` begins like JSON without such a suffix."""


class FileKind(NamedTuple):
    """What a suffix says: the container, and the format of the document(s), empty where the content decides."""

    container: Container
    format: str


FILE_KINDS = {
    ".html": FileKind("", "html"),
    ".htm": FileKind("", "html"),
    ".xhtml": FileKind("", "html"),
    ".shtml": FileKind("", "html"),
    ".md": FileKind("", "markdown"),
    ".markdown": FileKind("", "markdown"),
    ".mdx": FileKind("", "markdown"),
    ".mkd": FileKind("", "markdown"),
    ".txt": FileKind("", ""),
    ".text": FileKind("", ""),
    ".mhtml": FileKind("mhtml", "html"),
    ".mht": FileKind("mhtml", "html"),
    ".eml": FileKind("mail", "html"),
    ".enex": FileKind("enex", "html"),
    ".warc": FileKind("warc", "html"),
    ".json": FileKind("json", ""),
    ".jsonl": FileKind("json-lines", ""),
    ".ndjson": FileKind("json-lines", ""),
    ".parquet": FileKind("parquet", ""),
    ".gz": FileKind("gzip", ""),
    ".zst": FileKind("zstd", ""),
}
"""Every suffix that seedclean reads."""

_COMPRESSION_SUFFIXES = tuple(suffix for suffix, kind in FILE_KINDS.items() if kind.container in ("gzip", "zstd"))
"""Suffixes that follow another: `page.html.gz`."""

_MAGIC: tuple[tuple[re.Pattern[bytes], Container], ...] = (
    (re.compile(rb"\x1f\x8b"), "gzip"),
    (re.compile(rb"\x28\xb5\x2f\xfd"), "zstd"),
    (re.compile(rb"PAR1.*", re.S), "parquet"),
    (
        re.compile(
            rb"(?:\xef\xbb\xbf)?\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?(?:<!DOCTYPE en-export[^>]{0,200}>\s{0,99})?<en-export\b"
        ),
        "enex",
    ),
    (re.compile(rb"WARC/\d\.\d+\r?\n[\w-]+:"), "warc"),
)
_HEADERS = re.compile(rb"(?:[\w-]{1,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n){0,50}){2,100}\r?\n")
_MAIL_HEADER = re.compile(rb"^(?:message-id|received|mime-version):", re.I | re.M)
_MHTML_HEADER = re.compile(rb"^(?:snapshot-content-location:|content-type:\s*multipart/related)", re.I | re.M)
_DELIVERY_HEADER = re.compile(rb"^(?:received|to|list-id):", re.I | re.M)
"""A header that only a mail which was sent has: newsletters with pictures are `multipart/related` too."""

_FORMAT_SUFFIX = re.compile(r"#(?:[^#/]*\.)?(html|markdown|text)\Z")
"""Format suffix appended to the path of a container member when nothing else tells it: `dump.jsonl#12.html`."""

_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*(?:["}]|\Z)|\[\s*(?:[{\]]|\[\s*\[)|\Z)')
"""How JSON begins, broken or empty. Links in Markdown begin with `[` too, those of a wiki with `[[`."""


def container_of(name: str, head: bytes) -> Container:
    """The container of a stream, from its first bytes, then its suffix, then its first lines."""
    for magic, container in _MAGIC:
        if magic.match(head):
            return container
    kind = FILE_KINDS.get(_suffix(name))
    return kind.container if kind and kind.container else _container_by_lines(head)


def _container_by_lines(head: bytes) -> Container:
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return "perhaps-json"
    headers = _HEADERS.match(head)
    if not headers or not _MAIL_HEADER.search(headers[0]):
        return ""
    return "mhtml" if _MHTML_HEADER.search(headers[0]) and not _DELIVERY_HEADER.search(headers[0]) else "mail"


def sniff(path: str, body: str, *, is_below_front_matter: bool = False) -> str:
    """The format of a text without its front matter: "html", "markdown" or "text".

    A container states the format of its members; the suffix of a file is a hint, and its content decides.
    """
    return _stated_format(path) or markup_of(body, is_below_front_matter=is_below_front_matter)


def contradicts_suffix(path: str, format: str, body: str) -> bool:
    """Whether a text of that format, without its front matter, is another thing than its suffix says.

    Plain text is Markdown too, and Markdown is plain text; a fragment of HTML may stand in Markdown, a page may not.
    """
    kind = FILE_KINDS.get(_suffix(uncompressed_name(path)))
    if kind is None or kind.container or _stated_format(path):
        return False
    if kind.format == "markdown":
        return format == "html" and is_page(body)
    return (format == "html") != (kind.format == "html")


def looks_like_json(head: bytes) -> bool:
    """Whether bytes begin as JSON with documents does."""
    return _JSON.match(head) is not None


def is_readable(name: str) -> bool:
    """Whether a directory walk takes a file of this name; a compressed file may lack a second suffix."""
    bare = uncompressed_name(name)
    suffix = _suffix(bare)
    return suffix in FILE_KINDS or (not suffix and name != bare)


def uncompressed_name(path: str) -> str:
    """A path without suffixes of compression: `page.html` of `page.html.gz`."""
    while path.lower().endswith(_COMPRESSION_SUFFIXES):
        path = path[: path.rindex(".")]
    return path


def without_compression_suffix(name: str) -> str:
    """A path without its last suffix of compression, if it has one."""
    return name[: name.rindex(".")] if name.lower().endswith(_COMPRESSION_SUFFIXES) else name


def with_format(path: str, format: str) -> str:
    """The path, with a suffix for the format where nothing else in it tells it.

    So the path and the bytes of a container member are enough to read it again.
    """
    if not format or _format_in_path(path) == format:
        return path
    return f"{path}{'.' if re.search(r'#[^#/.]+$', path) else '#'}{format}"


def _stated_format(path: str) -> str:
    """The format that a container states in the path of a member; empty where the content decides."""
    if suffix := _FORMAT_SUFFIX.search(path):
        return suffix[1]
    kind = _kind_in_path(path)
    return kind.format if kind and kind.container else ""


def _format_in_path(path: str) -> str:
    """The format that a path states or hints at; empty if none."""
    kind = _kind_in_path(path)
    return _stated_format(path) or (kind.format if kind else "")


def _kind_in_path(path: str) -> FileKind | None:
    """What the suffix of a file says, or that of a member's container."""
    for name in (path, path.rpartition("#")[0]):
        kind = FILE_KINDS.get(_suffix(uncompressed_name(name)))
        if kind:
            return kind
    return None


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()
