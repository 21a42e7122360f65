"""Documents of unknown origin: each block is judged by what it says, what it stands in and what it stands among.

The rule names the measure that tells most of the block; the verdict itself is the model's (see `article.model`).
"""

from __future__ import annotations

from collections.abc import Sequence

from seedclean import limits
from seedclean.article import words
from seedclean.article.features import Table, table
from seedclean.article.lines import Line
from seedclean.article.model import scores
from seedclean.article.voter import votes
from seedclean.evidence import Evidence
from seedclean.model import Block, Decision
from seedclean.normal import squash

RULES = {
    "article/prose": "It is written in sentences, and stands where the document does.",
    "article/among": "It has no sentences itself, but stands among blocks that have.",
    "article/links": "More of it is links than text.",
    "article/words": "It is made of words that interfaces are made of.",
    "article/apart": "It stands apart from the document's prose.",
    "article/blank": "It has no letters, and stands apart from the document: a picture, a divider.",
    "article/unsure": "Nothing stands out as the document, or there is too little or too much to judge: all is kept.",
}
"""The rules of this module: id -> why."""

_VOTE = 1.0
"""What the vote of another extractor adds to the odds, in their logarithm."""
_DOUBT = 1.4
_DOUBTED = 0.2
"""A page is unsure where more than this share of its words stands in blocks whose odds are below four to one."""
_FEW = 4
"""Fewer blocks with text than this are no page around a document."""
_COVERED = 0.3
_ORDER = (
    "comments", "recommendation", "promotion", "advertising", "engagement", "legal", "credit", "navigation", "interface",
)  # fmt: skip
"""Which group of words names the category of a removal, where several are found."""


def judge(seen: Evidence) -> list[Decision]:
    """One decision for each block, in order. In doubt a block, or the whole document, is kept."""
    blocks = seen.document.blocks
    if len(blocks) > limits.JUDGE_BLOCKS:
        return _whole(blocks)
    measured = table(seen)
    sure = scores(measured.rows)
    if seen.document.format == "html" and _unsure(measured.lines, sure):
        asked = votes(seen.document, [blocks[at] for at in measured.places])
        sure = [odds + _VOTE * vote for odds, vote in zip(sure, asked, strict=True)]
    if len(sure) < _FEW or max(sure, default=0.0) <= 0:
        return _whole(blocks)
    judged = _judged(blocks, measured, sure)
    return _with_pictures([judged.get(at) or _blank(block) for at, block in enumerate(blocks)])


def _whole(blocks: Sequence[Block]) -> list[Decision]:
    return [Decision(block, "keep", "article/unsure") for block in blocks]


def _judged(blocks: Sequence[Block], measured: Table, sure: Sequence[float]) -> dict[int, Decision]:
    found = {}
    for at, line, much in zip(measured.places, measured.lines, sure, strict=True):
        if much > 0:
            rule = "article/prose" if line.prose else "article/among"
            found[at] = Decision(blocks[at], "keep", rule)
        elif squash(blocks[at].text):
            found[at] = Decision(blocks[at], "remove", _reason(line), _category(line))
    return found


def _unsure(lines: Sequence[Line], sure: Sequence[float]) -> bool:
    doubted = sum(line.words for line, odds in zip(lines, sure, strict=True) if abs(odds) < _DOUBT)
    return doubted > _DOUBTED * sum(line.words for line in lines)


def _reason(line: Line) -> str:
    if line.link * 2 >= 1:
        return "article/links"
    return "article/words" if line.covered >= _COVERED else "article/apart"


def _category(line: Line) -> str:
    named = next((name for name in _ORDER if line.groups & words.BIT[name]), "")
    return named or ("navigation" if line.link * 2 >= 1 else "credit" if line.date else "interface")


def _blank(block: Block) -> Decision:
    return Decision(block, "remove", "article/blank", "decoration")


def _with_pictures(decisions: list[Decision]) -> list[Decision]:
    """Blocks without letters, pictures most of them, are the document's where they stand between blocks of it."""
    kept = [at for at, decision in enumerate(decisions) if decision.verdict == "keep"]
    found: list[Decision] = []
    before = False
    for at, decision in enumerate(decisions):
        pictured = bool(found) and found[-1].block.kind == "image" and found[-1].verdict == "keep"
        if (decision.rule == "article/blank" and before and at < kept[-1]) or (
            decision.block.kind == "caption" and pictured
        ):
            decision = Decision(decision.block, "keep", "article/among")
        elif decision.rule != "article/blank":
            before = decision.verdict == "keep"
        found.append(decision)
    return found
