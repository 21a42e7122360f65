"""Names of encodings that pages and mails state -> Python's names of the encodings that browsers take them for."""

from __future__ import annotations

import codecs

_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "gb18030": "gb18030",
          "iso-8859-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252", "big5": "big5hkscs",
          "shift_jis": "cp932", "x-sjis": "cp932", "ks_c_5601-1987": "cp949", "euc-kr": "cp949"}  # fmt: skip
"""Declared encoding -> the superset that browsers decode it as (https://encoding.spec.whatwg.org)."""

_CHARACTER_SETS = (
    "big5", "cp", "euc_", "gb", "hz", "iso2022", "iso8859", "johab", "koi8", "mac-", "ptcp154", "shift_jis", "tis",
    "kz1048",
)  # fmt: skip
"""How Python's names of legacy character sets begin. Its other codecs are escapes of source code (`unicode_escape`), of
host names (`idna`, `punycode`), encodings of the machine it runs on (`mbcs`), and forms of Unicode: bytes that are not
valid UTF-8 and have no byte order mark cannot be in those, and browsers refuse UTF-7."""


def python_encoding(name: str) -> str | None:
    """Python's name for a declared encoding, with the superset browsers use; None if it is no legacy character set."""
    name = superset(name.lower())
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return name if codec.startswith(_CHARACTER_SETS) else None


def superset(name: str) -> str:
    """The encoding that browsers read one of this name as."""
    return _SUPERSETS.get(name, name)


def is_seven_bit(encoding: str) -> bool:
    """Whether bytes in an encoding are ASCII, and so valid UTF-8, whatever they mean."""
    return codecs.lookup(encoding).name.startswith(("iso2022", "hz"))
