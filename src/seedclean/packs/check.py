"""What is wrong with a rule pack: for `seedclean check`, and for the tests of the packs that are built in."""

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

_NOTHING: Mapping[str, frozenset[str]] = {}


def check(path: Path) -> list[PackError]:
    """All faults of a pack's file: of its form, of its near misses, and against the packs that are installed."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return [PackError(str(path), f"cannot be read: {error}", "give the path of a rule file in UTF-8")]
    found = faults(text, str(path))
    if found:
        return found
    return near_misses(parse_pack(text, str(path))) + _against([path])


def _against(paths: list[Path]) -> list[PackError]:
    try:
        load(paths)
    except PackError as error:
        return [error]
    return []


def near_misses(pack: Pack) -> list[PackError]:
    """The texts that rules and clues promise to spare and do not."""
    found = []
    owners: list[Rule | Clue] = [*pack.rules, *pack.clues]
    for owner in owners:
        for text in owner.spares:
            if owner.condition and speaks_of(owner.condition, text):
                what = f"does not spare {text!r}"
                found.append(PackError(f"{pack.file}, {owner.id}", what, "make its words narrower"))
    return found


def speaks_of(condition: Condition, text: str) -> bool:
    """Whether a condition's words hold of a text, whatever its kind and place."""
    words = Condition(says=condition.says, matches=condition.matches, chars=condition.chars)
    if not words.says and not words.matches:
        return False
    return bool(ConditionIndex([words]).hits(block_views([Block("paragraph", 0, len(text), text)]), _NOTHING)[0])


def without_witness(registry: Registry, fired: set[str]) -> list[str]:
    """The rules that no document in reach has made fire."""
    return [rule.id for pack in registry.packs.values() for rule in pack.rules if rule.id not in fired]
