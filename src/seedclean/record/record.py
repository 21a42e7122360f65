"""The record: the canonical result for one document, as JSON Schema record.schema.json describes it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from seedclean.decisions.classifier.page_type import page_type
from seedclean.decisions.verdicts import Verdicts
from seedclean.model.document import Block, Candidate, Decision, Detection, Document, Surroundings
from seedclean.model.vocabulary import FIELDS, LISTS
from seedclean.packs.pack import Pack
from seedclean.record import bilingual
from seedclean.record.canonical_json import canonical
from seedclean.record.render import plain
from seedclean.values import language, urls

SCHEMA = 1
_MEDIA = ("image", "video", "audio", "embed")


@dataclass(frozen=True, slots=True)
class Record:
    """One document's result. `data` holds the keys of docs/record.md; attributes lead to them: `record.title`."""

    data: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.data[name]
        except KeyError:
            raise AttributeError(f"a record has no {name!r}; it has: {', '.join(sorted(self.data))}") from None

    def to_dict(self) -> dict[str, Any]:
        """The record as plain dicts and lists."""
        return dict(self.data)

    def to_json(self) -> bytes:
        """The record in canonical JSON, UTF-8, without a line feed."""
        return canonical(self.data)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A document with everything that became of it: what `explain` shows and what a record is made from."""

    document: Document
    detection: Detection
    decisions: list[Decision]
    surroundings: Surroundings
    record: Record


def assemble(
    document: Document,
    detection: Detection,
    verdicts: Verdicts,
    metadata: Mapping[str, Candidate],
    packs: Sequence[Pack],
) -> Record:
    """Put a record together from what was read, detected, decided and gathered."""
    decisions = verdicts.decisions
    statuses = _statuses(decisions, packs)
    kept = [decision for decision in decisions if decision.verdict == "keep"]
    first, second = bilingual.split([_labelled(decision) for decision in kept])
    rules = {(decision.block.start, decision.block.end): decision.rule for decision in kept}
    text = plain(first)
    status, warnings = _status(document, bool(text) or any(block.kind in _MEDIA for block in first), statuses)
    if detection.rivals:
        warnings.append("rival-origins")
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "id": "sha256:" + hashlib.sha256(document.data).hexdigest(),
        "path": document.path,
        "bytes": len(document.data),
        "encoding": document.encoding,
        "format": document.format,
        "origin": detection.origin or None,
        "capture": detection.capture or None,
        "clue": detection.clue or None,
        "status": status,
        "confidence": verdicts.confidence,
        "page_type": None if status == "failure" else page_type(document, detection, decisions),
        "warnings": sorted({*document.warnings, *warnings}),
        **{field: _value(field, metadata.get(field)) for field in FIELDS},
        "stated": _stated(document),
        "provenance": _provenance(document, metadata),
        "text": text,
        "blocks": [_kept(block, rules) for block in first],
        "translations": [_translation(second, rules)] if second else [],
        "removed": [_removed(decision) for decision in decisions if decision.verdict == "remove"],
    }
    if second:
        data["language"] = _main_language(data["language"], text)
    return Record(data)


def _statuses(decisions: Sequence[Decision], packs: Sequence[Pack]) -> set[str]:
    """The statuses of the rules that decided on a block."""
    statuses = {rule.id: rule.status for pack in packs for rule in pack.rules if rule.status}
    return {statuses[decision.rule] for decision in decisions if decision.rule in statuses}


def _labelled(decision: Decision) -> Block:
    """A kept block, of the kind that its rule says it is."""
    return replace(decision.block, kind=decision.label) if decision.label else decision.block


def _status(document: Document, has_content: bool, statuses: Set[str]) -> tuple[str, list[str]]:
    if "failure" in statuses and not has_content:
        return "failure", []
    if "partial" in statuses:
        return "partial", ["truncated-capture"]
    if "empty" in statuses or not has_content:
        return "empty", []
    return ("partial" if "unclosed-markup" in document.warnings else "ok"), []


def _value(field: str, candidate: Candidate | None) -> Any:
    if candidate is None:
        return [] if field in LISTS else None
    return list(candidate.value) if isinstance(candidate.value, tuple) else candidate.value


def _main_language(stated: str | None, text: str) -> str | None:
    """The language of the first version, where there are two."""
    detected = language.of(text)
    return stated if stated and stated.split("-")[0] == detected else detected or stated


def _stated(document: Document) -> dict[str, Any]:
    """Front matter as written; beside it, meta tags and links under their places."""
    fields: dict[str, Any] = dict(document.front)
    for entry in document.stated:
        if entry.place == "container":
            fields.setdefault(entry.name, entry.value)
        elif entry.place in ("meta", "link", "html", "json-ld"):
            fields.setdefault(f"{entry.place}:{entry.name}", entry.value)
    return fields


def _provenance(document: Document, metadata: Mapping[str, Candidate]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        field: {"from": value.origin, "span": [value.start, value.end] if value.end else None}
        for field, value in metadata.items()
    }
    fields["encoding"] = {"from": document.encoding_known_by, "span": None}
    return fields


def _kept(block: Block, rules: Mapping[tuple[int, int], str]) -> dict[str, Any]:
    """A kept block with the keys that apply to its kind."""
    fields: dict[str, Any] = {
        "kind": block.kind,
        "text": block.text,
        "span": [block.start, block.end],
        "rule": rules[block.start, block.end],
    }
    if block.kind == "heading":
        fields["level"] = block.level
    if block.depth:
        fields["depth"] = block.depth
    if block.kind == "item":
        fields["ordered"] = block.ordered
    if block.number:
        fields["number"] = block.number
    if block.code:
        fields["language"] = block.code
    if block.kind in ("image", "video", "audio", "embed"):
        fields["url"] = urls.unproxied(block.url) if block.kind == "image" else block.url
        fields["alt"] = block.alt
    if block.rows:
        fields["rows"] = [list(row) for row in block.rows]
    if block.marks:
        fields["marks"] = [
            {"start": mark.start, "end": mark.end, "type": mark.type} | ({"url": mark.url} if mark.url else {})
            for mark in block.marks
        ]
    return fields


def _removed(decision: Decision) -> dict[str, Any]:
    block = decision.block
    return {
        "category": decision.category,
        "rule": decision.rule,
        "kind": block.kind,
        "text": block.text,
        "span": [block.start, block.end],
    }


def _translation(blocks: Sequence[Block], rules: Mapping[tuple[int, int], str]) -> dict[str, Any]:
    text = plain(blocks)
    title = next((block.text for block in blocks if block.kind == "heading"), None)
    return {
        "language": language.of(text) or None,
        "title": title,
        "text": text,
        "blocks": [_kept(block, rules) for block in blocks],
    }
