"""Markdown to blocks, by pyromark's events: the only place that knows the parser.

Every event carries its range in UTF-8 bytes, which becomes code points as the events go by. Long runs of HTML inside
Markdown, a whole article on one line or indented over hundreds, are cut out first and read as HTML: CommonMark would
end them at an empty line and take what follows for code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pyromark

from seedclean.model.document import RawMetadata
from seedclean.readers.block_builder import Builder
from seedclean.readers.html import Reading, feed_html
from seedclean.readers.html_repair import hidden, shown

_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES | pyromark.Options.ENABLE_STRIKETHROUGH
_NONE: dict[str, str] = {}
_TAGS = {
    "Paragraph": "p", "Item": "li", "TableHead": "tr", "TableRow": "tr", "TableCell": "td", "Emphasis": "em",
    "Strong": "strong", "Strikethrough": "del",
}  # fmt: skip
_COVERED = {f"h{level}": "heading" for level in range(1, 7)} | {"pre": "code", "table": "table"}
_LEADING = frozenset(["li", "a", "em", "strong", "del"])
_REGION = re.compile(
    r"^ {0,3}</?(?:article|aside|blockquote|center|details|div|dl|figure|figcaption|footer|form|h[1-6]|header|iframe|"
    r"main|nav|ol|p|section|table|ul|video)(?=[\s>/])",
    re.I,
)
_PHRASING = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|br|cite|code|del|dfn|em|font|hr|i|img|ins|kbd|label|mark|nobr|q|ruby|rt|rp|s|samp|small|"
    r"span|strike|strong|sub|sup|time|tt|u|var|wbr|p|div|center|video|audio|source|details|summary)(?=[\s/>])|<!--",
    re.I,
)
"""Tags that mean something inside a line; others there are words of a text about HTML."""
_NUMBER = re.compile(rb"(\d{1,9})[.)]")
_TAG = re.compile(r"\s*<[a-zA-Z/!]")
_WRAPPED = (50, 132)
"""The widths between which lines broken by an editor lie; shorter lines were broken by their author."""


def read_markdown(text: str, base: int = 0) -> Reading:
    """Read Markdown that stands at `base` in the source."""
    builder = Builder()
    stated: list[RawMetadata] = []
    warnings: list[str] = []
    for is_html, start, end in _regions(text):
        if is_html:
            builder.boundary()
            warnings += feed_html(builder, text[start:end], base + start, stated)
        else:
            warnings += _Walk(builder, text[start:end], base + start, stated).run()
    return Reading(builder.finish(), stated, warnings)


def _regions(text: str) -> Iterator[tuple[bool, int, int]]:
    """The text cut into runs of HTML and runs of Markdown, in order, without a gap.

    A run of HTML goes on over empty lines as long as the next line begins with a tag.
    """
    begun = 0
    html = blank = False
    fence = ""
    for start, line in _lines(text):
        if html:
            turns = blank and bool(line.strip()) and not _TAG.match(line)
        else:
            fence = _fence(line, fence)
            turns = not fence and "<" in line[:4] and bool(_REGION.match(line))
        if turns:
            if start > begun:
                yield html, begun, start
            begun, html = start, not html
            fence = "" if html else _fence(line, "")
        blank = not line.strip()
    if begun < len(text):
        yield html, begun, len(text)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        yield at, text[at:end]
        at = end


def _fence(line: str, fence: str) -> str:
    """The code fence that is open after this line."""
    mark = line.lstrip(" ")[:3]
    if fence:
        return "" if mark == fence and not line.strip().strip(fence[0]) else fence
    return mark if mark in ("```", "~~~") else ""


class _Walk:
    """One pass over the events of one run of Markdown."""

    def __init__(self, builder: Builder, text: str, base: int, stated: list[RawMetadata]) -> None:
        self._builder = builder
        self._text, unclosed = hidden(text)
        self._bytes = self._text.encode("utf-8")
        self._ascii = len(self._bytes) == len(text)
        self._base = base
        self._stated = stated
        self._byte = self._char = 0
        self._open_tags: list[str] = []
        self._html: tuple[int, int] | None = None
        self._image: list[str] | None = None
        self._label = ""
        self._joined = False
        self._warnings = ["unclosed-markup"] if unclosed else []

    def run(self) -> list[str]:
        """Feed the builder; return warnings."""
        for event, span in pyromark.events_with_range(self._text, options=_OPTIONS, merge_text=False):
            start, end = span["start"], span["end"]
            name, value = (event, None) if isinstance(event, str) else next(iter(event.items()))
            if name == "Html":
                self._collect(start, end)
                continue
            if self._html:
                self._release()
            self._event(name, value, start, end)
        if self._html:
            self._release()
        return self._warnings

    def _at(self, byte: int) -> int:
        """The code point in the source at which a byte of this run stands."""
        if self._ascii:
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
        elif self._image is not None:
            self._image.append(value if name in ("Text", "Code") else " ")
        elif name == "Text":
            at = self._at(start)
            self._say(value, at, self._at(end))
        elif name == "Code":
            at = self._at(start)
            self._builder.lead(at)
            self._builder.open("code", _NONE)
            self._builder.text(value, at, self._at(end))
            self._builder.close("code", sure=True)
        elif name == "InlineHtml":
            at = self._at(start)
            if _PHRASING.match(value):
                self._warnings += feed_html(self._builder, value, at, self._stated)
            else:
                self._builder.text(value, at, self._at(end), spaced=True)
        elif name == "SoftBreak" and self._joined:
            self._builder.space()
        elif name in ("SoftBreak", "HardBreak"):
            self._builder.line_break()
        elif name == "Rule":
            at = self._at(start)
            self._builder.divider(at, at + len(self._bytes[start:end].decode("utf-8").rstrip()))
        elif name == "FootnoteReference":
            at = self._at(start)
            self._builder.text(f"[^{value}]", at, self._at(end))

    def _say(self, value: str, at: int, end: int) -> None:
        """Text; where indented prose was taken for code its line ends are in it."""
        if self._open_tags[-1:] != ["indented"]:
            self._builder.text(shown(value), at, end, spaced=True)
            return
        self._builder.text(shown(value).rstrip("\n"), at, end - len(value) + len(value.rstrip("\n")))
        if value.endswith("\n"):
            self._builder.line_break()

    def _start(self, value: Any, start: int, end: int) -> None:
        name: str
        detail: Any
        name, detail = (value, None) if isinstance(value, str) else next(iter(value.items()))
        if name == "Image":
            self._image = []
            self._open_tags.append(detail["dest_url"])
            return
        if self._image is not None:
            self._open_tags.append("")
            return
        at = self._at(start)
        tag, attrs = self._tag(name, detail, start, end)
        self._open_tags.append(tag)
        if name == "FootnoteDefinition":
            self._label = f"[^{detail}]: "
            return
        self._builder.open("p" if tag == "indented" else tag, attrs)
        if tag in _LEADING:
            self._builder.lead(at)
        if tag == "li":
            written = _NUMBER.match(self._bytes, start)
            self._builder.number(written[1].decode() if written else "")
        if self._label and tag != "ul":
            self._builder.text(self._label, at - len(self._label), at)
            self._label = ""

    def _tag(self, name: str, detail: Any, start: int, end: int) -> tuple[str, dict[str, str]]:
        """The HTML element that a Markdown one is."""
        if name == "Paragraph":
            self._joined = _wrapped(self._bytes[start:end])
        if name == "Heading":
            self._joined = True
            return detail["level"].lower(), _NONE
        if name == "Link":
            return "a", {"href": detail["dest_url"]}
        if name == "List":
            return ("ul" if detail is None else "ol"), _NONE
        if name == "CodeBlock":
            if isinstance(detail, str) and _is_prose(self._bytes[start:end].decode("utf-8")):
                return "indented", _NONE
            return "pre", _code_class(detail)
        return _TAGS.get(name) or name.lower(), _NONE

    def _end(self, value: Any, start: int, end: int) -> None:
        tag = self._open_tags.pop()
        if value == "Image":
            at = self._at(start)
            self._builder.image(tag, "".join(self._image or ()), at, self._at(end))
            self._image = None
        elif tag and tag != "footnotedefinition":
            self._builder.close("p" if tag == "indented" else tag, sure=True)
            if tag in _LEADING or tag in _COVERED:
                self._reach(tag, start, end)

    def _reach(self, tag: str, start: int, end: int) -> None:
        """Markdown's own marks belong to the span of the block they mark."""
        at = self._at(start)
        if tag in _COVERED:
            stop = end - len(self._bytes[start:end]) + len(self._bytes[start:end].rstrip())
            self._builder.cover(_COVERED[tag], at, self._at(stop))
        elif tag != "li":
            self._builder.trail(at, self._at(end))

    def _collect(self, start: int, end: int) -> None:
        if self._html and self._html[1] != start:
            self._release()
        self._html = (self._html[0] if self._html else start, end)

    def _release(self) -> None:
        """Read the lines of HTML that have come together."""
        assert self._html
        start, end = self._html
        self._html = None
        at = self._at(start)
        self._builder.boundary()
        piece = self._bytes[start:end].decode("utf-8")
        self._warnings += feed_html(self._builder, piece, at, self._stated)


def _is_prose(text: str) -> bool:
    """Whether an indented block is prose: Chinese paragraphs are indented, code is not Chinese."""
    letters = [char for char in text if char.isalpha()]
    return sum(char > "\u2e7f" for char in letters) * 2 > len(letters)


def _code_class(detail: Any) -> dict[str, str]:
    info = detail.get("Fenced", "") if isinstance(detail, dict) else ""
    return {"class": f"language-{info.split()[0]}"} if info.split() else _NONE


def _wrapped(paragraph: bytes) -> bool:
    """Whether the lines of a paragraph were broken by an editor at a width, so that a line break means a space.

    Then the first word of each line would not have fitted on the line before. Chinese has no words to tell by.
    """
    if b"\n" not in paragraph.rstrip():
        return False
    lines = paragraph.decode("utf-8").rstrip().split("\n")
    width = max(map(len, lines))
    if not _WRAPPED[0] <= width <= _WRAPPED[1] or sum(map(str.isascii, lines)) * 2 < len(lines):
        return False
    for line, following in pairwise(lines):
        words = following.split()
        if not words or len(line) < _WRAPPED[0] or len(line) + 1 + len(words[0]) <= width or "://" in words[0]:
            return False
    return len(lines) > 2 or lines[-1][:1].islower()
