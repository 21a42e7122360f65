"""RE2 patterns matched against whole texts: many at once, or one alone for its named groups."""

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
PATTERN_OPTIONS.max_mem = 32 << 20
"""`max_mem` bounds an automaton, in bytes. Where its states do not fit, RE2 starts over or falls back to a slower engine."""
_TOGETHER = 1_000
"""So many patterns of a pack are compiled together at most: RE2 has memory for the words of some 3,000."""
_WIDE = re2.compile(
    r"(?:"
    r"\(\?[A-Za-z]+\)"  # flags
    r"|\((?:\?P<\w+>|\?[A-Za-z]*:)?(?:(?:[^()]|\([^()]*\))*\)[?*])?"  # a group, which may be left out, or where one opens
    r"|(?:\[[^\]^][^\]]*\]|\\?[^\\.(\[])\ ?[?*]"  # a character that may be left out
    r")*(?:\.|\[\^|\[?\\[SDWPp])",
    PATTERN_OPTIONS,
)
"""A pattern that may begin with nearly anything. It is a guess by how patterns are written, and nothing but speed depends on it."""

_NONE: frozenset[int] = frozenset()


class PatternSet:
    """Patterns matched against a whole text in linear time: those of a pack all at once."""

    def __init__(self) -> None:
        self._numbers: dict[str, dict[str, list[int]]] = {}
        self._parts: list[tuple[Matcher, list[list[int]]]] = []

    def add(self, pattern: str, number: int, owner: str = "") -> None:
        """Add a pattern of a pack for the condition with this number. A third of the patterns come twice, and count once."""
        self._numbers.setdefault(owner, {}).setdefault(pattern, []).append(number)

    def close(self) -> None:
        """Compile the patterns. Raises PackError where those of a pack are too large together."""
        for numbers in self._numbers.values():
            for start in range(0, len(numbers), _TOGETHER):
                part = tuple(numbers)[start : start + _TOGETHER]
                for match, patterns in matchers(part):
                    self._parts.append((match, [numbers[pattern] for pattern in patterns]))

    def match(self, text: str) -> frozenset[int]:
        """The numbers of the patterns that match all of a text."""
        data = text.encode()  # once for all parts
        hits = [numbers[at] for match, numbers in self._parts for at in match(data) or ()]
        return frozenset(chain.from_iterable(hits)) if hits else _NONE


Matcher = Callable[[bytes], Sequence[int] | None]
"""From a text in UTF-8 to the places of the patterns that match it; None without one."""


@lru_cache(maxsize=512)
def matchers(patterns: tuple[str, ...]) -> Sequence[tuple[Matcher, Sequence[str]]]:
    """Some patterns, compiled once, so that the chains of packs which have a pack in common share them: each of them in one matcher
    for whole texts, with the patterns that it has. Raises PackError where the patterns are too large together.

    One automaton matches most of them at once, and is done with nearly all texts at their first characters. Patterns that may begin
    with anything would keep it at work to the end of each text, with states of its own for nearly every one, which take time at
    first and memory for good: of those RE2 looks for the words that they ask for, and matches one by one those that may match.
    """
    wide = [pattern for pattern in patterns if _WIDE.match(pattern)]
    others = [pattern for pattern in patterns if not _WIDE.match(pattern)]
    parts = [(_automaton(others, re2.Set.FullMatchSet), others)] if others else []
    return [*parts, (_filter(wide), wide)] if wide else parts


def line_matcher(patterns: Sequence[str]) -> Matcher:
    """A matcher that looks for patterns in a text, of which each is one for a whole line. Raises PackError as `matchers`."""
    return _automaton([rf"(?m)^(?:{pattern})\r?$" for pattern in patterns], re2.Set.SearchSet)


def _automaton(patterns: Sequence[str], kind: Callable[[re2.Options], re2.Set]) -> Matcher:
    automaton = kind(PATTERN_OPTIONS)
    for pattern in patterns:
        automaton.Add(pattern)
    return _compiled(automaton)


def _filter(patterns: Sequence[str]) -> Matcher:
    filtered = re2.Filter()
    for pattern in patterns:
        filtered.Add(rf"\A(?:{pattern})\z", PATTERN_OPTIONS)
    return _compiled(filtered)


def _compiled(several: re2.Set | re2.Filter) -> Matcher:
    try:
        several.Compile()
    except re2.error as error:
        raise PackError("patterns", "all of them together are too large for RE2", "ask for fewer words") from error
    match: Matcher = several.Match
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
