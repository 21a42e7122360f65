"""One decision for each block of every document. Opinions in order, and the first that speaks of a block decides it:

the extractor in code or the site configuration of the origin; the rules of account, origin, capture and of all documents;
the classifier, at a threshold that follows from what surrounds the text; kept by default.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from seedclean.decisions import entries, lists, posts, summary, terms
from seedclean.decisions.classifier.judge import (
    RULES,
    Classification,
    classify,
    page_decisions,
    removed,
    shifted,
)
from seedclean.decisions.classifier.smoothing import expected_f1
from seedclean.decisions.comment_boxes import with_boxes
from seedclean.decisions.excerpt import trim, without_frame
from seedclean.decisions.rules import RuleMatcher, compile_rules
from seedclean.decisions.surroundings import is_framed, outside, overreaching, surroundings
from seedclean.model import limits
from seedclean.model.document import Block, Decision, Opinions, Policy, Surroundings
from seedclean.packs.context import MatchContext
from seedclean.packs.pack import Pack
from seedclean.packs.repetition import NOTHING, Repetition

_IN_BODY = -1.5
"""In the body of an origin, blocks with lower log-odds are removed: a frame says where the document stands, and share buttons
and lists of other articles stand in it too. When it was chosen, F1 of the Chinese pages of known origins (25, by models
that had not seen them) rose from .932 to .987, and the share of perfect ones from .28 to .80; nothing was lost on 30 others."""
_LISTED = 0.33
"""Where rules for all pages would remove more than this share of what the classifier keeps as a list of other articles, the
list is what the page is for."""
_PRIOR = 1.0
"""Added to the log-odds where the origin has rules of its own: what they do not remove is more likely the document's. Where a
page surrounds the text even so, its rules do not know this page, and the prior is not added to the verdicts."""
_DOUBT = 0.8
"""Of the doubt that the model has of a choice, so much is borne out on sites that it has not seen: less on articles, more on lists."""

DEFAULTS = {
    "default/kept": "No rule speaks of the block: when in doubt, keep.",
    "default/stated": "Front matter and the title of a page's head are metadata: the record has them under `stated`.",
    **RULES,
    **posts.RULES,
    **entries.RULES,
    **terms.RULES,
    **lists.RULES,
    **summary.RULES,
}
"""The rules that no pack holds: id -> why."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """One decision for each block, in source order, and what surrounds the text.

    `confidence` is how sure the classifier is that the right blocks were kept: the expected F1 over the words of the
    blocks that it decided on, in whole per cent. It is None where the classifier was not asked.
    """

    decisions: list[Decision]
    surroundings: Surroundings
    confidence: int | None = None


def decide(
    context: MatchContext, packs: Sequence[Pack], opinions: Opinions, policy: Policy, repetition: Repetition = NOTHING
) -> Verdicts:
    """Decide on every block of a document. `packs` apply to it, the most particular first.

    Of the policy only `drop` counts here: `policy.apply` applies `keep` to the result. `repetition` is what repeats in the
    corpus of the document.
    """
    document = context.document
    matcher = RuleMatcher(compile_rules(tuple(packs)), context)
    ruled = matcher.decisions(opinions.decisions)
    passed_over = overreaching(ruled, document, packs)
    if passed_over:
        ruled = matcher.decisions(opinions.decisions, without=passed_over)
    if is_framed(ruled, document, packs):
        return _framed(_completed(ruled, document.blocks), context, packs, repetition)
    passed_over |= outside(packs)
    if any(one is not None and one.rule in passed_over for one in ruled):
        ruled = matcher.decisions(opinions.decisions, without=passed_over)
    if len(document.blocks) > limits.JUDGE_BLOCKS:
        whole = Surroundings("excerpt", f"more than {limits.JUDGE_BLOCKS:,} blocks are not classified")
        return Verdicts(_completed(ruled, document.blocks), whole)
    if all(decision or block.kind == "metadata" for decision, block in zip(ruled, document.blocks, strict=True)):
        return Verdicts(
            _completed(ruled, document.blocks), Surroundings("framed", "every block has an opinion or a rule")
        )
    result = classify(context, repetition)
    likely = shifted(result, _prior(packs))
    around = surroundings(likely, ruled, document, packs)
    if around.kind == "excerpt":
        decisions = trim(without_frame(_completed(ruled, document.blocks), result), likely)
        return Verdicts(decisions, around, _confidence(likely, decisions))
    classified = with_boxes(posts.with_threads(page_decisions(result, context), result, document.blocks))
    classified = terms.with_terms(entries.with_entries(classified))
    final = matcher.decisions(opinions.decisions, classified, passed_over)
    final = _with_listing(final, classified, packs, policy.drop)
    decisions = lists.with_headings(_completed(final, document.blocks, classified))
    decisions = summary.with_summary_once(decisions, context)
    return Verdicts(decisions, around, _confidence(result, decisions))


def _framed(
    decisions: Sequence[Decision], context: MatchContext, packs: Sequence[Pack], repetition: Repetition
) -> Verdicts:
    """The verdicts on a document in the frame of its origin: what is kept for standing in the body, or by default, and is
    boilerplate to the classifier, is removed. Where that would be most of the body, the body stays: it may be a poem or a table
    of results, and the frame knows better."""
    around = Surroundings("framed", "a body of the origin matched")
    if len(decisions) > limits.JUDGE_BLOCKS:
        return Verdicts(list(decisions), around)
    result = classify(context, repetition)
    frames = {rule for pack in packs for rule in pack.frame}
    in_body = in_boilerplate = 0.0
    cleared: dict[int, Decision] = {}
    for at, features, odds in zip(result.places, result.features, result.log_odds, strict=True):
        one = decisions[at]
        if one.verdict != "keep" or one.block.kind == "caption" or not (one.by == "default" or one.rule in frames):
            continue
        in_body += features.words if one.rule in frames else 0.0
        if odds < _IN_BODY:
            in_boilerplate += features.words if one.rule in frames else 0.0
            cleared[at] = removed(one.block, features, at in result.repeating)
    if 2 * in_boilerplate > in_body:
        cleared = {at: one for at, one in cleared.items() if decisions[at].rule not in frames}
    final = [cleared.get(at, one) for at, one in enumerate(decisions)]
    return Verdicts(final, around, _confidence(result, final, frames))


def _confidence(
    result: Classification, decisions: Sequence[Decision], frames: Collection[str] = frozenset()
) -> int | None:
    """The confidence in the decisions on blocks that no extractor decided, and no rule but those of frames; None without such
    blocks."""
    open_ = [
        (odds, features.words, decisions[at].verdict == "keep")
        for at, features, odds in zip(result.places, result.features, result.log_odds, strict=True)
        if decisions[at].by in ("classifier", "default") or decisions[at].rule in frames
    ]
    return round(100 * (1 - _DOUBT * (1 - expected_f1(*zip(*open_, strict=True))))) if open_ else None


def _prior(packs: Sequence[Pack]) -> float:
    return _PRIOR if any(pack.rules for pack in packs if pack.role == "origin") else 0.0


def _completed(
    decisions: Sequence[Decision | None], blocks: Sequence[Block], classified: Sequence[Decision] | None = None
) -> list[Decision]:
    """The decisions with the classifier's, or the default, where there is none."""
    return [
        decision or (classified[at] if classified and block.kind != "metadata" else _default(block))
        for at, (decision, block) in enumerate(zip(decisions, blocks, strict=True))
    ]


def _default(block: Block) -> Decision:
    if block.kind == "metadata":
        return Decision(block, "remove", "default/stated", "credit", by="default")
    return Decision(block, "keep", "default/kept", by="default")


def _with_listing(
    decisions: Sequence[Decision | None],
    classified: Sequence[Decision],
    packs: Sequence[Pack],
    dropped: Collection[str],
) -> list[Decision | None]:
    """The decisions without the removals of `unless_listing` rules, where those would take much of what is kept.

    Rules of `dropped` categories remove even so.
    """
    rules = {rule.id for pack in packs for rule in pack.rules if rule.unless_listing and rule.category not in dropped}
    listed = [
        own.verdict == "keep" and one is not None and one.rule in rules
        for one, own in zip(decisions, classified, strict=True)
    ]
    kept = sum(len(own.block.text) for own in classified if own.verdict == "keep")
    if sum(len(own.block.text) for own, hit in zip(classified, listed, strict=True) if hit) <= _LISTED * kept:
        return list(decisions)
    return [None if hit else one for one, hit in zip(decisions, listed, strict=True)]
