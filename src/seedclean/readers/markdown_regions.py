"""Runs of HTML and runs of Markdown in a Markdown file, and paragraphs that Markdown's syntax alone misreads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from seedclean.values.scripts import HAN, HANGUL, KANA

_BLOCK_TAG_LINE = re.compile(
    r"^ {0,3}</?(?:article|aside|blockquote|center|details|div|dl|figure|figcaption|footer|form|h[1-6]|header|iframe|"
    r"main|nav|ol|p|section|table|ul|video)(?=[\s/>])",
    re.I,
)
_TAG_LINE = re.compile(r"\s*<[a-zA-Z/!]")
_CJK = re.compile(f"[{HAN}{KANA}{HANGUL}]")
_MIN_WIDTH, _MAX_WIDTH = 50, 132
"""Line widths that editors wrap at, from a narrow mail to a wide terminal; authors break shorter lines on purpose."""


def regions(text: str) -> Iterator[tuple[bool, int, int]]:
    """The text cut into regions (is it HTML, start, end), in order and without gaps.

    HTML begins at a line with a block tag outside code fences, and goes on over an empty line if a tag follows it.
    CommonMark would end it at the empty line, and read an article that is indented below as code.
    """
    begin = 0
    is_html = after_blank = False
    fence = ""
    for start, line in _lines(text):
        if is_html:
            switches = after_blank and bool(line.strip()) and not _TAG_LINE.match(line)
        else:
            fence = _open_fence(line, fence)
            switches = not fence and "<" in line[:4] and bool(_BLOCK_TAG_LINE.match(line))
        if switches:
            if start > begin:
                yield is_html, begin, start
            begin, is_html = start, not is_html
            fence = "" if is_html else _open_fence(line, "")
        after_blank = not line.strip()
    if begin < len(text):
        yield is_html, begin, len(text)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        yield at, text[at:end]
        at = end


def _open_fence(line: str, fence: str) -> str:
    """The code fence that is open after a line, given the one before it; empty if none."""
    mark = line.lstrip(" ")[:3]
    if fence:
        return "" if mark == fence and not line.strip().strip(fence[0]) else fence
    return mark if mark in ("```", "~~~") else ""


def is_indented_prose(text: str) -> bool:
    """Whether an indented block is prose: Chinese paragraphs are indented, and code is not in Chinese letters."""
    letters = [char for char in text if char.isalpha()]
    return len(_CJK.findall("".join(letters))) * 2 > len(letters)


def is_hard_wrapped(paragraph: str) -> bool:
    """Whether an editor wrapped the lines of a paragraph, so that its line breaks are spaces.

    Then the first word of each line did not fit on the line before. Chinese has no words to test this by.
    """
    lines = paragraph.rstrip().split("\n")
    width = max(map(len, lines))
    if not _MIN_WIDTH <= width <= _MAX_WIDTH or sum(map(str.isascii, lines)) * 2 < len(lines):
        return False
    for line, following in pairwise(lines):
        words = following.split()
        if not words or len(line) < _MIN_WIDTH or len(line) + 1 + len(words[0]) <= width or "://" in words[0]:
            return False
    return len(lines) > 2 or lines[-1][:1].islower()
