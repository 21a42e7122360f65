"""Links as numbers: `[3]lamp` in the text, and the addresses by number in a list below it.

Browsers for terminals print pages so: `lynx -dump`, `elinks -dump`, `links -dump -html-numbered-links`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from seedclean.model.document import Block, Mark

_HEADING = "References"
_LABELS = ("Visible links", "Visible links:", "Hidden links:")
_ENTRY = re.compile(r"(\d{1,5})\. +([a-z][a-z0-9+.-]{1,20}:\S+|LYNXIMGMAP:\S+)", re.I | re.A)
_NUMBER = re.compile(r"\[(\d{1,5})\]", re.A)

_LABEL_CHARS = 80
"""A longer block that begins with a link goes on behind it."""


class LinkList(NamedTuple):
    """The list of addresses at the end of a text: where its heading begins, and the addresses by number."""

    start: int
    urls: Mapping[int, str]


def link_list(text: str) -> LinkList | None:
    """The list of addresses that ends a text; None if it ends otherwise."""
    start = text.rfind(f"\n{_HEADING}") + 1
    lines = text[start:].split("\n")
    if not start or lines[0].strip() != _HEADING:
        return None
    urls: dict[int, str] = {}
    for line in map(str.strip, lines[1:]):
        entry = _ENTRY.fullmatch(line)
        if entry:
            urls[int(entry[1])] = entry[2]
        elif line and line not in _LABELS:
            return None
    return LinkList(start, urls) if urls else None


def without_numbers(blocks: list[Block], urls: Mapping[int, str]) -> list[Block]:
    """The blocks without the numbers of links; where one begins a short block, the block is that link.

    Numbers grow through the text: another, such as that of a footnote, is text. Where the label of a link ends is not known.
    """
    last = 0
    result = []
    for block in blocks:
        pieces, at, numbers = [], 0, []
        for number in _NUMBER.finditer(block.text):
            if last < int(number[1]) and int(number[1]) in urls:
                last = int(number[1])
                numbers.append(number.start())
                pieces.append(block.text[at : number.start()])
                at = number.end()
        text = "".join([*pieces, block.text[at:]])
        is_link = numbers == [0] and 0 < len(text) <= _LABEL_CHARS
        marks = (Mark(0, len(text), "link", urls[last]),) if is_link else ()
        result.append(replace(block, text=text, marks=marks) if numbers and text else block)
    return result


def entries(text: str, base: int) -> Iterator[Block]:
    """The lines of a list of addresses at offset `base` of the source: a heading, labels, and an item for each address."""
    at = base
    for line in text.split("\n"):
        body = line.strip()
        start = at + len(line) - len(line.lstrip())
        entry = _ENTRY.fullmatch(body)
        if entry:
            mark = Mark(0, len(entry[2]), "link", entry[2])
            yield Block(
                "item", start, start + len(body), entry[2], depth=1, ordered=True, number=entry[1], marks=(mark,)
            )
        elif body:
            yield Block("paragraph", start, start + len(body), body)
        at += len(line) + 1
