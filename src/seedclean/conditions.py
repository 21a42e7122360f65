"""Conditions compiled into one index: from the text, the address and the surroundings of a block to those that hold.

Exact texts are looked up, patterns run as one RE2 set in linear time, selectors are asked once for each element. Trying
200 selectors one by one costs 98 ms a page, one walk with an index 1.6 ms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import re2

from seedclean import limits
from seedclean.errors import PackError
from seedclean.model import KINDS, Block, Element, noun
from seedclean.normal import normal, squash
from seedclean.pack import FIELDS, Condition
from seedclean.packfile import PATTERN_OPTIONS
from seedclean.selectors import Selector


@noun
class View:
    """A block as conditions see it: compared text, place among the blocks that have text, end in the body, address.

    The words of an image are its alternative text. `said` is None for a text too long for any rule to speak of, `url`
    for a block that leads nowhere.
    """

    block: Block
    said: str | None
    squashed: str
    place: int
    end: int
    url: str | None


def views(blocks: Sequence[Block]) -> list[View]:
    """The blocks as conditions see them."""
    place = 0
    body = next((block.end + 1 for block in blocks if block.kind == "metadata" and block.element is None), 0)
    found = []
    for block in blocks:
        place += _has_text(block)
        words = block.text or block.alt
        said = normal(words) if len(words) <= limits.PATTERN_CHARS and block.kind != "metadata" else None
        squashed = squash(said) if said and len(said) <= 300 else ""
        found.append(View(block, said, squashed, place, block.end - body, address(block)))
    return found


_NOTHING: frozenset[int] = frozenset()


def _root(at: int) -> int:
    """The number under which a condition's `beside` is filed among those of `inside`."""
    return -1 - at


def _has_text(block: Block) -> bool:
    return block.kind != "metadata" and bool(block.text)


def address(block: Block) -> str | None:
    """Where a block leads: the link that covers an image or all of a text, else what an image or embed shows."""
    if block.kind in ("image", "video", "audio", "embed"):
        return next((mark.url for mark in block.marks if mark.type == "link" and mark.url), block.url)
    if not block.marks:
        return None
    covered = sum(mark.end - mark.start for mark in block.marks if mark.type == "link" and mark.url)
    if covered and covered * 10 >= len(block.text) * 8:
        return next(mark.url for mark in block.marks if mark.type == "link" and mark.url)
    return None


class Index:
    """A list of conditions, to be asked which of them hold of a block.

    `chrome` are the numbers of those for which a block is removed, each with the conditions of which one must hold of
    an earlier block: `last` does not count such blocks.
    """

    def __init__(self, conditions: Sequence[Condition], chrome: Mapping[int, Sequence[int]] | None = None) -> None:
        self._conditions = conditions
        self._chrome = chrome or {}
        self._says: dict[str, list[int]] = defaultdict(list)
        self._selectors: dict[str, list[tuple[Selector, int]]] = defaultdict(list)
        self._rest: defaultdict[str, list[int]] = defaultdict(list)
        self._patterns, self._urls = _PatternSet(), _PatternSet()
        for at, condition in enumerate(conditions):
            self._file(at, condition)
        self._classes = frozenset(token[1:] for token in self._selectors if token[0] == ".")
        self._ids = frozenset(token[1:] for token in self._selectors if token[0] == "#")
        self._tagged = any(token[0] not in ".#" for token in self._selectors)
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
            self._selectors[selector.token()].append((selector, at))
        for selector in condition.beside:
            self._selectors[selector.token()].append((selector, _root(at)))
        if not (condition.says or condition.matches or condition.url or condition.inside):
            for kind in condition.kind or KINDS:
                self._rest[kind].append(at)

    def hits(self, seen: Sequence[View], facts: Mapping[str, frozenset[str]]) -> list[list[int]]:
        """For each block, the numbers of the conditions that hold of it, ascending."""
        within = self._within(seen)
        roots = frozenset(at for view, held in zip(seen, within, strict=True) if _has_text(view.block) for at in held)
        said: dict[str, frozenset[int]] = {}
        found = [self._hits(view, held, roots, facts, said) for view, held in zip(seen, within, strict=True)]
        self._runs(found)
        self._ends(found, seen)
        return found

    def _hits(
        self,
        view: View,
        within: frozenset[int],
        roots: frozenset[int],
        facts: Mapping[str, frozenset[str]],
        known: dict[str, frozenset[int]],
    ) -> list[int]:
        """The conditions that hold of a block by itself; `known` keeps what texts match, as pages repeat theirs."""
        said = _NOTHING
        if view.said is not None:
            if view.said not in known:
                known[view.said] = self._patterns.match(view.said).union(self._says.get(view.said, ()))
            said = known[view.said]
        led = self._urls.match(view.url) if view.url is not None else _NOTHING
        asked: Sequence[int] = self._rest.get(view.block.kind, ())
        if said or led or within:
            asked = sorted({*said, *led, *(at for at in within if at >= 0), *asked})
        found = []
        for at in asked:
            condition = self._conditions[at]
            if (condition.says or condition.matches) and at not in said:
                continue
            if condition.says and condition.matches and not self._both(condition, view.said):
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

    def _both(self, condition: Condition, said: str | None) -> bool:
        return said in condition.says and any(fullmatch(pattern, said) for pattern in condition.matches)

    def _place_holds(self, condition: Condition, view: View, facts: Mapping[str, frozenset[str]]) -> bool:
        if condition.kind and view.block.kind not in condition.kind:
            return False
        if condition.chars and (view.said is None or len(view.said) > condition.chars):
            return False
        if condition.first and view.place > condition.first:
            return False
        if condition.beyond and view.end < condition.beyond:
            return False
        if condition.same:
            return bool(view.squashed) and any(view.squashed in facts.get(fact, ()) for fact in condition.same)
        return view.block.kind != "metadata"

    def _within(self, seen: Sequence[View]) -> list[frozenset[int]]:
        """For each block, the selector conditions that hold of its element or of one around it."""
        elements: dict[Element, None] = {}
        for view in seen if self._selectors else ():
            element = view.block.element
            while element is not None and element not in elements:
                elements[element] = None
                element = element.parent
        borne = {element: self._of(element) for element in elements if self._is_filed(element)}
        cache: dict[Element, frozenset[int]] = {}
        return [self._inside(view.block.element, borne, cache) if borne else _NOTHING for view in seen]

    def _inside(
        self, element: Element | None, borne: Mapping[Element, list[int]], cache: dict[Element, frozenset[int]]
    ) -> frozenset[int]:
        chain = []
        while element is not None and element not in cache:
            chain.append(element)
            element = element.parent
        found = cache[element] if element is not None else _NOTHING
        for inner in reversed(chain):
            cache[inner] = found = found.union(borne[inner]) if inner in borne else found
        return found

    def _is_filed(self, element: Element) -> bool:
        """Whether some selector stands under a token that an element bears: few do."""
        return (
            not self._classes.isdisjoint(element.classes)
            or ("id" in element.attrs and element.attrs["id"] in self._ids)
            or self._tagged
        )

    def _of(self, element: Element) -> list[int]:
        """The selector conditions that hold of this very element."""
        tokens = [element.tag, "*", *["." + name for name in element.classes]]
        if "id" in element.attrs:
            tokens.append("#" + element.attrs["id"])
        filed = [pair for token in tokens if token in self._selectors for pair in self._selectors[token]]
        return [at for selector, at in filed if selector.matches(element)]

    def _runs(self, found: list[list[int]]) -> None:
        """Strike the conditions that ask for a run of blocks where the run is too short."""
        for at, condition in enumerate(self._conditions):
            if condition.run:
                begun = 0
                for place in range(len(found) + 1):
                    if place < len(found) and at in found[place]:
                        continue
                    if 0 < place - begun < condition.run:
                        for short in range(begun, place):
                            found[short].remove(at)
                    begun = place + 1

    def _ends(self, found: list[list[int]], seen: Sequence[View]) -> None:
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
            if _has_text(seen[place].block) and not (hits and any(self._is_chrome(at, place, begun) for at in hits)):
                behind += 1

    def _is_chrome(self, at: int, place: int, begun: Mapping[int, int]) -> bool:
        if at not in self._chrome:
            return False
        after = self._chrome[at]
        return not after or any(begun.get(earlier, place) < place for earlier in after)


class _PatternSet:
    """Patterns that are matched against whole texts, all at once."""

    def __init__(self) -> None:
        self._numbers: list[int] = []
        self._set = re2.Set.FullMatchSet(PATTERN_OPTIONS)

    def add(self, pattern: str, at: int) -> None:
        """File a pattern under the number of its condition."""
        self._set.Add(pattern)
        self._numbers.append(at)

    def close(self) -> None:
        """Compile what was added. Raises PackError where it grows too large."""
        try:
            if self._numbers:
                self._set.Compile()
        except re2.error as error:
            remedy = "bound texts with `chars` rather than with counted repetitions"
            raise PackError("patterns", "all of them together are too large for RE2", remedy) from error

    def match(self, text: str) -> frozenset[int]:
        """The numbers of the patterns that match all of a text."""
        found = self._set.Match(text) if self._numbers else None
        return frozenset([self._numbers[at] for at in found]) if found else _NOTHING


class Match(Protocol):
    """What a pattern found."""

    re: Any

    def groupdict(self) -> dict[str, str | None]:
        """The named groups."""

    def span(self, group: int) -> tuple[int, int]:
        """Where a group stands in the text."""


def fullmatch(pattern: str, text: str | None) -> Match | None:
    """Match one pattern against a whole text."""
    found: Match | None = re2.fullmatch(pattern, text, PATTERN_OPTIONS) if text is not None else None
    return found


def groups(patterns: Sequence[str], text: str) -> dict[str, str]:
    """The groups that bear the name of a field, of the first pattern that matches all of a text.

    They are given as written where the text as compared has the same length.
    """
    said, raw = normal(text), text.strip()
    for pattern in patterns:
        for form in (raw, said):
            found = fullmatch(pattern, form)
            if found:
                return {name: _written(name, found, raw, form) for name in found.groupdict() if name in FIELDS}
    return {}


def _written(name: str, found: Match, raw: str, text: str) -> str:
    start, end = found.span(found.re.groupindex[name])
    source = raw if len(raw) == len(text) else text
    return source[start:end] if start >= 0 else ""
