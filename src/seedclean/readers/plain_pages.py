"""Prose that a page shows in one `pre`: mail archives, standards, text files that a browser shows. It is no listing.

Its lines were wrapped, so that they make paragraphs as those of a text do.
"""

from __future__ import annotations

import html
import re
from itertools import pairwise

from seedclean.readers.room import line_room
from seedclean.readers.wrapping import is_hard_wrapped, is_wide, margins, paragraphs

_TAG = re.compile(r"<[^<>]*>")
_OTHER_TAG = re.compile(r"<(?!/?(?:a|b|i|u|em|strong|font|br|hr|h[1-6])[\s/>])[/a-z]", re.I | re.A)
"""A tag that does not stand in plain text with links: a highlighter's `span`, a `code`."""
_CODE_ENDS = ("{", "}", ");", "):", "*/", "/>", "\\")
"""How lines end in code, and none of prose."""
_CODE_SIGNS = frozenset("{}<>=|$\\`;_")
_SIGN_SHARE = 60
"""Prose has at most one sign of code in so many characters."""
_ENDS = (".", "!", "?", ":", ",", '"', ")", "\u201d", "\u3002", "\uff01", "\uff1f", "\uff1a")
_MIN_WORDS, _MIN_WIDE = 8, 15
"""The length of a passage that is told from a line of a table or of a program."""
_MIN_CHARS = 200
"""A `pre` with less prose is a remark, an address or a poem, whose lines are as the author broke them."""


class PlainText:
    """The line feeds of a `pre` of prose that end something: `line_ends` a line, `paragraph_ends` a paragraph.

    All are offsets in the source. The others are blanks.
    """

    def __init__(self, line_ends: frozenset[int], paragraph_ends: frozenset[int]) -> None:
        self.line_ends = line_ends
        self.paragraph_ends = paragraph_ends


def plain_text(markup: str, base: int) -> PlainText | None:
    """The line feeds in the content of a `pre`, which begins at `base`; None if it is a listing or has line breaks to keep."""
    if len(markup) < _MIN_CHARS or _OTHER_TAG.search(markup) or markup.count("\n") > line_room(len(markup)):
        return None
    lines = _TAG.sub(_filler, markup).split("\n")
    shown = [html.unescape(line.replace("\0", "")).rstrip() for line in lines]
    if any(line.endswith(_CODE_ENDS) for line in shown):
        return None
    groups = _groups(shown)
    prose = sum([_size(shown, group) for group in groups if _is_prose([shown[at] for at in group])])
    if prose < _MIN_CHARS or prose * 3 < 2 * sum([_size(shown, group) for group in groups]):
        return None
    starts = [base]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    wraps = margins([[shown[at] for at in group] for group in groups])
    line_ends: set[int] = set()
    for group in groups:
        begins = set(paragraphs([shown[at] for at in group], wraps))
        line_ends.update(
            starts[at + 1] - 1 for number, at in enumerate(group) if number + 1 in begins or _is_quoted(shown, at + 1)
        )
    ends = frozenset(starts[group[-1] + 1] - 1 for group in groups)
    return PlainText(frozenset(line_ends) - ends, ends)


def _filler(match: re.Match[str]) -> str:
    return "\0" * len(match[0])


def _is_quoted(lines: list[str], at: int) -> bool:
    return at < len(lines) and lines[at].startswith(">")


def _groups(lines: list[str]) -> list[list[int]]:
    """The indices of the lines of each run without an empty line, where what a mail quotes is a run of its own."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    groups = [filled[:1]]
    for before, at in pairwise(filled):
        if at > before + 1 or _is_quoted(lines, at) != _is_quoted(lines, before):
            groups.append([])
        groups[-1].append(at)
    return groups if filled else []


def _size(lines: list[str], group: list[int]) -> int:
    return sum([len(lines[at].strip()) for at in group])


def _is_prose(lines: list[str]) -> bool:
    """Whether a run of lines is a passage of prose, wrapped or in one line; one that a mail quotes is."""
    bare = [line.lstrip("> \t") for line in lines]
    text = " ".join(bare)
    if sum(map(_CODE_SIGNS.__contains__, text)) * _SIGN_SHARE > len(text):
        return False
    if is_wide(text):
        return len(text) >= _MIN_WIDE
    is_passage = len(text.split()) >= _MIN_WORDS and text.endswith(_ENDS)
    return is_passage and (len(lines) == 1 or is_hard_wrapped("\n".join(bare)))
