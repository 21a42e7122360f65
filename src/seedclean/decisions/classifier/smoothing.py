"""From the odds of each block to verdicts: which blocks are kept, given those around them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import fsum

from seedclean.decisions.classifier.block_features import BlockFeatures
from seedclean.decisions.classifier.lexicon import INLINE
from seedclean.model.document import Block, Element

_ARTICLE = 0.9
"""An article is prose to this share of its words."""
_CHANGE = 0.7
"""What a change between document and page costs, in the logarithm of odds."""
_MOST = 5.0
"""No block counts for more than this, so that a run of doubtful ones can outweigh it."""
_LINKS = 0.8
"""A line of which so much is links is a menu, blanks between them left out."""
COVERED = 0.3
"""A block is made of words of interfaces where they cover so much of it."""
_LIKE = 2
"""From so many blocks on, what is alike is of one kind."""
_SENTENCE = 4.0
"""Words of a short sentence."""
_DOUBTFUL = -2.0
"""A block whose odds are below this is not kept for what stands beside it."""


def verdicts(
    format: str, blocks: Sequence[Block], lines: Sequence[BlockFeatures], log_odds: Sequence[float]
) -> list[bool]:
    """Which blocks of a page are kept, given their features and log-odds.

    A raw page of prose is decided as a whole: a change between kept and removed costs `_CHANGE`. In lists and
    conversations each block is decided by itself. Finally, keep uncertain blocks next to kept prose.
    """
    kept = plainly = [odds > 0 for odds in log_odds]
    if format != "html":
        return _filled(blocks, lines, log_odds, kept)
    if is_prose(lines, log_odds):
        smooth = zip(_smooth(log_odds), log_odds, lines, strict=True)
        # a line of links does not become part of an article by standing beside it
        kept = [keep and (odds > 0 or line.link < _LINKS) for keep, odds, line in smooth]
    return _alike(blocks, lines, log_odds, _filled(blocks, lines, log_odds, kept if any(kept) else plainly))


def is_prose(lines: Sequence[BlockFeatures], sure: Sequence[float]) -> bool:
    """Whether nearly all that seems to be the document is prose."""
    likely = [line for line, odds in zip(lines, sure, strict=True) if odds > 0]
    return fsum(line.prose for line in likely) > _ARTICLE * fsum(line.words for line in likely)


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


def _filled(
    blocks: Sequence[Block], lines: Sequence[BlockFeatures], sure: Sequence[float], kept: Sequence[bool]
) -> list[bool]:
    """The verdicts, with what is doubtful and stands well: a heading over prose that is kept, prose between such, and a
    sentence behind it."""
    written = [keep and line.prose > 0 for keep, line in zip(kept, lines, strict=True)]
    found = list(kept)
    for at in range(len(found) - 2, -1, -1):
        heading = blocks[at].kind == "heading" and found[at + 1] and lines[at + 1].prose > 0
        between = lines[at].prose > 0 and at > 0 and written[at - 1] and written[at + 1]
        found[at] = found[at] or (sure[at] > _DOUBTFUL and (heading or between))
    for at in range(1, len(found)):
        behind = found[at - 1] and lines[at - 1].prose > 0 and _is_sentence(lines[at])
        found[at] = found[at] or (sure[at] > _DOUBTFUL and behind)
    return found


def _alike(
    blocks: Sequence[Block], lines: Sequence[BlockFeatures], sure: Sequence[float], kept: Sequence[bool]
) -> list[bool]:
    """The verdicts, with the doubtful prose that stands in elements of the same names as prose most of which is kept: the
    posts of a thread, the sections of a page."""
    paths = _paths([block.element for block in blocks])
    count: Counter[int] = Counter()
    balance: dict[int, float] = defaultdict(float)  # of the prose at a path, words kept less words lost
    for path, line, keep in zip(paths, lines, kept, strict=True):
        if line.prose > 0:
            count[path] += keep
            balance[path] += line.words if keep else -line.words
    return [
        keep or (line.prose > 0 and odds > _DOUBTFUL and count[path] >= _LIKE and balance[path] > 0)
        for path, line, odds, keep in zip(paths, lines, sure, kept, strict=True)
    ]


def _paths(elements: Sequence[Element | None]) -> list[int]:
    """For each element a number that it has in common with those of the same tags and classes, its own and those around it;
    elements inside lines do not count."""
    known: dict[Element | None, int] = {None: 0}
    numbers: dict[tuple[str, str | None, int], int] = {}
    found = []
    for element in elements:
        chain = []
        at = element
        while at is not None and at not in known:
            chain.append(at)
            at = at.parent
        path = known[at]
        for inner in reversed(chain):
            if inner.tag not in INLINE:
                path = numbers.setdefault((inner.tag, inner.attrs.get("class"), path), len(numbers) + 1)
            known[inner] = path
        found.append(path)
    return found


def _is_sentence(line: BlockFeatures) -> bool:
    """Whether it is a short sentence without a link or a word of interfaces."""
    return line.end == 1 and line.stops > 0 and line.words >= _SENTENCE and not line.link and not line.covered
