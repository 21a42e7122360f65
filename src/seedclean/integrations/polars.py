"""polars: an expression of documents to an expression of records, as structs."""

from __future__ import annotations

from collections.abc import Iterable

import polars

from seedclean.cleaner import Cleaner
from seedclean.integrations.columns import clean_column, record_schema


def clean(
    documents: str | polars.Expr,
    url: str | polars.Expr | None = None,
    *,
    fields: Iterable[str] | None = None,
    cleaner: Cleaner | None = None,
) -> polars.Expr:
    """The records of a column of texts or binaries, named `record`: `.struct.field("title")` is a column of titles.

    null for null, and `error` in place of a record where there is none. `url` are the addresses of the documents. `fields`
    names the columns of the records that are wanted: all if there are none. Works in lazy frames, and batch by batch in
    the streaming engine. Raises ValueError for a wrong name in `fields`.
    """
    chosen = tuple(record_schema(fields).names)
    kind = polars.from_arrow(clean_column([], fields=chosen)).dtype

    def batch(columns: list[polars.Series]) -> polars.Series:
        addresses = columns[1].to_list() if len(columns) > 1 else None
        records = clean_column(columns[0].to_list(), addresses, fields=chosen, cleaner=cleaner)
        return polars.Series("record", polars.from_arrow(records), dtype=kind)

    columns = [documents] if url is None else [documents, url]
    return polars.map_batches(columns, batch, return_dtype=kind, is_elementwise=True).alias("record")
