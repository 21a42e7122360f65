"""The two forms in which texts are compared: as a reader sees them, and by their letters and digits alone."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\u2061\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e")
)
_SPACES = re.compile(r"\s+")


def normal(text: str) -> str:
    """NFKC, without zero-width characters, white space folded to single blanks and stripped."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    return _SPACES.sub(" ", text).strip()


def squash(text: str) -> str:
    """Letters and digits alone, case folded: two headlines that differ in punctuation are the same here."""
    folded = normal(text).casefold()
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))
