"""DuckDB: a function of SQL from a document to a record, as a struct."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import duckdb
import pyarrow

from seedclean.cleaner import Cleaner
from seedclean.integrations.columns import clean_column, record_schema


def register(
    connection: duckdb.DuckDBPyConnection,
    name: str = "clean",
    *,
    fields: Iterable[str] | None = None,
    cleaner: Cleaner | None = None,
) -> None:
    """Give a connection the function `name(document, url)`, both texts: `SELECT clean(html, url).title FROM pages`.

    `url` may be NULL; the record of a NULL document is NULL. `error` stands in place of a record where there is none.
    `fields` names the columns of the records that are wanted: all if there are none. Raises ValueError for a wrong name.
    """
    chosen = tuple(record_schema(fields).names)

    def batch(documents: Any, addresses: Any) -> Any:
        return clean_column(documents.to_pylist(), addresses.to_pylist(), fields=chosen, cleaner=cleaner)

    table = pyarrow.table({"record": clean_column([], fields=chosen)})
    kind = connection.from_arrow(table).types[0]
    connection.create_function(
        name, batch, ["VARCHAR", "VARCHAR"], kind, type="arrow", null_handling="special"
    )  # special: a NULL address does not make the record NULL
