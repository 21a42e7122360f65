"""A great tree, cleaned by one worker and by two: `python bench/tree.py DIR [FILES]`.

DIR, which must not exist or be empty, gets FILES files (100,000 unless told otherwise) made of the specimens and fixtures of
this repository, each with a first line of its own so that no two are equal. `seedclean DIR/in -o DIR/out-N.jsonl` is then
run with one worker and with two. Printed: files a second, the ratio, the most memory that the parent and any worker held,
how much of the CPU time is the parent's, and whether the bytes are the same. With FILES at a hundredth first, memory can be compared: `python bench/tree.py DIR 1000`.
Linux alone: memory is read from /proc.
"""

from __future__ import annotations

import hashlib
import os
import resource
import subprocess
import sys
import time
from itertools import cycle, islice
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_FOLDER = 1000
"""So many files lie in one directory."""


def make(folder: Path, count: int) -> int:
    """Write the tree; the bytes in it."""
    kinds = (".md", ".txt", ".html")
    paths = [
        path
        for part in ("seeds", "tests/fixtures")
        for path in sorted(_ROOT.joinpath(part).rglob("*"))
        if path.suffix in kinds
    ]
    loaded = [(path.suffix, path.read_bytes()) for path in paths]
    size = 0
    for number, (suffix, data) in enumerate(islice(cycle(loaded), count)):
        if number % _FOLDER == 0:
            (folder / f"{number // _FOLDER:04}").mkdir(parents=True)
        line = f"<!-- {number} -->\n" if suffix == ".html" else ""
        end = f"\n\nNumber {number}.\n" if suffix != ".html" else ""
        whole = line.encode() + data + end.encode()
        (folder / f"{number // _FOLDER:04}" / f"{number:06}{suffix}").write_bytes(whole)
        size += len(whole)
    return size


def run(folder: Path, out: Path, jobs: int) -> tuple[float, dict[str, int]]:
    """Clean the tree; seconds, the most kilobytes that parent and largest worker held, and clock ticks of CPU."""
    command = [sys.executable, "-m", "seedclean", str(folder), "-o", str(out), "-j", str(jobs), "-q"]
    begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command)
    most = {"parent": 0, "worker": 0, "ticks": 0}
    while process.poll() is None:
        children = _text(f"/proc/{process.pid}/task/{process.pid}/children").split()
        most["parent"] = max(most["parent"], _peak(str(process.pid)))
        most["worker"] = max([most["worker"], *map(_peak, children)])
        stat = _text(f"/proc/{process.pid}/stat").rpartition(")")[2].split()
        most["ticks"] = sum(map(int, stat[11:13])) if stat else most["ticks"]
        time.sleep(0.5)
    took = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    most["all"] = round(
        (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * os.sysconf("SC_CLK_TCK")
    )
    return took, most


def _peak(pid: str) -> int:
    lines = [line for line in _text(f"/proc/{pid}/status").splitlines() if line.startswith("VmHWM")]
    return int(lines[0].split()[1]) if lines else 0


def _text(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except OSError:  # it has ended
        return ""


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def main(folder: Path, count: int) -> None:
    """Make the tree and print what both runs took."""
    size = make(folder / "in", count)
    print(f"{count:,} files, {size / 1e6:,.0f} MB")
    seconds, digests = [], set()
    for jobs in (1, 2):
        took, most = run(folder / "in", folder / f"out-{jobs}.jsonl", jobs)
        seconds.append(took)
        digests.add(_digest(folder / f"out-{jobs}.jsonl"))
        share = most["ticks"] / max(most["all"], 1)
        print(
            f"{jobs} worker{'s' if jobs > 1 else ' '}: {took:7.1f} s, {count / took:6.0f} files a second; "
            f"memory {most['parent'] / 1024:.0f} MB parent, {most['worker'] / 1024:.0f} MB largest worker; "
            f"{most['all'] / os.sysconf('SC_CLK_TCK'):.1f} s of CPU, {share:.0%} of it the parent's"
        )
    print(
        f"two workers are {seconds[0] / seconds[1]:.2f} times as fast as one; bytes {'the same' if len(digests) == 1 else 'DIFFER'}"
    )
    took, _ = run(folder / "in", folder / "out-2.jsonl", 2)
    print(f"a second run over the same tree: {took:.1f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
