"""Markdown as three kinds of tools write it, and bare text, made from the blocks of a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from seedclean.model.document import Block

Dump = Callable[[Sequence[Block]], str]


def linked(blocks: Sequence[Block]) -> str:
    """One paragraph for each block with links and pictures written out, as html2text does; items stand close."""
    return _joined(blocks, "* ", "* * *", pictures=True, links=True, close=True)


def spaced(blocks: Sequence[Block]) -> str:
    """Headings of the first two levels underlined, bullets with three blanks, as turndown does."""
    return _joined(blocks, "*   ", "---", pictures=True, links=True, close=False, underlined=True)


def bulleted(blocks: Sequence[Block]) -> str:
    """Links and pictures dropped, headings marked, items with hyphens, as converters to plain Markdown do."""
    return _joined(blocks, "- ", "---", pictures=False, links=False, close=True)


DUMPS: tuple[Dump, ...] = (linked, spaced, bulleted)


def lines(blocks: Sequence[Block]) -> str:
    """The text of each block on a line of its own."""
    return "\n".join(" ".join(block.text.split()) for block in blocks if block.text)


def _joined(
    blocks: Sequence[Block],
    bullet: str,
    rule: str,
    *,
    pictures: bool,
    links: bool,
    close: bool,
    underlined: bool = False,
) -> str:
    pieces: list[str] = []
    before = ""
    for block in blocks:
        text = _written(block, bullet, rule, pictures=pictures, links=links, underlined=underlined)
        if not text:
            continue
        tight = close and before == block.kind == "item"
        pieces += ["\n" if tight else "\n\n", text] if pieces else [text]
        before = block.kind
    return "".join(pieces)


def _written(block: Block, bullet: str, rule: str, *, pictures: bool, links: bool, underlined: bool) -> str:
    if block.kind == "divider":
        return rule
    if block.kind == "image":
        return f"![{block.alt}]({block.url})" if pictures and block.url else ""
    if block.kind == "code":
        return f"```\n{block.text}\n```"
    if block.rows and links:
        return _table(block)
    text = " ".join((_with_links(block) if links else block.text).split())
    if not text:
        return ""
    if block.kind == "heading":
        level = block.level or 1
        return f"{text}\n{'=-'[level - 1] * 3}" if underlined and level <= 2 else f"{'#' * level} {text}"
    return {"item": "  " * max(block.depth - 1, 0) + bullet, "quote": "> "}.get(block.kind, "") + text


def _table(block: Block) -> str:
    rows = [" | ".join(" ".join(cell.split()).replace("|", "/") for cell in row) for row in block.rows]
    width = max(len(row) for row in block.rows)
    return "\n".join([f"| {rows[0]} |", "|" + " --- |" * width, *(f"| {row} |" for row in rows[1:])])


def _with_links(block: Block) -> str:
    text = block.text
    for mark in sorted(block.marks, key=lambda mark: -mark.start):
        if mark.type == "link":
            text = f"{text[: mark.start]}[{text[mark.start : mark.end]}]({mark.url}){text[mark.end :]}"
    return text
