"""What a heading says of what is below it: links whose heading is removed go with it, and a heading with nothing below goes too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from seedclean.model.document import Block, Decision, Element

RULES = {
    "article/below": "The heading above the list is removed, and the list is nothing but links, or cards that lead elsewhere.",
    "article/empty-box": "A heading whose box has nothing else that is kept.",
}
"""The rules of such removals: id -> why."""

_LINKS = 0.8
"""A list is one of links where each item is one to this share: the separators between links are no links."""
_MOST = 0.33
"""Lists with a larger share of the text that is kept are what the page is for: its heading was taken for a menu's."""
_PAGE_PARTS = frozenset(["html", "body", "main", "article", "header", "hgroup"])
"""Elements that are no boxes: they hold the article, or its headline."""
_CARD_CHARS = 200
"""The line below a link to another article is no longer than this."""
_BODY_CHARS = 60
"""A box without a text of this length is the line of a headline, with buttons or the date beside it."""
_UNSAID = frozenset(["credit", "decoration", "duplicate", "residue"])
"""Categories of headings that are removed for what they are, and say nothing of what stands below."""


def with_headings(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions, the classifier's on lists of links those of the headings directly above, and on headings of empty boxes."""
    return _without_empty_boxes(_with_lists(decisions))


def _without_empty_boxes(decisions: Sequence[Decision]) -> list[Decision]:
    result = []
    is_below_prose = False  # a headline stands above all of it
    for at, one in enumerate(decisions):
        is_below_prose = is_below_prose or (one.verdict == "keep" and len(one.block.text) >= _BODY_CHARS)
        is_asked = is_below_prose and one.block.kind == "heading" and _is_open(one)
        category = _emptied(decisions, at) if is_asked else ""
        result.append(replace(one, verdict="remove", rule="article/empty-box", category=category) if category else one)
    return result


def _emptied(decisions: Sequence[Decision], at: int) -> str:
    """The category of what was removed from the box whose first block is the heading at an index; empty if something stays."""
    category, has_body = "", False
    for place in _rest_of_box(decisions, at):
        one = decisions[place]
        if one.verdict == "keep":
            return ""
        category = category or (one.category if one.block.text and one.category not in _UNSAID else "")
        has_body = has_body or (len(one.block.text) >= _BODY_CHARS and not is_link(one.block))
    return category if has_body else ""


def _rest_of_box(decisions: Sequence[Decision], at: int) -> Iterator[int]:
    """The indices of the other blocks in the element around a heading: none if it is a part of the page, or if another block is
    its first."""
    heading = decisions[at].block.element
    box = heading.parent if heading is not None else None
    if box is None or box.tag in _PAGE_PARTS or (at > 0 and _is_in(decisions[at - 1].block.element, box)):
        return
    for place in range(at + 1, len(decisions)):
        if not _is_in(decisions[place].block.element, box):
            return
        yield place


def _is_in(element: Element | None, box: Element) -> bool:
    while element is not None and element.depth > box.depth:
        element = element.parent
    return element is box


def _with_lists(decisions: Sequence[Decision]) -> list[Decision]:
    ruled = chain(_lists(decisions), _boxes(decisions))
    below = {at: decisions[heading] for heading, items in ruled for at in items if _is_open(decisions[at])}
    kept = sum(len(one.block.text) for one in decisions if one.verdict == "keep")
    if sum(len(decisions[at].block.text) for at in below) > _MOST * kept:
        return list(decisions)
    return [
        replace(one, verdict="remove", rule="article/below", category=below[at].category) if at in below else one
        for at, one in enumerate(decisions)
    ]


def _is_open(decision: Decision) -> bool:
    return decision.verdict == "keep" and decision.by == "classifier"


def _lists(decisions: Sequence[Decision]) -> Iterator[tuple[int, Sequence[int]]]:
    """The lists of links below removed headings: the index of the heading, and those of the items."""
    others = [at for at, one in enumerate(decisions) if one.block.kind != "item"] + [len(decisions)]
    for at, following in pairwise(others):
        one, items = decisions[at], range(at + 1, following)
        is_said = one.block.kind == "heading" and one.verdict == "remove" and one.category not in _UNSAID
        if is_said and items and all(is_link(decisions[item].block) for item in items):
            yield at, items


def _boxes(decisions: Sequence[Decision]) -> Iterator[tuple[int, Sequence[int]]]:
    """The boxes of cards below removed headings: pictures, titles with links, and a line or two for each."""
    for at, one in enumerate(decisions):
        if one.block.kind != "heading" or one.category != "recommendation":
            continue
        places = list(_rest_of_box(decisions, at))
        cards = [decisions[place].block for place in places]
        links = sum([is_link(block) or block.kind == "image" for block in cards])
        if 2 * links >= len(cards) > 0 and all(len(block.text) <= _CARD_CHARS for block in cards):
            yield at, places


def is_link(block: Block) -> bool:
    """Whether a block is a link, or links and the separators between them."""
    links = sum(mark.end - mark.start for mark in block.marks if mark.type == "link")
    return bool(block.text) and links >= _LINKS * len(block.text)
