"""Formats of an output file, named by their suffix: JSON lines plain, gzip or Zstandard, and Parquet.

Each is written from JSON lines and read back as the same JSON lines. The same lines give the same bytes: no format stores
a file name or a time.
"""

from __future__ import annotations

import gzip
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from seedclean.model.errors import OutputError

SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")

_CHUNK = 1024 * 1024
_GZIP_LEVEL = 6  # zlib's default


def suffix_of(name: str) -> str:
    """The one of SUFFIXES that a file name has; "" for a directory. Raises OutputError for the suffix of another format."""
    suffix = next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), "")
    last = "." + name.lower().rpartition(".")[2]
    if not suffix and last in (".json", ".csv", ".txt", ".md", ".html", ".gz", ".zst"):
        remedy = "use a directory, .jsonl, .jsonl.gz, .jsonl.zst or .parquet"
        raise OutputError(name, f"{last} is not an output format", remedy)
    return suffix


def require(suffix: str) -> None:
    """Raise OutputError if a format needs an extra that is not installed."""
    if suffix == ".parquet":
        _parquet()
    elif suffix == ".jsonl.zst":
        _zstd()


def write(suffix: str, lines: BinaryIO, stream: BinaryIO) -> None:
    """Convert JSON lines into a format other than plain."""
    if suffix == ".parquet":
        _parquet().write(lines, stream)
        return
    if suffix == ".jsonl.gz":
        compressor: Any = gzip.GzipFile("", "wb", _GZIP_LEVEL, stream, mtime=0)
    else:
        compressor = _zstd().ZstdFile(stream, "wb")
    with compressor:
        shutil.copyfileobj(lines, compressor, _CHUNK)


def open_lines(suffix: str, path: Path) -> BinaryIO:
    """A file of some format as the JSON lines it was written from. Opening and reading raise one of `read_errors()`."""
    if suffix == ".parquet":
        return cast(BinaryIO, _parquet().JsonLinesReader(path))
    if suffix == ".jsonl.gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    if suffix == ".jsonl.zst":
        return cast(BinaryIO, _zstd().ZstdFile(path, "rb"))
    return path.open("rb")


def read_errors() -> tuple[type[Exception], ...]:
    """The exceptions for a missing or damaged file in any format."""
    errors = (OSError, EOFError, ValueError, zlib.error)
    try:
        return (*errors, _zstd().ZstdError)
    except OutputError:
        return errors


def chunks(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """The next `size` bytes of a stream in chunks; fewer at its end."""
    while size > 0 and (chunk := stream.read(min(size, _CHUNK))):
        size -= len(chunk)
        yield chunk


def _zstd() -> Any:
    try:
        from compression import zstd
    except ModuleNotFoundError:
        try:
            from backports import zstd
        except ModuleNotFoundError as error:
            raise OutputError("zstd", "backports.zstd is not installed", "pip install 'seedclean[zstd]'") from error
    return zstd


def _parquet() -> Any:
    try:
        from seedclean.batch.output import parquet  # pyarrow is an extra: 40 MB for this format alone
    except ModuleNotFoundError as error:
        raise OutputError("parquet", "pyarrow is not installed", "pip install 'seedclean[parquet]'") from error
    return parquet
