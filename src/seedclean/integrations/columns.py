"""A column of documents to a column of records, as an Arrow array whose type is the same whatever the documents hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from seedclean.cleaner import Cleaner
from seedclean.functions import clean_many
from seedclean.model.document import Source
from seedclean.model.errors import SeedcleanError
from seedclean.record.arrow import arrow_schema
from seedclean.record.record import Record
from seedclean.sources.files import to_source
from seedclean.values import urls

if TYPE_CHECKING:
    import pyarrow

Document = str | bytes | None
"""A cell of a column of documents."""


def record_schema(fields: Iterable[str] | None = None) -> pyarrow.Schema:
    """The columns of `seedclean.arrow_schema()` and `error`, or those named by `fields`, in alphabetical order.

    `error` is null where there is a record. Else it has `code`, `where`, `what` and `remedy`, and all other columns but
    `path` are null. Raises ValueError for a name that is no column.
    """
    import pyarrow  # an extra: 40 MB

    text = pyarrow.string()
    error = pyarrow.field("error", pyarrow.struct([("code", text), ("where", text), ("what", text), ("remedy", text)]))
    columns = {field.name: field for field in (*arrow_schema(), error)}
    chosen = set(columns if fields is None else fields)
    if unknown := sorted(chosen - columns.keys()):
        raise ValueError(f"{', '.join(unknown)}: no column of a record; they are {', '.join(sorted(columns))}")
    return pyarrow.schema([columns[name] for name in sorted(chosen)])


def row(result: Record | SeedcleanError, path: str) -> dict[str, Any]:
    """A record or an error as a row of `record_schema()`. `path` is that of a document without a record."""
    if isinstance(result, Record):
        return result.to_row()
    error = {"code": result.code, "where": result.where, "what": result.what, "remedy": result.remedy}
    return {"path": path, "error": error}


def clean_column(
    documents: Sequence[Document],
    addresses: Iterable[str | None] | None = None,
    *,
    fields: Iterable[str] | None = None,
    cleaner: Cleaner | None = None,
) -> pyarrow.StructArray:
    """For each document its record as a struct of `record_schema(fields)`; null for null.

    A `str` is the text of a document, bytes are decoded; no cell is a path. `addresses` are the addresses of the
    documents: one that is no web address counts as none. `cleaner` is the default one if there is none.
    """
    import pyarrow

    schema = record_schema(fields)
    sources = list(column_sources(documents, addresses))
    present = (source for source in sources if source is not None)
    results = clean_many(present) if cleaner is None else cleaner.clean_many(present)
    rows = [None if source is None else row(next(results), source.path) for source in sources]
    return pyarrow.array(rows, pyarrow.struct(list(schema)))


def column_sources(
    documents: Sequence[Document],
    addresses: Iterable[str | None] | None = None,
    paths: Iterable[str | None] | None = None,
) -> Iterator[Source | None]:
    """For each document its source, with its path and its address where there is one; None for None."""
    nothing = [None] * len(documents)
    for document, address, path in zip(documents, addresses or nothing, paths or nothing, strict=True):
        if document is None:
            yield None
            continue
        source = to_source(document)
        yield Source(path or source.path, source.data, url=urls.web(address))
