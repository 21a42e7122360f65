"""Quotation marks that swallow elements: one that never closes takes the rest of the page, or all up to the next one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedclean.readers.html_extent import (
    BLANK,
    BLOCK_TAGS,
    CLOSINGS,
    NAME,
    VALUE,
    blanked,
    end_of_tag_around,
    tag_start,
)

_SHORT_VALUE = re.compile(
    rf"<{NAME}(?:[{BLANK}/]++|[^{BLANK}/>][^{BLANK}/>=]*+(?:[{BLANK}]*+=[{BLANK}]*+(?:{VALUE})|(?![{BLANK}]*+=)))*+"
    rf"(?:href|src|class|id|style|rel|name)[{BLANK}]*+=[{BLANK}]*+",
    re.I | re.A,
)
"""A tag up to where an address, a class or a name begins: none of these goes on behind its tag unless a quotation mark is missing."""
_COMMENT_CHARS = 20_000
"""A longer comment holds a part of the page, as one does whose end is missing."""
_OPEN_VALUE = re.compile(rf"=[{BLANK}]*+([\"'])[^\"'<>]*+>")
"""What each tag ends with whose value goes on behind it: few pages have one, and to look for it costs a fifth."""


def without_open_quotes(text: str) -> tuple[str, bool]:
    """The text with blanks for the quotation marks that swallow elements, and whether any does.

    A quotation mark that never closes takes the rest of the page; one whose next one opens another attribute takes all
    between the two. That one, which opens its attribute again, may take the page too.
    """
    places = set()
    outside, before, comment = 0, 0, (0, 0)
    swallows = False
    comments = _comments(text)
    for value in _OPEN_VALUE.finditer(text):
        start = text.rfind("<", before, value.start())
        before = value.end()
        start = tag_start(text, start) if start >= 0 else -1
        if start < 0 or not _SHORT_VALUE.fullmatch(text, start, value.start(1)):
            continue  # the mark closes a value that was open before it, or stands in a name
        outside = max(outside, end_of_tag_around(text, outside, start))
        if outside > start:  # the mark closes a value that has swallowed this tag
            swallows = True
            continue
        while comment[1] <= start:
            comment = next(comments, (len(text), len(text)))
        if comment[0] < start:  # in a page for old browsers, which opens nothing
            continue
        closing = text.find(value[1], value.end())
        if closing < 0 or BLOCK_TAGS.search(text, value.end(), closing):
            places.add(value.start(1))
            if closing >= 0 and _opens_page(text, closing):
                places.add(closing)
    return blanked(text, [(at, at + 1) for at in sorted(places)]), swallows or bool(places)


def _opens_page(text: str, mark: int) -> bool:
    """Whether a quotation mark opens a value that holds a part of the page: browsers end the tag at a bracket in it."""
    closing = text.find(text[mark], mark + 1)
    return text.endswith("=", 0, mark) and text.find(">", mark + 1, closing if closing >= 0 else len(text)) >= 0


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the comments, without long ones and those that begin in a script."""
    at = 0
    while (opening := text.find("<!--", at)) >= 0 and (closing := text.find("-->", opening)) >= 0:
        if closing - opening > _COMMENT_CHARS:
            at = max(opening + len("<!--"), closing - _COMMENT_CHARS)
        elif script := CLOSINGS["script"].search(text, opening, closing):
            at = script.start()
        else:
            yield opening, closing
            at = closing
