"""Documents that were taken out of their page: only what is very unlikely at their ends is removed, and what still frames them."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import takewhile
from math import fsum

from seedclean.decisions.classifier.block_features import COVERED
from seedclean.decisions.classifier.judge import Classification, removed
from seedclean.model.document import Decision, Element

_THRESHOLD = -2.3
"""At head and tail of an excerpt the log-odds of a removed block are below this. When it was chosen, by cross-validation,
those of 37 among 37,066 lines of texts that have nothing to remove were."""
_WORDED = -1.5
"""So are those of a block below this that consists for a good part of words of interfaces, as buttons and counts do."""
_LEAST = 10
"""In a document of fewer blocks an advert cannot be told from a list."""
_BLOCKS = 12
_SHARE = 0.25
"""So many blocks at either end, and such a share of what is kept, can be an advert; more are a document of their kind."""

_FRAME, _FRAMED = -1.0, 0.0
"""A short page of one article has little else around it than a menu in one line: it goes where the log-odds of a block in what
frames pages are below the first, and those of no block there above the second. Markup and classifier agree then; alone,
neither is enough."""
_TAGS = frozenset({"nav", "footer"})
_NAMES = frozenset({"nav", "navbar", "navigation", "menu", "footer", "sidebar"})
"""Elements that frame pages, and the classes and ids that older pages give to a `div` that does."""
_OWN = frozenset({"article", "main", "blockquote", "figure"})
"""In these a `nav` is a list of the text's chapters, and a `footer` its signature."""


def trim(decisions: Sequence[Decision], result: Classification) -> list[Decision]:
    """The decisions with the adverts at head and tail removed.

    Only blocks that are kept by default are candidates, from either end up to the first that stays. Where more of the unlikely
    blocks stand amid the text, those at its ends are like them: lines of code or of a table.
    """
    if len(result.places) < _LEAST or max(result.log_odds, default=0.0) <= 0:
        return list(decisions)
    unlikely = {
        at
        for at, features, odds in zip(result.places, result.features, result.log_odds, strict=True)
        if odds < (_WORDED if features.covered >= COVERED else _THRESHOLD)
    }
    kept = [at for at in result.places if decisions[at].verdict == "keep"]
    ends = {*_end(kept, unlikely, decisions), *_end(kept[::-1], unlikely, decisions)}
    if 2 * len(ends) < len(unlikely.intersection(kept)):
        return list(decisions)
    features = dict(zip(result.places, result.features, strict=True))
    if fsum(features[at].words for at in ends) > _SHARE * fsum(features[at].words for at in kept):
        return list(decisions)
    return [
        removed(one.block, features[at], at in result.repeating) if at in ends else one
        for at, one in enumerate(decisions)
    ]


def without_frame(decisions: Sequence[Decision], result: Classification) -> list[Decision]:
    """The decisions with what frames the document removed. Only blocks that are kept by default are candidates.

    `result` is without a prior: that an origin has rules says nothing of its menus.
    """
    if max(result.log_odds, default=0.0) <= 0:
        return list(decisions)
    framing = {
        at: odds
        for at, odds in zip(result.places, result.log_odds, strict=True)
        if _frames(decisions[at].block.element)
    }
    if min(framing.values(), default=0.0) >= _FRAME or max(framing.values()) > _FRAMED:
        return list(decisions)
    features = dict(zip(result.places, result.features, strict=True))
    return [
        removed(one.block, features[at]) if at in framing and one.by == "default" else one
        for at, one in enumerate(decisions)
    ]


def _frames(element: Element | None) -> bool:
    """Whether an element stands in one that frames pages by its tag or name, and in none of the text."""
    frames = False
    while element is not None:
        if element.tag in _OWN:
            return False
        names = (element.attrs.get("id") or "", *element.classes)
        frames = frames or element.tag in _TAGS or any(name.lower() in _NAMES for name in names)
        element = element.parent
    return frames


def _end(places: Sequence[int], unlikely: Container[int], decisions: Sequence[Decision]) -> list[int]:
    """The first places while their blocks are unlikely, no headings, and kept by default; none if there are too many."""

    def goes(at: int) -> bool:
        return at in unlikely and decisions[at].by == "default" and decisions[at].block.kind != "heading"

    places = list(takewhile(goes, places))
    return places if len(places) <= _BLOCKS else []
