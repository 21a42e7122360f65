"""Puts a record together from what was read, detected, decided and gathered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import starmap
from types import MappingProxyType
from typing import Any, cast

from seedclean.decisions import policy as policies
from seedclean.decisions.classifier.page_type import page_type
from seedclean.decisions.verdicts import Verdicts
from seedclean.model.document import Block as SourceBlock
from seedclean.model.document import Candidate, Decision, Detection, Document, Policy, Surroundings
from seedclean.model.vocabulary import FIELDS, LISTS, Category, Format, Kind, PageType, Status
from seedclean.packs.pack import Pack
from seedclean.record import bilingual
from seedclean.record.metadata import Metadata
from seedclean.record.parts import Block, Provenance, Removed, Translation
from seedclean.record.record import SCHEMA, Record, frozen
from seedclean.record.render import plain
from seedclean.values import language, urls

_MEDIA = ("image", "video", "audio", "embed")


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
    metadata: Metadata,
    packs: Sequence[Pack],
    policy: Policy,
) -> Cleaned:
    """The record, with the steps that led to it. What the policy keeps changes blocks and text, and nothing else."""
    own = verdicts.decisions
    decisions = policies.apply(own, policy)
    kept = [decision for decision in decisions if decision.verdict == "keep"]
    first, languages, second = bilingual.versions([_labelled(decision) for decision in kept])
    blocks = _with_languages(tuple(starmap(_kept, _decided(first, kept))), languages)
    text = plain(blocks)
    status, warnings = _status(document, own, _statuses(own, packs))
    if detection.rivals:
        warnings.append("rival-origins")
    fields: dict[str, Any] = {field: _value(field, metadata.values.get(field)) for field in FIELDS}
    if second:
        fields["language"] = _main_language(fields["language"], text)
    record = Record(
        schema=SCHEMA,
        id="sha256:" + hashlib.sha256(document.data).hexdigest(),
        path=document.path,
        bytes=len(document.data),
        encoding=document.encoding,
        format=cast(Format, document.format),
        origin=detection.origin or None,
        capture=detection.capture or None,
        clue=detection.clue or None,
        status=status,
        confidence=verdicts.confidence,
        page_type=None if status == "failure" else cast(PageType | None, page_type(document, detection, own)),
        warnings=tuple(sorted({*document.warnings, *warnings})),
        **fields,
        stated=_stated(document, metadata.rivals),
        provenance=_provenance(document, metadata.values),
        text=text,
        blocks=blocks,
        translations=(_translation(second, kept),) if second else (),
        removed=tuple(_removed(decision) for decision in decisions if decision.verdict == "remove"),
    )
    return Cleaned(document, detection, decisions, verdicts.surroundings, record)


def _statuses(decisions: Sequence[Decision], packs: Sequence[Pack]) -> set[str]:
    """The statuses of the rules that decided on a block."""
    statuses = {rule.id: rule.status for pack in packs for rule in pack.rules if rule.status}
    return {statuses[decision.rule] for decision in decisions if decision.rule in statuses}


def _labelled(decision: Decision) -> SourceBlock:
    """A kept block, of the kind that its rule says it is. The label of a block that the policy keeps is a field's name."""
    return replace(decision.block, kind=decision.label) if decision.label and not decision.category else decision.block


def _status(document: Document, decisions: Sequence[Decision], statuses: Set[str]) -> tuple[Status, list[str]]:
    kept = (_labelled(decision) for decision in decisions if decision.verdict == "keep")
    has_content = any(block.kind in _MEDIA or (block.text and block.kind != "caption") for block in kept)
    if "failure" in statuses and not has_content:
        return "failure", []
    if "partial" in statuses:
        return "partial", ["truncated-capture"]
    if "empty" in statuses or not has_content:
        return "empty", []
    return ("partial" if "unclosed-markup" in document.warnings else "ok"), []


def _value(field: str, candidate: Candidate | None) -> str | tuple[str, ...] | None:
    if candidate is None:
        return () if field in LISTS else None
    return candidate.value


def _main_language(stated: str | None, text: str) -> str | None:
    """The language of the first version, where there are two."""
    detected = language.of(text)
    return stated if stated and language.agree(stated, detected) else detected or stated


def _stated(document: Document, rivals: Mapping[str, Sequence[Candidate]]) -> Any:
    """Front matter as written; beside it, meta tags and links under their places, and the values that were not chosen."""
    fields: dict[str, Any] = dict(document.front)
    for entry in document.stated:
        if entry.place == "container":
            fields.setdefault(entry.name, entry.value)
        elif entry.place in ("meta", "link", "html", "json-ld", "element", "byline"):
            fields.setdefault(f"{entry.place}:{entry.name}", entry.value)
    for field, several in rivals.items():
        if several:
            fields[f"rival:{field}"] = [{"value": one.value, "from": one.origin} for one in several]
    return frozen(fields)


def _provenance(document: Document, metadata: Mapping[str, Candidate]) -> Mapping[str, Provenance]:
    places = {
        field: Provenance(value.origin, (value.start, value.end) if value.end else None)
        for field, value in metadata.items()
    }
    places["encoding"] = Provenance(document.encoding_known_by)
    return MappingProxyType(places)


def _decided(blocks: Sequence[SourceBlock], kept: Sequence[Decision]) -> Iterator[tuple[SourceBlock, Decision]]:
    """Some of the kept blocks, in their order, each with the decision on it."""
    decisions = iter(kept)
    for block in blocks:
        span = (block.start, block.end)
        yield block, next(one for one in decisions if (one.block.start, one.block.end) == span)


def _kept(block: SourceBlock, decision: Decision) -> Block:
    """A kept block with the fields that apply to its kind."""
    media = block.kind in ("image", "video", "audio", "embed")
    return Block(
        kind=cast(Kind, block.kind),
        text=block.text,
        span=(block.start, block.end),
        rule=decision.rule,
        category=cast(Category, decision.category) if decision.category else None,
        level=block.level if block.kind == "heading" else None,
        depth=block.depth or None,
        number=block.number or None,
        ordered=block.ordered if block.kind == "item" else None,
        language=block.code or None,
        url=(urls.unproxied(block.url) if block.kind == "image" else block.url) if media else None,
        alt=block.alt if media else None,
        rows=block.rows,
        marks=tuple(mark if mark.url != "" else replace(mark, url=None) for mark in block.marks),
    )


def _with_languages(blocks: Sequence[Block], languages: Sequence[str]) -> tuple[Block, ...]:
    """The kept blocks, each with its language where two are mixed; a block of code has its programming language."""
    pairs = zip(blocks, languages, strict=True)
    return tuple(replace(block, language=code) if code and not block.language else block for block, code in pairs)


def _removed(decision: Decision) -> Removed:
    block = decision.block
    category, kind = cast(Category, decision.category), cast(Kind, block.kind)
    return Removed(category, decision.rule, kind, block.text, (block.start, block.end))


def _translation(blocks: Sequence[SourceBlock], kept: Sequence[Decision]) -> Translation:
    version = tuple(starmap(_kept, _decided(blocks, kept)))
    text = plain(version)
    title = next((block.text for block in version if block.kind == "heading"), None)
    return Translation(language.of(text) or None, title, text, version)
