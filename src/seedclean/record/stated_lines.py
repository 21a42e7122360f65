"""What the lines near a text state: each line cut into labels and values, and whether the document says as much of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seedclean.model.document import Block, Decision
from seedclean.packs.context import MatchContext
from seedclean.record.line_places import KINDS
from seedclean.values import label_lines
from seedclean.values.label_lines import Line
from seedclean.values.line_values import DATES, Item
from seedclean.values.people import is_person
from seedclean.values.tags import hashtags
from seedclean.values.text import squash

AUTHOR_CHARS = 30
"""The name of an author is no longer than this."""
FIELDS = ("published", "modified", "authors", "editors", "credit", "tags")
"""Fields that lines of labels and values give."""
_ELSEWHERE = ("comments", "recommendation", "residue")
"""What rules remove under these categories says nothing of the text: it belongs to another, or to the tool that saved it."""
_FIGURES = ("image", "table", "video", "embed")
"""Right below one of these, a Western line with a source names that of the figure; a Chinese one may be that of the text."""
_LINK_CHARS = 12
"""A longer link at the beginning of a line is the title of another article."""
_SEPARATORS = re.compile(r"[-_|–—·»丨:：]")


@dataclass(frozen=True, slots=True)
class StatedLine:
    """A block with what its line says; `known` tells that the document states the texts that no label explains as its own."""

    at: int
    block: Block
    line: Line
    kept: bool
    known: bool


def stated_by(own: frozenset[str], decisions: Sequence[Decision], at: int) -> Iterator[StatedLine]:
    """The block with its line, unless a rule has decided what it is."""
    decision = decisions[at]
    block = decision.block
    if decision.label or block.kind not in KINDS or not 0 < len(block.text) <= label_lines.CHARS:
        return
    if decision.by == "rule" and (decision.category in _ELSEWHERE or decision.category == "duplicate"):
        return
    tags = hashtags(block.text)
    if tags:
        yield StatedLine(
            at, block, Line((Item("tags", ",".join(tags), labelled=True),), ()), decision.verdict == "keep", known=True
        )
        return
    line = _labelled(label_lines.parse(block.text), decisions[at - 1].block if at else None)
    if at and decisions[at - 1].block.kind in _FIGURES and block.text.lstrip()[:1].isascii():
        line = Line(tuple(item for item in line.items if item.field != "credit"), line.rest)
    if block.kind == "heading" and squash(block.text) in own:  # `Step by Step`: a headline names nobody
        line = Line(tuple(item for item in line.items if item.field in DATES), line.rest)
    if not line.items or (line.rest and _begins_with_link(block) and not any(item.labelled for item in line.items)):
        return
    is_dated_heading = block.kind == "heading" and all(item.field == "published" for item in line.items)
    known = is_dated_heading or all(squash(text) in own for text in line.rest)
    yield StatedLine(at, block, line, decision.verdict == "keep", known)


def _labelled(line: Line, before: Block | None) -> Line:
    """The line, its value labelled by the block before it where that is a label and nothing else."""
    field = label_lines.label(before.text) if before else ""
    if before and before.text.rstrip().endswith((":", "：")) and field not in DATES:
        return line
    texts = [*line.rest, *(item.value for item in line.items)]
    if not field or len(texts) != 1 or label_lines.label(texts[0]) or any(item.labelled for item in line.items):
        return line
    if (
        len(texts[0]) > AUTHOR_CHARS
        or bool(line.items) != (field in ("published", "modified"))
        or (field not in FIELDS and line.items)
    ):
        return Line((), tuple(texts))
    if field in ("authors", "editors") and not is_person(texts[0]):
        return line  # a box that is empty, or a word of the interface
    return Line((Item(field, texts[0], labelled=True),), ()) if field in FIELDS and field != "credit" else line


def own_names(context: MatchContext, decisions: Sequence[Decision]) -> frozenset[str]:
    """What may stand beside a date as the document's own: its title and the parts of it, its publisher, its authors."""
    facts = context.facts
    stated = [entry.value for entry in context.document.stated if entry.name in ("og:title", "og:site_name")]
    stated += [decision.block.text for decision in decisions if decision.label in ("publisher", "authors", "title")]
    stated += [
        block.text for block in context.document.blocks if block.kind == "metadata" and block.element is not None
    ]
    parts = {squash(part) for value in stated for part in [value, *_SEPARATORS.split(value[: label_lines.CHARS])]}
    return frozenset({*facts.get("title", ()), *facts.get("publisher", ()), *facts.get("authors", ()), *parts} - {""})


def _begins_with_link(block: Block) -> bool:
    return any(
        mark.type == "link"
        and mark.start == 0
        and mark.end > _LINK_CHARS
        and not is_person(block.text[: mark.end].strip())
        for mark in block.marks
    )
