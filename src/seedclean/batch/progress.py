"""The log of a run on standard error: text for a person, or one JSON object in each line."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from seedclean.model.errors import SeedcleanError
from seedclean.record.terminal import visible

SECONDS = 30.0
"""Time between two progress lines if standard error is not a terminal."""


@dataclass(slots=True)
class RunProgress:
    """How far a run is. `start` is a reading of `time.monotonic`; `slowest` is the file that took longest."""

    total: int
    start: float
    files: int = 0
    failed: int = 0
    slowest: str = ""
    slowest_seconds: float = 0.0

    def add(self, name: str, seconds: float, failed: int) -> None:
        """Count a finished file with `failed` failures."""
        self.files += 1
        self.failed += failed
        if seconds > self.slowest_seconds:
            self.slowest, self.slowest_seconds = name, seconds

    def to_dict(self) -> dict[str, Any]:
        """The progress with the rate in files per second and the remaining seconds at this rate."""
        rate = self.files / max(time.monotonic() - self.start, 1e-6)
        return {
            "files": self.files, "of": self.total, "rate": round(rate, 1), "failed": self.failed,
            "seconds_left": round((self.total - self.files) / rate) if rate else None,
            "slowest": self.slowest, "slowest_seconds": round(self.slowest_seconds, 1),
        }  # fmt: skip


class Log(Protocol):
    """Takes the events of a run."""

    def note(self, text: str) -> None:
        """A remark about the run."""

    def failed(self, error: SeedcleanError, place: str = "") -> None:
        """A file or document failed; `place` is its path as it was given, where that is not the record's."""

    def progress(self, state: RunProgress) -> None:
        """A file is finished."""

    def summary(self, lines: list[str], counts: dict[str, Any]) -> None:
        """The run is finished: its summary as text and as values."""


def say(text: str) -> None:
    """Print one line on standard error, without line breaks, and with control characters made visible."""
    print(visible(text).replace("\n", "␊"), file=sys.stderr)


class QuietLog:
    """Failures only."""

    def note(self, text: str) -> None:
        pass

    def failed(self, error: SeedcleanError, place: str = "") -> None:
        what = str(error).removeprefix(error.where)
        say(f"failed: {error.code}: {place or error.where}{what}")

    def progress(self, state: RunProgress) -> None:
        pass

    def summary(self, lines: list[str], counts: dict[str, Any]) -> None:
        pass


class TextLog(QuietLog):
    """Lines for a person, with a progress line every SECONDS, also while no file is finished."""

    def __init__(self, total: int = 0) -> None:
        self._state = RunProgress(total, time.monotonic())
        self._last_progress = time.monotonic()

    def note(self, text: str) -> None:
        say(text)

    def progress(self, state: RunProgress) -> None:
        self._state = state
        self.tick()

    def tick(self) -> None:
        """Print how far the run is, unless that was printed a moment ago."""
        if time.monotonic() - self._last_progress >= SECONDS:
            self._last_progress = time.monotonic()
            state = self._state
            say(f"cleaned     {state.files:,} of {state.total:,} files, {_pace(state)}")

    def summary(self, lines: list[str], counts: dict[str, Any]) -> None:
        for line in lines:
            say(line)


class TerminalLog(TextLog):
    """Lines for a person, with a progress bar."""

    def __init__(self, bar: Progress, total: int) -> None:
        super().__init__()
        self._bar = bar
        self._task = bar.add_task("", total=total, pace=Text())

    def progress(self, state: RunProgress) -> None:
        self._bar.update(self._task, completed=state.files, pace=Text(visible(_pace(state)).replace("\n", " ")))


class JsonLog:
    """One JSON object in each line, in ASCII."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._last_progress = time.monotonic()

    def _event(self, event: str, **values: Any) -> None:
        print(json.dumps({"event": event, **values}), file=sys.stderr)

    def note(self, text: str) -> None:
        if not self._quiet:
            self._event("note", text=text)

    def failed(self, error: SeedcleanError, place: str = "") -> None:
        self._event(
            "failed", file=place or error.where, code=error.code, path=error.where, what=error.what, remedy=error.remedy
        )

    def progress(self, state: RunProgress) -> None:
        if not self._quiet and time.monotonic() - self._last_progress >= SECONDS:
            self._last_progress = time.monotonic()
            self._event("progress", **state.to_dict())

    def summary(self, lines: list[str], counts: dict[str, Any]) -> None:
        if not self._quiet:
            self._event("summary", **counts)


class ProgressOnlyLog(QuietLog):
    """Passes the progress on, for a part of a run whose failures and notes the rest of it tells again."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def failed(self, error: SeedcleanError, place: str = "") -> None:
        pass

    def progress(self, state: RunProgress) -> None:
        self._log.progress(state)


@contextmanager
def open_log(total: int, log_format: str, quiet: bool) -> Iterator[Log]:
    """The log for a run over `total` files; `log_format` is "text" or "json"."""
    console = Console(stderr=True)
    if log_format == "json":
        yield JsonLog(quiet)
    elif quiet:
        yield QuietLog()
    elif (
        total <= 1 or not sys.stderr.isatty()
    ):  # rich takes the log of a CI job for a terminal, and its bar leaves no line there
        log = TextLog(total)
        with _ticking(log):
            yield log
    else:
        pace = TextColumn("{task.fields[pace]}", markup=False)
        with Progress(
            TextColumn("cleaning"), BarColumn(), MofNCompleteColumn(), pace, console=console, transient=True
        ) as bar:
            yield TerminalLog(bar, total)


@contextmanager
def _ticking(log: TextLog) -> Iterator[None]:
    """Let a log print progress although no event comes: a CI job without output is ended as one that hangs."""
    stop = threading.Event()

    def tick() -> None:
        while not stop.wait(SECONDS):
            log.tick()

    thread = threading.Thread(target=tick, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _pace(state: RunProgress) -> str:
    values = state.to_dict()
    parts = [f"{values['rate']:,} a second"]
    if values["seconds_left"] is not None:
        parts.append(f"{_duration(values['seconds_left'])} left")
    parts.append(f"{state.failed} failed")
    if state.slowest:
        parts.append(f"slowest {state.slowest_seconds:.1f} s {state.slowest}")
    return ", ".join(parts)


def _duration(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
