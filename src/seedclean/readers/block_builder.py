"""Markup events to blocks: one builder for HTML and for Markdown, so that a block means the same in both.

A reader calls `open`, `close`, `text`, `line_break`, `image`, `divider` and the like, with spans in the decoded source;
`finish` returns the blocks in source order. The span of a block reaches from the first character of its text to the
last; the tags around it are outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from seedclean.model.document import Block, Mark
from seedclean.readers import html_tags
from seedclean.readers.element_stack import ElementStack
from seedclean.readers.html_tags import PLAIN, TRAITS, Traits
from seedclean.readers.inline import InlineText
from seedclean.readers.tables import TableSketch
from seedclean.readers.text_context import TextContext


class Builder:
    """Turns the events of one source into blocks.

    `_breaks` counts the line breaks since the last block of text and `_follows_text` tells whether such a block stands
    before them in the same element: after a single break the next block is a `line`.
    """

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._stack = ElementStack()
        self._context = TextContext()
        self._inline = InlineText()
        self._tables: list[TableSketch] = []
        self._item_number = ""
        self._breaks = 0
        self._follows_text = False

    # -- elements

    def open(self, tag: str, attrs: Mapping[str, str]) -> None:
        """A start tag."""
        traits = TRAITS.get(tag, PLAIN)
        if traits.block:
            if self._context.preformatted:
                self._inline.add_space("\n")
            else:
                self.boundary()
                if traits.implied_ends or self._stack.counts["p"]:
                    self._end_implied(traits)
        elif traits.mark:
            self._inline.open_mark(tag, attrs.get("href", "") if tag == "a" else "")
        if traits.void:
            return
        self._stack.push(tag, attrs, traits)
        if traits.contextual:
            self._context.enter(tag, attrs)
            if self._tables or tag == "table":
                self._enter_table_part(tag)

    def _end_implied(self, traits: Traits) -> None:
        """Close the elements that the start tag of a block ends."""
        if traits.closes_paragraph and self._stack.counts["p"]:
            self._pop_from(self._stack.paragraph())
        if traits.implied_ends:
            self._pop_from(self._stack.implied_end(traits.implied_ends))

    def _enter_table_part(self, tag: str) -> None:
        if tag == "table":
            if self._tables:
                self._tables[-1].has_inner_table = True
            self._tables.append(TableSketch(len(self._blocks)))
        elif tag == "tr":
            self._tables[-1].begin_row()
        elif tag in html_tags.CELL:
            self._tables[-1].begin_cell(len(self._blocks))

    def close(self, tag: str) -> None:
        """An end tag; without an open element it has no effect, as in browsers."""
        stack = self._stack
        entries = stack.entries
        if entries and entries[-1][0] == tag:
            self._pop()
            return
        if tag == "br":  # browsers read </br> as <br>
            self.line_break()
        if not stack.counts[tag]:
            return
        match = stack.matching(tag)
        if match is None:
            return
        index, crosses_block = match
        if crosses_block and tag not in html_tags.BLOCK:
            self._leave(tag, stack.remove(index))
        else:
            self._pop_from(index)

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._stack.entries)

    def close_to(self, depth: int, tag: str) -> None:
        """End the element with this tag that is the outermost but `depth` - 1, and all in it.

        Markdown's parser knows where its own constructs end, whatever HTML in them is open or has ended them already.
        """
        entries = self._stack.entries
        if len(entries) >= depth and entries[depth - 1][0] == tag:
            self._pop_from(depth - 1)
        elif tag in html_tags.BLOCK:
            self.boundary()

    def _pop_from(self, index: int | None) -> None:
        """Close the element at this index and all inside it; none if there is no such element."""
        if index is not None:
            while len(self._stack.entries) > index:
                self._pop()

    def _pop(self) -> None:
        """Close the innermost element."""
        stack = self._stack
        tag, _, traits = stack.entries[-1]
        if traits.block and (traits.preformatted or not self._context.preformatted):
            self.boundary()
        stack.pop()
        if traits.mark or traits.contextual:
            self._leave(tag, traits)

    def _leave(self, tag: str, traits: Traits) -> None:
        if traits.mark:
            self._inline.close_mark(tag)
        elif traits.contextual:
            self._context.leave(tag)
            if tag == "table":
                self._tables.pop().merge(self._blocks)

    # -- text

    def text(self, data: str, start: int, end: int, keep_spaces: bool = False) -> None:
        """Characters from the source [start, end), which is longer than `data` for a character reference.

        `keep_spaces` keeps several blanks between words, which HTML folds.
        """
        self._inline.add(data, start, end, self._stack.element, self._context.preformatted > 0, keep_spaces)

    def accepts_space(self) -> bool:
        """Whether white space here can be part of a text."""
        return bool(self._inline.pieces or self._context.preformatted)

    def space(self) -> None:
        """White space that stands for markup."""
        self._inline.add_space(" ")

    def line_break(self) -> None:
        """A line break; the text after it is a block of its own, except in headings and preformatted text."""
        if self._context.preformatted:
            self._inline.add_line_feed()
        elif self._context.heading:
            self._inline.add_space(" ")
        else:
            self.flush()
            self._breaks += 1

    def boundary(self) -> None:
        """The edge of a block."""
        if self._inline.pieces:
            self.flush()
        self._breaks = 0
        self._follows_text = False

    def flush(self) -> None:
        """Make a block of the text so far, and blocks of the pictures after it."""
        context = self._context
        passage = self._inline.take(bool(context.preformatted))
        if passage.text:
            kind = self._kind()
            is_item, is_code = kind == "item", kind == "code"
            # marks before a text are not its own if another block stands between
            start = max(passage.start, self._end_before(0))
            self._blocks.append(
                Block(
                    kind,
                    start,
                    passage.end,
                    passage.text,
                    level=context.heading if kind == "heading" else 0,
                    depth=context.list_depth or (context.quote_depth if kind == "quote" else 0),
                    ordered=is_item and context.is_ordered,
                    number=self._item_number if is_item else "",
                    code=context.language if is_code else "",
                    marks=() if is_code else passage.marks,
                    element=passage.element,
                )
            )
            if context.begins_item:
                context.end_item_start()
            self._item_number = ""
            self._follows_text = True
            self._breaks = 0
        self._blocks.extend(passage.images)

    def _kind(self) -> str:
        """The kind of the block that ends here."""
        counts, context = self._stack.counts, self._context
        if counts["title"] and not counts["svg"]:
            return "metadata"
        if context.preformatted:
            return "code"
        if context.heading:
            return "heading"
        if counts["figcaption"] or (self._tables and counts["caption"]):
            return "caption"
        if context.begins_item and context.list_depth:
            return "item"
        if self._follows_text and self._breaks == 1:
            return "line"
        return "quote" if context.quote_depth else "paragraph"

    # -- Markdown's own marks

    def start_at(self, start: int) -> None:
        """The span of the next block begins here, at the marks before its text."""
        self._inline.start_at(start)

    def item_number(self, number: str) -> None:
        """The number of the next list item, as written."""
        self._item_number = number

    def begin_link(self, url: str) -> None:
        """A link begins that goes on over the edges of blocks."""
        self._inline.open_mark("a", url)

    def end_link(self) -> None:
        """That link ends."""
        self._inline.close_mark("a")

    def extend_to(self, start: int, end: int) -> None:
        """An inline construct [start, end) ends: the span of its block, or of the picture alone in it, includes it."""
        if not self._inline.extend_to(start, end) and self._blocks:
            last = self._blocks[-1]
            if last.kind == "image" and last.start >= start and self._end_before(-1) <= start:
                self._blocks[-1] = replace(last, start=start, end=end)

    def _end_before(self, index: int) -> int:
        """The end of the block before the one at a negative index; 0 if it is the first."""
        return self._blocks[index - 1].end if len(self._blocks) > -index else 0

    def set_span(self, kind: str, start: int, end: int) -> None:
        """Give the block of the heading, code block or table just closed the span of the whole construct.

        No effect if the construct gave several blocks, or one of another kind.
        """
        if not self._blocks or self._end_before(-1) > start:
            return
        last = self._blocks[-1]
        if last.kind == kind and last.start >= start:
            self._blocks[-1] = replace(last, start=start, end=end)

    # -- blocks without text

    def image(self, url: str, alt: str, start: int, end: int) -> None:
        """A picture: a block of its own, unless text stands on both sides of it in one line."""
        link = self._inline.link_url()
        block = Block(
            "image",
            start,
            end,
            url=html_tags.without_data(url),
            alt=alt.strip(),
            marks=(Mark(0, 0, "link", link),) if link else (),
            element=self._stack.element,
            depth=self._context.list_depth,
        )
        if self._inline.pieces:
            self._inline.add_image(block)
        else:
            self._add_block(block)

    def media(self, tag: str, attrs: Mapping[str, str], start: int, end: int) -> None:
        """A player or an embedded page, with the start tag at [start, end). The caller opens the element as well."""
        url = html_tags.media_url(attrs)
        kind, title = html_tags.media_kind(tag, url), attrs.get("title", "")
        self.flush()
        self._add_block(Block(kind, start, end, url=url, alt=title, element=self._stack.element))

    def extend_media(self, end: int) -> None:
        """Extend the block of an embedded page to its end tag: its content is not text of this page."""
        if self._blocks and self._blocks[-1].kind in ("video", "embed"):
            self._blocks[-1] = replace(self._blocks[-1], end=end)

    def divider(self, start: int, end: int) -> None:
        """A thematic break."""
        self.boundary()
        self._add_block(Block("divider", start, end, element=self._stack.element))

    def _add_block(self, block: Block) -> None:
        self._inline.forget_start()
        self._blocks.append(block)

    def finish(self) -> list[Block]:
        """The blocks of the source, in its order. Ends all open elements."""
        self._pop_from(0)
        self.flush()
        return self._blocks
