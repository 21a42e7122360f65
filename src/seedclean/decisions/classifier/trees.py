"""The models: boosted trees over the features of blocks and of pages.

Blocks of raw pages and blocks of texts have a model each: elements say most of a page, and a text has none. One model for both
was worse on pages when they were parted (F1 of wcxb-dev by .005, of dragnet by .009, the share of perfect Chinese pages by .05).

They are trained by bench/train.py, which writes them as JSON (pages.json, texts.json, types.json) and as Python that computes
the same (trees_pages.py and so on). Where the extension `_forest` is built, it reads the JSON and gives the same floats in a
quarter of the time.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.resources import files
from types import ModuleType
from typing import TYPE_CHECKING, Any

import orjson

from seedclean.decisions.classifier import features, page_features
from seedclean.decisions.classifier.compiled import is_compiled
from seedclean.decisions.classifier.features import FeatureMatrix
from seedclean.decisions.classifier.schema import Column, Packed, Row, nested_rows

if TYPE_CHECKING:
    from seedclean.decisions.classifier._forest import Forest

BLOCK_MODELS = ("pages", "texts")
CERTAIN_AFTER = 40
CERTAIN = 2.0
"""Where the first 40 trees give odds of more than seven to one (a log-odds of 2), the other trees are left out: when that was
measured, with one model for pages and texts, they turned one of 760 such verdicts, and half of all blocks were such."""
_DIGITS = 6
"""Probabilities are rounded to these decimals, as `math.exp` differs in the last bits from one platform to another."""

BlockScores = Callable[[Row, int, Sequence[Column]], list[float]]
"""From the columns of the document, the number of blocks, and the columns of `features.SHAPE` to the log-odds of each block."""
TypeScores = Callable[[Row], Mapping[str, float]]
"""From the row of a page to a score for each type."""


def scores(matrix: FeatureMatrix) -> list[float]:
    """The log-odds of each block that it belongs to the document: above 0 if that is more likely than not."""
    scorer = block_scorer(block_model(matrix.format), is_compiled())
    return scorer(matrix.document, len(matrix.places), matrix.columns())


def block_model(format: str) -> str:
    """The name of the model of blocks for documents of a format: `pages` or `texts`."""
    return "pages" if format == "html" else "texts"


def type_probabilities(row: Row) -> dict[str, float]:
    """For each type of page the probability that a page of these features is of it; "" is none of the types."""
    weights = {name: math.exp(score) for name, score in type_scorer(is_compiled())(row).items()}
    total = math.fsum(weights.values())
    return {name: round(weight / total, _DIGITS) for name, weight in weights.items()}


def compiled_block_scores(model: Mapping[str, Any]) -> BlockScores:
    """What the generated `scores` of a model of blocks computes, by the extension."""
    forest = _forest_of(model["trees"], model["columns"], features.NAMES)

    def scores(document: Row, count: int, columns: Sequence[Column]) -> list[float]:
        parts = [column.data if isinstance(column, Packed) else column for column in columns]
        return forest.scores(document, count, parts, CERTAIN_AFTER, CERTAIN)

    return scores


def module_block_scores(module: ModuleType) -> BlockScores:
    """What the generated `scores` of a model of blocks computes, by the module itself."""
    return lambda document, _, columns: module.scores(document, nested_rows(columns))


def compiled_type_scores(model: Mapping[str, Any]) -> TypeScores:
    """What the generated `scores` of a model of types computes, by the extension."""
    forests = {name: _forest_of(trees, model["columns"], page_features.NAMES) for name, trees in model["trees"].items()}
    return lambda page: {name: forest.scores(page, 1, [], 0, 0.0)[0] for name, forest in forests.items()}


def model_content(name: str) -> dict[str, Any]:
    """A model as its JSON has it: provenance, columns, trees."""
    content: dict[str, Any] = orjson.loads(files(__package__).joinpath(name).read_bytes())
    return content


def _forest_of(trees: list[Any], columns: list[str], names: tuple[str, ...]) -> Forest:
    from seedclean.decisions.classifier._forest import Forest

    places = {name: at for at, name in enumerate(names)}
    return Forest(trees, [places[column] for column in columns], len(names))


@cache
def block_scorer(name: str, compiled: bool) -> BlockScores:
    """What scores blocks by the model of a name: the extension, or the generated module, large and so imported late."""
    if compiled:
        return compiled_block_scores(model_content(f"{name}.json"))
    return module_block_scores(import_module(f"{__package__}.trees_{name}"))


@cache
def type_scorer(compiled: bool) -> TypeScores:
    """What scores pages: the extension, or the generated module."""
    if compiled:
        return compiled_type_scores(model_content("types.json"))
    from seedclean.decisions.classifier import trees_types

    return trees_types.scores
