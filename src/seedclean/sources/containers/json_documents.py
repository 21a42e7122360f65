"""JSON and JSON lines: one document for each object with a field that holds one."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.model.errors import ContainerError, OwnRecordError, SeedcleanError, TooLargeError
from seedclean.sources.containers import fields
from seedclean.sources.containers.compression import ByteStream
from seedclean.sources.formats import looks_like_json

_RESULT_FIELDS = ("data", "result", "results", "pages", "items", "documents")
"""Fields in which services return their results."""
_MARKS = (b",", b"[", b"{")
"""Marks before a value in JSON."""
_NO_FIELD = "no field with a document: none of html, markdown, text, content, body, article"

Member = Source | SeedcleanError


def read_json(outer: ByteStream) -> Iterator[Member]:
    """The documents of a JSON file: an object, the response of a service, a list, or JSON lines under that suffix.

    What does not begin as JSON does is a document with the wrong suffix.
    """
    data = outer.read_all(limits.PARSED_BYTES)
    if data.lstrip()[:1] in _MARKS:
        _check_bounds(data, outer.path)
    try:
        value = _parse(data, outer.path)
    except ContainerError:
        if _has_document_in_first_line(data):
            yield from _read_lines(_again(data, outer))
        elif looks_like_json(data):
            raise
        else:
            yield Source(outer.path, data, outer.stated, warnings=("wrong-suffix",))
        return
    yield from _documents(value, outer)


def read_json_or_text(outer: ByteStream) -> Iterator[Member]:
    """`read_json` for a file without a suffix: JSON without a document in it is a document itself."""
    data = outer.read_all(limits.SOURCE_BYTES)
    whole = Source(outer.path, data, outer.stated)
    try:
        value = _parse(data[: limits.PARSED_BYTES + 1], outer.path)
    except ContainerError:
        if _has_document_in_first_line(data):
            yield from _read_lines(_again(data, outer))
        else:
            yield whole
        return
    members = list(_documents(value, outer))
    yield from members if any(not isinstance(member, ContainerError) for member in members) else [whole]


def read_json_lines(outer: ByteStream) -> Iterator[Member]:
    """The documents of JSON lines, each with the number of its line in its path."""
    return _read_lines(outer)


def _again(data: bytes, outer: ByteStream) -> ByteStream:
    """The bytes of a stream, from its start once more."""
    stream: io.BufferedReader[Any] = io.BufferedReader(io.BytesIO(data))
    return replace(outer, stream=stream)


def _has_document_in_first_line(data: bytes) -> bool:
    """Whether the first line is an object with a document, or a record."""
    line = data.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]
    try:
        value = _parse(line, "")
    except ContainerError:
        return False
    return isinstance(value, dict) and (fields.document("", value) is not None or fields.is_own_record(value))


def _read_lines(outer: ByteStream) -> Iterator[Member]:
    number = 0
    while True:
        number += 1
        where = f"{outer.path}#{number}"
        try:
            line = outer.read_line(limits.PARSED_BYTES)
        except TooLargeError as error:
            what = f"a line of more than {limits.PARSED_BYTES:,} bytes"
            raise ContainerError(where, what, "is it JSON lines?") from error
        if not line:
            return
        if line.strip():
            yield _read_line(line, where, outer)


def _read_line(line: bytes, where: str, outer: ByteStream) -> Member:
    try:
        value = _parse(line, where)
    except ContainerError as error:
        return error
    if not isinstance(value, dict):
        return ContainerError(where, "the line is not a JSON object", "write one object on each line")
    return _document(value, where, outer)


def _document(value: Mapping[str, Any], where: str, outer: ByteStream) -> Member:
    if fields.is_own_record(value):
        return OwnRecordError(where, "is a record of seedclean, not a document", "give the document it was made from")
    inner = next((value[name] for name in _RESULT_FIELDS if isinstance(value.get(name), dict)), value)
    source = fields.document(where, value, outer.stated) or fields.document(where, inner, outer.stated)
    return source or ContainerError(where, _NO_FIELD, "give the field with the document one of these names")


def _documents(value: Any, outer: ByteStream) -> Iterator[Member]:
    if isinstance(value, dict):
        results = next((value[name] for name in _RESULT_FIELDS if isinstance(value.get(name), list)), None)
        if results is None or fields.document("", value) is not None or fields.is_own_record(value):
            yield _document(value, outer.path, outer)
            return
        value = results
    if not isinstance(value, list):
        yield ContainerError(outer.path, "is JSON without a document", "give objects with html, markdown or text")
        return
    for number, item in enumerate(value, 1):
        where = f"{outer.path}#{number}"
        if isinstance(item, dict):
            yield _document(item, where, outer)
        else:
            yield ContainerError(where, "is not a JSON object", "give objects with html, markdown or text")


def _parse(data: bytes, where: str) -> Any:
    """A JSON value, with numbers as the strings they are written as. Raises ContainerError."""
    _check_bounds(data, where)
    try:
        return json.loads(data.decode(json.detect_encoding(data)), parse_int=str, parse_float=str)
    except UnicodeDecodeError as error:
        raise ContainerError(where, "the JSON is not in UTF-8", "convert it to UTF-8") from error
    except json.JSONDecodeError as error:
        what = f"is not valid JSON: {error.msg} in line {error.lineno}, column {error.colno}"
        raise ContainerError(where, what, "repair it, or remove it") from error
    except RecursionError as error:
        raise ContainerError(
            where, "the JSON is nested too deeply", "give the object with the document alone"
        ) from error


def _check_bounds(data: bytes, where: str) -> None:
    """Raise ContainerError for JSON that is too large, or has too many values for its size."""
    if len(data) > limits.PARSED_BYTES:
        raise ContainerError(where, f"JSON of more than {limits.PARSED_BYTES:,} bytes", "convert it to JSON lines")
    if _values(data) > max(limits.JSON_VALUES, len(data) // limits.JSON_VALUE_BYTES):
        raise ContainerError(where, "JSON of too many values for its size", "is it documents? give these alone")


def _values(data: bytes) -> int:
    """About the number of values and keys in JSON, without parsing it: marks outside strings, and the strings.

    Every mark is counted where there are few; else the texts are set aside, as they hold marks of their own.
    """
    if sum(map(data.count, _MARKS)) <= limits.JSON_VALUES:
        return 0
    plain = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    strings = plain.count(b'"') // 2
    if strings > max(limits.JSON_VALUES, len(data) // limits.JSON_VALUE_BYTES):
        return strings
    outside = plain.split(b'"')[::2]
    return strings + sum(sum(map(piece.count, _MARKS)) for piece in outside)
