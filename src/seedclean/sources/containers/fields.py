"""A mapping that holds a document: a line of JSON, a row of Parquet, the response of a scraping service."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.sources.formats import with_format

FORMATS = {
    "html": "html", "rawhtml": "html", "contenthtml": "html", "htmlcontent": "html", "markdown": "markdown",
    "contentmarkdown": "markdown", "md": "markdown", "text": "", "content": "", "body": "", "article": "",
    "rawcontent": "", "rawtext": "",
}  # fmt: skip
"""Keys of fields that hold a document -> its format (empty: the content decides), in order of preference: HTML first, as
it carries the most information."""

_STANDARD_NAMES = {"sourceurl": "url", "publishedtime": "published"}
"""Keys of fields that services use for metadata which records hold under another name."""
_METADATA_FIELDS = ("metadata", "meta")
_SURROGATE = re.compile("[\ud800-\udfff]")


def document(path: str, item: Mapping[str, Any], stated: tuple[tuple[str, str], ...] = ()) -> Source | None:
    """The document in a mapping, with its other fields in `stated`; None if no field holds a document."""
    field = _document_field(item)
    if field is None:
        return None
    name, value = field
    data = value if isinstance(value, bytes) else replace_surrogates(value).encode("utf-8")
    return Source(with_format(path, FORMATS[_key(name)]), data, (*stated, *_stated(item)))


def is_document_field(name: str) -> bool:
    """Whether a field of this name may hold a document."""
    return _key(name) in FORMATS


def is_own_record(item: Mapping[str, Any]) -> bool:
    """Whether a mapping is a record of seedclean or the manifest of a run, hence a result and no document."""
    record = str(item.get("schema")) == "1" and {"blocks", "removed", "provenance"} <= item.keys()
    return record or "seedclean-manifest" in item


def replace_surrogates(text: str) -> str:
    """The text with lone surrogates, which JSON can escape and UTF-8 cannot encode, replaced by U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def _key(name: str) -> str:
    """A field name as it is compared: without case, `_` and `-`."""
    return name.replace("_", "").replace("-", "").casefold()


def _document_field(item: Mapping[str, Any]) -> tuple[str, str | bytes] | None:
    """The preferred document field that is not empty, or else the preferred empty one."""
    order = list(FORMATS)
    fields = [
        (name, value) for name, value in item.items() if is_document_field(name) and isinstance(value, str | bytes)
    ]
    return min(fields, key=lambda field: (not field[1], order.index(_key(field[0]))), default=None)


def _stated(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The other fields with a string, and those of nested metadata; the first of each name."""
    names: set[str] = set()
    nested = [item[name] for name in _METADATA_FIELDS if isinstance(item.get(name), Mapping)]
    for mapping in (item, *nested):
        for name, value in mapping.items():
            standard = _STANDARD_NAMES.get(_key(name), "")
            name = standard if standard and standard not in mapping else name
            if name in names or is_document_field(name):
                continue
            if isinstance(value, str) and len(value) <= limits.STATED_CHARS:
                names.add(name)
                yield replace_surrogates(name), replace_surrogates(value)
