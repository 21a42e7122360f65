"""Text in a line that is not part of what the line says: hidden words, line numbers, the sign of a link to a heading.

It never joins the text around it. Between two visible words it lies in the span of their block, which bears a mark in its
place; at an end of the line it is a block of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from seedclean.model.document import Block, Element, Mark, noun
from seedclean.readers import listings, visibility

ABSORBED = frozenset(["gutter", "permalink", "reading", "formula"])
"""Reasons of text that belongs to the block beside it, like markup: its span includes the text, without a mark."""
NOTE = (" [", "]")
"""The brackets around a note that a page shows in its margin or on demand, and that stands amid a sentence."""
NOTES = frozenset([
    "footnote_tooltip", "ltx_note_outer", "margin-note", "marginnote", "side-note", "sidenote", "tooltip-text", "tooltiptext",
])  # fmt: skip
"""Classes of such notes: those of Tufte CSS, of LaTeXML and of plugins for footnotes."""
_NOTE_ROLES = frozenset(["doc-footnote", "note", "tooltip"])
_LONG_CHARS = 80
"""A longer hidden text inside a line is a passage of its own, so the line is cut around it."""
_PERMALINK_CHARS = 4
_MAX_FOOTNOTE_CHARS = 12
_SIGNS = frozenset(["*", "**", "***", "†", "††", "‡", "§"])


class Aside:
    """A text set aside: its pieces, its span, and the offset `at` in the text of the line where it stands."""

    __slots__ = ("at", "element", "end", "pieces", "reason", "start")

    def __init__(self, at: int, start: int, element: Element | None, reason: str) -> None:
        self.at, self.start, self.end, self.element, self.reason = at, start, start, element, reason
        self.pieces: list[str] = []

    @property
    def text(self) -> str:
        """Its words, white space folded."""
        return " ".join("".join(self.pieces).split())

    def block(self) -> Block:
        """The text as a block of its own."""
        return Block("paragraph", self.start, self.end, self.text, element=self.element, hidden=self.reason)


@noun
class Placed:
    """Where the asides of a line go: the span of its text with those it includes, marks, and blocks beside it."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    before: tuple[Block, ...]
    after: tuple[Block, ...]


class Asides:
    """The asides of one line, in source order."""

    __slots__ = ("_goes_on", "all")

    def __init__(self) -> None:
        self.all: list[Aside] = []
        self._goes_on = False

    def stands_behind(self, offset: int) -> bool:
        """Whether an aside stands behind this offset of the source."""
        return bool(self.all) and self.all[-1].start >= offset

    def interrupt(self) -> None:
        """A picture stands in the line: what follows is another aside."""
        self._goes_on = False

    def add(self, data: str, start: int, end: int, element: Element | None, reason: str, at: int) -> None:
        """Add text with the source [start, end) at an offset of the line's text."""
        if data.isspace() and not (self.all and self.all[-1].at == at):
            return
        last = self.all[-1] if self.all else None
        if last is None or not self._goes_on or last.at != at or last.reason != reason:
            last = Aside(at, start, element, reason)
            self.all.append(last)
            self._goes_on = True
        last.pieces.append(data)
        if not data.isspace():
            last.end = end

    def cuts(self, at: int) -> bool:
        """Whether a line that goes on at this offset is cut here, because a long hidden text stands before it."""
        last = self.all[-1] if self.all else None
        return last is not None and last.at == at and len(last.text) > _LONG_CHARS and last.reason not in ABSORBED

    def take(self, start: int, end: int, size: int, is_free: bool) -> Placed:
        """The asides beside a text of `size` characters with the span [start, end); they are forgotten.

        `is_free`: nothing but asides follows the text in the line.
        """
        marks: list[Mark] = []
        before: list[Block] = []
        after: list[Block] = []
        for aside in self.all:
            if not aside.text:
                continue
            if not size:
                after.append(aside.block())
            elif aside.end <= start and aside.reason not in ABSORBED:
                before.append(aside.block())
            elif aside.start >= end and (after or not is_free or aside.reason not in ABSORBED):
                after.append(aside.block())
            else:
                start, end = min(start, aside.start), max(end, aside.end)
                if aside.reason not in ABSORBED:
                    marks.append(Mark(min(aside.at, size), min(aside.at, size), "hidden"))
        self.all = []
        self._goes_on = False
        return Placed(start, end, tuple(marks), tuple(before), tuple(after))


def reason(tag: str, attrs: Mapping[str, str], in_listing: bool) -> str:
    """Why the line around an element does not say its text; empty if it does."""
    if tag == "rp":
        return "reading"
    return visibility.hiding(tag, attrs) or listings.gutter(tag, attrs, in_listing)


def is_note(tag: str, attrs: Mapping[str, str]) -> bool:
    """Whether an element of a line is a note on it."""
    if tag not in ("span", "small"):
        return False
    return attrs.get("role") in _NOTE_ROLES or not NOTES.isdisjoint(attrs.get("class", "").split())


def is_permalink(text: str) -> bool:
    """Whether the text of a link to a place of the page is only a sign, such as ¶, #, ↑ or a character without width."""
    return len(text) <= _PERMALINK_CHARS and not any(map(str.isalnum, text))


def footnote_mark(text: str) -> str:
    """The brackets around raised links that are the numbers or the sign of footnotes, or an empty string."""
    numbers = text.replace(",", " ").replace("–", " ").replace("-", " ").split()
    is_mark = len(text) <= _MAX_FOOTNOTE_CHARS and (
        text in _SIGNS or (bool(numbers) and all(map(str.isdigit, numbers)))
    )
    return f"[{text}]" if is_mark else ""
