"""Patterns that are matched against whole texts: many at once as one RE2 set, or one for what its groups hold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

import re2

from seedclean.model.errors import PackError
from seedclean.model.vocabulary import FIELDS
from seedclean.values.text import normal

PATTERN_OPTIONS = re2.Options()
PATTERN_OPTIONS.log_errors = False
PATTERN_OPTIONS.max_mem = 16 << 20
"""What the automaton of all patterns of a document's packs may hold; RE2's default is outgrown by 150 patterns."""

_NONE: frozenset[int] = frozenset()


class PatternSet:
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
        return frozenset([self._numbers[at] for at in found]) if found else _NONE


class Match(Protocol):
    """What a pattern found."""

    re: Any

    def groupdict(self) -> dict[str, str | None]:
        """The named groups."""

    def span(self, group: int) -> tuple[int, int]:
        """Where a group stands in the text."""


def fullmatch(pattern: str, text: str | None) -> Match | None:
    """Match one pattern against a whole text."""
    found: Match | None = compiled(pattern).fullmatch(text) if text is not None else None
    return found


@lru_cache(maxsize=2048)
def compiled(pattern: str) -> Any:
    """One pattern, ready for use: RE2's own store looks at each of twenty options before it finds one."""
    return re2.compile(pattern, PATTERN_OPTIONS)


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
