"""The models: boosted trees over the features of blocks and of pages.

They are trained by bench/train.py, which writes them as JSON (blocks.json, types.json) and as Python that
computes the same (trees_blocks.py, trees_types.py).
"""

from __future__ import annotations

import math

from seedclean.decisions.classifier.features import FeatureMatrix
from seedclean.decisions.classifier.schema import Row

_DIGITS = 6
"""Probabilities are rounded to these decimals, as `math.exp` differs in the last bits from one platform to another."""


def scores(matrix: FeatureMatrix) -> list[float]:
    """The log-odds of each block that it belongs to the document: above 0 if that is more likely than not."""
    from seedclean.decisions.classifier import trees_blocks  # large, and only needed to classify

    return trees_blocks.scores(matrix.document, matrix.nested_rows())


def type_probabilities(row: Row) -> dict[str, float]:
    """For each type of page the probability that a page of these features is of it; "" is none of the types."""
    from seedclean.decisions.classifier import trees_types

    weights = {name: math.exp(score) for name, score in trees_types.scores(row).items()}
    total = math.fsum(weights.values())
    return {name: round(weight / total, _DIGITS) for name, weight in weights.items()}
