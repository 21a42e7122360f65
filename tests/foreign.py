"""What the tests of the parts for other programs share: documents, and how a program that is absent is skipped."""

from __future__ import annotations

import json
from collections.abc import Iterator
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


@pytest.fixture(scope="module")
def small_ray() -> Iterator[Any]:
    """Ray on this machine alone, with two processors. Skips where it does not start in the time that it gives itself."""
    ray: Any = pytest.importorskip("ray", reason="ray is not installed: pip install 'seedclean[ray]'")
    try:
        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    except Exception as error:  # noqa: BLE001  # it raises nothing more exact
        ray.shutdown()
        pytest.skip(f"Ray does not start here: {error}")
    yield ray
    ray.shutdown()


def records(folder: Path = SEEDS) -> dict[str, seedclean.Record]:
    """The records of a tree by path, as `clean_tree` gives them."""
    return {result.path: result for result in seedclean.clean_tree(folder) if isinstance(result, seedclean.Record)}


def lines(*files: Path) -> list[dict[str, Any]]:
    """The values of files of JSON lines, in the order of the files."""
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
