"""Lines that an editor or a printer wrapped, and the paragraphs that they make."""

from __future__ import annotations

from itertools import pairwise

_MIN_WIDTH, _MAX_WIDTH = 50, 132
"""Line widths that editors wrap at, from a narrow mail to a wide terminal; authors break shorter lines on purpose."""


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
