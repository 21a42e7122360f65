"""A table of saved links in CSV to blocks: an item for each link, with its title; a passage selected from it is a quotation.

The cells of a row that are no text for a reader, such as the time of saving, are a line of their own behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from seedclean.model.document import Block, Mark
from seedclean.sources.link_tables import columns

_LINK = ("title", "url")
"""The first two columns, in either order."""
_PASSAGE = "selection"
_SEPARATOR = re.compile(r"[,\n]")


class _Cell(NamedTuple):
    """A cell at [start, end) of the text, quotes included, and its value."""

    start: int
    end: int
    value: str


def read_saved_links(text: str, base: int = 0) -> list[Block] | None:
    """The rows of a table of saved links at offset `base` of the source; None if the text is no such table."""
    names = columns(text)
    if not names:
        return None
    rows = _rows(text)
    head = next(rows)
    blocks = [_block("paragraph", text, head, base)]
    for row in rows:
        blocks += _row(text, names, row, base)
    return blocks


def _row(text: str, names: Sequence[str], row: Sequence[_Cell], base: int) -> Iterator[Block]:
    cells = dict(zip(names, row, strict=False))
    if len(row) < len(_LINK):
        yield _block("paragraph", text, row, base)
        return
    title, url = (" ".join(cells[name].value.split()) for name in _LINK)
    title = title or url
    start, end = row[0].start, row[len(_LINK) - 1].end
    marks = (Mark(0, len(title), "link", url),) if url else ()
    yield Block("item", base + start, base + end, title, depth=1, marks=marks)
    rest = [cell for cell in row[len(_LINK) :] if cell.value]
    if rest and rest[0] is cells.get(_PASSAGE):
        passage = rest.pop(0)
        yield Block("quote", base + passage.start, base + passage.end, " ".join(passage.value.split()))
    if rest:
        yield _block("line", text, rest, base)


def _block(kind: str, text: str, cells: Sequence[_Cell], base: int) -> Block:
    """Some cells as they are written."""
    start, end = cells[0].start, cells[-1].end
    return Block(kind, base + start, base + end, text[start:end].strip())


def _rows(text: str) -> Iterator[list[_Cell]]:
    """The rows of a CSV by RFC 4180, empty lines left out."""
    at = 0
    while at < len(text):
        row = []
        while True:
            cell = _cell(text, at)
            row.append(cell)
            at = cell.end + 1
            if not text.startswith(",", cell.end):
                break
        if len(row) > 1 or row[0].value.strip():
            yield row


def _cell(text: str, start: int) -> _Cell:
    """The cell that begins at an offset. What stands between the closing quote and the comma belongs to it."""
    at, value = start, ""
    if text.startswith('"', start):
        at += 1
        while (quote := text.find('"', at)) >= 0 and text.startswith('"', quote + 1):
            value += text[at : quote + 1]
            at = quote + 2
        quote = len(text) if quote < 0 else quote
        value += text[at:quote]
        at = quote + 1
    separator = _SEPARATOR.search(text, at)
    end = separator.start() if separator else len(text)
    return _Cell(start, end, value + text[at:end].strip())
