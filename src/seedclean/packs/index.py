"""Conditions compiled into one index: from the text, the address and the surroundings of a block to those that hold.

Exact texts are looked up, patterns run as one RE2 set in linear time, selectors are asked once for each element. Trying
200 selectors one by one costs 98 ms a page, one walk with an index 1.6 ms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from seedclean.model.vocabulary import KINDS
from seedclean.packs.context import BlockView, has_text
from seedclean.packs.pack import Condition
from seedclean.packs.patterns import PatternSet, fullmatch
from seedclean.packs.selectors import SelectorIndex

_NOTHING: frozenset[int] = frozenset()


def _root(at: int) -> int:
    """The number under which a condition's `beside` is filed among those of `inside`."""
    return -1 - at


class Index:
    """A list of conditions, to be asked which of them hold of a block.

    `chrome` are the numbers of those for which a block is removed, each with the conditions of which one must hold of
    an earlier block: `last` does not count such blocks.
    """

    def __init__(self, conditions: Sequence[Condition], chrome: Mapping[int, Sequence[int]] | None = None) -> None:
        self._conditions = conditions
        self._chrome = chrome or {}
        self._says: dict[str, list[int]] = defaultdict(list)
        self._selectors = SelectorIndex()
        self._by_url: set[int] = set()
        self._by_place: set[int] = set()
        self._rest: defaultdict[str, list[int]] = defaultdict(list)
        self._patterns, self._urls = PatternSet(), PatternSet()
        for at, condition in enumerate(conditions):
            self._file(at, condition)
        self._patterns.close()
        self._urls.close()

    def _file(self, at: int, condition: Condition) -> None:
        for text in condition.says:
            self._says[text].append(at)
        for pattern in condition.matches:
            self._patterns.add(pattern, at)
        for pattern in condition.url:
            self._urls.add(pattern, at)
        for selector in condition.inside:
            self._selectors.add(selector, at)
        for selector in condition.beside:
            self._selectors.add(selector, _root(at))
        # a condition is tried only on the blocks that have the rarest of what it asks for: its text, an address, a place
        if condition.says or condition.matches:
            pass
        elif condition.url:
            self._by_url.add(at)
        elif condition.inside:
            self._by_place.add(at)
        else:
            for kind in condition.kind or KINDS:
                self._rest[kind].append(at)

    def hits(self, seen: Sequence[BlockView], facts: Mapping[str, frozenset[str]]) -> list[Sequence[int]]:
        """For each block, the numbers of the conditions that hold of it, ascending."""
        within = self._selectors.within([view.block.element for view in seen])
        rooted = [held for view, held in zip(seen, within, strict=True) if held and has_text(view.block)]
        roots = _NOTHING.union(*rooted)
        known: dict[str, frozenset[int]] = {}
        found = [self._hits(view, held, roots, facts, known) for view, held in zip(seen, within, strict=True)]
        self._runs(found)
        self._ends(found, seen)
        return found

    def _hits(
        self,
        view: BlockView,
        within: frozenset[int],
        roots: frozenset[int],
        facts: Mapping[str, frozenset[str]],
        known: dict[str, frozenset[int]],
    ) -> Sequence[int]:
        """The conditions that hold of a block by itself; `known` keeps what texts match, as pages repeat theirs."""
        said = _NOTHING
        if view.normalized is not None:
            if view.normalized not in known:
                known[view.normalized] = self._says_or_matches(view.normalized)
            said = known[view.normalized]
        led = self._urls.match(view.url) if view.url is not None else _NOTHING
        asked: Sequence[int] = self._rest.get(view.block.kind, ())
        filed = said | (led & self._by_url) | (within & self._by_place)
        if filed:
            asked = sorted(filed.union(asked))
        elif not asked:
            return ()
        found = []
        for at in asked:
            condition = self._conditions[at]
            if (condition.says or condition.matches) and at not in said:
                continue
            if condition.says and condition.matches and not self._both(condition, view.normalized):
                continue
            if condition.url and at not in led:
                continue
            if condition.inside and at not in within:
                continue
            if condition.beside and (_root(at) in within or _root(at) not in roots):
                continue
            if self._place_holds(condition, view, facts):
                found.append(at)
        return found

    def _says_or_matches(self, said: str) -> frozenset[int]:
        matched = self._patterns.match(said)
        return matched.union(self._says[said]) if said in self._says else matched

    def _both(self, condition: Condition, said: str | None) -> bool:
        return said in condition.says and any(fullmatch(pattern, said) for pattern in condition.matches)

    def _place_holds(self, condition: Condition, view: BlockView, facts: Mapping[str, frozenset[str]]) -> bool:
        if condition.kind and view.block.kind not in condition.kind:
            return False
        if condition.chars and (view.normalized is None or len(view.normalized) > condition.chars):
            return False
        if condition.first and view.ordinal > condition.first:
            return False
        if condition.beyond and view.end < condition.beyond:
            return False
        if condition.same:
            return bool(view.squashed) and any(view.squashed in facts.get(fact, ()) for fact in condition.same)
        return view.block.kind != "metadata"

    def _runs(self, found: list[Sequence[int]]) -> None:
        """Strike the conditions that ask for a run of blocks where the run is too short."""
        for at, condition in enumerate(self._conditions):
            if condition.run:
                begun = 0
                for place in range(len(found) + 1):
                    if place < len(found) and at in found[place]:
                        continue
                    if 0 < place - begun < condition.run:
                        for short in range(begun, place):
                            found[short] = [other for other in found[short] if other != at]
                    begun = place + 1

    def _ends(self, found: list[Sequence[int]], seen: Sequence[BlockView]) -> None:
        """Strike the conditions that ask for the end where too much stands behind the block."""
        begun: dict[int, int] = {}
        for place, hits in enumerate(found):
            for at in hits:
                begun.setdefault(at, place)
        behind = 0
        for place in range(len(seen) - 1, -1, -1):
            hits = found[place]
            if hits:
                found[place] = hits = [at for at in hits if not 0 < self._conditions[at].last <= behind]
            if has_text(seen[place].block) and not (hits and any(self._is_chrome(at, place, begun) for at in hits)):
                behind += 1

    def _is_chrome(self, at: int, place: int, begun: Mapping[int, int]) -> bool:
        if at not in self._chrome:
            return False
        after = self._chrome[at]
        return not after or any(begun.get(earlier, place) < place for earlier in after)
