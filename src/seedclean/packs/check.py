"""Faults of a rule pack, for `seedclean check` and for the tests of the built-in packs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from seedclean.model.document import Block
from seedclean.model.errors import PackError
from seedclean.packs.context import block_views
from seedclean.packs.index import ConditionIndex
from seedclean.packs.pack import Clue, Condition, Pack, Rule
from seedclean.packs.parser import faults, parse_pack
from seedclean.packs.registry import Registry, load

_NO_FACTS: Mapping[str, frozenset[str]] = {}


def check(path: Path) -> list[PackError]:
    """All faults of a pack's file: its form; else its near misses and its conflicts with installed packs."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return [PackError(str(path), f"cannot be read: {error}", "give the path of a rule file in UTF-8")]
    form = faults(text, str(path))
    return form or near_misses(parse_pack(text, str(path))) + _conflicts(path)


def _conflicts(path: Path) -> list[PackError]:
    try:
        load([path])
    except PackError as error:
        return [error]
    return []


def near_misses(pack: Pack) -> list[PackError]:
    """A fault for each text under `spares` that its rule or clue matches nevertheless."""
    result = []
    owners: list[Rule | Clue] = [*pack.rules, *pack.clues]
    for owner in owners:
        for text in owner.spares:
            if owner.condition and matches_text(owner.condition, text):
                what = f"does not spare {text!r}"
                result.append(PackError(f"{pack.file}, {owner.id}", what, "make its words narrower"))
    return result


def matches_text(condition: Condition, text: str) -> bool:
    """Whether `says`, `matches` and `chars` of a condition hold of a text, in a block of any kind and place."""
    words = Condition(says=condition.says, matches=condition.matches, chars=condition.chars)
    if not words.says and not words.matches:
        return False
    return bool(ConditionIndex([words]).hits(block_views([Block("paragraph", 0, len(text), text)]), _NO_FACTS)[0])


def without_witness(registry: Registry, fired: set[str]) -> list[str]:
    """The ids of the rules that are not in `fired`."""
    return [rule.id for pack in registry.packs.values() for rule in pack.rules if rule.id not in fired]
