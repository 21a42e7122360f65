"""A mapping that holds a document: a line of JSON, a row of Parquet, the answer of a scraping service."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.sources.formats import hinted

FORMATS = {
    "html": "html", "rawhtml": "html", "contenthtml": "html", "htmlcontent": "html", "markdown": "markdown",
    "contentmarkdown": "markdown", "md": "markdown", "text": "", "content": "", "body": "", "article": "",
    "rawcontent": "", "rawtext": "",
}  # fmt: skip
"""Names of fields that hold a document, without case and underscores, the one preferred first: HTML says most."""

_NAMES = {"sourceurl": "url", "publishedtime": "published"}
"""What services call an address and a date that a record knows under other names."""
_INNER = ("metadata", "meta")
_SURROGATE = re.compile("[\ud800-\udfff]")


def document(path: str, item: Mapping[str, Any], stated: tuple[tuple[str, str], ...] = ()) -> Source | None:
    """The document that a mapping holds, with what else it says; None where it holds none."""
    found = _field(item)
    if found is None:
        return None
    name, value = found
    data = value if isinstance(value, bytes) else clean(value).encode("utf-8")
    return Source(hinted(path, FORMATS[_plain(name)]), data, (*stated, *_stated(item)))


def is_field(name: str) -> bool:
    """Whether a field of this name may hold a document."""
    return _plain(name) in FORMATS


def is_record(item: Mapping[str, Any]) -> bool:
    """Whether a mapping is a record of this program, or the manifest of a run: a result, and no document."""
    record = str(item.get("schema")) == "1" and {"blocks", "removed", "provenance"} <= item.keys()
    return record or "seedclean-manifest" in item


def clean(text: str) -> str:
    """A text that can be written as UTF-8: half a surrogate pair, which JSON can state, becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").casefold()


def _field(item: Mapping[str, Any]) -> tuple[str, str | bytes] | None:
    """The field that holds the document: the preferred one of those that say something, else of those that are there."""
    order = list(FORMATS)
    there = [(name, value) for name, value in item.items() if is_field(name) and isinstance(value, str | bytes)]
    ordered = sorted(there, key=lambda pair: (not pair[1], order.index(_plain(pair[0]))))
    return ordered[0] if ordered else None


def _stated(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The strings beside the document, and those of its metadata, each name once."""
    seen: set[str] = set()
    inner = [item[name] for name in _INNER if isinstance(item.get(name), Mapping)]
    for mapping in (item, *inner):
        for name, value in mapping.items():
            known = _NAMES.get(_plain(name), "")
            name = known if known and known not in mapping else name
            if isinstance(value, str) and len(value) <= limits.STATED_CHARS and name not in seen and not is_field(name):
                seen.add(name)
                yield clean(name), clean(value)
