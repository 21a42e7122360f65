"""Tables of Markdown whose cells hold pipes: the parser would cut code in two, and lose what stands beyond the last column.

GitHub's tables have no pipes in cells but `\\|`, and drop cells beyond those of the header
(https://github.github.com/gfm/#tables-extension-). Writers put them into code spans, and forget the backslash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from seedclean.readers.markdown_paragraphs import Paragraph
from seedclean.readers.markdown_shadow import Edit, lettered

_DELIMITER_SIGNS = frozenset("|-: \t")
_PIPE = re.compile(r"\|")


def table_edits(paragraph: Paragraph) -> Iterator[Edit]:
    """The edits of one paragraph, with offsets in it."""
    if "|" not in paragraph.text:
        return
    columns = 0
    before: tuple[int, int] | None = None
    for start, end in paragraph.lines():
        if columns:
            yield from _row_edits(paragraph, start, end, columns)
        elif before is not None and _is_delimiter_row(paragraph.text[start:end]):
            count = len(_separators(paragraph.text, start, end)) + 1
            if count == len(_separators(paragraph.masked, *before)) + 1:
                columns = count
                yield from _code_pipes(paragraph, *before)
        before = start, end


def _is_delimiter_row(line: str) -> bool:
    return "-" in line and "|" in line and set(line) <= _DELIMITER_SIGNS


def _row_edits(paragraph: Paragraph, start: int, end: int, columns: int) -> Iterator[Edit]:
    yield from _code_pipes(paragraph, start, end)
    for at in _separators(paragraph.masked, start, end)[columns - 1 :]:
        yield lettered(at, at + 1)


def _code_pipes(paragraph: Paragraph, start: int, end: int) -> Iterator[Edit]:
    """Pipes in opaque text, such as a code span."""
    for found in _PIPE.finditer(paragraph.text, start, end):
        at = found.start()
        if paragraph.masked[at] != "|" and not paragraph.text.startswith("\\", at - 1):
            yield lettered(at, at + 1)


def _separators(text: str, start: int, end: int) -> list[int]:
    """The offsets of the pipes between the cells of a row."""
    line = text[start:end]
    first = start + len(line) - len(line.lstrip())
    last = start + len(line.rstrip()) - 1
    return [at for at in (found.start() for found in _PIPE.finditer(text, start, end)) if first < at < last]
