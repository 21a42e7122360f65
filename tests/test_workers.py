"""Worker processes: order of the files, and documents that hang, kill or break the process that cleans them."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
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
from seedclean.batch.worker import packs_message
from seedclean.model.document import Source
from seedclean.model.errors import CrashedError, PackError, WorkerError
from seedclean.packs.registry import PackOptions, Registry, load
from seedclean.pipeline import examine
from seedclean.sources.walk import select

PLUGIN = """
import os, re, signal, sys, time
from seedclean import Decision

class Saboteur:
    id = "saboteur"

    def detect(self, document):
        return "first-line" if document.text.startswith("@") else ""

    def judge(self, document):
        word = document.text.split()[0]
        if word == "@raise":
            raise ZeroDivisionError("a bug in the plugin")
        if word == "@hang":
            while True:
                pass
        if word == "@lock":  # `re` holds the interpreter's lock
            re.match("(a+)+$", "a" * 60 + "b")
        if word == "@exit":
            os._exit(7)
        if word == "@kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "@print":
            print("a plugin speaks on standard output")
        if word == "@lie":
            return [1, 2, 3]
        return [Decision(block, "keep", "saboteur/text") for block in document.blocks]

saboteur = Saboteur()
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with an installed plugin that does what the first word of a document says."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "saboteur.py").write_text(PLUGIN, "utf-8")
    about = folder / "saboteur-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: saboteur\nVersion: 1.0\n", "utf-8")
    (about / "entry_points.txt").write_text("[seedclean.extractors]\nsaboteur = saboteur\n", "utf-8")
    return folder


def python_path(folder: Path) -> str:
    """PYTHONPATH with one more directory in front."""
    return os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])


def sabotage(folder: Path, *words: str) -> Path:
    """A directory of good documents, with one for each word between them that triggers the plugin."""
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
def test_a_plugin_that_raises_hangs_or_kills_costs_one_file(jobs: str, site: Path, tmp_path: Path) -> None:
    folder = sabotage(tmp_path / "in", "raise", "kill", "hang", "exit", "lie", "print", "kill")
    done = run(folder, "-j", jobs, "--timeout", "6", "--log-format", "json", PYTHONPATH=python_path(site))
    assert done.returncode == 1
    assert failures(done) == [
        ("00-raise.txt", "extractor"), ("01-kill.txt", "crashed"), ("02-hang.txt", "timeout"), ("03-exit.txt", "crashed"),
        ("04-lie.txt", "extractor"), ("06-kill.txt", "crashed"),
    ]  # fmt: skip
    assert [record["path"] for record in records(done.stdout)] == [
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


def test_members_before_one_that_kills_are_kept(site: Path, tmp_path: Path) -> None:
    lines = [{"text": "One."}, {"text": "Two."}, {"text": "@exit now"}, {"text": "Four."}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    (tmp_path / "b.md").write_text("Five.", "utf-8")
    done = run(tmp_path, "-j", "1", "--log-format", "json", PYTHONPATH=python_path(site))
    assert [record["text"] for record in records(done.stdout)] == ["One.", "Two.", "Five."]
    assert failures(done) == [("a.jsonl", "crashed")]


def test_one_file_gives_the_same_with_and_without_a_worker() -> None:
    file = sorted(SEEDS.glob("*.txt"))[0]
    assert run(file).stdout == run(file, "-j", "1").stdout == run(file, "--timeout", "60").stdout


def test_workers_hash_seed_locale_and_time_zone_do_not_change_the_bytes() -> None:
    one = run(SEEDS, FIXTURES / "wechat", "-j", "1", PYTHONHASHSEED="1", TZ="Asia/Shanghai", LC_ALL="C")
    for jobs, seed, zone, locale in (("2", "2", "UTC", "C.UTF-8"), ("5", "3", "America/Lima", "POSIX")):
        other = run(SEEDS, FIXTURES / "wechat", "-j", jobs, PYTHONHASHSEED=seed, TZ=zone, LC_ALL=locale)
        assert other.stdout == one.stdout
        assert other.returncode == one.returncode == 0


def collect(pool: WorkerPool, jobs: list[Job]) -> list[tuple[str, Outcome]]:
    with pool:
        return [(job.name, outcome) for job, outcome in pool.outcomes(jobs)]


def jobs(folder: Path) -> list[Job]:
    return [Job(entry.file, entry.name) for entry in select([folder]).entries]


@pytest.mark.skipif(sys.platform == "win32", reason="signals need POSIX")
def test_every_file_has_an_outcome_though_workers_are_killed(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number:02}.md").write_text(f"# Lamp {number}\n\n" + "The ferry leaves.\n\n" * 400, "utf-8")
    results: dict[str, list[Outcome]] = {}
    with WorkerPool(2, PackOptions()) as pool:
        for count, (job, outcome) in enumerate(pool.outcomes(jobs(tmp_path))):
            results.setdefault(job.name, []).append(outcome)
            if count % 25 == 5:
                for one in pool._workers:
                    if one._process is not None and one._process.pid is not None:
                        with contextlib.suppress(ProcessLookupError):  # killed before, and not yet replaced
                            os.kill(one._process.pid, signal.SIGKILL)
    assert len(results) == 60
    for outcomes in results.values():
        assert isinstance(outcomes[0], DocumentDone | CrashedError)
        assert isinstance(outcomes[1], FileDone)
    assert sum(isinstance(outcomes[0], DocumentDone) for outcomes in results.values()) >= 50


def test_the_time_limit_is_for_a_document_and_not_for_its_file(tmp_path: Path, site: Path) -> None:
    lines = [json.dumps({"text": f"The lamp, {number}."}) for number in range(3000)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    start = time.monotonic()
    done = run(tmp_path, "-j", "1", "--timeout", "0.6", "-q", PYTHONPATH=python_path(site))
    if time.monotonic() - start < 0.6:
        pytest.skip("the machine cleans the file within the time limit of one document")
    assert (done.returncode, len(records(done.stdout))) == (0, 3000)


def test_the_results_in_memory_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
    """A multiprocessing context that refuses to start certain processes, counted from 1."""

    def __init__(self, real: Any, refused: range) -> None:
        self._real, self._refused, self.count = real, refused, 0
        self.Pipe = real.Pipe

    def Process(self, **arguments: Any) -> Any:
        self.count += 1
        if self.count in self._refused:
            raise OSError(11, "Resource temporarily unavailable")
        return self._real.Process(**arguments)


@pytest.mark.parametrize("refused", [range(1, 2), range(2, 3), range(1, 3), range(3, 4)])
def test_a_failed_start_is_repeated(refused: range, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing = _Refusing(get_context("spawn"), refused)
    monkeypatch.setattr("seedclean.batch.process.get_context", lambda kind: refusing)
    (tmp_path / "a.md").write_text("One.", "utf-8")
    results = collect(WorkerPool(2, PackOptions()), jobs(tmp_path))
    assert [type(outcome) for _, outcome in results] == [DocumentDone, FileDone]


def test_a_system_that_starts_no_process_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing = _Refusing(get_context("spawn"), range(1, 1000))
    monkeypatch.setattr("seedclean.batch.process.get_context", lambda kind: refusing)
    with pytest.raises(WorkerError, match="3 in a row"):
        collect(WorkerPool(2, PackOptions()), [])


def test_a_pack_that_no_worker_can_load_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="none-there"):
        collect(WorkerPool(1, PackOptions((tmp_path / "none-there.toml",))), [Job("a", "a")])


def test_packs_that_are_sent_decide_as_those_that_are_loaded() -> None:
    sent = pickle.loads(packs_message(PackOptions()))
    assert isinstance(sent, Registry)
    for path in sorted(SEEDS.rglob("*.md"))[:20]:
        source = Source(path.name, path.read_bytes())
        assert examine(source, sent).record.to_json() == examine(source, load()).record.to_json()


def test_workers_that_exit_while_loading_end_the_run(tmp_path: Path) -> None:
    extractor = "class Extractor:\n id = 'none'\n detect = judge = lambda self, document: ''\nextractor = Extractor()\n"
    (tmp_path / "exiting.py").write_text(
        f"import multiprocessing, os\nif multiprocessing.parent_process(): os._exit(3)\n{extractor}", "utf-8"
    )
    about = tmp_path / "exiting-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: exiting\nVersion: 1.0\n", "utf-8")
    (about / "entry_points.txt").write_text("[seedclean.extractors]\nexiting = exiting\n", "utf-8")
    done = run(SEEDS, "-j", "2", PYTHONPATH=python_path(tmp_path))
    assert done.returncode == 2
    assert b"3 in a row did not start; the last one exited with code 3" in done.stderr


def test_a_single_file_has_a_worker_too(site: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("@exit this.\n", "utf-8")
    done = run(tmp_path / "a.txt", "--log-format", "json", PYTHONPATH=python_path(site))
    assert (done.returncode, failures(done)) == (1, [("a.txt", "crashed")])


@pytest.mark.parametrize("stuck", ["re.match('(a+)+$', 'a' * 60 + 'b')", "time.sleep(60)"])
def test_a_worker_ends_itself_though_nobody_kills_it(stuck: str) -> None:
    code = f"import re, time; from seedclean.batch.worker import watched; list(watched(({stuck} for _ in '1'), 0.5))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize("word", ["hang", "lock"])
@pytest.mark.skipif(sys.platform == "win32", reason="signals need POSIX")
def test_workers_exit_with_their_parent(word: str, site: Path, tmp_path: Path) -> None:
    if word == "lock" and sys.platform != "linux":
        pytest.skip("only Linux kills a process whose parent has died")
    folder = sabotage(tmp_path / "in", word)
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
        pytest.skip("needs /proc to list the children of a process")
    for _ in range(100):
        pids = [int(word) for word in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
        if len(pids) >= 2:  # the worker and the resource tracker of multiprocessing
            time.sleep(1.5)
            return pids
        time.sleep(0.1)
    pytest.fail("no worker was started")


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_processors_are_those_that_this_process_may_use() -> None:
    assert 1 <= processors() <= (os.cpu_count() or 1)
