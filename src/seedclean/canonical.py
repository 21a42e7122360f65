"""Canonical JSON, RFC 8785: sorted keys, no white space, UTF-8.

Records hold no floats, no integers beyond 2^53 and no lone surrogates, so that orjson's compact output of sorted
objects is byte-equal to the standard's form; the tests hold it against an independent implementation.
"""

from __future__ import annotations

from typing import Any

import orjson


def canonical(value: Any) -> bytes:
    """The canonical bytes of a JSON value made of dicts, lists, strings, integers, booleans and None."""
    return orjson.dumps(_sorted(value))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        keys = sorted(value) if all(map(str.isascii, value)) else sorted(value, key=_code_units)
        return {key: _sorted(value[key]) for key in keys}
    if isinstance(value, list | tuple):
        return [_sorted(item) for item in value]
    return value


def _code_units(key: str) -> bytes:
    """RFC 8785 sorts by UTF-16 code units, which differs from code points above the basic plane."""
    return key.encode("utf-16-be")
