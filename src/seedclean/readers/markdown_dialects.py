"""Marks of Markdown's dialects that are no text: callouts, containers, highlights, attribute lists, lone hard breaks.

Sources: Obsidian (callouts, `==…==`), GitHub (alerts), pandoc, VitePress and Docusaurus (containers between `:::`), kramdown and
pandoc (attribute lists), CommonMark 6.7 (hard line breaks).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedclean.readers.markdown_paragraphs import Paragraph
from seedclean.readers.markdown_shadow import Edit, dropped
from seedclean.values.scripts import HAN, HANGUL, KANA

_CALLOUT = re.compile(r"[ \t]{0,3}>[ \t>]*(\[![A-Za-z][\w-]{0,30}(?:\|[\w |-]{0,60})?\][+-]?[ \t]*)")
_CONTAINER = re.compile(
    r"[ \t]{0,3}(?P<mark>:{3,}(?:[ \t]*(?:\{[^{}\n]*\}|[A-Za-z][\w-]*))?(?P<label>\[?))(?P<title>[^\n]*)", re.A
)
"""The line that begins or ends a container, with the name or the attributes of one; a title may stand behind it."""
_HIGHLIGHT = re.compile(r"(?<![=!<>])==(?![=\s])")
_HIGHLIGHT_END = re.compile(r"(?<![=\s!<>])==(?!=)")
_HEADING = re.compile(r"#{1,6}[ \t]")
_HEADING_ATTRIBUTES = re.compile(r"[ \t]*(\{(?::[^{}\n]*|[#.][^{}\s]+(?:[ \t]+[#.\w-][^{}\s]*)*|-)\})[ \t]*$")
_ATTRIBUTE_LINE = re.compile(r"[ \t]*\{:[^{}\n]*\}[ \t]*$")
_ATTRIBUTES = re.compile(r"(?<=[)*`])\{(?::[^{}\n]*|[.#][\w-]+(?:[ \t][^{}\n]*)?|[\w-]+=[^{}\n]*)\}")
_BRACKET = re.compile(r"[\[\]]")
_SPAN_ATTRIBUTES = re.compile(r"\{(?:[.#]|[\w:-]+=)[^{}]{0,400}\}")
_RAW = re.compile(r"`(?:<!--[^`\n]*-->|</?[a-zA-Z][^`\n]*>)`\{=html\}")
_DEFINITION = re.compile(r":(?P<blanks>[ ]{1,3})(?=[^\W_])")
_DEFINITION_BLANKS = 3
_TERM_CHARS = 80
"""A term is no longer than this."""
_WORD = re.compile(f"[^\\W{HAN}{KANA}{HANGUL}]")
"""A letter or a digit of a script with blanks between words."""


def dialect_edits(paragraph: Paragraph) -> Iterator[Edit]:
    """The edits of one paragraph, with offsets in it."""
    text, masked = paragraph.text, paragraph.masked
    if "[!" in masked:
        yield from _callout(paragraph)
    if ":::" in masked:
        yield from _containers(paragraph)
    if "==" in masked:
        for start, end in paragraph.lines():
            yield from _highlights(masked, start, end)
    if "{" in masked:
        yield from _attributes(paragraph)
        yield from _spans(paragraph)
    if "\\" in text:
        yield from _hard_breaks(paragraph)
    if ":" in masked:
        yield from _definitions(paragraph)


def _callout(paragraph: Paragraph) -> Iterator[Edit]:
    """The marks of a callout, and of one in it, which begins where a quotation in the quotation does."""
    depth = 0
    for start, end in paragraph.lines():
        match = _CALLOUT.match(paragraph.text, start, end)
        line = paragraph.text[start:end]
        signs = line[: len(line) - len(line.lstrip("> \t"))].count(">")
        if match and signs > depth:
            yield dropped(*match.span(1))
        depth = signs


def _containers(paragraph: Paragraph) -> Iterator[Edit]:
    """The mark that begins or ends a container: a blank line to the parser, unless a title stands behind it."""
    for start, end in paragraph.lines():
        match = _CONTAINER.match(paragraph.masked, start, end)
        if not match:
            continue
        title = match["title"].rstrip()
        if not title.strip(": \t"):
            yield start, " " * (end - start)
        elif match["label"] and title.endswith("]"):
            yield dropped(start, match.end("mark"))
            yield dropped(match.start("title") + len(title) - 1, end)
        elif not match["label"] and title[0].isspace():
            yield dropped(start, match.end("mark"))


def _definitions(paragraph: Paragraph) -> Iterator[Edit]:
    """The sign before a definition, below its term or, in pandoc, below an empty line."""
    lines = list(paragraph.lines())
    for at, (start, end) in enumerate(lines):
        match = _DEFINITION.match(paragraph.masked, start, end)
        is_below = at > 0 and lines[at - 1][1] - lines[at - 1][0] <= _TERM_CHARS
        if match and (is_below or len(match["blanks"]) == _DEFINITION_BLANKS):
            yield dropped(start, match.end())


def _highlights(masked: str, start: int, end: int) -> Iterator[Edit]:
    """The signs of `==…==`, not those of a comparison, which stands between words or blanks."""
    at = start
    while opening := _HIGHLIGHT.search(masked, at, end):
        closing = _HIGHLIGHT_END.search(masked, opening.end() + 1, end)
        if not closing:
            return
        at = closing.end()
        if opening.start() > start and _WORD.match(masked[opening.start() - 1]):
            at = opening.end()
        elif at < end and _WORD.match(masked[at]):
            continue
        else:
            yield dropped(*opening.span())
            yield dropped(*closing.span())


def _attributes(paragraph: Paragraph) -> Iterator[Edit]:
    """Attribute lists: in a line of their own, at the end of a heading, behind a link, a picture or an emphasis."""
    masked = paragraph.masked
    for start, end in paragraph.lines():
        if "{" not in masked[start:end]:
            continue
        if _ATTRIBUTE_LINE.match(masked, start, end):
            yield dropped(start, end)
            continue
        if _HEADING.match(masked, start):
            opening = masked.rfind("{", start, end)
            match = _HEADING_ATTRIBUTES.match(masked, opening, end)
            if match:
                yield dropped(*match.span(1))
        for match in _ATTRIBUTES.finditer(paragraph.text, start, end):
            if masked[match.start()] == "{" and masked[match.start() - 1] != "`":  # a lone one ends no code
                yield dropped(*match.span())


def _spans(paragraph: Paragraph) -> Iterator[Edit]:
    """pandoc's spans, `[text]{.class}`, and its raw tags, as `<br>`{=html}."""
    masked = paragraph.masked
    open_ones: list[int] = []
    for match in _BRACKET.finditer(masked) if "]{" in masked else ():
        at = match.start()
        if match[0] == "[":
            open_ones.append(at)
        elif open_ones:
            opening = open_ones.pop()
            attributes = _SPAN_ATTRIBUTES.match(masked, at + 1)
            if attributes:
                yield dropped(opening, opening + 1)
                yield dropped(at, attributes.end())
    if "`{=" in paragraph.text:
        for match in _RAW.finditer(paragraph.text):
            yield dropped(*match.span())


def _hard_breaks(paragraph: Paragraph) -> Iterator[Edit]:
    """Backslashes that break a line below which nothing follows, or stand alone in a line."""
    lines = list(paragraph.lines())
    breaks = [
        paragraph.text.startswith("\\", end - 1) and not paragraph.text.startswith("\\\\", end - 2) for _, end in lines
    ]
    for (start, end), is_break in zip(lines, breaks, strict=True):
        is_alone = paragraph.text[start:end].strip() == "\\"
        if is_break and (is_alone or (end == lines[-1][1] and sum(breaks) > 1)):
            yield dropped(end - 1, end)
