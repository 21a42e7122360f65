"""The result of a run as numbers and as lines for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from seedclean.batch.counts import Counts
from seedclean.batch.output.journal import JournalEntry
from seedclean.decisions.verdicts import DEFAULTS
from seedclean.model.errors import OwnRecordError, SeedcleanError
from seedclean.packs.registry import Registry
from seedclean.record.explain import counted
from seedclean.sources.walk import EXAMPLES, NO_FILE, REASONS, Selection

_NOTHING = f"nothing was cleaned: {NO_FILE}; see --include, --hidden"
_HEAD = 4
"""The number of lines that say nothing where nothing was cleaned."""


@dataclass(slots=True)
class Summary:
    """Counts over all finished files. `reused` files kept earlier results; `own_records` are seedclean's own, skipped."""

    files: int = 0
    reused: int = 0
    own_records: int = 0
    own_examples: list[str] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    failures: list[SeedcleanError] = field(default_factory=list)

    def add(self, entry: JournalEntry, own_records: Iterable[OwnRecordError] = ()) -> None:
        """Count a finished file."""
        self.files += 1
        self.own_records += entry.own_records
        self.own_examples += [error.where for error in own_records][: EXAMPLES - len(self.own_examples)]
        self.counts.add(entry.counts)
        self.failures += entry.failures

    def to_dict(self, registry: Registry, selection: Selection) -> dict[str, Any]:
        """The counts as plain values, for log and manifest."""
        counts = self.counts
        fired, silent = _rules(counts, registry)
        return {
            "files": self.files, "unchanged": self.reused, "documents": counts.documents, "failed": len(self.failures),
            "own_records": self.own_records, "origins": _by_count(counts.origins), "statuses": _by_count(counts.statuses),
            "categories": _by_count(counts.categories), "rules": dict(fired), "rules_never": silent, "least_sure": counts.least_sure,
            "characters": {
                "in": counts.kept + counts.removed + counts.markup, "kept": counts.kept, "removed": counts.removed,
                "markup": counts.markup,
            },
            "not_selected": {reason: skipped.count for reason, skipped in selection.passed_over.items()},
            "suffixes": dict(selection.suffixes),
        }  # fmt: skip

    def hint(self, path: str) -> str:
        """What was removed from a single document, and how to see why."""
        return f"removed     {_listed(self.counts.categories)}; `seedclean explain {path}` shows why"

    def lines(self, registry: Registry, selection: Selection, own: Collection[str], verbose: bool) -> list[str]:
        """The summary for a person. `own` are the ids of the packs that the user gave, whose rules are named.

        With `verbose` all rules are named, and where all characters went.
        """
        counts = self.counts
        unchanged = f", {counted(self.reused, 'file')} unchanged" if self.reused else ""
        lines = [
            f"documents   {counts.documents} cleaned, {len(self.failures)} failed{unchanged}",
            f"origins     {_listed(counts.origins)}",
            f"status      {_listed(counts.statuses)}",
            f"removals    {_listed(counts.categories)}",
            *self._rule_lines(registry, own, verbose),
        ]
        if counts.least_sure:
            lines.append("least sure  " + ", ".join(f"{path} {sure} %" for path, sure in counts.least_sure.items()))
        for code, count in Counter(error.code for error in self.failures).most_common():
            paths = [error.where for error in self.failures if error.code == code]
            lines.append(f"failed      {count} {code}: {_first(paths, EXAMPLES)}")
        for reason, skipped in selection.passed_over.items():
            more = " …" if skipped.count > len(skipped.examples) else ""
            lines.append(f"passed over {skipped.count} {REASONS[reason]}: {', '.join(skipped.examples)}{more}")
        if self.own_records:
            more = " …" if self.own_records > len(self.own_examples) else ""
            records = counted(self.own_records, "record")
            lines.append(f"passed over {records} of seedclean: {', '.join(self.own_examples)}{more}")
        if not self.files and not self.failures:
            lines = [_NOTHING, *lines[_HEAD:]]
        return lines

    def _rule_lines(self, registry: Registry, own: Collection[str], verbose: bool) -> Iterator[str]:
        counts = self.counts
        fired, silent = _rules(counts, registry)
        if own:
            named = [f"{id} {count}" for id, count in fired if _pack(id) in own]
            idle = [id for id in silent if _pack(id) in own]
            yield f"your rules  {', '.join(named) or 'none fired'}"
            if idle:
                yield f"not fired   {', '.join(idle)}"
        if verbose:
            size = counts.kept + counts.removed + counts.markup
            yield f"characters  {size:,} in = {counts.kept:,} kept + {counts.removed:,} removed + {counts.markup:,} markup"
            yield f"rules fired {len(fired)}: {', '.join(f'{id} {count}' for id, count in fired)}"
            yield f"not fired   {len(silent)} of {len(silent) + len(fired)}: {', '.join(silent)}"


def _rules(counts: Counts, registry: Registry) -> tuple[list[tuple[str, int]], list[str]]:
    """The rules that fired with their counts, most frequent first, and the pack rules that did not."""
    fired = [(id, count) for id, count in _by_count(counts.rules).items() if id not in DEFAULTS]
    all_rules = [rule.id for pack in registry.packs.values() for rule in pack.rules]
    return fired, [id for id in all_rules if id not in counts.rules]


def _by_count(counter: Mapping[str, int]) -> dict[str, int]:
    """Most frequent first, ties by name: independent of the order of the documents."""
    return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def _listed(counter: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in _by_count(counter).items()) or "none"


def _pack(rule: str) -> str:
    return rule.partition("/")[0]


def _first(names: list[str], limit: int) -> str:
    return ", ".join(names[:limit]) + (" …" if len(names) > limit else "")
