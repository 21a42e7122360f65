"""HuggingFace datasets: `dataset.map(seedclean.hf.clean, batched=True)`. Imports nothing of it: a batch is a mapping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from seedclean.cleaner import Cleaner
from seedclean.integrations.columns import clean_column


def clean(
    batch: Mapping[str, Any],
    *,
    column: str = "text",
    url: str | None = None,
    fields: Iterable[str] | None = None,
    cleaner: Cleaner | None = None,
) -> Any:
    """The records of a batch of documents in place of their column, beside the other columns of the batch.

    `column` holds the documents, as text or bytes, and `url`, if given, their addresses. `fields` names the columns of
    the records that are wanted: all, and `error`, if there are none. A column of the batch with the name of one of them
    is replaced, `text` by the text of the document. Give options as `fn_kwargs` of `map`.

    The result is an Arrow table, so that the features are the same for every batch; for a batch of a stream, which has no
    features, it is a dict of lists. Raises KeyError if there is no such column, and ValueError for a wrong name in `fields`.
    """
    import pyarrow

    addresses = None if url is None else batch[url]
    records = clean_column(batch[column], addresses, fields=fields, cleaner=cleaner)
    cleaned = dict(zip(records.type.names, records.flatten(), strict=True))
    table = getattr(batch, "pa_table", None)  # the batch of a data set on disk: its other columns keep their types
    if table is None:
        return {name: values.to_pylist() for name, values in cleaned.items()}
    others = {name: table[name] for name in table.column_names if name not in cleaned}
    return pyarrow.table(others | cleaned)
