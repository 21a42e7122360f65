"""Canonical JSON, RFC 8785: sorted keys, no white space, UTF-8.

Records have no floats, no integers beyond 2^53 and no lone surrogates, so orjson's compact output with sorted keys equals
the standard's form byte for byte; the tests compare it with an independent implementation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS


def canonical(value: Any, part: Callable[[Any], dict[str, Any]] | None = None) -> bytes:
    """The canonical bytes of a JSON value made of dicts, lists, strings, integers, booleans and None.

    `part` gives the dict of any other object in it, with ASCII keys; the dict is freed once it is written.
    """
    result = orjson.dumps(value, part, _OPTIONS)
    if not result.isascii() and _has_astral_key(value):
        return orjson.dumps(
            _sorted(value), lambda one: _sorted(part(one)) if part else None, _OPTIONS ^ orjson.OPT_SORT_KEYS
        )
    return result


def _has_astral_key(value: Any) -> bool:
    """Whether a key has a character above U+FFFF: orjson and the standard sort such keys differently."""
    if isinstance(value, dict):
        return max("".join(value), default="") > "\uffff" or any(map(_has_astral_key, value.values()))
    return isinstance(value, list | tuple) and any(map(_has_astral_key, value))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value, key=_code_units)}
    if isinstance(value, list | tuple):
        return [_sorted(item) for item in value]
    return value


def _code_units(key: str) -> bytes:
    """The sort key of RFC 8785, UTF-16 code units: above U+FFFF their order differs from that of code points."""
    return key.encode("utf-16-be")
