"""The plan of docs/scaling.md follows from the rate that stands above it."""

from __future__ import annotations

import re
import runpy

from conftest import ROOT

PAGE = (ROOT / "docs" / "scaling.md").read_text("utf-8")
SCALING = runpy.run_path(str(ROOT / "bench" / "scaling.py"))


def figure(row: str) -> int:
    (value,) = re.findall(rf"^\| {row} \| (\d+) ", PAGE, re.M)
    return int(value)


def test_plan_follows_from_the_rate() -> None:
    rows = SCALING["plan"](figure("CPU time of a page"), figure("a page, gzip"), figure("a record, Parquet"))
    assert SCALING["table"](rows) in PAGE


def test_values_have_two_digits_and_a_unit() -> None:
    assert [SCALING["_bytes"](kilobytes) for kilobytes in (1, 12_345, 4.56e12)] == ["1 kB", "12 MB", "4.6 PB"]
    assert [SCALING["_time"](hours) for hours in (0.5, 1.25, 71, 72)] == [
        "30 minutes",
        "1.2 hours",
        "71 hours",
        "3 days",
    ]
