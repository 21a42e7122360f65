"""Which tables hold data, and become one block, and which only lay out a page, and dissolve into what they hold."""

from __future__ import annotations

from seedclean.model.document import Block

_CELL_CHARS = 500
"""A cell longer than this holds an article, not a datum."""
_PLAIN = ("paragraph", "line", "item", "heading")
"""What a cell of data can hold. A heading stands alone in its cell, where a table has parts."""
_PART_LEVEL = 3
"""Headings above this level are those of a page, not of a part of a table."""


class TableSketch:
    """What is known of a table while it is read: where its cells begin among the blocks."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.nested = False
        self._rows: list[list[int]] = []

    def row(self) -> None:
        """A row begins."""
        self._rows.append([])

    def cell(self, at: int) -> None:
        """A cell begins; its blocks will be those from `at` on."""
        if not self._rows:
            self._rows.append([])
        self._rows[-1].append(at)

    def settle(self, blocks: list[Block]) -> list[Block]:
        """The blocks, with those of this table made one where it holds data."""
        inner = blocks[self.first :]
        captions = [block for block in inner if block.kind == "caption"]
        cells = [at for row in self._rows for at in row]
        if self.nested or len(inner) - len(captions) < 3 or not self._is_grid(len(cells)):
            return blocks
        body = inner[len(captions) :]
        if any(block.kind not in _PLAIN or len(block.text) > _CELL_CHARS for block in body):
            return blocks
        if any(block.kind == "caption" for block in body) or len(body) > 2 * len(cells):
            return blocks
        if not self._has_parts_alone(blocks):
            return blocks
        rows = tuple(row for row in self._texts(blocks) if any(row))
        text = "\n".join("\t".join(row) for row in rows)
        table = Block("table", body[0].start, body[-1].end, text, rows=rows, element=body[0].element)
        return [*blocks[: self.first], *captions, table]

    def _has_parts_alone(self, blocks: list[Block]) -> bool:
        """Whether each heading is that of a part of the table, alone in its cell."""
        bounds = {start for row in self._rows for start in row} | {len(blocks)}
        return all(
            blocks[at].level >= _PART_LEVEL and at in bounds and at + 1 in bounds
            for at in range(self.first, len(blocks))
            if blocks[at].kind == "heading"
        )

    def _is_grid(self, cells: int) -> bool:
        rows = [row for row in self._rows if row]
        wide = sum(len(row) >= 2 for row in rows)
        return len(rows) >= 2 and cells >= 4 and wide * 10 >= len(rows) * 6

    def _texts(self, blocks: list[Block]) -> list[tuple[str, ...]]:
        starts = [at for row in self._rows for at in row] + [len(blocks)]
        texts, position = [], 0
        for row in self._rows:
            line = []
            for at in row:
                position += 1
                line.append(" ".join(block.text for block in blocks[at : starts[position]]))
            texts.append(tuple(line))
        return texts
