"""The entries of a listing: texts in like elements, each below a link that is its title. The title goes with its text.

A link alone looks like a menu's to the classifier, and a listing without its titles does not say what its texts are about.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from seedclean.decisions.lists import is_link
from seedclean.decisions.threads import Key, around, key
from seedclean.model.document import Block, Decision, Element
from seedclean.values import language

RULES = {"article/entry": "It is the title of an entry of a list whose text is kept."}
"""The rules of such titles: id -> why."""

_ENTRIES = 3
_TEXT_LETTERS = 50
_TITLE_LETTERS = 3
_REACH = 30
"""A title stands among so many blocks above its text; without a limit, each of many groups would walk through the page."""
_MOST = 0.6
"""Such a share of the entries has a title in a like element."""
_DIFFERENT = 0.9
"""Such a share of the titles differs, and so do the pages to which they lead: the name of a section comes again and again."""


def with_entries(decisions: Sequence[Decision]) -> list[Decision]:
    """The classifier's decisions on a page, the titles of entries kept with their texts."""
    texts: dict[Key, list[int]] = defaultdict(list)
    for at, one in enumerate(decisions):
        if one.verdict == "keep" and _is_text(one.block):
            texts[key(one.block.element)].append(at)
    kept = {at for places in texts.values() if len(places) >= _ENTRIES for at in _titles(places, decisions)}
    return [
        Decision(one.block, "keep", "article/entry", by="classifier") if at in kept else one
        for at, one in enumerate(decisions)
    ]


def _is_text(block: Block) -> bool:
    """Whether a block in an element may be the text of an entry."""
    is_inside = block.element is not None and block.kind != "heading"
    return is_inside and language.weight(block.text) >= _TEXT_LETTERS and not is_link(block)


def _titles(texts: Sequence[int], decisions: Sequence[Decision]) -> list[int]:
    """The titles of the entries with these texts, where most entries have one."""
    counts = Counter(element for at in texts for element in around(decisions[at].block.element))
    several: dict[Key, list[int]] = defaultdict(list)
    for at in texts:
        above = list(_above(at, decisions, counts))
        if any(decisions[place].verdict == "keep" and decisions[place].block.kind == "heading" for place in above):
            continue
        firsts: dict[Key, int] = {}
        for place in above:
            if _may_be_title(decisions[place]):
                firsts.setdefault(key(decisions[place].block.element), place)
        for own, place in firsts.items():
            several[own].append(place)
    best = max(several.values(), key=len, default=[])
    different = min(
        len({decisions[place].block.text.casefold() for place in best}),
        len({_target(decisions[place].block) for place in best}),
    )
    is_usual = len(best) >= max(_ENTRIES, _MOST * len(texts))
    return best if is_usual and different >= _DIFFERENT * len(best) else []


def _above(text: int, decisions: Sequence[Decision], counts: Mapping[Element, int]) -> Iterator[int]:
    """The indices of the nearest blocks above a text in the largest element around it that holds no other such text, upwards."""
    entry = None
    for element in around(decisions[text].block.element):
        if counts[element] > 1:
            break
        entry = element
    for at in range(text - 1, max(text - _REACH, 0) - 1, -1):
        if entry is None or not any(element is entry for element in around(decisions[at].block.element)):
            return
        yield at


def _may_be_title(decision: Decision) -> bool:
    is_removed = decision.verdict == "remove" and decision.by == "classifier" and decision.category == "navigation"
    block = decision.block
    leads = bool(_target(block)) and not _target(block).startswith(("#", "javascript:"))
    return is_removed and leads and sum(map(str.isalpha, block.text)) >= _TITLE_LETTERS and is_link(block)


def _target(block: Block) -> str:
    """Where the first link of a block leads; empty if it has none."""
    return next((mark.url or "" for mark in block.marks if mark.type == "link"), "")
