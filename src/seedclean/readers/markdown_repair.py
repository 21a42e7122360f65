"""The shadow of a region of Markdown: what each kind of repair changes in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedclean.readers.markdown_admonitions import admonition_edits
from seedclean.readers.markdown_delimiters import delimiter_edits
from seedclean.readers.markdown_dialects import dialect_edits
from seedclean.readers.markdown_fences import open_fence
from seedclean.readers.markdown_links import cards, link_edits
from seedclean.readers.markdown_paragraphs import Paragraph, paragraph
from seedclean.readers.markdown_shadow import Card, Edit, Shadow, dropped, lettered
from seedclean.readers.markdown_spread import spread_edits
from seedclean.readers.markdown_tables import rows, table_edits

_SIGNS = re.compile(r"[*=\[\]{|\\]|_|:::|^: |-- +--", re.M)
"""A paragraph without one of these needs no repair."""
_LINE_OPENING = re.compile(
    r"^ {0,3}<(script(?=[\s>])|style(?=[\s>])|textarea(?=[\s>])|pre(?=[\s>])|!--|\?|!\[CDATA\[)", re.I | re.M | re.A
)
_OPEN_DECLARATION = re.compile(r"^ {0,3}<![a-z](?!octype)[^<>\n]*(?:\n|\Z)", re.I | re.M | re.A)
"""A declaration that does not end in its line. CommonMark reads on to the next line with a bracket, such as a quotation's."""
_ENDS = {"-->": "!--", "?>": "?", "]]>": "![cdata["}
_CLOSING = re.compile(r"</(script|style|textarea|pre)|-->|\?>|\]\]>", re.I | re.A)


def shadow_of(text: str) -> tuple[Shadow, bool]:
    """The shadow of a region, and whether an opening in it is unclosed, which CommonMark would read as HTML to the end."""
    unclosed = list(_unclosed_edits(text)) if "<" in text else []
    quoted = list(admonition_edits(text)) if "!!!" in text or "???" in text else []
    if not _SIGNS.search(text):
        return Shadow(text, [*unclosed, *quoted]), bool(unclosed)
    paragraphs = list(_paragraphs(text))
    linked = list(cards(paragraphs))
    edits = [*_paragraph_edits(paragraphs), *_card_edits(linked), *unclosed, *quoted]
    return Shadow(text, edits, [card for card, _ in linked]), bool(unclosed)


def _paragraph_edits(paragraphs: list[Paragraph]) -> Iterator[Edit]:
    yield from spread_edits(paragraphs)
    for one in paragraphs:
        if _SIGNS.search(one.text):
            cut = rows(one)
            yield from ((one.start + at, stand_ins) for at, stand_ins in table_edits(one, cut))
            last = max((row.start + at for row in cut if (at := row.text.rfind("]]")) >= 0), default=-1)
            for row in cut:
                for edits in (delimiter_edits(row), dialect_edits(row), link_edits(row, last - row.start)):
                    for at, stand_ins in edits:
                        yield row.start + at, stand_ins


def _card_edits(linked: list[tuple[Card, int]]) -> Iterator[Edit]:
    for card, end in linked:
        yield dropped(card.start, card.start + 1)
        yield dropped(card.end, end)


def _paragraphs(text: str) -> Iterator[Paragraph]:
    """The runs of lines with text outside code fences."""
    begin, at, fence = -1, 0, ""
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        line = text[at:end]
        was_code = bool(fence)
        fence = open_fence(line, fence)
        is_text = not (was_code or fence) and not line.isspace()
        if is_text and begin < 0:
            begin = at
        elif not is_text and begin >= 0:
            yield paragraph(text[begin:at].rstrip("\n"), begin)
            begin = -1
        at = end
    if begin >= 0:
        yield paragraph(text[begin:].rstrip("\n"), begin)


def _unclosed_edits(text: str) -> Iterator[Edit]:
    """Letters for the brackets of openings at the head of a line that never close."""
    last = {(match[1] or _ENDS[match[0]]).lower(): match.start() for match in _CLOSING.finditer(text)}
    for opening in _LINE_OPENING.finditer(text):
        if last.get(opening[1].lower(), -1) < opening.end():
            yield lettered(opening.start(1) - 1, opening.start(1))
    for opening in _OPEN_DECLARATION.finditer(text):
        at = text.index("<", opening.start())
        yield lettered(at, at + 1)
