"""Admonitions of Python-Markdown, MkDocs and Material: a line `!!! note "Title"` and the indented lines below it.

CommonMark takes what is indented behind an empty line for code. In the shadow they are quotations, as callouts are: `>` stands
for the first blank of each line. Source: https://python-markdown.github.io/extensions/admonition/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedclean.readers.markdown_fences import open_fence
from seedclean.readers.markdown_shadow import DROPPED, Edit

_HEAD = re.compile(
    r"(?:!!!|\?\?\?\+?)[ \t]+[A-Za-z][\w -]{0,60}?(?:[ \t]+\"(?P<title>[^\"\n]{0,300})\")?[ \t]*\n", re.A
)
_INDENT = "    "


def admonition_edits(text: str) -> Iterator[Edit]:
    """The edits of a region: the marks of a head, and the indent of its lines."""
    at, fence = 0, ""
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        fence = open_fence(text[at:end], fence)
        match = None if fence else _HEAD.match(text, at)
        if match:
            below = list(_body(text, end))
            if below:
                yield at, _quoted(match, at, end)
                yield from ((start, ">") for start in below)
                end = text.find("\n", below[-1]) + 1 or len(text)
        at = end


def _quoted(head: re.Match[str], at: int, end: int) -> str:
    """The head as a line of a quotation that says the title, or as an empty line."""
    if not head["title"]:
        return " " * (end - at - 1)
    start, stop = head.span("title")
    return "> " + DROPPED * (start - at - 2) + head["title"] + DROPPED * (end - 1 - stop)


def _body(text: str, at: int) -> Iterator[int]:
    """The starts of the indented lines from an offset on, with empty lines between them."""
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        line = text[at:end]
        if line.strip():
            if not line.startswith(_INDENT):
                return
            yield at
        at = end
