"""Markup events to blocks: one builder for HTML and for Markdown, so that a block means the same in both.

A reader calls `open`, `close`, `text`, `line_break`, `picture`, `divider` and the like, with spans in the decoded source;
`finish` returns the blocks in source order. The span of a block reaches from the first character of its text to the
last; the tags around it are outside. The builder keeps the elements; its writer keeps the text.
"""

from __future__ import annotations

from collections.abc import Mapping

from seedclean.model.document import Block, Element
from seedclean.readers import asides, formulas, html_tags, listings, roles
from seedclean.readers.block_writer import BlockWriter
from seedclean.readers.element_stack import ElementStack
from seedclean.readers.formulas import Formula
from seedclean.readers.html_tags import PLAIN, TRAITS, Traits
from seedclean.readers.looks import Look
from seedclean.readers.tables import OpenTables
from seedclean.readers.text_context import TextContext
from seedclean.readers.visibility import Panels


class Builder:
    """Turns the events of one source into blocks.

    `writer` takes the events that no open formula changes. `_apart` is the number of open elements with the outermost one
    whose text a line does not say, 0 outside; `_note` that with the note amid a line. `_formula` is the open formula. All methods
    that make blocks or open elements raise TooManyBlocksError where more than `room` come of it.
    """

    __slots__ = ("_apart", "_context", "_formula", "_note", "_panels", "_stack", "_tables", "writer")

    def __init__(self, room: int) -> None:
        self._stack = ElementStack()
        self._context = TextContext()
        self.writer = BlockWriter(self._stack, self._context, room)
        self._tables = OpenTables(room)
        self._panels = Panels()
        self._apart = self._note = 0
        self._formula: Formula | None = None

    # -- elements

    @property
    def element(self) -> Element | None:
        """The innermost open element; None outside all."""
        return self._stack.element

    @property
    def in_listing(self) -> bool:
        """Whether white space is text here."""
        return self._context.preformatted > 0

    def open(self, tag: str, attrs: Mapping[str, str], look: Look) -> None:
        """A start tag, with the look of its element."""
        if self._formula is not None and not self._opens_in_formula(tag, attrs, look):
            return
        stack = self._stack
        parent = stack.element
        if look.is_ordinary:
            traits = look.traits
        else:
            traits = self._traits(tag, attrs, look)
            if tag == "svg" and not stack.counts["svg"]:
                self.writer.gap()
        if tag in html_tags.ENDS_OWN_KIND:
            self._end_own_kind(tag)
        context = self._context
        if traits.block:
            self._open_block(traits)
        elif traits.mark or context.preformatted or tag == "label":
            self._open_inline(tag, attrs, traits)
        if traits.void:
            return
        hidden = "" if look.is_shown and not context.preformatted else self._hiding(tag, attrs, look)
        stack.push(tag, attrs, traits, look.classes, hidden)
        if hidden and not self._apart and (not traits.block or context.preformatted):
            self._apart, self.writer.apart = len(stack.entries), hidden
        if traits.contextual:
            self._enter(tag, attrs, traits, parent)
        elif tag == "rt":
            self.writer.sign(html_tags.READING[0])
        elif (look.is_note or "role" in attrs) and asides.is_note(tag, attrs):
            self._begin_note()

    def _enter(self, tag: str, attrs: Mapping[str, str], traits: Traits, parent: Element | None) -> None:
        """An element has begun in `parent` that changes what kind of block its text is."""
        self._context.enter(traits.acts or tag, attrs, traits, parent)
        self._tables.enter(traits.acts or tag, attrs, len(self.writer.blocks))

    def _begin_note(self) -> None:
        """The innermost element is a note on the line, if one stands before it."""
        if not (self._note or self._apart) and self.writer.in_line():
            self._note = len(self._stack.entries)
            self.writer.sign(asides.NOTE[0])

    def _traits(self, tag: str, attrs: Mapping[str, str], look: Look) -> Traits:
        """What the tag, the classes, the style and the role of an element make of it."""
        parent = self._stack.element
        traits = look.traits if look.has_traits else listings.traits_of(tag, attrs, parent)
        if attrs:
            traits = listings.in_place(tag, attrs, traits, parent)
        if "role" in attrs and not self._context.heading:
            traits = roles.played(attrs, traits)
        return html_tags.IN_DRAWING.get(tag, traits) if self._stack.counts["svg"] else traits

    def _hiding(self, tag: str, attrs: Mapping[str, str], look: Look) -> str:
        """Why the line does not say the text of an element, if those around it do not hide it."""
        parent, in_listing = self._stack.element, self._context.preformatted > 0
        if tag in html_tags.IN_DRAWING and self._stack.counts["svg"]:
            return "" if tag == "text" else "class"
        if "aria-controls" in attrs or tag in html_tags.HEADING:
            self._panels.enter(tag, attrs, self._stack.counts["button"] > 0, self._context.heading > 0)
        if self._panels.ids and attrs.get("id") in self._panels.ids:
            return ""
        if parent is not None and parent.hidden:
            return ""
        return look.hidden if look.is_plain and not in_listing else asides.reason(tag, attrs, in_listing)

    def _open_block(self, traits: Traits) -> None:
        """End what the start tag of a block ends."""
        context = self._context
        if not context.preformatted:
            self.writer.boundary()
            if traits.closes_paragraph and self._stack.counts["p"]:
                self._pop_from(self._stack.paragraph())
        if traits.implied_ends:
            self._pop_from(self._stack.implied_end(traits.implied_ends))
        if context.preformatted:
            self.writer.end_line()

    def _open_inline(self, tag: str, attrs: Mapping[str, str], traits: Traits) -> None:
        if self._context.preformatted:
            self.writer.begin_code(tag, attrs)
        elif tag == "label":
            self.writer.gap()
        if traits.mark:
            self.writer.open_mark(tag, attrs.get("href", "") if tag == "a" else "")

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

    def close(self, tag: str) -> None:
        """An end tag; without an open element it has no effect, as in browsers."""
        stack = self._stack
        entries = stack.entries
        if entries and entries[-1][0] == tag and tag not in html_tags.ENDS_LATE:
            self._pop()
            return
        if tag == "br":  # browsers read </br> as <br>
            self.line_break()
        if tag in html_tags.ENDS_LATE or not stack.counts[tag]:
            return
        match = stack.matching(tag)
        if match is None:
            return
        index, crosses_block = match
        if crosses_block and tag not in html_tags.BLOCK:
            if self._apart > index:
                self._end_apart()
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
            self.writer.boundary()

    def _pop_from(self, index: int | None) -> None:
        """Close the element at this index and all inside it; none if there is no such element."""
        if index is not None:
            while len(self._stack.entries) > index:
                self._pop()

    def _pop(self) -> None:
        """Close the innermost element."""
        stack, preformatted = self._stack, self._context.preformatted
        size = len(stack.entries)
        tag, _, traits = stack.entries[-1]
        if self._formula is not None and size == self._formula.depth + 1:
            self._end_formula()
        if tag == "rt":
            self.writer.sign(html_tags.READING[1])
        elif self._note >= size:
            self._note = 0
            self.writer.sign(asides.NOTE[1])
        if traits.block:
            if not preformatted or (traits.preformatted and preformatted == 1):
                self.writer.boundary()
            else:
                self.writer.end_line()
        stack.pop()
        if self._apart == size:
            self._end_apart()
        if preformatted and (tag == "code" or tag == "span"):
            self.writer.end_code()
        if traits.mark or traits.contextual:
            self._leave(tag, traits)

    def _end_apart(self) -> None:
        self._apart, self.writer.apart = 0, ""

    def _leave(self, tag: str, traits: Traits) -> None:
        if traits.mark:
            self.writer.close_mark(tag)
        if traits.contextual:
            self._context.leave(traits.acts or tag, traits)
            self._tables.leave(traits.acts or tag, self.writer.blocks)

    # -- formulas

    def begin_formula(self, tag: str, attrs: Mapping[str, str], look: Look, start: int, end: int) -> None:
        """The start tag, at [start, end), of an element that holds a formula."""
        is_new = self._formula is None
        self.open(tag, attrs, look)
        if is_new and self._stack.entries and self._stack.entries[-1][0] == tag:
            self._formula = Formula(len(self._stack.entries) - 1, start, end)
            self._formula.enter(tag, attrs)

    def tex(self, tex: str, is_display: bool, start: int, end: int) -> None:
        """The TeX of a formula, which has the source [start, end): that of the formula before, or one of its own."""
        written = formulas.written(tex, is_display)
        if self._formula is not None:
            self._formula.picture(tex, end)
        elif not self.writer.replaces_formula(written, end):
            self.writer.text(written, start, end)

    def _opens_in_formula(self, tag: str, attrs: Mapping[str, str], look: Look) -> bool:
        """Whether an element that begins while a formula is open ends it and stands outside; else it is a part of it."""
        assert self._formula is not None
        if formulas.ends(tag):
            self.leave_formula()
            return True
        self._formula.enter(tag, attrs)
        if not TRAITS.get(tag, PLAIN).void:
            self._stack.push(tag, attrs, PLAIN, look.classes)
        return False

    def leave_formula(self) -> None:
        """End an open formula, because something begins that is never a part of one."""
        if self._formula is not None:
            self._pop_from(self._formula.depth)

    def _end_formula(self) -> None:
        formula, self._formula = self._formula, None
        assert formula is not None
        self.writer.formula(formula.text(), formula.start, formula.end)

    # -- text, pictures and the like, which may be parts of an open formula or end it

    def text(self, data: str, start: int, end: int, keep_spaces: bool = False) -> None:
        """Text, as for `BlockWriter.text`."""
        if self._formula is not None:
            self._formula.add(data, end, self._stack.element)
        else:
            self.writer.text(data, start, end, keep_spaces)

    def accepts_space(self) -> bool:
        """Whether white space here can be part of a text."""
        return self._formula is not None or self.writer.accepts_space()

    def line_break(self) -> None:
        """A line break, as for `BlockWriter.line_break`."""
        if self._formula is None:
            self.writer.line_break()

    def picture(self, url: str, alt: str, start: int, end: int, hidden: str = "") -> None:
        """A picture of a page, as for `BlockWriter.picture`."""
        if self._formula is not None:
            self._formula.picture(alt, end)
        else:
            self.writer.picture(url, alt, start, end, hidden)

    def media(self, tag: str, attrs: Mapping[str, str], start: int, end: int) -> None:
        """A player or an embedded page, with the start tag at [start, end). The caller opens the element as well."""
        self.leave_formula()
        self.writer.media(tag, attrs, start, end)

    def divider(self, start: int, end: int) -> None:
        """A thematic break."""
        self.leave_formula()
        self.writer.divider(start, end)

    def finish(self) -> list[Block]:
        """The blocks of the source, in its order. Ends all open elements."""
        self._pop_from(0)
        return self.writer.finish()
