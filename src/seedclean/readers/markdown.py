"""Markdown to blocks, from pyromark's events: the only module that uses the parser.

Every event states its range in UTF-8 bytes, which becomes code points as the events go by. Regions of HTML are cut out
first and read as HTML.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

import pyromark

from seedclean.model.document import RawMetadata, noun
from seedclean.readers.block_builder import Builder
from seedclean.readers.html import Reading, feed_html
from seedclean.readers.html_repair import hide_unclosed, unhide
from seedclean.readers.markdown_regions import is_hard_wrapped, is_indented_prose, regions

_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES | pyromark.Options.ENABLE_STRIKETHROUGH
_NO_ATTRS: dict[str, str] = {}
_TAGS = {
    "Paragraph": "p", "Item": "li", "TableHead": "tr", "TableRow": "tr", "TableCell": "td", "Emphasis": "em",
    "Strong": "strong", "Strikethrough": "del",
}  # fmt: skip
"""Markdown construct -> HTML element; the names of the others are their elements in lower case."""
_SPAN_KINDS = {f"h{level}": "heading" for level in range(1, 7)} | {"pre": "code", "table": "table"}
"""Elements whose block gets the span of the whole construct -> its kind."""
_MARKED = frozenset(["li", "a", "em", "strong", "del"])
"""Elements with marks before their text, which belong to the span of the block."""
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|br|cite|code|del|dfn|em|font|hr|i|img|ins|kbd|label|mark|nobr|q|ruby|rt|rp|s|samp|small|"
    r"span|strike|strong|sub|sup|time|tt|u|var|wbr|p|div|center|video|audio|source|details|summary)(?=[\s/>])|<!--",
    re.I,
)
"""Tags that are markup inside a line; others are words of a text about HTML."""
_ITEM_NUMBER = re.compile(rb"(\d{1,9})[.)]")


@noun
class OpenTag:
    """A construct that is an element; `is_prose`: an indented block that is prose and not code."""

    tag: str
    is_prose: bool = False


@noun
class OpenImage:
    """An image: the text in it is its description."""

    url: str


@noun
class Skipped:
    """A construct without an element: a footnote, whose label is text, or one inside an image."""


OpenConstruct: TypeAlias = OpenTag | OpenImage | Skipped
_SKIPPED = Skipped()
_ELEMENTS = {name: OpenTag(tag) for name, tag in _TAGS.items()}
_INDENTED_PROSE = OpenTag("p", is_prose=True)


def read_markdown(text: str, base: int = 0) -> Reading:
    """Read Markdown at offset `base` of the source."""
    builder = Builder()
    stated: list[RawMetadata] = []
    warnings: list[str] = []
    for is_html, start, end in regions(text):
        if is_html:
            builder.boundary()
            warnings += feed_html(builder, text[start:end], base + start, stated)
        else:
            warnings += _Feed(builder, text[start:end], base + start, stated).run()
    return Reading(builder.finish(), stated, warnings)


class _Feed:
    """One pass over the events of one region of Markdown at offset `base` of the source.

    `_open` are the constructs that have begun, the innermost last. `_html` is the byte range of lines of HTML in a row,
    which are read together. `_description` collects the text of an open image. `_label` is a footnote's label until its
    first text. `_joins_lines`: the lines of the paragraph are joined, as an editor wrapped them. `_byte` and `_char` are
    the last offset that was converted.
    """

    def __init__(self, builder: Builder, text: str, base: int, stated: list[RawMetadata]) -> None:
        self._builder = builder
        self._text, is_unclosed = hide_unclosed(text)
        self._bytes = self._text.encode("utf-8")
        self._is_ascii = len(self._bytes) == len(text)
        self._base = base
        self._stated = stated
        self._byte = self._char = 0
        self._open: list[OpenConstruct] = []
        self._html: tuple[int, int] | None = None
        self._description: list[str] | None = None
        self._label = ""
        self._joins_lines = False
        self._warnings = ["unclosed-markup"] if is_unclosed else []

    def run(self) -> list[str]:
        """Feed the builder; return warnings."""
        for event, span in pyromark.events_with_range(self._text, options=_OPTIONS, merge_text=False):
            start, end = span["start"], span["end"]
            name, value = (event, None) if isinstance(event, str) else next(iter(event.items()))
            if name == "Html":
                self._collect_html(start, end)
                continue
            if self._html:
                self._read_html()
            self._event(name, value, start, end)
        if self._html:
            self._read_html()
        return self._warnings

    def _offset(self, byte: int) -> int:
        """The code point in the source of a byte of this region."""
        if self._is_ascii:
            return self._base + byte
        if byte >= self._byte:
            self._char += len(self._bytes[self._byte : byte].decode("utf-8"))
        else:
            self._char -= len(self._bytes[byte : self._byte].decode("utf-8"))
        self._byte = byte
        return self._base + self._char

    def _event(self, name: str, value: Any, start: int, end: int) -> None:
        if name == "Start":
            self._start(value, start, end)
        elif name == "End":
            self._end(value, start, end)
        elif self._description is not None:
            self._description.append(value if name in ("Text", "Code") else " ")
        elif name == "Text":
            at = self._offset(start)
            self._add_text(value, at, self._offset(end))
        elif name == "Code":
            at = self._offset(start)
            self._builder.start_at(at)
            self._builder.open("code", _NO_ATTRS)
            self._builder.text(value, at, self._offset(end))
            self._builder.close("code", forced=True)
        elif name == "InlineHtml":
            at = self._offset(start)
            if _INLINE_TAG.match(value):
                self._warnings += feed_html(self._builder, value, at, self._stated)
            else:
                self._builder.text(value, at, self._offset(end), keep_spaces=True)
        elif name == "SoftBreak" and self._joins_lines:
            self._builder.space()
        elif name in ("SoftBreak", "HardBreak"):
            self._builder.line_break()
        elif name == "Rule":
            at = self._offset(start)
            self._builder.divider(at, at + len(self._bytes[start:end].decode("utf-8").rstrip()))
        elif name == "FootnoteReference":
            at = self._offset(start)
            self._builder.text(f"[^{value}]", at, self._offset(end))

    def _add_text(self, value: str, at: int, end: int) -> None:
        construct = self._open[-1] if self._open else _SKIPPED
        if not (isinstance(construct, OpenTag) and construct.is_prose):
            self._builder.text(unhide(value), at, end, keep_spaces=True)
            return
        # pyromark took the prose for code, so its line feeds are text and not events
        self._builder.text(unhide(value).rstrip("\n"), at, end - len(value) + len(value.rstrip("\n")))
        if value.endswith("\n"):
            self._builder.line_break()

    def _start(self, value: Any, start: int, end: int) -> None:
        name: str
        detail: Any
        name, detail = (value, None) if isinstance(value, str) else next(iter(value.items()))
        if name == "Image":
            self._description = []
            self._open.append(OpenImage(detail["dest_url"]))
        elif self._description is not None:
            self._open.append(_SKIPPED)
        elif name == "FootnoteDefinition":
            self._label = f"[^{detail}]: "
            self._open.append(_SKIPPED)
        else:
            self._open_element(name, detail, start, end)

    def _open_element(self, name: str, detail: Any, start: int, end: int) -> None:
        at = self._offset(start)
        construct, attrs = self._element(name, detail, start, end)
        tag = construct.tag
        self._open.append(construct)
        self._builder.open(tag, attrs)
        if tag in _MARKED:
            self._builder.start_at(at)
        if tag == "li":
            number = _ITEM_NUMBER.match(self._bytes, start)
            self._builder.item_number(number[1].decode() if number else "")
        if self._label and tag != "ul":
            self._builder.text(self._label, at - len(self._label), at)
            self._label = ""

    def _element(self, name: str, detail: Any, start: int, end: int) -> tuple[OpenTag, dict[str, str]]:
        """The HTML element of a construct, and its attributes."""
        if name == "Paragraph":
            paragraph = self._bytes[start:end].rstrip()
            self._joins_lines = b"\n" in paragraph and is_hard_wrapped(paragraph.decode("utf-8"))
        if name == "Heading":
            self._joins_lines = True
            return OpenTag(detail["level"].lower()), _NO_ATTRS
        if name == "Link":
            return OpenTag("a"), {"href": detail["dest_url"]}
        if name == "List":
            return OpenTag("ul" if detail is None else "ol"), _NO_ATTRS
        if name == "CodeBlock":
            if isinstance(detail, str) and is_indented_prose(self._bytes[start:end].decode("utf-8")):
                return _INDENTED_PROSE, _NO_ATTRS
            return OpenTag("pre"), _code_attrs(detail)
        return _ELEMENTS.get(name) or OpenTag(name.lower()), _NO_ATTRS

    def _end(self, value: Any, start: int, end: int) -> None:
        construct = self._open.pop()
        if isinstance(construct, OpenImage):
            at = self._offset(start)
            self._builder.image(construct.url, "".join(self._description or ()), at, self._offset(end))
            self._description = None
        elif isinstance(construct, OpenTag):
            tag = construct.tag
            self._builder.close(tag, forced=True)
            if tag in _SPAN_KINDS or tag in _MARKED:
                self._include_marks(tag, start, end)

    def _include_marks(self, tag: str, start: int, end: int) -> None:
        """Extend the span of a block to Markdown's own marks."""
        if tag in _SPAN_KINDS:
            at = self._offset(start)
            stop = start + len(self._bytes[start:end].rstrip())
            self._builder.set_span(_SPAN_KINDS[tag], at, self._offset(stop))
        elif tag != "li":
            at = self._offset(start)
            self._builder.extend_to(at, self._offset(end))

    def _collect_html(self, start: int, end: int) -> None:
        """Collect a line of HTML; lines in a row are read together."""
        if self._html and self._html[1] != start:
            self._read_html()
        self._html = (self._html[0] if self._html else start, end)

    def _read_html(self) -> None:
        """Read the collected lines of HTML."""
        assert self._html
        start, end = self._html
        self._html = None
        at = self._offset(start)
        self._builder.boundary()
        html = self._bytes[start:end].decode("utf-8")
        self._warnings += feed_html(self._builder, html, at, self._stated)


def _code_attrs(detail: Any) -> dict[str, str]:
    info = detail.get("Fenced", "") if isinstance(detail, dict) else ""
    return {"class": f"language-{info.split()[0]}"} if info.split() else _NO_ATTRS
