"""datatrove on Slurm: the example of docs/scaling.md, with a `sbatch` that runs the tasks of the array here, one by one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SEEDS
from foreign import lines, records
from test_docs import DOCS, fences

pytest.importorskip("datatrove", reason="datatrove is not installed: pip install 'seedclean[datatrove]'")

PROGRAMS = {
    "sbatch": """
script=${!#}
last=$(sed -n 's/^#SBATCH --array=0-\\([0-9]*\\).*/\\1/p' "$script")
for number in $(seq 0 "$last"); do
  SLURM_JOB_ID=7 SLURM_ARRAY_TASK_ID=$number SLURM_NODELIST=here bash "$script" >> tasks.log 2>&1 || true
done
echo "Submitted batch job 7"
""",
    "srun": 'while [[ $1 != launch_pickled_pipeline ]]; do shift; done; exec "$@"',
    "scontrol": "echo here",
}


@pytest.fixture
def cluster(tmp_path: Path) -> dict[str, str]:
    """The environment of a user of Slurm, in a folder with the specimens."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, body in PROGRAMS.items():
        (programs / name).write_text(f"#!/usr/bin/env bash\n{body}", "utf-8")
        (programs / name).chmod(0o755)
    shutil.copytree(SEEDS, tmp_path / "crawl")
    path = [str(programs), str(Path(sys.executable).parent), os.environ["PATH"]]
    return {**os.environ, "PATH": os.pathsep.join(path)}


def test_the_example_runs_as_an_array_and_a_task_that_failed_alone_again(
    tmp_path: Path, cluster: dict[str, str]
) -> None:
    (fence,) = fences(DOCS / "scaling.md", "python")
    assert len([line for line in fence.text.splitlines() if line.strip()]) <= 8
    assert "tasks=30_000" in fence.text
    (tmp_path / "job.py").write_text(fence.text.replace("tasks=30_000", "tasks=2"), "utf-8")
    file, aside = tmp_path / "crawl" / "001-dw.txt", tmp_path / "001-dw.txt"

    def submit() -> None:
        subprocess.run([sys.executable, "job.py"], cwd=tmp_path, env=cluster, capture_output=True, check=True)

    shutil.move(file, aside)
    file.symlink_to("nowhere")  # the list of files has it, and no task can open it
    submit()
    assert [path.name for path in sorted((tmp_path / "log" / "completions").iterdir())] == ["00000"]
    first = (tmp_path / "clean" / "00000.jsonl.gz").stat().st_mtime_ns
    file.unlink()
    shutil.move(aside, file)
    submit()
    assert [path.name for path in sorted((tmp_path / "log" / "completions").iterdir())] == ["00000", "00001"]
    assert (tmp_path / "clean" / "00000.jsonl.gz").stat().st_mtime_ns == first
    unpacked = tmp_path / "all.jsonl"
    written = sorted((tmp_path / "clean").iterdir())
    unpacked.write_bytes(subprocess.run(["gzip", "-dc", *written], capture_output=True, check=True).stdout)
    assert {line["id"]: line["text"] for line in lines(unpacked)} == {
        path: record.text for path, record in records().items()
    }
