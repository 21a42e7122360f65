"""Observations on disk, so that memory does not grow with the number of documents.

The documents lie in one compressed file. The hashes of their blocks lie in parts, by their lowest byte: a part is counted
by itself. 100,000 documents of 100 blocks give 40,000 hashes in each part.
"""

from __future__ import annotations

import gzip
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from seedclean.learning.observation import Observation, parse
from seedclean.packs.repetition import EVERYWHERE, key

LEAST = 3
"""A text on fewer documents is no habit of who publishes them: two may be captures of one page."""

_PARTS = 256
_WAITING = 1 << 19
"""Hashes that wait in memory, 8 bytes each, before they are written."""
_LINES = 1 << 23
"""Bytes of lines that wait in memory before they are written."""


class Repeated:
    """The texts that stand on LEAST documents or more and were kept on one of them, with the number of documents."""

    def __init__(self, counts: Iterable[tuple[int, int]]) -> None:
        pairs = sorted(counts)
        self._keys = array("Q", [hash for hash, _ in pairs])
        self._counts = array("Q", [count for _, count in pairs])

    def count(self, hash: int) -> int:
        """The number of documents with a text; 0 where it does not repeat."""
        at = bisect_left(self._keys, hash)
        return self._counts[at] if at < len(self._keys) and self._keys[at] == hash else 0


class Spill:
    """Takes observations once, and gives them back as often as asked. `folder` is empty and its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._documents = gzip.open(folder / "documents", "wb", compresslevel=1)  # noqa: SIM115  # closed by `close`
        self._waiting = [array("Q") for _ in range(_PARTS)]
        self._held = 0
        self.scopes: Counter[str] = Counter()
        """The number of documents in each scope."""
        self.documents = 0

    def add(self, data: bytes) -> None:
        """Take the observation of a document. Raises OSError."""
        self._documents.write(data + b"\n")
        observation = parse(data)
        self.documents += 1
        self.scopes.update([*observation.scopes, EVERYWHERE])
        kept: dict[int, int] = {}  # by key, whose lowest bit is clear: a part keeps there whether the block was kept
        for block in observation.blocks:
            if block.text and block.state != "kept":
                hash = key(block.text)
                kept[hash] = kept.get(hash, 0) | (block.state == "open")
        for hash, bit in kept.items():
            self._waiting[hash // 2 % _PARTS].append(hash | bit)
        self._held += len(kept)
        if self._held > _WAITING:
            self._write()

    def close(self) -> None:
        """End the taking: from here on the documents can be read."""
        self._documents.close()
        self._write()

    def _write(self) -> None:
        for at, part in enumerate(self._waiting):
            with (self._folder / f"part-{at}").open("ab") as stream:
                part.tofile(stream)
            self._waiting[at] = array("Q")
        self._held = 0

    def repeated(self) -> Repeated:
        """The texts that repeat."""
        return Repeated(pair for at in range(_PARTS) for pair in _counted(self._folder / f"part-{at}"))

    def __iter__(self) -> Iterator[Observation]:
        with gzip.open(self._folder / "documents", "rb") as stream:
            for line in stream:
                yield parse(line)


def _counted(part: Path) -> Iterator[tuple[int, int]]:
    hashes = array("Q")
    hashes.frombytes(part.read_bytes())
    counts = Counter(hashes)
    for hash in {hash & ~1 for hash in counts}:
        count = counts[hash] + counts[hash | 1]
        if count >= LEAST and counts[hash | 1]:
            yield hash, count


class Lines:
    """Lines on disk in parts by a number, each of which is read back as a whole. `folder` is empty and its own."""

    def __init__(self, folder: Path, parts: int = _PARTS) -> None:
        self._folder, self._parts = folder, parts
        self._waiting: list[list[bytes]] = [[] for _ in range(parts)]
        self._held = 0

    def add(self, number: int, line: bytes) -> None:
        """Take a line for the part of a number. Raises OSError."""
        self._waiting[number % self._parts].append(line)
        self._held += len(line)
        if self._held > _LINES:
            self._write()

    def _write(self) -> None:
        for at, lines in enumerate(self._waiting):
            if lines:
                with gzip.open(self._folder / f"lines-{at}", "ab", compresslevel=1) as stream:
                    stream.write(b"\n".join(lines) + b"\n")
                self._waiting[at] = []
        self._held = 0

    def parts(self) -> Iterator[Iterator[bytes]]:
        """The lines of each part, in the order in which they came."""
        self._write()
        for at in range(self._parts):
            file = self._folder / f"lines-{at}"
            if file.exists():
                with gzip.open(file, "rb") as stream:
                    yield iter(stream)
