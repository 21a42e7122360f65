"""What the markup joins to a text that is kept: the term to its definition, and the note to the number that refers to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from seedclean.decisions.threads import around
from seedclean.model.document import Block, Decision, Element
from seedclean.values import language

RULES = {
    "article/term": "It is the term of a definition that is kept.",
    "article/note": "It is a note to which a number in the kept text refers, and it leads back there.",
}
"""The rules of such parts: id -> why."""

_PARTS = ("dt", "dd")
_TEXT_LETTERS = 30
_LABEL_CHARS = 3
"""The number of a note, or its signs, without brackets, is no longer than this."""
_SIGNS = "*†‡§¶"
_LINKS = 0.5
"""A note with a larger share of links is a source that is cited, and the classifier decides."""


def with_terms(decisions: Sequence[Decision]) -> list[Decision]:
    """The classifier's decisions on a page, terms and notes kept with what they belong to."""
    kept = {at: "article/term" for at in _terms(decisions)} | {at: "article/note" for at in _notes(decisions)}
    return [
        Decision(one.block, "keep", kept[at], by="classifier") if at in kept else one
        for at, one in enumerate(decisions)
    ]


def _terms(decisions: Sequence[Decision]) -> Iterator[int]:
    """The removed terms before kept definitions: several may have one definition, and pictures may stand between them."""
    pending: list[int] = []
    last: Element | None = None
    parts: dict[Element | None, Element | None] = {None: None}
    for at, one in enumerate(decisions):
        part = _part(one.block.element, parts)
        if part is None or last is None or part.parent is not last.parent or (last.tag, part.tag) == ("dd", "dt"):
            pending = []
        last = part
        if part is not None and part.tag == "dt" and one.block.text and _is_open(one):
            pending.append(at)
        elif part is not None and part.tag == "dd" and one.verdict == "keep" and _is_text(one.block):
            yield from pending
            pending = []


def _part(element: Element | None, parts: dict[Element | None, Element | None]) -> Element | None:
    """The term or definition that an element stands in or is; None if none. `parts` has the answers for elements that were asked
    about."""
    path: list[Element] = []
    while element is not None and element not in parts:
        path.append(element)
        element = element.parent
    part = parts[element]
    for inner in reversed(path):
        parts[inner] = part = inner if inner.tag in _PARTS else part
    return part


def _is_text(block: Block) -> bool:
    """Whether a block defines something: a word or two are the value of a label, as in `Joined: May 2010`."""
    return language.weight(block.text) >= _TEXT_LETTERS


def _notes(decisions: Sequence[Decision]) -> Iterator[int]:
    """The blocks of removed notes to which numbers in the kept text around them refer, and that hold a link back."""
    targets = {
        target
        for one in decisions
        if one.verdict == "keep"
        for target, label in _fragments(one.block)
        if _is_label(label) and _is_text(one.block) and not _is_inside(one.block, target)
    }
    note: Element | None = None
    own: list[int] = []
    for at, one in enumerate([*decisions, None]):
        element = _note(one.block, targets) if one is not None and targets else None
        if element is None or element is not note:
            if own and _leads_back([decisions[place].block for place in own]):
                yield from (place for place in own if _is_open(decisions[place]))
            own = []
        note = element
        if element is not None:
            own.append(at)


def _is_inside(block: Block, target: str) -> bool:
    """Whether a block stands in the element to which a link leads: the number of a post leads to the post."""
    return any(element.attrs.get("id") == target for element in around(block.element))


def _note(block: Block, targets: Set[str]) -> Element | None:
    """The smallest element around a block to which a link leads."""
    return next((element for element in around(block.element) if element.attrs.get("id") in targets), None)


def _leads_back(blocks: Sequence[Block]) -> bool:
    """Whether the blocks of a note hold a link into the page, and are a text."""
    chars = sum(len(block.text) for block in blocks)
    links = sum(mark.end - mark.start for block in blocks for mark in block.marks if mark.type == "link")
    is_back = any(True for block in blocks for _ in _fragments(block))
    return is_back and links <= _LINKS * chars


def _fragments(block: Block) -> Iterator[tuple[str, str]]:
    """The targets in the page to which the links of a block lead, with the texts of the links."""
    for mark in block.marks:
        if mark.type == "link" and mark.url and mark.url.startswith("#"):
            yield mark.url[1:], block.text[mark.start : mark.end]


def _is_label(text: str) -> bool:
    """Whether a text is a number or a sign, with brackets around it or without."""
    text = text.strip("[]() ")
    return 0 < len(text) <= _LABEL_CHARS and (text.isdigit() or all(sign in _SIGNS for sign in text))


def _is_open(decision: Decision) -> bool:
    return decision.verdict == "remove" and decision.by == "classifier"
