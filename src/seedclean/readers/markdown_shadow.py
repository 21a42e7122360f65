"""What a strict parser misreads in real Markdown, rewritten in the same length: the parser gets a shadow of the text.

Each character of the shadow stands at the place of one character of the source, so spans stay valid, and a reader takes
the text itself from the source. A character is replaced by a stand-in that the parser reads as its author meant it: a
blank in the address of a picture by a letter, a mark that is no text by DROPPED.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

DROPPED = "\ue001"
"""Stands for a character of a mark: nothing of it is text."""
GAP = "\u2056"
"""Stands for a blank that is no text, beside a delimiter: to the parser a punctuation mark. Of Unicode's category Po."""
LETTER = "\ue002"
"""Stands for a character that is text, where the parser would see markup."""
PUNCTUATION = "\u2058"
"""Stands for a letter beside a delimiter, so that the parser sees the delimiter's side as open. Of Unicode's category Po."""
_NO_TEXT = (DROPPED, GAP)
_DROPPED = re.compile(f"[{DROPPED}{GAP}]")
Edit = tuple[int, str]
"""An offset, and the stand-ins for the characters from there on."""


@dataclass(frozen=True, slots=True)
class Card:
    """A link around several paragraphs, from the bracket at `start` to that at `end`."""

    start: int
    end: int
    url: str


class Shadow:
    """A text and its shadow, and the links around several paragraphs, whose brackets the shadow drops."""

    def __init__(self, source: str, edits: Iterable[Edit], cards: Iterable[Card] = ()) -> None:
        self.source = source
        self.text = _applied(source, edits)
        self.cards = tuple(cards)

    def slices(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The spans of the source within [start, end) that are text: without the characters that are dropped."""
        at = start
        while at < end:
            dropped = self._find_dropped(at, end)
            if at < dropped:
                yield at, dropped
            at = dropped
            while at < end and self.text[at] in _NO_TEXT:
                at += 1

    def _find_dropped(self, at: int, end: int) -> int:
        """The next dropped character; `end` if there is none. The source may hold the stand-in itself, as a character."""
        places = (match.start() for match in _DROPPED.finditer(self.text, at, end))
        return next((at for at in places if self.source[at] != self.text[at]), end)

    def is_changed(self, start: int, end: int) -> bool:
        """Whether the shadow differs from the source in [start, end)."""
        return self.text[start:end] != self.source[start:end]

    def original(self, value: str, start: int, end: int) -> str:
        """An address that the parser took from [start, end), as the source has it, without the line feeds of a wrapped one."""
        if not any(stand_in in value for stand_in in (*_NO_TEXT, LETTER, PUNCTUATION)):
            return value
        at = self.text.find(value, start, end)
        source = self.source[at : at + len(value)] if at >= 0 else value
        return "".join([line.strip() for line in source.split("\n")])


def _applied(source: str, edits: Iterable[Edit]) -> str:
    """The text with its edits, the later ones on top of the earlier ones."""
    chars: list[str] | None = None
    for at, stand_ins in edits:
        chars = list(source) if chars is None else chars
        chars[at : at + len(stand_ins)] = stand_ins
    return source if chars is None else "".join(chars)


def dropped(start: int, end: int) -> Edit:
    """The edit that drops [start, end)."""
    return start, DROPPED * (end - start)


def lettered(start: int, end: int) -> Edit:
    """The edit that makes [start, end) letters to the parser."""
    return start, LETTER * (end - start)
