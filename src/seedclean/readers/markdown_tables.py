"""Tables that the parser would misread: with pipes in their cells, and pandoc's, with blanks between the columns.

In cells with pipes it would cut code in two, and lose what stands beyond the last column.

GitHub's tables have no pipes in cells but `\\|`, and drop cells beyond those of the header
(https://github.github.com/gfm/#tables-extension-). Writers put them into code spans, and forget the backslash. pandoc's simple tables (https://pandoc.org/MANUAL.html#extension-simple_tables) have a head, a line of dashes
below each column, and rows: in the shadow, a pipe stands for the blank before each column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from seedclean.readers.markdown_paragraphs import Paragraph
from seedclean.readers.markdown_shadow import Edit, lettered

_DELIMITER_SIGNS = frozenset("|-: \t")
_PIPE = re.compile(r"\|")
_LEAST_ROWS = 3
"""A head, its dashes and a row."""
_DASHES = re.compile(r" {0,3}-{2,}(?: +-{2,})+ *")
_RUN = re.compile(r"-+")


def table_edits(paragraph: Paragraph) -> Iterator[Edit]:
    """The edits of one paragraph, with offsets in it."""
    if "|" not in paragraph.text:
        yield from _simple_table(paragraph)
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


def _simple_table(paragraph: Paragraph) -> Iterator[Edit]:
    """The edits of a table between blanks: nothing, unless all rows have a blank before each column."""
    text, lines = paragraph.text, list(paragraph.lines())
    if len(lines) < _LEAST_ROWS or not _DASHES.fullmatch(text, *lines[1]):
        return
    starts = [run.start() - lines[1][0] for run in _RUN.finditer(text, *lines[1])][1:]
    gaps = [_gaps(text[start:end], starts) for start, end in lines]
    for (start, _), row in zip(lines, gaps, strict=True) if all(gap is not None for gap in gaps) else ():
        yield from ((start + at, "|") for at in row or ())


def _gaps(line: str, starts: Sequence[int]) -> list[int] | None:
    """The offsets of the blanks before the columns that start at these screen columns; None where a letter is in the way."""
    places: dict[int, int] = {}
    column = 0
    for at, char in enumerate(line):
        column += 1 + (unicodedata.east_asian_width(char) in "WF")
        places[column] = at
    gaps = [places.get(start) for start in starts if start <= column]
    return None if any(at is None or line[at] != " " for at in gaps) else [at for at in gaps if at is not None]


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
