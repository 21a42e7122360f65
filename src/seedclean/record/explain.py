"""Explanation of a document: its origin, its metadata, and for each block the verdict and the rule behind it.

The lines are values with a tone, so that a terminal can colour them and a pipe can have them plain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from seedclean.model.document import Decision
from seedclean.record.assembly import Cleaned
from seedclean.record.terminal import clipped, columns, justified, visible, wrapped

_LABELS = ("title", "publisher", "authors", "editors", "credit", "published", "captured", "url", "language", "rights")
_GUTTER = {"keep": "  │ ", "remove": "- ┊ "}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation. `tone` is one of head, note, keep, remove."""

    tone: str
    text: str
    note: str = ""


def lines(cleaned: Cleaned, width: int) -> Iterator[Line]:
    """The explanation of a cleaned document, for a terminal of `width` columns."""
    record = cleaned.record
    summary = [
        record.origin or "unknown origin",
        record.capture,
        record.format,
        record.encoding,
        record.status,
        *record.warnings,
    ]
    yield Line("head", visible(record.path))
    yield Line("note", " · ".join(part for part in summary if part) + (f" · by {record.clue}" if record.clue else ""))
    for field in _LABELS:
        value = getattr(record, field)
        if value:
            shown = ", ".join(value) if isinstance(value, tuple) else str(value)
            yield Line("note", f"{field:10} {visible(shown)}", record.provenance[field].place)
    around = cleaned.surroundings
    sure = "" if record.confidence is None else f" · confidence {record.confidence} %"
    yield Line("note", f"{around.kind}: {around.why}{sure}")
    yield Line("note", "")
    languages = {
        block.span: version.language or "unknown language"
        for version in record.translations
        for block in version.blocks
    }
    for decision in cleaned.decisions:
        yield from _block(decision, width, languages.get((decision.block.start, decision.block.end), ""))
    kept = sum(decision.verdict == "keep" for decision in cleaned.decisions)
    yield Line("note", "")
    yield Line("note", f"{counted(kept, 'block')} kept, {len(cleaned.decisions) - kept} removed")


def counted(count: int, noun: str) -> str:
    """A number with its noun: `1 block`, `2 blocks`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _block(decision: Decision, width: int, translation: str) -> Iterator[Line]:
    """The rows of a block; `translation` is the language of the version that it belongs to, besides the first."""
    quiet = decision.by == "default" and decision.verdict == "keep"
    reason = reason_of(decision)
    if translation:
        reason = f"translation {translation}" + ("" if quiet else f" · {reason}")
    gutter = _GUTTER[decision.verdict]
    text = shown(decision)
    room = max(width - len(gutter), 20)
    if decision.verdict == "remove":
        rows = [clipped(text.replace("\n", " "), max(room - columns(reason) - 2, 20))]
    else:
        rows = [row for part in text.split("\n") for row in wrapped(part, room)]
    for at, row in enumerate(rows):
        yield Line(decision.verdict, gutter + row, reason if at == 0 and (translation or not quiet) else "")


def reason_of(decision: Decision) -> str:
    """Why a block was decided so: its category, its rule, and the field that it became."""
    reason = f"{decision.category} · {decision.rule}" if decision.category else decision.rule
    return f"{reason} → {decision.label}" if decision.label else reason


def shown(decision: Decision) -> str:
    """A block as text for a terminal."""
    block = decision.block
    if block.kind == "heading":
        return "#" * block.level + " " + visible(block.text)
    if block.kind == "item":
        return "• " + visible(block.text)
    if block.text:
        return visible(block.text)
    return f"[{block.kind}{' ' + visible(block.url) if block.url else ''}]"


def joined(line: Line, width: int) -> str:
    """A line with its note at the right edge, or below it where there is no room."""
    return justified(line.text, line.note, width)
