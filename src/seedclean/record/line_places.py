"""Where lines of labels and values may stand: the headline, the first and the last sentence of the text, and the blocks near them."""

from __future__ import annotations

from collections.abc import Sequence

from seedclean.model.document import Decision
from seedclean.packs.context import MatchContext

KINDS = ("heading", "paragraph", "line", "item", "quote", "caption")
"""Kinds of block that hold a line of text."""
OVER_HEADLINE = 3
_ABOVE = 16
"""A dateline stands at most this many blocks above the first sentence: menus and lists of other articles stand higher."""
_UNDER_HEADLINE = 15
_INTO_TEXT = 6
"""The classifier may keep a dateline as the first lines of the text."""
_END_BEFORE = 12
_END_BEHIND = 10
"""Lines of editors stand among the last blocks of the text or right behind it."""
SENTENCE = 30
"""A shorter text is no sentence."""
_PROSE_KINDS = ("paragraph", "line", "quote")
_STOPS = "。！？.!?…"
"""A paragraph of at least `SENTENCE` characters with one of these is prose."""
_TITLE = 4


def first_prose(decisions: Sequence[Decision]) -> int | None:
    """The index of the first kept paragraph that is prose; None where none is."""
    return next((at for at, decision in enumerate(decisions) if is_prose(decision)), None)


def text_bounds(decisions: Sequence[Decision]) -> tuple[int, int]:
    """The indices of the first and the last kept sentence; of the first and last block if there is none."""
    first, last = first_prose(decisions), len(decisions) - 1
    if first is None:
        return 0, last
    return first, next(at for at in range(last, -1, -1) if is_prose(decisions[at]))


def headline_of(context: MatchContext, decisions: Sequence[Decision]) -> int | None:
    """The index of the block before some of the text that says the document's title: a heading if one does."""
    _, last = text_bounds(decisions)
    shown = [
        at
        for at, view in enumerate(context.views)
        if at < last
        and len(view.squashed) >= _TITLE
        and view.squashed in context.facts.get("title", ())
        and view.block.kind in KINDS
    ]
    headings = [at for at in shown if decisions[at].block.kind == "heading"]
    return next(iter(headings or shown), _opening(decisions, last))


def _opening(decisions: Sequence[Decision], last: int) -> int | None:
    """The index of the heading of the first level that opens a document; None where none does."""
    first = next((at for at, decision in enumerate(decisions[:last]) if decision.block.text), None)
    opens = first is not None and (decisions[first].block.kind, decisions[first].block.level) == ("heading", 1)
    return first if opens else None


def head_range(headline: int | None, first: int, count: int) -> list[int]:
    """The indices of the blocks between headline and text, and of a few around them."""
    low = max(0, first - _ABOVE) if headline is None else max(0, headline - OVER_HEADLINE)
    return [
        at
        for at in range(low, min(count, first + _INTO_TEXT))
        if headline is None or at <= headline + _UNDER_HEADLINE or at >= first - _ABOVE
    ]


def end_range(first: int, last: int, decisions: Sequence[Decision]) -> range:
    """The indices of the blocks around the last sentence, and of the kept lines that follow it."""
    high = min(len(decisions), last + _END_BEHIND)
    while high < len(decisions) and high < last + 2 * _END_BEHIND and decisions[high - 1].verdict == "keep":
        high += 1
    return range(max(first + 1, last - _END_BEFORE), high)


def is_prose(decision: Decision) -> bool:
    """Whether a block is a kept paragraph with a sentence in it."""
    block = decision.block
    if decision.verdict != "keep" or block.kind not in _PROSE_KINDS or len(block.text) < SENTENCE:
        return False
    return any(map(block.text.__contains__, _STOPS))
