"""Data tables become one block; layout tables dissolve into the blocks of their cells."""

from __future__ import annotations

from seedclean.model.document import Block

_CELL_CHARS = 500
"""A longer text in a cell is prose, so the table is a layout."""
_CELL_KINDS = ("paragraph", "line", "item", "heading")
"""Kinds of blocks in the cells of a data table. A heading must be alone in its cell: it titles a part of the table."""
_MIN_HEADING_LEVEL = 3
"""Headings of levels 1 and 2 belong to a page, not to a part of a table."""
_MIN_ROWS, _MIN_CELLS, _MIN_BLOCKS = 2, 4, 3
"""The smallest grid with a header and data; pages use smaller ones to put blocks side by side."""
_WIDE_PERCENT = 60
"""Least share of rows with two or more cells; the other rows may span the table as titles of its parts."""


class TableSketch:
    """The rows and cells of a table that is being read, as indices in the list of blocks."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.has_inner_table = False
        self._rows: list[list[int]] = []

    def begin_row(self) -> None:
        """A row begins."""
        self._rows.append([])

    def begin_cell(self, at: int) -> None:
        """A cell begins, whose first block will have index `at`."""
        if not self._rows:
            self._rows.append([])
        self._rows[-1].append(at)

    def merge(self, blocks: list[Block]) -> None:
        """Merge the blocks of this table, the last ones of the list, into one if it holds data."""
        if self.has_inner_table:
            return
        inner = blocks[self.first :]
        captions = [block for block in inner if block.kind == "caption"]
        body = inner[len(captions) :]
        if len(body) < _MIN_BLOCKS or not self._is_grid():
            return
        if any(block.kind not in _CELL_KINDS or len(block.text) > _CELL_CHARS for block in body):
            return
        if len(body) > 2 * sum(map(len, self._rows)) or not self._headings_are_alone(blocks):
            return
        rows = tuple(row for row in self._texts(blocks) if any(row))
        text = "\n".join("\t".join(row) for row in rows)
        table = Block("table", body[0].start, body[-1].end, text, rows=rows, element=body[0].element)
        blocks[self.first :] = [*captions, table]

    def _is_grid(self) -> bool:
        rows = [row for row in self._rows if row]
        wide = sum(len(row) >= 2 for row in rows)
        return len(rows) >= _MIN_ROWS and sum(map(len, rows)) >= _MIN_CELLS and wide * 100 >= _WIDE_PERCENT * len(rows)

    def _headings_are_alone(self, blocks: list[Block]) -> bool:
        """Whether each heading is low enough and the only block of its cell."""
        bounds = {start for row in self._rows for start in row} | {len(blocks)}
        return all(
            blocks[at].level >= _MIN_HEADING_LEVEL and at in bounds and at + 1 in bounds
            for at in range(self.first, len(blocks))
            if blocks[at].kind == "heading"
        )

    def _texts(self, blocks: list[Block]) -> list[tuple[str, ...]]:
        """The text of each cell, by rows."""
        starts = [at for row in self._rows for at in row]
        ends = iter([*starts[1:], len(blocks)])
        return [
            tuple(" ".join(block.text for block in blocks[start : next(ends)]) for start in row) for row in self._rows
        ]
