"""Plain text to blocks: one block for each line, a `paragraph` after an empty line and a `line` after another line.

Lines that were wrapped at the margin are one block for each paragraph.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from seedclean.model.document import Block
from seedclean.readers.saved_links import read_saved_links
from seedclean.readers.text_links import entries, link_list, without_numbers
from seedclean.readers.wrapping import Margins, joined, margins, paragraphs, words_of

_BULLET = re.compile(r"(?:[•●▪◦‣·∙■□◆◇★☆►▶]|[-*])[ \t\u3000\xa0]+(?=\S)")

_DIVIDER = re.compile(r"([*_-])(?:[ \t]+\1){2,}")
"""The divider that has the form of an item with others in it: `* * *`, as html2text writes it."""

_NESTED_BULLET = re.compile(r"\+[ \t]+(?=\S)")
"""lynx, inscriptis and w3m write the items of a list in a list so; in a line without indent it is a sign of plus."""


_NUMBER = re.compile(r"(?:\d{1,3}[.)]|\(\d{1,3}\)|\[\d{1,3}\])[ \t]+(?=\S)")
"""The number of an item, which stays in its text. The lines below are indented as the text is."""


class _Line(NamedTuple):
    """A line without the white space around it, at [start, end) of the text; `content` omits a bullet.

    `lead`: what stands in the line before the content, white space and a bullet.
    """

    start: int
    end: int
    content: str
    is_item: bool
    indent: int
    lead: str


def read_text(text: str, base: int = 0) -> list[Block]:
    """The lines of a text at offset `base` of the source. A line with a bullet is an item, whose text omits the bullet."""
    saved = read_saved_links(text, base)
    if saved is not None:
        return saved
    links = link_list(text)
    if links is None:
        return _lines(text, base)
    head, tail = text[: links.start], text[links.start :]
    return [*without_numbers(_lines(head, base), links.urls), *entries(tail, base + links.start)]


def _lines(text: str, base: int) -> list[Block]:
    groups = _groups(text)
    parts = [_measured(part) for group in groups for part in _parts(group)]
    wraps = margins(parts)
    words = words_of(text) if any(len(part) > 1 and _has_hyphen(part) for part in parts) else frozenset()
    return [block for group in groups for block in _blocks(group, wraps, words, base)]


def _has_hyphen(lines: list[str]) -> bool:
    return any(line.endswith("-") for line in lines)


def _groups(text: str) -> list[list[_Line]]:
    """The runs of lines without an empty line between them."""
    groups: list[list[_Line]] = []
    at = 0
    after_line = False
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = _line(text, at, end)
        is_divider = line is not None and _is_divider(line)
        if line:
            if not after_line or is_divider:
                groups.append([])
            groups[-1].append(line)
        after_line = line is not None and not is_divider
        at = end + 1
    return groups


def _line(text: str, start: int, end: int) -> _Line | None:
    line = text[start:end]
    body = line.strip()
    if not body:
        return None
    indent = len(line) - len(line.lstrip())
    bullet = _BULLET.match(body) or (_NESTED_BULLET.match(body) if indent else None)
    bullet = None if _DIVIDER.fullmatch(body) else bullet
    content = body[bullet.end() :] if bullet else body
    lead = line[: indent + len(body) - len(content)]
    return _Line(start + indent, start + indent + len(body), content, bullet is not None, indent, lead)


def _is_divider(line: _Line) -> bool:
    """Whether a line is a divider of signs with blanks between them."""
    return _DIVIDER.fullmatch(line.content) is not None


def _parts(group: list[_Line]) -> list[list[_Line]]:
    """A run of lines cut before each item and each indent; below an item, the indent is that of its text."""
    parts = [group[:1]]
    for before, line in pairwise(group):
        if line.is_item or (line.indent > before.indent and not _hangs(line, before)) or _is_next(line, parts[-1][0]):
            parts.append([])
        parts[-1].append(line)
    return parts


def _is_next(line: _Line, first: _Line) -> bool:
    """Whether a line begins the item after one of several lines: both begin with a number, and those between are indented."""
    return line.indent == first.indent and bool(_NUMBER.match(line.content) and _NUMBER.match(first.content))


def _hangs(line: _Line, before: _Line) -> bool:
    """Whether a line is indented as the text of the item that begins in the line before."""
    number = _NUMBER.match(before.content)
    return before.is_item or (number is not None and line.indent == before.indent + number.end())


def _measured(part: list[_Line]) -> list[str]:
    """Lines as wide as they are in the source: with the indent that only some of them have."""
    common = min([len(line.lead) for line in part])
    return [line.lead[common:] + line.content for line in part]


def _blocks(group: list[_Line], wraps: Margins, words: frozenset[str], base: int) -> list[Block]:
    if _is_divider(group[0]):
        return [Block("divider", base + group[0].start, base + group[0].end, "")]
    blocks: list[Block] = []
    for part in _parts(group):
        starts = paragraphs(_measured(part), wraps)
        for start, end in zip(starts, [*starts[1:], len(part)], strict=True):
            lines = part[start:end]
            kind = "item" if lines[0].is_item else "line" if blocks else "paragraph"
            text = joined([line.content for line in lines], words)
            first, last = base + lines[0].start, base + lines[-1].end
            blocks.append(Block(kind, first, last, text, depth=int(lines[0].is_item)))
    return blocks
