"""What is removed inside an element that is named for readers' comments is one of them, whatever its words."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from seedclean.model.document import Block, Decision, Element

_WORDS = {"comment": "(?!ed|ary|ator)", "kommentar": "", "disqus": "", "livefyre": "", "pinglun": ""}
_NAMES = re.compile("|".join(f"{word}(?<!no[-_]{word})(?<!has-{word}){behind}" for word, behind in _WORDS.items()))
"""Names of elements that hold comments: not of an article that has some, and not of one about a match. The lexicon's names for the
classifier are wider, as none of them decides by itself."""
_OTHERS = re.compile("form|respond|login|count|open|closed|date|link|button|share|tool|nav|most|recent|latest")
"""With one of these in it a name is that of a form, a number, a date above the text or a list of other articles."""
_NAME_CHARS = 200
_SENTENCE = 40
_STOPS = ".!?。！？…"


def with_boxes(decisions: Sequence[Decision]) -> list[Decision]:
    """The classifier's decisions on a page, each removal for standing apart a comment where an element around it is named for
    comments, holds nothing that is kept, and has sentences."""
    kept: set[Element] = set()
    for one in decisions:
        if one.verdict == "keep":
            _add_around(one.block.element, kept)
    boxes: dict[Element | None, Element | None] = {None: None}
    inside = {
        at: box
        for at, one in enumerate(decisions)
        if one.rule == "article/apart" and (box := _box(one.block.element, kept, boxes)) is not None
    }
    speaking = {box for at, box in inside.items() if _is_sentence(decisions[at].block)}
    return [
        replace(one, rule="article/comments", category="comments") if inside.get(at) in speaking else one
        for at, one in enumerate(decisions)
    ]


def _add_around(element: Element | None, elements: set[Element]) -> None:
    """Add an element and those around it."""
    while element is not None and element not in elements:
        elements.add(element)
        element = element.parent


def _box(element: Element | None, kept: Set[Element], boxes: dict[Element | None, Element | None]) -> Element | None:
    """The largest element around one, or itself, that is named for comments and holds nothing kept; None where a form or the like is
    nearer. `boxes` has the answers for elements that were asked about."""
    path: list[Element] = []
    while element not in boxes and element is not None and element not in kept:
        path.append(element)
        element = element.parent
    box = boxes.get(element)
    for inner in reversed(path):
        names = f"{inner.attrs.get('id', '')} {inner.attrs.get('class', '')}"[:_NAME_CHARS].lower()
        box = box or (inner if _NAMES.search(names) else None)
        if box is not None and (inner.tag == "form" or _OTHERS.search(names)):
            box = None
        boxes[inner] = box
    return box


def _is_sentence(block: Block) -> bool:
    links = sum(mark.end - mark.start for mark in block.marks if mark.type == "link")
    return len(block.text) >= _SENTENCE and any(stop in block.text for stop in _STOPS) and 2 * links < len(block.text)
