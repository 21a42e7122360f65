"""What a run did, as numbers and as lines for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from seedclean.batch.output.journal import Line
from seedclean.batch.tally import Tally
from seedclean.decisions.verdicts import DEFAULTS
from seedclean.model.errors import OwnRecordError, SeedcleanError
from seedclean.packs.registry import Registry
from seedclean.sources.walk import EXAMPLES, REASONS, Selection

_RULES = 12
"""How many rules are named in the summary; the manifest names all."""


@dataclass(slots=True)
class Summary:
    """Counts, one file after the other. `reused` are files whose earlier results still held, `own` records of seedclean."""

    files: int = 0
    reused: int = 0
    own: int = 0
    own_examples: list[str] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    failures: list[SeedcleanError] = field(default_factory=list)

    def add(self, line: Line, own: Iterable[OwnRecordError] = ()) -> None:
        """Count a file that is finished."""
        self.files += 1
        self.own += line.own
        self.own_examples += [error.where for error in own][: EXAMPLES - len(self.own_examples)]
        self.tally.add(line.tally)
        self.failures += line.failures

    def to_dict(self, registry: Registry, selection: Selection) -> dict[str, Any]:
        """The counts as plain values, for a log or a manifest."""
        fired, never = _rules(self.tally, registry)
        tally = self.tally
        return {
            "files": self.files, "unchanged": self.reused, "documents": tally.documents, "failed": len(self.failures),
            "own_records": self.own, "origins": _ordered(tally.origins), "statuses": _ordered(tally.statuses),
            "categories": _ordered(tally.categories), "rules": dict(fired), "rules_never": never,
            "characters": {
                "in": tally.kept + tally.removed + tally.markup, "kept": tally.kept, "removed": tally.removed,
                "markup": tally.markup,
            },
            "not_selected": {reason: passed.count for reason, passed in selection.passed_over.items()},
            "suffixes": dict(selection.suffixes),
        }  # fmt: skip

    def lines(self, registry: Registry, selection: Selection) -> list[str]:
        """The summary for a person, a line for each thing."""
        tally = self.tally
        fired, never = _rules(tally, registry)
        unchanged = f", {self.reused} files unchanged" if self.reused else ""
        size = tally.kept + tally.removed + tally.markup
        found = [
            f"documents   {tally.documents} cleaned, {len(self.failures)} failed{unchanged}",
            f"origins     {_counted(tally.origins)}",
            f"status      {_counted(tally.statuses)}",
            f"removals    {_counted(tally.categories)}",
            f"characters  {size:,} in = {tally.kept:,} kept + {tally.removed:,} removed + {tally.markup:,} markup",
            f"rules fired {len(fired)}: {_some([f'{id} {count}' for id, count in fired], _RULES)}",
            f"not fired   {len(never)} of {len(never) + len(fired)}: {_some(never, _RULES)}",
        ]
        for code, count in Counter(error.code for error in self.failures).most_common():
            files = [error.where for error in self.failures if error.code == code]
            found.append(f"failed      {count} {code}: {_some(files, EXAMPLES)}")
        for reason, passed in selection.passed_over.items():
            named = ", ".join(passed.examples) + (" …" if passed.count > len(passed.examples) else "")
            found.append(f"passed over {passed.count} {REASONS[reason]}: {named}")
        if self.own:
            more = " …" if self.own > len(self.own_examples) else ""
            found.append(f"passed over {self.own} records of seedclean: {', '.join(self.own_examples)}{more}")
        return found


def _rules(tally: Tally, registry: Registry) -> tuple[list[tuple[str, int]], list[str]]:
    """The rules that fired, the busiest first, and those of the packs that did not."""
    fired = [(id, count) for id, count in _ordered(tally.rules).items() if id not in DEFAULTS]
    known = [rule.id for pack in registry.packs.values() for rule in pack.rules]
    return fired, [id for id in known if id not in tally.rules]


def _ordered(counter: Mapping[str, int]) -> dict[str, int]:
    """Most first, and among equals by name: the same whatever the order they came in."""
    return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def _counted(counter: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in _ordered(counter).items()) or "none"


def _some(names: list[str], most: int) -> str:
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")
