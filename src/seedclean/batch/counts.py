"""What is counted of documents: enough for a run's summary and manifest without the documents themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from seedclean.record.record import Cleaned


@dataclass(slots=True)
class Tally:
    """Counts of some documents, each by name. `kept`, `removed` and `markup` are characters of their sources, and add up to all."""

    documents: int = 0
    origins: dict[str, int] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    rules: dict[str, int] = field(default_factory=dict)
    kept: int = 0
    removed: int = 0
    markup: int = 0

    def add(self, other: Tally) -> None:
        """Count the documents of another tally too."""
        self.documents += other.documents
        self.kept += other.kept
        self.removed += other.removed
        self.markup += other.markup
        for mine, found in (
            (self.origins, other.origins), (self.statuses, other.statuses), (self.categories, other.categories),
            (self.rules, other.rules),
        ):  # fmt: skip
            for name, count in found.items():
                mine[name] = mine.get(name, 0) + count

    @classmethod
    def of(cls, cleaned: Cleaned) -> Tally:
        """The counts of one document."""
        record = cleaned.record.data
        tally = cls(1, {record["origin"] or "unknown": 1}, {record["status"]: 1})
        tally.rules.update(Counter(decision.rule for decision in cleaned.decisions))
        for decision in cleaned.decisions:
            size = decision.block.end - decision.block.start
            if decision.verdict == "keep":
                tally.kept += size
            else:
                tally.removed += size
                tally.categories[decision.category] = tally.categories.get(decision.category, 0) + 1
        tally.markup = len(cleaned.document.text) - tally.kept - tally.removed
        return tally

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Tally:
        """A tally again from its plain values. Raises TypeError where it is none."""
        return cls(**data)
