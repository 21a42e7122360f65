"""What a run has written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Written:
    """A finished output: its size in bytes, and its hash: of the file, or of the names and hashes in the directory."""

    size: int
    digest: str
