"""The two forms in which texts are compared: as a reader sees them, and reduced to letters and digits."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\u2061\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e")
)
_ASCII_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_SIGNS = re.compile(r"[\W_]+")


def normal(text: str) -> str:
    """The text in NFKC, without zero-width characters, its white space collapsed to single blanks and stripped."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if not text.isprintable():  # zero-width characters and all white space but the blank are not printable
        text = text.translate(_INVISIBLE)
    elif "  " not in text:
        return text.strip()
    return " ".join(text.split())


def squash(text: str) -> str:
    """Letters and digits alone, case-folded: headlines that differ only in punctuation have the same form."""
    if text.isascii():  # ASCII needs no normalization, and bytes drop the signs three times as fast as a pattern
        return text.lower().encode("ascii").translate(None, _ASCII_SIGNS).decode("ascii")
    return squash_normalized(normal(text))


def squash_normalized(text: str) -> str:
    """`squash` of a text that `normal` has normalized already."""
    if text.isascii():
        return text.lower().encode("ascii").translate(None, _ASCII_SIGNS).decode("ascii")
    folded = text.casefold()
    return folded if folded.isalnum() else _SIGNS.sub("", folded.replace(" ", ""))
