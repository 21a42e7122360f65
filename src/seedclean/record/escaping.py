"""What a document holds, as HTML: its characters are data, those that mislead a reader are shown, its addresses are checked."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

_SCHEMES = ("https://", "http://", "mailto:")
_ADDRESS_CHARS = 2_000
"""A longer address is not made a link: browsers cut it, and a page of data: addresses would grow without bound."""

_URL_SAFE = "%/:?#[]@!$&'()*+,;=~"

MISLEADING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2061-\u206f\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "\U000e0000-\U000e007f]"
)
"""Controls, marks of direction, separators, surrogates, tags and noncharacters. By number, not by Unicode category: those
change with the version of Python, and with them the bytes of a page. Joiners and zero-width blanks stay: scripts need
them, and they mislead nobody."""


def escaped(text: str) -> str:
    """The text as content of an element or of a quoted attribute; misleading characters stand as `‹U+202E›`."""
    return MISLEADING.sub(_shown, escape(text))


def _shown(match: re.Match[str]) -> str:
    return f"‹U+{ord(match[0]):04X}›"


def clipped(text: str, chars: int) -> str:
    """The escaped text, cut after `chars` characters with a remark that says how many follow."""
    if len(text) <= chars:
        return escaped(text)
    return f"{escaped(text[:chars])} <em>… {len(text) - chars:,} more characters</em>"


def address(url: str) -> str:
    """The address as the value of `href`, or an empty string where its scheme is not http, https or mailto.

    Everything outside of printable ASCII is percent-encoded.
    """
    if len(url) > _ADDRESS_CHARS or not url.lower().startswith(_SCHEMES):
        return ""
    return escape(quote(url, safe=_URL_SAFE, errors="replace"))
