"""Markup that never closes: a comment, or an element of raw text, that would swallow the rest of the page.

A tokenizer follows it to the end of the file, and the text after it is lost. Its opening is replaced by blanks of the
same length, so offsets stay valid, and the text after it is read.
"""

from __future__ import annotations

import re

_TEXT_TAGS = ("title", "textarea", "xmp", "plaintext", "noembed", "noframes", "iframe")
_CODE_TAGS = ("script", "style")
_OPENING = re.compile(rf"<(?=[!tsxpni])(?:!--|({'|'.join((*_TEXT_TAGS, *_CODE_TAGS))})(?=[\s/>]))", re.I)
"""The look-ahead skips most tags by their first letter, before the names are tried."""
_CLOSINGS = {name: re.compile(f"</{name}", re.I) for name in (*_TEXT_TAGS, *_CODE_TAGS)} | {"": re.compile("--!?>")}
_MAX_REPAIRS = 8
"""Each repair scans the page again; a page with more unclosed elements is hostile."""
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*")
"""A tag, or what browsers read as a comment; `<` before another character is text."""
_TAG_CHARS = 1000
"""How far back the tag around a bracket is searched."""
_BLOCK_TAGS = re.compile(r"</?(?:p|div|li|h[1-6]|article|section|body)[\s>]", re.I)
_MIN_BLOCK_TAGS = 3
"""An unclosed script with so many block tags after it swallows the page; with fewer, they are strings in its code."""


def repair(text: str) -> tuple[str, bool]:
    """The text with unclosed openings replaced by blanks, and whether anything in it is unclosed."""
    if "<" not in text:
        return text, False
    is_unclosed = False
    for _ in range(_MAX_REPAIRS):
        opening = _first_unclosed(text)
        if opening is None:
            break
        is_unclosed = True
        start, end, swallows_page = opening
        if not swallows_page:
            break
        text = text[:start] + " " * (end - start) + text[end:]
    return text, is_unclosed


def _first_unclosed(text: str) -> tuple[int, int, bool] | None:
    """The span of the first unclosed opening, and whether it swallows the page; None if all close."""
    at = 0
    while opening := _OPENING.search(text, at):
        if _is_in_tag(text, opening.start()):
            at = opening.end()
            continue
        name = opening[1].lower() if opening[1] else ""
        closing = _CLOSINGS[name].search(text, opening.end() - (0 if name else 2))  # `<!-->` is a whole comment
        if closing:
            at = closing.end()
            continue
        if not name:
            return opening.start(), opening.end(), True
        end = text.find(">", opening.end()) + 1 or len(text)
        swallows_page = name not in _CODE_TAGS or len(_BLOCK_TAGS.findall(text, end)) >= _MIN_BLOCK_TAGS
        return opening.start(), end, swallows_page
    return None


def _is_in_tag(text: str, at: int) -> bool:
    """Whether a bracket stands inside a tag, for example in an attribute, where it opens nothing."""
    before = text.rfind("<", max(0, at - _TAG_CHARS), at)
    return before >= 0 and bool(_TAG.fullmatch(text, before, at))
