"""Runs of HTML and runs of Markdown in a Markdown file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedclean.readers.markdown_fences import Fences, open_fence

_BLOCK_TAG_LINE = re.compile(
    r"^ {0,3}</?(?:article|aside|blockquote|center|details|div|dl|figure|figcaption|footer|form|h[1-6]|header|iframe|"
    r"main|nav|ol|p|section|table|ul|video)(?=[\s/>])",
    re.I | re.A,
)
_TAG_LINE = re.compile(r"\s*<[a-zA-Z/!]")


def regions(text: str) -> Iterator[tuple[bool, int, int]]:
    """The text cut into regions (is it HTML, start, end), in order and without gaps.

    HTML begins at a line with a block tag outside code fences, and goes on over an empty line if a tag follows it.
    CommonMark would end it at the empty line, and read an article that is indented below as code. A region of Markdown
    ends where a code fence that never closes has swallowed prose.
    """
    fences = Fences(text)
    begin = 0
    is_html = after_blank = False
    fence = ""
    swallowed = -1
    for start, line in _lines(text):
        if start == swallowed:
            yield is_html, begin, start
            begin, fence = start, ""
        if is_html:
            switches = after_blank and bool(line.strip()) and not _TAG_LINE.match(line)
        else:
            was_fence, fence = fence, open_fence(line, fence)
            if fence and not was_fence:
                swallowed = fences.swallowed(start, fence)
            switches = not fence and "<" in line[:4] and bool(_BLOCK_TAG_LINE.match(line))
        if switches:
            if start > begin:
                yield is_html, begin, start
            begin, is_html = start, not is_html
            fence = "" if is_html else open_fence(line, "")
            if fence:
                swallowed = fences.swallowed(start, fence)
        after_blank = not line.strip()
    if begin < len(text):
        yield is_html, begin, len(text)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        yield at, text[at:end]
        at = end
