"""Data tables become one block with rows; layout tables dissolve into the blocks of their cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from seedclean.model.document import Block, Mark
from seedclean.readers import html_tags, listings
from seedclean.readers.room import TooManyBlocksError

_CELL_CHARS, _HEADED_CELL_CHARS = 500, 2000
"""A longer text in a cell is prose, so the table is a layout; one with header cells may explain itself at length."""
_CELL_KINDS = ("paragraph", "line", "item", "heading", "caption", "code", "image", "quote")
"""Kinds of blocks in the cells of a data table. A heading must be alone in its cell: it titles a part of the table."""
_MIN_HEADING_LEVEL = 3
"""Headings of levels 1 and 2 belong to a page, not to a part of a table."""
_MIN_ROWS, _MIN_CELLS, _MIN_BLOCKS = 2, 4, 3
"""The smallest grid with a header and data; pages use smaller ones to put blocks side by side."""
_WIDE_PERCENT, _HEADED_WIDE_PERCENT = 60, 40
"""Least share of rows with two or more cells; the other rows may span the table as titles of its parts."""
_CELL_BLOCKS, _HEADED_CELL_BLOCKS = 2, 6
"""Most blocks for each cell, over the whole table: lists and lines stand in cells with a header."""
_PICTURES_PERCENT = 34
"""Largest share of pictures among the blocks of a table without a header; a table of pictures is a gallery."""
_MAX_SPAN_DIGITS = 4
_FILLED_PLACES = 4
"""The places that cells span are filled up to so many times the number of cells: two spans of 1,000 make a million."""


class _Cell(NamedTuple):
    """`at`: index of its first block. `columns`, `rows`: how many it spans."""

    at: int
    columns: int
    rows: int


class _CellText(NamedTuple):
    text: str
    marks: list[Mark]


class OpenTables:
    """The tables that are being read, the innermost last. `_room`: how many cells may still come."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._sketches: list[_Sketch] = []

    def enter(self, tag: str, attrs: Mapping[str, str], at: int) -> None:
        """An element begins, whose first block will have index `at`."""
        if tag == "table":
            self._sketches.append(_Sketch(at, attrs, self._sketches[-1] if self._sketches else None))
        elif self._sketches and tag == "tr":
            self._sketches[-1].begin_row()
        elif self._sketches and tag in html_tags.CELL:
            self._room -= 1
            if self._room < 0:
                raise TooManyBlocksError
            self._sketches[-1].begin_cell(tag, attrs, at)

    def leave(self, tag: str, blocks: list[Block]) -> None:
        """An element ends, after these blocks; those of a table become one where it holds data."""
        if tag == "table":
            self._sketches.pop().merge(blocks)


class _Sketch:
    """The rows and cells of a table that is being read, as indices in the list of blocks."""

    def __init__(self, first: int, attrs: Mapping[str, str], outer: _Sketch | None) -> None:
        self._first = first
        self._has_inner_table = False
        self._is_in_infobox: bool = outer is not None and (outer._is_infobox or outer._is_in_infobox)
        if outer is not None:
            outer._has_inner_table = True
        self._is_layout = attrs.get("role") in ("presentation", "none")
        self._is_infobox: bool = "infobox" in attrs.get("class", "") and not self._is_in_infobox
        self._has_header = self._is_infobox
        self._rows: list[list[_Cell]] = []

    def begin_row(self) -> None:
        """A row begins."""
        self._rows.append([])

    def begin_cell(self, tag: str, attrs: Mapping[str, str], at: int) -> None:
        """A cell begins, whose first block will have index `at`."""
        if not self._rows:
            self._rows.append([])
        if tag == "th" and not self._rows[-1]:  # a forum's list of threads has `th` amid its rows
            self._has_header = True
        self._rows[-1].append(_Cell(at, _span(attrs, "colspan"), _span(attrs, "rowspan")))

    def merge(self, blocks: list[Block]) -> None:
        """Merge the blocks of this table, the last of `blocks`, into one if it holds data or is a listing of code."""
        if self._is_layout or (self._has_inner_table and not self._is_infobox) or len(blocks) < self._first + 2:
            return
        inner = blocks[self._first :]
        self._mark_numbering(blocks)
        listing = listings.joined(inner)
        if listing and sum(map(bool, self._rows)) >= len(inner) // 2:
            blocks[self._first :] = [listing]
            return
        captions = [] if self._is_infobox else [block for block in inner if block.kind == "caption"]
        captions = captions if inner[: len(captions)] == captions else []
        if self._holds_data(blocks, inner[len(captions) :]):
            blocks[self._first + len(captions) :] = [self._merged(blocks, inner[len(captions) :])]

    def _mark_numbering(self, blocks: list[Block]) -> None:
        for at in range(self._first, len(blocks) - 1):
            if blocks[at + 1].kind == "code" and listings.is_numbering(blocks[at]):
                blocks[at] = replace(blocks[at], hidden="gutter")

    def _holds_data(self, blocks: Sequence[Block], body: Sequence[Block]) -> bool:
        shown = [block for block in body if not block.hidden]
        if len(shown) < _MIN_BLOCKS:
            return False
        headed = self._has_header
        cells = sum(map(len, self._rows))
        if not self._is_grid(cells) or len(shown) > (_HEADED_CELL_BLOCKS if headed else _CELL_BLOCKS) * cells:
            return False
        kinds = (*_CELL_KINDS, "table") if self._is_infobox else _CELL_KINDS
        chars = _HEADED_CELL_CHARS if headed else _CELL_CHARS
        if any(block.kind not in kinds or len(block.text) > chars for block in shown):
            return False
        pictures = sum(block.kind == "image" for block in shown)
        if len(shown) - pictures < _MIN_BLOCKS - 1 or (not headed and pictures * 100 > _PICTURES_PERCENT * len(shown)):
            return False
        return self._headings_are_alone(blocks)

    def _is_grid(self, cells: int) -> bool:
        rows = [row for row in self._rows if row]
        wide = sum(len(row) >= 2 for row in rows)
        least = _HEADED_WIDE_PERCENT if self._has_header else _WIDE_PERCENT
        return len(rows) >= _MIN_ROWS and cells >= _MIN_CELLS and wide * 100 >= least * len(rows)

    def _headings_are_alone(self, blocks: Sequence[Block]) -> bool:
        """Whether each heading is low enough and the only block of its cell."""
        bounds = {cell.at for row in self._rows for cell in row} | {len(blocks)}
        return self._is_infobox or all(
            blocks[at].level >= _MIN_HEADING_LEVEL and at in bounds and at + 1 in bounds
            for at in range(self._first, len(blocks))
            if blocks[at].kind == "heading"
        )

    def _merged(self, blocks: Sequence[Block], body: Sequence[Block]) -> Block:
        rows, marks, size = [], [], 0
        captions = [_cell_text([block]) for block in body if self._is_infobox and block.kind == "caption"][:1]
        is_caption = bool(captions) and body[0].kind == "caption"
        for row in ([captions] if is_caption else []) + list(self._texts(blocks)):
            if not any(cell.text or cell.marks for cell in row):
                continue
            for cell in row:
                marks += [replace(mark, start=mark.start + size, end=mark.end + size) for mark in cell.marks]
                size += len(cell.text) + 1
            rows.append(tuple(cell.text for cell in row))
        text = "\n".join("\t".join(row) for row in rows)
        element = body[0].element
        return Block(
            "table", body[0].start, body[-1].end, text, rows=tuple(rows), marks=tuple(marks), element=element,
            hidden=body[0].hidden if all(block.hidden for block in body) else "",
        )  # fmt: skip

    def _texts(self, blocks: Sequence[Block]) -> Iterator[list[_CellText]]:
        """The text of each cell, by rows; empty where a cell to the left or above spans the place."""
        starts = [cell.at for row in self._rows for cell in row]
        ends = iter([*starts[1:], len(blocks)])
        empty = _CellText("", [])
        below: dict[int, int] = {}
        left = _FILLED_PLACES * len(starts)
        for row in self._rows:
            texts: list[_CellText] = []
            for cell in row:
                left = self._fill(texts, below, left)
                columns = min(cell.columns, left + 1)
                left -= columns - 1
                if cell.rows > 1:
                    below.update(dict.fromkeys(range(len(texts), len(texts) + columns), cell.rows - 1))
                texts += [_cell_text(blocks[cell.at : next(ends)]), *[empty] * (columns - 1)]
            left = self._fill(texts, below, left)
            yield texts

    def _fill(self, texts: list[_CellText], below: dict[int, int], left: int) -> int:
        """Add the places of a row that cells above it span, at most `left`; return how many are left."""
        while left and below.get(len(texts), 0):
            below[len(texts)] -= 1
            texts.append(_CellText("", []))
            left -= 1
        return left


def _span(attrs: Mapping[str, str], name: str) -> int:
    value = attrs.get(name, "").strip()
    return max(int(value), 1) if value.isascii() and value.isdigit() and len(value) <= _MAX_SPAN_DIGITS else 1


def _cell_text(blocks: Sequence[Block]) -> _CellText:
    """The text of a cell with the marks of its blocks; a picture in it is a mark. Links are left out: by them a table of
    terms looks like a menu.
    """
    text, marks = "", []
    for block in [block for block in blocks if not block.hidden] or [
        block for block in blocks if _titles_drawing(block)
    ]:
        if block.kind == "image":
            marks.append(Mark(len(text), len(text), "image", block.url or None))
            continue
        at = len(text) + bool(text)
        text = f"{text} {block.text}" if text else block.text
        marks += [
            replace(mark, start=mark.start + at, end=mark.end + at) for mark in block.marks if mark.type != "link"
        ]
    return _CellText(text.replace("\t", " ").replace("\n", " "), marks)


def _titles_drawing(block: Block) -> bool:
    """Whether a block is the title of a drawing, such as the sign for yes in a cell."""
    return block.element is not None and block.element.tag == "title"
