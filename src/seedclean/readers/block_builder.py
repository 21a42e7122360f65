"""Markup events to blocks: one builder for HTML and for Markdown, so that a block means the same in both.

A reader calls `open`, `close`, `text`, `line_break`, `image`, `divider` and the like, with spans in the decoded source;
`finish` returns the blocks in source order. The span of a block reaches from the first character of its text to the
last; the tags around it are outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from seedclean.model.document import Block, Element, Mark
from seedclean.readers import formulas, html_tags, listings, pictures, visibility
from seedclean.readers.element_stack import ElementStack
from seedclean.readers.formulas import Formula
from seedclean.readers.html_tags import PLAIN, TRAITS, Traits
from seedclean.readers.inline import InlineText
from seedclean.readers.tables import TableSketch
from seedclean.readers.text_context import TextContext


class Builder:
    """Turns the events of one source into blocks.

    `_breaks` counts the line breaks since the last block of text and `_follows_text` tells whether such a block stands
    before them in the same element: after a single break the next block is a `line`. `_apart` is the number of elements
    around text that a line does not say, and why, None outside. `_formula` is the open formula.
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
        self._apart: tuple[int, str] | None = None
        self._formula: Formula | None = None
        self._last_formula = ""
        self._line_end = -1

    # -- elements

    @property
    def element(self) -> Element | None:
        """The innermost open element; None outside all."""
        return self._stack.element

    def open(self, tag: str, attrs: Mapping[str, str]) -> None:
        """A start tag."""
        if self._formula is not None and not self._opens_in_formula(tag, attrs):
            return
        stack = self._stack
        parent = stack.element
        traits = listings.traits_of(tag, attrs, parent)
        if tag in html_tags.ENDS_OWN_KIND:
            self._end_own_kind(tag)
        if traits.block:
            self._open_block(traits)
        elif traits.mark:
            self._open_inline(tag, attrs)
        elif self._context.preformatted:
            self._begin_line(tag, attrs)
        if traits.void:
            return
        hidden = self._hiding(tag, attrs)
        stack.push(tag, attrs, traits, hidden)
        if hidden and self._apart is None and (not traits.block or self._context.preformatted):
            self._apart = len(stack.entries), hidden
        if traits.contextual:
            self._context.enter(tag, attrs, traits, parent)
            if self._tables or tag == "table":
                self._enter_table_part(tag, attrs)
        elif tag == "rt":
            self._inline.add_sign(html_tags.READING[0])

    def _open_block(self, traits: Traits) -> None:
        """End what the start tag of a block ends."""
        context = self._context
        if not context.preformatted:
            self.boundary()
        if traits.closes_paragraph and self._stack.counts["p"] and not context.preformatted:
            self._pop_from(self._stack.paragraph())
        if traits.implied_ends:
            self._pop_from(self._stack.implied_end(traits.implied_ends))
        if context.preformatted:
            self._inline.end_line()

    def _open_inline(self, tag: str, attrs: Mapping[str, str]) -> None:
        if self._context.preformatted:
            self._begin_line(tag, attrs)
        self._inline.open_mark(tag, attrs.get("href", "") if tag == "a" else "")

    def _begin_line(self, tag: str, attrs: Mapping[str, str]) -> None:
        """Begin a line of a listing where the element before was a line of its own."""
        entries = self._stack.entries
        if self._line_end == self._inline.length and listings.is_line(tag, attrs, entries[-1][0] if entries else ""):
            self._inline.end_line()

    def _end_own_kind(self, tag: str) -> None:
        """A link, a button or a heading begins: an open one of the same sort lacks its end tag."""
        entries = self._stack.entries
        if tag in html_tags.HEADING:
            if entries and entries[-1][0] in html_tags.HEADING:
                self._pop()
        elif tag in html_tags.RUBY:
            if entries and entries[-1][0] in html_tags.RUBY:
                self._pop()
        elif self._stack.counts[tag]:
            self.close(tag)

    def _hiding(self, tag: str, attrs: Mapping[str, str]) -> str:
        """Why text in an element is not part of what the line around it says; empty if it is, or if that is hidden itself."""
        parent = self._stack.element
        if parent is not None and parent.hidden:
            return ""
        if tag == "rp":
            return "reading"
        hidden = visibility.hiding(tag, attrs)
        return hidden or listings.gutter(tag, attrs, self._context.preformatted > 0)

    def _enter_table_part(self, tag: str, attrs: Mapping[str, str]) -> None:
        if tag == "table":
            self._tables.append(TableSketch(len(self._blocks), attrs, self._tables[-1] if self._tables else None))
        elif tag == "tr":
            self._tables[-1].begin_row()
        elif tag in html_tags.CELL:
            self._tables[-1].begin_cell(tag, attrs, len(self._blocks))

    def close(self, tag: str) -> None:
        """An end tag; without an open element it has no effect, as in browsers."""
        stack = self._stack
        entries = stack.entries
        if entries and entries[-1][0] == tag and tag not in html_tags.ENDS_LATE:
            self._pop()
            return
        if tag == "br":  # browsers read </br> as <br>
            self.line_break()
        if tag in html_tags.ENDS_LATE:
            return
        if not stack.counts[tag]:
            return
        match = stack.matching(tag)
        if match is None:
            return
        index, crosses_block = match
        if crosses_block and tag not in html_tags.BLOCK:
            if self._apart and self._apart[0] > index:
                self._apart = None
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
        size = len(stack.entries)
        tag, _, traits = stack.entries[-1]
        if self._formula is not None and size == self._formula.depth + 1:
            self._end_formula()
        if tag == "rt":
            self._inline.add_sign(html_tags.READING[1])
        if traits.block:
            if not self._context.preformatted or (traits.preformatted and self._context.preformatted == 1):
                self.boundary()
            else:
                self._inline.end_line()
        stack.pop()
        if self._apart and self._apart[0] == size:
            self._apart = None
        if self._context.preformatted and (tag == "code" or tag == "span"):
            self._line_end = self._inline.length
        if traits.mark or traits.contextual:
            self._leave(tag, traits)

    def _leave(self, tag: str, traits: Traits) -> None:
        if traits.mark:
            self._inline.close_mark(tag)
        if traits.contextual:
            self._context.leave(tag, traits)
            if tag == "table":
                self._tables.pop().merge(self._blocks)

    # -- formulas

    def begin_formula(self, tag: str, attrs: Mapping[str, str], start: int, end: int) -> None:
        """The start tag, at [start, end), of an element that holds a formula."""
        is_new = self._formula is None
        self.open(tag, attrs)
        if is_new and self._stack.entries and self._stack.entries[-1][0] == tag:
            self._formula = Formula(len(self._stack.entries) - 1, start, end)
            self._formula.enter(tag, attrs)

    def tex(self, tex: str, is_display: bool, start: int, end: int) -> None:
        """The TeX of a formula, which has the source [start, end): that of the formula before, or one of its own."""
        written = formulas.written(tex, is_display)
        if self._formula is not None:
            self._formula.picture(tex, end)
        elif self._inline.replace_formula(written, end):
            pass
        elif (
            self._inline.is_empty
            and self._last_formula
            and self._blocks
            and self._blocks[-1].text == self._last_formula
        ):
            self._blocks[-1] = replace(self._blocks[-1], text=written, end=end, marks=())
        else:
            self.text(written, start, end)

    def _opens_in_formula(self, tag: str, attrs: Mapping[str, str]) -> bool:
        """Whether an element that begins while a formula is open ends it and stands outside; else it is a part of it."""
        assert self._formula is not None
        if formulas.ends(tag):
            self.leave_formula()
            return True
        self._formula.enter(tag, attrs)
        if not TRAITS.get(tag, PLAIN).void:
            self._stack.push(tag, attrs, PLAIN)
        return False

    def leave_formula(self) -> None:
        """End an open formula, because something begins that is never a part of one."""
        if self._formula is not None:
            self._pop_from(self._formula.depth)

    def _end_formula(self) -> None:
        formula, self._formula = self._formula, None
        assert formula is not None
        self._last_formula = formula.text()
        if self._last_formula:
            self._inline.begin_formula()
            self.text(self._last_formula, formula.start, formula.end)
            self._inline.end_formula()

    # -- text

    def text(self, data: str, start: int, end: int, keep_spaces: bool = False) -> None:
        """Characters from the source [start, end), which is longer than `data` for a character reference.

        `keep_spaces` keeps several blanks between words, which HTML folds.
        """
        element = self._stack.element
        if self._formula is not None:
            self._formula.add(data, end, element)
        elif self._apart is not None:
            self._inline.set_aside(data, start, end, element, self._apart[1])
        else:
            if self._inline.cut_here():
                self.flush()
            self._inline.add(data, start, end, element, self._context.preformatted > 0, keep_spaces)

    def accepts_space(self) -> bool:
        """Whether white space here can be part of a text."""
        return not self._inline.is_empty or self._context.preformatted > 0 or self._formula is not None

    def space(self) -> None:
        """White space that stands for markup."""
        self._inline.add_space(" ")

    def line_break(self) -> None:
        """A line break; the text after it is a block of its own, except in headings and preformatted text."""
        if self._formula is not None or self._apart is not None:
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

    def boundary(self) -> None:
        """The edge of a block."""
        if not self._inline.is_empty:
            self.flush()
        self._breaks = 0
        self._follows_text = False

    def flush(self) -> None:
        """Make a block of the text so far, and blocks of the pictures after it."""
        context = self._context
        passage = self._inline.take(bool(context.preformatted))
        self._blocks.extend(passage.before)
        if passage.text:
            kind = self._kind()
            if kind != "code" and passage.is_code_alone():
                kind = "code"
            is_item, is_code = kind == "item", kind == "code"
            # marks before a text are not its own if another block stands between
            start = max(passage.start, self._end_before(0))
            self._blocks.append(
                Block(
                    kind,
                    start,
                    passage.end,
                    passage.text.replace("\xa0", " ") if is_code else passage.text,
                    level=context.heading if kind == "heading" else 0,
                    depth=context.list_depth or (context.quote_depth if kind == "quote" else 0),
                    ordered=is_item and context.is_ordered,
                    number=self._item_number if is_item else "",
                    code=context.language if is_code else "",
                    marks=() if is_code else passage.marks,
                    element=passage.element,
                    hidden=passage.element.hidden if passage.element is not None else "",
                )
            )
            if context.begins_item:
                context.end_item_start()
            self._item_number = ""
            self._follows_text = True
            self._breaks = 0
        beside = (*passage.images, *passage.after)
        self._blocks.extend(sorted(beside, key=_start) if passage.after else beside)

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
        self.leave_formula()
        block = self._image_block(url, alt, start, end)
        if self._inline.pieces:
            self._inline.add_image(block)
        else:
            self.flush_asides()
            self._add_block(block)

    def picture(self, url: str, alt: str, start: int, end: int) -> None:
        """A picture of a page, which pages have twice over: one that follows its twin is one block with it."""
        if self._formula is not None:
            self._formula.picture(alt, end)
            return
        block = self._image_block(url, alt, start, end)
        last = self._blocks[-1] if self._blocks and self._inline.is_empty else None
        if last is not None and last.kind == "image" and pictures.is_twin(last, block):
            self._blocks[-1] = pictures.merged(last, block)
        elif not self._inline.merges_image(block):
            self.image(url, alt, start, end)

    def _image_block(self, url: str, alt: str, start: int, end: int) -> Block:
        link, element = self._inline.link_url(), self._stack.element
        return Block(
            "image",
            start,
            end,
            url=html_tags.without_data(url),
            alt=alt.strip(),
            marks=(Mark(0, 0, "link", link),) if link else (),
            element=element,
            depth=self._context.list_depth,
            hidden=element.hidden if element is not None else "",
        )

    def flush_asides(self) -> None:
        """Make blocks of hidden texts that no text follows in the line."""
        if not self._inline.is_empty:
            self.flush()

    def media(self, tag: str, attrs: Mapping[str, str], start: int, end: int) -> None:
        """A player or an embedded page, with the start tag at [start, end). The caller opens the element as well."""
        url = html_tags.media_url(attrs)
        kind, title = html_tags.media_kind(tag, url), attrs.get("title", "")
        self.leave_formula()
        self.flush()
        element = self._stack.element
        hidden = element.hidden if element is not None else ""
        self._add_block(Block(kind, start, end, url=url, alt=title, element=element, hidden=hidden))

    def extend_media(self, end: int) -> None:
        """Extend the block of an embedded page to its end tag: its content is not text of this page."""
        if self._blocks and self._blocks[-1].kind in ("video", "embed"):
            self._blocks[-1] = replace(self._blocks[-1], end=end)

    def divider(self, start: int, end: int) -> None:
        """A thematic break."""
        self.leave_formula()
        self.boundary()
        self._add_block(Block("divider", start, end, element=self._stack.element))

    def _add_block(self, block: Block) -> None:
        self._inline.forget_start()
        self._blocks.append(block)

    def finish(self) -> list[Block]:
        """The blocks of the source, in its order. Ends all open elements."""
        self._pop_from(0)
        self.flush()
        return visibility.with_revealed(self._blocks)


def _start(block: Block) -> int:
    return block.start
