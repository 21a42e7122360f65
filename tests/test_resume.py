"""A second run cleans what has changed; one that was ended goes on, from any point, to the bytes of an unbroken one."""

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
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import FIXTURES, SEEDS
from test_cli import records, run

from seedclean.batch.run import RunOptions
from seedclean.batch.run import run as run_batch
from seedclean.model.errors import SeedcleanError
from seedclean.packs.registry import PackOptions
from seedclean.sources.walk import Wanted

FORMS = ("out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.parquet", "out")


def tree(folder: Path) -> Path:
    """Specimens, a container, a document that fails, and a record of ours."""
    shutil.copytree(SEEDS, folder)
    lines = [{"text": f"The lamp, {number}."} for number in range(20)] + [{"none": 1}]
    (folder / "lines.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    (folder / "own.json").write_text(json.dumps({"schema": 1, "blocks": [], "removed": [], "provenance": {}}), "utf-8")
    (folder / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "sub").mkdir()
    (folder / "sub" / "a.md").write_text("# Ferry\n\nIt leaves at six.\n", "utf-8")
    (folder / "sub" / "b.md").write_text("# Fog\n\nIt lifts at noon.\n", "utf-8")
    return folder


def ordered(folder: Path, out: Path, resume: bool = False) -> bool:
    """A run in this process; whether any file failed."""
    packs, wanted = PackOptions(), Wanted()
    return run_batch(RunOptions((str(folder),), out, packs, wanted, None, False, None, None, resume, "text", True))


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs without workers: what is tried here is the output."""
    monkeypatch.setattr("seedclean.batch.run._worker_pool", lambda options, total: None)


def content(out: Path) -> dict[str, bytes]:
    """The files of an output."""
    files = [out] if out.is_file() else sorted(path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out.parent).as_posix(): path.read_bytes() for path in files}


def counts(out: Path) -> dict[str, Any]:
    manifest = json.loads(out.with_name(out.name + ".manifest.json").read_bytes())
    found: dict[str, Any] = manifest["counts"]
    return found


def beside(out: Path) -> set[str]:
    return {path.name for path in out.parent.iterdir()} - {"in"}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("form", FORMS)
def test_a_second_run_cleans_only_what_has_changed(form: str, tmp_path: Path) -> None:
    folder, out = tree(tmp_path / "in"), tmp_path / form
    assert ordered(folder, out)
    first = counts(out)
    assert (first["files"], first["unchanged"], first["own_records"]) == (10, 0, 1)
    assert ordered(folder, out)
    again = counts(out)
    assert again == first | {"unchanged": 10}
    (folder / "sub" / "a.md").write_text("# Ferry\n\nIt leaves at seven.\n", "utf-8")
    (folder / "sub" / "b.md").unlink()
    (folder / "aa.md").write_text("# New\n\nA new one.\n", "utf-8")
    (folder / "lines.jsonl").write_text('{"text": "The lamp, 0."}\n', "utf-8")
    os.utime(folder / "own.json")
    ordered(folder, out)
    assert counts(out)["unchanged"] == 10 - 3
    fresh = tmp_path / "fresh" / form
    fresh.parent.mkdir()
    ordered(folder, fresh)
    assert content(out) == content(fresh)
    assert counts(out) == counts(fresh) | {"unchanged": 7}
    assert beside(out) == {out.name, f"{out.name}.ledger", f"{out.name}.manifest.json", "fresh"}


@pytest.mark.usefixtures("here")
def test_other_rules_clean_everything_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, out = tree(tmp_path / "in"), tmp_path / "out.jsonl"
    ordered(folder, out)
    monkeypatch.setattr("seedclean.batch.run.fingerprint", lambda packs: "sha256:other")
    ordered(folder, out)
    assert counts(out)["unchanged"] == 0


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("form", FORMS)
def test_an_output_that_was_changed_by_others_is_made_anew(form: str, tmp_path: Path) -> None:
    folder, out = tree(tmp_path / "in"), tmp_path / form
    ordered(folder, out)
    whole = content(out)
    file = out if out.is_file() else out / "sub" / "a.md.json"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    ordered(folder, out)
    assert content(out) == whole
    assert counts(out)["unchanged"] < 10
    file.unlink()
    ordered(folder, out)
    assert content(out) == whole


@pytest.mark.usefixtures("here")
def test_a_file_that_was_not_readable_is_tried_again(tmp_path: Path) -> None:
    folder, out = tree(tmp_path / "in"), tmp_path / "out"
    os.mkfifo(folder / "pipe.md")
    ordered(folder, out)
    (folder / "pipe.md").unlink()
    (folder / "pipe.md").write_text("# Pipe\n\nNo more.\n", "utf-8")
    ordered(folder, out)
    assert (counts(out)["unchanged"], (out / "pipe.md.json").exists()) == (10, True)


@pytest.mark.usefixtures("here")
def test_two_runs_at_one_place_are_refused(tmp_path: Path) -> None:
    from seedclean.batch.output import sinks
    from seedclean.model.errors import OutputError

    with (
        sinks.open_sink(tmp_path / "out.jsonl", [], "x", False),
        pytest.raises(OutputError, match="another run"),
        sinks.open_sink(tmp_path / "out.jsonl", [], "x", False),
    ):
        pass


# -- faults


class _Faults:
    """Lets the k-th call of one kind fail, as a disk does that is full or breaks."""

    def __init__(self, kind: str, number: int, code: int) -> None:
        self.kind, self.number, self.code = kind, number, code
        self.calls: Counter[str] = Counter()

    def __call__(self, kind: str) -> None:
        self.calls[kind] += 1
        if kind == self.kind and self.calls[kind] == self.number:
            raise OSError(self.code, os.strerror(self.code))

    @property
    def struck(self) -> bool:
        return self.calls[self.kind] >= self.number

    def install(self, monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
        """Put it between seedclean and the system, for files below a directory."""
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

        def opened(file: Any, mode: str = "r", buffering: int = -1, *rest: Any, **named: Any) -> Any:
            if "b" not in mode or not str(file).startswith(str(root)):
                return real(file, mode, buffering, *rest, **named)
            faults("open")
            raw = Raw(file, mode.replace("b", ""))
            if buffering == 0:
                return raw
            return io.BufferedReader(raw) if "r" in mode else io.BufferedWriter(raw)

        monkeypatch.setattr(io, "open", opened)
        monkeypatch.setattr("builtins.open", opened)
        for name in ("replace", "fsync", "unlink", "mkdir", "scandir"):
            monkeypatch.setattr(os, name, self._failing(name, getattr(os, name), str(root)))

    def _failing(self, name: str, real: Callable[..., Any], root: str) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            # a directory outside is the package's own, which the fingerprint lists
            if name != "scandir" or str(arguments[0]).startswith(root):
                self(name)
            return real(*arguments, **named)

        return call


def lines(data: bytes) -> set[bytes]:
    """The lines of an output file; none of one that is torn."""
    plain = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
    return set(plain.splitlines(keepends=True))


def whole(out: Path, before: dict[str, bytes], after: dict[str, bytes]) -> bool:
    """Whether all that stands under a name that looks finished is made of records that were there or shall be."""
    known = {line for held in (before, after) for data in held.values() for line in lines(data)}
    found = content(out) if out.exists() else {}
    return all(lines(data) <= known for name, data in found.items() if not name.endswith(".part"))


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("kind", ["open", "write", "read", "replace", "fsync", "unlink", "mkdir", "scandir"])
@pytest.mark.parametrize("form", ["out.jsonl", "out.jsonl.gz", "out"])
def test_a_fault_at_any_point_is_told_and_nothing_is_torn_or_lost(form: str, kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.md", "b.md", "c/d.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"# {name}\n\nThe lamp of {name}.\n", "utf-8")
    start = tmp_path / "start" / form
    start.parent.mkdir()
    ordered(folder, start)
    before = content(start)
    (folder / "a.md").write_text("# a.md\n\nChanged.\n", "utf-8")
    (folder / "b.md").unlink()
    (folder / "e.md").write_text("# e.md\n\nNew.\n", "utf-8")
    fresh = tmp_path / "fresh" / form
    fresh.parent.mkdir()
    ordered(folder, fresh)
    after = content(fresh)
    told: list[str] = []
    for number in range(1, 60):
        place = tmp_path / f"{number}"
        shutil.copytree(start.parent, place)
        out = place / form
        faults = _Faults(kind, number, random.Random(number).choice([errno.ENOSPC, errno.EIO]))
        with pytest.MonkeyPatch.context() as patch:
            faults.install(patch, tmp_path)
            try:
                ordered(folder, out)
            except SeedcleanError as error:
                told.append(error.what)
        if not faults.struck:
            assert content(out) == after
            break
        assert whole(out, before, after), (kind, number)
        assert not ordered(folder, out, resume=True)
        assert content(out) == after, (kind, number)
        assert beside(out) == {out.name, f"{out.name}.ledger", f"{out.name}.manifest.json"}
    else:
        pytest.fail("the faults never ended")
    assert set(told) <= {os.strerror(errno.ENOSPC), os.strerror(errno.EIO), "another run is writing here"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
def test_a_full_disk_at_standard_output_ends_the_run() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "seedclean", str(SEEDS)], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


# -- kills


def grown(folder: Path) -> Path:
    """A tree that takes a second or two."""
    tree(folder)
    for copy in range(6):
        for file in [*SEEDS.glob("*.txt"), *(FIXTURES / "wechat").glob("*.md")]:
            (folder / f"{copy:02}").mkdir(exist_ok=True)
            shutil.copy(file, folder / f"{copy:02}" / file.name)
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="killing a group of processes needs POSIX")
@pytest.mark.parametrize(("form", "seed"), [("out.jsonl", 1), ("out.parquet", 2), ("out", 3)])
def test_a_run_that_is_killed_again_and_again_comes_to_the_same_end(form: str, seed: int, tmp_path: Path) -> None:
    folder = grown(tmp_path / "in")
    unbroken = tmp_path / "unbroken" / form
    unbroken.parent.mkdir()
    begun = time.monotonic()
    assert run(folder, "-o", unbroken, "-q", "-j", "2").returncode == 1
    took = time.monotonic() - begun
    expected = content(unbroken)
    out = tmp_path / "out" / form
    out.parent.mkdir()
    chance = random.Random(seed)
    command = [sys.executable, "-m", "seedclean", str(folder), "-o", str(out), "-q", "-j", "2", "--resume"]
    for _ in range(3):
        process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 1.1) * took)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert content(out).items() <= expected.items() if out.exists() and form != "out" else whole(out, {}, expected)
    assert run(*command[3:]).returncode == 1
    assert content(out) == expected
    assert counts(out) == counts(unbroken) | {"unchanged": counts(out)["unchanged"]}
    assert beside(out) == {out.name, f"{out.name}.ledger", f"{out.name}.manifest.json"}


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing there")
def test_a_run_that_is_interrupted_says_how_to_go_on(tmp_path: Path) -> None:
    folder, out = grown(tmp_path / "in"), tmp_path / "out.jsonl"
    for number in range(20):
        (folder / f"{number:02}" / "long.md").parent.mkdir(exist_ok=True)
        (folder / f"{number:02}" / "long.md").write_text("# Lamp\n\n" + "The ferry leaves.\n\n" * 5000, "utf-8")
    command = [sys.executable, "-m", "seedclean", str(folder), "-o", str(out), "-j", "1"]
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.PIPE)
    while not (tmp_path / ".out.jsonl.lines.part").exists():
        time.sleep(0.05)
    time.sleep(1)
    os.killpg(process.pid, signal.SIGINT)
    told = process.communicate()[1]
    assert process.returncode == 130
    assert told == b"seedclean: interrupted; `--resume` continues from here\n"
    assert not out.exists()
    assert run(folder, "-o", out, "--resume").returncode == 1
    assert counts(out)["unchanged"] > 0
    again = run(folder, "-o", out)
    assert b"interrupted" not in again.stderr
    assert len(records(out.read_bytes())) == counts(out)["documents"]


@pytest.mark.usefixtures("here")
def test_what_was_left_is_named_where_nobody_asked_for_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = tree(tmp_path / "in"), tmp_path / "out.jsonl"
    ordered(folder, out)
    os.replace(tmp_path / "out.jsonl.ledger", tmp_path / ".out.jsonl.ledger.part")
    capsys.readouterr()
    run_batch(RunOptions((str(folder),), out, PackOptions(), Wanted(), None, False, None, None, False, "text", False))
    assert "--resume would have reused them" in capsys.readouterr().err
    assert counts(out)["unchanged"] == 0
