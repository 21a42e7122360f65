"""JSON files and JSON lines: one document for each object that has a field for it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.model.errors import ContainerError, OwnRecordError, SeedcleanError
from seedclean.sources.containers import fields
from seedclean.sources.containers.compression import Held

_HOLDERS = ("data", "result", "results", "pages", "items", "documents")
"""Where the answers of services keep what they found."""
_NONE = "no field with a document: none of html, markdown, text, content, body, article"

Found = Source | SeedcleanError


def from_file(outer: Held) -> Iterator[Found]:
    """The documents of a JSON file: an object, the answer of a service, a list, or lines after all."""
    data = outer.whole(limits.PARSED_BYTES)
    try:
        value = _parsed(data, outer.path)
    except ContainerError:
        if not _begins_with_object(data):
            raise
        yield from _lines(io.BytesIO(data), outer)
        return
    yield from _documents(value, outer)


def perhaps(outer: Held) -> Iterator[Found]:
    """As `from_file`, for a text without a suffix: what holds no document is one itself."""
    data = outer.whole(limits.SOURCE_BYTES)
    plain = Source(outer.path, data, outer.stated)
    try:
        value = _parsed(data[: limits.PARSED_BYTES + 1], outer.path)
    except ContainerError:
        if _begins_with_object(data):
            yield from _lines(io.BytesIO(data), outer)
        else:
            yield plain
        return
    found = list(_documents(value, outer))
    yield from found if any(not isinstance(one, ContainerError) for one in found) else [plain]


def from_lines(outer: Held) -> Iterator[Found]:
    """The documents of JSON lines, each with the number of its line."""
    return _lines(outer.stream, outer)


def _begins_with_object(data: bytes) -> bool:
    """Whether the first line is an object with a document, or a record."""
    line = data.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]
    try:
        value = _parsed(line, "")
    except ContainerError:
        return False
    return isinstance(value, dict) and (fields.document("", value) is not None or fields.is_record(value))


def _lines(stream: io.BufferedIOBase, outer: Held) -> Iterator[Found]:
    number = 0
    while line := stream.readline(limits.PARSED_BYTES + 1):
        number += 1
        where = f"{outer.path}#{number}"
        if len(line) > limits.PARSED_BYTES:
            raise ContainerError(where, f"a line of more than {limits.PARSED_BYTES:,} bytes", "is it JSON lines?")
        if line.strip():
            yield _line(line, where, outer)


def _line(line: bytes, where: str, outer: Held) -> Found:
    try:
        value = _parsed(line, where)
    except ContainerError as error:
        return error
    if not isinstance(value, dict):
        return ContainerError(where, "the line is no JSON object", "each line is one object")
    return _document(value, where, outer)


def _document(value: Mapping[str, Any], where: str, outer: Held) -> Found:
    if fields.is_record(value):
        return OwnRecordError(where, "is a record of seedclean, not a document", "give the document it was made from")
    inner = next((value[name] for name in _HOLDERS if isinstance(value.get(name), dict)), value)
    found = fields.document(where, value, outer.stated) or fields.document(where, inner, outer.stated)
    return found or ContainerError(where, _NONE, "name the field with the document so")


def _documents(value: Any, outer: Held) -> Iterator[Found]:
    if isinstance(value, dict):
        listed = next((value[name] for name in _HOLDERS if isinstance(value.get(name), list)), None)
        if listed is None or fields.document("", value) is not None or fields.is_record(value):
            yield _document(value, outer.path, outer)
            return
        value = listed
    if not isinstance(value, list):
        yield ContainerError(outer.path, "is JSON without a document", "give objects with html, markdown or text")
        return
    for number, item in enumerate(value, 1):
        where = f"{outer.path}#{number}"
        if isinstance(item, dict):
            yield _document(item, where, outer)
        else:
            yield ContainerError(where, "is no JSON object", "give objects with html, markdown or text")


def _parsed(data: bytes, where: str) -> Any:
    """A JSON value, its numbers as written. Raises ContainerError."""
    if len(data) > limits.PARSED_BYTES:
        raise ContainerError(where, f"JSON of more than {limits.PARSED_BYTES:,} bytes", "give it as JSON lines")
    try:
        return json.loads(data.decode(json.detect_encoding(data)), parse_int=str, parse_float=str)
    except UnicodeDecodeError as error:
        raise ContainerError(where, "the JSON is not in UTF-8", "JSON is UTF-8: convert it") from error
    except json.JSONDecodeError as error:
        what = f"is no JSON: {error.msg} in line {error.lineno}, column {error.colno}"
        raise ContainerError(where, what, "the rest is cleaned without it") from error
    except RecursionError as error:
        raise ContainerError(
            where, "the JSON is nested too deeply", "give the object with the document alone"
        ) from error
