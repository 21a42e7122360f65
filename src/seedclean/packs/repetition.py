"""What repeats in a corpus: on how many documents of a site, an account or a capture a text stands.

`seedclean learn --counts FILE` writes it, `--learned FILE` reads it: a line of JSON that says what the file is, and one for
each text and scope.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple

import orjson

from seedclean.model.errors import PackError

VERSION = 1
EVERYWHERE = ""
"""The scope of all documents."""
_SHOWN = 80
"""Code points of a text that the file shows; the key stands for all of it."""
_NUMBERS = ("documents", "of", "amid")


class Repeat(NamedTuple):
    """On how many documents of a scope a text stands, and on how many of those amid the document's own text."""

    documents: int
    of: int
    amid: int


class TextRepeat(NamedTuple):
    """How a text repeats in one scope."""

    scope: str
    text: str
    repeat: Repeat


@dataclass(frozen=True, slots=True, eq=False)
class Repetition:
    """The counts of a corpus by the key of the text, and by scope."""

    counts: Mapping[int, Mapping[str, Repeat]] = field(default_factory=dict)

    def of(self, text: str, scopes: Iterable[str]) -> Iterator[Repeat]:
        """How a text in its compared form repeats in those of a document's scopes where it does."""
        by_scope = self.counts.get(key(text))
        if by_scope:
            yield from (by_scope[scope] for scope in (EVERYWHERE, *scopes) if scope in by_scope)


NOTHING = Repetition()
"""No corpus has been counted."""


def key(text: str) -> int:
    """The hash of a text in 64 bits. Its lowest bit is clear, for a flag of whoever counts."""
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little") & ~1


def to_lines(repeats: Iterable[TextRepeat], documents: int, left_out: int) -> Iterator[bytes]:
    """The file as lines. `left_out` is the number of texts and scopes that there was no room for."""
    yield orjson.dumps({"seedclean-counts": VERSION, "documents": documents, "left_out": left_out}) + b"\n"
    for scope, text, repeat in repeats:
        row = {"scope": scope, **repeat._asdict(), "key": f"{key(text):016x}", "text": text[:_SHOWN]}
        yield orjson.dumps(row) + b"\n"


def parse_counts(text: str, file: str) -> Repetition:
    """The counts of a file that `to_lines` wrote. Raises PackError."""
    lines = text.split("\n")
    if _object(lines[0]).get("seedclean-counts") != VERSION:
        raise PackError(file, "holds no counts of this version", "give a file that `seedclean learn --counts` wrote")
    counts: dict[int, dict[str, Repeat]] = {}
    for number, line in enumerate(lines[1:], 2):
        if not line:
            continue
        row = _object(line)
        try:
            hash, scope, repeat = int(row["key"], 16), str(row["scope"]), Repeat(*[int(row[one]) for one in _NUMBERS])
        except (KeyError, TypeError, ValueError) as error:
            what = "is no line of counts: scope, key, " + ", ".join(_NUMBERS)
            raise PackError(f"{file}:{number}", what, "delete the line, or count anew") from error
        counts.setdefault(hash, {})[scope] = repeat
    return Repetition(counts)


def _object(line: str) -> Mapping[str, Any]:
    """The object of a line; an empty one for anything else."""
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}
