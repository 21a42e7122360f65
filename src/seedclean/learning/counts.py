"""Which counts of a corpus are written for the classifier: those that say most, at most LIMIT."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from seedclean.learning.evidence import Row, smallest, summed
from seedclean.learning.observation import ADDRESS
from seedclean.learning.proposals import breadth
from seedclean.packs.repetition import Repeat, TextRepeat

LIMIT = 100_000
"""Of 140 bytes a line, and 300 bytes of memory in each process that cleans."""


def repeats(parts: Iterable[Iterable[Row]], scopes: Mapping[str, int]) -> tuple[list[TextRepeat], int]:
    """The counts in the order of their scopes, and how many there was no room for: those on the fewest documents.

    All rows of a text are in one part. `scopes` says how many documents each has.
    """
    best, left_out = smallest((_of_part(rows, scopes) for rows in parts), LIMIT, _rank)
    return sorted(best, key=_order), left_out


def _of_part(rows: Iterable[Row], scopes: Mapping[str, int]) -> Iterator[TextRepeat]:
    """The counts of each text. A scope with no more of its documents than a smaller one has says nothing more."""
    for text, by_scope in summed(rows):
        if text.startswith(ADDRESS):
            continue
        most = 0
        for scope in sorted(by_scope, key=lambda scope: (scopes[scope], breadth(scope), scope)):
            one = by_scope[scope]
            if one.documents > most:
                most = one.documents
                yield TextRepeat(scope, text, Repeat(one.documents, scopes[scope], one.places["amid"]))


def _rank(one: TextRepeat) -> tuple[int, int, str, str]:
    return -one.repeat.documents, one.repeat.of, one.scope, one.text


def _order(one: TextRepeat) -> tuple[str, int, str]:
    return one.scope, -one.repeat.documents, one.text
