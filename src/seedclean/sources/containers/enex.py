"""Evernote's export of notes (ENEX, also of 印象笔记): one document for each note, in the XHTML of the note.

The file is XML, but is read as text: a note is what stands between two tags, and no entity of a document type is followed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.model.errors import ContainerError, SeedcleanError
from seedclean.sources.containers.compression import ByteStream

_OPEN, _CLOSE = "<content>", "</content>"
_SECTION, _SECTION_END = "<![CDATA[", "]]>"
_FIELDS = {
    "title": "title", "created": "captured", "author": "author", "source-url": "url", "tag": "tags",
}  # fmt: skip
"""Element of a note -> name of what it states. The dates are those of the note."""
_FIELD = re.compile(r"<(title|created|author|source-url|tag)>([^<]{1,4000})</")
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z")
_NOTE = re.compile(r"<en-note\b[^>]{0,2000}>(.*)</en-note>", re.S)


def read_enex(outer: ByteStream) -> Iterator[Source | SeedcleanError]:
    """The notes of an export, in its order."""
    text = outer.read_all(limits.PARSED_BYTES).decode("utf-8", "replace")
    for number, part in enumerate(text.split("<note>")[1:], 1):
        where = f"{outer.path}#{number}.html"
        note = part.partition("</note>")[0]
        start, end = note.find(_OPEN), note.rfind(_CLOSE)
        content = note[start + len(_OPEN) : end].strip() if 0 <= start < end else ""
        if not (content.startswith(_SECTION) and content.endswith(_SECTION_END)):
            yield ContainerError(where, "the note has no content", "export it again")
            continue
        inner = content.removeprefix(_SECTION).removesuffix(_SECTION_END)
        body = _NOTE.search(inner)
        data = (body[1] if body else inner).encode("utf-8")
        yield Source(where, data, (*outer.stated, *_stated(note[:start] + note[end + len(_CLOSE) :])))


def _stated(note: str) -> Iterator[tuple[str, str]]:
    fields: dict[str, list[str]] = {}
    for field in _FIELD.finditer(note):
        fields.setdefault(_FIELDS[field[1]], []).append(
            _DATE.sub(r"\1-\2-\3T\4:\5:\6Z", html.unescape(field[2]).strip())
        )
    return ((name, ",".join(values) if name == "tags" else values[0]) for name, values in fields.items())
