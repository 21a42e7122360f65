"""The line between headline and article that says when and by whom, where no rule of a pack knows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from seedclean.model.document import Block, Decision

_ABOVE = 12
"""A stamp stands among so many blocks above the article. What stands higher belongs to menus and lists."""
_BELOW = 2
"""The judge may keep it as the first line of the article: there it counts if it says what it is."""
_CHARS = 120
_UNRULED = ("classifier", "default")
"""Who decided on a block that no rule of a pack knows."""
_SENTENCE = 30
_STOPS = "。！？.!?"
"""A paragraph of at least so many characters with one of these is prose."""
_LABEL = re.compile(
    r"(?:作者|来源|发布(?:时间|日期|于)?|发表(?:时间|日期|于)?|时间|日期) *[:：]|^(?:Posted|Published|Updated)(?: on)?:? "
)
_DATE = re.compile(
    r"(?:19|20)\d\d *[-/.年] *\d{1,2} *[-/.月] *\d{1,2}(?: *日)?(?:[ T　]*\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|(?:[A-Z][a-z]{2,8} \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}),? (?:19|20)\d\d"
)
_AUTHOR = re.compile(r"(?:作者|文|撰文|By) ?[:：] *(?P<name>[^\s:：|/，,。]{2,12}(?: \([^()]{2,30}\))?)(?=$|[\s|/，,])")


def stamps(decisions: Sequence[Decision]) -> Iterator[tuple[str, str, Block]]:
    """Fields and values out of the lines above a document of unknown origin, with the block of each.

    A line counts that no link covers and that holds one date: lists of other articles link, and count many.
    """
    first = next((at for at, decision in enumerate(decisions) if _is_prose(decision)), 0)
    for decision in reversed(decisions[max(0, first - _ABOVE) : first + _BELOW]):
        block = decision.block
        if decision.by not in _UNRULED or not 0 < len(block.text) <= _CHARS or _links(block):
            continue
        if decision.verdict == "keep" and not _LABEL.search(block.text):
            continue
        dates = _DATE.findall(block.text)
        if len(dates) == 1:
            yield "published", dates[0], block
        author = _AUTHOR.search(block.text)
        if author:
            yield "authors", author["name"], block


def _is_prose(decision: Decision) -> bool:
    """Whether a block is a kept paragraph with a sentence in it."""
    block = decision.block
    if decision.verdict != "keep" or block.kind == "heading" or len(block.text) < _SENTENCE:
        return False
    return any(stop in block.text for stop in _STOPS)


def _links(block: Block) -> bool:
    return any(mark.type == "link" and mark.start == 0 for mark in block.marks)
