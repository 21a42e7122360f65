"""The memory that a document may take, measured where documents are densest: `python tests/peaks.py 1 4 10` tries more."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from seedclean.model import limits

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much memory a process takes")

DENSEST = {
    "quotes": (5 * limits.JUDGE_BLOCKS, "ok"),
    "paragraphs": (4 * limits.READ_BLOCKS + 4, "too-large"),
    "lines of a paragraph": (6_000_000, "ok"),
    "bold letters": (8 * limits.READ_BLOCKS + 8, "too-large"),
    "quotes in each other": (900_000, "too-large"),
    "lines of a listing": (2 * limits.LINES, "ok"),
}
"""Name of an input -> its size, and what comes of it: just below and above the bounds that keep memory low."""
MEASURE = """
import json, sys
from peaks import allowed, dense, peaks
inputs = [dense(name, size) for name, size in json.loads(sys.argv[1])]
print(json.dumps([(taken, allowed(len(data)), outcome) for (taken, outcome), (_, data) in zip(peaks(inputs), inputs)]))
"""


def test_the_densest_documents_take_no_more_memory_than_limits_say() -> None:
    sizes = [(name, size) for name, (size, _) in DENSEST.items()]
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, json.dumps(sizes)], capture_output=True, check=True, cwd=Path(__file__).parent
    )
    for (name, (_, expected)), (taken, allowed, outcome) in zip(DENSEST.items(), json.loads(done.stdout), strict=True):
        assert (outcome, taken <= allowed) == (expected, True), f"{name} takes {taken:,} bytes of {allowed:,}"


def test_a_document_has_a_bound_of_memory_beside_what_is_there() -> None:
    code = (
        "import resource; from seedclean.batch.memory import bounded; from seedclean.model import limits\n"
        "limits.DOCUMENT_BYTES = 30_000_000; there = b'a' * 40_000_000\n"
        "with bounded(1000): few = b'a' * 20_000_000\n"
        "few = b''\n"
        "with bounded(2_000_000): b'a' * 40_000_000\n"
        "try:\n"
        "    with bounded(1000): b'a' * 40_000_000\n"
        "except MemoryError: print(resource.getrlimit(resource.RLIMIT_DATA)[0] == resource.RLIM_INFINITY)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"True\n"
