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

_VOTE = 1.5
"""What the vote of another extractor adds to the odds, in their logarithm."""
_DOUBT = 1.4
_DOUBTED = 0.2
"""A page is unsure where more than this share of its words stands in blocks whose odds are below four to one."""
_ARTICLE = 0.9
"""An article is prose to this share of its words."""
_CHANGE = 0.7
"""What a change between document and page costs, in the logarithm of odds."""
_MOST = 5.0
"""No block counts for more than this, so that a run of doubtful ones can outweigh it."""
_LINKS = 0.8
"""A line of which so much is links is a menu, blanks between them left out."""
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
    # what is made for articles has nothing to say of lists and conversations
    if seen.document.format == "html" and _prose(measured.lines, sure) and _unsure(measured.lines, sure):
        asked = votes(seen.document, [blocks[at] for at in measured.places])
        sure = [odds + _VOTE * vote for odds, vote in zip(sure, asked, strict=True)]
    if len(sure) < _FEW or max(sure, default=0.0) <= 0:
        return _whole(blocks)
    judged = _judged(blocks, measured, verdicts(seen.document.format, measured.lines, sure))
    return _with_pictures([judged.get(at) or _blank(block) for at, block in enumerate(blocks)])


def _whole(blocks: Sequence[Block]) -> list[Decision]:
    return [Decision(block, "keep", "article/unsure") for block in blocks]


def verdicts(format: str, lines: Sequence[Line], sure: Sequence[float]) -> list[bool]:
    """Which blocks are kept, given the logarithm of the odds of each.

    Where nearly all that seems to be the document is prose, a page's blocks are decided on in one go, and a change
    between document and page has to be worth it. Elsewhere, in lists and conversations, each is decided on by itself.
    """
    if format != "html" or not _prose(lines, sure):
        return [odds > 0 for odds in sure]
    # a line of links is no part of an article for standing beside it
    return [
        keep and (odds > 0 or line.link < _LINKS) for keep, odds, line in zip(_smooth(sure), sure, lines, strict=True)
    ]


def _prose(lines: Sequence[Line], sure: Sequence[float]) -> bool:
    """Whether nearly all that seems to be the document is prose."""
    likely = [line for line, odds in zip(lines, sure, strict=True) if odds > 0]
    return sum(line.prose for line in likely) > _ARTICLE * sum(line.words for line in likely)


def _smooth(sure: Sequence[float]) -> list[bool]:
    """The verdicts of the highest sum of odds less what changes cost: Viterbi's algorithm over two states."""
    keep = drop = 0.0
    stays = []
    for odds in sure:
        worth = max(-_MOST, min(_MOST, odds))
        stays.append((keep >= drop - _CHANGE, drop >= keep - _CHANGE))
        keep, drop = max(keep, drop - _CHANGE) + worth, max(drop, keep - _CHANGE)
    state = keep >= drop
    found = []
    for kept, dropped in reversed(stays):
        found.append(state)
        state = state if (kept if state else dropped) else not state
    return found[::-1]


def _judged(blocks: Sequence[Block], measured: Table, kept: Sequence[bool]) -> dict[int, Decision]:
    found = {}
    for at, line, keep in zip(measured.places, measured.lines, kept, strict=True):
        if keep:
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
