"""Records as rows of Apache Parquet; nested values are columns of canonical JSON. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import orjson
import pyarrow
import pyarrow.parquet

from seedclean.model.vocabulary import FIELDS
from seedclean.record.canonical_json import canonical

NESTED = frozenset({"stated", "provenance", "blocks", "translations", "removed"})
"""The record keys that a row stores as canonical JSON."""

GROUP_ROWS = 1000
GROUP_BYTES = 64 * 1024 * 1024
"""The writer closes a row group at so many rows or so many bytes of JSON lines: one group fits into memory."""


def schema() -> Any:
    """The Arrow schema; columns in alphabetical order."""
    text, number, texts = pyarrow.string(), pyarrow.int64(), pyarrow.list_(pyarrow.string())
    names = ["id", "path", "encoding", "format", "origin", "capture", "clue", "status", "page_type", "text"]
    columns = dict.fromkeys([*names, *FIELDS, *NESTED], text)
    columns |= dict.fromkeys(["schema", "bytes", "confidence"], number)
    columns |= dict.fromkeys(["warnings", "authors", "editors", "tags"], texts)
    return pyarrow.schema(sorted(columns.items()))


def write(lines: BinaryIO, stream: BinaryIO) -> None:
    """Write one row for each JSON line."""
    columns = schema()
    with pyarrow.parquet.ParquetWriter(stream, columns, compression="zstd") as writer:
        for group in _groups(lines):
            writer.write_table(pyarrow.Table.from_pylist(group, columns))


def _groups(lines: BinaryIO) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    size = 0
    for line in lines:
        record = orjson.loads(line)
        group.append({key: canonical(value).decode() if key in NESTED else value for key, value in record.items()})
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
                record = {key: orjson.loads(value) if key in NESTED else value for key, value in row.items()}
                yield canonical(record) + b"\n"

    def read(self, size: int) -> bytes:
        """The next bytes, at most `size`; b"" at the end."""
        self._rest = self._rest or next(self._lines, b"")
        chunk, self._rest = self._rest[:size], self._rest[size:]
        return chunk

    def close(self) -> None:
        """Close the file."""
        self._file.close()
