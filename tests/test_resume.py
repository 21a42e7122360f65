"""A second run cleans only changed files; a run resumed from any point ends with the bytes of an uninterrupted one."""

from __future__ import annotations

import errno
import gzip
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from conftest import FIXTURES, SEEDS
from test_cli import records, run

from seedclean.batch.job import FileDone, Job, Outcome, outcomes
from seedclean.batch.run import RunOptions
from seedclean.batch.run import run as run_batch
from seedclean.model.errors import SeedcleanError, TimeLimitError
from seedclean.packs.registry import PackOptions, load
from seedclean.sources.walk import PathFilter

OUTPUTS = ("out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.parquet", "out")


def tree(folder: Path) -> Path:
    """Specimens, a container, a document that fails, and one of seedclean's own records."""
    shutil.copytree(SEEDS, folder)
    lines = [{"text": f"The lamp, {number}."} for number in range(20)] + [{"none": 1}]
    (folder / "lines.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    (folder / "own.json").write_text(json.dumps({"schema": 1, "blocks": [], "removed": [], "provenance": {}}), "utf-8")
    (folder / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "sub").mkdir()
    (folder / "sub" / "a.md").write_text("# Ferry\n\nIt leaves at six.\n", "utf-8")
    (folder / "sub" / "b.md").write_text("# Fog\n\nIt lifts at noon.\n", "utf-8")
    return folder


def clean(folder: Path, out: Path, resume: bool = False) -> bool:
    """Run in this process; return whether any file failed."""
    packs, path_filter = PackOptions(), PathFilter()
    return run_batch(RunOptions((str(folder),), out, packs, path_filter, None, False, None, None, resume, "text", True))


class InProcess:
    """Stands for the pool of workers, and cleans in this process."""

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
        return ((job, outcome) for job in jobs for outcome in outcomes(job, load()))


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run without workers: these tests are about the output."""
    monkeypatch.setattr("seedclean.batch.run._worker_pool", lambda options, total: nullcontext(InProcess()))


def contents(out: Path) -> dict[str, bytes]:
    """The files of an output by name."""
    files = [out] if out.is_file() else sorted(path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out.parent).as_posix(): path.read_bytes() for path in files}


def counts(out: Path) -> dict[str, Any]:
    manifest = json.loads(out.with_name(out.name + ".manifest.json").read_bytes())
    values: dict[str, Any] = manifest["counts"]
    return values


def names_beside(out: Path) -> set[str]:
    return {path.name for path in out.parent.iterdir()} - {"in"}


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("output", OUTPUTS)
def test_a_second_run_cleans_only_changed_files(output: str, tmp_path: Path) -> None:
    folder, out = tree(tmp_path / "in"), tmp_path / output
    assert clean(folder, out)
    first = counts(out)
    assert (first["files"], first["unchanged"], first["own_records"]) == (10, 0, 1)
    assert clean(folder, out)
    again = counts(out)
    assert again == first | {"unchanged": 10}
    (folder / "sub" / "a.md").write_text("# Ferry\n\nIt leaves at seven.\n", "utf-8")
    (folder / "sub" / "b.md").unlink()
    (folder / "aa.md").write_text("# New\n\nA new one.\n", "utf-8")
    (folder / "lines.jsonl").write_text('{"text": "The lamp, 0."}\n', "utf-8")
    os.utime(folder / "own.json")
    clean(folder, out)
    assert counts(out)["unchanged"] == 10 - 3
    fresh = tmp_path / "fresh" / output
    fresh.parent.mkdir()
    clean(folder, fresh)
    assert contents(out) == contents(fresh)
    assert counts(out) == counts(fresh) | {"unchanged": 7}
    assert names_beside(out) == {out.name, f"{out.name}.ledger", f"{out.name}.manifest.json", "fresh"}


@pytest.mark.usefixtures("in_process")
def test_other_rules_clean_all_files_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, out = tree(tmp_path / "in"), tmp_path / "out.jsonl"
    clean(folder, out)
    monkeypatch.setattr("seedclean.batch.run.fingerprint", lambda packs: "sha256:other")
    clean(folder, out)
    assert counts(out)["unchanged"] == 0


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("output", OUTPUTS)
def test_an_output_that_others_have_changed_is_written_again(output: str, tmp_path: Path) -> None:
    folder, out = tree(tmp_path / "in"), tmp_path / output
    clean(folder, out)
    whole = contents(out)
    file = out if out.is_file() else out / "sub" / "a.md.json"
    data = bytearray(file.read_bytes())
    data[len(data) // 8] ^= 1  # among the values: the schema that pyarrow adds fills the middle of a small file
    file.write_bytes(data)
    clean(folder, out)
    assert contents(out) == whole
    # in Parquet the byte may lie in statistics: the rows are then as they were, by their digests
    assert counts(out)["unchanged"] < 10 or output.endswith(".parquet")
    file.unlink()
    clean(folder, out)
    assert contents(out) == whole


@pytest.mark.usefixtures("in_process")
def test_an_unreadable_file_is_tried_again(tmp_path: Path) -> None:
    folder, out = tree(tmp_path / "in"), tmp_path / "out"
    os.mkfifo(folder / "pipe.md")
    clean(folder, out)
    (folder / "pipe.md").unlink()
    (folder / "pipe.md").write_text("# Pipe\n\nNo more.\n", "utf-8")
    clean(folder, out)
    assert (counts(out)["unchanged"], (out / "pipe.md.json").exists()) == (10, True)


@pytest.mark.usefixtures("in_process")
def test_a_second_run_at_the_same_output_is_refused(tmp_path: Path) -> None:
    from seedclean.batch.output import sinks
    from seedclean.model.errors import OutputError

    with (
        sinks.open_sink(tmp_path / "out.jsonl", [], "x", False),
        pytest.raises(OutputError, match="another run"),
        sinks.open_sink(tmp_path / "out.jsonl", [], "x", False),
    ):
        pass


class _Slow(InProcess):
    """A pool in which some files exceed the time limit, and which is interrupted before the last file is done."""

    def __init__(self, slow: set[str], last: str = "") -> None:
        self.slow, self.last, self.names = slow, last, list[str]()

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Outcome]]:
        for job in jobs:
            self.names.append(job.name)
            if job.name == self.last:
                raise KeyboardInterrupt
            if job.name in self.slow:
                yield job, TimeLimitError(job.name, "took longer than 1 seconds")
                yield job, FileDone("", False, 1.0)
            else:
                yield from super().outcomes([job])


@pytest.mark.parametrize("output", ["out.jsonl", "out.jsonl.gz", "out"])
def test_what_timed_out_is_tried_last(output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, fresh, out = tree(tmp_path / "in"), tmp_path / "fresh" / output, tmp_path / "out" / output
    fresh.parent.mkdir()
    out.parent.mkdir()

    def clean_in(pool: InProcess, target: Path, resume: bool) -> None:
        monkeypatch.setattr("seedclean.batch.run._worker_pool", lambda options, total: nullcontext(pool))
        clean(folder, target, resume)

    clean_in(InProcess(), fresh, False)
    slow = {"001-dw.txt", "lines.jsonl"}
    with pytest.raises(KeyboardInterrupt):
        clean_in(_Slow(slow, "picture.md"), out, False)
    again = _Slow(slow, "lines.jsonl")
    with pytest.raises(KeyboardInterrupt):
        clean_in(again, out, True)
    assert again.names.index("sub/b.md") < again.names.index("001-dw.txt")
    once_more = _Slow(set())
    clean_in(once_more, out, True)
    assert once_more.names.index("sub/b.md") < once_more.names.index("lines.jsonl")
    assert contents(out) == contents(fresh)
    assert counts(out) == counts(fresh) | {"unchanged": counts(out)["unchanged"]}
    assert names_beside(out) == {out.name, f"{out.name}.ledger", f"{out.name}.manifest.json"}


# -- faults


class _Faults:
    """Makes the k-th call of one kind fail, like a disk that is full or broken."""

    def __init__(self, kind: str, number: int, code: int) -> None:
        self.kind, self.number, self.code = kind, number, code
        self.calls: Counter[str] = Counter()

    def __call__(self, kind: str) -> None:
        self.calls[kind] += 1
        if kind == self.kind and self.calls[kind] == self.number:
            raise OSError(self.code, os.strerror(self.code))

    @property
    def triggered(self) -> bool:
        return self.calls[self.kind] >= self.number

    def install(self, monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
        """Replace the system calls of seedclean for files below a directory."""
        real, faults = io.open, self

        class Raw(io.FileIO):
            def write(self, data: Any) -> int:
                faults("write")
                return super().write(data)

            def readinto(self, data: Any) -> int | None:
                faults("read")
                return super().readinto(data)

            def readall(self) -> bytes:
                faults("read")
                return super().readall()

        def faulty_open(file: Any, mode: str = "r", buffering: int = -1, *rest: Any, **named: Any) -> Any:
            if "b" not in mode or not str(file).startswith(str(root)):
                return real(file, mode, buffering, *rest, **named)
            faults("open")
            raw = Raw(file, mode.replace("b", ""))
            if buffering == 0:
                return raw
            return io.BufferedReader(raw) if "r" in mode else io.BufferedWriter(raw)

        monkeypatch.setattr(io, "open", faulty_open)
        monkeypatch.setattr("builtins.open", faulty_open)
        for name in ("replace", "fsync", "unlink", "mkdir", "scandir"):
            monkeypatch.setattr(os, name, self._failing(name, getattr(os, name), str(root)))

    def _failing(self, name: str, real: Callable[..., Any], root: str) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            # the fingerprint lists directories of the package, which lie outside
            if name != "scandir" or str(arguments[0]).startswith(root):
                self(name)
            return real(*arguments, **named)

        return call


def lines(data: bytes) -> set[bytes]:
    """The lines of an output file, uncompressed."""
    plain = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    return set(plain.splitlines(keepends=True))


def is_intact(out: Path, before: dict[str, bytes], after: dict[str, bytes]) -> bool:
    """Whether every file with a final name consists of lines of the output before or after the run."""
    expected = {line for output in (before, after) for data in output.values() for line in lines(data)}
    files = contents(out) if out.exists() else {}
    return all(lines(data) <= expected for name, data in files.items() if not name.endswith(".part"))


@pytest.mark.usefixtures("in_process")
@pytest.mark.parametrize("kind", ["open", "write", "read", "replace", "fsync", "unlink", "mkdir", "scandir"])
@pytest.mark.parametrize("output", ["out.jsonl", "out.jsonl.gz", "out"])
def test_a_fault_at_any_point_is_reported_and_loses_nothing(output: str, kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.md", "b.md", "c/d.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"# {name}\n\nThe lamp of {name}.\n", "utf-8")
    start = tmp_path / "start" / output
    start.parent.mkdir()
    clean(folder, start)
    before = contents(start)
    (folder / "a.md").write_text("# a.md\n\nChanged.\n", "utf-8")
    (folder / "b.md").unlink()
    (folder / "e.md").write_text("# e.md\n\nNew.\n", "utf-8")
    fresh = tmp_path / "fresh" / output
    fresh.parent.mkdir()
    clean(folder, fresh)
    after = contents(fresh)
    messages: list[str] = []
    for number in range(1, 60):
        place = tmp_path / f"{number}"
        shutil.copytree(start.parent, place)
        out = place / output
        faults = _Faults(kind, number, random.Random(number).choice([errno.ENOSPC, errno.EIO]))
        with pytest.MonkeyPatch.context() as patch:
            faults.install(patch, tmp_path)
            try:
                clean(folder, out)
            except SeedcleanError as error:
                messages.append(error.what)
        if not faults.triggered:
            assert contents(out) == after
            break
        assert is_intact(out, before, after), (kind, number)
        assert not clean(folder, out, resume=True)
        assert contents(out) == after, (kind, number)
        assert names_beside(out) == {out.name, f"{out.name}.ledger", f"{out.name}.manifest.json"}
    else:
        pytest.fail("the run makes more calls than expected")
    assert set(messages) <= {os.strerror(errno.ENOSPC), os.strerror(errno.EIO), "another run is writing here"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_at_standard_output_ends_the_run() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "seedclean", str(SEEDS)], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


# -- kills


def large_tree(folder: Path) -> Path:
    """A tree that takes a second or two to clean."""
    tree(folder)
    for copy in range(6):
        for file in [*SEEDS.glob("*.txt"), *(FIXTURES / "wechat").glob("*.md")]:
            (folder / f"{copy:02}").mkdir(exist_ok=True)
            shutil.copy(file, folder / f"{copy:02}" / file.name)
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="killing a group of processes needs POSIX")
@pytest.mark.parametrize(("output", "seed"), [("out.jsonl", 1), ("out.parquet", 2), ("out", 3)])
def test_a_run_that_is_killed_repeatedly_ends_with_the_same_output(output: str, seed: int, tmp_path: Path) -> None:
    folder = large_tree(tmp_path / "in")
    uninterrupted = tmp_path / "uninterrupted" / output
    uninterrupted.parent.mkdir()
    start_time = time.monotonic()
    assert run(folder, "-o", uninterrupted, "-q", "-j", "2").returncode == 1
    duration = time.monotonic() - start_time
    expected = contents(uninterrupted)
    out = tmp_path / "out" / output
    out.parent.mkdir()
    generator = random.Random(seed)
    command = [sys.executable, "-m", "seedclean", str(folder), "-o", str(out), "-q", "-j", "2", "--resume"]
    for _ in range(3):
        process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
        time.sleep(generator.uniform(0.3, 1.1) * duration)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert (
            contents(out).items() <= expected.items()
            if out.exists() and output != "out"
            else is_intact(out, {}, expected)
        )
    assert run(*command[3:]).returncode == 1
    assert contents(out) == expected
    assert counts(out) == counts(uninterrupted) | {"unchanged": counts(out)["unchanged"]}
    assert names_beside(out) == {out.name, f"{out.name}.ledger", f"{out.name}.manifest.json"}


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C works differently on Windows")
def test_an_interrupted_run_says_how_to_continue(tmp_path: Path) -> None:
    folder, out = large_tree(tmp_path / "in"), tmp_path / "out.jsonl"
    for number in range(30):
        (folder / f"{number:02}" / "long.md").parent.mkdir(exist_ok=True)
        (folder / f"{number:02}" / "long.md").write_text("# Lamp\n\n" + "The ferry leaves.\n\n" * 5000, "utf-8")
    command = [sys.executable, "-m", "seedclean", str(folder), "-o", str(out), "-j", "1"]
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.PIPE)
    journal = tmp_path / ".out.jsonl.ledger.part"
    while not journal.exists() or journal.read_bytes().count(b"\n") < 2:  # the header and a finished file
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    message = process.communicate()[1]
    assert process.returncode == 130
    assert message == b"seedclean: interrupted; `--resume` continues from here\n"
    assert not out.exists()
    assert run(folder, "-o", out, "--resume").returncode == 1
    assert counts(out)["unchanged"] > 0
    again = run(folder, "-o", out)
    assert b"--resume" not in again.stderr
    assert len(records(out.read_bytes())) == counts(out)["documents"]


@pytest.mark.usefixtures("in_process")
def test_a_run_without_resume_mentions_an_interrupted_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = tree(tmp_path / "in"), tmp_path / "out.jsonl"
    clean(folder, out)
    os.replace(tmp_path / "out.jsonl.ledger", tmp_path / ".out.jsonl.ledger.part")
    capsys.readouterr()
    run_batch(
        RunOptions((str(folder),), out, PackOptions(), PathFilter(), None, False, None, None, False, "text", False)
    )
    assert "--resume would have reused them" in capsys.readouterr().err
    assert counts(out)["unchanged"] == 0
