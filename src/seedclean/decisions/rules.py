"""The rules of the packs that apply to a document, matched against its blocks: the first rule that holds decides.

The order is learned, account, origin, capture, common. `after` asks for an earlier block with nothing kept since, so a run of
removals ends where the document goes on; `before` asks for a later block; `previous` and `next` for a neighbour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from seedclean.model.document import Decision
from seedclean.packs.context import BlockView, MatchContext
from seedclean.packs.index import ConditionIndex
from seedclean.packs.pack import Condition, Pack, Rule


@dataclass(frozen=True, slots=True, eq=False)
class RuleSet:
    """The compiled rules of some packs, with what each asks of other blocks (None where it asks nothing)."""

    rules: tuple[Rule, ...]
    neighbours: tuple[_Neighbours | None, ...]
    index: ConditionIndex


class _Neighbours(NamedTuple):
    """What a rule asks of other blocks: the numbers of conditions in the index, of which one must hold."""

    after: Sequence[int]
    before: Sequence[int]
    previous: Sequence[int]
    next: Sequence[int]


@lru_cache(maxsize=256)
def compile_rules(packs: tuple[Pack, ...]) -> RuleSet:
    """Compile the rules of some packs, the first pack's first."""
    rules = tuple(rule for pack in packs for rule in pack.rules)
    conditions = [rule.condition for rule in rules]
    # packs of all documents stand together in each chain, so their patterns are matched together
    owners = ["" if pack.role == "common" else pack.id for pack in packs for _ in pack.rules]
    numbers: dict[Condition, int] = {}
    for at, condition in enumerate(conditions):
        numbers.setdefault(condition, at)
    for rule, owner in zip(rules, list(owners), strict=True):
        for condition in rule.surroundings():
            if condition not in numbers:
                numbers[condition] = len(conditions)
                conditions.append(condition)
                owners.append(owner)
    neighbours = tuple(_neighbours(rule, numbers) if rule.surroundings() else None for rule in rules)
    removals = {
        at: [numbers[condition] for condition in rule.after]
        for at, rule in enumerate(rules)
        # a rule that asks for the end and for its like above is no evidence that the end begins there
        if rule.verdict == "remove" and rule.surroundings() == rule.after and not (rule.after and rule.condition.last)
    }
    return RuleSet(rules, neighbours, ConditionIndex(conditions, removals, owners))


def _neighbours(rule: Rule, numbers: Mapping[Condition, int]) -> _Neighbours:
    words = (rule.after, rule.before, rule.previous, rule.next)
    return _Neighbours(*[[numbers[condition] for condition in conditions] for conditions in words])


class RuleMatcher:
    """The rules of one document with the conditions that hold of each of its blocks."""

    def __init__(self, rules: RuleSet, context: MatchContext) -> None:
        self._rules = rules
        self._views: Sequence[BlockView] = context.views
        self._hits = rules.index.hits(context.views, context.facts)
        self._last = {number: at for at, numbers in enumerate(self._hits) for number in numbers}

    def decisions(
        self,
        opinions: Sequence[Decision | None] = (),
        classified: Sequence[Decision | None] = (),
        without: Set[str] = frozenset(),
    ) -> list[Decision | None]:
        """One decision for each block, None where neither an opinion nor a rule speaks of it.

        `opinions` overrule the rules. `classified` are the decisions that will hold where no rule speaks: a block that
        the classifier removes does not end a run of removals, unless what some rule asks of its own block holds of it. `without` are ids of
        rules that are passed over.
        """
        decisions: list[Decision | None] = []
        latest: dict[int, int] = {}
        kept = -1
        for at, hits in enumerate(self._hits):
            decision = opinions[at] if opinions else None
            if hits:
                decision = decision or self._decision(at, latest, kept, without)
                latest.update(dict.fromkeys(hits, at))
            decisions.append(decision)
            if self._ends_run(at, decision, classified[at] if classified else None):
                kept = at
        return decisions

    def _ends_run(self, at: int, decision: Decision | None, fallback: Decision | None) -> bool:
        """Whether this block ends the current run of removals: it is kept, or only the classifier removes it although it is as
        a rule asks of its own block. What rules ask of neighbours says nothing of it: that may be no more than a kind."""
        block = self._views[at].block
        final = decision or fallback
        if final is None or final.verdict == "keep":
            return block.kind not in ("divider", "metadata")
        hits = self._hits[at]
        return decision is None and bool(hits) and hits[0] < len(self._rules.rules)

    def _decision(self, at: int, latest: Mapping[int, int], kept: int, without: Set[str]) -> Decision | None:
        block = self._views[at].block
        rules, neighbours = self._rules.rules, self._rules.neighbours
        for number in self._hits[at]:
            if number >= len(rules):
                break  # what follows are conditions for other blocks
            around = neighbours[number]
            if around is None or self._holds_around(around, at, latest, kept):
                rule = rules[number]
                if rule.id in without or (rule.verdict == "keep" and block.hidden and not rule.condition.hidden):
                    continue  # a rule that keeps what stands somewhere means what is shown there
                return Decision(block, rule.verdict, rule.id, rule.category, rule.label)
        return None

    def _holds_around(self, neighbours: _Neighbours, at: int, latest: Mapping[int, int], kept: int) -> bool:
        if neighbours.after and not _any_behind(kept, neighbours.after, latest):
            return False
        if neighbours.before and not _any_behind(at, neighbours.before, self._last):
            return False
        if neighbours.previous and not self._holds(neighbours.previous, at - 1):
            return False
        return not neighbours.next or self._holds(neighbours.next, at + 1)

    def _holds(self, numbers: Sequence[int], at: int) -> bool:
        return 0 <= at < len(self._hits) and not set(numbers).isdisjoint(self._hits[at])


def _any_behind(at: int, numbers: Sequence[int], places: Mapping[int, int]) -> bool:
    """Whether one of some conditions has its place behind an index."""
    for number in numbers:  # noqa: SIM110 - no generator for each rule of each block
        if places.get(number, -1) > at:
            return True
    return False
