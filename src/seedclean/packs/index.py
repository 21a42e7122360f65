"""Conditions compiled into one index: given the blocks of a document, which conditions hold of each.

Exact texts are looked up, the patterns of a pack run as one RE2 set in linear time, selectors are asked once for each element. Trying
200 selectors one by one costs 98 ms a page, one walk with an index 1.6 ms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain

from seedclean.model.document import Block
from seedclean.model.vocabulary import KINDS
from seedclean.packs.context import BlockView, has_text
from seedclean.packs.pack import Condition
from seedclean.packs.patterns import PatternSet, fullmatch
from seedclean.packs.selectors import SelectorIndex, with_ancestors

Numbers = Sequence[int]
"""Conditions by their place in the list that the index was made from, ascending."""

_NONE: frozenset[int] = frozenset()


class ConditionIndex:
    """A list of conditions, compiled. `hits` says which of them hold of each block of a document.

    `removals` are the conditions for which a rule removes a block, each with the conditions of which one must hold of an
    earlier block: `last` does not count the blocks that these remove. `owners` has for each condition the pack that it is of:
    the patterns of a pack are compiled once for all indexes.
    """

    def __init__(
        self,
        conditions: Sequence[Condition],
        removals: Mapping[int, Numbers] | None = None,
        owners: Sequence[str] = (),
    ) -> None:
        self._conditions = conditions
        self._removals = removals or {}
        self._says: dict[str, list[int]] = defaultdict(list)
        self._patterns, self._urls = PatternSet(), PatternSet()
        self._inside, self._beside = SelectorIndex(), SelectorIndex()
        self._first_by_url: set[int] = set()
        self._first_by_element: set[int] = set()
        self._first_by_kind: defaultdict[str, list[int]] = defaultdict(list)
        self._first_by_hidden: defaultdict[str, list[int]] = defaultdict(list)
        self._lasts = frozenset([number for number, condition in enumerate(conditions) if condition.last])
        self._runs = [number for number, condition in enumerate(conditions) if condition.run]
        for number, condition in enumerate(conditions):
            self._add(number, condition, owners[number] if owners else "")
            self._file(number, condition)
        self._patterns.close()
        self._urls.close()

    def _add(self, number: int, condition: Condition, owner: str) -> None:
        for text in condition.says:
            self._says[text].append(number)
        for pattern in condition.matches:
            self._patterns.add(pattern, number, owner)
        for pattern in condition.url:
            self._urls.add(pattern, number, owner)
        for selector in condition.inside:
            self._inside.add(selector, number)
        for selector in condition.beside:
            self._beside.add(selector, number)

    def _file(self, number: int, condition: Condition) -> None:
        """Choose what makes a block a candidate for a condition: its text, else its address, its element, what hides it or its
        kind, the rarest first. Text needs no list of its own, because whoever looks a text up gets the conditions at once."""
        if condition.says or condition.matches:
            return
        if condition.url:
            self._first_by_url.add(number)
        elif condition.inside:
            self._first_by_element.add(number)
        elif condition.hidden:
            for reason in condition.hidden:
                self._first_by_hidden[reason].append(number)
        else:
            for kind in condition.kind or KINDS:
                self._first_by_kind[kind].append(number)

    def hits(self, views: Sequence[BlockView], facts: Mapping[str, frozenset[str]]) -> list[Numbers]:
        """For each block, the numbers of the conditions that hold of it, ascending.

        A condition is matched against each block by itself first; `run` and `last`, which speak of the blocks around it,
        are then asked of those matches.
        """
        elements = [view.block.element for view in views]
        around = with_ancestors(elements)
        inside, beside = self._inside.within(elements, around), self._beside.within(elements, around)
        roots = _NONE.union(
            *{numbers for view, numbers in zip(views, beside, strict=True) if numbers and has_text(view.block)}
        )
        matched_texts: dict[str, frozenset[int]] = {}
        matches = [
            self._matches(view, inside[at], roots - beside[at] if roots else _NONE, facts, matched_texts)
            for at, view in enumerate(views)
        ]
        return self._near_the_end(self._in_runs(matches), views)

    def _matches(
        self,
        view: BlockView,
        inside: frozenset[int],
        outside: frozenset[int],
        facts: Mapping[str, frozenset[str]],
        matched_texts: dict[str, frozenset[int]],
    ) -> Numbers:
        """The conditions that hold of a block by itself. `matched_texts` keeps the answers, as pages repeat their texts."""
        by_text = _NONE
        if view.normalized is not None:
            if view.normalized not in matched_texts:
                matched_texts[view.normalized] = self._by_text(view.normalized)
            by_text = matched_texts[view.normalized]
        by_url = self._urls.match(view.url) if view.url is not None else _NONE
        filed = by_text | (by_url & self._first_by_url) | (inside & self._first_by_element)
        matches = []
        for number in self._candidates(view.block, filed):
            condition = self._conditions[number]
            if (condition.says or condition.matches) and number not in by_text:
                continue
            if condition.says and condition.matches and not _says_and_matches(condition, view.normalized):
                continue
            if condition.url and number not in by_url:
                continue
            if condition.inside and number not in inside:
                continue
            if condition.beside and number not in outside:
                continue
            if _place_holds(condition, view, facts):
                matches.append(number)
        return matches

    def _candidates(self, block: Block, filed: frozenset[int]) -> Numbers:
        """The conditions that may hold of a block, ascending: `filed`, and those that its kind or what hides it names."""
        by_kind = self._first_by_kind.get(block.kind, ())
        if not filed and not block.hidden:
            return by_kind
        return sorted(filed.union(by_kind, self._first_by_hidden.get(block.hidden, ())))

    def _by_text(self, text: str) -> frozenset[int]:
        matched = self._patterns.match(text)
        return matched.union(self._says[text]) if text in self._says else matched

    def _in_runs(self, matches: Sequence[Numbers]) -> Sequence[Numbers]:
        """The matches without those of conditions with `run` whose rows of blocks are too short."""
        short: dict[int, set[int]] = {}
        for number in self._runs:
            least = self._conditions[number].run
            for row in _rows([number in numbers for numbers in matches]):
                for at in row if len(row) < least else ():
                    short.setdefault(at, set()).add(number)
        if not short:
            return matches
        return [
            [number for number in numbers if number not in short[at]] if at in short else numbers
            for at, numbers in enumerate(matches)
        ]

    def _near_the_end(self, matches: Sequence[Numbers], views: Sequence[BlockView]) -> list[Numbers]:
        """The matches without those of conditions with `last` where too much text stands behind the block."""
        if self._lasts.isdisjoint(chain.from_iterable(matches)):
            return list(matches)
        return [
            [number for number in numbers if not self._too_early(number, behind)] if numbers else numbers
            for numbers, behind in zip(matches, self._texts_behind(matches, views), strict=True)
        ]

    def _too_early(self, number: int, behind: int) -> bool:
        return 0 < self._conditions[number].last <= behind

    def _texts_behind(self, matches: Sequence[Numbers], views: Sequence[BlockView]) -> Sequence[int]:
        """For each block, how many blocks behind it have text and are not removed by a rule that needs no other evidence
        than, at most, an earlier block."""
        firsts: dict[int, int] = {}
        for at, numbers in enumerate(matches):
            for number in numbers:
                firsts.setdefault(number, at)
        counts, behind = [0] * len(views), 0
        for at in range(len(views) - 1, -1, -1):
            counts[at] = behind
            removed = any(
                self._removes(number, at, firsts) and not self._too_early(number, behind) for number in matches[at]
            )
            behind += has_text(views[at].block) and not removed
        return counts

    def _removes(self, number: int, at: int, firsts: Mapping[int, int]) -> bool:
        if number not in self._removals:
            return False
        after = self._removals[number]
        return not after or any(firsts.get(earlier, at) < at for earlier in after)


def _says_and_matches(condition: Condition, text: str | None) -> bool:
    return text in condition.says and any(fullmatch(pattern, text) for pattern in condition.matches)


def _place_holds(condition: Condition, view: BlockView, facts: Mapping[str, frozenset[str]]) -> bool:
    """Whether kind, length, place and document of a block are those of a condition, and it says what the document states."""
    if condition.kind and view.block.kind not in condition.kind:
        return False
    if condition.hidden and view.block.hidden not in condition.hidden:
        return False
    if condition.chars and (view.normalized is None or len(view.normalized) > condition.chars):
        return False
    if condition.first and view.ordinal > condition.first:
        return False
    if condition.beyond and view.end < condition.beyond:
        return False
    if condition.of and condition.of.isdisjoint(facts.get("of", ())):
        return False
    if condition.same:
        return bool(view.squashed) and any(view.squashed in facts.get(fact, ()) for fact in condition.same)
    return view.block.kind != "metadata"


def _rows(holds: Sequence[bool]) -> list[range]:
    """The unbroken rows of true values."""
    rows, start = [], 0
    for at, value in enumerate([*holds, False]):
        if not value:
            if at > start:
                rows.append(range(start, at))
            start = at + 1
    return rows
