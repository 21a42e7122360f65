"""The text between two edges of blocks, with its marks, pictures and span, and the text beside it that nobody sees."""

from __future__ import annotations

from dataclasses import replace

from seedclean.model.document import Block, Element, Mark, noun
from seedclean.readers import html_tags
from seedclean.readers.asides import Asides, footnote_mark, is_permalink
from seedclean.readers.inline_marks import InlineMarks, OpenMark
from seedclean.readers.pictures import is_twin, merged
from seedclean.readers.wrapping import is_wide

_SPACES = "\t\n\r\f"
"""White space that HTML folds, beside the blank."""


@noun
class Passage:
    """A finished text: what a block is made of, with the pictures after the text.

    `before` and `after` are hidden texts in the same line: blocks of their own.
    """

    text: str
    start: int
    end: int
    marks: tuple[Mark, ...]
    element: Element | None
    images: tuple[Block, ...]
    before: tuple[Block, ...] = ()
    after: tuple[Block, ...] = ()

    def is_code_alone(self) -> bool:
        """Whether the text has several lines and all of them are code."""
        return "\n" in self.text and Mark(0, len(self.text), "code") in self.marks


class InlineText:
    """Collects text until `take`. Inline elements that are then open continue in the next text.

    Between two calls the following holds:
    - `pieces` joined is the text so far and `_length` its length in code points. It begins with white space only if
      preformatted.
    - `_ends_in_space` tells whether that text ends in white space: more white space that HTML folds is then dropped.
    - `_is_gap` tells whether a drawing has parted that text from the next.
    - `_start` and `_end` are the span of that text without white space at its ends, and with Markdown's own marks around
      it; `_next_start` is where such marks before the next text begin, or -1.
    - `_element` is the innermost element around all of that text.
    - `_marks` are those of the text, among them the pictures with text on both sides.
    - `_images` are the pictures, with offsets in the text, after which no text has come yet.
    - `asides` is the hidden text of the line so far; `_formula` are the offsets of the last formula, the second -1 without
      one.
    """

    __slots__ = (
        "_element", "_end", "_ends_in_space", "_formula", "_images", "_is_gap", "_length", "_marks", "_next_start", "_start",
        "asides", "pieces",
    )  # fmt: skip

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._length = self._start = self._end = 0
        self._next_start = -1
        self._ends_in_space = self._is_gap = False
        self._element: Element | None = None
        self._marks = InlineMarks()
        self._images: list[tuple[int, Block]] = []
        self.asides = Asides()
        self._formula = (0, -1)

    @property
    def is_empty(self) -> bool:
        """Whether no text has come, not even a hidden one."""
        return not self.pieces and not self.asides.all

    @property
    def length(self) -> int:
        """The number of characters of the text so far."""
        return self._length

    @property
    def mark_count(self) -> int:
        """The number of marks and pictures of the text so far."""
        return self._marks.count + len(self._images)

    def cut_here(self) -> bool:
        """Whether text that comes now is a passage of its own, because a long hidden text stands before it."""
        return bool(self.asides.all and self.pieces) and self.asides.cuts(self._length)

    def set_aside(self, data: str, start: int, end: int, element: Element | None, reason: str) -> None:
        """Add text of the line that nobody sees; its source is [start, end)."""
        self.asides.add(data, start, end, element, reason, self._length)

    def add(
        self, data: str, start: int, end: int, element: Element | None, preformatted: bool, keep_spaces: bool
    ) -> None:
        """Add text inside an element; its source is [start, end).

        `preformatted` keeps all its white space. `keep_spaces` keeps it between words alone, as Markdown does: two
        blanks can be the only separator of two names.
        """
        pieces = self.pieces
        is_literal = len(data) == end - start  # not a character reference, so offsets in data are offsets in the source
        if not pieces and not preformatted:
            body = data.lstrip()
            if not body:
                return
            start += len(data) - len(body) if is_literal else 0
            data = body
        piece = data
        if not (preformatted or keep_spaces):
            if not data.isprintable() or "  " in data:  # else all white space is single blanks
                piece = _folded(data)
            if self._ends_in_space and piece[:1] == " ":
                piece = piece[1:]
        if not piece:
            return
        visible = data.rstrip()
        if visible or preformatted:
            if self._images:
                self._mark_images()
            if not pieces:
                self._start = self._next_start if self._next_start >= 0 else start
                self._element = element
            elif element is not self._element:
                self._element = _common_ancestor(self._element, element)
            self._end = end - (len(data) - len(visible)) if is_literal else end
        if self._is_gap:
            self._close_gap(piece)
        pieces.append(piece)
        self._length += len(piece)
        self._ends_in_space = piece[-1] in " \n"

    def gap(self) -> None:
        """Something that is no text parts the text so far from the next: two words do not join."""
        self._is_gap = bool(self.pieces)

    def _close_gap(self, piece: str) -> None:
        self._is_gap = False
        before = self.pieces[-1][-1:] if self.pieces else ""
        if before.isalnum() and piece[0].isalnum() and not is_wide(before + piece[0]):
            self._append_space(" ")

    def add_space(self, space: str) -> None:
        """Add white space that stands for markup, unless the text is empty or ends in white space."""
        if self.pieces and not self._ends_in_space:
            self._append_space(space)

    def add_line_feed(self) -> None:
        """Add a line feed to preformatted text."""
        if self.pieces:
            self._append_space("\n")

    def end_line(self) -> None:
        """End the line of preformatted text, unless it has ended."""
        if self.pieces and self.pieces[-1][-1:] != "\n":
            self._append_space("\n")

    def add_sign(self, sign: str) -> None:
        """Add a sign that stands for markup, such as the brackets around the reading of a character."""
        if self.pieces:
            self.pieces.append(sign)
            self._length += len(sign)
            self._ends_in_space = False

    def _append_space(self, space: str) -> None:
        self.pieces.append(space)
        self._length += len(space)
        self._ends_in_space = True

    # -- marks

    def open_mark(self, tag: str, url: str) -> None:
        """An inline element begins."""
        self._marks.open(tag, url, self._length, self._end if self.pieces else -1)

    def close_mark(self, tag: str) -> None:
        """The innermost inline element with this tag ends."""
        mark = self._marks.close(tag)
        if mark is None or mark.at >= self._length or (tag == "a" and "#" in mark.url and self._drop_permalink(mark)):
            return
        self._marks.add(mark.at, self._length, html_tags.MARKS[tag], mark.url)
        if tag in ("a", "sup") and self._marks.is_raised_link(mark.at):
            self._bracket(mark.at)

    def link_url(self) -> str:
        """The URL of the innermost open link, or an empty string."""
        return self._marks.link_url()

    def _tail(self, at: int) -> list[str]:
        """The pieces from an offset on, which one of them begins at."""
        index, size = len(self.pieces), self._length
        while size > at:
            index -= 1
            size -= len(self.pieces[index])
        return self.pieces[index:]

    def _replace_tail(self, at: int, pieces: list[str]) -> None:
        count = len(self._tail(at))
        self.pieces[len(self.pieces) - count :] = pieces
        self._length = at + sum(map(len, pieces))
        self._ends_in_space = bool(self.pieces) and self.pieces[-1][-1:] in (" ", "\n")

    def _drop_permalink(self, link: OpenMark) -> bool:
        """Set the text of a link that ends aside if it is only a sign; False if it is more."""
        at = link.at
        text = "".join(self._tail(at))
        if not is_permalink(text) or self._images or self._marks.has_image or self._is_footnote(text, at):
            return False
        start = self._start if link.start < 0 or at == 0 else link.start
        element, end = self._element, self._end
        self._replace_tail(at, [])
        if self.pieces:
            self._end = start
        self.asides.add(text, start, end, element, "permalink", at)
        self._marks.drop_from(at)
        return True

    def _is_footnote(self, text: str, at: int) -> bool:
        return at > 0 and bool(footnote_mark(text.strip())) and self._marks.is_raised(at)

    def _bracket(self, at: int) -> None:
        """Put brackets around a raised link from this offset on if it is a footnote's, which is not part of the word before it."""
        tail = self._tail(at)
        if at and footnote_mark("".join(tail).strip()):
            self._replace_tail(at, ["[", *tail, "]"])
            self._marks.bracket(at, self._length)

    # -- formulas

    def begin_formula(self) -> None:
        """The text of a formula comes next."""
        self._formula = (self._length, -1)

    def end_formula(self) -> None:
        """The text of the formula has come."""
        self._formula = (self._formula[0], self._length)

    def replace_formula(self, text: str, end: int) -> bool:
        """Put a text whose source ends at `end` in the place of the formula just before; False if none is there."""
        at, length = self._formula
        if (
            self._images
            or self.asides.stands_behind(self._end)
            or not self.pieces
            or length < 0
            or length > self._length
            or "".join(self._tail(length)).strip()
        ):
            return False
        self._replace_tail(at, [text])
        self._formula = (at, self._length)
        self._end = end
        return True

    # -- pictures

    def add_image(self, block: Block) -> None:
        """Add a picture after text: it becomes a mark if more text follows, else a block after this one."""
        self._images.append((self._length, block))
        self.asides.interrupt()

    def merges_image(self, block: Block) -> bool:
        """Whether a picture is the twin of the one just before; then they are one."""
        if not self._images or self.asides.all or not is_twin(self._images[-1][1], block):
            return False
        self._images[-1] = (self._images[-1][0], merged(self._images[-1][1], block))
        return True

    def _mark_images(self) -> None:
        for at, block in self._images:
            if block.hidden != "pixel":
                self._marks.add(at, at, "image", block.url)
        self._images = []

    # -- Markdown's own marks, which belong to the span

    def start_at(self, start: int) -> None:
        """The span of the next text begins here, at the marks before it."""
        if not self.pieces and self._next_start < 0:
            self._next_start = start

    def forget_start(self) -> None:
        """Another block stands between those marks and the next text."""
        self._next_start = -1

    def extend_to(self, start: int, end: int) -> bool:
        """Extend the span to the end of an inline construct [start, end); False if no text or picture is in it."""
        if self._images:
            at, block = self._images[-1]
            if block.start >= start and not self.asides.stands_behind(block.start):
                self._images[-1] = (at, replace(block, end=end))
        elif self.pieces:
            self._end = max(self._end, end)
        else:
            return False
        return True

    def take(self, preformatted: bool) -> Passage:
        """The finished text, which is empty if no text came; the next text begins."""
        text = "".join(self.pieces).rstrip()
        if preformatted:
            text = text.strip("\n")
        marks = self._marks.take(len(text))
        images = tuple([block for _, block in self._images]) if self._images else ()
        start, end = self._start, self._end
        before: tuple[Block, ...] = ()
        after: tuple[Block, ...] = ()
        if self.asides.all:
            placed = self.asides.take(start, end, len(text), not images)
            start, end, before, after = placed.start, placed.end, placed.before, placed.after
            marks = tuple(sorted({*marks, *placed.marks}, key=_mark_order)) if placed.marks else marks
        if text or images or after:
            self._next_start = -1
        self.pieces, self._length, self._ends_in_space, self._formula = [], 0, False, (0, -1)
        if self._images:
            self._images = []
        return Passage(text, start, end, marks, self._element, images, before, after)


def _folded(data: str) -> str:
    """The text with one blank for each run of white space; a pattern would take memory for each run."""
    for sign in _SPACES:
        data = data.replace(sign, " ")
    while "  " in data:
        data = data.replace("  ", " ")
    return data


def _mark_order(mark: Mark) -> tuple[int, int, str, str]:
    return mark.start, mark.end, mark.type, mark.url or ""


def _common_ancestor(one: Element | None, other: Element | None) -> Element | None:
    """The innermost element around both."""
    while one is not other:
        if one is None or other is None:
            return None
        if one.depth >= other.depth:
            one = one.parent
        else:
            other = other.parent
    return one
