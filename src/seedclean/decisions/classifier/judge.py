"""Documents of unknown origin: each block is judged by what it says, what it stands in and what it stands among.

The rule names the measure that tells most of the block; the verdict itself is made of the model's odds, see
`article.verdicts`.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import takewhile
from math import fsum

from seedclean.decisions.classifier import lexicon
from seedclean.decisions.classifier.block_features import Line
from seedclean.decisions.classifier.features import WHOLE, Table, table
from seedclean.decisions.classifier.page_type import learnt_type
from seedclean.decisions.classifier.smoothing import COVERED, is_prose, verdicts
from seedclean.decisions.classifier.trafilatura_vote import votes
from seedclean.decisions.classifier.trees import scores
from seedclean.model import limits
from seedclean.model.document import Block, Decision, Document
from seedclean.packs.context import Evidence
from seedclean.values.text import squash

RULES = {
    "article/prose": "It is written in sentences, and stands where the document does.",
    "article/among": "It has no sentences itself, but stands among blocks that have.",
    "article/links": "More of it is links than text.",
    "article/words": "It is made of words that interfaces are made of.",
    "article/apart": "It stands apart from the document's prose.",
    "article/blank": "It has no letters, and stands apart from the document: a picture, a divider.",
    "article/title": "It is the title of the page that was saved as bare text; the headline below says it without the site's name.",
    "article/unsure": "Nothing stands out as the document, or there is too little or too much to judge: all is kept.",
}
"""The rules of this module: id -> why."""

_VOTE = 3.0
_VOTE_CHINESE = 1.0
"""What the vote of another extractor adds to the odds, in their logarithm; of Chinese pages it knows less."""
_DOUBT = 1.4
_DOUBTED = 0.1
"""A page is unsure where more than this share of its words stands in blocks whose odds are below four to one."""
_POSTS = WHOLE.index("d-post")
_CONVERSATION = 0.03
"""A page of whose elements so many are called posts or the like is a conversation."""
_FEW = 4
"""Fewer blocks with text than this are no page around a document."""
_EDGE = -2.3
"""At head and tail of what was taken out of its page, a block has to be as unlikely as this: by cross-validation 37 of the
37,066 lines of texts that have nothing to remove are."""
_EDGE_LEAST = 10
"""In a document of fewer blocks there is too little to tell an advert from a list by."""
_EDGE_BLOCKS = 12
_EDGE_SHARE = 0.25
"""So many blocks at either end, and such a share of what is kept, can be an advert; more are a document of their kind."""
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
    sure = scores(measured)
    if _is_asked(seen.document, measured, sure):
        asked = votes(seen.document, [blocks[at] for at in measured.places])
        weight = _VOTE_CHINESE if _chinese(measured.lines) else _VOTE
        sure = [odds + weight * vote for odds, vote in zip(sure, asked, strict=True)]
    if len(sure) < _FEW or max(sure, default=0.0) <= 0:
        return _whole(blocks)
    kept = verdicts(seen.document.format, [blocks[at] for at in measured.places], measured.lines, sure)
    judged = _judged(blocks, measured, kept)
    if all(kept):
        return [judged.get(at) or Decision(block, "keep", "article/among") for at, block in enumerate(blocks)]
    if seen.titled:
        title, headline = seen.titled
        last = max(at for at, keep in zip(measured.places, kept, strict=True) if keep)
        # what says no more than the headline may be a refrain, and a headline stands before the end
        if headline < last and seen.views[headline].squashed != seen.views[title].squashed:
            judged[title] = Decision(blocks[title], "remove", "article/title", "duplicate")
    return _with_pictures([judged.get(at) or _blank(block) for at, block in enumerate(blocks)])


def trimmed(seen: Evidence, decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions on what was taken out of its page by hand or by a tool, without an advert at its head and tail.

    Only what no rule speaks of is looked at, from either end up to the first block that is to be kept.
    """
    if len(decisions) > limits.JUDGE_BLOCKS:
        return list(decisions)
    measured = table(seen)
    if len(measured.places) < _EDGE_LEAST:
        return list(decisions)
    sure = scores(measured)
    lines = {at: line for at, line, odds in zip(measured.places, measured.lines, sure, strict=True) if odds < _EDGE}
    spoken = [at for at in measured.places if decisions[at].verdict == "keep"]
    edges = {*_edge(spoken, lines, decisions), *_edge(spoken[::-1], lines, decisions)}
    left = {at: (line.words, odds) for at, line, odds in zip(measured.places, measured.lines, sure, strict=True)}
    most = _EDGE_SHARE * fsum(left[at][0] for at in spoken)
    if max((left[at][1] for at in spoken), default=0.0) <= 0 or fsum(left[at][0] for at in edges) > most:
        return list(decisions)
    return [_removed(one.block, lines[at]) if at in edges else one for at, one in enumerate(decisions)]


def _edge(places: Sequence[int], unlikely: Container[int], decisions: Sequence[Decision]) -> list[int]:
    """The first places, as long as their blocks are unlikely, no headings, and no rule keeps them; none if there are too
    many."""

    def goes(at: int) -> bool:
        return at in unlikely and decisions[at].rule == "default/kept" and decisions[at].block.kind != "heading"

    found = list(takewhile(goes, places))
    return found if len(found) <= _EDGE_BLOCKS else []


def _whole(blocks: Sequence[Block]) -> list[Decision]:
    return [Decision(block, "keep", "article/unsure") for block in blocks]


def _chinese(lines: Sequence[Line]) -> bool:
    return fsum(line.cjk * line.words for line in lines) * 2 > fsum(line.words for line in lines)


def _judged(blocks: Sequence[Block], measured: Table, kept: Sequence[bool]) -> dict[int, Decision]:
    found = {}
    for at, line, keep in zip(measured.places, measured.lines, kept, strict=True):
        if keep:
            rule = "article/prose" if line.prose else "article/among"
            found[at] = Decision(blocks[at], "keep", rule)
        elif squash(blocks[at].text):
            found[at] = _removed(blocks[at], line)
    return found


def _removed(block: Block, line: Line) -> Decision:
    return Decision(block, "remove", _reason(line), _category(line))


def _is_asked(document: Document, measured: Table, sure: Sequence[float]) -> bool:
    """Whether another extractor is asked: what is made for articles has nothing to say of lists and conversations."""
    if document.format != "html" or measured.whole[_POSTS] > _CONVERSATION or not _unsure(measured.lines, sure):
        return False
    return is_prose(measured.lines, sure) or _is_article(document, measured, sure)


def _is_article(document: Document, measured: Table, sure: Sequence[float]) -> bool:
    """Whether a page is likely to be an article, by the blocks that would be kept if nobody else were asked."""
    blocks = [document.blocks[at] for at in measured.places]
    kept = verdicts(document.format, blocks, measured.lines, sure)
    return learnt_type(document, {at for at, keep in zip(measured.places, kept, strict=True) if keep})[0] == "article"


def _unsure(lines: Sequence[Line], sure: Sequence[float]) -> bool:
    doubted = fsum(line.words for line, odds in zip(lines, sure, strict=True) if abs(odds) < _DOUBT)
    return doubted > _DOUBTED * fsum(line.words for line in lines)


def _reason(line: Line) -> str:
    if line.link * 2 >= 1:
        return "article/links"
    return "article/words" if line.covered >= COVERED else "article/apart"


def _category(line: Line) -> str:
    named = next((name for name in _ORDER if line.groups & lexicon.BIT[name]), "")
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
