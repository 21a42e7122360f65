"""What very many pages cost: `python bench/scaling.py SET [PROCESSES]`.

SET is a directory of raw pages, `*.html.gz`. One process cleans them as an actor of Ray Data does, in batches of 64, and
writes Parquet; then, if asked, PROCESSES of them do it at once, each with all pages. Printed, as the tables of docs/scaling.md: CPU time,
memory and bytes for a page, and from these what 10 million and 3 billion pages cost. Linux alone: memory is read from /proc.
"""

from __future__ import annotations

import gzip
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from multiprocessing import get_context
from pathlib import Path

_BATCH = 64
SHARD = 100_000
"""Pages of one shard in the plan."""
COUNTS = (10_000_000, 3_000_000_000)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process needed. `start`: CPU seconds until it could clean. `cpu`, `elapsed`: seconds for all pages.

    `html`, `gzip` and `parquet` are bytes of all pages: as they are, compressed, and of their records. `memory` is the most bytes
    that the process held. `errors` pages have an error.
    """

    pages: int
    errors: int
    start: float
    cpu: float
    elapsed: float
    html: int
    gzip: int
    parquet: int
    memory: int


def clean(folder: Path) -> Cost:
    """Clean the pages of a folder in this process, which must be new."""
    import pyarrow
    import pyarrow.parquet

    from seedclean.integrations.columns import record_schema
    from seedclean.integrations.ray import SeedcleanActor

    actor = SeedcleanActor()
    list(actor(pyarrow.table({"bytes": [b"<p>A mill.</p>"], "path": ["a.html"]})))  # loads what the first page loads
    start = time.process_time()
    files = sorted(folder.glob("*.html.gz"))
    errors = html = compressed = 0
    begun, clock = time.perf_counter(), time.process_time()
    with tempfile.NamedTemporaryFile(suffix=".parquet") as out:
        with pyarrow.parquet.ParquetWriter(out.name, record_schema(), compression="zstd") as writer:
            for batch in (files[at : at + _BATCH] for at in range(0, len(files), _BATCH)):
                pages = [gzip.decompress(file.read_bytes()) for file in batch]
                html += sum(map(len, pages))
                compressed += sum(file.stat().st_size for file in batch)
                table = {"bytes": pages, "path": [file.name.removesuffix(".gz") for file in batch]}
                for records in actor(pyarrow.table(table)):
                    errors += records.num_rows - records["error"].null_count
                    writer.write_table(records)
        size = os.path.getsize(out.name)
    cpu, elapsed = time.process_time() - clock, time.perf_counter() - begun
    return Cost(len(files), errors, start, cpu, elapsed, html, compressed, size, _most_memory())


def _most_memory() -> int:
    (line,) = [line for line in Path("/proc/self/status").read_text("utf-8").splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


def measure(folder: Path, processes: int) -> list[Cost]:
    """The cost of each of so many processes that work at once."""
    with get_context("spawn").Pool(processes) as pool:
        return pool.map(clean, [folder] * processes, chunksize=1)


def plan(milliseconds: float, gzip: float, parquet: float) -> list[tuple[str, ...]]:
    """What so many pages cost: rows of a table. Milliseconds of CPU and kB of gzip and Parquet are those of a page.

    A core does one shard after another, so the last round may leave cores idle.
    """
    shard = SHARD * milliseconds / 3_600_000
    shards = [count // SHARD for count in COUNTS]
    return [
        ("", *map(_count, COUNTS)),
        ("core hours", *(_digits(number * shard) for number in shards)),
        ("one machine of 16 cores", *(_time(ceil(number / 16) * shard) for number in shards)),
        ("100 machines of 16 cores", *(_time(ceil(number / 1600) * shard) for number in shards)),
        ("pages in, gzip", *(_bytes(count * gzip) for count in COUNTS)),
        ("records out, Parquet", *(_bytes(count * parquet) for count in COUNTS)),
        (f"shards of {SHARD:,} pages", *(f"{number:,}" for number in shards)),
        ("a shard: time on one core", *[_time(shard)] * len(shards)),
        ("a shard: Parquet", *[_bytes(SHARD * parquet)] * len(shards)),
    ]


def _count(pages: int) -> str:
    return f"{pages // 10**9} billion" if pages >= 10**9 else f"{pages // 10**6} million"


def _digits(value: float) -> str:
    """Two of them: the measurement is no better."""
    return f"{value:.2g}" if value < 10 else f"{int(float(f'{value:.2g}')):,}"


def _time(hours: float) -> str:
    if hours < 1:
        return f"{_digits(hours * 60)} minutes"
    return f"{_digits(hours)} hours" if hours < 72 else f"{_digits(hours / 24)} days"


def _bytes(kilobytes: float) -> str:
    for unit in ("kB", "MB", "GB", "TB"):
        if kilobytes < 1000:
            return f"{_digits(kilobytes)} {unit}"
        kilobytes /= 1000
    return f"{_digits(kilobytes)} PB"


def table(rows: Iterable[tuple[str, ...]]) -> str:
    head, *rest = rows
    lines = [head, tuple("---" for _ in head), *rest]
    return "\n".join(f"| {' | '.join(cells)} |".replace("|  |", "| |") for cells in lines)


def _main(folder: Path, processes: int) -> None:
    (one,) = costs = measure(folder, 1)
    milliseconds = round(1000 * one.cpu / one.pages)
    gzip_kb, parquet_kb = (round(size / one.pages / 1000) for size in (one.gzip, one.parquet))
    rows = [
        ("one process", f"{one.pages:,} pages, {one.errors} errors"),
        ("CPU time of a page", f"{milliseconds} ms"),
        ("CPU time before the first page", f"{one.start:.1f} s"),
        ("a page, HTML", f"{one.html / one.pages / 1000:.0f} kB"),
        ("a page, gzip", f"{gzip_kb} kB"),
        ("a record, Parquet", f"{parquet_kb} kB"),
    ]
    if processes > 1:
        costs += measure(folder, processes)
        rates = [cost.pages / cost.elapsed for cost in costs]
        rows.append(("pages a second, one process", f"{rates[0]:.0f}"))
        rows.append((f"pages a second, {processes} processes", f"{sum(rates[1:]):.0f}"))
    rows.append(("most memory of a process", f"{max(cost.memory for cost in costs) / 1e6:.0f} MB"))
    print(table(rows), end="\n\n")
    print(table(plan(milliseconds, gzip_kb, parquet_kb)))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
