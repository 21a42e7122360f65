"""From evidence to proposed rules: which scope a rule is for, and what makes it doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from seedclean.learning.evidence import Evidence, Row, smallest, summed, width
from seedclean.learning.observation import ADDRESS
from seedclean.packs.repetition import EVERYWHERE

LIMIT = 10_000
"""More rules than a person reviews in a day are not written: those that remove least are left out."""

_SHORT = 20
"""Texts below this width are words of which articles are made: `Share`, `分析`, `The end`."""
_RARE = 0.05
"""A text on a smaller share of a site's documents may as well be quoted there."""
_LOSS = 300
"""Where one block is a larger part of a document, in thousandths, it may be what the document is for."""
_AMID = 0.02
"""Captures go wrong now and then: on so small a share of its documents a block may stand anywhere."""
_WIDER = 1.5
"""A wider scope takes the place of a narrower one where the text stands on so many times as many documents of it."""
_WRITTEN = frozenset({"code", "table", "quote"})
"""Kinds of block that somebody wrote for the document, whatever else repeats."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One rule to review: the text of a block in a scope, and why it is doubtful; empty where it is not."""

    scope: str
    text: str
    evidence: Evidence
    of: int
    doubts: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The kind that the block has most often."""
        return most(self.evidence.kinds)

    @property
    def category(self) -> str:
        """What the classifier calls the block where it removes it; else what its place and form suggest."""
        if self.evidence.categories:
            return most(self.evidence.categories)
        if self.text.startswith(ADDRESS):
            return "decoration"
        return "recommendation" if self.evidence.links * 2 > self.evidence.documents else "promotion"

    @property
    def neighbour(self) -> tuple[str, str]:
        """The condition `previous` or `next` of a rule whose text alone would say too little; empty strings for none."""
        asks = is_short(self.text) or self.evidence.kinds["heading"] > 0
        return self.evidence.neighbour() if asks else ("", "")

    @property
    def removes(self) -> int:
        """Code points of kept text that the rule would remove."""
        return self.evidence.chars

    def order(self) -> tuple[int, int, str, str]:
        """What removes most comes first."""
        return -self.removes, -self.evidence.kept, self.scope, self.text


def most(counts: Mapping[str, int]) -> str:
    """The most frequent name; of equals the first in alphabetic order."""
    return min(counts, key=lambda name: (-counts[name], name))


def proposals(parts: Iterable[Iterable[Row]], scopes: Mapping[str, int]) -> tuple[list[Proposal], int]:
    """The proposed rules in their order, at most LIMIT, and how many more there were.

    All rows of a text are in one part. `scopes` says how many documents each has.
    """
    return smallest((_of_part(rows, scopes) for rows in parts), LIMIT, Proposal.order)


def _of_part(rows: Iterable[Row], scopes: Mapping[str, int]) -> Iterator[Proposal]:
    for text, by_scope in summed(rows):
        candidates = [
            Proposal(scope, text, one, scopes[scope], doubts(text, one, scopes[scope], scope))
            for scope, one in by_scope.items()
            if one.kept
        ]
        yield from _chosen(candidates)


def _chosen(candidates: list[Proposal]) -> list[Proposal]:
    """One proposal for each text and set of documents: the narrowest scope, unless a wider one has many more of them."""
    chosen: list[Proposal] = []
    for one in sorted(candidates, key=lambda one: (one.of, breadth(one.scope), one.scope)):
        narrower = [other for other in chosen if _may_hold(one.scope, other.scope)]
        most_of = max((other.evidence.documents for other in narrower), default=0)
        if one.evidence.documents >= _WIDER * most_of and (not one.doubts or all(other.doubts for other in narrower)):
            chosen = [other for other in chosen if other not in narrower] + [one]
    return chosen


def breadth(scope: str) -> tuple[bool, bool, int]:
    """Orders scopes of as many documents: an account, a host, the id of a pack, all."""
    account, dots = "/" in scope, scope.count(".")
    return scope == EVERYWHERE, not (account or dots), -dots if not account else -100


def _may_hold(wide: str, narrow: str) -> bool:
    """Whether documents of one scope may be in the other: two hosts share none unless one is under the other."""
    if "." in wide.split("/")[0] and "." in narrow.split("/")[0]:
        return narrow.endswith("." + wide)
    return True


def doubts(text: str, one: Evidence, of: int, scope: str) -> tuple[str, ...]:
    """Why a repeated text may be content, each as a sentence."""
    alone = not one.neighbour()[0]
    objections = {
        "it stands in the middle of the text": one.places["amid"] > _AMID * one.documents,
        "it stands twice in one document, as a refrain does": one.refrains > _AMID * one.documents,
        "a heading may stand above any text": alone and one.kinds["heading"] > 0,
        "it is short, and what stands beside it varies": alone and is_short(text),
        "it was written for the document: a table, code or a quotation": any(one.kinds[kind] for kind in _WRITTEN),
        "few documents have it": scope != EVERYWHERE and one.documents < _RARE * of,
        "it is much of a document": -one.worst[0] > _LOSS,
    }
    return tuple(reason for reason, holds in objections.items() if holds)


def is_short(text: str) -> bool:
    """Whether articles may hold the text as a line of their own. The address of a picture is never short."""
    return not text.startswith(ADDRESS) and width(text) < _SHORT
