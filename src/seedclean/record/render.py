"""Blocks of a record as text and as Markdown, and metadata as YAML front matter."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence

from seedclean.model.document import Mark
from seedclean.model.vocabulary import DATES
from seedclean.record.parts import Block, Translation

FRONT_MATTER = (
    "title", "description", "url", "publisher", "authors", "credit", "editors", "rights", "published", "modified",
    "captured", "language", "tags", "image", "origin", "id",
)  # fmt: skip
"""The fields of a record that its front matter has, in their order."""

_SPECIAL = re.compile(r"([\\`*_\[\]<])")
_LEADING = re.compile(r"^(#{1,6} |[-+*] |\d+[.)] |>|={3,}$|-{3,}$|~~~|```|\|)")
_WRAPS = {"bold": "**", "italic": "*", "code": "`", "strike": "~~"}


def plain(blocks: Sequence[Block]) -> str:
    """The running text of blocks, one line each. Captions belong to their images, not to the running text."""
    return "\n".join(
        f"{block.number}. {block.text}" if block.number else block.text
        for block in blocks
        if block.text and block.kind != "caption"
    )


def markdown(title: str | None, blocks: Sequence[Block], translations: Sequence[Translation]) -> str:
    """A document as Markdown: its title unless a heading says it, its blocks with their marks, and translations after a
    divider."""
    versions = [_version(title, blocks)]
    versions += [_version(version.title, version.blocks) for version in translations]
    return "\n\n---\n\n".join(version for version in versions if version) + "\n"


def front_matter(values: Mapping[str, str | tuple[str, ...] | None]) -> str:
    """Metadata as YAML between two lines `---`, with an empty line after it. Values that are unknown are left out.

    A whole date is a date in YAML too; one less precise, or with a time, is text.
    """
    import yaml  # nothing else about records needs it

    stated = {name: _yaml_value(name, value) for name, value in values.items() if value}
    return "---\n" + yaml.safe_dump(stated, allow_unicode=True, sort_keys=False, width=float("inf")) + "---\n\n"


def _yaml_value(name: str, value: str | tuple[str, ...] | None) -> object:
    if isinstance(value, tuple):
        return list(value)
    if name in DATES and value and len(value) == len("2024-05-16"):
        return datetime.date.fromisoformat(value)
    return value


def _version(title: str | None, blocks: Sequence[Block]) -> str:
    parts: list[str] = []
    if title and not any(block.kind == "heading" and block.text == title for block in blocks):
        parts.append(f"# {_escaped(title)}")
    before = ""
    for block in blocks:
        piece = _block(block)
        if parts and block.kind == "line":
            parts[-1] += "  \n" + piece
        elif parts and block.kind == before == "item":
            parts[-1] += "\n" + piece
        else:
            parts.append(piece)
        before = block.kind
    return "\n\n".join(part for part in parts if part.strip())


def _block(block: Block) -> str:
    if block.kind == "code":
        return _fenced(block.text, block.language or "")
    if block.kind == "divider":
        return "---"
    if block.kind == "table":
        return _table(block.rows)
    if block.kind in ("image", "video", "audio", "embed"):
        return _media(block)
    inline = _marked(block.text, block.marks)
    if block.kind == "heading":
        return "#" * (block.level or 1) + " " + inline
    if block.kind == "item":
        sign = f"{block.number or 1}. " if block.ordered else "- "
        return "  " * ((block.depth or 1) - 1) + sign + inline
    if block.kind == "quote":
        return "> " * (block.depth or 1) + inline
    if block.kind == "caption":
        return f"*{inline}*" if "*" not in inline else inline
    return _LEADING.sub(lambda match: "\\" + match[0], inline)


def _fenced(text: str, language: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text}\n{fence}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    width = max(len(row) for row in rows)
    lines = ["| " + " | ".join([_cell(cell) for cell in row] + [""] * (width - len(row))) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _cell(cell: str) -> str:
    return _escaped(cell).replace("|", "\\|").replace("\n", " ")


def _media(block: Block) -> str:
    url = (block.url or "").replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    shown = _escaped(block.alt or ("" if block.kind == "image" else block.kind))
    return ("!" if block.kind == "image" else "") + f"[{shown}]({url})"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _marked(text: str, marks: Sequence[Mark]) -> str:
    """The text with its marks as Markdown. Where marks cross, the innermost closes first."""
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        before, after = _signs(mark)
        opens.setdefault(mark.start, []).append(before)
        closes.setdefault(mark.end, []).insert(0, after)
    edges = sorted({0, len(text), *opens, *closes})
    pieces: list[str] = []
    for at, edge in enumerate(edges):
        pieces += [*closes.get(edge, ()), *opens.get(edge, ())]
        if at + 1 < len(edges):
            pieces.append(_escaped(text[edge : edges[at + 1]]))
    return "".join(pieces)


def _signs(mark: Mark) -> tuple[str, str]:
    if mark.type in _WRAPS:
        return _WRAPS[mark.type], _WRAPS[mark.type]
    if mark.type == "link":
        return "[", f"]({(mark.url or '').replace(' ', '%20').replace(')', '%29')})"
    return ("", f"![]({(mark.url or '')})") if mark.type == "image" else ("", "")
