"""What the judge of page types learns: the type of each labelled page, from the blocks that are kept of it.

Types that the record has no word for are learnt as none of its types, collections of products as listings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import lightgbm
import numpy as np
from trees import exported

from seedclean.decisions.classifier.page_features import NAMES, page_row
from seedclean.model.document import Document

TREES = 50
SETTINGS = {
    "objective": "multiclass", "learning_rate": 0.14, "num_leaves": 6, "min_child_samples": 8, "feature_fraction": 0.3,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 3, "verbose": -1, "num_threads": 1, "seed": 1, "deterministic": True,
    "force_row_wise": True,
}  # fmt: skip
_TYPES = ("", "article", "documentation", "forum", "listing", "product")
_SAME = {"collection": "listing"}


def wanted(type: str) -> str:
    """The type of a page in the words of the record, empty where it has none."""
    name = _SAME.get(type, type)
    return name if name in _TYPES else ""


def row(document: Document, kept: Sequence[bool]) -> tuple[float, ...]:
    """The features of a page, given for each block with text whether it is kept."""
    places = [at for at, block in enumerate(document.blocks) if block.text and block.kind != "metadata"]
    return page_row(document, {at for at, keep in zip(places, kept, strict=True) if keep})


def fit(rows: Sequence[tuple[float, ...]], types: Sequence[str]) -> lightgbm.Booster:
    """Train on the rows of some pages."""
    data = np.array(rows, dtype=np.float32), np.array([_TYPES.index(name) for name in types])
    return lightgbm.train({**SETTINGS, "num_class": len(_TYPES)}, lightgbm.Dataset(*data), TREES)


def guesses(model: lightgbm.Booster, rows: Sequence[tuple[float, ...]]) -> list[tuple[str, float]]:
    """The likeliest type of each page, and how likely it is."""
    rows_of_odds = model.predict(np.array(rows, dtype=np.float32))
    return [(_TYPES[int(odds.argmax())], float(odds.max())) for odds in rows_of_odds]


def shipped(model: lightgbm.Booster) -> dict[str, Any]:
    """A model as the package holds it: LightGBM grows one tree for each type in turn."""
    columns, trees = exported(model, NAMES)
    return {"columns": columns, "trees": {name: trees[at :: len(_TYPES)] for at, name in enumerate(_TYPES)}}
