"""The log of a run in each format; no document can send control characters to the terminal through it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from conftest import SEEDS
from test_cli import run

from seedclean.batch import progress
from seedclean.batch.progress import JsonLog, RunProgress, TerminalLog, TextLog
from seedclean.model.errors import NotTextError


def tree(folder: Path) -> Path:
    (folder / "a.md").write_text("# A\n\nOne.\n", "utf-8")
    (folder / "b.md").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "c.xyz").write_text("x", "utf-8")
    return folder


def test_quiet_prints_failures_only(tmp_path: Path) -> None:
    done = run(tree(tmp_path), "-q")
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        f"failed: not-text: {tmp_path / 'b.md'}: the first bytes are those of a binary format (extract its text first)"
    ]


def test_json_has_failures_and_summary(tmp_path: Path) -> None:
    done = run(tree(tmp_path), "--log-format", "json")
    failed, summary = [json.loads(line) for line in done.stderr.splitlines()]
    assert (failed["event"], failed["code"], failed["path"]) == ("failed", "not-text", "b.md")
    assert (summary["event"], summary["files"], summary["documents"], summary["failed"]) == ("summary", 2, 1, 1)
    assert summary["not_selected"] == {"suffix": 1}
    assert summary["suffixes"] == {".xyz": 1}
    assert b"summary" not in run(tree(tmp_path), "--log-format", "json", "-q").stderr


def test_the_summary_accounts_for_all_characters() -> None:
    counts = json.loads(run(SEEDS, "--log-format", "json").stderr.splitlines()[-1])
    size = sum(len(path.read_bytes().decode()) for path in SEEDS.glob("*.txt"))
    characters = counts["characters"]
    assert characters["in"] == size
    assert characters["kept"] + characters["removed"] + characters["markup"] == size
    text = run(SEEDS, "--verbose").stderr.decode()
    assert f"characters  {size:,} in = {characters['kept']:,} kept + " in text
    assert set(counts["rules"]) & set(counts["rules_never"]) == set()


def test_progress_lines_come_at_intervals(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    clock = 1000.0
    monkeypatch.setattr("time.monotonic", lambda: clock)
    state, plain, machine = RunProgress(100, clock), TextLog(), JsonLog(quiet=False)
    for _ in range(10):
        clock += 5
        state.add("slow\n\x1b[31m.md", 2.0, 0)
        plain.progress(state)
        machine.progress(state)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "cleaned     6 of 100 files, 0.2 a second, 7:50 left, 0 failed, slowest 2.0 s slow␊␛[31m.md"
    assert json.loads(lines[1])["seconds_left"] == 470
    assert len(lines) == 2


def test_a_terminal_shows_a_progress_bar(capsys: pytest.CaptureFixture[str]) -> None:
    from rich.console import Console
    from rich.progress import Progress, TextColumn

    console = Console(file=sys.stderr, force_terminal=True, width=120)
    with Progress(TextColumn("{task.fields[pace]}", markup=False), console=console) as bar:
        log = TerminalLog(bar, 10)
        state = RunProgress(10, 0.0)
        state.add("[red]x[/nothing] \x1b]0;title\x07.md", 1.0, 3)
        log.progress(state)
        log.failed(NotTextError("\x1b[2Jb\r\n.md", "no text"))
    shown = capsys.readouterr().err
    assert "3 failed, slowest 1.0 s [red]x[/nothing] ␛]0;title␇.md" in shown
    assert "failed: not-text: ␛[2Jb␍␊.md: no text" in shown
    assert "\x1b]0;" not in shown


@pytest.mark.parametrize(("seconds", "expected"), [(5, "0:05"), (65, "1:05"), (3605, "1:00:05")])
def test_the_remaining_time_reads_as_a_clock(seconds: int, expected: str) -> None:
    assert progress._duration(seconds) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize("form", ["text", "json"])
def test_names_and_errors_send_no_control_characters(form: str, tmp_path: Path) -> None:
    name = "\x1b]52;c;bGFtcA==\x07\x1b[2J\u202e\x9b31m\r\n[red]"
    (tmp_path / f"{name}.md").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / f"{name}.png").write_bytes(b"")
    (tmp_path / f"{name}.json").write_text('{"title": "\\u001b[31m"}', "utf-8")
    (tmp_path / "list").write_bytes(b"\x1b[31mnone.md\0")
    done = run(
        tmp_path,
        "--files-from",
        tmp_path / "list",
        "-0",
        "--log-format",
        form,
        "-o",
        tmp_path / "out",
        PYTHONIOENCODING="utf-8",
    )
    shown = done.stderr.decode()
    assert done.returncode == 1
    assert not {"\x1b", "\x9b", "\x07", "\r", "\u202e"} & set(shown)
    assert all(
        line.startswith(
            (
                "{",
                "cleaned",
                "failed",
                "documents",
                "passed",
                "origins",
                "status",
                "removals",
                "char",
                "rules",
                "not fired",
            )
        )
        for line in shown.splitlines()
    )
    data = tmp_path.joinpath("out.manifest.json").read_bytes()
    assert not set(data) & {0x1B, 0x07}


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="the system has no pseudo-terminals")
def test_failures_are_printed_on_a_terminal(tmp_path: Path) -> None:
    import pty
    import subprocess

    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "seedclean", str(tree(tmp_path)), "-o", str(tmp_path / "out.jsonl")]
    process = subprocess.Popen(command, stderr=follower, env=os.environ | {"TERM": "xterm", "COLUMNS": "200"})
    os.close(follower)
    shown = b""
    try:
        while piece := os.read(leader, 65_536):
            shown += piece
    except OSError:  # the process has closed its end
        pass
    os.close(leader)
    assert process.wait() == 1
    assert b"failed: not-text: " in shown
    assert b"1 cleaned, 1 failed" in shown
