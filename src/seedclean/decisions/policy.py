"""What a user wants kept although it is not the document's own: standing notices, credits, comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from seedclean.model.document import Decision, Policy


def apply(decisions: Sequence[Decision], policy: Policy) -> list[Decision]:
    """The decisions with the removals of the policy's categories turned into keeps, by the same rule and with the category.

    Front matter and the title of a page's head stay removed: they are no text, and the record has them under `stated`.
    """
    return [
        replace(decision, verdict="keep")
        if decision.verdict == "remove" and decision.category in policy.keep and decision.block.kind != "metadata"
        else decision
        for decision in decisions
    ]
