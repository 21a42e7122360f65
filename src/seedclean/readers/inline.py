"""A run of text: the characters between two edges of blocks, with their marks, pictures and place in the source."""

from __future__ import annotations

import re
from dataclasses import replace

from seedclean.model.document import Block, Element, Mark, noun
from seedclean.readers import html_tags

_SPACES = re.compile(r"[ \t\n\r\f]+")
_OPEN_MARKS = 32
"""Formatting tags open at once; pages that never close theirs would cost a square."""


@noun
class Passage:
    """A finished run: what a block is made of."""

    text: str
    start: int
    end: int
    marks: tuple[Mark, ...]
    element: Element | None
    images: tuple[Block, ...]


class Run:
    """Collects text until `take`; formatting that is open then goes on in the next passage.

    `pieces` is what has come so far. White space alone is no text, so without pieces there is nothing to take.
    """

    def __init__(self) -> None:
        self._open: list[tuple[str, str, int]] = []
        self.pieces: list[str] = []
        self._length = self._start = self._end = 0
        self._lead = -1
        self._space = False
        self._element: Element | None = None
        self._marks: list[tuple[int, int, str, str]] = []
        self._images: list[tuple[int, Block]] = []

    def add(self, data: str, start: int, end: int, element: Element | None, verbatim: bool, spaced: bool) -> None:
        """Text that stands in an element.

        `verbatim` keeps its white space, as in preformatted text; `spaced` keeps it between words alone, as Markdown
        has it, where two blanks can be the only thing that tells two names apart.
        """
        pieces = self.pieces
        literal = len(data) == end - start
        if not pieces and not verbatim:
            body = data.lstrip()
            if not body:
                return
            start += len(data) - len(body) if literal else 0
            data = body
        folded = data
        if not (verbatim or spaced):
            folded = _folded(data)
            if self._space and folded[:1] == " ":
                folded = folded[1:]
        if not folded:
            return
        solid = data.rstrip()
        if solid or verbatim:
            if self._images:
                self._settle_images()
            if not pieces:
                self._start = self._lead if self._lead >= 0 else start
                self._element = element
            elif element is not self._element:
                self._element = _common(self._element, element)
            self._end = end - (len(data) - len(solid)) if literal else end
        pieces.append(folded)
        self._length += len(folded)
        self._space = folded[-1] in " \n"

    def _append(self, piece: str) -> None:
        self.pieces.append(piece)
        self._length += len(piece)
        self._space = piece[-1] in " \n"

    def white(self, piece: str) -> None:
        """White space that markup stands for; several in a row are one."""
        if self.pieces and not self._space:
            self._append(piece)

    def line_feed(self) -> None:
        """A line feed in preformatted text."""
        if self.pieces:
            self._append("\n")

    # -- marks

    def open_mark(self, tag: str, url: str) -> None:
        """Formatting begins."""
        if len(self._open) < _OPEN_MARKS:
            self._open.append((tag, url, self._length))

    def close_mark(self, tag: str) -> None:
        """Formatting ends."""
        for index in range(len(self._open) - 1, -1, -1):
            name, url, at = self._open[index]
            if name == tag:
                del self._open[index]
                if at < self._length:
                    self._marks.append((at, self._length, html_tags.MARKS[tag], url))
                return

    def link(self) -> str:
        """The address of the innermost link that is open, or an empty string."""
        return next((url for tag, url, _ in reversed(self._open) if tag == "a" and url), "")

    # -- pictures

    def picture(self, block: Block) -> None:
        """A picture after text: a mark if more text follows, else a block behind it."""
        self._images.append((self._length, block))

    def _settle_images(self) -> None:
        for at, block in self._images:
            self._marks.append((at, at, "image", block.url))
        self._images = []

    # -- Markdown's own marks, which no tags tell from text, belong to the span

    def lead(self, start: int) -> None:
        """The next block begins here, at the marks before its text."""
        if not self.pieces and self._lead < 0:
            self._lead = start

    def forget_lead(self) -> None:
        """Something else stands between those marks and the next text."""
        self._lead = -1

    def trail(self, start: int, end: int) -> bool:
        """An inline construct ends here, and the text or picture in it reaches to its end. False where none is in it."""
        if self._images:
            at, block = self._images[-1]
            if block.start >= start:
                self._images[-1] = (at, replace(block, end=end))
        elif self.pieces:
            self._end = max(self._end, end)
        else:
            return False
        return True

    def take(self, verbatim: bool) -> Passage:
        """End the run. The passage's text is empty where nothing was said."""
        text = "".join(self.pieces).rstrip()
        if verbatim:
            text = text.strip("\n")
        marks = self._worth(len(text)) if self._marks or self._open else ()
        images = tuple([block for _, block in self._images]) if self._images else ()
        if text or images:
            self._lead = -1
        self.pieces, self._length, self._space = [], 0, False
        if self._marks:
            self._marks = []
        if self._images:
            self._images = []
        if self._open:
            self._open = [(tag, url, 0) for tag, url, _ in self._open]
        return Passage(text, self._start, self._end, marks, self._element, images)

    def _worth(self, size: int) -> tuple[Mark, ...]:
        """The marks that say something of a text of this size, each once, in order."""
        worth = {
            (at, min(end, size), type, url)
            for at, end, type, url in [
                *self._marks,
                *[(at, size, html_tags.MARKS[tag], url) for tag, url, at in self._open],
            ]
            if type == "image" or (at < size and (url or type != "link"))
        }
        return tuple([Mark(at, end, type, url or None) for at, end, type, url in sorted(worth)])


def _folded(text: str) -> str:
    """A text with its runs of white space as single blanks; most have no others, and need no search for them."""
    return text if text.isprintable() and "  " not in text else _SPACES.sub(" ", text)


def _common(one: Element | None, other: Element | None) -> Element | None:
    """The innermost element that both stand in."""
    while one is not other:
        if one is None or other is None:
            return None
        if one.depth >= other.depth:
            one = one.parent
        else:
            other = other.parent
    return one
