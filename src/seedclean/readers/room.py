"""How many blocks a document may give: memory follows their number, and a document of a few bytes a block is no text."""

from __future__ import annotations

from collections.abc import Sequence

from seedclean.model import limits
from seedclean.model.document import Block

_FEW = 1_000
"""Marks of fewer blocks are not counted: the bound of reading is enough."""


class TooManyBlocksError(Exception):
    """More blocks, marks or cells than a document of its size may have; `read` says in which document."""


def room(size: int) -> int:
    """How many blocks a document of so many bytes may have."""
    return max(limits.BLOCKS, size // limits.BLOCK_BYTES)


def read_room(size: int) -> int:
    """How many blocks and marks, and how many cells of tables, may come of a document of so many bytes while it is read."""
    return max(limits.READ_BLOCKS, size // limits.READ_BLOCK_BYTES)


def is_crowded(blocks: Sequence[Block], size: int) -> bool:
    """Whether these are too many blocks for a document of so many bytes, with their marks."""
    if len(blocks) <= _FEW:
        return False
    return len(blocks) + sum([len(block.marks) for block in blocks]) // 2 > room(size)


def line_room(size: int) -> int:
    """How many lines a bare text of so many bytes may have."""
    return max(limits.LINES, size // limits.LINE_BYTES)


def sign_room(size: int) -> int:
    """How many signs that may be markup a region of Markdown of so many bytes may have."""
    return max(limits.MARKDOWN_SIGNS, size // limits.MARKDOWN_SIGN_BYTES)
