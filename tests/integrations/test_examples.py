"""The examples of docs/pipelines.md run against their programs, and are short."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import SEEDS
from foreign import foreign_warnings, run_with_ray
from test_docs import DOCS, Fence, fences

EXAMPLES = [fence for fence in fences(DOCS / "pipelines.md", "python") if fence.words]


def program(fence: Fence) -> str:
    return fence.words[0]


@foreign_warnings
@pytest.mark.parametrize("fence", EXAMPLES, ids=program)
def test_example_runs(fence: Fence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip(program(fence), reason=f"{program(fence)} is not installed")
    shutil.copytree(SEEDS, tmp_path / "seeds")
    if program(fence) == "ray":
        run_with_ray(fence.text, tmp_path)
        return
    if program(fence) == "datasets":
        monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path)
    monkeypatch.chdir(tmp_path)
    exec(compile(fence.text, f"pipelines.md:{fence.line}", "exec"), {"__name__": "__main__"})


@pytest.mark.parametrize("fence", EXAMPLES, ids=program)
def test_example_has_at_most_eight_lines(fence: Fence) -> None:
    assert len([line for line in fence.text.splitlines() if line.strip()]) <= 8
