"""The paragraphs of Markdown as the repairs see them: runs of lines with text, and what in them is opaque.

Opaque is what holds no markup of its own: code spans, tags, escaped characters, addresses of links.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from seedclean.readers.markdown_shadow import LETTER

_MAX_OPEN = 16
"""Parentheses without a partner that a line feed leaves open."""
_OPAQUE = re.compile(r"\\[^\w\s]|`+|<[a-zA-Z/!][^<>]*>|\]\(")
_PARENTHESIS = re.compile(r"[()\n]")
_WRAPPED_ADDRESS = re.compile(r"(?:https?:|//)[^\s]*(?:\n[ \t]*[^\s]+)?\s*\Z")
"""An address that a converter wrapped at a hyphen, as it wraps words."""


@dataclass(frozen=True, slots=True)
class Destination:
    """The part of a link or a picture between its parentheses: [start, end) in the paragraph, without them."""

    start: int
    end: int
    is_image: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of lines with text at offset `start` of the region.

    `masked` is `text` with LETTER at the place of each opaque character.
    """

    start: int
    text: str
    masked: str
    destinations: tuple[Destination, ...]

    def lines(self) -> Iterator[tuple[int, int]]:
        """The span of each line in the paragraph, without its line feed."""
        at = 0
        while at < len(self.text):
            end = self.text.find("\n", at)
            end = len(self.text) if end < 0 else end
            yield at, end
            at = end + 1


def paragraph(text: str, start: int) -> Paragraph:
    """A paragraph at offset `start` of the region."""
    if "`" not in text and "](" not in text and "\\" not in text and "<" not in text:
        return Paragraph(start, text, text, ())
    partners = _code_partners(text)
    parentheses = _parenthesis_partners(text) if "](" in text else {}
    masked = list(text)
    destinations: list[Destination] = []
    at = 0
    while match := _OPAQUE.search(text, at):
        at, end = match.end(), match.end()
        if match[0] == "](":
            closing = parentheses.get(at - 1, -1)
            if closing < 0 and text.startswith("data:", at):
                line_end = text.find("\n", at)
                closing = text.rfind(")", at, line_end if line_end >= 0 else len(text))
            if closing < 0 or ("\n" in text[at:closing] and not _WRAPPED_ADDRESS.match(text[at:closing])):
                continue
            destinations.append(Destination(at, closing, _is_image(text, match.start())))
            at = end = closing
        elif match[0][0] == "`":
            end = partners.get(match.start(), -1)
            if end < 0:
                continue
            at = end
        begin = match.start() if match[0] != "](" else destinations[-1].start
        masked[begin:end] = LETTER * (end - begin)
    return Paragraph(start, text, "".join(masked), tuple(destinations))


def _is_image(text: str, bracket: int) -> bool:
    """Whether the text before a closing bracket begins with `![` in its line; the description holds no bracket."""
    opening = text.rfind("[", max(0, bracket - 1000), bracket)
    return opening > 0 and text[opening - 1] == "!"


def _code_partners(text: str) -> dict[int, int]:
    """The start of each run of backticks that opens a code span -> the end of the run that closes it."""
    if "`" not in text:
        return {}
    runs = [match.span() for match in re.finditer("`+", text)]
    later: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    partners: dict[int, int] = {}
    for start, end in reversed(runs):
        same = later[end - start]
        if same:
            partners[start] = same[-1][1]
        same.append((start, end))
    return partners


def _parenthesis_partners(text: str) -> dict[int, int]:
    """The offset of each parenthesis -> that of the one that closes it."""
    partners: dict[int, int] = {}
    open_ones: list[int] = []
    for match in _PARENTHESIS.finditer(text):
        if match[0] == "\n":
            open_ones = open_ones[-_MAX_OPEN:]
        elif match[0] == "(":
            open_ones.append(match.start())
        elif open_ones:
            partners[open_ones.pop()] = match.start()
    return partners
