"""Texts that passed through two encodings: a page that is half in each, and UTF-8 that was encoded twice."""

from __future__ import annotations

import codecs
import re

from seedclean.values.text import beyond_ascii

_PIECE = re.compile(rb"[^<>\r\n]+")
"""Text between tags and line ends: `<` and `>` are no part of a character in any encoding of several bytes."""
_THREE_BYTES = re.compile(rb"[\xe1-\xef][\x80-\xbf]{2}")
_CERTAIN = 4
"""So many sequences of three bytes in valid UTF-8 are not there by chance; in GBK, one character in eight is one of two."""
_SAMPLE = 20_000
_LEAST = 8
"""Fewer characters than these prove nothing."""
_ACCENTS = re.compile("[\u00a1-\u00ff]{4,}")
"""Four signs and letters of Latin-1 beyond ASCII in a row."""
_MANY = 40
_LOST = 4
"""One part in so many of a text that was encoded twice may be damaged: a no-break space made a space, a byte cut off."""
_C1 = {byte: chr(byte) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
"""Bytes that windows-1252 leaves open; programs keep them as control characters."""
_CP1252 = {ord(bytes([byte]).decode("cp1252")): byte for byte in range(0x80, 0x100) if byte not in _C1} | {
    ord(char): byte for byte, char in _C1.items()
}
_WIDE = re.compile(f"[{chr(max(_CP1252) + 1)}-\U0010ffff]+")
"""Characters that neither table has."""
_LATIN_1 = {byte: byte for byte in range(0x80, 0x100)}


def has_utf8_among_others(data: bytes) -> bool:
    """Whether bytes that are not valid UTF-8 hold pieces of text that are, beside others that are not."""
    return any(map(_is_utf8_piece, _PIECE.findall(data)))


def without_utf8(data: bytes) -> bytes:
    """The pieces of a mixture that are not UTF-8, as lines."""
    return b"\n".join(piece for piece in _PIECE.findall(data) if not piece.isascii() and not _is_utf8_piece(piece))


def decode_mixture(data: bytes, encoding: str) -> str:
    """Decode a mixture of UTF-8 and another encoding, each piece in its own; bad bytes become U+FFFD."""
    parts: list[str] = []
    at = 0
    for piece in _PIECE.finditer(data):
        if _is_utf8_piece(piece[0]):
            parts += [data[at : piece.start()].decode(encoding, "replace"), piece[0].decode("utf-8")]
            at = piece.end()
    return "".join([*parts, data[at:].decode(encoding, "replace")])


def _is_utf8_piece(piece: bytes) -> bool:
    if piece.isascii() or len(_THREE_BYTES.findall(piece)) < _CERTAIN:
        return False
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def is_double_encoded(text: str) -> bool:
    """Whether a text looks like UTF-8 that somebody decoded as windows-1252, Latin-1 or GBK and encoded again, or like
    another encoding of several bytes, or of Cyrillic, that was decoded as Latin-1: no language writes words of accents alone.
    """
    sample = text[:_SAMPLE]
    chars = "" if sample.isascii() else beyond_ascii(sample).replace("\ufffd", "")
    if len(chars) < _LEAST:
        return False
    if len(chars) >= _MANY and len(chars.encode("latin-1", "ignore")) * 2 > len(chars):
        accented = sum(len(word) for word in _ACCENTS.findall(sample) if any(map(str.isalpha, word)))
        if accented * 2 > len(chars):
            return True
    narrow = _WIDE.sub("", chars)
    western = [codecs.charmap_encode(narrow, "ignore", table)[0] for table in (_CP1252, _LATIN_1)]
    return any(
        _is_mostly_utf8(data) for data in western if len(data) * _LOST >= len(chars) * (_LOST - 1)
    ) or _is_mostly_utf8(chars.encode("gb18030", "replace"))


def _is_mostly_utf8(data: bytes) -> bool:
    lenient = data.decode("utf-8", "replace")
    return lenient.count("\ufffd") * _LOST <= len(lenient)
