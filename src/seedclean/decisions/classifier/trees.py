"""What has been learnt: boosted trees over the features of blocks and of pages, shipped as data and made by bench/.

A tree is a number, or a list of a column, a limit, and the trees for values up to the limit and beyond it. All of them
become one function that Python compiles once: walking them as lists costs three times as much for each block.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from seedclean.decisions.classifier import features, page_features
from seedclean.decisions.classifier.features import Table
from seedclean.decisions.classifier.schema import Row, Shape

_Tree = float | list["float | int | _Tree"]
_Sum = Callable[[Row], float]
_DIGITS = 6
"""Of a likelihood, what all platforms agree on."""
_FIRST = 40
_SETTLED = 2.0
"""Where so many trees give odds of more than seven to one, in their logarithm, the others are not asked: they turn one of
760 such verdicts, and half of all blocks are such."""


def scores(measured: Table) -> list[float]:
    """How sure it is of each block that it is the document's own: the logarithm of the odds, above 0 if more likely."""
    return _blocks()(measured.whole, measured.parts())


def likely(row: Row) -> dict[str, float]:
    """How likely a page of these features is of each type; an empty name is none of them."""
    weights = {name: math.exp(total(row)) for name, total in _types().items()}
    whole = math.fsum(weights.values())
    return {name: round(weight / whole, _DIGITS) for name, weight in weights.items()}


def _held(name: str) -> Any:
    return json.loads(files("seedclean.decisions.classifier").joinpath(name).read_text("utf-8"))


@cache
def _blocks() -> Callable[[Row, Iterable[tuple[Any, ...]]], list[float]]:
    """What adds up the trees. Columns that they ask for become variables: as parts of tuples they cost twice as much."""
    held = _held("blocks.json")
    names = {name: f"c{at}" for at, name in enumerate(held["columns"])}
    trees = [_expression(tree, lambda column: f"c{column}") for tree in held["trees"]]
    first, others = "+".join(trees[:_FIRST]), "+".join(trees[_FIRST:])
    found: dict[str, Any] = {}
    exec(
        f"""def scores(whole, rows):
    {_targets(features.WHOLE, names)} = whole
    found = []
    for {_targets(features.SHAPE, names)} in rows:
        odds = {first}
        if {-_SETTLED} <= odds <= {_SETTLED}:
            odds += {others}
        found.append(odds)
    return found
""",
        {"__builtins__": {}},  # numbers and columns alone
        found,
    )
    scores: Callable[[Row, Iterable[tuple[Any, ...]]], list[float]] = found["scores"]
    return scores


def _targets(shape: Shape, names: Mapping[str, str]) -> str:
    """What a row of this shape is unpacked into."""
    if isinstance(shape, str):
        return names.get(shape, "_")
    return f"({', '.join(_targets(part, names) for part in shape)},)"


@cache
def _types() -> dict[str, _Sum]:
    held = _held("types.json")
    at = [page_features.NAMES.index(name) for name in held["columns"]]
    return {name: _compiled(trees, at) for name, trees in held["trees"].items()}


def _compiled(trees: Sequence[_Tree], at: Sequence[int]) -> _Sum:
    body = "+".join(_expression(tree, lambda column: f"r[{at[column]}]") for tree in trees)
    found: _Sum = eval(f"lambda r: {body}", {"__builtins__": {}})  # numbers and columns alone
    return found


def _expression(tree: _Tree, variable: Callable[[int], str]) -> str:
    if not isinstance(tree, list):
        return repr(float(tree))
    column, limit, low, high = tree
    assert isinstance(column, int)
    assert isinstance(limit, (int, float))
    return f"({_expression(low, variable)} if {variable(column)}<={float(limit)!r} else {_expression(high, variable)})"
