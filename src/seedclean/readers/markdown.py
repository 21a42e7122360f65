"""Markdown to blocks, from pyromark's events: the only module that uses the parser.

Every event states its range in UTF-8 bytes, which becomes code points as the events go by. Regions of HTML are cut out
first and read as HTML. The parser gets the shadow of a region, which is as long; the text comes from the source.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pyromark

from seedclean.model import limits
from seedclean.model.document import RawMetadata
from seedclean.readers import formulas
from seedclean.readers.block_builder import Builder
from seedclean.readers.html import Reading, feed_html
from seedclean.readers.looks import look
from seedclean.readers.markdown_elements import (
    MARKED,
    SPAN_KINDS,
    Construct,
    code_text,
    construct,
    is_markup,
    item_number,
    wiki_description,
    without_indents,
)
from seedclean.readers.markdown_regions import regions
from seedclean.readers.markdown_repair import shadow_of
from seedclean.readers.room import TooManyBlocksError, sign_room
from seedclean.readers.utf8_offsets import Utf8Offsets
from seedclean.readers.wrapping import is_hard_wrapped, is_wrapped_at, margins

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_WIKILINKS
    | pyromark.Options.ENABLE_MATH
)
_NO_ATTRS: dict[str, str] = {}
_END_OF_CARD = ""
_CELL_EDGE = "| \t\r\n"
_SIGNS = (*"\n*[]|~$<>`&_", "- ", "+ ", ". ", ") ")
"""What the parser makes a node of, or of the text beside it."""


class _Open(NamedTuple):
    """A construct that has begun: at which offset of the region, and how many elements are open with it."""

    construct: Construct
    start: int
    depth: int


class _Label(NamedTuple):
    """The label of a footnote, which is text before the text of the footnote."""

    start: int
    end: int


def read_markdown(text: str, base: int, room: int) -> Reading:
    """Read Markdown at offset `base` of the source, of at most `room` blocks. Raises TooManyBlocksError."""
    builder = Builder(room)
    stated: list[RawMetadata] = []
    warnings: list[str] = []
    for is_html, start, end in regions(text):
        if is_html:
            builder.writer.boundary()
            warnings += feed_html(builder, text[start:end], base + start, stated)
        else:
            _check_signs(text[start:end])
            warnings += _Feed(builder, text[start:end], base + start, stated).run()
    return Reading(builder.finish(), stated, warnings)


def _check_signs(region: str) -> None:
    """Raise TooManyBlocksError where a region has more signs that may be markup than the parser may get."""
    if len(region) > limits.MARKDOWN_SIGNS and sum(map(region.count, _SIGNS)) > sign_room(len(region.encode())):
        raise TooManyBlocksError


class _Feed:
    """One pass over the events of one region of Markdown at offset `base` of the source.

    Offsets are code points of the region. `_open` are the constructs that have begun, the innermost last. `_html` is the
    byte range of lines of HTML in a row, which are read together. `_description` collects the text of an open image.
    `_label` is a footnote's label until its first text. `_cards` are the edges of links around several paragraphs, the
    next one last. `_joins_lines`: the lines of the paragraph are joined, as an editor wrapped them; `_margin`: where, once it was
    asked for, and 0 if nowhere. `_cell_end` is the end of the last cell of a table.
    """

    def __init__(self, builder: Builder, text: str, base: int, stated: list[RawMetadata]) -> None:
        self._builder = builder
        self._source = text
        self._shadow, is_unclosed = shadow_of(text)
        self._offsets = Utf8Offsets(self._shadow.text)
        self._base = base
        self._stated = stated
        self._open: list[_Open] = []
        self._html: tuple[int, int] | None = None
        self._description: list[str] | None = None
        self._label: _Label | None = None
        self._cards = [
            edge for card in self._shadow.cards for edge in ((card.start, card.url), (card.end, _END_OF_CARD))
        ][::-1]
        self._joins_lines = False
        self._margin: int | None = None
        self._cell_end = 0
        self._warnings = ["unclosed-markup"] if is_unclosed else []

    def run(self) -> list[str]:
        """Feed the builder; return warnings."""
        for event, span in pyromark.events_with_range(self._shadow.text, options=_OPTIONS, merge_text=False):
            start, end = span["start"], span["end"]
            name, value = (event, None) if isinstance(event, str) else next(iter(event.items()))
            if self._label and not (name == "Start" and value == "Paragraph"):
                self._read_label(self._label)
                self._builder.writer.boundary()
            if name == "Html":
                self._collect_html(start, end)
                continue
            if self._html:
                self._read_html(*self._html)
            self._event(name, value, start, end)
        if self._html:
            self._read_html(*self._html)
        self._cross_cards(len(self._source))
        return self._warnings

    def _event(self, name: str, value: Any, start: int, end: int) -> None:
        if name == "End":
            self._end(end)
            return
        at = self._offsets.char(start)
        if name == "Start":
            self._start(value, at, start, end)
        elif self._description is not None:
            self._description.append(self._original(at, self._offsets.char(end)) if name in ("Text", "Code") else " ")
        elif name == "Text":
            self._add_text(value, at, self._offsets.char(end))
        elif name in ("SoftBreak", "HardBreak"):
            if name == "SoftBreak" and self._joins_lines:
                self._builder.writer.space()
            else:
                self._builder.line_break()
        elif name == "Rule":
            size = len(self._offsets.text(start, end).rstrip())
            self._builder.divider(self._base + at, self._base + at + size)
        else:
            self._inline(name, value, at, self._offsets.char(end))

    def _inline(self, name: str, value: Any, at: int, end: int) -> None:
        """Code, a tag, a formula or the mark of a footnote."""
        builder, source = self._builder, self._source[at:end]
        start, stop = self._base + at, self._base + end
        if name == "Code":
            builder.writer.start_at(start)
            builder.open("code", _NO_ATTRS, look("code", _NO_ATTRS))
            builder.text(code_text(source) if self._shadow.is_changed(at, end) else value, start, stop)
            builder.close_to(builder.depth, "code")
        elif name == "InlineHtml" and is_markup(source):
            self._warnings += feed_html(builder, source, start, self._stated)
        elif name == "FootnoteReference":
            builder.text(f"[^{value}]", start, stop)
        else:
            builder.text(source.replace("\n", " "), start, stop, keep_spaces=True)

    def _add_text(self, value: str, at: int, end: int) -> None:
        innermost = self._open[-1].construct if self._open else None
        if innermost and innermost.tag == "pre":
            text = self._source[at:end] if len(value) == end - at else value
            self._builder.text(text, self._base + at, self._base + end)
        elif innermost and innermost.is_prose:
            self._add_code_as_prose(self._source[at:end], self._base + at)
        elif self._shadow.is_changed(at, end):
            for start, stop in self._shadow.slices(at, end):
                self._cross_cards(start)
                text = self._source[start:stop].replace("\n", " ")
                self._builder.text(text, self._base + start, self._base + stop, keep_spaces=True)
            self._cross_cards(end)
        else:
            self._builder.text(value, self._base + at, self._base + end, keep_spaces=True)

    def _add_code_as_prose(self, text: str, start: int) -> None:
        """Prose that pyromark took for code, so its line feeds are text and not events."""
        for line in text.split("\n")[:-1]:
            self._builder.text(line, start, start + len(line))
            self._builder.line_break()
            start += len(line) + 1
        last = text[text.rfind("\n") + 1 :]
        if last:
            self._builder.text(last, start, start + len(last))

    def _cross_cards(self, end: int) -> None:
        """Begin and end the links around several paragraphs whose edges stand before an offset."""
        while self._cards and self._cards[-1][0] < end:
            _, url = self._cards.pop()
            if url == _END_OF_CARD:
                self._builder.writer.close_mark("a")
            else:
                self._builder.writer.open_mark("a", url)

    def _original(self, at: int, end: int) -> str:
        return "".join([self._source[start:stop] for start, stop in self._shadow.slices(at, end)])

    def _read_label(self, label: _Label) -> None:
        """Read the label of a footnote as text."""
        self._label = None
        text = self._source[label.start : label.end]
        self._builder.text(text, self._base + label.start, self._base + label.end)
        self._builder.writer.space()

    def _start(self, value: Any, at: int, start: int, end: int) -> None:
        name, detail = (value, None) if isinstance(value, str) else next(iter(value.items()))
        if self._description is not None:
            self._open.append(_Open(Construct(""), at, 0))
            return
        if name == "Paragraph":
            text = self._offsets.text(start, end).rstrip()
            self._joins_lines = "\n" in text and self._is_wrapped(without_indents(text))
        elif name == "Heading":
            self._joins_lines = True
        elif name == "Image":
            self._description = []
        elif name == "FootnoteDefinition":
            self._builder.writer.boundary()
            closing = self._source.find("]:", at) + 2
            self._label = _Label(at, closing if closing > 1 else at)
        source = self._offsets.text(start, end) if name == "CodeBlock" else ""
        opened = construct(name, detail, source)
        if not opened.tag:
            self._open.append(_Open(opened, at, 0))
            return
        attrs = {"class": f"language-{opened.language}"} if opened.language else _NO_ATTRS
        if name == "Link":
            attrs = {"href": self._shadow.original(opened.url, at, self._offsets.char(end))}
        self._open_element(opened, attrs, at, start)

    def _open_element(self, opened: Construct, attrs: dict[str, str], at: int, start: int) -> None:
        builder, tag = self._builder, opened.tag
        if len(self._open) > limits.MARKDOWN_DEPTH:
            raise TooManyBlocksError
        builder.open(tag, attrs, look(tag, attrs))
        self._open.append(_Open(opened, at, builder.depth))
        if tag in MARKED:
            builder.writer.start_at(self._base + at)
        if tag == "li":
            builder.writer.item_number(item_number(self._offsets.encoded, start))
        if self._label:
            self._read_label(self._label)

    def _end(self, end: int) -> None:
        opened, at, depth = self._open.pop()
        if opened.is_image:
            self._end_image(opened, at, self._offsets.char(end))
        elif opened.tag:
            builder, tag = self._builder, opened.tag
            if tag == "td":
                self._cell_end = self._offsets.char(end)
            elif tag == "tr":
                self._read_extra_cells(self._offsets.char(end))
            builder.close_to(depth, tag)
            if tag in SPAN_KINDS:
                stop = self._offsets.char(end)
                stop -= len(self._source[at:stop]) - len(self._source[at:stop].rstrip())
                builder.writer.set_span(SPAN_KINDS[tag], self._base + at, self._base + stop)
            elif tag in MARKED and tag != "li":
                builder.writer.extend_to(self._base + at, self._base + self._offsets.char(end))

    def _read_extra_cells(self, end: int) -> None:
        """Read what stands in a row beyond the cells of the header, which the parser drops."""
        text = self._source[self._cell_end : end].rstrip(_CELL_EDGE)
        cells = text.lstrip(_CELL_EDGE)
        if cells:
            self._builder.open("td", _NO_ATTRS, look("td", _NO_ATTRS))
            start = self._base + self._cell_end + len(text) - len(cells)
            self._warnings += feed_html(self._builder, cells, start, self._stated)

    def _end_image(self, opened: Construct, at: int, end: int) -> None:
        """A picture; for a wiki, `![[…]]` also embeds a note."""
        url = self._shadow.original(opened.url, at, end)
        text = "".join(self._description or ())
        self._description = None
        start, stop = self._base + at, self._base + end
        description = wiki_description(url, text) if opened.is_wiki else text
        if not opened.is_wiki and (tex := formulas.address_tex(url)):
            self._builder.tex(tex, False, start, stop)
        elif description is None:
            self._builder.media("embed", {"src": url}, start, stop)
        else:
            self._builder.writer.image(url, description, start, stop)

    def _is_wrapped(self, paragraph: str) -> bool:
        """Whether a tool wrapped the lines of a paragraph: by themselves, or by the margin of the region's other ones."""
        if is_hard_wrapped(paragraph):
            return True
        if self._margin is None:
            self._margin = margins([part.split("\n") for part in self._source.split("\n\n")]).words
        return is_wrapped_at(paragraph, self._margin)

    def _collect_html(self, start: int, end: int) -> None:
        """Collect a line of HTML; lines in a row are read together."""
        if self._html and self._html[1] != start:
            self._read_html(*self._html)
        self._html = (self._html[0] if self._html else start, end)

    def _read_html(self, start: int, end: int) -> None:
        """Read the collected lines of HTML."""
        self._html = None
        at = self._offsets.char(start)
        self._builder.writer.boundary()
        html = self._source[at : self._offsets.char(end)]
        self._warnings += feed_html(self._builder, html, self._base + at, self._stated)
