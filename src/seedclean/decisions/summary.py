"""The summary that a page states of itself stands in its text once: forms to send the page to a friend, and cards, say it again."""

from __future__ import annotations

from collections.abc import Sequence

from seedclean.model.document import Decision
from seedclean.packs.context import MatchContext

RULES = {"article/again": "It is the page's own summary once more, word for word, below the first."}
"""The rule of such removals: id -> why."""

_CHARS = 60
"""A shorter summary may be a refrain."""


def with_summary_once(decisions: Sequence[Decision], context: MatchContext) -> list[Decision]:
    """The decisions, of the classifier's kept paragraphs that are the page's own description all but the first removed."""
    descriptions = context.facts.get("description", frozenset())
    places = [
        at
        for at, (one, view) in enumerate(zip(decisions, context.views, strict=True))
        if one.verdict == "keep"
        and one.by == "classifier"
        and one.block.kind == "paragraph"
        and len(one.block.text) >= _CHARS
        and view.squashed in descriptions
    ]
    again = frozenset(places[1:])
    return [
        Decision(one.block, "remove", "article/again", "duplicate", by="classifier") if at in again else one
        for at, one in enumerate(decisions)
    ]
