"""An explanation: what a document is taken for, and for each block what became of it and why, as lines with a tone.

It is a value, so that a terminal can colour it and a pipe can have it plain. Nothing of the document can reach the
terminal as a command: control characters are shown as their pictures.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from seedclean.model.document import Decision
from seedclean.record.record import Cleaned

_LABELS = ("title", "publisher", "authors", "editors", "credit", "published", "captured", "url", "language", "rights")
_GUTTER = {"keep": "  │ ", "remove": "- ┊ "}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation. `tone` is one of head, note, keep, remove."""

    tone: str
    text: str
    note: str = ""


def lines(cleaned: Cleaned, width: int) -> Iterator[Line]:
    """The explanation of a document that was cleaned, for a screen of so many columns."""
    record = cleaned.record
    known = [
        record.origin or "unknown origin",
        record.capture,
        record.format,
        record.encoding,
        record.status,
        *record.warnings,
    ]
    yield Line("head", visible(record.path))
    yield Line("note", " · ".join(part for part in known if part) + (f" · by {record.clue}" if record.clue else ""))
    for field in _LABELS:
        value = record.data[field]
        if value:
            shown = ", ".join(value) if isinstance(value, list) else str(value)
            yield Line("note", f"{field:10} {visible(shown)}", record.provenance[field]["from"])
    around = cleaned.surroundings
    yield Line("note", f"{around.kind}: {around.why}")
    yield Line("note", "")
    for decision in cleaned.decisions:
        yield from _block(decision, width)
    kept = sum(decision.verdict == "keep" for decision in cleaned.decisions)
    yield Line("note", "")
    yield Line("note", f"{kept} blocks kept, {len(cleaned.decisions) - kept} removed")


def _block(decision: Decision, width: int) -> Iterator[Line]:
    reason = f"{decision.category} · {decision.rule}" if decision.category else decision.rule
    if decision.label:
        reason += f" → {decision.label}"
    gutter = _GUTTER[decision.verdict]
    text = _shown(decision)
    room = max(width - len(gutter), 20)
    if decision.verdict == "remove":
        rows = [_clipped(text.replace("\n", " "), max(room - columns(reason) - 2, 20))]
    else:
        rows = [row for part in text.split("\n") for row in _wrapped(part, room)]
    quiet = decision.by == "default" and decision.verdict == "keep"
    for at, row in enumerate(rows):
        yield Line(decision.verdict, gutter + row, reason if at == 0 and not quiet else "")


def _shown(decision: Decision) -> str:
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
    if not line.note:
        return line.text.rstrip()
    gap = width - columns(line.text) - columns(line.note)
    if gap < 2:
        return f"{line.text}\n{' ' * max(width - columns(line.note), 4)}{line.note}"
    return line.text + " " * gap + line.note


def visible(text: str) -> str:
    """A text without power over a terminal: control characters and overrides of direction as visible signs."""
    return "".join(char if char == "\n" or not _controls(char) else _picture(char) for char in text)


def _controls(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _picture(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"‹U+{code:04X}›" if unicodedata.category(char) == "Cc" else ""


def columns(text: str) -> int:
    """How many columns a text takes: two for a wide character."""
    return sum(
        2 if unicodedata.east_asian_width(char) in "WF" else 0 if unicodedata.combining(char) else 1 for char in text
    )


def _clipped(text: str, room: int) -> str:
    if columns(text) <= room:
        return text
    taken = 0
    for at, char in enumerate(text):
        taken += columns(char)
        if taken > room - 1:
            return text[:at] + "…"
    return text


def _wrapped(text: str, room: int) -> list[str]:
    """Rows that fit; Chinese breaks anywhere, other text at spaces."""
    if columns(text) <= room:
        return [text]
    if columns(text) == len(text):
        return textwrap.wrap(text, room)
    rows, row, taken = [], "", 0
    for char in text:
        size = columns(char)
        if taken + size > room:
            rows.append(row)
            row, taken = "", 0
        row += char
        taken += size
    return [*rows, row]
