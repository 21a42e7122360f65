"""Records as rows of Apache Arrow, with lists and structs for nested values. The schema needs pyarrow; the rows do not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import orjson

from seedclean.model.vocabulary import FIELDS, LISTS
from seedclean.record.canonical_json import canonical

if TYPE_CHECKING:
    import pyarrow

_PLACES = (*FIELDS, "encoding")
"""What a record may have a provenance for."""


def arrow_schema() -> pyarrow.Schema:
    """The Arrow schema of records as rows, its columns in alphabetical order. Needs pyarrow.

    `pyarrow.Table.from_pylist([record.to_row() for record in records], seedclean.arrow_schema())` is a table of whole
    records, which pandas, datasets and duckdb take as it is.
    """
    import pyarrow  # an extra: 40 MB

    text, number, texts = pyarrow.string(), pyarrow.int64(), pyarrow.list_(pyarrow.string())
    span = pyarrow.list_(number)
    mark = pyarrow.struct([("start", number), ("end", number), ("type", text), ("url", text)])
    block = pyarrow.struct([
        ("kind", text), ("text", text), ("span", span), ("rule", text), ("category", text), ("level", number),
        ("depth", number), ("number", text), ("ordered", pyarrow.bool_()), ("language", text), ("url", text),
        ("alt", text), ("rows", pyarrow.list_(texts)), ("marks", pyarrow.list_(mark)),
    ])  # fmt: skip
    removed = pyarrow.struct([("category", text), ("rule", text), ("kind", text), ("text", text), ("span", span)])
    version = pyarrow.struct([
        ("language", text), ("title", text), ("text", text), ("blocks", pyarrow.list_(block)),
    ])  # fmt: skip
    place = pyarrow.struct([("from", text), ("span", span)])
    stated = pyarrow.struct([("name", text), ("value", text), ("values", texts), ("nested", text)])
    names = ["id", "path", "encoding", "format", "origin", "capture", "clue", "status", "page_type", "text"]
    columns = dict.fromkeys([*names, *FIELDS], text)
    columns |= dict.fromkeys(["schema", "bytes", "confidence"], number)
    columns |= dict.fromkeys(["warnings", *LISTS], texts)
    columns |= {
        "blocks": pyarrow.list_(block), "removed": pyarrow.list_(removed), "translations": pyarrow.list_(version),
        "provenance": pyarrow.struct([(name, place) for name in _PLACES]), "stated": pyarrow.list_(stated),
    }  # fmt: skip
    return pyarrow.schema(sorted(columns.items()))


def to_row(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record's dict as a row. Only `stated` differs: its keys are the document's own, so it is a list of entries.

    An entry has a `name` and one of `value` (a text), `values` (a list of texts) and `nested` (JSON, for a list or mapping
    with more in it, as front matter may have).
    """
    return {**record, "stated": [_entry(name, value) for name, value in sorted(record["stated"].items())]}


def _entry(name: str, value: Any) -> dict[str, Any]:
    entry = {"name": name, "value": None, "values": None, "nested": None}
    if isinstance(value, str):
        return entry | {"value": value}
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return entry | {"values": value}
    return entry | {"nested": canonical(value).decode()}


def from_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """The dict of a record from its row: without the keys that Arrow adds as null where they do not apply."""
    return {
        **row,
        "stated": {entry["name"]: _stated(entry) for entry in row["stated"]},
        "provenance": {field: place for field, place in row["provenance"].items() if place is not None},
        "blocks": [_block(block) for block in row["blocks"]],
        "translations": [
            {**version, "blocks": [_block(block) for block in version["blocks"]]} for version in row["translations"]
        ],
    }


def _stated(entry: Mapping[str, Any]) -> Any:
    if entry["nested"] is not None:
        return orjson.loads(entry["nested"])
    return entry["value"] if entry["values"] is None else entry["values"]


def _block(block: Mapping[str, Any]) -> dict[str, Any]:
    fields = {name: value for name, value in block.items() if value is not None}
    if "marks" in fields:
        fields["marks"] = [
            {name: value for name, value in mark.items() if value is not None} for mark in fields["marks"]
        ]
    return fields
