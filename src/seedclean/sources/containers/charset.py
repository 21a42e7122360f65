"""The encoding that an envelope states of what is in it."""

from __future__ import annotations

import codecs

from seedclean.sources.encoding import widened


def readable(data: bytes, charset: str | None) -> bytes:
    """The bytes as they are, unless only their envelope tells their encoding: then in UTF-8.

    What is UTF-8 stays, whatever was stated; a declaration inside the document is then no longer asked.
    """
    name = widened(charset) if charset else None
    if name is None:
        return data
    escapes = codecs.lookup(name).name.startswith(("iso2022", "hz"))  # legacy text in ASCII bytes
    if not escapes and _is_utf8(data):
        return data
    return data.decode(name, "replace").encode("utf-8")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
