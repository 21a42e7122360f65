"""Documents of unknown origin: each block is judged by what it says, what it stands in and what it stands among.

The rule names the measure that tells most of the block; the verdict itself is the model's (see `article.model`).
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import takewhile
from math import fsum

from seedclean import limits
from seedclean.article import words
from seedclean.article.features import WHOLE, Table, table
from seedclean.article.lines import Line
from seedclean.article.model import scores
from seedclean.article.voter import votes
from seedclean.evidence import Evidence
from seedclean.model import Block, Decision, Element
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

_VOTE = 3.0
_VOTE_CHINESE = 1.0
"""What the vote of another extractor adds to the odds, in their logarithm; of Chinese pages it knows less."""
_DOUBT = 1.4
_DOUBTED = 0.1
"""A page is unsure where more than this share of its words stands in blocks whose odds are below four to one."""
_POSTS = WHOLE.index("d-post")
_CONVERSATION = 0.1
"""A page of whose elements so many are called posts or the like is a conversation."""
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
_AROUND = -1.0
_AROUND_BLOCKS, _AROUND_LINES = 3, 8
_AROUND_SHARE = 0.08
"""So many blocks of a raw page, or lines of another, and such a share of all, have to be unlikely by more than e to one
for there to be a page around a document, and one of these made of words of interfaces. Of a long page no share is asked
where so many blocks stand in what pages are framed with. By cross-validation 96 of 100 texts
that have none are left alone so, and of those that have one F1 falls by .001."""
_FRAMES = ("nav", "footer")
_EDGE = -2.0
"""At head and tail of what was taken out of its page, a block has to be as unlikely as this: 9 of 33,647 are that should be
kept."""
_EDGE_BLOCKS = 12
_EDGE_SHARE = 0.25
"""So many blocks at either end, and such a share of what is kept, can be an advert; more are a document of their kind."""
_COVERED = 0.3
"""A block is made of words of interfaces where they cover so much of it."""
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
    if seen.document.format == "html" and _is_asked(measured, sure):
        asked = votes(seen.document, [blocks[at] for at in measured.places])
        weight = _VOTE_CHINESE if _chinese(measured.lines) else _VOTE
        sure = [odds + weight * vote for odds, vote in zip(sure, asked, strict=True)]
    if len(sure) < _FEW or max(sure, default=0.0) <= 0:
        return _whole(blocks)
    kept = verdicts(seen.document.format, [blocks[at] for at in measured.places], measured.lines, sure)
    judged = _judged(blocks, measured, kept)
    if all(kept):
        return [judged.get(at) or Decision(block, "keep", "article/among") for at, block in enumerate(blocks)]
    return _with_pictures([judged.get(at) or _blank(block) for at, block in enumerate(blocks)])


def trimmed(seen: Evidence, decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions on what was taken out of its page by hand or by a tool, without an advert at its head and tail.

    Only what no rule speaks of is looked at, from either end up to the first block that is to be kept.
    """
    if len(decisions) > limits.JUDGE_BLOCKS:
        return list(decisions)
    measured = table(seen)
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


def _is_page(format: str, blocks: Sequence[Block], lines: Sequence[Line], sure: Sequence[float]) -> bool:
    """Whether there is a page around what seems to be the document."""
    low = [at for at, odds in enumerate(sure) if odds < _AROUND]
    if not any(lines[at].covered >= _COVERED for at in low):
        return False
    if format == "html" and sum([_frames(blocks[at].element) for at in low]) >= _AROUND_BLOCKS:
        return True
    least = _AROUND_BLOCKS if format == "html" else _AROUND_LINES
    return len(low) >= max(least, _AROUND_SHARE * len(sure))


def _frames(element: Element | None) -> bool:
    """Whether an element is one that pages are framed with, or stands in one."""
    while element is not None and element.tag not in _FRAMES:
        element = element.parent
    return element is not None


def _whole(blocks: Sequence[Block]) -> list[Decision]:
    return [Decision(block, "keep", "article/unsure") for block in blocks]


def verdicts(format: str, blocks: Sequence[Block], lines: Sequence[Line], sure: Sequence[float]) -> list[bool]:
    """Which blocks are kept, given their measures and the logarithm of the odds of each.

    All are where there is no page around them. Where nearly all that seems to be the document is prose, a page's blocks
    are decided on in one go, and a change between document and page has to be worth it. Elsewhere, in lists and
    conversations, each is decided on by itself.
    """
    if not _is_page(format, blocks, lines, sure):
        return [True] * len(sure)
    plainly = [odds > 0 for odds in sure]
    if format == "html" and _prose(lines, sure):
        smooth = zip(_smooth(sure), sure, lines, strict=True)
        # a line of links is no part of an article for standing beside it
        kept = [keep and (odds > 0 or line.link < _LINKS) for keep, odds, line in smooth]
        return _filled(blocks, lines, sure, kept if any(kept) else plainly)
    return _filled(blocks, lines, sure, plainly)


def _prose(lines: Sequence[Line], sure: Sequence[float]) -> bool:
    """Whether nearly all that seems to be the document is prose."""
    likely = [line for line, odds in zip(lines, sure, strict=True) if odds > 0]
    return fsum(line.prose for line in likely) > _ARTICLE * fsum(line.words for line in likely)


def _chinese(lines: Sequence[Line]) -> bool:
    return fsum(line.cjk * line.words for line in lines) * 2 > fsum(line.words for line in lines)


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


def _filled(blocks: Sequence[Block], lines: Sequence[Line], sure: Sequence[float], kept: Sequence[bool]) -> list[bool]:
    """The verdicts, with what is doubtful and stands well: a heading over prose that is kept, and prose between such."""
    prose = [keep and line.prose > 0 for keep, line in zip(kept, lines, strict=True)]
    found = list(kept)
    for at in range(len(found) - 2, -1, -1):
        heading = blocks[at].kind == "heading" and found[at + 1] and lines[at + 1].prose > 0
        between = lines[at].prose > 0 and at > 0 and prose[at - 1] and prose[at + 1]
        found[at] = found[at] or (sure[at] > _EDGE and (heading or between))
    return found


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


def _is_asked(measured: Table, sure: Sequence[float]) -> bool:
    """Whether another extractor is asked: what is made for articles has nothing to say of lists and conversations."""
    posts = measured.whole[_POSTS] > _CONVERSATION
    return not posts and _prose(measured.lines, sure) and _unsure(measured.lines, sure)


def _unsure(lines: Sequence[Line], sure: Sequence[float]) -> bool:
    doubted = fsum(line.words for line, odds in zip(lines, sure, strict=True) if abs(odds) < _DOUBT)
    return doubted > _DOUBTED * fsum(line.words for line in lines)


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
