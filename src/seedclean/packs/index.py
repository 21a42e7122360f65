"""Conditions compiled into one index: given the blocks of a document, which conditions hold of each.

Exact texts are looked up, the patterns of a pack run at once in linear time, selectors are asked once for each element. Trying
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
_ANY = 1 << 30
"""More than the texts of any document, or the characters of one."""


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
        self._first_by_fact: list[int] = []
        self._first_by_kind: defaultdict[str, list[int]] = defaultdict(list)
        self._first_by_hidden: defaultdict[str, list[int]] = defaultdict(list)
        self._lasts = {number: condition.last for number, condition in enumerate(conditions) if condition.last}
        self._by_kind_alone = frozenset(
            [number for number, condition in enumerate(conditions) if condition == _of_kind(condition)]
        )
        self._limits = [(one.chars or _ANY, one.first or _ANY, one.beyond or -_ANY) for one in conditions]
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
        """Choose what makes a block a candidate for a condition: its text, else its address, its element, what the document
        states, what hides it or its kind, the rarest first. Text needs no list of its own, because whoever looks a text up gets the conditions at once."""
        if condition.says or condition.matches:
            return
        if condition.url:
            self._first_by_url.add(number)
        elif condition.inside:
            self._first_by_element.add(number)
        elif condition.same:
            self._first_by_fact.append(number)
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
        words = {view.normalized for view in views if view.normalized is not None}
        texts: dict[str | None, frozenset[int]] = {None: _NONE, **{text: self._by_text(text) for text in words}}
        urls = {view.url for view in views if view.url is not None}
        addresses: dict[str | None, frozenset[int]] = {None: _NONE, **{url: self._urls.match(url) for url in urls}}
        by_fact = self._by_fact(self._possible(self._first_by_fact, roots, facts), facts)
        by_kind = {kind: self._possible(numbers, roots, facts) for kind, numbers in self._first_by_kind.items()}
        matches: list[Numbers] = []
        for view, within, outer in zip(views, inside, beside, strict=True):
            block, by_text, by_url = view.block, texts[view.normalized], addresses[view.url]
            by_same = by_fact.get(view.squashed, ()) if by_fact else ()
            candidates = by_kind.get(block.kind, ())
            if by_text or by_url or within or by_same or block.hidden:
                candidates = self._candidates(block, by_text, by_url, within, (*by_same, *candidates))
            if candidates:
                outside = roots - outer if roots else _NONE
                candidates = self._matches(candidates, view, by_text, by_url, within, outside, facts)
            matches.append(candidates)
        return self._near_the_end(self._in_runs(matches), views)

    def _possible(self, numbers: Numbers, roots: frozenset[int], facts: Mapping[str, frozenset[str]]) -> Numbers:
        """The conditions, of these, that may hold of some block of a document with these facts."""
        of = facts.get("of", _NONE)
        return [
            number
            for number in numbers
            if (number in roots or not self._conditions[number].beside)
            and not (self._conditions[number].of and self._conditions[number].of.isdisjoint(of))
        ]

    def _by_fact(self, numbers: Numbers, facts: Mapping[str, frozenset[str]]) -> Mapping[str, Numbers]:
        """For each text that a document states, those of these conditions that ask for a block that says it."""
        by_fact: defaultdict[str, list[int]] = defaultdict(list)
        for number in numbers:
            for text in {text for fact in self._conditions[number].same for text in facts.get(fact, ())}:
                by_fact[text].append(number)
        return by_fact

    def _matches(
        self,
        candidates: Numbers,
        view: BlockView,
        by_text: frozenset[int],
        by_url: frozenset[int],
        inside: frozenset[int],
        outside: frozenset[int],
        facts: Mapping[str, frozenset[str]],
    ) -> Numbers:
        """The conditions, of the candidates, that hold of a block by itself."""
        matches = []
        length = len(view.normalized) if view.normalized is not None else _ANY
        for number in candidates:
            chars, first, beyond = self._limits[number]
            if length > chars or view.ordinal > first or view.end < beyond:
                continue
            if number in self._by_kind_alone and view.block.kind != "metadata":
                matches.append(number)
                continue
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

    def _candidates(
        self,
        block: Block,
        by_text: frozenset[int],
        by_url: frozenset[int],
        inside: frozenset[int],
        others: Numbers,
    ) -> Numbers:
        """The conditions that may hold of a block, ascending, by what they are filed under; `others`: by a fact or its kind."""
        filed = by_text | (by_url & self._first_by_url) | (inside & self._first_by_element)
        return sorted(filed.union(others, self._first_by_hidden.get(block.hidden, ())))

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
        if self._lasts.keys().isdisjoint(chain.from_iterable(matches)):
            return list(matches)
        return [
            [number for number in numbers if self._lasts.get(number, _ANY) > behind] if numbers else numbers
            for numbers, behind in zip(matches, self._texts_behind(matches, views), strict=True)
        ]

    def _texts_behind(self, matches: Sequence[Numbers], views: Sequence[BlockView]) -> Sequence[int]:
        """For each block, how many blocks behind it have text and are not removed by a rule that needs no other evidence
        than, at most, an earlier block."""
        firsts: dict[int, int] = {}
        for at in range(len(views) - 1, -1, -1):
            if matches[at]:
                firsts.update(dict.fromkeys(matches[at], at))
        counts, behind = [0] * len(views), 0
        for at in range(len(views) - 1, -1, -1):
            counts[at] = behind
            if has_text(views[at].block) and not (matches[at] and self._is_removed(matches[at], at, firsts, behind)):
                behind += 1
        return counts

    def _is_removed(self, numbers: Numbers, at: int, firsts: Mapping[int, int], behind: int) -> bool:
        for number in numbers:
            if number in self._removals and self._lasts.get(number, _ANY) > behind:
                after = self._removals[number]
                if not after or any(firsts.get(earlier, at) < at for earlier in after):
                    return True
        return False


def _of_kind(condition: Condition) -> Condition:
    """The condition without all that is asked of each block but its kind."""
    return Condition(kind=condition.kind, of=condition.of, last=condition.last, run=condition.run)


def _says_and_matches(condition: Condition, text: str | None) -> bool:
    return text in condition.says and any(fullmatch(pattern, text) for pattern in condition.matches)


def _place_holds(condition: Condition, view: BlockView, facts: Mapping[str, frozenset[str]]) -> bool:
    """Whether kind and document of a block are those of a condition, and it says what the document states."""
    if condition.kind and view.block.kind not in condition.kind:
        return False
    if condition.hidden and view.block.hidden not in condition.hidden:
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
