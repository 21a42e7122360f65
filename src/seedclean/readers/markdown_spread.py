"""Emphasis that a converter opened in one paragraph and closed in a later one, where no mark of CommonMark reaches.

A page has `<strong>` around line breaks, or around paragraphs; turndown, html2text and others write its marks at the two ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from seedclean.readers.markdown_paragraphs import Paragraph
from seedclean.readers.markdown_shadow import Edit, dropped

_HEAD = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<mark>\*\*_|_\*\*|\*\*\*|\*\*|__|_)(?=[^\s*_])")
_TAIL = re.compile(r"(?:(?<=[^\s*_\\])|(?<=\n))(?P<mark>_\*\*|\*\*_|\*\*\*|\*\*|__|_)\s*\Z")
_SEAM = re.compile(r"_\*{4}_")
"""Where one emphasis ends and the next begins, with nothing between."""
_MAX_PARAGRAPHS = 20
"""Emphasis over more paragraphs is none: the two marks have nothing to do with each other."""


def spread_edits(paragraphs: Sequence[Paragraph]) -> Iterator[Edit]:
    """The edits of the paragraphs of a region, with offsets in it."""
    opening: tuple[int, re.Match[str]] | None = None
    for number, one in enumerate(paragraphs):
        masked = one.masked
        if masked.startswith("#"):
            opening = None
        if "**" not in masked and "_" not in masked:
            continue
        for seam in _SEAM.finditer(masked):
            yield dropped(one.start + seam.start(), one.start + seam.end())
        masked = _SEAM.sub("\0\0\0\0\0\0", masked) if _SEAM.search(masked) else masked
        head, tail = _lone(_HEAD.match(masked), masked), _lone(_TAIL.search(masked, max(0, len(masked) - 8)), masked)
        if opening is not None:
            before, mark = opening
            is_near = number - before <= _MAX_PARAGRAPHS
            closing = tail if tail is not None and head is None else head if number == before + 1 else None
            if is_near and closing is not None and closing["mark"] == mark["mark"][::-1]:
                start = paragraphs[before].start
                yield dropped(start + mark.start("mark"), start + mark.end("mark"))
                yield dropped(one.start + closing.start("mark"), one.start + closing.end("mark"))
                opening = None
                continue
        if head is not None:
            opening = (number, head)


def _lone(match: re.Match[str] | None, masked: str) -> re.Match[str] | None:
    """A mark at an end of a paragraph that has no other like it."""
    if match is None:
        return None
    sign = "**" if "**" in match["mark"] else match["mark"]
    return match if masked.count(sign) == 1 else None
