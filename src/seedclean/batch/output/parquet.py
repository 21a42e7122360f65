"""Records as rows of Apache Parquet, with the columns of `record.arrow`. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import orjson
import pyarrow
import pyarrow.parquet

from seedclean.record.arrow import arrow_schema, from_row, to_row
from seedclean.record.canonical_json import canonical

GROUP_ROWS = 1000
GROUP_BYTES = 64 * 1024 * 1024
"""The writer closes a row group at so many rows or so many bytes of JSON lines: one group fits into memory."""


def write(lines: BinaryIO, stream: BinaryIO) -> None:
    """Write one row for each JSON line."""
    columns = arrow_schema()
    with pyarrow.parquet.ParquetWriter(stream, columns, compression="zstd") as writer:
        for group in _groups(lines):
            writer.write_table(pyarrow.Table.from_pylist(group, columns))


def _groups(lines: BinaryIO) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    size = 0
    for line in lines:
        group.append(to_row(orjson.loads(line)))
        size += len(line)
        if len(group) >= GROUP_ROWS or size >= GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


class JsonLinesReader:
    """Reads the JSON lines that a file was written from, as a stream without seek."""

    def __init__(self, path: Path) -> None:
        self._file = pyarrow.parquet.ParquetFile(path)
        self._lines = self._iterate()
        self._rest = b""

    def _iterate(self) -> Iterator[bytes]:
        for batch in self._file.iter_batches(GROUP_ROWS):
            for row in batch.to_pylist():
                yield canonical(from_row(row)) + b"\n"

    def read(self, size: int) -> bytes:
        """The next bytes, at most `size`; b"" at the end."""
        self._rest = self._rest or next(self._lines, b"")
        chunk, self._rest = self._rest[:size], self._rest[size:]
        return chunk

    def close(self) -> None:
        """Close the file."""
        self._file.close()
