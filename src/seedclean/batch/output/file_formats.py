"""The forms of an output file: JSON lines plain, gzip or Zstandard, and Parquet; made from lines, and read back as lines.

The same lines give the same bytes: no name and no time stands in them.
"""

from __future__ import annotations

import gzip
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from seedclean.model.errors import OutputError

FORMS = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")
"""The suffixes that name a form."""

_PIECE = 1024 * 1024
_GZIP_LEVEL = 6


def form(name: str) -> str:
    """The form that a file's name asks for; an empty string for a directory. Raises OutputError for another suffix."""
    found = next((suffix for suffix in FORMS if name.lower().endswith(suffix)), "")
    suffix = "." + name.lower().rpartition(".")[2]
    if not found and suffix in (".json", ".csv", ".txt", ".md", ".html", ".gz", ".zst"):
        remedy = "use a directory, .jsonl, .jsonl.gz, .jsonl.zst or .parquet"
        raise OutputError(name, f"{suffix} is no output format", remedy)
    return found


def check(form: str) -> None:
    """Raise OutputError where a form needs an extra that is not installed."""
    if form == ".parquet":
        _parquet()
    elif form == ".jsonl.zst":
        _zstd()


def make(form: str, lines: BinaryIO, stream: BinaryIO) -> None:
    """Write lines in a form other than plain."""
    if form == ".parquet":
        _parquet().write(lines, stream)
        return
    if form == ".jsonl.gz":
        packed: Any = gzip.GzipFile("", "wb", _GZIP_LEVEL, stream, mtime=0)
    else:
        packed = _zstd().ZstdFile(stream, "wb")
    with packed:
        shutil.copyfileobj(lines, packed, _PIECE)


def lines(form: str, path: Path) -> BinaryIO:
    """The lines that a file was made from. Opening and reading raise one of `damages()` where that cannot be."""
    if form == ".parquet":
        return cast(BinaryIO, _parquet().Lines(path))
    if form == ".jsonl.gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    if form == ".jsonl.zst":
        return cast(BinaryIO, _zstd().ZstdFile(path, "rb"))
    return path.open("rb")


def damages() -> tuple[type[Exception], ...]:
    """What reading a file of some form raises where it is missing or damaged."""
    found = (OSError, EOFError, ValueError, zlib.error)
    try:
        return (*found, _zstd().ZstdError)
    except OutputError:
        return found


def pieces(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """The next bytes of a stream, in pieces: so many, or as many as there are."""
    while size > 0 and (piece := stream.read(min(size, _PIECE))):
        size -= len(piece)
        yield piece


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
        from seedclean.batch.output import parquet  # pyarrow is an extra: 40 MB that only this form needs
    except ModuleNotFoundError as error:
        raise OutputError("parquet", "pyarrow is not installed", "pip install 'seedclean[parquet]'") from error
    return parquet
