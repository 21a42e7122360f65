"""The text that WeChat's page for shares of text, pictures and videos writes by script: no element of it holds a word.

The script states it as literals of one object, once for each viewer of the page; the first literals that are not empty
count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from seedclean.model.document import Block, Element
from seedclean.values.js_strings import unescaped

_LITERAL = r"""(?:JsDecode\(\s*)?(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")"""
_INFO = "page_info"
_SHARE = re.compile(
    rf"{_INFO}(?:(?<=\bpicture_page_info)_list|(?<=\b(?:video|voice)_page_info)|(?<=\btext_page_info))\s*[:=]\s*[\[{{]"
)
"""The objects that only the page for shares fills. The page for articles knows their names too. What they have in common stands
first, as a pattern that begins with a text is searched ten times as fast."""
_TEXTS = (
    re.compile(r"\btext_page_info\s*[:=]\s*\{[^{}]{0,2000}?\bcontent(?:_noencode)?\s*:\s*" + _LITERAL),
    re.compile(r"\bcontent_noencode\s*:\s*" + _LITERAL),
    re.compile(r"\bwindow\.desc\s*=\s*" + _LITERAL),
    re.compile(r"\bdesc\s*:\s*JsDecode\(\s*'((?:[^'\\\n]|\\.)*)'()"),
)
"""Where the text stands, the surest place first."""
_PICTURES = re.compile(r"\bpicture_page_info_list\s*[:=]\s*\[")
_TOKEN = re.compile(r"[\[\]{}]|\bcdn_url\s*:\s*" + _LITERAL + r"""|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*\"""")
_VIDEO = re.compile(r"""['"](https?://mpvideo\.qpic\.cn/[^'"\s]{1,2000})['"]""")
_ESCAPE = re.compile(r"\\(?:(x0[aAdD]|[nr])|.)")
_MARKUP = re.compile(r"<[^<>]{0,1000}>")
_ARTICLES = ("js_content", "js_image_content", "js_image_desc", "js_text_content", "js_text_desc")
"""Ids of the elements that hold the text where the page does have it."""
_ELEMENT = Element("script", {}, None, 1, frozenset())


class _Literal(NamedTuple):
    """The inside of a literal and its span in the script."""

    value: str
    start: int
    end: int


def script_blocks(text: str, base: int, scripts: Sequence[tuple[int, int]], blocks: Sequence[Block]) -> list[Block]:
    """The blocks that a page for shares writes by script, in source order; none if an element holds its text.

    `text` stands at offset `base` of the source, as do the spans of its scripts. `blocks` are those of its elements; a script
    inside one of them is not read, as blocks do not overlap.
    """
    if _INFO not in text:
        return []
    scripts = _between(scripts, blocks)
    codes = [(start, text[start - base : end - base]) for start, end in scripts]
    share = [(start, code) for start, code in codes if _SHARE.search(code)]
    if not share or any(_is_in_article(block) and (block.text or block.kind == "image") for block in blocks):
        return []
    literal = next((share_text for pattern in _TEXTS for share_text in _literals(pattern, share)), None)
    lines = list(_lines(literal)) if literal else []
    pictures = max((list(_pictures(start, code)) for start, code in share), key=len, default=[])
    videos = [
        Block("video", start + match.start(1), start + match.end(1), url=unescaped(match[1]), element=_ELEMENT)
        for start, code in share
        for match in _VIDEO.finditer(code)
    ]
    written = sorted([*lines, *pictures, *videos[:1]], key=lambda block: block.start)
    return [block for script in scripts for block in _tiled([one for one in written if _is_in(one, script)], script[1])]


def _between(scripts: Sequence[tuple[int, int]], blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """The scripts that stand in no block."""
    ends = [0, *(block.end for block in blocks)]
    starts = [block.start for block in blocks]
    return [script for script in scripts if ends[bisect_right(starts, script[0])] <= script[0]]


def _is_in(block: Block, script: tuple[int, int]) -> bool:
    return script[0] <= block.start < script[1]


def _tiled(blocks: Sequence[Block], end: int) -> Iterator[Block]:
    """Blocks of one script with spans that leave none of its code between them: each reaches to the next, the last to `end`."""
    starts = [block.start for block in blocks]
    for block, following in zip(blocks, [*starts[1:], end] if starts else [], strict=True):
        yield replace(block, end=following)


def _is_in_article(block: Block) -> bool:
    element = block.element
    while element is not None and element.attrs.get("id") not in _ARTICLES:
        element = element.parent
    return element is not None


def _literals(pattern: re.Pattern[str], codes: Sequence[tuple[int, str]]) -> Iterator[_Literal]:
    """The literals at a place that are not empty."""
    for start, code in codes:
        for match in pattern.finditer(code):
            group = 1 if match[1] else 2
            if (match[group] or "").strip():
                yield _Literal(match[group], start + match.start(group), start + match.end(group))


def _lines(literal: _Literal) -> Iterator[Block]:
    """A block for each line of the text: a paragraph behind an empty line, and a line behind another."""
    breaks = [match.span() for match in _ESCAPE.finditer(literal.value) if match[1]]
    starts, ends = [0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(literal.value)]
    kind = "paragraph"
    for start, end in zip(starts, ends, strict=True):
        content = _MARKUP.sub("", unescaped(literal.value[start:end])).strip()
        if content:
            yield Block(kind, literal.start + start, literal.start + end, content, element=_ELEMENT)
        kind = "line" if content else "paragraph"


def _pictures(start: int, code: str) -> Iterator[Block]:
    """The pictures of the last list in a script; what is nested deeper in an item is its watermark or its cover."""
    lists = [match.end() for match in _PICTURES.finditer(code)]
    depth = 1
    for token in _TOKEN.finditer(code, lists[-1] if lists else len(code)):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
            if not depth:
                return
        elif depth == 2 and token[0].startswith("cdn_url"):
            group = 1 if token[1] else 2
            if token[group]:
                yield Block(
                    "image",
                    start + token.start(group),
                    start + token.end(group),
                    url=unescaped(token[group]),
                    element=_ELEMENT,
                )
