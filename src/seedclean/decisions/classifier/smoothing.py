"""From the log-odds of each block to verdicts: which blocks of a page are kept, given their neighbours and their like.

The constants were chosen by cross-validation over the sites of the training sets (bench/train.py). The gains that are named
here were measured when each was chosen, with a model older than those that ship.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import exp, fsum, log, sqrt

from seedclean.decisions.classifier.block_features import BlockFeatures
from seedclean.decisions.classifier.lexicon import INLINE
from seedclean.decisions.classifier.text_lists import below_dated_lists, list_paths, with_lists
from seedclean.model.document import Block, Element

_PROSE_SHARE = 0.8
"""The share of its likely words that stand in prose, from which a page is a page of prose. A share of .7 cost listings .015, one
of .9 cost dragnet .004 and products .008."""
_LOWEST = -1.5
"""The lowest threshold of a page, in log-odds."""
_PATH, _PATH_CAP, _SWAYED = 3, 6.0, 2.2
"""Where so many blocks stand at one path, those whose log-odds are no further from 0 than `_SWAYED` are decided by the mean
of all, of which none counts more than `_PATH_CAP`. Blocks up to 2.2 in place of 1.0 gained wcxb-dev and dragnet .001 each, and
products .006. The means themselves gained dragnet .007, Chinese pages .003 and a twentieth of them perfect."""
_CHANGE = 1.5
"""The cost of a change between kept and removed on a page of prose, in log-odds."""
_CAP = 4.0
"""The most that one block counts for its neighbours, in log-odds."""
_NEIGHBOURS, _NEIGHBOURS_IN_TEXTS = 0.6, 0.5
"""The weight of the neighbours' log-odds, in HTML and in texts: more of it costs lists and forums among texts .02. Against the
best sequence of verdicts (Viterbi), half of them gained dragnet .011, its bare text .022 and Chinese Markdown .005."""
_LINKS = 0.8
"""A line with at least this share of links is a menu; the separators between its links are no links."""
_ALIKE = 2
"""So many kept blocks of prose at one path, that the others at that path are taken to be of their kind."""
_SENTENCE = 4.0
"""The words of a short sentence."""
_UNCERTAIN = -2.0
"""A block with lower log-odds is not kept for the sake of its neighbours."""
_LIKELY_HEADING, _DATELINE_ODDS, _DATELINE = 0.0, -1.5, 25.0
"""What a heading and a dateline of a text need by themselves, as log-odds, and the words of a dateline. dragnet's Markdown gains .0012
and its bare text .0008, that of Chinese pages .005 of perfect ones and loses .0003 of F1, that of the corpus loses .0008."""


def verdicts(
    format: str, blocks: Sequence[Block], features: Sequence[BlockFeatures], log_odds: Sequence[float]
) -> list[bool]:
    """Which blocks of a page are kept, given their features and log-odds.

    On a page of prose the log-odds of neighbours count; in lists and conversations each block is decided by itself. Uncertain
    blocks of a raw page follow their like, and those of a text the items of their list. In a text, lists of dated lines count for
    less. Finally, keep uncertain blocks next to kept prose, and plain lists amid what is kept of a text.
    """
    alone = own = log_odds = log_odds if format == "html" else below_dated_lists(blocks, features, log_odds)
    if _is_prose(features, log_odds):
        log_odds = _smooth(log_odds, _NEIGHBOURS if format == "html" else _NEIGHBOURS_IN_TEXTS)
    paths = block_paths([block.element for block in blocks]) if format == "html" else list_paths(blocks)
    groups, weights = _groups(paths), [sqrt(one.words + 1) for one in features]
    own, swayed = _by_group(groups, weights, own), _by_group(groups, weights, log_odds)
    # an unlikely list of a text does not carry along the items that are less likely than it
    log_odds = (
        swayed
        if format == "html"
        else [odds if odds < mean <= 0 else mean for odds, mean in zip(log_odds, swayed, strict=True)]
    )
    threshold = best_threshold(log_odds, [one.words for one in features])
    log_odds = [odds - threshold for odds in log_odds]
    # a line of links does not become part of an article by standing beside it
    kept = [
        odds > 0 and (itself > threshold or one.link < _LINKS)
        for odds, itself, one in zip(log_odds, own, features, strict=True)
    ]
    kept = _with_uncertain(blocks, features, log_odds, kept)
    if format == "html":
        return _with_alike(paths, features, log_odds, kept)
    return with_lists(features, alone, _with_heads(blocks, features, alone, kept))


def _groups(paths: Sequence[int]) -> list[list[int]]:
    """The indices of the blocks at each path where many stand.

    Elements of the same tags and classes hold a list, the posts of a thread or the paragraphs of an article.
    """
    members: defaultdict[int, list[int]] = defaultdict(list)
    for at, path in enumerate(paths):
        members[path].append(at)
    return [places for places in members.values() if len(places) >= _PATH]


def _by_group(groups: Sequence[Sequence[int]], weights: Sequence[float], log_odds: Sequence[float]) -> list[float]:
    """The log-odds, those of uncertain blocks replaced by the mean of their group; `weights` has one for each block."""
    capped = _capped(log_odds, _PATH_CAP)
    result = list(log_odds)
    for places in groups:
        mean = fsum([weights[at] * capped[at] for at in places]) / fsum([weights[at] for at in places])
        for at in places:
            if -_SWAYED <= log_odds[at] <= _SWAYED:
                result[at] = mean
    return result


def _capped(values: Sequence[float], most: float) -> list[float]:
    """The values, none further from 0 than `most`."""
    return [-most if value < -most else most if value > most else value for value in values]


def best_threshold(log_odds: Sequence[float], words: Sequence[float]) -> float:
    """The threshold, in log-odds, that gives the highest expected F1 over words: at most 0.

    The F1 of a set of blocks is expected to be 2 * (likely words in it) / (words in it + likely words in all). It is
    highest for the blocks whose probability exceeds half of that maximum (Lipton et al. 2014, Optimal thresholding of
    classifiers to maximize F1 measure), so the threshold is low on a page where nothing is certain.
    """
    ranked = sorted(zip(log_odds, words, strict=True), reverse=True)
    likely = [(1 / (1 + exp(-odds)), size) for odds, size in ranked]
    total = fsum([chance * size for chance, size in likely])
    best = chosen = hits = 0.0
    for chance, size in likely:
        chosen += size
        hits += chance * size
        f1 = 2 * hits / ((chosen + total) or 1.0)
        if f1 > best:
            best = f1
    return max(_LOWEST, log(best / (2 - best))) if best > 0 else _LOWEST


def expected_f1(log_odds: Sequence[float], words: Sequence[float], kept: Sequence[bool]) -> float:
    """The F1 over words that a choice of blocks is expected to have, from 0 to 1; 1 where there are no words."""
    likely = [(1 / (1 + exp(-odds)), size) for odds, size in zip(log_odds, words, strict=True)]
    total = fsum(chance * size for chance, size in likely)
    chosen = fsum(size for size, keep in zip(words, kept, strict=True) if keep)
    hits = fsum(chance * size for (chance, size), keep in zip(likely, kept, strict=True) if keep)
    return 2 * hits / (chosen + total) if chosen + total else 1.0


def _is_prose(features: Sequence[BlockFeatures], log_odds: Sequence[float]) -> bool:
    """Whether most of the likely blocks is prose."""
    likely = [one for one, odds in zip(features, log_odds, strict=True) if odds > 0]
    return fsum([one.prose for one in likely]) > _PROSE_SHARE * fsum([one.words for one in likely])


def _smooth(log_odds: Sequence[float], weight: float) -> list[float]:
    """The log-odds, averaged with those that each block has given all others: the marginals of a chain of two states.

    They are computed forwards and backwards (Rabiner 1989, A tutorial on hidden Markov models). Linear in the number of blocks.
    """
    own = _capped(log_odds, _CAP)
    before, after = _messages(own), _messages(own[::-1])[::-1]
    messages = zip(log_odds, own, before, after, strict=True)
    return [odds + weight * (capped + one + other - odds) for odds, capped, one, other in messages]


def _messages(log_odds: Sequence[float]) -> list[float]:
    """What the blocks before each block say of it, in log-odds."""
    result, message, change = [], 0.0, exp(-_CHANGE)
    for odds in log_odds:
        result.append(message)
        ratio = exp(message + odds)
        message = log((ratio + change) / (1 + ratio * change))
    return result


def _with_uncertain(
    blocks: Sequence[Block], features: Sequence[BlockFeatures], log_odds: Sequence[float], kept: Sequence[bool]
) -> list[bool]:
    """The verdicts with uncertain blocks beside kept prose: a heading over it, prose between it, a sentence behind it."""
    kept_prose = [keep and one.prose > 0 for keep, one in zip(kept, features, strict=True)]
    result = list(kept)
    for at in range(len(result) - 2, -1, -1):
        heading = blocks[at].kind == "heading" and result[at + 1] and features[at + 1].prose > 0
        between = features[at].prose > 0 and at > 0 and kept_prose[at - 1] and kept_prose[at + 1]
        result[at] = result[at] or (log_odds[at] > _UNCERTAIN and (heading or between))
    for at in range(1, len(result)):
        behind = result[at - 1] and features[at - 1].prose > 0 and _is_sentence(features[at])
        result[at] = result[at] or (log_odds[at] > _UNCERTAIN and behind)
    return result


def _with_heads(
    blocks: Sequence[Block], features: Sequence[BlockFeatures], alone: Sequence[float], kept: Sequence[bool]
) -> list[bool]:
    """The verdicts of a text with headings that are likely by themselves, and with a dated line right above kept prose: between the
    menus above and the prose below, one line more at the foot of a page turned them."""
    result = list(kept)
    for at, (block, one, odds) in enumerate(zip(blocks, features, alone, strict=True)):
        is_heading = block.kind == "heading" and odds > _LIKELY_HEADING
        is_above = at + 1 < len(kept) and kept[at + 1] and features[at + 1].prose > 0
        is_dateline = is_above and one.date > 0 and one.words < _DATELINE and odds > _DATELINE_ODDS
        result[at] = result[at] or (one.link < _LINKS and (is_heading or is_dateline))
    return result


def _with_alike(
    paths: Sequence[int], features: Sequence[BlockFeatures], log_odds: Sequence[float], kept: Sequence[bool]
) -> list[bool]:
    """The verdicts with uncertain prose at paths where most prose is kept: the posts of a thread, the sections of a page."""
    count: Counter[int] = Counter()
    balance: dict[int, float] = defaultdict(float)  # words of prose kept less words removed, by path
    for path, one, keep in zip(paths, features, kept, strict=True):
        if one.prose > 0:
            count[path] += keep
            balance[path] += one.words if keep else -one.words
    return [
        keep or (one.prose > 0 and odds > _UNCERTAIN and count[path] >= _ALIKE and balance[path] > 0)
        for path, one, odds, keep in zip(paths, features, log_odds, kept, strict=True)
    ]


def block_paths(elements: Sequence[Element | None]) -> list[int]:
    """The number of each element's path: tags and classes from the root down, without elements inside lines."""
    by_element: dict[Element | None, int] = {None: 0}
    numbers: dict[tuple[str, str | None, int], int] = {}
    result = []
    for element in elements:
        chain = []
        outer = element
        while outer is not None and outer not in by_element:
            chain.append(outer)
            outer = outer.parent
        path = by_element[outer]
        for inner in reversed(chain):
            if inner.tag not in INLINE:
                path = numbers.setdefault((inner.tag, inner.attrs.get("class"), path), len(numbers) + 1)
            by_element[inner] = path
        result.append(path)
    return result


def _is_sentence(features: BlockFeatures) -> bool:
    """Whether a block is a short sentence without a link or a word of interfaces."""
    return (
        features.end == 1
        and features.stops > 0
        and features.words >= _SENTENCE
        and not features.link
        and not features.covered
    )
