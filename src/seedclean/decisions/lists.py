"""What a heading says of the list below it: links whose heading is removed go with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from seedclean.model.document import Block, Decision

RULES = {"article/below": "The heading above the list is removed, and the list is nothing but links."}
"""The rule of such removals: id -> why."""

_LINKS = 0.8
"""A list is one of links where each item is one to this share: the separators between links are no links."""
_MOST = 0.33
"""Lists with a larger share of the text that is kept are what the page is for: its heading was taken for a menu's."""
_UNSAID = frozenset(["credit", "decoration", "duplicate", "residue"])
"""Categories of headings that are removed for what they are, and say nothing of what stands below."""


def with_headings(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions, the classifier's on lists of links those of the headings directly above."""
    below = {at: decisions[heading] for heading, items in _lists(decisions) for at in items if _is_open(decisions[at])}
    kept = sum(len(one.block.text) for one in decisions if one.verdict == "keep")
    if sum(len(decisions[at].block.text) for at in below) > _MOST * kept:
        return list(decisions)
    return [
        replace(one, verdict="remove", rule="article/below", category=below[at].category) if at in below else one
        for at, one in enumerate(decisions)
    ]


def _is_open(decision: Decision) -> bool:
    return decision.verdict == "keep" and decision.by == "classifier"


def _lists(decisions: Sequence[Decision]) -> Iterator[tuple[int, range]]:
    """The lists of links below removed headings: the index of the heading, and those of the items."""
    others = [at for at, one in enumerate(decisions) if one.block.kind != "item"] + [len(decisions)]
    for at, following in pairwise(others):
        one, items = decisions[at], range(at + 1, following)
        is_said = one.block.kind == "heading" and one.verdict == "remove" and one.category not in _UNSAID
        if is_said and items and all(_is_link(decisions[item].block) for item in items):
            yield at, items


def _is_link(block: Block) -> bool:
    links = sum(mark.end - mark.start for mark in block.marks if mark.type == "link")
    return bool(block.text) and links >= _LINKS * len(block.text)
