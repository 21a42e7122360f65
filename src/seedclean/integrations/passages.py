"""A record as the frameworks for retrieval take a document: a text, and metadata of flat values."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping

from seedclean.model.document import Source
from seedclean.model.errors import SeedcleanError
from seedclean.record.record import Record
from seedclean.values import urls

FIELDS = (
    "title", "url", "publisher", "authors", "published", "modified", "language", "origin", "capture", "status",
    "page_type", "confidence",
)  # fmt: skip
"""The fields of a record that become metadata."""

_log = logging.getLogger("seedclean")


def metadata(record: Record) -> dict[str, str | int]:
    """The metadata of a record: a text or a number for each field that has a value, and `source`, the record's path.

    Vector stores refuse null and lists, so unknown fields are absent and authors are one text.
    """
    values = {name: getattr(record, name) for name in FIELDS} | {"authors": ", ".join(record.authors)}
    return {"source": record.path} | {name: value for name, value in values.items() if value not in (None, "")}


def readable(results: Iterable[Record | SeedcleanError]) -> Iterator[Record]:
    """The records with a text. Errors are logged to `seedclean` as warnings: these frameworks have no place for them."""
    for result in results:
        if isinstance(result, SeedcleanError):
            _log.warning("%s: %s", result.code, result)
        elif result.text:
            yield result


def source(text: str, known: Mapping[str, object]) -> Source:
    """The source of a document with metadata: its path is `source`; its address is `url`, or `source` where it is one."""
    path = str(known.get("source", "-"))
    return Source(path, text.encode("utf-8", "replace"), url=urls.web(known.get("url")) or urls.web(path))
