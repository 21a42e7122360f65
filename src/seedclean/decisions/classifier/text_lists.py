"""Lists in texts, which have no elements to tell them by: lists of other articles, lists of items, and lists amid prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import fsum

from seedclean.decisions.classifier.block_features import COVERED, BlockFeatures
from seedclean.decisions.classifier.lexicon import GROUP_BIT
from seedclean.model.document import Block

_DATED, _DATED_WORDS, _DATED_SHIFT = 8, 25.0, 2.0
_HEADLINES, _HEADLINE_WORDS, _HEADLINES_SHIFT = 6, 4.0, 4.0
_PARAGRAPHS, _PARAGRAPH = 2, 20.0
"""So many short blocks in a row, each with a date, are a list of other articles in a text that has so many paragraphs of so many
words of prose elsewhere: the log-odds of each are lower by `_DATED_SHIFT`. Without elements each reads like a sentence. F1 of
Chinese pages as Markdown rose by .005, of dragnet's as Markdown and as bare text by .001; no gold text lost anything. Where the
dates stand at the ends, as behind headlines, `_HEADLINES` of so many words are enough and count for more: a chronicle begins with
its dates, and a verse of the Bible has fewer words. That gained Chinese pages .008 as Markdown and .004 as bare text, of six sites;
fewer or a single paragraph lost lists of notices."""
_YEAR = r"(?:19|20)\d\d"
_MONTH = (
    "(?<![a-z])(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
_AT_END = re.compile(
    rf"(?:\d[:：]\d\d|{_YEAR} *[-/.年] *\d{{1,2}} *[-/.月] *\d{{1,2}}|\d{{1,2}}([/.-])\d{{1,2}}\1{_YEAR}"
    rf"|{_MONTH}\.? \d{{1,2}}(?:,? {_YEAR})?|\d{{1,2}}\.? {_MONTH}\.?,? {_YEAR})$",
    re.A,
)
_NUMBERED = re.compile(r"\d{1,4}[.)、．]", re.A)
"""The headlines that an author lists have numbers."""
_END_CHARS = 24
_CLOSING = " \t日)）]】"
_UNCERTAIN = -2.0
_GAP, _GAP_MOST, _GAP_ODDS = 3, 20, -2.0
_HALF_LINKS = 0.5
"""Amid the kept blocks of a text, beside prose, so many blocks in a row with such mean log-odds are its own where none has a link,
a date or words of interfaces: steps, code, verse. It gained Chinese pages .001 as Markdown and .002 as bare text, and lost none of
the other sets anything."""


def below_dated_lists(
    blocks: Sequence[Block], features: Sequence[BlockFeatures], log_odds: Sequence[float]
) -> Sequence[float]:
    """The log-odds, those of long runs of short dated blocks shifted down where the text has paragraphs elsewhere."""
    lists = {at for run in _runs([_is_dated(one) for one in features], _DATED) for at in run}
    headlines = dated_headlines(blocks, features)
    paragraphs = sum(
        one.prose >= _PARAGRAPH and odds > _UNCERTAIN
        for at, (one, odds) in enumerate(zip(features, log_odds, strict=True))
        if at not in lists and at not in headlines
    )
    if paragraphs < _PARAGRAPHS or not (lists or headlines):
        return log_odds
    return [
        odds - (_HEADLINES_SHIFT if at in headlines else _DATED_SHIFT if at in lists else 0.0)
        for at, odds in enumerate(log_odds)
    ]


def dated_headlines(blocks: Sequence[Block], features: Sequence[BlockFeatures]) -> frozenset[int]:
    """The indices of the blocks in runs of lines that end with a date, as headlines of other articles do."""
    headlines = [_is_headline(block, one) for block, one in zip(blocks, features, strict=True)]
    return frozenset(at for run in _runs(headlines, _HEADLINES) for at in run)


def list_paths(blocks: Sequence[Block]) -> list[int]:
    """A number for each block: the same for the items of one list, and for no others."""
    result: list[int] = []
    for at, block in enumerate(blocks):
        goes_on = at > 0 and block.kind == blocks[at - 1].kind == "item"
        result.append(result[-1] if goes_on else at)
    return result


def with_lists(features: Sequence[BlockFeatures], log_odds: Sequence[float], kept: Sequence[bool]) -> list[bool]:
    """The verdicts with short runs of plain blocks amid kept ones, given the log-odds of each block by itself."""
    result = list(kept)
    for run in _runs([not keep for keep in kept], _GAP):
        if run.start == 0 or run.stop == len(kept) or len(run) > _GAP_MOST:
            continue
        prose = features[run.start - 1].prose + features[run.stop].prose
        mean = fsum(log_odds[at] for at in run) / len(run)
        if prose and mean > _GAP_ODDS and all(_is_plain(features[at]) for at in run):
            result[run.start : run.stop] = [True] * len(run)
    return result


def _runs(chosen: Sequence[bool], least: int) -> Iterator[range]:
    """The indices of each run of at least so many chosen blocks."""
    start = 0
    for at in range(len(chosen) + 1):
        if at < len(chosen) and chosen[at]:
            continue
        if at - start >= least:
            yield range(start, at)
        start = at + 1


def _is_dated(features: BlockFeatures) -> bool:
    return features.date > 0 and features.words < _DATED_WORDS


def _is_headline(block: Block, features: BlockFeatures) -> bool:
    if not _HEADLINE_WORDS <= features.words < _DATED_WORDS or block.ordered or _NUMBERED.match(block.text):
        return False
    return _AT_END.search(block.text[-_END_CHARS:].rstrip(_CLOSING).lower()) is not None


def _is_plain(features: BlockFeatures) -> bool:
    is_advert = features.groups & GROUP_BIT["advertising"]
    return features.link <= _HALF_LINKS and features.covered < COVERED and not features.date and not is_advert
