"""One decision for each block: the packs' rules in order, first match wins, then what is kept by default.

The order is account, origin, capture, common, default. `after` asks for an earlier block with nothing kept since, so a
run of chrome ends where the document goes on; `before` asks for a later block; `previous` and `next` for a neighbour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from seedclean.decisions.classifier.judge import RULES, judge, trimmed
from seedclean.model.document import Decision, Detection
from seedclean.model.errors import ExtractorError
from seedclean.model.vocabulary import CATEGORIES
from seedclean.packs.context import Evidence
from seedclean.packs.index import Index
from seedclean.packs.pack import Condition, Pack, Rule
from seedclean.packs.registry import Registry

_ALL_PAGES = "site/"
_LISTED = 0.33
"""Recommendations that are more than this share of what the judge keeps of a page are what the page is for."""

DEFAULTS = {
    "default/kept": "No rule speaks of the block: when in doubt, keep.",
    "default/stated": "Front matter and the title of a page's head are metadata: the record has them under `stated`.",
    **RULES,
}
"""The rules that no pack holds: id -> why."""


@dataclass(frozen=True, slots=True, eq=False)
class Ruleset:
    """The rules of a chain of packs, compiled. `around` are the conditions that each rule asks of other blocks."""

    rules: tuple[Rule, ...]
    around: tuple[_Around | None, ...]
    index: Index


class _Around(NamedTuple):
    """What a rule asks of other blocks: the numbers of conditions, of which one must hold."""

    after: Sequence[int]
    before: Sequence[int]
    previous: Sequence[int]
    next: Sequence[int]


def ruleset(packs: Sequence[Pack]) -> Ruleset:
    """Compile the rules of some packs, the first pack's first."""
    return _compiled(tuple(packs))


@lru_cache(maxsize=256)
def _compiled(packs: tuple[Pack, ...]) -> Ruleset:
    rules = tuple(rule for pack in packs for rule in pack.rules)
    conditions = [rule.condition for rule in rules]
    numbers: dict[Condition, int] = {}
    for rule in rules:
        for condition in rule.surroundings():
            if condition not in numbers:
                numbers[condition] = len(conditions)
                conditions.append(condition)
    around = tuple(_around(rule, numbers) if rule.surroundings() else None for rule in rules)
    chrome = {
        at: [numbers[condition] for condition in rule.after]
        for at, rule in enumerate(rules)
        # a rule that asks for the end and for its like above is no evidence that the end begins there
        if rule.verdict == "remove" and rule.surroundings() == rule.after and not (rule.after and rule.condition.last)
    }
    return Ruleset(rules, around, Index(conditions, chrome))


def _around(rule: Rule, numbers: Mapping[Condition, int]) -> _Around:
    asked = (rule.after, rule.before, rule.previous, rule.next)
    return _Around(*[[numbers[condition] for condition in conditions] for conditions in asked])


def decide(
    seen: Evidence, detection: Detection, registry: Registry, told: Sequence[Decision | None] = ()
) -> list[Decision]:
    """Decide on every block, in source order. Raises ExtractorError where an extractor in code does not.

    `told` is what a site configuration says of each block; where it is silent, the page is of unknown origin.
    """
    if detection.origin in registry.extractors:
        return _by_code(seen, detection.origin, registry)
    rules = ruleset(registry.chain(detection))
    unknown = not detection.origin or detection.origin in registry.sites
    whole = _is_whole(seen, detection, registry)
    if unknown and whole and (not told or None in told):
        return _by_judge(seen, rules, told)
    decisions = _Run(seen, rules, None, told).decisions()
    if not unknown and whole and seen.document.format == "html" and not _speaks(decisions, detection):
        return _by_judge(seen, rules, told)
    nameless = unknown or (not detection.account and registry.accounts(detection.origin))
    return trimmed(seen, decisions) if nameless else decisions


def _by_judge(seen: Evidence, rules: Ruleset, told: Sequence[Decision | None]) -> list[Decision]:
    """The decisions on a whole page that nobody's rules know: the judge's, where the rules for all pages are silent.

    Where those would take much of what the judge keeps as a list of other articles, such a list is the document.
    """
    judged = judge(seen)
    decisions = _Run(seen, rules, judged, told).decisions()
    listed = [
        own.verdict == "keep" and one.category == "recommendation" and one.rule.startswith(_ALL_PAGES)
        for one, own in zip(decisions, judged, strict=True)
    ]
    kept = sum(len(own.block.text) for own in judged if own.verdict == "keep")
    if sum(len(own.block.text) for own, hit in zip(judged, listed, strict=True) if hit) <= _LISTED * kept:
        return decisions
    return [own if hit else one for one, own, hit in zip(decisions, judged, listed, strict=True)]


def _speaks(decisions: Sequence[Decision], detection: Detection) -> bool:
    """Whether a rule of the origin speaks of a page: those that know another form of it alone find nothing there."""
    own = tuple(f"{id}/" for id in (detection.origin, detection.account) if id)
    return any(one.rule.startswith(own) for one in decisions)


def _is_whole(seen: Evidence, detection: Detection, registry: Registry) -> bool:
    """Whether a document has its page around it. What is Markdown, stands under front matter or bears a capture's marks was
    taken out of its page, or never was in one, unless the capture is one that saves whole pages."""
    if detection.capture in registry.packs:
        return registry.packs[detection.capture].whole
    return seen.document.format in ("html", "text") and not (seen.document.front or detection.capture)


class _Run:
    """One pass over the blocks of one document."""

    def __init__(
        self, seen: Evidence, rules: Ruleset, fallback: Sequence[Decision] | None, told: Sequence[Decision | None]
    ) -> None:
        self._told = told or [None] * len(seen.views)
        self._views = seen.views
        self._rules = rules
        self._fallback = fallback
        self._hits = rules.index.hits(seen.views, seen.facts)
        self._latest: dict[int, int] = {}
        self._last: dict[int, int] = {at: place for place, hits in enumerate(self._hits) for at in hits}
        self._kept = -1

    def decisions(self) -> list[Decision]:
        """The decisions, in order."""
        found = []
        for place in range(len(self._views)):
            decision = self._decision(place)
            for at in self._hits[place]:
                self._latest[at] = place
            if self._ends_runs(decision, place):
                self._kept = place
            found.append(decision)
        return found

    def _ends_runs(self, decision: Decision, place: int) -> bool:
        """Whether a run of chrome ends at a block: where it is kept, or the judge alone removes what some condition of a
        rule holds for, such as being the head of a run, and no rule does."""
        if decision.verdict == "keep":
            return decision.block.kind != "divider"
        judged = self._fallback is not None and decision is self._fallback[place]
        return judged and bool(self._hits[place])

    def _decision(self, place: int) -> Decision:
        block = self._views[place].block
        told = self._told[place]
        if told is not None:
            return told
        for at in self._hits[place]:
            if at < len(self._rules.rules) and self._surrounded(self._rules.around[at], place):
                rule = self._rules.rules[at]
                return Decision(block, rule.verdict, rule.id, rule.category, rule.label)
        if block.kind == "metadata":
            return Decision(block, "remove", "default/stated", "credit")
        if self._fallback is not None:
            return self._fallback[place]
        return Decision(block, "keep", "default/kept")

    def _surrounded(self, asked: _Around | None, place: int) -> bool:
        if asked is None:
            return True
        if asked.after and not any(self._latest.get(at, -1) > self._kept for at in asked.after):
            return False
        if asked.before and not any(self._last.get(at, -1) > place for at in asked.before):
            return False
        if asked.previous and not self._neighbour(asked.previous, place - 1):
            return False
        return not asked.next or self._neighbour(asked.next, place + 1)

    def _neighbour(self, asked: Sequence[int], place: int) -> bool:
        if not 0 <= place < len(self._hits):
            return False
        return any(at in self._hits[place] for at in asked)


def _by_code(seen: Evidence, origin: str, registry: Registry) -> list[Decision]:
    """Ask an extractor in code, and hold it to the laws."""
    document = seen.document
    try:
        decisions = list(registry.extractors[origin].judge(document))
    except Exception as error:  # code of others: whatever it raises is its failure, not the run's
        raise ExtractorError(document.path, f"extractor {origin!r} raised {error!r}", "mend the plugin") from error
    if [getattr(decision, "block", None) for decision in decisions] != list(document.blocks):
        what = f"extractor {origin!r} did not decide on each block once, in order"
        raise ExtractorError(document.path, what, "mend the plugin")
    for decision in decisions:
        removed = decision.verdict == "remove"
        if not decision.rule.startswith(f"{origin}/") or (decision.category in CATEGORIES) != removed:
            what = f"extractor {origin!r} gave a decision without a rule or a category of the list"
            raise ExtractorError(document.path, what, "mend the plugin")
    return decisions
