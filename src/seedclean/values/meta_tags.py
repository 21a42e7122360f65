"""Fields of the record that the names of meta tags, linked data and their like stand for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from seedclean.values.tables import table


def field(place: str, name: str) -> str:
    """The field that `name` (lower case) stands for at `place` (meta, json-ld, byline, html); empty if it stands for none."""
    return _fields(place).get(name, "")


@cache
def _fields(place: str) -> Mapping[str, str]:
    fields: Mapping[str, list[str]] = table("meta_tags").get(place, {})
    return {name: field for field, names in fields.items() for name in names}


def rank(place: str, name: str) -> int:
    """How far behind in its field's list a name stands: of two that a page states the smaller rank counts."""
    return list(table("meta_tags")[place][field(place, name)]).index(name)
