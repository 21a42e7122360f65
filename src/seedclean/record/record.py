"""The record: the canonical result for one document, as the JSON Schema `record.schema.json` describes it."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any, Union

import orjson

from seedclean.model.errors import InputError
from seedclean.model.vocabulary import Format, PageType, Status
from seedclean.record import arrow, render
from seedclean.record.canonical_json import canonical
from seedclean.record.parts import Block, Provenance, Removed, Translation

SCHEMA = 1

Stated = Union[str, "tuple[Stated, ...]", "Mapping[str, Stated]"]
"""A value as a document states it: text, or lists and mappings of such values as front matter may have."""


@dataclass(frozen=True, slots=True, repr=False)
class Record:
    """The result for one document. Immutable and hashable; docs/record.md explains each field.

    A value that is unknown is None, or empty where it is a list. Dates are ISO 8601, as precise as the document states
    them; `language` is BCP 47; spans are half-open, in code points of the decoded source. `confidence` is in whole per
    cent. `text` is the running text, `blocks` are the kept blocks and `removed` the others, in source order.
    """

    schema: int
    id: str
    path: str
    bytes: int
    encoding: str
    format: Format
    origin: str | None
    capture: str | None
    clue: str | None
    status: Status
    confidence: int | None
    page_type: PageType | None
    warnings: tuple[str, ...]
    title: str | None
    description: str | None
    url: str | None
    publisher: str | None
    authors: tuple[str, ...]
    credit: str | None
    editors: tuple[str, ...]
    rights: str | None
    published: str | None
    modified: str | None
    captured: str | None
    language: str | None
    tags: tuple[str, ...]
    image: str | None
    stated: Mapping[str, Stated]
    provenance: Mapping[str, Provenance]
    text: str
    blocks: tuple[Block, ...]
    translations: tuple[Translation, ...]
    removed: tuple[Removed, ...]

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON has it: new dicts, lists, strings, integers and None, all the way down."""
        data = self._fields()
        data |= {name: [part.to_dict() for part in data[name]] for name in ("blocks", "translations", "removed")}
        return data

    def _fields(self) -> dict[str, Any]:
        """The record as JSON has it, but for its blocks and translations."""
        data = {name: getattr(self, name) for name in _NAMES}
        data |= {name: list(data[name]) for name in _LISTS}
        data["stated"] = _thawed(self.stated)
        data["provenance"] = {field: value.to_dict() for field, value in self.provenance.items()}
        return data

    def to_json(self) -> builtins.bytes:
        """The record in canonical JSON (RFC 8785), UTF-8, without a line feed."""
        return canonical(self._fields(), _part)

    def to_row(self) -> dict[str, Any]:
        """The record as a row of `seedclean.arrow_schema()`: as `to_dict`, with `stated` as a list of entries.

        An entry has a `name` and one of `value` (a text), `values` (a list of texts) and `nested` (JSON, for what front
        matter may nest deeper).
        """
        return arrow.to_row(self.to_dict())

    @classmethod
    def from_json(cls, data: builtins.bytes | str) -> Record:
        """The record of its JSON, as `to_json` and the command write it. Raises InputError for any other text."""
        try:
            return _from_dict(orjson.loads(data))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            what = f"is no record of form {SCHEMA}: {error or type(error).__name__}"
            raise InputError("JSON", what, "give one line of what seedclean wrote") from error

    def markdown(self, *, front_matter: bool = False) -> str:
        """The document as Markdown: its title, its blocks with their marks, and translations after a divider.

        With `front_matter` the metadata stands before it, as YAML between two lines `---`; the title is in it, and not
        repeated as a heading.
        """
        body = render.markdown(None if front_matter else self.title, self.blocks, self.translations)
        return render.front_matter(self._metadata()) + body if front_matter else body

    def _metadata(self) -> dict[str, str | tuple[str, ...] | None]:
        return {name: getattr(self, name) for name in render.FRONT_MATTER}

    def __repr__(self) -> str:
        title = repr(self.title if self.title is None or len(self.title) <= 40 else self.title[:39] + "…")
        counts = f"{len(self.blocks)} kept, {len(self.removed)} removed"
        return f"<Record {self.path!r}: {title}, {self.origin or 'unknown origin'}, {self.status}, {counts}>"

    def _repr_html_(self) -> str:
        """The record for a notebook: nothing of the document is markup there."""
        from seedclean.record.page import notebook  # only a notebook asks

        return notebook(self)

    def __hash__(self) -> int:
        return hash((self.id, self.path, self.text))

    def __reduce__(self) -> tuple[Any, ...]:
        return Record.from_json, (self.to_json(),)


_NAMES = tuple(field.name for field in fields(Record))
_LISTS = ("warnings", "authors", "editors", "tags")


def _part(part: Block | Removed | Translation) -> dict[str, Any]:
    return part.to_dict()


def _from_dict(data: dict[str, Any]) -> Record:
    if data.keys() != set(_NAMES) or data["schema"] != SCHEMA:
        raise ValueError(f"its keys or its form differ: {', '.join(sorted(data.keys() ^ set(_NAMES))) or 'schema'}")
    values = data | {name: tuple(data[name]) for name in _LISTS}
    values["stated"] = frozen(data["stated"])
    values["provenance"] = MappingProxyType(
        {field: Provenance.from_dict(value) for field, value in data["provenance"].items()}
    )
    values["blocks"] = tuple(map(Block.from_dict, data["blocks"]))
    values["translations"] = tuple(map(Translation.from_dict, data["translations"]))
    values["removed"] = tuple(map(Removed.from_dict, data["removed"]))
    return Record(**values)


def frozen(value: Any) -> Any:
    """A JSON value without anything that can be changed: tuples for lists, read-only mappings for dicts."""
    if isinstance(value, Mapping):
        return MappingProxyType({key: frozen(item) for key, item in value.items()})
    return tuple(map(frozen, value)) if isinstance(value, list | tuple) else value


def _thawed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _thawed(item) for key, item in value.items()}
    return [_thawed(item) for item in value] if isinstance(value, tuple) else value
