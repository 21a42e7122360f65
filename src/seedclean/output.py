"""Where records go: JSON lines on standard output or in a file, plain or packed, a directory of files, or Parquet.

A file is written under a temporary name beside its target and renamed when it is whole: a run that is killed leaves
nothing that looks finished.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Protocol

from seedclean.errors import OutputError
from seedclean.record import Record

_BATCH = 1000


class Sink(Protocol):
    """Takes records one by one."""

    def write(self, record: Record) -> None:
        """Take one record. Raises OutputError."""


class Lines:
    """Canonical JSON, a line for each record."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, record: Record) -> None:
        self._stream.write(record.to_json() + b"\n")


class Mirror:
    """One file for each record, in the tree of the sources: `a/b.md` becomes `a/b.md.json`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, record: Record) -> None:
        parts = PurePosixPath(record.path).parts
        if not parts or ".." in parts or PurePosixPath(record.path).is_absolute():
            raise OutputError(record.path, "the record's path leads out of the output directory", "rename the file")
        target = self._folder.joinpath(*parts[:-1], parts[-1] + ".json")
        target.parent.mkdir(parents=True, exist_ok=True)
        with _renamed(target) as stream:
            stream.write(record.to_json() + b"\n")


class Parquet:
    """Apache Parquet, a row for each record; what nests is canonical JSON in its column."""

    def __init__(self, stream: BinaryIO) -> None:
        import pyarrow  # an extra: 40 MB that only this output needs
        import pyarrow.parquet

        self._arrow = pyarrow
        self._schema = _arrow_schema(pyarrow)
        self._writer = pyarrow.parquet.ParquetWriter(stream, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def write(self, record: Record) -> None:
        from seedclean.canonical import canonical

        nested = {"stated", "provenance", "blocks", "translations", "removed"}
        row = {key: canonical(value).decode() if key in nested else value for key, value in record.data.items()}
        self._rows.append(row)
        if len(self._rows) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write the rows that have come together as a row group."""
        if self._rows:
            self._writer.write_table(self._arrow.Table.from_pylist(self._rows, self._schema))
            self._rows = []

    def close(self) -> None:
        """Write what is left, and the file's end."""
        self.flush()
        self._writer.close()


def _arrow_schema(pyarrow: Any) -> Any:
    from seedclean.pack import FIELDS

    text, number, texts = pyarrow.string(), pyarrow.int64(), pyarrow.list_(pyarrow.string())
    names = ["id", "path", "encoding", "format", "origin", "capture", "clue", "status", "page_type", "text"]
    kinds = dict.fromkeys([*names, *FIELDS, "stated", "provenance", "blocks", "translations", "removed"], text)
    kinds |= dict.fromkeys(["schema", "bytes"], number) | dict.fromkeys(
        ["warnings", "authors", "editors", "tags"], texts
    )
    return pyarrow.schema(sorted(kinds.items()))


@contextmanager
def opened(target: Path) -> Iterator[Sink]:
    """A sink for a path: `.jsonl`, `.jsonl.gz`, `.jsonl.zst`, `.parquet`, or a directory. Raises OutputError."""
    name = target.name.lower()
    if name.endswith((".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")):
        with _errors_named(target), _renamed(target) as stream, _packed(name, stream) as sink:
            yield sink
        return
    if target.suffix.lower() in (".json", ".csv", ".txt", ".md", ".html", ".gz", ".zst"):
        what = f"{target.suffix} is no output format"
        raise OutputError(str(target), what, "use a directory, .jsonl, .jsonl.gz, .jsonl.zst or .parquet")
    with _errors_named(target):
        target.mkdir(parents=True, exist_ok=True)
        yield Mirror(target)


@contextmanager
def _packed(name: str, stream: BinaryIO) -> Iterator[Sink]:
    if name.endswith(".parquet"):
        try:
            sink = Parquet(stream)
        except ModuleNotFoundError as error:
            raise OutputError(name, "pyarrow is not installed", "pip install 'seedclean[parquet]'") from error
        yield sink
        sink.close()
    elif name.endswith(".gz"):
        # no name and no time in the header: the same records give the same bytes
        with gzip.GzipFile("", "wb", 6, stream, mtime=0) as packed:
            yield Lines(packed)  # type: ignore[arg-type]  # a GzipFile writes bytes, which is all that Lines asks
    elif name.endswith(".zst"):
        with _zstd(stream) as packed:
            yield Lines(packed)
    else:
        yield Lines(stream)


def _zstd(stream: BinaryIO) -> Any:
    try:
        from compression import zstd
    except ModuleNotFoundError:
        try:
            from backports import zstd
        except ModuleNotFoundError as error:
            raise OutputError("zstd", "backports.zstd is not installed", "pip install 'seedclean[zstd]'") from error
    return zstd.ZstdFile(stream, "wb")


@contextmanager
def _renamed(target: Path) -> Iterator[BinaryIO]:
    """A file that gets its name when it is whole."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as stream:
            yield stream
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def _errors_named(target: Path) -> Iterator[None]:
    """What the system refuses, as an error of ours."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            str(target), error.strerror or "cannot be written", "check the directory and its space"
        ) from error
