"""Workers: the order of the files, and what a document does that hangs, kills, or breaks the process it is cleaned in."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from conftest import FIXTURES, SEEDS
from test_cli import records, run

from seedclean.batch.job import DocumentDone, FileDone, Job, Outcome
from seedclean.batch.pool import WorkerPool, processors
from seedclean.model.errors import CrashedError, PackError, WorkerError
from seedclean.packs.registry import PackOptions
from seedclean.sources.walk import select

PLUGIN = """
import os, signal, sys, time
from seedclean import Decision

class Fateful:
    id = "fateful"

    def detect(self, document):
        return "first-line" if document.text.startswith("@") else ""

    def judge(self, document):
        word = document.text.split()[0]
        if word == "@raise":
            raise ZeroDivisionError("the plugin's own")
        if word == "@hang":
            while True:
                pass
        if word == "@exit":
            os._exit(7)
        if word == "@kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "@print":
            print("a plugin speaks on standard output")
        if word == "@lie":
            return [1, 2, 3]
        return [Decision(block, "keep", "fateful/text") for block in document.blocks]

fateful = Fateful()
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory that Python finds a plugin in which does what documents tell it."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "fateful.py").write_text(PLUGIN, "utf-8")
    about = folder / "fateful-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: fateful\nVersion: 1.0\n", "utf-8")
    (about / "entry_points.txt").write_text("[seedclean.extractors]\nfateful = fateful\n", "utf-8")
    return folder


def python_path(folder: Path) -> str:
    """PYTHONPATH with one more directory in front."""
    return os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])


def fates(folder: Path, *words: str) -> Path:
    """A folder of good documents with such between them that tell the plugin what to do."""
    folder.mkdir()
    for number, word in enumerate(words):
        (folder / f"{number:02}-{word}.txt").write_text(f"@{word} this.\nThe lamp is lit.\n", "utf-8")
        (folder / f"{number:02}-then.txt").write_text(f"The ferry leaves, number {number}.\n", "utf-8")
    return folder


def failures(done: subprocess.CompletedProcess[bytes]) -> list[tuple[str, str]]:
    events = [json.loads(line) for line in done.stderr.splitlines()]
    return [(event["path"], event["code"]) for event in events if event["event"] == "failed"]


@pytest.mark.parametrize("jobs", ["1", "3"])
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL needs POSIX")
def test_a_plugin_that_raises_hangs_or_kills_costs_its_own_file_alone(jobs: str, site: Path, tmp_path: Path) -> None:
    folder = fates(tmp_path / "in", "raise", "kill", "hang", "exit", "lie", "print", "kill")
    done = run(folder, "-j", jobs, "--timeout", "3", "--log-format", "json", PYTHONPATH=python_path(site))
    assert done.returncode == 1
    assert failures(done) == [
        ("00-raise.txt", "extractor"), ("01-kill.txt", "crashed"), ("02-hang.txt", "timeout"), ("03-exit.txt", "crashed"),
        ("04-lie.txt", "extractor"), ("06-kill.txt", "crashed"),
    ]  # fmt: skip
    found = [record["path"] for record in records(done.stdout)]
    assert found == [
        "00-then.txt",
        "01-then.txt",
        "02-then.txt",
        "03-then.txt",
        "04-then.txt",
        "05-print.txt",
        "05-then.txt",
        "06-then.txt",
    ]
    assert b"a plugin speaks" not in done.stdout


def test_a_member_that_kills_keeps_those_before_it(site: Path, tmp_path: Path) -> None:
    lines = [{"text": "One."}, {"text": "Two."}, {"text": "@exit now"}, {"text": "Four."}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    (tmp_path / "b.md").write_text("Five.", "utf-8")
    done = run(tmp_path, "-j", "1", "--log-format", "json", PYTHONPATH=python_path(site))
    assert [record["text"] for record in records(done.stdout)] == ["One.", "Two.", "Five."]
    assert failures(done) == [("a.jsonl", "crashed")]


def test_one_file_is_cleaned_without_a_worker_and_gives_the_same() -> None:
    file = sorted(SEEDS.glob("*.txt"))[0]
    assert run(file).stdout == run(file, "-j", "1").stdout == run(file, "--timeout", "60").stdout


def test_any_number_of_workers_hash_seed_locale_and_zone_gives_the_same_bytes() -> None:
    one = run(SEEDS, FIXTURES / "wechat", "-j", "1", PYTHONHASHSEED="1", TZ="Asia/Shanghai", LC_ALL="C")
    for jobs, seed, zone, locale in (("2", "2", "UTC", "C.UTF-8"), ("5", "3", "America/Lima", "POSIX")):
        other = run(SEEDS, FIXTURES / "wechat", "-j", jobs, PYTHONHASHSEED=seed, TZ=zone, LC_ALL=locale)
        assert other.stdout == one.stdout
        assert other.returncode == one.returncode == 0


def collected(pool: WorkerPool, jobs: list[Job]) -> list[tuple[str, Outcome]]:
    with pool:
        return [(job.name, outcome) for job, outcome in pool.outcomes(jobs)]


def jobs(folder: Path) -> list[Job]:
    return [Job(entry.file, entry.name) for entry in select([folder]).entries]


@pytest.mark.skipif(sys.platform == "win32", reason="signals need POSIX")
def test_a_storm_of_kills_from_outside_ends_with_an_outcome_for_every_file(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number:02}.md").write_text(f"# Lamp {number}\n\n" + "The ferry leaves.\n\n" * 400, "utf-8")
    found: dict[str, list[Outcome]] = {}
    with WorkerPool(2, PackOptions()) as pool:
        for count, (job, outcome) in enumerate(pool.outcomes(jobs(tmp_path))):
            found.setdefault(job.name, []).append(outcome)
            if count % 25 == 5:
                for one in pool._workers:
                    if one._process is not None and one._process.pid is not None:
                        with contextlib.suppress(ProcessLookupError):  # of the last storm, and not yet noticed
                            os.kill(one._process.pid, signal.SIGKILL)
    assert len(found) == 60
    for outcomes in found.values():
        assert isinstance(outcomes[0], DocumentDone | CrashedError)
        assert isinstance(outcomes[1], FileDone)
    assert sum(isinstance(outcomes[0], DocumentDone) for outcomes in found.values()) >= 50


def test_the_time_of_one_document_counts_and_not_that_of_the_file(tmp_path: Path, site: Path) -> None:
    lines = [json.dumps({"text": f"The lamp, {number}."}) for number in range(3000)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    begun = time.monotonic()
    done = run(tmp_path, "-j", "1", "--timeout", "0.6", "-q", PYTHONPATH=python_path(site))
    if time.monotonic() - begun < 0.6:
        pytest.skip("this machine is too fast to tell")
    assert (done.returncode, len(records(done.stdout))) == (0, 3000)


def test_results_that_wait_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seedclean.batch.pool.WINDOW", 4)
    monkeypatch.setattr("seedclean.batch.pool.WAITING_BYTES", 1000)
    (tmp_path / "a.md").write_text("The lamp.\n\n" * 20_000, "utf-8")
    for number in range(3):
        lines = [json.dumps({"text": f"The ferry, {number}, {line}."}) for line in range(300)]
        (tmp_path / f"b{number}.jsonl").write_text("\n".join(lines), "utf-8")
    for number in range(10):
        (tmp_path / f"c{number}.md").write_text("The lamp.", "utf-8")
    pool = WorkerPool(3, PackOptions())
    most = 0
    names = []
    with pool:
        for job, outcome in pool.outcomes(jobs(tmp_path)):
            most = max(most, len(pool._pending))
            names.append((job.name, outcome.path if isinstance(outcome, DocumentDone) else ""))
    assert most <= 4
    assert names == sorted(
        names, key=lambda pair: (pair[0], pair[1] == "", int(pair[1].rpartition("#")[2] or 0) if "#" in pair[1] else 0)
    )
    assert len(names) == 1 + 900 + 10 + 14


# -- starting


class _Refusing:
    """A context for processes that the system refuses the k-th time, or each time."""

    def __init__(self, real: Any, refused: range) -> None:
        self._real, self._refused, self.count = real, refused, 0
        self.Pipe = real.Pipe

    def Process(self, **arguments: Any) -> Any:
        self.count += 1
        if self.count in self._refused:
            raise OSError(11, "Resource temporarily unavailable")
        return self._real.Process(**arguments)


@pytest.mark.parametrize("refused", [range(1, 2), range(2, 3), range(1, 3), range(3, 4)])
def test_a_spawn_that_fails_is_tried_again(refused: range, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing = _Refusing(get_context("spawn"), refused)
    monkeypatch.setattr("seedclean.batch.process.get_context", lambda kind: refusing)
    (tmp_path / "a.md").write_text("One.", "utf-8")
    found = collected(WorkerPool(2, PackOptions()), jobs(tmp_path))
    assert [type(outcome) for _, outcome in found] == [DocumentDone, FileDone]


def test_a_system_that_spawns_nothing_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing = _Refusing(get_context("spawn"), range(1, 1000))
    monkeypatch.setattr("seedclean.batch.process.get_context", lambda kind: refusing)
    with pytest.raises(WorkerError, match="3 in a row"):
        collected(WorkerPool(2, PackOptions()), [])


def test_what_no_worker_can_load_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="none-there"):
        collected(WorkerPool(1, PackOptions((tmp_path / "none-there.toml",))), [Job("a", "a")])


def test_workers_that_die_while_they_load_end_the_run(tmp_path: Path) -> None:
    (tmp_path / "deadly.py").write_text(
        "import multiprocessing, os\nif multiprocessing.parent_process(): os._exit(3)\n", "utf-8"
    )
    about = tmp_path / "deadly-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: deadly\nVersion: 1.0\n", "utf-8")
    (about / "entry_points.txt").write_text("[seedclean.extractors]\ndeadly = deadly\n", "utf-8")
    done = run(SEEDS, "-j", "2", PYTHONPATH=python_path(tmp_path))
    assert done.returncode == 2
    assert b"3 in a row did not start; the last one exited with code 3" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals need POSIX")
def test_workers_end_with_their_parent(site: Path, tmp_path: Path) -> None:
    folder = fates(tmp_path / "in", "hang")
    command = [sys.executable, "-m", "seedclean", str(folder), "-j", "1", "-q"]
    parent = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": python_path(site)}, stdout=subprocess.DEVNULL)
    pids = _children(parent.pid)
    parent.kill()
    parent.wait()
    for _ in range(100):
        if not any(_runs(pid) for pid in pids):
            return
        time.sleep(0.1)
    pytest.fail("a worker outlived its parent")


def _children(parent: int) -> list[int]:
    if not Path("/proc").is_dir():
        pytest.skip("the children of a process are read from /proc")
    for _ in range(100):
        found = [int(word) for word in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
        if len(found) >= 2:  # the worker and the one that multiprocessing keeps for its own ends
            time.sleep(1.5)
            return found
        time.sleep(0.1)
    pytest.fail("no worker was started")


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_processors_are_those_this_process_may_use() -> None:
    assert 1 <= processors() <= (os.cpu_count() or 1)
