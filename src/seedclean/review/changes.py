"""What rule files would change for some documents: the values of each record, and the blocks that would be removed or kept again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from seedclean.model.document import Decision, Source
from seedclean.model.errors import OwnRecordError, SeedcleanError
from seedclean.model.vocabulary import FIELDS
from seedclean.packs.registry import Registry, load
from seedclean.pipeline import attempt, examine
from seedclean.record.assembly import Cleaned
from seedclean.record.explain import counted, reason_of, shown
from seedclean.record.record import Record
from seedclean.record.terminal import clipped, justified, visible
from seedclean.sources.files import sources_of
from seedclean.sources.walk import select

_WIDTH = 100


def changes(packs: Iterable[Path], documents: Path) -> Iterator[str]:
    """Lines for a person: below the path of each document that changes its new values, and the blocks with another verdict; at
    the end the counts.

    Raises PackError for a rule file with a fault.
    """
    before, after = load(), load(packs)
    total = changed = removed = kept = 0
    for source in sources_of(select([documents])):
        if isinstance(source, OwnRecordError):
            continue
        both = _both(source, before, after)
        if isinstance(both, SeedcleanError):
            yield f"failed: {both.code}: {visible(str(both))}"
            continue
        old, new = both
        total += 1
        others = _others(old.decisions, new.decisions)
        values = list(_values(old.record, new.record))
        if others or values or _origin(old) != _origin(new):
            changed += 1
            removed += sum(decision.verdict == "remove" for decision in others)
            kept += sum(decision.verdict == "keep" for decision in others)
            yield f"{visible(new.record.path)}: {_origin(old)} → {_origin(new)}"
            yield from values
            yield from map(_row, others)
    yield f"{changed} of {counted(total, 'document')} would change: {counted(removed, 'block')} more removed, {kept} kept again"


def _both(
    source: Source | SeedcleanError, before: Registry, after: Registry
) -> tuple[Cleaned, Cleaned] | SeedcleanError:
    if isinstance(source, SeedcleanError):
        return source
    return attempt(source.path, lambda: (examine(source, before), examine(source, after)))


def _others(old: Sequence[Decision], new: Sequence[Decision]) -> list[Decision]:
    """The new decisions with another verdict than the old ones; the blocks are the same."""
    return [after for before, after in zip(old, new, strict=True) if before.verdict != after.verdict]


def _values(old: Record, new: Record) -> Iterator[str]:
    """The metadata of a record that changes, from what to what."""
    for field in FIELDS:
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield clipped(f"  {field:10} {_value(before)} → {_value(after)}", _WIDTH)


def _value(value: str | tuple[str, ...] | None) -> str:
    return visible(", ".join(value) if isinstance(value, tuple) else value or "").replace("\n", " ") or "none"


def _origin(cleaned: Cleaned) -> str:
    return cleaned.record.origin or "unknown origin"


def _row(decision: Decision) -> str:
    sign = "- ┊ " if decision.verdict == "remove" else "+ │ "
    reason = reason_of(decision)
    return justified(sign + clipped(shown(decision).replace("\n", " "), _WIDTH - 50), reason, _WIDTH)
