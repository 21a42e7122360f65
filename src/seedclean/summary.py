"""What a run did: documents by origin and status, removals by category, rules that fired and that did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from seedclean.cleaning import Cleaned
from seedclean.decide import DEFAULTS
from seedclean.errors import SeedcleanError
from seedclean.registry import Registry


class Summary:
    """Counts, one document after the other."""

    def __init__(self) -> None:
        self.documents = 0
        self.origins: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()
        self.categories: Counter[str] = Counter()
        self.rules: Counter[str] = Counter()
        self.failures: list[SeedcleanError] = []
        self.kept = self.removed = self.markup = 0

    def add(self, cleaned: Cleaned) -> None:
        """Count one document."""
        record = cleaned.record
        self.documents += 1
        self.origins[record.origin or "unknown"] += 1
        self.statuses[record.status] += 1
        kept = removed = 0
        for decision in cleaned.decisions:
            self.rules[decision.rule] += 1
            size = decision.block.end - decision.block.start
            if decision.verdict == "keep":
                kept += size
            else:
                removed += size
                self.categories[decision.category] += 1
        self.kept += kept
        self.removed += removed
        self.markup += len(cleaned.document.text) - kept - removed

    def fail(self, error: SeedcleanError) -> None:
        """Count one failure."""
        self.failures.append(error)

    def lines(self, registry: Registry, passed_over: Iterable[str]) -> list[str]:
        """The summary for a person, a line for each thing."""
        known = [rule.id for pack in registry.packs.values() for rule in pack.rules]
        silent = [id for id in known if not self.rules[id]]
        fired = [f"{id} {count}" for id, count in self.rules.most_common() if id not in DEFAULTS]
        skipped = list(passed_over)
        found = [
            f"documents   {self.documents} cleaned, {len(self.failures)} failed",
            f"origins     {_counted(self.origins)}",
            f"status      {_counted(self.statuses)}",
            f"removals    {_counted(self.categories)}",
            f"characters  {self.kept:,} kept + {self.removed:,} removed + {self.markup:,} markup",
            f"rules fired {len(fired)}: {', '.join(fired[:12])}{' …' if len(fired) > 12 else ''}",
            f"not fired   {len(silent)} of {len(known)}",
        ]
        if skipped:
            found.append(
                f"passed over {len(skipped)} of other suffixes: {', '.join(skipped[:5])}{' …' if len(skipped) > 5 else ''}"
            )
        return found


def _counted(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counter.most_common()) or "none"
