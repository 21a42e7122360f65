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
        others = batch.drop_columns(
            [name for name in batch.column_names if name in {self._column, *self._schema.names}]
        )
        rows = self._rows(batch) if batch.num_rows else iter(())
        groups = iter(lambda: list(islice(rows, _ROWS)), [])
        yield self._table(next(groups, []), others)
        for group in groups:
            yield self._table(group, others)

    def _rows(self, batch: pyarrow.Table) -> Iterator[tuple[int, dict[str, Any]]]:
        """Each row, with the number of the row of the batch that it comes from."""
        cells, paths, addresses = (_values(batch, name) for name in (self._column, self._path, self._url))
        for number, source in enumerate(column_sources(cells or [], addresses, paths)):
            if source is None:
                yield number, {}
                continue
            for member in documents(source):
                result = self._cleaner.clean_document(member) if isinstance(member, Source) else member
                yield number, row(result, member.path if isinstance(member, Source) else member.where)

    def _table(self, rows: list[tuple[int, dict[str, Any]]], others: pyarrow.Table) -> pyarrow.Table:
        """The rows as a table, beside the other columns of the batch."""
        import pyarrow

        records = pyarrow.Table.from_pylist([values for _, values in rows], self._schema)
        beside = others.take(pyarrow.array([number for number, _ in rows], pyarrow.int64()))
        names = [*others.column_names, *self._schema.names]
        return pyarrow.table(dict(zip(names, [*beside.columns, *records.columns], strict=True)))


def _values(batch: pyarrow.Table, column: str | None) -> list[Any] | None:
    return None if column is None else batch[column].to_pylist()
