"""Counts of documents: enough for a run's summary, journal and manifest without keeping the documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from seedclean.record.assembly import Cleaned

LEAST_SURE = 5
"""The number of documents that a summary names for their low confidence."""


@dataclass(slots=True)
class Counts:
    """Documents by origin and status, removed blocks by category, decisions by rule, and code points of the sources.

    `kept` + `removed` + `markup` is the length of all decoded sources; `markup` is the text between blocks. The field
    names are keys of the journal.
    """

    documents: int = 0
    origins: dict[str, int] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    rules: dict[str, int] = field(default_factory=dict)
    kept: int = 0
    removed: int = 0
    markup: int = 0
    least_sure: dict[str, int] = field(default_factory=dict)

    def add(self, other: Counts) -> None:
        """Add the counts of other documents to these."""
        self.documents += other.documents
        self.kept += other.kept
        self.removed += other.removed
        self.markup += other.markup
        self.least_sure = _lowest({**self.least_sure, **other.least_sure})
        for total, addend in (
            (self.origins, other.origins), (self.statuses, other.statuses), (self.categories, other.categories),
            (self.rules, other.rules),
        ):  # fmt: skip
            for name, count in addend.items():
                total[name] = total.get(name, 0) + count

    @classmethod
    def of(cls, cleaned: Cleaned) -> Counts:
        """The counts of one document."""
        record = cleaned.record
        counts = cls(1, {record.origin or "unknown": 1}, {record.status: 1})
        counts.rules.update(Counter(decision.rule for decision in cleaned.decisions))
        for decision in cleaned.decisions:
            size = decision.block.end - decision.block.start
            if decision.verdict == "keep":
                counts.kept += size
            else:
                counts.removed += size
                counts.categories[decision.category] = counts.categories.get(decision.category, 0) + 1
        counts.markup = len(cleaned.document.text) - counts.kept - counts.removed
        if record.confidence is not None:
            counts.least_sure = {record.path: record.confidence}
        return counts

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Counts:
        """Counts from their fields. Raises TypeError if a key is not a field."""
        return cls(**data)


def _lowest(confidences: Mapping[str, int]) -> dict[str, int]:
    """The documents with the lowest confidence, lowest first, ties by path: independent of the order of the documents."""
    return dict(sorted(confidences.items(), key=lambda item: (item[1], item[0]))[:LEAST_SURE])
