"""What a record consists of besides its plain fields: kept and removed blocks, translations, and where values come from.

All of them are immutable and hashable, and have the keys of docs/record.md as their fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seedclean.model.document import Mark
from seedclean.model.vocabulary import Category, Kind

Span = tuple[int, int]
"""Half-open [start, end) in code points of the decoded source."""


@dataclass(frozen=True, slots=True)
class Block:
    """A kept block of a record.

    `text` is without markup and empty for pictures and dividers. A field that does not apply to the block's kind is
    None, or empty for `rows` and `marks`; `docs/record.md` says which apply. `category` is set where the policy keeps a
    block that is not the document's own: it says what the block is.
    """

    kind: Kind
    text: str
    span: Span
    rule: str
    category: Category | None = None
    level: int | None = None
    depth: int | None = None
    number: str | None = None
    ordered: bool | None = None
    language: str | None = None
    url: str | None = None
    alt: str | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    marks: tuple[Mark, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The block as in JSON: only with the keys that apply to it."""
        fields: dict[str, Any] = {"kind": self.kind, "text": self.text, "span": list(self.span), "rule": self.rule}
        for name in _OPTIONAL:
            value = getattr(self, name)
            if value is not None:
                fields[name] = value
        if self.rows:
            fields["rows"] = [list(row) for row in self.rows]
        if self.marks:
            fields["marks"] = [
                {"start": mark.start, "end": mark.end, "type": mark.type} | ({"url": mark.url} if mark.url else {})
                for mark in self.marks
            ]
        return fields

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Block:
        """The block of its dict. Raises KeyError and TypeError."""
        rest = {name: value for name, value in fields.items() if name not in ("span", "rows", "marks")}
        rows = tuple(tuple(row) for row in fields.get("rows", ()))
        marks = tuple(Mark(**mark) for mark in fields.get("marks", ()))
        return cls(span=_span(fields["span"]), rows=rows, marks=marks, **rest)


_OPTIONAL = ("category", "level", "depth", "number", "ordered", "language", "url", "alt")


@dataclass(frozen=True, slots=True)
class Removed:
    """A removed block of a record: what it was, and the rule that removed it."""

    category: Category
    rule: str
    kind: Kind
    text: str
    span: Span

    def to_dict(self) -> dict[str, Any]:
        """The block as in JSON."""
        return {
            "category": self.category,
            "rule": self.rule,
            "kind": self.kind,
            "text": self.text,
            "span": list(self.span),
        }

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Removed:
        """The block of its dict. Raises KeyError and TypeError."""
        return cls(**{**fields, "span": _span(fields["span"])})


@dataclass(frozen=True, slots=True)
class Translation:
    """The version of a bilingual document in a further language. `language` is BCP 47."""

    language: str | None
    title: str | None
    text: str
    blocks: tuple[Block, ...]

    def to_dict(self) -> dict[str, Any]:
        """The version as in JSON."""
        blocks = [block.to_dict() for block in self.blocks]
        return {"language": self.language, "title": self.title, "text": self.text, "blocks": blocks}

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Translation:
        """The version of its dict. Raises KeyError and TypeError."""
        return cls(**{**fields, "blocks": tuple(map(Block.from_dict, fields["blocks"]))})


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value of a record comes from.

    `place` is `rule:ID`, `front-matter:KEY`, `meta:NAME`, `pack:ID`, `text` or another place; it is the key `from` in
    JSON. `span` is None where the place is not in the text.
    """

    place: str
    span: Span | None = None

    def to_dict(self) -> dict[str, Any]:
        """The provenance as in JSON."""
        return {"from": self.place, "span": list(self.span) if self.span else None}

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Provenance:
        """The provenance of its dict. Raises KeyError and TypeError."""
        return cls(fields["from"], _span(fields["span"]) if fields["span"] else None)


def _span(value: Any) -> Span:
    start, end = value
    return start, end
