"""Other shapes of one page, with nothing of its document changed: what law 8 compares, here and in bench/carryover.py."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from seedclean.model.document import Block

FRONT_MATTER = "---\nsaved: 2024-05-17\nfolder: reading\nnote: to be read again\n---\n\n"
"""Three lines that say nothing of the page: no capture pack has a clue in them."""

_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_NAMES = re.compile(r"""(?<=\s)(class|id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
_HEAD = re.compile(r"<head\b[^>]*>|<html\b[^>]*>", re.I)
_END = re.compile(r"</body\s*>", re.I)


def with_address(html: str, url: str) -> str:
    """The HTML with an address that it gives as its own: a canonical link, at the start of its head."""
    heads = [match.end() for match in _HEAD.finditer(html, 0, 20_000)]
    at = heads[-1] if heads else 0
    return f'{html[:at]}<link rel="canonical" href="{url}">{html[at:]}'


def with_line(html: str, line: str) -> str:
    """The HTML with one more element at the end of its body."""
    ends = [match.start() for match in _END.finditer(html)]
    at = ends[-1] if ends else len(html)
    return f"{html[:at]}\n{line}\n{html[at:]}"


def renamed(html: str) -> str:
    """The HTML with another name for each class and each id; equal names stay equal."""
    return _TAG.sub(lambda tag: _NAMES.sub(_renamed, tag[0]), html)


def _renamed(match: re.Match[str]) -> str:
    names = (match[2] or match[3] or match[4] or "").split()
    digests = [hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest() for name in names]
    return f'{match[1]}="{" ".join("x" + digest[:7] for digest in digests)}"'


def under_front_matter(text: str) -> str:
    """The text under three lines of YAML."""
    return FRONT_MATTER + text


def as_markdown(blocks: Iterable[Block]) -> str:
    """The blocks of a page as a simple dumper writes them: headings, lists, links and pictures kept, the head dropped."""
    body = [block for block in blocks if block.kind != "metadata"]
    pieces = [_markdown(block) for block in body]
    breaks = ["\n" if one.kind == two.kind == "item" else "\n\n" for one, two in pairwise(body)]
    return "".join(piece + end for piece, end in zip(pieces, [*breaks, "\n"], strict=True) if piece)


def as_text(blocks: Iterable[Block]) -> str:
    """The texts of a page, one a line: first the title of its head, then its blocks."""
    return "".join(f"{line}\n" for block in blocks for line in _lines(block))


def _lines(block: Block) -> Sequence[str]:
    if block.kind == "metadata" and block.element is None:  # front matter: the text of a page has none
        return ()
    lines = [" ".join(line.split()) for line in block.text.split("\n")]
    if block.number and lines:
        lines[0] = f"{block.number}. {lines[0]}"
    return [line for line in lines if line]


def _markdown(block: Block) -> str:
    if block.kind in ("image", "video", "audio", "embed"):
        return f"{'!' if block.kind == 'image' else ''}[{block.alt}]({block.url})"
    if block.kind == "divider":
        return "---"
    if block.kind == "code":
        return f"```\n{block.text}\n```"
    if block.kind == "table" and block.rows:
        rows = ["| " + " | ".join(" ".join(cell.split()) for cell in row) + " |" for row in block.rows]
        return "\n".join([rows[0], "|" + " --- |" * len(block.rows[0]), *rows[1:]])
    text = " ".join(_linked(block).split())
    return text and _sign(block) + text


def _sign(block: Block) -> str:
    if block.kind == "heading":
        return "#" * (block.level or 1) + " "
    if block.kind == "item":
        return "  " * (max(block.depth, 1) - 1) + (f"{block.number or 1}. " if block.ordered else "- ")
    return "> " if block.kind == "quote" else ""


def _linked(block: Block) -> str:
    text = block.text
    for mark in sorted(block.marks, key=lambda mark: -mark.start):
        if mark.type == "link" and text[mark.start : mark.end].strip():
            text = f"{text[: mark.start]}[{text[mark.start : mark.end]}]({mark.url}){text[mark.end :]}"
    return text
