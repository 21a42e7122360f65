"""What the tests of the parts for other programs share: documents, and how a program that is absent is skipped."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import SEEDS

import seedclean

PAGES = (
    "# The mill reopens\n\nThe mill on the river turns again.",
    "<html><body><p>Die M&uuml;hle l&auml;uft wieder.</p></body></html>",
    "",
    "\0\0\0\0",
)
"""A text, a page, an empty text, and one that gives an error."""

foreign_warnings = pytest.mark.filterwarnings("ignore")
"""The suite turns warnings into errors; those of other people's programs about themselves are not ours to mend."""


def records(folder: Path = SEEDS) -> dict[str, seedclean.Record]:
    """The records of a tree by path, as `clean_tree` gives them."""
    return {result.path: result for result in seedclean.clean_tree(folder) if isinstance(result, seedclean.Record)}


def lines(*files: Path) -> list[dict[str, Any]]:
    """The values of files of JSON lines, in the order of the files."""
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


_SMALL_RAY = """
import sys
import ray

try:
    ray.init(num_cpus=2, include_dashboard=False)
except Exception as error:  # it raises nothing more exact
    print(error, file=sys.stderr)
    sys.exit(77)
"""


def run_with_ray(program: str, folder: Path) -> None:
    """Run a program in a folder with a Ray on this machine alone; skips where Ray does not start in the time it gives itself.

    In a process of its own: Ray starts a dozen, and ends them with the one that started it.
    """
    pytest.importorskip("ray", reason="ray is not installed: pip install 'seedclean[ray]'")
    command = [sys.executable, "-c", _SMALL_RAY + program]
    process = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if process.returncode == 77:
        pytest.skip(f"Ray does not start here: {process.stderr.splitlines()[-1]}")
    assert process.returncode == 0, process.stderr
