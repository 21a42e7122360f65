"""Parquet: one document for each row with a column that holds one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.model.errors import ContainerError, OwnRecordError, SeedcleanError
from seedclean.sources.containers import fields
from seedclean.sources.containers.compression import ByteStream, Expansion

_ROWS = 8
"""Rows decoded at once, at most. Few, because a dictionary page can repeat one large text in every row."""


def read_parquet(outer: ByteStream) -> Iterator[Source | SeedcleanError]:
    """The documents of the rows, each with the number of its row in its path. Raises ContainerError."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ModuleNotFoundError as error:
        remedy = "pip install 'seedclean[parquet]'"
        raise ContainerError(outer.path, "Parquet needs pyarrow, which is not installed", remedy) from error
    stream: Any = io.BytesIO(outer.read_all(limits.SOURCE_BYTES)) if outer.depth else outer.stream
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    expansion = outer.expansion if outer.depth else Expansion(outer.path, lambda: size)
    try:
        yield from _rows(pyarrow, pyarrow.parquet.ParquetFile(stream), outer, expansion)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        what = f"is not valid Parquet: {str(error).splitlines()[0][:200]}"
        raise ContainerError(outer.path, what, "write the file again") from error


def _rows(arrow: Any, file: Any, outer: ByteStream, expansion: Expansion) -> Iterator[Source | SeedcleanError]:
    names = [column.name for column in file.schema_arrow if _is_read(arrow, column)]
    unread = {name: None for name in file.schema_arrow.names if name not in names}
    if not any(map(fields.is_document_field, names)) and not {"schema", "blocks", "removed"} <= {*names, *unread}:
        remedy = "name the column with the document html, markdown or text"
        raise ContainerError(
            outer.path, f"no column holds a document; the columns are {', '.join(names[:10]) or 'none'}", remedy
        )
    number = 0
    for batch in _batches(file, names, expansion):
        columns = [_values(arrow, column) for column in batch.columns]
        for values in zip(*columns, strict=True):
            number += 1
            item = dict(zip(batch.schema.names, values, strict=True))
            member = _member(item, unread, f"{outer.path}#{number}", outer)
            expansion.add(len(member.data) if isinstance(member, Source) else 0)
            yield member


def _batches(file: Any, names: list[str], expansion: Expansion) -> Iterator[Any]:
    """A few rows at a time. The sizes in the footer are checked before the row group is decoded."""
    for group in range(file.metadata.num_row_groups):
        columns = [file.metadata.row_group(group).column(at) for at in range(file.metadata.num_columns)]
        sizes = [column.total_uncompressed_size for column in columns if column.path_in_schema.split(".")[0] in names]
        largest = max(sizes, default=0)
        expansion.check_ahead(largest)
        rows = max(1, min(_ROWS, limits.PARQUET_BATCH_BYTES // max(largest, 1)))
        yield from file.iter_batches(batch_size=rows, row_groups=[group], columns=names, use_threads=False)


def _member(item: dict[str, Any], unread: dict[str, Any], where: str, outer: ByteStream) -> Source | SeedcleanError:
    if fields.is_own_record(unread | item):
        return OwnRecordError(where, "is a record of seedclean, not a document", "give the document it was made from")
    source = fields.document(where, item, outer.stated)
    return source or ContainerError(where, "the row holds no document", "fill the column with the document")


def _is_read(arrow: Any, column: Any) -> bool:
    kind = column.type
    return bool(
        _is_text(arrow, kind)
        or (_is_bytes(arrow, kind) and fields.is_document_field(column.name))
        or _is_scalar(arrow, kind)
        or (arrow.types.is_struct(kind) and column.name in ("metadata", "meta"))
    )


def _is_text(arrow: Any, kind: Any) -> bool:
    if arrow.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(arrow.types.is_string(kind) or arrow.types.is_large_string(kind) or arrow.types.is_string_view(kind))


def _is_bytes(arrow: Any, kind: Any) -> bool:
    return bool(arrow.types.is_binary(kind) or arrow.types.is_large_binary(kind))


def _is_scalar(arrow: Any, kind: Any) -> bool:
    types = arrow.types
    return bool(types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind) or types.is_temporal(kind))


def _values(arrow: Any, column: Any) -> list[Any]:
    """The values of a column: texts and bytes as they are, numbers and times as text, a struct as a dict."""
    kind = column.type
    if _is_text(arrow, kind) or _is_bytes(arrow, kind):
        return list(column.to_pylist())
    if arrow.types.is_struct(kind):
        names = [kind.field(at).name for at in range(kind.num_fields) if _is_read(arrow, kind.field(at))]
        inner = [_values(arrow, column.field(name)) for name in names]
        return (
            [dict(zip(names, row, strict=True)) for row in zip(*inner, strict=True)] if inner else [None] * len(column)
        )
    if arrow.types.is_duration(kind):
        return [None] * len(column)
    return list(column.cast(arrow.string()).to_pylist())
