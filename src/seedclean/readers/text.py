"""Plain text to blocks: one block for each line, a `paragraph` after an empty line and a `line` after another line."""

from __future__ import annotations

import re

from seedclean.model.document import Block

_BULLET = re.compile(r"(?:[•●▪◦‣·∙■□◆◇★☆►▶]|[-*])[ \t\u3000\xa0]+(?=\S)")


def read_text(text: str, base: int = 0) -> list[Block]:
    """The lines of a text at offset `base` of the source. A line with a bullet is an item, whose text omits the bullet."""
    blocks: list[Block] = []
    at = 0
    after_line = False
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        body = line.strip()
        if body:
            start = base + at + len(line) - len(line.lstrip())
            bullet = _BULLET.match(body)
            kind = "item" if bullet else "line" if after_line else "paragraph"
            content = body[bullet.end() :] if bullet else body
            blocks.append(Block(kind, start, start + len(body), content, depth=1 if bullet else 0))
        after_line = bool(body)
        at = end + 1
    return blocks
