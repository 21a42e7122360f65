"""What a run says on standard error while it lasts: for a person, or as a JSON object in each line."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from seedclean.model.errors import SeedcleanError
from seedclean.record.explain import visible

SECONDS = 30.0
"""Between two lines of progress where there is no terminal."""


@dataclass(slots=True)
class State:
    """How far a run is. Seconds count from its begin; `slowest` is the file that has taken longest."""

    total: int
    begun: float
    files: int = 0
    failed: int = 0
    slowest: str = ""
    slowest_seconds: float = 0.0

    def finished(self, name: str, seconds: float, failed: int) -> None:
        """One more file."""
        self.files += 1
        self.failed += failed
        if seconds > self.slowest_seconds:
            self.slowest, self.slowest_seconds = name, seconds

    def to_dict(self) -> dict[str, Any]:
        """The state with its rate in files a second, and the seconds that are left at this rate."""
        rate = self.files / max(time.monotonic() - self.begun, 1e-6)
        return {
            "files": self.files, "of": self.total, "rate": round(rate, 1), "failed": self.failed,
            "seconds_left": round((self.total - self.files) / rate) if rate else None,
            "slowest": self.slowest, "slowest_seconds": round(self.slowest_seconds, 1),
        }  # fmt: skip


class Log(Protocol):
    """Takes what there is to say."""

    def note(self, text: str) -> None:
        """Something about the run."""

    def failed(self, error: SeedcleanError) -> None:
        """A file or document failed."""

    def progress(self, state: State) -> None:
        """How far it is: called after each file."""

    def summary(self, lines: list[str], counts: dict[str, Any]) -> None:
        """What it did, in either form."""


def say(text: str) -> None:
    """A line on standard error, in which nothing has power over the terminal."""
    print(visible(text).replace("\n", "␊"), file=sys.stderr)


class Quiet:
    """Failures alone."""

    def note(self, text: str) -> None:
        pass

    def failed(self, error: SeedcleanError) -> None:
        say(f"failed: {error.code}: {error}")

    def progress(self, state: State) -> None:
        pass

    def summary(self, lines: list[str], counts: dict[str, Any]) -> None:
        pass


class Plain(Quiet):
    """Lines for a person; one of progress now and then."""

    def __init__(self) -> None:
        self._told = time.monotonic()

    def note(self, text: str) -> None:
        say(text)

    def progress(self, state: State) -> None:
        if time.monotonic() - self._told >= SECONDS:
            self._told = time.monotonic()
            say(f"cleaned     {state.files:,} of {state.total:,} files, {_pace(state)}")

    def summary(self, lines: list[str], counts: dict[str, Any]) -> None:
        for line in lines:
            say(line)


class OnTerminal(Plain):
    """As Plain, with a bar instead of lines of progress."""

    def __init__(self, bar: Progress, total: int) -> None:
        super().__init__()
        self._bar = bar
        self._task = bar.add_task("", total=total, pace=Text())

    def progress(self, state: State) -> None:
        self._bar.update(self._task, completed=state.files, pace=Text(visible(_pace(state)).replace("\n", " ")))


class Json:
    """A JSON object in each line, in ASCII."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._told = time.monotonic()

    def _event(self, event: str, **values: Any) -> None:
        print(json.dumps({"event": event, **values}), file=sys.stderr)

    def note(self, text: str) -> None:
        if not self._quiet:
            self._event("note", text=text)

    def failed(self, error: SeedcleanError) -> None:
        self._event("failed", code=error.code, path=error.where, what=error.what, remedy=error.remedy)

    def progress(self, state: State) -> None:
        if not self._quiet and time.monotonic() - self._told >= SECONDS:
            self._told = time.monotonic()
            self._event("progress", **state.to_dict())

    def summary(self, lines: list[str], counts: dict[str, Any]) -> None:
        if not self._quiet:
            self._event("summary", **counts)


@contextmanager
def opened(total: int, form: str, quiet: bool) -> Iterator[Log]:
    """A log for a run over so many files: `form` is "text" or "json"."""
    console = Console(stderr=True)
    if form == "json":
        yield Json(quiet)
    elif quiet:
        yield Quiet()
    elif not console.is_terminal:
        yield Plain()
    else:
        pace = TextColumn("{task.fields[pace]}", markup=False)
        with Progress(
            TextColumn("cleaning"), BarColumn(), MofNCompleteColumn(), pace, console=console, transient=True
        ) as bar:
            yield OnTerminal(bar, total)


def _pace(state: State) -> str:
    found = state.to_dict()
    parts = [f"{found['rate']:,} a second"]
    if found["seconds_left"] is not None:
        parts.append(f"{_duration(found['seconds_left'])} left")
    parts.append(f"{state.failed} failed")
    if state.slowest:
        parts.append(f"slowest {state.slowest_seconds:.1f} s {state.slowest}")
    return ", ".join(parts)


def _duration(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
