"""pandas: a column of documents to a column of records, as structs of Arrow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas

from seedclean.cleaner import Cleaner
from seedclean.integrations.columns import clean_column


def clean(
    documents: pandas.Series,
    url: pandas.Series | None = None,
    *,
    fields: Iterable[str] | None = None,
    cleaner: Cleaner | None = None,
) -> pandas.Series:
    """The records of a column of texts or bytes: `records.struct.field("title")` is a column of titles.

    The result has the index of `documents`, null for a missing one, and `error` in place of a record where there is none.
    `url` are the addresses of the documents. `fields` names the columns of the records that are wanted: all if there are none.
    Raises ValueError for a wrong name in `fields`.
    """
    addresses = None if url is None else _values(url)
    records = clean_column(_values(documents), addresses, fields=fields, cleaner=cleaner)
    values = pandas.array(records, dtype=pandas.ArrowDtype(records.type))
    return pandas.Series(values, index=documents.index, name="record")


def _values(column: pandas.Series) -> list[Any]:
    return [None if missing else value for value, missing in zip(column, column.isna(), strict=True)]
