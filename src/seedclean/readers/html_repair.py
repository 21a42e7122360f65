"""Markup that never closes: a comment or an element of raw text that would swallow the rest of the page.

A tokenizer has to follow it to the end of the file, and the page after it would be lost. Its opening is blanked, at its
own length so that places hold, and what follows is read.
"""

from __future__ import annotations

import re

_PROSE = ("title", "textarea", "xmp", "plaintext", "noembed", "noframes", "iframe")
_CODE = ("script", "style")
_OPENING = re.compile(rf"<(?=[!tsxpni])(?:!--|({'|'.join((*_PROSE, *_CODE))})(?=[\s/>]))", re.I)
"""The first letters stand before the names because most tags have others, and are passed over the sooner."""
_CLOSINGS = {name: re.compile(f"</{name}", re.I) for name in (*_PROSE, *_CODE)} | {"": re.compile("--!?>")}
_ROUNDS = 8
_STANDS_FOR = "\ue000"
"""A character of private use, as long as the bracket it stands for while Markdown is parsed."""
_LINE_OPENING = re.compile(r"^ {0,3}<(?:(script|style|textarea|pre)(?=[\s>])|(!--))", re.I | re.M)
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*")
"""A tag, or what browsers take for a comment; a bracket before any other sign is text."""
_TAG_CHARS = 1000
"""How far back a tag is looked for that a bracket stands in."""
_BLOCKS = re.compile(r"</?(?:p|div|li|h[1-6]|article|section|body)[\s>]", re.I)
_SWALLOWED = 3
"""So many tags of blocks after a script that never closes say that it is the page which it swallows, not its code."""


def mended(text: str) -> tuple[str, bool]:
    """The text with openings that never close blanked, and whether something in it never closes."""
    if "<" not in text:
        return text, False
    unclosed = False
    for _ in range(_ROUNDS):
        found = _first(text)
        if found is None:
            break
        unclosed = True
        start, end, blank = found
        if not blank:
            break
        text = text[:start] + " " * (end - start) + text[end:]
    return text, unclosed


def _first(text: str) -> tuple[int, int, bool] | None:
    """The first opening that never closes: where it stands, and whether it is to be blanked."""
    at = 0
    while found := _OPENING.search(text, at):
        if _in_tag(text, found.start()):
            at = found.end()
            continue
        name = found[1].lower() if found[1] else ""
        closing = _CLOSINGS[name].search(text, found.end() - (0 if name else 2))
        if closing:
            at = closing.end()
            continue
        if not name:
            return found.start(), found.end(), True
        end = text.find(">", found.end()) + 1 or len(text)
        return found.start(), end, name not in _CODE or len(_BLOCKS.findall(text, end)) >= _SWALLOWED
    return None


def _in_tag(text: str, at: int) -> bool:
    """Whether a bracket stands inside a tag that began before it: it opens nothing there."""
    before = text.rfind("<", max(0, at - _TAG_CHARS), at)
    return before >= 0 and bool(_TAG.fullmatch(text, before, at))


def hidden(text: str) -> tuple[str, bool]:
    """Markdown with the openings that would take all below them for HTML made words; `shown` makes them markup again."""
    if "<" not in text:
        return text, False
    places = []
    for found in _LINE_OPENING.finditer(text):
        closing = re.compile(f"</{found[1]}" if found[1] else "-->", re.I)
        if not closing.search(text, found.end()):
            places.append(found.end() - len(found[1] or found[2]) - 1)
    for at in places:
        text = text[:at] + _STANDS_FOR + text[at + 1 :]
    return text, bool(places)


def shown(text: str) -> str:
    """A piece of text with the brackets that `hidden` hid."""
    return text.replace(_STANDS_FOR, "<") if _STANDS_FOR in text else text
