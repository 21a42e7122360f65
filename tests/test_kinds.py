"""Every kind of bad input gives what tests/bad_inputs.tsv says: statuses of records and codes of errors, in order."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from badinputs import kinds
from laws import lawful

from seedclean.model.document import Source
from seedclean.model.errors import SeedcleanError
from seedclean.packs.registry import load
from seedclean.pipeline import examine
from seedclean.record.assembly import Cleaned
from seedclean.sources.containers import unpack

KINDS = dict(kinds())
TABLE = Path(__file__).with_name("bad_inputs.tsv")
KNOWN = dict(
    line.split("\t") for line in Path(__file__).with_name("bad_inputs_known.tsv").read_text("utf-8").splitlines()
)
"""Where a law does not hold yet, with the reason."""
EXPECTED = dict(line.split("\t") for line in TABLE.read_text("utf-8").splitlines())


@cache
def results(name: str) -> list[Cleaned | SeedcleanError]:
    several: list[Cleaned | SeedcleanError] = []
    for source in unpack(Source(name, KINDS[name])):
        try:
            several.append(source if isinstance(source, SeedcleanError) else examine(source, load()))
        except SeedcleanError as error:
            several.append(error)
    return several


def said(result: Cleaned | SeedcleanError, name: str) -> str:
    if isinstance(result, SeedcleanError):
        return result.code
    encoding = f":{result.record.encoding}" if name.startswith("b-") else ""
    return f"{result.record.status}{encoding}"


def test_there_are_enough_and_all_are_in_the_table() -> None:
    assert len(KINDS) >= 400
    assert list(KINDS) == list(EXPECTED)


def held() -> list[Any]:
    """The kinds, those that are known not to be held to the laws marked as such."""
    marks = {name: [pytest.mark.xfail(strict=True, raises=AssertionError, reason=why)] for name, why in KNOWN.items()}
    return [pytest.param(name, marks=marks.get(name, ())) for name in KINDS]


@pytest.mark.parametrize("name", held())
def test_the_laws_hold(name: str) -> None:
    for result in results(name):
        if isinstance(result, Cleaned):
            lawful(result)


@pytest.mark.parametrize("name", KINDS)
def test_it_gives_what_the_table_says(name: str) -> None:
    several = results(name)
    assert " ".join(said(result, name) for result in several) == EXPECTED[name]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_over_all_of_them_loses_none(jobs: str, tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out.jsonl"
    folder.mkdir()
    for name, data in KINDS.items():
        (folder / name).write_bytes(data)
    command = [sys.executable, "-m", "seedclean", str(folder), "-o", str(out), "-q", "-j", jobs]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1
    manifest = json.loads(out.with_name("out.jsonl.manifest.json").read_bytes())
    paths = [json.loads(line)["path"] for line in out.read_bytes().split(b"\n")[:-1]]
    paths += [failure["path"] for failure in manifest["failures"]]
    assert {path.partition("#")[0] for path in paths} == set(KINDS)
    expected = Counter(word.partition(":")[0] for words in EXPECTED.values() for word in words.split())
    failed = Counter(failure["code"] for failure in manifest["failures"])
    assert failed + Counter(manifest["counts"]["statuses"]) == expected
