"""The recipes of docs/recipes.md run as they stand there; the action and the image do what they are for."""

from __future__ import annotations

import csv
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, SEEDS
from test_docs import DOCS, Fence, _fences, assert_shortened

PAGE = DOCS / "recipes.md"
FILES = ("pyproject.toml", "setup.py", "README.md", "LICENSE", "action.yml", "Dockerfile", ".pre-commit-hooks.yaml")
OFFLINE = {
    "PIP_NO_INDEX": "1",
    "PIP_NO_DEPS": "1",
    "PIP_NO_BUILD_ISOLATION": "0",
    "CC": "false",
    "PYTHONPATH": os.pathsep.join(path for path in sys.path if path.endswith("site-packages")),
}
"""For pip: install with the packages that are here, in place of the index, and without the compiled part, which is optional."""


def recipes() -> dict[str, list[Fence]]:
    """The fenced blocks of each section."""
    lines = PAGE.read_text("utf-8").splitlines()
    starts = {number: line.removeprefix("## ") for number, line in enumerate(lines, 1) if line.startswith("## ")}
    sections: dict[str, list[Fence]] = {title: [] for title in starts.values()}
    for fence in _fences(PAGE):
        above = [number for number in starts if number < fence.line]
        if above:
            sections[starts[above[-1]]].append(fence)
    return sections


RECIPES = recipes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A directory with the specimens; beside it a program `seedclean`."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "seedclean"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m seedclean "$@"\n', "utf-8")
    program.chmod(0o755)
    shutil.copytree(SEEDS, tmp_path / "work" / "seeds")
    return tmp_path / "work"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project's own files, which a build may write to, beside the folder of the recipe."""
    copy = tmp_path / "seedclean"
    shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__", "*.so", "*.egg-info"))
    for name in FILES:
        shutil.copy(ROOT / name, copy)
    return copy


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Of a user in whose path the programs stand that are installed with this Python, and no colours."""
    path = [folder.parent / "bin", Path(sys.executable).parent, os.environ["PATH"]]
    kept = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "TTY_COMPATIBLE")}
    quiet = {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "DVC_NO_ANALYTICS": "1", "NO_COLOR": "1"}
    return {**kept, **quiet, "PATH": os.pathsep.join(map(str, path)), **more}


def skip_without(tools: tuple[str, ...], folder: Path) -> None:
    for tool in ("bash", *tools):
        if shutil.which(tool, path=environment(folder)["PATH"]) is None:
            pytest.skip(f"{tool} is not installed")


def replay(title: str, folder: Path, **more: str) -> None:
    """Write the files of a section, run its commands and its queries in turn, and compare what they print."""
    output = ""
    for fence in RECIPES[title]:
        if fence.language == "console":
            for part in re.split(r"^\$ ", fence.text, flags=re.M)[1:]:
                command, _, shown = part.partition("\n")
                assert_shortened(shown.splitlines(), bash(command, folder, **more).splitlines())
        elif fence.language == "sql":
            output = query(fence.text, folder)
        elif fence.language == "csv":
            assert output == fence.text
        else:
            (name,) = fence.words
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(fence.text, "utf-8")


def bash(script: str, folder: Path, **more: str) -> str:
    """What a script prints, as the shell of a GitHub action runs it."""
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    done = subprocess.run(command, cwd=folder, env=environment(folder, **more), capture_output=True, check=False)
    output = done.stdout.decode("utf-8")
    assert done.returncode == 0, f"{script}\n{output}{done.stderr.decode('utf-8', 'replace')}"
    return output


def query(text: str, folder: Path) -> str:
    """The rows of a query as CSV with their names."""
    duckdb: Any = pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'seedclean[duckdb]'")
    connection = duckdb.connect(config={"file_search_path": str(folder)})
    answer = connection.sql(text)
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows([answer.columns, *answer.fetchall()])
    return lines.getvalue()


PLAIN = sorted(RECIPES.keys() - {"pre-commit", "GitHub Actions", "Docker"})


@pytest.mark.parametrize("title", PLAIN)
def test_recipe_runs(title: str, folder: Path) -> None:
    skip_without(tuple(tool for fence in RECIPES[title] if fence.language == "console" for tool in fence.words), folder)
    replay(title, folder)


def test_recipe_of_pre_commit_runs(folder: Path, project: Path) -> None:
    """The hook is installed from a repository, as by pre-commit, with the packages that are here in place of the index."""
    skip_without(("pre-commit", "git"), folder)
    commit = "git -c user.name=a -c user.email=a@river.example commit -q -m 'Make a repository' && git tag v0.1.0"
    bash(f"git init -q && git add . && {commit}", project)
    offline = {**OFFLINE, "PRE_COMMIT_HOME": str(folder.parent / "hooks")}
    replay("pre-commit", folder, **offline)
    pack = folder / "packs" / "gazette.toml"
    pack.write_text(pack.read_text("utf-8").replace("why = ", "wy = "), "utf-8")
    with pytest.raises(AssertionError, match="wy"):
        bash("git add . && pre-commit run --all-files", folder, **offline)


# -- the action


ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


def example_inputs() -> dict[str, str]:
    """The inputs of the action in the example."""
    (fence,) = RECIPES["GitHub Actions"]
    steps = yaml.safe_load(fence.text)["jobs"]["packs"]["steps"]
    return dict(steps[-1]["with"])


def test_the_example_gives_the_inputs_of_the_action() -> None:
    inputs = ACTION["inputs"]
    assert {name for name, one in inputs.items() if one["required"]} <= example_inputs().keys() <= inputs.keys()


def test_no_input_of_the_action_is_part_of_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]


def test_the_action_runs_the_command(folder: Path, project: Path) -> None:
    """Its own steps, in the order in which they stand, with packages that are here in place of those of the index."""
    skip_without((), folder)
    (folder / "packs").mkdir()
    (folder / "saved pages").mkdir()
    gazette = next(fence for fence in RECIPES["pre-commit"] if fence.language == "toml")
    (folder / "packs" / "gazette.toml").write_text(gazette.text, "utf-8")
    page = "---\nurl: https://gazette.example/mill\n---\n\nA mill reopens.\n\nRing the bell for more\n"
    (folder / "saved pages" / "mill.md").write_text(page, "utf-8")
    values = {f"inputs.{name}": one.get("default", "") for name, one in ACTION["inputs"].items()}
    values |= {f"inputs.{name}": value for name, value in example_inputs().items()}
    values["github.action_path"] = str(project)
    runner = folder.parent / "runner"
    offline = {**OFFLINE, "RUNNER_TEMP": str(runner)}
    output = ""
    for step in ACTION["runs"]["steps"]:
        variables = {
            name: re.sub(r"\$\{\{ (.+?) \}\}", lambda match: values[match[1]], value)
            for name, value in step["env"].items()
        }
        output = bash(step["run"], folder, **offline, **variables)
    assert "Ring the bell for more" in output
    installed = bash(
        'cd / && "$RUNNER_TEMP/seedclean/bin/python" -c "import seedclean; print(seedclean.__file__)"',
        folder,
        **offline,
    )
    assert Path(installed.strip()).is_relative_to(runner)


# -- the image


def stages() -> list[list[tuple[str, str]]]:
    """The instructions of each stage of the Dockerfile, with what stands behind them."""
    text = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text("utf-8"))
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line.strip() and not line.startswith("#")]
    parts: list[list[tuple[str, str]]] = []
    for name, rest in lines:
        parts = [*parts, []] if name == "FROM" else parts
        parts[-1].append((name, rest))
    return parts


def test_the_image_has_a_python_that_is_tested_and_no_root() -> None:
    build, last = stages()
    versions = {re.match(r"python:(\d+\.\d+)", rest)[1] for name, rest in (build[0], last[0])}  # type: ignore[index]
    classifiers = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["classifiers"]
    assert [f"Programming Language :: Python :: {version}" in classifiers for version in versions] == [True]
    assert last[0][1].endswith("-slim")
    (user,) = [rest for name, rest in last if name == "USER"]
    assert int(user.partition(":")[0]) > 0
    assert ("ENTRYPOINT", '["seedclean"]') in last
    assert not [rest for name, rest in last if name == "RUN"]


def test_what_the_image_copies_is_enough_to_install_it(folder: Path, project: Path, tmp_path: Path) -> None:
    """The build's own commands, in a directory with what it copies, with /opt/seedclean in the directory of the test."""
    skip_without((), folder)
    build, last = stages()
    source, target = tmp_path / "source", tmp_path / "opt"
    source.mkdir()
    for words in [rest.split() for name, rest in build if name == "COPY"]:
        for name in words[:-1]:
            (shutil.copytree if (project / name).is_dir() else shutil.copy)(project / name, source / words[-1])
    (command,) = [rest for name, rest in build if name == "RUN"]
    (prefix,) = [rest.split()[-1] for name, rest in last if name == "COPY"]
    bash(command.replace(prefix, str(target)), source, **OFFLINE, EXTRAS="warc")
    program = shlex.quote(str(target / "bin" / "seedclean"))
    assert bash(f"{program} --version", folder, **OFFLINE).startswith("seedclean ")


def test_recipe_of_docker_runs(folder: Path, project: Path) -> None:
    """Builds the image, which takes minutes and the network: only where a Docker engine answers."""
    skip_without(("docker",), folder)
    if subprocess.run(["docker", "info"], capture_output=True, check=False).returncode:
        pytest.skip("no Docker engine answers")
    replay("Docker", folder)
    assert len((folder / "out.jsonl").read_bytes().splitlines()) == 5
    assert int(bash("docker run --rm --entrypoint id seedclean -u", folder)) > 0
    assert int(bash("docker image inspect -f '{{.Size}}' seedclean", folder)) < 500_000_000
