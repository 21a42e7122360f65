"""The classifier's answer for a document: log-odds for each block with text, and decisions made of them.

The rule of a decision names the most telling feature; the verdict comes from the log-odds.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from seedclean.decisions.classifier import lexicon
from seedclean.decisions.classifier.block_features import COVERED, BlockFeatures
from seedclean.decisions.classifier.features import feature_matrix
from seedclean.decisions.classifier.repetition import evidence
from seedclean.decisions.classifier.smoothing import verdicts
from seedclean.decisions.classifier.trees import scores
from seedclean.model.document import Block, Decision, Element
from seedclean.packs.context import BlockView, MatchContext
from seedclean.packs.repetition import NOTHING, Repetition
from seedclean.values.text import squash

RULES = {
    "article/prose": "It is written in sentences, and stands where the document does.",
    "article/among": "It has no sentences itself, but stands among blocks that have.",
    "article/links": "More of it is links than text.",
    "article/words": "It is made of words that interfaces are made of.",
    "article/apart": "It stands apart from the document's prose.",
    "article/blank": "It has no letters, and stands apart from the document: a picture, a divider.",
    "article/repeats": "It repeats on other documents of its site, account or capture, by the counts of --learned.",
    "article/title": "It is the title of the page that was saved as bare text; the headline below says it without the site's name.",
}
"""The classifier's rules: id -> why."""

_ORDER = (
    "comments", "recommendation", "promotion", "advertising", "engagement", "legal", "credit", "navigation", "interface",
)  # fmt: skip
"""Which group of words names the category of a removal, where a block has words of several."""


@dataclass(frozen=True, slots=True)
class Classification:
    """The classifier's answer: for each block with text its index, its own features, and its log-odds of being kept.

    `repeating` are the indices of blocks of which the most telling fact is that they repeat on other documents.
    """

    places: Sequence[int]
    features: Sequence[BlockFeatures]
    log_odds: Sequence[float]
    repeating: Set[int] = frozenset()


def classify(context: MatchContext, repetition: Repetition = NOTHING) -> Classification:
    """Classify the blocks of a document, with what repeats in its corpus as further evidence. Linear in their number."""
    matrix = feature_matrix(context)
    own = scores(matrix)
    shifts = evidence(context, matrix, repetition)
    if not any(shifts):
        return Classification(matrix.places, matrix.blocks, own)
    log_odds = [odds + shift for odds, shift in zip(own, shifts, strict=True)]
    repeating = {at for at, odds, shift in zip(matrix.places, own, shifts, strict=True) if shift < min(odds, 0.0)}
    return Classification(matrix.places, matrix.blocks, log_odds, repeating)


def shifted(result: Classification, prior: float) -> Classification:
    """The classification with a prior added to the log-odds of each block."""
    return replace(result, log_odds=[odds + prior for odds in result.log_odds]) if prior else result


def page_decisions(result: Classification, context: MatchContext) -> list[Decision]:
    """A decision for each block of a page, in order."""
    blocks = context.document.blocks
    texts = [blocks[at] for at in result.places]
    kept = verdicts(context.document.format, texts, result.features, result.log_odds)
    decisions = _judged(context.views, result, kept)
    last = max((at for at, keep in zip(result.places, kept, strict=True) if keep), default=-1)
    lines = context.title_lines
    # a line that equals the headline may be a refrain, and a headline stands before the end
    if (
        lines
        and lines.headline < last
        and context.views[lines.headline].squashed != context.views[lines.title].squashed
    ):
        decisions[lines.title] = Decision(blocks[lines.title], "remove", "article/title", "duplicate", by="classifier")
    return _with_pictures([decisions.get(at) or _blank(block) for at, block in enumerate(blocks)])


def removed(block: Block, features: BlockFeatures, repeats: bool = False) -> Decision:
    """The removal of a block, with the rule and the category that its features name, or the rule that it repeats."""
    rule = "article/repeats" if repeats else _reason(features)
    return Decision(block, "remove", rule, _category(features), by="classifier")


def _judged(views: Sequence[BlockView], result: Classification, kept: Sequence[bool]) -> dict[int, Decision]:
    decisions = {}
    for at, features, keep in zip(result.places, result.features, kept, strict=True):
        view = views[at]
        block = view.block
        if keep:
            rule = "article/prose" if features.prose else "article/among"
            decisions[at] = Decision(block, "keep", rule, by="classifier")
        elif view.squashed or squash(block.text):
            decisions[at] = removed(block, features, at in result.repeating)
    return decisions


def _reason(features: BlockFeatures) -> str:
    if features.link * 2 >= 1:
        return "article/links"
    return "article/words" if features.covered >= COVERED else "article/apart"


def _category(features: BlockFeatures) -> str:
    named = next((name for name in _ORDER if features.groups & lexicon.GROUP_BIT[name]), "")
    return named or ("navigation" if features.link * 2 >= 1 else "credit" if features.date else "interface")


def _blank(block: Block) -> Decision:
    return Decision(block, "remove", "article/blank", "decoration", by="classifier")


def _with_pictures(decisions: list[Decision]) -> list[Decision]:
    """Keep blocks without letters, most of them pictures, that stand between kept blocks, and captions of kept pictures; and
    pictures with captions of their own amid the kept blocks, whatever stands beside them."""
    kept = [at for at, decision in enumerate(decisions) if decision.verdict == "keep"]
    result: list[Decision] = []
    before = False
    for at, decision in enumerate(decisions):
        pictured = bool(result) and result[-1].block.kind == "image" and result[-1].verdict == "keep"
        if decision.rule == "article/blank" and kept and at < kept[-1]:
            joins = before or (kept[0] < at and _is_figure(decisions, at))
        else:
            joins = decision.block.kind == "caption" and (pictured or _goes_on(result, decision))
        if joins:
            decision = Decision(decision.block, "keep", "article/among", by="classifier")
        elif decision.rule != "article/blank":
            before = decision.verdict == "keep"
        result.append(decision)
    return result


def _goes_on(before: Sequence[Decision], decision: Decision) -> bool:
    """Whether a caption goes on that is kept."""
    last = before[-1] if before else None
    return (
        last is not None
        and _figure(decision.block) is not None
        and (last.block.kind, last.verdict) == ("caption", "keep")
        and _figure(last.block) is _figure(decision.block)
    )


def _is_figure(decisions: Sequence[Decision], at: int) -> bool:
    """Whether a picture stands in one `figure` with a caption that is no link, as that of another article's teaser is."""
    picture, caption = decisions[at].block, decisions[at + 1].block if at + 1 < len(decisions) else None
    if picture.kind != "image" or caption is None or caption.kind != "caption" or not _figure(caption):
        return False
    links = sum(mark.end - mark.start for mark in caption.marks if mark.type == "link")
    return _figure(picture) is _figure(caption) and 2 * links < len(caption.text)


def _figure(block: Block) -> Element | None:
    element = block.element
    while element is not None and element.tag != "figure":
        element = element.parent
    return element
