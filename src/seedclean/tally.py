"""What is counted of documents: enough for a run's summary and manifest without the documents themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from seedclean.cleaning import Cleaned


@dataclass(slots=True)
class Tally:
    """Counts of some documents. `kept`, `removed` and `markup` are characters of their sources, and add up to all."""

    documents: int = 0
    origins: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
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
                mine[name] += count

    def to_dict(self) -> dict[str, Any]:
        """The counts as plain values."""
        return {
            "documents": self.documents, "origins": dict(self.origins), "statuses": dict(self.statuses),
            "categories": dict(self.categories), "rules": dict(self.rules), "kept": self.kept, "removed": self.removed,
            "markup": self.markup,
        }  # fmt: skip

    @classmethod
    def of(cls, cleaned: Cleaned) -> Tally:
        """The counts of one document."""
        record = cleaned.record.data
        tally = cls(1)
        tally.origins[record["origin"] or "unknown"] = 1
        tally.statuses[record["status"]] = 1
        for decision in cleaned.decisions:
            tally.rules[decision.rule] += 1
            size = decision.block.end - decision.block.start
            if decision.verdict == "keep":
                tally.kept += size
            else:
                tally.removed += size
                tally.categories[decision.category] += 1
        tally.markup = len(cleaned.document.text) - tally.kept - tally.removed
        return tally

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Tally:
        """A tally again from its plain values. Raises TypeError where it is none."""
        counters = {name: Counter(data[name]) for name in ("origins", "statuses", "categories", "rules")}
        return cls(**{**data, **counters})
