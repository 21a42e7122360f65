"""Golden files: each fixture and each specimen has its record beside it, kept and removed both.

A golden that is missing fails, and is written for the next run to read; `pytest --force-regen` writes all anew.
"""

from __future__ import annotations

import json
from pathlib import Path

from conftest import FIXTURES, cleaned
from pytest_regressions.file_regression import FileRegressionFixture


def test_record_is_as_it_was(document: Path, file_regression: FileRegressionFixture) -> None:
    record = cleaned(document).record.to_dict()
    golden = document.with_suffix(".json")
    if not document.is_relative_to(FIXTURES):
        golden = FIXTURES / "seeds" / golden.name
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    file_regression.check(text, fullpath=golden, encoding="utf-8", newline="\n")
