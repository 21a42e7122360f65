"""What many documents say of one repeated text: on how many it stands, where, among what, and what removing it takes.

All sums, least values and sets of the least few: the order of the documents does not matter.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

import orjson

from seedclean.learning.observation import ADDRESS, Observation, Seen
from seedclean.learning.spill import LEAST, Repeated
from seedclean.packs.repetition import EVERYWHERE, key

EXAMPLES = 3
_DISTINCT = 8
"""So many different documents are told apart; more prove no more."""
_PROSE = 40
"""The width from which a line is a sentence rather than a name, a date or a button."""
_HEAD_LINES = 3
"""Headline, byline and date stand above what an account puts at the head of each article."""
NO_NEIGHBOUR = "\1"
"""In place of the text before the first block and behind the last."""
_NEIGHBOUR = 200
"""Code points: a neighbour with a longer text is the document's own more often than not, and names nothing."""
_Item = TypeVar("_Item")
_Value = TypeVar("_Value", int, str)


class Row(NamedTuple):
    """One repeated text on one document.

    `other` is the hash of the document's rarest long text besides, 0 where the document may be a copy of another: then it
    is no witness of its own. `share` is the part of the document's kept text that it makes up, in thousandths.
    """

    hash: int
    text: str
    scopes: list[str]
    path: str
    other: int
    state: str
    kind: str
    category: str
    is_link: bool
    element: str
    place: str
    times: int
    share: int
    chars: int
    previous: str
    next: str


@dataclass(slots=True)
class Evidence:
    """The sum of the rows of one text in one scope. `kept` counts the documents that keep it now.

    `worst` is the largest share that it has of the kept text of one of those, negative, and the document's path.
    """

    documents: int = 0
    kept: int = 0
    chars: int = 0
    refrains: int = 0
    witnesses: set[int] = field(default_factory=set)
    examples: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    elements: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)
    links: int = 0
    worst: tuple[int, str] = (1, "")
    previous: set[str] = field(default_factory=set)
    next: set[str] = field(default_factory=set)

    def neighbour(self) -> tuple[str, str]:
        """`previous` or `next` with the text that always stands there, the longer one of two; empty where none does."""
        fixed = [
            (word, next(iter(texts)))
            for word, texts in (("previous", self.previous), ("next", self.next))
            if len(texts) == 1 and not texts & {"", NO_NEIGHBOUR}
        ]
        return max(fixed, key=lambda one: (len(one[1]), one[0]), default=("", ""))

    def add(self, row: Row) -> None:
        """Add what one document says."""
        self.documents += 1
        self.kinds[row.kind] += 1
        self.links += row.is_link
        self.refrains += row.times > 1
        self.places[row.place] += 1
        if row.element and (row.element in self.elements or len(self.elements) < 1000):
            self.elements[row.element] += 1
        if row.category:
            self.categories[row.category] += 1
        if row.other:
            _add_least(self.witnesses, row.other, _DISTINCT)
        _add_least(self.previous, row.previous, 2)
        _add_least(self.next, row.next, 2)
        self.examples = sorted([*self.examples, row.path])[:EXAMPLES]
        if row.state == "open":
            self.kept += 1
            self.chars += row.chars
            self.worst = min(self.worst, (-row.share, row.path))


def _add_least(values: set[_Value], value: _Value, count: int) -> None:
    """Add a value to some, of which the least few stay."""
    values.add(value)
    if len(values) > count:
        values.remove(max(values))


def width(text: str) -> int:
    """Columns of a text: a sign of Chinese, Japanese or Korean says as much as two letters."""
    return len(text) + sum(sign >= "\u2e80" for sign in text)


def rows(observation: Observation, repeated: Repeated) -> Iterator[Row]:
    """What one document says of each repeated text in it."""
    blocks = observation.blocks
    hashes = [key(block.text) if block.text and block.state != "kept" else 0 for block in blocks]
    counts = [repeated.count(hash) if hash else 0 for hash in hashes]
    times = Counter(hash for hash, count in zip(hashes, counts, strict=True) if count)
    if not times:
        return
    kept = sum(block.chars for block in blocks if block.state != "classified")
    again = sum(block.chars for block, count in zip(blocks, counts, strict=True) if count and block.state == "open")
    places = _places(blocks, counts)
    rarest = _rarest(blocks, hashes, counts) if 2 * again <= kept else []
    done: set[int] = set()
    for at, (block, hash) in enumerate(zip(blocks, hashes, strict=True)):
        if not counts[at] or hash in done:
            continue
        done.add(hash)
        twins = [other for other, twin in enumerate(hashes) if twin == hash] if times[hash] > 1 else [at]
        state = "open" if any(blocks[twin].state == "open" for twin in twins) else block.state
        chars = sum(blocks[twin].chars for twin in twins if blocks[twin].state == "open")
        place = "amid" if any(places[twin] == "amid" for twin in twins) else places[at]
        yield Row(
            hash, block.text, [*observation.scopes, EVERYWHERE], observation.path,
            next((one for one in rarest if one != hash), 0), state, block.kind, block.category, block.is_link,
            block.element, place, times[hash], chars * 1000 // kept if kept else 0, chars,
            _neighbour(blocks, at - 1), _neighbour(blocks, at + 1),
        )  # fmt: skip


def summed(rows: Iterable[Row]) -> Iterator[tuple[str, dict[str, Evidence]]]:
    """Each text of some rows, with their sums in the scopes where enough documents that differ have it."""
    texts: dict[int, str] = {}
    sums: dict[int, dict[str, Evidence]] = {}
    for row in rows:
        texts[row.hash] = row.text
        for scope in row.scopes:
            sums.setdefault(row.hash, {}).setdefault(scope, Evidence()).add(row)
    for hash, by_scope in sums.items():
        yield texts[hash], {scope: one for scope, one in by_scope.items() if len(one.witnesses) >= LEAST}


def smallest(parts: Iterable[Iterable[_Item]], limit: int, order: Callable[[_Item], Any]) -> tuple[list[_Item], int]:
    """The smallest of what some parts have, in order, at most `limit`, and how many more there were."""
    total = 0
    best: list[_Item] = []
    for part in parts:
        new = list(part)
        total += len(new)
        best = heapq.nsmallest(limit, [*best, *new], key=order)
    return best, total - len(best)


def to_line(row: Row) -> bytes:
    """A row as one line, without its line feed."""
    return orjson.dumps(tuple(row))


def from_line(line: bytes) -> Row:
    """The row of a line."""
    return Row(*orjson.loads(line))


def _places(blocks: list[Seen], counts: list[int]) -> list[str]:
    """For each block `head` or `tail` where no text of the document's own stands between it and that end, else `amid`.

    A few short lines at the head do not count, and links do not: a list of other articles is new on every page.
    """
    own = [at for at, block in enumerate(blocks) if block.state != "classified" and not counts[at] and block.chars]
    lines = [at for at in own if not blocks[at].is_link]
    prose = [at for at in lines if blocks[at].kind != "heading" and _is_prose(blocks[at])]
    first = min([*prose, *lines[_HEAD_LINES:]], default=-1)
    last = max(lines, default=-1)
    if first < 0:
        return ["amid"] * len(blocks)
    return ["head" if at < first else "tail" if at > last else "amid" for at in range(len(blocks))]


def _is_prose(block: Seen) -> bool:
    return block.chars >= _PROSE or width(block.text) >= _PROSE


def _rarest(blocks: list[Seen], hashes: list[int], counts: list[int]) -> list[int]:
    """The hashes of the document's two rarest long texts, the longest first among equals."""
    texts = {
        (max(counts[at], 1), -block.chars, hashes[at] or key(block.text))
        for at, block in enumerate(blocks)
        if block.state != "classified" and _is_prose(block)
    }
    return [hash for _, _, hash in sorted(texts)[:2]]


def _neighbour(blocks: list[Seen], at: int) -> str:
    """The text of a block, empty where it has none to tell it by."""
    if not 0 <= at < len(blocks):
        return NO_NEIGHBOUR
    text = blocks[at].text
    return "" if len(text) > _NEIGHBOUR or text.startswith(ADDRESS) else text
