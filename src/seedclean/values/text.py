"""The two forms in which texts are compared: as a reader sees them, and reduced to letters and digits."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from seedclean.values.tables import table

_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\u2061\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e")
)
_ASCII = bytes(range(128))
_ASCII_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_SIGNS = re.compile(r"[\W_]+")
_OLD = re.compile(
    "[\0-\u036f\u0400-\u052f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u218b\u2190-\u23ff\u2500-\u2b73"
    "\u3000-\u303f\u3041-\u3096\u3099-\u30ff\u3105-\u312f\u3131-\u318e\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufa6d"
    "\uff01-\uffbe\U0001f300-\U0001f6d7\U00020000-\U0002a6df]*"
)
"""Texts of characters that every supported Python knows: nearly all. The pattern of those that it may not know is slow."""

_FULL_WIDTH = [(sign, unicodedata.normalize("NFKC", sign)) for sign in "，：；！？（）％～…\u3000\xa0"]
"""The commonest signs with a form of their own in NFKC: a text with one of them left takes twenty times as long."""
_CACHED_CHARS = 500
"""A document asks for the normal form of most of its texts twice or more: as a block, as a line, as a title. Longer ones stay out
of the cache, as they would fill the memory."""


def normal(text: str) -> str:
    """The text in NFKC of Unicode 14.0, without zero-width characters, its white space collapsed to single blanks and stripped."""
    if text.isascii():
        return _with_single_blanks(text)
    return _normal_cached(text) if len(text) <= _CACHED_CHARS else _normal_foreign(text)


def _normal_foreign(text: str) -> str:
    for sign, plain in _FULL_WIDTH:
        text = text.replace(sign, plain)
    text = unicodedata.normalize("NFKC", text if _OLD.fullmatch(text) else _unassigned().sub("\ufffd", text))
    return _with_single_blanks(text)


_normal_cached = lru_cache(maxsize=2048)(_normal_foreign)


def _with_single_blanks(text: str) -> str:
    if not text.isprintable():  # zero-width characters and all white space but the blank are not printable
        text = text.translate(_INVISIBLE)
    elif "  " not in text:
        return text.strip()
    return " ".join(text.split())


def beyond_ascii(text: str) -> str:
    """The characters of a text that are not ASCII, in their order: by bytes, as a pattern takes many times as long."""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


@cache
def _unassigned() -> re.Pattern[str]:
    """The characters that the tables of some supported Python do not have: they are signs without a meaning on all."""
    ranges = [part.partition("-") for part in table("unassigned")["ranges"].split()]
    return re.compile(
        "[" + "".join(f"{chr(int(first, 16))}-{chr(int(last or first, 16))}" for first, _, last in ranges) + "]"
    )


def with_initial(text: str, stripped: str) -> str:
    """What is left of a text without the signs around it, with the stop that belongs to an initial at its end: `Ann T.`."""
    is_initial = stripped[-2:-1] == " " and stripped.isascii() and stripped[-1:].isupper()
    return f"{stripped}." if is_initial and f"{stripped}." in text else stripped


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
