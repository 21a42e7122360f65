"""From the odds of each block to verdicts: which blocks are kept, given those around them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import fsum

from seedclean.decisions.classifier.block_features import Line
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
_AROUND = -1.0
_AROUND_BLOCKS, _AROUND_LINES = 3, 8
_AROUND_SHARE = 0.08
"""So many blocks of a raw page, or lines of another, and such a share of all, have to be unlikely by more than e to one
for there to be a page around a document, and one of these made of words of interfaces. Of a long page no share is asked
where so many blocks stand in what pages are framed with. By cross-validation 96 of 100 texts that have none are left alone
so, and of those that have one F1 falls by .001."""
_FRAMES = ("nav", "footer")
COVERED = 0.3
"""A block is made of words of interfaces where they cover so much of it."""
_LIKE = 2
"""From so many blocks on, what is alike is of one kind."""
_SENTENCE = 4.0
"""Words of a short sentence."""
_DOUBTFUL = -2.0
"""A block whose odds are below this is not kept for what stands beside it."""


def verdicts(format: str, blocks: Sequence[Block], lines: Sequence[Line], sure: Sequence[float]) -> list[bool]:
    """Which blocks are kept, given their measures and the logarithm of the odds of each.

    All are where there is no page around them. Where nearly all that seems to be the document is prose, a page's blocks
    are decided on in one go, and a change between document and page has to be worth it. Elsewhere, in lists and
    conversations, each is decided on by itself. In the end what is doubtful is kept where it stands well.
    """
    if not _is_page(format, blocks, lines, sure):
        return [True] * len(sure)
    kept = plainly = [odds > 0 for odds in sure]
    if format != "html":
        return _filled(blocks, lines, sure, kept)
    if is_prose(lines, sure):
        smooth = zip(_smooth(sure), sure, lines, strict=True)
        # a line of links is no part of an article for standing beside it
        kept = [keep and (odds > 0 or line.link < _LINKS) for keep, odds, line in smooth]
    return _alike(blocks, lines, sure, _filled(blocks, lines, sure, kept if any(kept) else plainly))


def is_prose(lines: Sequence[Line], sure: Sequence[float]) -> bool:
    """Whether nearly all that seems to be the document is prose."""
    likely = [line for line, odds in zip(lines, sure, strict=True) if odds > 0]
    return fsum(line.prose for line in likely) > _ARTICLE * fsum(line.words for line in likely)


def _is_page(format: str, blocks: Sequence[Block], lines: Sequence[Line], sure: Sequence[float]) -> bool:
    """Whether there is a page around what seems to be the document."""
    low = [at for at, odds in enumerate(sure) if odds < _AROUND]
    if not any(lines[at].covered >= COVERED for at in low):
        return False
    if format == "html" and sum([_is_framed(blocks[at].element) for at in low]) >= _AROUND_BLOCKS:
        return True
    least = _AROUND_BLOCKS if format == "html" else _AROUND_LINES
    return len(low) >= max(least, _AROUND_SHARE * len(sure))


def _is_framed(element: Element | None) -> bool:
    """Whether an element is one that pages are framed with, or stands in one."""
    while element is not None and element.tag not in _FRAMES:
        element = element.parent
    return element is not None


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


def _alike(blocks: Sequence[Block], lines: Sequence[Line], sure: Sequence[float], kept: Sequence[bool]) -> list[bool]:
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


def _is_sentence(line: Line) -> bool:
    """Whether it is a short sentence without a link or a word of interfaces."""
    return line.end == 1 and line.stops > 0 and line.words >= _SENTENCE and not line.link and not line.covered
