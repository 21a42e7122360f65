"""Dateline: the line between headline and article that states date and author, for documents that no rule knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from seedclean.model.document import Block, Decision
from seedclean.values.tables import table

_ABOVE = 12
"""A dateline stands at most this many blocks above the article: menus and lists of other articles stand higher."""
_BELOW = 2
"""The classifier may keep a dateline as the first line of the article: there it needs a label. In an excerpt a line that is a
date needs none."""
_CHARS = 120
_UNRULED = ("classifier", "default")
"""Who decided on a block that no rule of a pack matches."""
_SENTENCE = 30
_STOPS = "。！？.!?"
"""A paragraph of at least `_SENTENCE` characters with one of these is prose."""
_DATE = re.compile(
    r"(?:19|20)\d\d *[-/.年] *\d{1,2} *[-/.月] *\d{1,2}(?: *日)?(?:[ T　]*\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|(?:[A-Z][a-z]{2,8} \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}),? (?:19|20)\d\d"
)


@dataclass(frozen=True, slots=True)
class _Labels:
    """`any` matches a label of a dateline, `author` a label of an author with the name behind it."""

    any: re.Pattern[str]
    author: re.Pattern[str]


@cache
def _labels() -> _Labels:
    words = table("labels")["dateline"]
    return _Labels(
        re.compile(rf"(?:{_any_of(words['with_colon'])}) *[:：]|^(?:{_any_of(words['opening'])})(?: on)?:? "),
        re.compile(
            rf"(?:{_any_of(words['author'])}) ?[:：] *"
            r"(?P<name>[^\s:：|/，,。]{2,12}(?: \([^()]{2,30}\))?)(?=$|[\s|/，,])"
        ),
    )


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


def stamps(decisions: Sequence[Decision]) -> Iterator[tuple[str, str, Block]]:
    """Field, value and block of each date and author in the lines above an article, the nearest line first.

    Lines that begin with a link are skipped, as are the dates of lines with several: they list other articles.
    """
    labels = _labels()
    first = first_prose(decisions) or 0
    for decision in reversed(decisions[max(0, first - _ABOVE) : first + _BELOW]):
        block = decision.block
        if decision.by not in _UNRULED or not 0 < len(block.text) <= _CHARS or _begins_with_link(block):
            continue
        is_date = decision.by == "default" and _DATE.fullmatch(block.text.strip())
        if decision.verdict == "keep" and not is_date and not labels.any.search(block.text):
            continue
        dates = _DATE.findall(block.text)
        if len(dates) == 1:
            yield "published", dates[0], block
        author = labels.author.search(block.text)
        if author:
            yield "authors", author["name"], block


def first_prose(decisions: Sequence[Decision]) -> int | None:
    """The place of the first kept paragraph that is prose; None where none is."""
    return next((at for at, decision in enumerate(decisions) if _is_prose(decision)), None)


def _is_prose(decision: Decision) -> bool:
    """Whether a block is a kept paragraph with a sentence in it."""
    block = decision.block
    if decision.verdict != "keep" or block.kind == "heading" or len(block.text) < _SENTENCE:
        return False
    return any(stop in block.text for stop in _STOPS)


def _begins_with_link(block: Block) -> bool:
    return any(mark.type == "link" and mark.start == 0 for mark in block.marks)
