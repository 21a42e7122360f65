"""What it says of a block that its text repeats on other documents of its site, as an addition to its log-odds."""

from __future__ import annotations

from seedclean.decisions.classifier.features import FeatureMatrix
from seedclean.packs.context import MatchContext
from seedclean.packs.repetition import Repeat, Repetition

_AMID = 0.02
"""Captures go wrong now and then: on so small a share of its documents a text may stand anywhere."""
_SHIFTS = {
    ("line", "end"): ((0.9, -2.5), (0.5, -1.5)),
    ("line", "amid"): ((0.9, -1.0),),
    ("prose", "end"): ((0.9, -1.5), (0.5, -0.75)),
    ("prose", "amid"): ((0.9, -0.75),),
    ("heading", "end"): ((0.9, -1.5), (0.5, -0.5)),
}
"""By what a block is and where its text stands on other documents: from which share of them, how much is added. They are the
logarithms of likelihood ratios beside the classifier's own log-odds, rounded towards 0 (`python bench/repetition.py` prints
them). Headings amid the text (`Ingredients`, `Method`) are as often the document's as the classifier thinks, and so is
whatever stands on few documents."""


def evidence(context: MatchContext, matrix: FeatureMatrix, repetition: Repetition) -> list[float]:
    """What is added to the log-odds of each block with text: 0 where its text does not repeat, else a negative number.

    Of the scopes that the document is in, the one counts that says most. The document's own headline and date, which stand in
    the lists of other pages, are no repetition here.
    """
    if not repetition.counts:
        return [0.0] * len(matrix.places)
    scopes, titles, lines = context.facts["of"], context.facts["title"], context.title_lines or ()
    shifts = []
    for at, features in zip(matrix.places, matrix.blocks, strict=True):
        view = context.views[at]
        if features.date or at in lines or (view.squashed and view.squashed in titles):
            shifts.append(0.0)
            continue
        form = "heading" if view.block.kind == "heading" else "prose" if features.prose else "line"
        repeats = repetition.of(view.normalized, scopes) if view.normalized else ()
        shifts.append(min((_shift(form, repeat) for repeat in repeats), default=0.0))
    return shifts


def _shift(form: str, repeat: Repeat) -> float:
    place = "amid" if repeat.amid > _AMID * repeat.documents else "end"
    share = repeat.documents / repeat.of
    return next((shift for least, shift in _SHIFTS.get((form, place), ()) if share >= least), 0.0)
