"""What has been learnt: boosted trees over the features of blocks and of pages, shipped as data and made by bench/.

A tree is a number, or a list of a column, a limit, and the trees for values up to the limit and beyond it. All of them
become one expression that Python compiles once: walking them as lists costs three times as much for each block.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from seedclean.article import features, pages
from seedclean.article.boxes import Row

_Tree = float | list["float | int | _Tree"]
_Sum = Callable[[Row], float]
_FIRST = 40
_SETTLED = 2.0
"""Where so many trees give odds of more than seven to one, in their logarithm, the others are not asked: they turn none
of two thousand such verdicts, and half of all blocks are such."""


def scores(rows: Sequence[Row]) -> list[float]:
    """How sure it is of each row that its block is the document's own: the logarithm of the odds, above 0 if more likely."""
    first, others = _blocks()
    found = []
    for row in rows:
        odds = first(row)
        found.append(odds if abs(odds) > _SETTLED else odds + others(row))
    return found


def likely(row: Row) -> dict[str, float]:
    """How likely a page of these features is of each type; an empty name is none of them."""
    weights = {name: math.exp(total(row)) for name, total in _types().items()}
    whole = sum(weights.values())
    return {name: weight / whole for name, weight in weights.items()}


def _held(name: str) -> Any:
    return json.loads(files("seedclean.article").joinpath(name).read_text("utf-8"))


@cache
def _blocks() -> tuple[_Sum, _Sum]:
    held = _held("blocks.json")
    at = [features.NAMES.index(name) for name in held["columns"]]
    return _compiled(held["trees"][:_FIRST], at), _compiled(held["trees"][_FIRST:], at)


@cache
def _types() -> dict[str, _Sum]:
    held = _held("types.json")
    at = [pages.NAMES.index(name) for name in held["columns"]]
    return {name: _compiled(trees, at) for name, trees in held["trees"].items()}


def _compiled(trees: Sequence[_Tree], at: Sequence[int]) -> _Sum:
    body = "+".join(_expression(tree, at) for tree in trees)
    found: _Sum = eval(f"lambda r: {body}", {"__builtins__": {}})  # numbers and columns alone
    return found


def _expression(tree: _Tree, at: Sequence[int]) -> str:
    if not isinstance(tree, list):
        return repr(float(tree))
    column, limit, low, high = tree
    assert isinstance(column, int)
    assert isinstance(limit, (int, float))
    return f"({_expression(low, at)} if r[{at[column]}]<={float(limit)!r} else {_expression(high, at)})"
