"""Text, pictures and the like to blocks, by the elements that are open around them.

The block builder tells it what stands where; it makes the blocks, and changes the last of them where more of the source
turns out to belong to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from seedclean.model.document import Block
from seedclean.readers import html_tags, listings, pictures, visibility
from seedclean.readers.element_stack import ElementStack
from seedclean.readers.inline import InlineText, Passage
from seedclean.readers.room import TooManyBlocksError
from seedclean.readers.text_context import TextContext

_FRAMES = frozenset(["div", "table", "tbody", "tr"])
"""Elements around the lines of an editor."""


class BlockWriter:
    """The blocks of one source so far, and the text of the next one.

    It reads the stack and the context and changes neither, except that the first block of a list item ends its start.
    `_breaks` counts the line breaks since the last block of text and `_follows_text` tells whether such a block stands
    before them in the same element: after a single break the next block is a `line`. `_link_start`, `_link_end` and
    `_link_url` are the offsets in the text and the address of the last link. `_formula` is the last formula;
    `_line_end` the offset in the text where an element ended that may be a line of a listing. The builder sets `apart`:
    why the line does not say the text that comes now, empty if it does. `_room` is how many blocks and marks there may be, `_marks`
    how many marks the blocks have.
    """

    __slots__ = (
        "_breaks", "_context", "_follows_text", "_formula", "_inline", "_item_number", "_line_end", "_link_end", "_link_start",
        "_link_url", "_marks", "_room", "_stack", "apart", "blocks",
    )  # fmt: skip

    def __init__(self, stack: ElementStack, context: TextContext, room: int) -> None:
        self.blocks: list[Block] = []
        self.apart = ""
        self._stack = stack
        self._context = context
        self._inline = InlineText()
        self._item_number = ""
        self._breaks = 0
        self._follows_text = False
        self._formula = ""
        self._line_end = -1
        self._link_start = self._link_end = -1
        self._link_url = ""
        self._room = room
        self._marks = 0

    # -- text

    def text(self, data: str, start: int, end: int, keep_spaces: bool = False) -> None:
        """Characters from the source [start, end), which is longer than `data` for a character reference.

        `keep_spaces` keeps several blanks between words, which HTML folds.
        """
        if self.apart:
            self._inline.set_aside(data, start, end, self._stack.element, self.apart)
            return
        if self._context.preformatted and "\n" in data and data.isspace() and self._is_between_lines():
            return
        inline = self._inline
        if inline.asides.all and inline.cut_here():
            self.flush()
        inline.add(data, start, end, self._stack.element, self._context.preformatted > 0, keep_spaces)

    def _is_between_lines(self) -> bool:
        """Whether white space stands between the lines of an editor that is no `pre`, as in a page that was laid out again."""
        element = self._stack.element
        return element is not None and element.tag in _FRAMES and not self._stack.counts["pre"]

    def accepts_space(self) -> bool:
        """Whether white space here can be part of a text."""
        inline = self._inline
        return bool(inline.pieces or inline.asides.all or self._context.preformatted)

    def in_line(self) -> bool:
        """Whether text stands before this place in its line, outside of code."""
        return self._inline.length > 0 and not self._context.preformatted

    def space(self) -> None:
        """White space that stands for markup."""
        self._inline.add_space(" ")

    def gap(self) -> None:
        """A drawing stands here, which parts two words."""
        self._inline.gap()

    def sign(self, sign: str) -> None:
        """A sign that stands for markup, such as the brackets around the reading of a character."""
        self._inline.add_sign(sign)

    def line_break(self) -> None:
        """A line break; the text after it is a block of its own, except in headings and preformatted text."""
        if self.apart:
            return
        if self._context.preformatted or self._in_code():
            self._inline.add_line_feed()
        elif self._context.heading:
            self._inline.add_space(" ")
        else:
            self.flush()
            self._breaks += 1

    def _in_code(self) -> bool:
        """Whether the innermost elements are `code`, whose lines are then those of a listing."""
        return self._stack.counts["code"] > 0 and any(entry[0] == "code" for entry in self._stack.entries[-3:])

    def formula(self, text: str, start: int, end: int) -> None:
        """A formula, which has the source [start, end)."""
        self._formula = text
        if text:
            self._inline.begin_formula()
            self.text(text, start, end)
            self._inline.end_formula()

    def replaces_formula(self, text: str, end: int) -> bool:
        """Put a text whose source ends at `end` in the place of the formula just before; False if none is there."""
        if self._inline.replace_formula(text, end):
            return True
        if self._inline.is_empty and self._formula and self.blocks and self.blocks[-1].text == self._formula:
            self.blocks[-1] = replace(self.blocks[-1], text=text, end=end, marks=())
            return True
        return False

    # -- lines of a listing

    def begin_code(self, tag: str, attrs: Mapping[str, str]) -> None:
        """An inline element begins in a listing: a line of its own if the element before was one."""
        entries = self._stack.entries
        if self._line_end == self._inline.length and listings.is_line(tag, attrs, entries[-1][0] if entries else ""):
            self.end_line()

    def end_code(self) -> None:
        """An inline element of a listing has ended."""
        self._line_end = self._inline.length

    def end_line(self) -> None:
        """End the line of a listing, unless it has ended."""
        self._inline.end_line()

    # -- marks

    def open_mark(self, tag: str, url: str = "") -> None:
        """An inline element begins, which goes on over the edges of blocks. Two links beside each other are two words."""
        if tag == "a":
            if self._link_end == self._inline.length and url != self._link_url:
                self._inline.gap()
            self._link_start, self._link_url = self._inline.length, url
        self._inline.open_mark(tag, url)

    def close_mark(self, tag: str) -> None:
        """The innermost inline element with this tag ends."""
        if tag == "a" and self._inline.length > self._link_start >= 0:
            self._link_end = self._inline.length
        self._inline.close_mark(tag)
        if self._inline.mark_count > self._room:
            raise TooManyBlocksError

    # -- edges of blocks

    def boundary(self) -> None:
        """The edge of a block."""
        if self._inline.pieces or self._inline.asides.all:
            self.flush()
        self._breaks = 0
        self._follows_text = False

    def flush(self) -> None:
        """Make a block of the text so far, and blocks of the pictures after it."""
        passage = self._inline.take(bool(self._context.preformatted))
        self._marks += len(passage.marks)
        self._link_start = self._link_end = -1
        self.blocks.extend(passage.before)
        if passage.text:
            self.blocks.append(self._text_block(passage))
            if self._context.begins_item:
                self._context.end_item_start()
            self._item_number = ""
            self._follows_text = True
            self._breaks = 0
        beside = (*passage.images, *passage.after)
        self.blocks.extend(sorted(beside, key=_start) if passage.after else beside)
        self._check_count()

    def _text_block(self, passage: Passage) -> Block:
        context, element = self._context, passage.element
        kind = context.kind(self._stack.counts, is_after_break=self._follows_text and self._breaks == 1)
        if kind != "code" and passage.is_code_alone():
            kind = "code"
        is_item, is_code = kind == "item", kind == "code"
        return Block(
            kind,
            max(passage.start, self._end_before(0)),  # marks before a text are not its own if a block stands between
            passage.end,
            _code(passage.text) if is_code else passage.text,
            level=context.heading if kind == "heading" else 0,
            depth=context.list_depth or (context.quote_depth if kind == "quote" else 0),
            ordered=is_item and context.is_ordered,
            number=self._item_number if is_item else "",
            code=context.language if is_code else "",
            marks=() if is_code else passage.marks,
            element=element,
            hidden=element.hidden if element is not None else "",
        )

    # -- Markdown's own marks

    def start_at(self, start: int) -> None:
        """The span of the next block begins here, at the marks before its text."""
        self._inline.start_at(start)

    def item_number(self, number: str) -> None:
        """The number of the next list item, as written."""
        self._item_number = number

    def extend_to(self, start: int, end: int) -> None:
        """An inline construct [start, end) ends: the span of its block, or of the picture alone in it, includes it."""
        if not self._inline.extend_to(start, end):
            self.set_span("image", start, end)

    def set_span(self, kind: str, start: int, end: int) -> None:
        """Give the block of the heading, code block or table just closed the span of the whole construct.

        No effect if the construct gave several blocks, or one of another kind.
        """
        if self.blocks and self.blocks[-1].kind == kind and self._end_before(-1) <= start <= self.blocks[-1].start:
            self.blocks[-1] = replace(self.blocks[-1], start=start, end=end)

    def _end_before(self, index: int) -> int:
        """The end of the block before the one at an index counted from the end; 0 if it is the first."""
        return self.blocks[index - 1].end if len(self.blocks) > -index else 0

    # -- blocks without text

    def image(self, url: str, alt: str, start: int, end: int) -> None:
        """A picture: a block of its own, unless text stands on both sides of it in one line."""
        self._add_image(self._image_block(url, alt, start, end))

    def picture(self, url: str, alt: str, start: int, end: int, hidden: str = "") -> None:
        """A picture of a page, which pages have twice over: one that follows its twin is one block with it.

        `hidden`: why nobody sees it.
        """
        block = self._image_block(url, alt, start, end)
        block = replace(block, hidden=hidden) if hidden and not block.hidden else block
        last = self.blocks[-1] if self.blocks and self._inline.is_empty else None
        if last is not None and last.kind == "image" and pictures.is_twin(last, block):
            self.blocks[-1] = pictures.merged(last, block)
        elif not self._inline.merges_image(block):
            self._add_image(block)

    def _add_image(self, block: Block) -> None:
        if self._inline.pieces:
            self._inline.add_image(block)
            if self._inline.mark_count > self._room:
                raise TooManyBlocksError
        else:
            if self._inline.asides.all:  # hidden texts that no text follows
                self.flush()
            self._add_block(block)

    def _image_block(self, url: str, alt: str, start: int, end: int) -> Block:
        link, depth = self._inline.link_url(), self._context.list_depth
        return pictures.picture(url, alt, start, end, self._stack.element, link, depth)

    def media(self, tag: str, attrs: Mapping[str, str], start: int, end: int) -> None:
        """A player or an embedded page, with the start tag at [start, end)."""
        self.flush()
        url, element = html_tags.media_url(attrs), self._stack.element
        kind, title = html_tags.media_kind(tag, url), html_tags.media_title(attrs)
        hidden = element.hidden if element is not None else ""
        self._add_block(Block(kind, start, end, url=url, alt=title, element=element, hidden=hidden))

    def extend_media(self, end: int) -> None:
        """Extend the block of an embedded page to its end tag: its content is not text of this page."""
        if self.blocks and self.blocks[-1].kind in ("video", "embed"):
            self.blocks[-1] = replace(self.blocks[-1], end=end)

    def divider(self, start: int, end: int) -> None:
        """A thematic break."""
        self.boundary()
        self._add_block(Block("divider", start, end, element=self._stack.element))

    def _add_block(self, block: Block) -> None:
        self._inline.forget_start()
        self.blocks.append(block)
        self._check_count()

    def _check_count(self) -> None:
        if len(self.blocks) + self._marks > self._room:
            raise TooManyBlocksError

    def finish(self) -> list[Block]:
        """The blocks of the source, in its order."""
        self.flush()
        return visibility.with_twins(visibility.with_revealed(self.blocks))


def _code(text: str) -> str:
    """The text of a listing. Editors hold an empty line open with a character without width."""
    return "\n".join(["" if line == "\u200b" else line for line in text.replace("\xa0", " ").split("\n")])


def _start(block: Block) -> int:
    return block.start
