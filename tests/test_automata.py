"""No pattern outgrows its automaton: RE2 then throws its states away, and starts over at each text."""

from __future__ import annotations

import ctypes
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import pytest
import re2
from conftest import own, shared

from seedclean.decisions.origin import detect
from seedclean.model.document import Source
from seedclean.model.errors import SeedcleanError
from seedclean.packs.context import match_context
from seedclean.packs.pack import Pack, front_names
from seedclean.packs.patterns import PATTERN_OPTIONS, PatternSet, matchers
from seedclean.packs.registry import load
from seedclean.readers import read

_SHARE = 0.7
"""The states of a pack, those of all its patterns, may take this share of `max_mem`, which RE2 has for those of one pattern, for
its lists and for the program."""
_ENOUGH = 4 * PATTERN_OPTIONS.max_mem
"""With so much no state is thrown away while memory is measured."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is read as Linux shows it")


def resident() -> int:
    """The bytes of memory that this process holds."""
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096


def growth(patterns: Sequence[str], texts: list[str]) -> int:
    """The bytes of memory that the states of some patterns take to match some texts."""
    options = re2.Options()
    options.log_errors, options.max_mem = False, _ENOUGH
    with patch("seedclean.packs.patterns.PATTERN_OPTIONS", options):
        parts = matchers.__wrapped__(tuple(patterns))
    before = resident()
    for text in texts:
        for match, _ in parts:
            match(text.encode())
    return resident() - before


def patterns_of(pack: Pack) -> list[str]:
    """The patterns that the rules of a pack match with the text of a block."""
    conditions = [one for rule in pack.rules for one in (rule.condition, *rule.surroundings())]
    return list(dict.fromkeys(pattern for condition in conditions for pattern in condition.matches))


def texts_by_pack() -> dict[str, set[str]]:
    """The texts of our documents and the shared ones, by the packs that apply to each."""
    texts: dict[str, set[str]] = defaultdict(set)
    for path in [*own(), *shared("corpus", "docs")]:
        try:
            context = match_context(read(Source(path.name, path.read_bytes())), front_names(load().role("common")))
        except SeedcleanError:
            continue
        for pack in load().chain(detect(context, load())):
            texts[pack.id] |= {view.normalized for view in context.views if view.normalized}
    return texts


def test_no_pack_outgrows_its_automaton() -> None:
    sizes = {id: growth(patterns_of(load().packs[id]), sorted(texts)) for id, texts in texts_by_pack().items()}
    assert {id: size for id, size in sizes.items() if size > _SHARE * PATTERN_OPTIONS.max_mem} == {}


def test_growth_shows_what_outgrows_its_automaton() -> None:
    ends = [f".*a.{{{length}}}" for length in range(8, 24)]
    signs = random.Random(0).choices("ab", k=100_000)
    assert growth(ends, ["".join(signs)]) > _SHARE * PATTERN_OPTIONS.max_mem


def test_a_pack_has_as_many_patterns_as_it_likes() -> None:
    patterns = PatternSet()
    for number in range(5_000):
        patterns.add(f"the {number}th ferry", number)
    patterns.close()
    assert patterns.match("the 7th ferry") == {7}
    assert patterns.match("the 4999th ferry") == {4_999}
    assert patterns.match("on the 7th ferry") == frozenset()
