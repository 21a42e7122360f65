"""The standard streams: lines of output, messages, errors as one line, and what a word on the command line names."""

from __future__ import annotations

import difflib
import shlex
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from seedclean.model.errors import InputError, SeedcleanError

USAGE, FAILED = 2, 1
"""Exit codes: the command was wrong, and something failed that the command was asked to do."""


@contextmanager
def exit_on_error(code: int = USAGE) -> Iterator[None]:
    """Print a SeedcleanError as one line, without a traceback, and exit with `code`."""
    try:
        yield
    except SeedcleanError as error:
        say(f"seedclean: {error}")
        raise typer.Exit(code) from None


def print_line(text: str) -> None:
    """Print one line on standard output, in UTF-8 and with a line feed on every platform."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")


def print_row(*cells: str) -> None:
    """Print one line of cells between tabs; the name of a file or a rule file sends no command to the terminal."""
    from seedclean.record.terminal import visible

    print_line("\t".join(visible(cell).replace("\n", "␊") for cell in cells))


def say(text: str) -> None:
    """Print one line on standard error."""
    from seedclean.batch.progress import say  # with rich, for messages alone

    say(text)


def existing(word: str, commands: Iterable[str] = ()) -> Path:
    """The file or directory that a word names. Raises InputError, which says what was perhaps meant, where none is there."""
    path = Path(word)
    if path.exists() or path.is_symlink():
        return path
    if word.startswith(("http://", "https://")):
        save = f"curl -o page.html {shlex.quote(word)}"
        raise InputError(word, "is an address, and seedclean reads files", f"save the page first: {save}")
    near = difflib.get_close_matches(word, list(commands), 1)
    if near:
        remedy = f"did you mean the command? seedclean {near[0]} …"
        raise InputError(word, "there is no such file or directory, and no such command", remedy)
    raise InputError(word, "there is no such file or directory", _like(path) or "check the path")


def _like(path: Path) -> str:
    """A name in the same directory that differs by a letter or two."""
    try:
        names = [child.name for child in path.parent.iterdir()]
    except OSError:  # the directory is not there either: nothing is like it
        return ""
    near = difflib.get_close_matches(path.name, names, 1, 0.8)
    return f"did you mean {path.with_name(near[0])}?" if near else ""
