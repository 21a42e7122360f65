"""Records and blocks as text and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from seedclean.model.document import Block

_SPECIAL = re.compile(r"([\\`*_\[\]<])")
_LEADING = re.compile(r"^(#{1,6} |[-+*] |\d+[.)] |>|={3,}$|-{3,}$|~~~|```|\|)")
_WRAPS = {"bold": "**", "italic": "*", "code": "`", "strike": "~~"}


def plain(blocks: Sequence[Block]) -> str:
    """The running text of blocks, one line each. Captions belong to their images, not to the running text."""
    return "\n".join(_line(block.text, block.number) for block in blocks if block.text and block.kind != "caption")


def _line(text: str, number: str) -> str:
    return f"{number}. {text}" if number else text


def text(record: Mapping[str, Any]) -> str:
    """The plain text of a record, from its blocks; equal to its `text`."""
    lines = [block for block in record["blocks"] if block["text"] and block["kind"] != "caption"]
    return "\n".join(_line(block["text"], block.get("number", "")) for block in lines)


def markdown(record: Mapping[str, Any]) -> str:
    """A record as Markdown: its title, its blocks with their marks, and translations after a divider."""
    versions = [_version(record.get("title"), record["blocks"])]
    versions += [_version(version["title"], version["blocks"]) for version in record["translations"]]
    return "\n\n---\n\n".join(version for version in versions if version) + "\n"


def _version(title: str | None, blocks: Sequence[Mapping[str, Any]]) -> str:
    parts: list[str] = []
    if title and not any(block["kind"] == "heading" and block["text"] == title for block in blocks):
        parts.append(f"# {_escaped(title)}")
    before = ""
    for block in blocks:
        piece = _block(block)
        if parts and block["kind"] == "line":
            parts[-1] += "  \n" + piece
        elif parts and block["kind"] == before == "item":
            parts[-1] += "\n" + piece
        else:
            parts.append(piece)
        before = block["kind"]
    return "\n\n".join(part for part in parts if part.strip())


def _block(block: Mapping[str, Any]) -> str:
    kind: str = block["kind"]
    if kind == "code":
        return _fenced(str(block["text"]), block.get("language", ""))
    if kind == "divider":
        return "---"
    if kind == "table":
        return _table(block["rows"])
    if kind in ("image", "video", "audio", "embed"):
        return _media(block)
    inline = _marked(str(block["text"]), block.get("marks", ()))
    if kind == "heading":
        return "#" * int(block["level"]) + " " + inline
    if kind == "item":
        return (
            "  " * (int(block.get("depth", 1)) - 1)
            + (f"{block.get('number', 1)}. " if block["ordered"] else "- ")
            + inline
        )
    if kind == "quote":
        return "> " * int(block.get("depth", 1)) + inline
    if kind == "caption":
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


def _media(block: Mapping[str, Any]) -> str:
    url = block["url"].replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    shown = _escaped(block["alt"] or ("" if block["kind"] == "image" else block["kind"]))
    return ("!" if block["kind"] == "image" else "") + f"[{shown}]({url})"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _marked(text: str, marks: Sequence[Mapping[str, Any]]) -> str:
    """The text with its marks as Markdown. Where marks cross, the innermost closes first."""
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for mark in sorted(marks, key=lambda mark: (mark["start"], -mark["end"])):
        before, after = _signs(mark)
        opens.setdefault(mark["start"], []).append(before)
        closes.setdefault(mark["end"], []).insert(0, after)
    edges = sorted({0, len(text), *opens, *closes})
    pieces: list[str] = []
    for at, edge in enumerate(edges):
        pieces += [*closes.get(edge, ()), *opens.get(edge, ())]
        if at + 1 < len(edges):
            pieces.append(_escaped(text[edge : edges[at + 1]]))
    return "".join(pieces)


def _signs(mark: Mapping[str, Any]) -> tuple[str, str]:
    if mark["type"] in _WRAPS:
        return _WRAPS[mark["type"]], _WRAPS[mark["type"]]
    if mark["type"] == "link":
        return "[", f"]({mark.get('url', '').replace(' ', '%20').replace(')', '%29')})"
    return ("", f"![]({mark.get('url', '')})") if mark["type"] == "image" else ("", "")
