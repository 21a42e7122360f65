"""Documents of one run whose texts are nearly the same, by MinHash: they are named, and nothing is done to them.

A text is the set of its runs of five words; in Chinese, Japanese and Korean a sign is a word. Its sketch has for each of
128 hash functions the lowest byte of the least hash (Broder 1997, On the resemblance and containment of documents; Li and
König 2010, b-Bit minwise hashing). Two sketches share as many bytes as their sets share runs, with a standard deviation of
four points. What shares one of 25 bands of 5 bytes is compared: of pairs that share 70 % of their runs, 99 of 100 do.
"""

from __future__ import annotations

import re
import tempfile
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import BinaryIO, Self, TypedDict

from seedclean.model.errors import OutputError
from seedclean.values.scripts import HAN, HANGUL, KANA
from seedclean.values.text import normal

_WORD = re.compile(rf"[{HAN}{KANA}{HANGUL}]|[^\W{HAN}{KANA}{HANGUL}]+")
_RUN = 5
_LEAST = 30
"""Words: texts of fewer agree by chance, as error pages and captions do."""
_SIZE, _SEED = 128, 1
_BANDS, _ROWS = 25, 5
_ALIKE = 70
"""Per cent of the runs that either text has: an article from two sources keeps most of them, and two notices on one form do
not."""
_HEADS = 16
"""In one band a document is compared with the first of so many groups: bands with more of them hold standing phrases."""


def require() -> None:
    """Raise OutputError if the extra is not installed."""
    try:
        import rensa  # noqa: F401  # an extra
    except ImportError as error:
        remedy = "pip install 'seedclean[duplicates]'"
        raise OutputError("--near-duplicates", "needs an extra that is not installed", remedy) from error


def key() -> str:
    """What tells results with sketches from others: the version of their algorithm."""
    import rensa

    return f" sketches:{rensa.RMinHash.ALGORITHM_VERSION}"


def sketch(text: str) -> str:
    """The sketch of a text in Base64; empty for a text too short to be told from others."""
    import rensa  # an extra, which this option alone needs

    words = _WORD.findall(normal(text).casefold())
    if len(words) < _LEAST:
        return ""
    hashes = rensa.RMinHash(num_perm=_SIZE, seed=_SEED)
    hashes.update([" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)])
    return b64encode(bytes(hash & 255 for hash in hashes.digest())).decode("ascii")


class Group(TypedDict):
    """Documents that are nearly the same, as the manifest names them; `percent` is from 0 to 100."""

    paths: list[str]
    percent: int


class NearDuplicates:
    """Takes the sketches of a run's documents, and groups them. A context manager: the sketches lie in temporary files."""

    def __init__(self) -> None:
        self._sketches: BinaryIO = tempfile.TemporaryFile(prefix="seedclean-")  # noqa: SIM115  # closed by `__exit__`
        self._paths: BinaryIO = tempfile.TemporaryFile(prefix="seedclean-")  # noqa: SIM115
        self._ends = array("Q", [0])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._sketches.close()
        self._paths.close()

    def add(self, path: str, sketch: str) -> None:
        """Take the sketch of the document with this path. Raises OSError."""
        if sketch:
            self._sketches.write(b64decode(sketch))
            self._ends.append(self._ends[-1] + self._paths.write(path.encode("utf-8", "surrogatepass")))

    def groups(self) -> list[Group]:
        """Groups of documents that are nearly the same, in the order in which their first ones came.

        `paths` are in that order too, and `percent` is the share of runs that the first one has in common with the one that
        is least like it. A document is in one group at most. Raises OSError.
        """
        first: dict[int, int] = {}
        for band in range(_BANDS):
            for members in self._bands(band):
                self._join(members, first)
        groups: dict[int, list[int]] = {}
        for number in sorted(first):
            groups.setdefault(_root(number, first), []).append(number)
        return [
            {"paths": [*map(self._path, members)], "percent": min(self._percent(head, one) for one in members[1:])}
            for head, members in sorted(groups.items())
        ]

    def _bands(self, band: int) -> Iterator[list[int]]:
        """The numbers of documents that share a band, in order; none that share it with no other."""
        self._sketches.seek(0)
        keys: list[int] = []
        for number, data in enumerate(iter(lambda: self._sketches.read(_SIZE), b"")):
            keys.append(int.from_bytes(data[band * _ROWS : (band + 1) * _ROWS]) << 32 | number)
        keys.sort()
        for _, same in groupby(keys, lambda key: key >> 32):
            members = [key & 0xFFFFFFFF for key in same]
            if len(members) > 1:
                yield members

    def _join(self, members: Sequence[int], first: dict[int, int]) -> None:
        """Join documents that share a band to groups. `first` leads from each document of a group towards its first."""
        heads: list[int] = []
        for one in members:
            for head in heads:
                roots = sorted((_root(head, first), _root(one, first)))
                if roots[0] == roots[1]:
                    break
                if self._percent(head, one) >= _ALIKE:
                    first[roots[0]] = first[roots[1]] = roots[0]
                    break
            else:
                if len(heads) < _HEADS:
                    heads.append(one)

    def _percent(self, one: int, other: int) -> int:
        """The per cent of their runs that two documents share, without the bytes that agree by chance."""
        same = sum(map(int.__eq__, self._sketch(one), self._sketch(other)))
        return max(0, round(100 * (256 * same / _SIZE - 1) / 255))

    def _sketch(self, number: int) -> bytes:
        self._sketches.seek(number * _SIZE)
        return self._sketches.read(_SIZE)

    def _path(self, number: int) -> str:
        self._paths.seek(self._ends[number])
        return self._paths.read(self._ends[number + 1] - self._ends[number]).decode("utf-8", "surrogatepass")


def _root(number: int, first: dict[int, int]) -> int:
    while (next_ := first.get(number, number)) != number:
        number = next_
    return number
