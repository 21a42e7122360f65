"""Links and pictures that CommonMark does not see: addresses with blanks, `[[…]]` of wikis, links around paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from seedclean.readers.markdown_paragraphs import Destination, Paragraph
from seedclean.readers.markdown_shadow import LETTER, Card, Edit, lettered

_TITLE_SIGNS = "\"'"
_WIKI = re.compile(r"\[\[([^\[\]\n]{1,200})\]\]")
_CODE_SIGNS = frozenset("\"'`,;=$(){}<>&*")
"""Signs that names of notes do not have, and lists of lists, tests of shells and attributes of C++ do."""
_BLANK = re.compile(r"\s")
_PARENTHESIS = re.compile(r"[()]")
_ADDRESS = re.compile(r"(?:https?:|data:|file:|/|\./|\.\./|#)", re.I)
_HTML = re.compile(r"</[a-z]|<(?:p|div|br|hr|li|ul|ol|table|tr|td|h[1-6])[\s>]", re.I)
"""What stands in no address: a bracket that is closed paragraphs later has text before it."""
_BRACKET = re.compile(r"[\[\]]")
_MAX_DISTANCE = 12
"""Paragraphs between the brackets of a link around a card of a list: picture, headline, teaser, date and a few more."""


def link_edits(paragraph: Paragraph, last: int) -> Iterator[Edit]:
    """The edits of one paragraph, with offsets in it. `last` is that of the last `]]`, which may stand in a later row of its table."""
    for destination in paragraph.destinations:
        yield from _destination_edits(paragraph.text, destination)
    if "#" in paragraph.text and "](" in paragraph.masked:
        yield from _broken_heading_edits(paragraph)
    if "[[" in paragraph.text:
        yield from _double_bracket_edits(paragraph.text, paragraph.masked, last)


def _double_bracket_edits(text: str, masked: str, last: int) -> Iterator[Edit]:
    """Letters for brackets that the parser would take for those of a link to a note.

    Those in code and in tags too, whose text comes from the source: where the parser sees no code, as a line of HTML ends the
    paragraph before the closing backtick, it would lose what follows a note with two brackets in its name.
    """
    at = -1
    while 0 <= (at := text.find("[[", at + 1)) < last:
        if text[max(0, at - 1) : at] == "\\" and masked[at] == LETTER:
            continue
        match = _WIKI.match(text, at)
        if match and not (masked.startswith("[[", at) and masked.startswith("]]", match.end() - 2)):
            match = None
        if match and _is_wiki_link(text, *match.span()):
            continue
        if match and text.startswith("(", match.end()):
            yield lettered(at + 1, at + 2)
            yield lettered(match.end() - 2, match.end() - 1)
        else:
            yield lettered(at, at + 1)


def _destination_edits(text: str, destination: Destination) -> Iterator[Edit]:
    """Letters for blanks and parentheses in an address, where a title does not account for them."""
    start, end = destination.start, destination.end
    inside = text[start:end]
    bare = inside.strip()
    if not _BLANK.search(bare) or bare.startswith("<"):
        return
    is_address = bool(_ADDRESS.match(bare))
    if _HTML.search(bare) or (not is_address and (not destination.is_image or "\n" in bare)):
        return
    start += len(inside) - len(inside.lstrip())
    end = start + _address_length(bare)
    for match in _BLANK.finditer(text, start, end):
        yield lettered(match.start(), match.end())
    for match in _PARENTHESIS.finditer(text, start, end):
        yield lettered(match.start(), match.end())


def _address_length(bare: str) -> int:
    """The length of the address at the head of `address "title"`."""
    sign = bare[-1]
    if sign in _TITLE_SIGNS:
        opening = bare.rfind(f" {sign}", 0, len(bare) - 1)
        if opening > 0:
            return len(bare[:opening].rstrip())
    return len(bare)


def _is_wiki_link(text: str, start: int, end: int) -> bool:
    """Whether `[[…]]` is a link to a note. `[[1]](address)` is a link whose text is [1]."""
    inside = text[start + 2 : end - 2]
    if inside.endswith("|") and text[max(0, start - 1) : start] != "!":  # of such a link the parser shows nothing
        return False
    if text[end : end + 1] in ("(", ":", "[") or text[max(0, start - 1) : start].isalnum():
        return text[max(0, start - 1) : start] == "!"
    return not inside[0].isspace() and not inside[-1].isspace() and not _CODE_SIGNS & set(inside.split("|")[0])


def _broken_heading_edits(paragraph: Paragraph) -> Iterator[Edit]:
    """A blank for the line feed in the link of a heading, which a converter wrapped: a heading of Markdown is one line."""
    lines = list(paragraph.lines())
    for (start, end), (following, following_end) in pairwise(lines):
        if paragraph.text.startswith("#", start) and _brackets(paragraph.masked, start, end)[0]:
            closings = _brackets(paragraph.masked, following, following_end)[1]
            if closings and paragraph.masked.startswith("](", closings[0]):
                yield end, " "


def _brackets(masked: str, start: int, end: int) -> tuple[list[int], list[int]]:
    """The brackets without a partner in [start, end): the opening ones and the closing ones."""
    opening: list[int] = []
    closing: list[int] = []
    for match in _BRACKET.finditer(masked, start, end):
        if match[0] == "[":
            opening.append(match.start())
        elif opening:
            opening.pop()
        else:
            closing.append(match.start())
    return opening, closing


def cards(paragraphs: list[Paragraph]) -> Iterator[tuple[Card, int]]:
    """The links around several paragraphs, which Markdown does not have, with offsets in the region; and where each ends.

    Converters write them for cards of a list: `[` with a picture, a headline and a teaser below, and `](address)`.
    """
    open_at, open_in = -1, -_MAX_DISTANCE - 1
    for index, paragraph in enumerate(paragraphs):
        if "[" not in paragraph.masked and "]" not in paragraph.masked:
            continue
        opening, closing = _brackets(paragraph.masked, 0, len(paragraph.masked))
        if closing and index - open_in <= _MAX_DISTANCE:
            destination = next((one for one in paragraph.destinations if one.start == closing[0] + 2), None)
            address = paragraph.text[destination.start : destination.end] if destination else ""
            if destination and not _HTML.search(address):
                url = address.split()[:1]
                card = Card(open_at, paragraph.start + closing[0], url[0] if url else "")
                yield card, paragraph.start + destination.end + 1
        if closing:
            open_in = -_MAX_DISTANCE - 1
        if opening:
            open_at, open_in = paragraph.start + opening[-1], index
