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

from seedclean.readers.markdown_paragraphs import Paragraph, paragraph
from seedclean.readers.markdown_shadow import Edit, lettered

_DELIMITER_SIGNS = frozenset("|-: \t")
_PIPE = re.compile(r"\|")
_LEAST_ROWS = 3
"""A head, its dashes and a row."""
_DASHES = re.compile(r" {0,3}-{2,}(?: +-{2,})+ *")
_RUN = re.compile(r"-+")


def table_edits(whole: Paragraph, cut: Sequence[Paragraph]) -> Iterator[Edit]:
    """The edits of one paragraph, which is cut into `rows`, with offsets in it."""
    if "|" not in whole.text:
        yield from _simple_table(whole)
        return
    columns = 0
    before: Paragraph | None = None
    for row in cut:
        offset = row.start - whole.start
        edits: list[Edit] = []
        if columns:
            edits = list(_row_edits(row, columns))
        elif before is not None and _is_delimiter_row(row.text):
            columns = len(_separators(row.text)) + 1
            offset = before.start - whole.start
            edits = list(_code_pipes(before))
        yield from ((offset + at, stand_ins) for at, stand_ins in edits)
        before = row


def rows(whole: Paragraph) -> list[Paragraph]:
    """The rows of a table, and the text above it: no code span and no emphasis goes on from a row to the next. The
    paragraph alone if it is no table."""
    lines = list(whole.lines()) if "|" in whole.text and "-" in whole.text else []
    for at in range(1, len(lines)):
        start, end = lines[at]
        if not _is_delimiter_row(whole.text[start:end]):
            continue
        low, high = lines[at - 1]
        head = paragraph(whole.text[low:high], whole.start + low)
        if len(_separators(head.masked)) == len(_separators(whole.text[start:end])):
            below = [paragraph(whole.text[low:high], whole.start + low) for low, high in lines[at:]]
            cut = [head, *below]
            above = whole.text[: lines[at - 1][0]].rstrip("\n")
            return [paragraph(above, whole.start), *cut] if above else cut
    return [whole]


def _simple_table(whole: Paragraph) -> Iterator[Edit]:
    """The edits of a table between blanks: nothing, unless all rows have a blank before each column."""
    text, lines = whole.text, list(whole.lines())
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


def _row_edits(row: Paragraph, columns: int) -> Iterator[Edit]:
    yield from _code_pipes(row)
    for at in _separators(row.masked)[columns - 1 :]:
        yield lettered(at, at + 1)


def _code_pipes(row: Paragraph) -> Iterator[Edit]:
    """Pipes in opaque text, such as a code span."""
    for match in _PIPE.finditer(row.text):
        at = match.start()
        if row.masked[at] != "|" and (at == 0 or row.text[at - 1] != "\\"):
            yield lettered(at, at + 1)


def _separators(line: str) -> list[int]:
    """The offsets of the pipes between the cells of a row."""
    first = len(line) - len(line.lstrip())
    last = len(line.rstrip()) - 1
    return [at for at in (match.start() for match in _PIPE.finditer(line)) if first < at < last]
