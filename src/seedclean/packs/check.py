"""Faults of rule packs, for `seedclean check` and for the tests of the built-in packs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from seedclean.model.document import Block
from seedclean.model.errors import InputError, PackError
from seedclean.packs.context import block_views
from seedclean.packs.index import ConditionIndex
from seedclean.packs.pack import Clue, Condition, Pack, Rule
from seedclean.packs.parser import parse_pack, try_pack
from seedclean.packs.patterns import fullmatch
from seedclean.packs.registry import Registry, conflicts, load, read_rules
from seedclean.packs.trial import removes_everything, unremoved_anchors

_NO_FACTS: Mapping[str, frozenset[str]] = {}


def rule_files(paths: Iterable[Path]) -> list[Path]:
    """The rule files given and those below the directories given. Raises InputError for a directory without any."""
    files: list[Path] = []
    for path in paths:
        below = sorted(_below(path)) if path.is_dir() else [path]
        if not below:
            raise InputError(str(path), "holds no rule file", "rule files end in .toml")
        files += below
    return list(dict.fromkeys(files))


def _below(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*.toml") if path.name != "pyproject.toml" and path.is_file())


def check_all(paths: Sequence[Path]) -> list[PackError]:
    """All faults of rule files: those of each, and their conflicts with one another and with installed packs."""
    results = [_try(path) for path in paths]
    packs = dict(load().packs) | {pack.id: pack for pack, _ in results if pack}
    return [fault for _, faults in results for fault in faults] + list(conflicts(packs))


def check(path: Path) -> list[PackError]:
    """All faults of one rule file."""
    return check_all([path])


def _try(path: Path) -> tuple[Pack | None, list[PackError]]:
    """What can be read of a file, and its faults by itself: those of its form, and what its other rules do to texts that tell."""
    try:
        pack, form = try_pack(read_rules(path).text, str(path))
    except PackError as error:
        return None, [error]
    if pack is None:
        return None, form
    # a rule with a fault may be the one that removes an anchor
    anchors = [] if form else unremoved_anchors(pack, _everywhere())
    return pack, form + near_misses(pack) + removes_everything(pack) + anchors


def _everywhere() -> list[Pack]:
    """The packs whose rules may speak of a document of any origin."""
    return [pack for pack in load().packs.values() if pack.role != "origin"]


def applies_to_none(path: Path) -> bool:
    """Whether nothing in a pack without faults tells which documents are its own. Raises PackError for one with faults."""
    pack = parse_pack(read_rules(path).text, str(path))
    return pack.role in ("origin", "capture") and not (pack.host or pack.image or pack.clues or pack.extends)


def near_misses(pack: Pack) -> list[PackError]:
    """A fault for each text under `spares` that its rule or clue matches nevertheless."""
    result = []
    owners: list[Rule | Clue] = [*pack.rules, *pack.clues]
    for owner in owners:
        for text in owner.spares:
            if (owner.condition and matches_text(owner.condition, text)) or _is_written(owner, text):
                what = f"does not spare {text!r}"
                result.append(PackError(f"{pack.file}, {owner.id}", what, "make its words narrower"))
    return result


def _is_written(owner: Rule | Clue, text: str) -> bool:
    """Whether a clue takes the text for a line of the source that only its tool writes."""
    return isinstance(owner, Clue) and any(fullmatch(pattern, text) for pattern in owner.written)


def matches_text(condition: Condition, text: str) -> bool:
    """Whether `says`, `matches` and `chars` of a condition hold of a text, in a block of any kind and place."""
    words = Condition(says=condition.says, matches=condition.matches, chars=condition.chars)
    if not words.says and not words.matches:
        return False
    return bool(ConditionIndex([words]).hits(block_views([Block("paragraph", 0, len(text), text)]), _NO_FACTS)[0])


def without_witness(registry: Registry, fired: set[str]) -> list[str]:
    """The ids of the rules that are not in `fired`."""
    return [rule.id for pack in registry.packs.values() for rule in pack.rules if rule.id not in fired]
