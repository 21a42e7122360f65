"""Lines that an editor, a browser of text or a printed page wrapped, and the paragraphs that they make."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from seedclean.values.scripts import HAN, KANA
from seedclean.values.text import beyond_ascii

_MIN_WIDTH, _MAX_WIDTH = 50, 132
"""Line widths that editors wrap at, from a narrow mail to a wide terminal; authors break shorter lines on purpose."""
_MIN_LINES = 3
"""So many full lines in a row are no chance."""
_FULL_PERCENT = 75
"""Least share of full lines in a run of paragraphs without empty lines between them; a list or a poem has fewer."""
_WIDE = re.compile(f"[{HAN}{KANA}\u3000-\u303f\uff01-\uff60]+")
"""Characters of two columns that stand without blanks. Hangul has blanks between words."""
_SENTENCE_ENDS = ("。", "！", "？", "；", "：", ".", "!", "?")
_HYPHENS = ("-", "\u2010", "\u00ad")
_BROKEN = re.compile(r"[-\u2010\u00ad]\n[ \t]*(?=\w)")
"""The place of the second half of a word that is broken over two lines."""
_LINK = "]("
"""In Markdown, between the label of a link and its address."""
_AUTOLINK = ("<http:", "<https:")
_WIDE_SLACK = 2
_WORD = re.compile(r"\w+(?:-\w+)*")


def is_hard_wrapped(paragraph: str) -> bool:
    """Whether an editor wrapped the lines of a paragraph, so that its line breaks are spaces.

    Then the first word of each line did not fit on the line before. Chinese has no words to test this by.
    """
    lines = paragraph.rstrip().split("\n")
    width = max(map(len, lines))
    if not _MIN_WIDTH <= width <= _MAX_WIDTH or is_wide("".join(lines)):
        return False
    if not all(len(line) >= _MIN_WIDTH and _overflows(line, following, width) for line, following in pairwise(lines)):
        return False
    return len(lines) >= _MIN_LINES or lines[-1][:1].islower()


def is_wrapped_at(paragraph: str, margin: int) -> bool:
    """Whether the lines of a paragraph of Markdown were wrapped at the margin that other paragraphs show.

    A link is one word where its label has no blank, so a line before it may be short. A line break that the markup asks for
    says nothing.
    """
    lines = paragraph.rstrip().split("\n")
    if not margin or is_wide("".join(lines)) or any(len(line) > margin and " " in line.strip() for line in lines):
        return False
    pairs = [(line, after) for line, after in pairwise(lines) if not line.endswith(("  ", "\\"))]
    return all(
        len(line) + len(_link_at_head(after)) >= margin
        if _link_at_head(after)
        else len(line) >= _MIN_WIDTH and _overflows(line, after, margin)
        for line, after in pairs
    )


def _link_at_head(line: str) -> str:
    """The first word of a line, where the address of a link is part of it; else an empty text."""
    word = line.split(maxsplit=1)[0]
    return word if _LINK in word or word.startswith(_AUTOLINK) else ""


def is_wide(text: str) -> bool:
    """Whether a text is in a script without blanks between words."""
    return not text.isascii() and sum(map(len, _WIDE.findall(beyond_ascii(text)))) * 3 > len(text)


class Margins(NamedTuple):
    """The widths that the lines of a text are wrapped at, in columns; 0 for what is not wrapped.

    `words`: that of lines with blanks between words. `wide`: that of Chinese and Japanese ones.
    """

    words: int
    wide: int


def margins(groups: Sequence[Sequence[str]]) -> Margins:
    """The margins of a text, given its runs of lines."""
    words, wide = [], []
    for lines in groups:
        if len(lines) < _MIN_LINES:
            continue
        if is_wide("".join(lines)):
            if _wide_paragraphs(lines, 0):
                wide.append(max(map(_columns, lines)))
        elif is_hard_wrapped("\n".join(lines)):
            words.append(max(map(len, lines)))
    return Margins(max(words, default=0), max(wide, default=0))


def paragraphs(lines: Sequence[str], margins: Margins) -> list[int]:
    """Where the paragraphs of a run of lines begin, as indices of lines; all of them if the lines are not wrapped."""
    every = list(range(len(lines)))
    if len(lines) < 2:
        return every
    if is_wide("".join(lines)):
        return _wide_paragraphs(lines, margins.wide) or every
    own = max(map(len, lines))
    if is_hard_wrapped("\n".join(lines)) or (own <= margins.words and _all_overflow(lines, margins.words)):
        return [0]
    starts = [0, *(at + 1 for at, (line, after) in enumerate(pairwise(lines)) if not _overflows(line, after, own))]
    return starts if _is_wrapped(len(lines), len(starts), own) else every


def _all_overflow(lines: Sequence[str], width: int) -> bool:
    return all(len(line) >= _MIN_WIDTH and _overflows(line, following, width) for line, following in pairwise(lines))


def _overflows(line: str, following: str, width: int) -> bool:
    """Whether the first word of a line did not fit on the line before."""
    word = following.split(maxsplit=1)[:1]
    if not word or "://" in word[0]:
        return False
    # of a hyphenated word only the rest is here
    return len(line) + 1 + len(word[0]) > width or (line.endswith(_HYPHENS) and len(line) + _MIN_LINES >= width)


def _is_wrapped(lines: int, starts: int, width: int) -> bool:
    """Whether enough of the line breaks are between words that did not fit."""
    full = lines - starts
    return _MIN_WIDTH <= width <= _MAX_WIDTH and full >= _MIN_LINES + 1 and full * 100 >= _FULL_PERCENT * (lines - 1)


def _wide_paragraphs(lines: Sequence[str], margin: int) -> list[int]:
    """The starts of paragraphs in lines of Chinese or Japanese; empty if they are not wrapped.

    Full lines end within one character of the margin, which a sign that may not begin a line leaves open; and they end
    within sentences. `margin` is that of the whole text, or 0.
    """
    if max(map(len, lines)) > _MAX_WIDTH:
        return []
    columns = list(map(_columns, lines))
    width = max(columns)
    if margin and width <= margin and min(columns[:-1]) >= margin - _WIDE_SLACK:
        return [0]
    full = [size >= width - _WIDE_SLACK for size in columns[:-1]]
    ended = sum([line.endswith(_SENTENCE_ENDS) for line, is_full in zip(lines, full, strict=False) if is_full])
    if ended * 2 > sum(full):
        return []
    starts = [0, *(at + 1 for at, is_full in enumerate(full) if not is_full)]
    if not ended and sum(full) == len(lines) - 1 == _MIN_LINES and _MIN_WIDTH <= width <= _MAX_WIDTH:
        return starts
    return starts if _is_wrapped(len(lines), len(starts), width) else []


def _columns(line: str) -> int:
    return len(line) + sum(map("WF".__contains__, map(unicodedata.east_asian_width, line)))


def words_of(text: str) -> frozenset[str]:
    """The words of a text in lower case, compounds with their hyphens: what a hyphen at the end of a line is judged by."""
    broken = {match.end() for match in _BROKEN.finditer(text)}
    return frozenset(match[0].lower() for match in _WORD.finditer(text) if match.start() not in broken)


def joined(lines: Sequence[str], words: frozenset[str]) -> str:
    """The text of a paragraph whose lines were wrapped."""
    return "".join(_pieces(lines, words))


def _pieces(lines: Sequence[str], words: frozenset[str]) -> Iterator[str]:
    for line, following in pairwise(lines):
        if line.endswith(_HYPHENS) and line[-2:-1].isalpha() and following[:1].islower():
            yield line if _keeps_hyphen(line, following, words) else line[:-1]
        elif _WIDE.match(line[-1:]) or _WIDE.match(following[:1]):
            yield line
        else:
            yield f"{line} "
    yield lines[-1]


def _keeps_hyphen(line: str, following: str, words: frozenset[str]) -> bool:
    """Whether the hyphen at the end of a line is part of a compound: the document has the compound elsewhere, or its second
    half as a word of its own and not the two halves as one word."""
    if line.endswith("\u00ad"):
        return False
    head, tail = _WORD.findall(line)[-1].lower(), _WORD.findall(following)[0].lower()
    if head + tail in words:
        return False
    return f"{head}-{tail}" in words or tail in words
