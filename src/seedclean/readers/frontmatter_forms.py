"""TOML and JSON as mappings of strings, within the limits of front matter."""

from __future__ import annotations

import json
import tomllib
from datetime import date, datetime, time

from seedclean.model import limits

Value = str | list["Value"] | dict[str, "Value"]
"""A value of front matter: strings as written, in lists and mappings."""

_JSON = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)


class UnsupportedFormError(Exception):
    """The text is not of that form, or beyond the limits."""


def toml_table(text: str) -> dict[str, Value]:
    """A TOML table. Numbers, dates and times are strings in TOML's own form. Raises UnsupportedFormError."""
    _check_depth(text)
    try:
        return _mapping(tomllib.loads(text, parse_float=str))
    except (ValueError, RecursionError) as error:
        raise UnsupportedFormError from error


def json_object(text: str, start: int) -> tuple[dict[str, Value], int]:
    """A JSON object that begins at an offset, and where it ends. Raises UnsupportedFormError."""
    part = text[start : start + limits.FRONT_MATTER_CHARS]
    try:
        parsed, size = _JSON.raw_decode(part)
    except (ValueError, RecursionError) as error:
        raise UnsupportedFormError from error
    if not isinstance(parsed, dict):
        raise UnsupportedFormError
    return _mapping(parsed), start + size


def _check_depth(text: str) -> None:
    """Refuse brackets nested beyond the limit, in strings too: the parser recurses."""
    depth = 0
    for char in text:
        if char in "[{":
            depth += 1
        elif char in "]}":
            depth = max(0, depth - 1)
        if depth > limits.FRONT_MATTER_DEPTH:
            raise UnsupportedFormError


def _mapping(parsed: dict[str, object]) -> dict[str, Value]:
    return {key: _value(value, 1) for key, value in parsed.items()}


def _value(parsed: object, depth: int) -> Value:
    if depth > limits.FRONT_MATTER_DEPTH:
        raise UnsupportedFormError
    if isinstance(parsed, dict):
        return {str(key): _value(value, depth + 1) for key, value in parsed.items()}
    if isinstance(parsed, list):
        return [_value(value, depth + 1) for value in parsed]
    if isinstance(parsed, datetime | date | time):
        return parsed.isoformat()
    if isinstance(parsed, bool):
        return "true" if parsed else "false"
    return "" if parsed is None else str(parsed)
