"""String literals of JavaScript, as they stand in the scripts of a page."""

from __future__ import annotations

import html
import re

_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|([\s\S]))")
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


def unescaped(literal: str) -> str:
    """The text that the inside of a literal stands for, with HTML entities decoded; a lone surrogate becomes U+FFFD.

    A character outside the Basic Multilingual Plane is two escapes in JavaScript.
    """
    text = _ESCAPE.sub(_character, literal) if "\\" in literal else literal
    return html.unescape(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[3]
    if not code:
        return _CONTROLS.get(escape[4], escape[4])
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else "\ufffd"
