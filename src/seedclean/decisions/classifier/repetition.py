"""What it says of a block that its text repeats on other documents of its site, as an addition to its log-odds."""

from __future__ import annotations

from collections.abc import Sequence

from seedclean.decisions.classifier.block_features import BlockFeatures
from seedclean.decisions.classifier.features import FeatureMatrix
from seedclean.packs.context import MatchContext
from seedclean.packs.repetition import Repeat, Repetition

_AMID = 0.02
_SHIFTS = {
    (False, False): ((0.9, -2.5), (0.5, -2.0)),
    (False, True): ((0.9, -1.0),),
    (True, False): ((0.9, -2.5), (0.5, -1.5)),
    (True, True): ((0.9, -2.0),),
}


def evidence(context: MatchContext, matrix: FeatureMatrix, repetition: Repetition) -> list[float]:
    """What is added to the log-odds of each block with text: 0 where its text does not repeat, else a negative number.

    Of the scopes that the document is in, the one counts that says most.
    """
    if not repetition.counts:
        return [0.0] * len(matrix.places)
    scopes = context.facts["of"]
    texts = [context.views[at].normalized for at in matrix.places]
    return [
        min((_shift(repeat, one) for repeat in repetition.of(text, scopes)), default=0.0) if text else 0.0
        for text, one in zip(texts, matrix.blocks, strict=True)
    ]


def _shift(repeat: Repeat, features: BlockFeatures) -> float:
    share = repeat.documents / repeat.of
    amid = repeat.amid > _AMID * repeat.documents
    return next((shift for least, shift in _SHIFTS[features.prose > 0, amid] if share >= least), 0.0)
