"""What lies beside an output: ledger and manifest of a finished run, and what a run that was ended has left.

A run that begins sets aside what the last one has left, and keeps it until it has finished itself: ended again and
again, at any point, a run still goes on from the farthest that one has come.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from seedclean.sources.walk import LEDGER, MANIFEST


@dataclass(frozen=True, slots=True)
class Beside:
    """The names beside an output. `ledger` and `manifest` are those of a finished run, the others are hidden."""

    target: Path

    @property
    def ledger(self) -> Path:
        return self.target.with_name(self.target.name + LEDGER)

    @property
    def manifest(self) -> Path:
        return self.target.with_name(self.target.name + MANIFEST)

    @property
    def lock(self) -> Path:
        return self._hidden("lock")

    @property
    def book(self) -> Path:
        """The ledger of a run that is not finished."""
        return self._hidden("ledger.part")

    @property
    def lines(self) -> Path:
        """The records of a run that is not finished."""
        return self._hidden("lines.part")

    @property
    def made(self) -> Path:
        """The output while it is made from the lines."""
        return self._hidden("made.part")

    @property
    def earlier_book(self) -> Path:
        return self._hidden("ledger.earlier")

    @property
    def earlier_lines(self) -> Path:
        return self._hidden("lines.earlier")

    def _hidden(self, kind: str) -> Path:
        return self.target.with_name(f".{self.target.name}.{kind}")


def set_aside(beside: Beside) -> bool:
    """Put what a run has left out of the way of the next; whether there is anything. Raises OSError.

    A ledger is written before its lines and moved before them, so lines alone are those of a ledger moved already.
    """
    if beside.book.exists():
        if beside.earlier_book.exists() and beside.book.stat().st_size <= beside.earlier_book.stat().st_size:
            drop(beside)
        else:
            if not beside.lines.exists():
                beside.earlier_lines.unlink(missing_ok=True)
            os.replace(beside.book, beside.earlier_book)
    if beside.lines.exists():
        os.replace(beside.lines, beside.earlier_lines)
    return beside.earlier_book.exists()


def drop(beside: Beside) -> None:
    """Remove what this run has begun. Raises OSError."""
    beside.lines.unlink(missing_ok=True)
    beside.book.unlink(missing_ok=True)


def clear(beside: Beside) -> None:
    """Remove what is not needed when a run has finished. Raises OSError."""
    drop(beside)
    for path in (beside.made, beside.earlier_book, beside.earlier_lines):
        path.unlink(missing_ok=True)
