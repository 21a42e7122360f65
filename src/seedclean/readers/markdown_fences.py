"""Code blocks of Markdown that are none: fences that never close, and prose in fences or behind an indent."""

from __future__ import annotations

import re
from bisect import bisect_right

from seedclean.values.scripts import HAN, HANGUL, KANA

_FENCE_LINE = re.compile(r"^ *(?:`{3,}|~{3,})[^\n]*$", re.M)
_FENCE = re.compile(r"(`{3,}|~{3,})([^\n]*)")
_CJK = re.compile(f"[{HAN}{KANA}{HANGUL}]")
_CODE_SIGNS = re.compile(r"[{}<>=|$\\@`]|[^\s:]:\d|\w\(")
_COMMENT_SIGNS = ("#", "//", "--", "*", ";", "%", "/*", "<!--", ">", "$", "'", '"')
"""How lines of code and of sessions begin that may hold a sentence."""
_STRUCTURE = re.compile(r"^[ \t]|[\u2500-\u259f]|[{};][ \t]*$", re.M)
"""Indents, box drawing and ends of statements: the lines of a listing or a tree of files."""
_SENTENCE_ENDS = (".", "!", "?", ".”", '."', "。", "！", "？", "。”", "！”", "？”")
_MIN_WORDS, _MIN_CJK = 8, 15
"""The length of a sentence that is told from a message of a program."""


def open_fence(line: str, fence: str) -> str:
    """The code fence that is open after a line, given the one before it; empty if none."""
    match = _FENCE.match(line.lstrip(" ")) if "```" in line or "~~~" in line else None
    if not match:
        return fence
    mark, info = match[1], match[2]
    if not fence:
        return "" if mark[0] == "`" and "`" in info else mark
    return "" if _closes(mark, info, fence) else fence


def _closes(mark: str, info: str, fence: str) -> bool:
    return mark[0] == fence[0] and len(mark) >= len(fence) and not info.strip()


class Fences:
    """The lines of a text that may be code fences."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [match.span() for match in _FENCE_LINE.finditer(text)]
        self._starts = [start for start, _ in self._lines]

    def swallowed(self, start: int, fence: str) -> int:
        """Where prose begins that the fence opened by the line at `start` swallows; -1 if it swallows none.

        A fence swallows what follows if it never closes, or if another fence with the name of a language opens before it
        closes.
        """
        text = self._text
        for at in range(bisect_right(self._starts, start), len(self._lines)):
            line_start, line_end = self._lines[at]
            match = _FENCE.match(text[line_start:line_end].lstrip(" "))
            if match and _closes(match[1], match[2], fence):
                return -1
            if match and match[1] == fence and match[2].strip() and "`" not in match[2]:
                return self._prose(start, line_start)
        return self._prose(start, len(text))

    def _prose(self, start: int, end: int) -> int:
        """The start of the first line of prose below an empty line in [start, end); -1 if there is none."""
        at = start
        after_blank = False
        while at < end:
            line_end = self._text.find("\n", at) + 1 or len(self._text)
            line = self._text[at:line_end]
            if after_blank and _is_prose_line(line.rstrip()):
                return at
            after_blank = line.isspace()
            at = line_end
        return -1


def _is_prose_line(line: str) -> bool:
    """Whether a line is a sentence or a picture, and not code or what a program says."""
    if line.startswith("!["):
        return True
    if not line.endswith(_SENTENCE_ENDS) or line.startswith((" ", "\t", *_COMMENT_SIGNS)) or _CODE_SIGNS.search(line):
        return False
    if _is_cjk(line):
        return len(line) >= _MIN_CJK
    return line[0].isupper() and len(line.split()) >= _MIN_WORDS and "  " not in line


def is_indented_prose(text: str) -> bool:
    """Whether an indented block is prose: Chinese paragraphs are indented, and code is not in Chinese letters; html2text indents
    definitions, which are sentences."""
    passages = [" ".join(passage.split()) for passage in text.split("\n\n")]
    return _is_cjk(text) or all(_is_prose_line(passage) for passage in passages if passage)


def is_fenced_prose(text: str, info: str) -> bool:
    """Whether a fenced block without the name of a language is prose in Chinese letters, with the lines of a page around it."""
    return not info.strip() and _is_cjk(text) and not _STRUCTURE.search(text)


def _is_cjk(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(_CJK.findall("".join(letters))) * 2 > len(letters)
