"""Records as rows of Apache Parquet: what nests is canonical JSON in a column of its own. Needs pyarrow."""

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
"""The keys of a record that are canonical JSON in a row."""

GROUP_ROWS = 1000
GROUP_BYTES = 64 * 1024 * 1024
"""A row group is written when it has so many rows, or so many bytes of records."""


def schema() -> Any:
    """The Arrow schema, its columns in the order of their names."""
    text, number, texts = pyarrow.string(), pyarrow.int64(), pyarrow.list_(pyarrow.string())
    names = ["id", "path", "encoding", "format", "origin", "capture", "clue", "status", "page_type", "text"]
    kinds = dict.fromkeys([*names, *FIELDS, *NESTED], text)
    kinds |= dict.fromkeys(["schema", "bytes"], number)
    kinds |= dict.fromkeys(["warnings", "authors", "editors", "tags"], texts)
    return pyarrow.schema(sorted(kinds.items()))


def write(lines: BinaryIO, stream: BinaryIO) -> None:
    """A row for each line, in groups, so that one group is held."""
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


class Lines:
    """The rows of a file as the lines they were made from, to be read from the first to the last."""

    def __init__(self, path: Path) -> None:
        self._file = pyarrow.parquet.ParquetFile(path)
        self._lines = self._read()
        self._rest = b""

    def _read(self) -> Iterator[bytes]:
        for batch in self._file.iter_batches(GROUP_ROWS):
            for row in batch.to_pylist():
                record = {key: orjson.loads(value) if key in NESTED else value for key, value in row.items()}
                yield canonical(record) + b"\n"

    def read(self, size: int) -> bytes:
        """The next bytes: at most so many, and none at the end."""
        self._rest = self._rest or next(self._lines, b"")
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece

    def close(self) -> None:
        """Close the file."""
        self._file.close()
