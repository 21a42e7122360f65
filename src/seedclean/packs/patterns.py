"""RE2 patterns matched against whole texts: many at once as one set, or one alone for its named groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Protocol

import re2

from seedclean.model.errors import PackError
from seedclean.model.vocabulary import FIELDS
from seedclean.values.text import normal

PATTERN_OPTIONS = re2.Options()
PATTERN_OPTIONS.log_errors = False
PATTERN_OPTIONS.max_mem = 64 << 20
"""`max_mem` bounds the automaton of all patterns of a pack, in bytes; 150 patterns outgrow RE2's default of 8 MB.
Where states do not fit, RE2 starts over or falls back to a slower engine. WeChat's rules and those of all documents, then one
set, on 398 saved documents: 16 MB 22 ms a document, 64 MB 16 ms (and 50 MB more memory), 128 MB 14 ms (and 110 MB more)."""

_NONE: frozenset[int] = frozenset()


class PatternSet:
    """Patterns matched against a whole text in linear time: those of a pack all at once."""

    def __init__(self) -> None:
        self._numbers: dict[str, dict[str, list[int]]] = {}
        self._parts: list[tuple[Automaton, list[list[int]]]] = []

    def add(self, pattern: str, number: int, owner: str = "") -> None:
        """Add a pattern of a pack for the condition with this number. A third of the patterns come twice, and count once."""
        self._numbers.setdefault(owner, {}).setdefault(pattern, []).append(number)

    def close(self) -> None:
        """Compile the patterns. Raises PackError where those of a pack are too large together."""
        self._parts = [(automaton(tuple(part)), list(part.values())) for part in self._numbers.values()]

    def match(self, text: str) -> frozenset[int]:
        """The numbers of the patterns that match all of a text."""
        hits = [numbers[at] for match, numbers in self._parts for at in match(text) or ()]
        return frozenset(chain.from_iterable(hits)) if hits else _NONE


Automaton = Callable[[str], Sequence[int] | None]
"""From a text to the places of the patterns that match all of it; None without one."""


@lru_cache(maxsize=512)
def automaton(patterns: tuple[str, ...]) -> Automaton:
    """Some patterns, compiled once, so that the chains of packs which have a pack in common share its states, which take most of
    the memory. Raises PackError where the patterns are too large together."""
    compiled = re2.Set.FullMatchSet(PATTERN_OPTIONS)
    for pattern in patterns:
        compiled.Add(pattern)
    try:
        compiled.Compile()
    except re2.error as error:
        remedy = "bound texts with `chars` rather than with counted repetitions"
        raise PackError("patterns", "all of them together are too large for RE2", remedy) from error
    match: Automaton = compiled.Match
    return match


class Match(Protocol):
    """A match of one pattern."""

    re: Any

    def groupdict(self) -> dict[str, str | None]:
        """The texts of the named groups."""

    def span(self, group: int) -> tuple[int, int]:
        """The span of a group in the text."""


def fullmatch(pattern: str, text: str | None) -> Match | None:
    """Match one pattern against a whole text."""
    match: Match | None = compiled(pattern).fullmatch(text) if text is not None else None
    return match


@lru_cache(maxsize=2048)
def compiled(pattern: str) -> Any:
    """One compiled pattern. RE2's own cache compares twenty options on each look-up."""
    return re2.compile(pattern, PATTERN_OPTIONS)


def groups(patterns: Sequence[str], text: str) -> dict[str, str]:
    """The named groups of the first pattern that matches all of a text, for groups named like a metadata field.

    Values are as written in the source where normalization keeps the text's length, else normalized.
    """
    normalized, raw = normal(text), text.strip()
    forms = (normalized,) if len(raw) == len(normalized) else (raw, normalized)
    for pattern in patterns:
        for form in forms:
            match = fullmatch(pattern, form)
            if match:
                return {name: _written(name, match, raw, form) for name in match.groupdict() if name in FIELDS}
    return {}


def _written(name: str, match: Match, raw: str, text: str) -> str:
    start, end = match.span(match.re.groupindex[name])
    source = raw if len(raw) == len(text) else text
    return source[start:end] if start >= 0 else ""
