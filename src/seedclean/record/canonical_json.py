"""Canonical JSON, RFC 8785: sorted keys, no white space, UTF-8.

Records hold no floats, no integers beyond 2^53 and no lone surrogates, so that orjson's compact output of sorted
objects is byte-equal to the standard's form; the tests hold it against an independent implementation.
"""

from __future__ import annotations

import re
from typing import Any

import orjson


def canonical(value: Any) -> bytes:
    """The canonical bytes of a JSON value made of dicts, lists, strings, integers, booleans and None."""
    found = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    if not found.isascii() and _BEYOND.search(found) and _has_key_beyond(value):
        return orjson.dumps(_sorted(value))
    return found


_BEYOND = re.compile(rb"[\xf0-\xf4]")
"""The first bytes of UTF-8 beyond the basic plane: of keys with such characters the standard has an order of its own."""


def _has_key_beyond(value: Any) -> bool:
    if isinstance(value, dict):
        return max("".join(value), default="") > "\uffff" or any(map(_has_key_beyond, value.values()))
    return isinstance(value, list | tuple) and any(map(_has_key_beyond, value))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value, key=_code_units)}
    if isinstance(value, list | tuple):
        return [_sorted(item) for item in value]
    return value


def _code_units(key: str) -> bytes:
    """RFC 8785 sorts by UTF-16 code units, which differs from code points above the basic plane."""
    return key.encode("utf-16-be")
