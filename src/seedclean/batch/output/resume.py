"""What earlier runs have left at an output, and which of it still holds: asked in the order of the files, once each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from seedclean.batch.output import file_formats, journal
from seedclean.batch.output.journal import Line
from seedclean.model.errors import OutputError


@dataclass(frozen=True, slots=True)
class Known:
    """The results of a file that an earlier run has left, and a way to copy its bytes of output to a stream."""

    line: Line
    copy: Callable[[BinaryIO], None]


class Earlier:
    """The results of one earlier run. `find` goes forward only."""

    def __init__(self, lines: Iterator[tuple[Line, Callable[[BinaryIO], None]]]) -> None:
        self._lines = lines
        self._at = next(lines, None)

    def find(self, name: str) -> Known | None:
        """The results for a file of this path; None where there are none, or they do not hold."""
        key = name.encode()
        while self._at and self._at[0].name.encode() < key:
            self._at = next(self._lines, None)
        if self._at and self._at[0].name == name and self._at[0].holds:
            return Known(*self._at)
        return None


def first(earlier: Sequence[Earlier], name: str) -> Known | None:
    """The first results that any of some runs has for a file; all of them are asked, so that none falls behind."""
    found = [known for one in earlier if (known := one.find(name))]
    return found[0] if found else None


@contextmanager
def in_file(book: Path, fingerprint: str, output: Path, form: str) -> Iterator[Earlier]:
    """The results in one file, as far as its bytes are what the ledger says."""
    count = _sound(journal.read(book, fingerprint), output, form)
    with ExitStack() as held:
        yield Earlier(_placed(journal.read(book, fingerprint), count, _Copier(output, form, held)))


def in_folder(book: Path, fingerprint: str, folder: Path) -> Earlier:
    """The results in the files of a directory; each is looked at when it is asked for."""
    return Earlier((line, _nothing) for line in journal.read(book, fingerprint) if _stands(line, folder))


def _nothing(stream: BinaryIO) -> None:
    """The files of a directory are where they belong."""


def _stands(line: Line, folder: Path) -> bool:
    digest = hashlib.sha256()
    try:
        for file in line.files:
            digest.update(folder.joinpath(file).read_bytes())
    except OSError:
        return False
    return digest.hexdigest() == line.digest


def _sound(lines: Iterator[Line], output: Path, form: str) -> int:
    """How many lines of a ledger, from the first, are true of the output."""
    count = 0
    try:
        with closing(file_formats.lines(form, output)) as stream:
            for line in lines:
                digest = hashlib.sha256()
                for piece in file_formats.pieces(stream, line.size):
                    digest.update(piece)
                if digest.hexdigest() != line.digest:
                    break
                count += 1
    except file_formats.damages():  # it is not there, or damaged: what was read until then is sound
        return count
    return count


def _placed(lines: Iterator[Line], count: int, copier: _Copier) -> Iterator[tuple[Line, Callable[[BinaryIO], None]]]:
    at = 0
    for _, line in zip(range(count), lines, strict=False):
        yield line, copier.of(at, line)
        at += line.size


class _Copier:
    """Copies stretches of a file's lines, each behind the one before."""

    def __init__(self, output: Path, form: str, held: ExitStack) -> None:
        self._output, self._form, self._held = output, form, held
        self._stream: BinaryIO | None = None
        self._at = 0

    def of(self, start: int, line: Line) -> Callable[[BinaryIO], None]:
        """A copier of one stretch. It raises OutputError where that has changed since it was found sound."""

        def copy(stream: BinaryIO) -> None:
            if self._stream is None:
                self._stream = self._held.enter_context(closing(file_formats.lines(self._form, self._output)))
            source = self._stream
            for _ in file_formats.pieces(source, start - self._at):
                pass
            digest = hashlib.sha256()
            for piece in file_formats.pieces(source, line.size):
                digest.update(piece)
                stream.write(piece)
            if digest.hexdigest() != line.digest:
                raise OutputError(str(self._output), "was changed while it was read", "let nothing else write there")
            self._at = start + line.size

        return copy
