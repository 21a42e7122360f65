"""The files at and beside an output: journal and manifest of a finished run, and the partial files of an interrupted one.

A run moves the partial files of an interrupted run aside and deletes them only when it has finished itself: however often
runs are killed, the farthest one stays available to resume from.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from seedclean.sources.walk import LEDGER, MANIFEST


@dataclass(frozen=True, slots=True)
class FinishedOutput:
    """Size in bytes and `sha256:` digest of an output: of the file, or over the names and digests in the directory.

    The digest is "" for a stream.
    """

    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class OutputPaths:
    """The paths at and beside an output. `journal` and `manifest` belong to a finished run; the others are hidden files.

    `partial_…` belong to the run in progress, `interrupted_…` to the interrupted run before it. `…_records` are JSON lines.
    """

    target: Path

    @property
    def journal(self) -> Path:
        return self.target.with_name(self.target.name + LEDGER)

    @property
    def manifest(self) -> Path:
        return self.target.with_name(self.target.name + MANIFEST)

    @property
    def lock(self) -> Path:
        return self._hidden("lock")

    @property
    def partial_journal(self) -> Path:
        return self._hidden("ledger.part")

    @property
    def partial_records(self) -> Path:
        return self._hidden("lines.part")

    @property
    def partial_target(self) -> Path:
        """The output while the JSON lines are converted into its file format."""
        return self._hidden("made.part")

    @property
    def interrupted_journal(self) -> Path:
        return self._hidden("ledger.earlier")

    @property
    def interrupted_records(self) -> Path:
        return self._hidden("lines.earlier")

    def _hidden(self, kind: str) -> Path:
        return self.target.with_name(f".{self.target.name}.{kind}")


def set_aside(paths: OutputPaths) -> bool:
    """Move the partial files of an interrupted run aside; return whether there is an interrupted run. Raises OSError.

    A run creates its journal before its records, and this function moves it first: records without a journal belong to
    a journal that is already moved.
    """
    if paths.partial_journal.exists():
        if _is_behind(paths):
            delete_partial(paths)
        else:
            if not paths.partial_records.exists():
                paths.interrupted_records.unlink(missing_ok=True)
            os.replace(paths.partial_journal, paths.interrupted_journal)
    if paths.partial_records.exists():
        os.replace(paths.partial_records, paths.interrupted_records)
    return paths.interrupted_journal.exists()


def _is_behind(paths: OutputPaths) -> bool:
    """Whether an earlier interrupted run got farther than the last one."""
    if not paths.interrupted_journal.exists():
        return False
    return paths.partial_journal.stat().st_size <= paths.interrupted_journal.stat().st_size


def delete_partial(paths: OutputPaths) -> None:
    """Delete the partial files of the run in progress. Raises OSError."""
    paths.partial_records.unlink(missing_ok=True)
    paths.partial_journal.unlink(missing_ok=True)


def delete_interrupted(paths: OutputPaths) -> None:
    """Delete the files of the interrupted run before this one. Raises OSError."""
    paths.interrupted_journal.unlink(missing_ok=True)
    paths.interrupted_records.unlink(missing_ok=True)


def clean_up(paths: OutputPaths) -> None:
    """Delete all hidden files of a finished run except the lock. Raises OSError."""
    delete_partial(paths)
    delete_interrupted(paths)
    paths.partial_target.unlink(missing_ok=True)
