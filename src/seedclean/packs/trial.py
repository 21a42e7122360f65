"""Rules tried without a document: those that would remove every text, and those that wait for what nothing removes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from seedclean.model.document import Block, Element
from seedclean.model.errors import PackError
from seedclean.packs.context import block_views
from seedclean.packs.index import ConditionIndex, Numbers
from seedclean.packs.pack import Condition, Pack, Rule

_NO_FACTS: Mapping[str, frozenset[str]] = {}

_BAITS = (
    "The ferry between the town and the island runs again from Saturday on, and two hundred people came.",
    "Otters", "渡轮从周六起恢复通航，两百人在码头等候，队伍一直排到教堂门前。", "水獭归来", "12", "¿Dónde está el barco?", "Ночь.",
)  # fmt: skip
_COPIES = 8
"""So many paragraphs of each bait: a rule for the first or last blocks of a page does not take them all."""


def removes_everything(pack: Pack) -> list[PackError]:
    """A fault for each rule that removes whatever paragraph a page may have, by what it asks of the block alone."""
    rules = [rule for rule in pack.rules if rule.verdict == "remove" and not rule.surroundings()]
    hits = ConditionIndex([rule.condition for rule in rules]).hits(block_views(_page()), _NO_FACTS)
    everywhere = set(hits[0]).intersection(*hits)
    return [
        PackError(
            f"{pack.file}, {rule.id}",
            "removes every paragraph of every page",
            "say what is special about the block: what it says, the element around it, its place",
        )
        for at, rule in enumerate(rules)
        if at in everywhere
    ]


def _page() -> list[Block]:
    """A page with nothing on it but paragraphs of the article."""
    element = None
    for depth, tag in enumerate(("html", "body", "main", "article", "p")):
        element = Element(tag, {}, element, depth, frozenset())
    texts = _BAITS * _COPIES
    return [Block("paragraph", at * 200, at * 200 + len(text), text, element=element) for at, text in enumerate(texts)]


def unremoved_anchors(pack: Pack, common: Iterable[Pack]) -> list[PackError]:
    """A fault for each text that a rule stands `after` although no rule removes a block with that text.

    Such a rule never fires: `after` asks for an unbroken run of removals. Where some rule of the pack removes by place or
    element alone, it may remove the text, and nothing is said.
    """
    if pack.extends or any(_by_place(rule) for rule in pack.rules if rule.verdict == "remove"):
        return []
    own = [_words(rule) for rule in pack.rules if rule.verdict == "remove" and _has_words(rule)]
    others = [_words(rule) for one in common for rule in one.rules if rule.verdict == "remove" and _has_words(rule)]
    trial = ConditionIndex(others)
    vague = {number for text in _BAITS for number in _hits(trial, text)}
    index = ConditionIndex([*own, *(words for at, words in enumerate(others) if at not in vague)])
    result = []
    for rule in pack.rules:
        texts = [text for condition in rule.after for text in sorted(condition.says)]
        idle = [text for text in texts if not _hits(index, text)]
        if idle and len(idle) == len(texts) and all(condition.says for condition in rule.after):
            what = f"stands after {idle[0]!r}, which no rule removes: it never fires"
            result.append(PackError(f"{pack.file}, {rule.id}", what, "write a rule that removes it"))
    return result


def _hits(index: ConditionIndex, text: str) -> Numbers:
    return index.hits(block_views([Block("paragraph", 0, len(text), text)]), _NO_FACTS)[0]


def _words(rule: Rule) -> Condition:
    """What a rule asks of a text. One for all pages that asks little of it is told by its place what to remove."""
    return Condition(says=rule.condition.says, matches=rule.condition.matches)


def _has_words(rule: Rule) -> bool:
    return bool(rule.condition.says or rule.condition.matches)


def _by_place(rule: Rule) -> bool:
    """Whether a rule may remove a block whatever it says, without being after another."""
    return not _has_words(rule) and not rule.after
