"""Ray Data: a class for `map_batches` on batches of Arrow, of which each actor makes one. Imports nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from seedclean.cleaner import Cleaner
from seedclean.integrations.columns import column_sources, record_schema, row
from seedclean.model.document import Source
from seedclean.sources.files import documents

if TYPE_CHECKING:
    import pyarrow

_ROWS = 256
"""Rows of a table at most: a file may hold a million documents, and Ray takes the tables one by one."""


class SeedcleanActor:
    """Cleans batches of files or pages: `data.map_batches(SeedcleanActor, batch_format="pyarrow", compute=…)`.

    `column` holds them, as bytes or text, `path` their paths and `url` their addresses; None if there are none. A container
    gives a row for each document in it. A row has the columns of `columns.record_schema(fields)`, of the same types
    whatever the batch holds: `error` stands in place of a record where there is none, and a null gives nulls. The other
    columns of the batch stand beside them, but not that of the documents. Give options as `fn_constructor_kwargs`.

    Raises ValueError for a wrong name in `fields`.
    """

    def __init__(
        self,
        column: str = "bytes",
        path: str | None = "path",
        url: str | None = None,
        fields: Iterable[str] | None = None,
        cleaner: Cleaner | None = None,
    ) -> None:
        self._column, self._path, self._url = column, path, url
        self._schema = record_schema(fields)
        self._cleaner = cleaner or Cleaner()

    def __call__(self, batch: pyarrow.Table) -> Iterator[pyarrow.Table]:
        """The rows in the order of the batch, in tables of at most 256; for a batch without rows, one table without.

        Raises KeyError if there is no such column in a batch with rows.
        """
        import pyarrow

        others = batch.drop_columns(
            [name for name in batch.column_names if name in {self._column, *self._schema.names}]
        )
        rows = self._rows(batch) if batch.num_rows else iter(())
        group = list(islice(rows, _ROWS))
        while True:
            records = pyarrow.Table.from_pylist([one for _, one in group], self._schema)
            beside = others.take(pyarrow.array([number for number, _ in group], pyarrow.int64()))
            columns = dict(zip(others.column_names, beside.columns, strict=True))
            yield pyarrow.table(columns | dict(zip(self._schema.names, records.columns, strict=True)))
            group = list(islice(rows, _ROWS))
            if not group:
                return

    def _rows(self, batch: pyarrow.Table) -> Iterator[tuple[int, dict[str, Any]]]:
        """Each row, with the number of the row of the batch that it comes from."""
        cells, paths, addresses = (_values(batch, name) for name in (self._column, self._path, self._url))
        for number, source in enumerate(column_sources(cells or [], addresses, paths)):
            for member in () if source is None else documents(source):
                result = self._cleaner.clean_document(member) if isinstance(member, Source) else member
                yield number, row(result, member.path if isinstance(member, Source) else member.where)
            if source is None:
                yield number, {}


def _values(batch: pyarrow.Table, column: str | None) -> list[Any] | None:
    return None if column is None else batch[column].to_pylist()
