"""What has been learnt: boosted trees over the features of a block, shipped as data and made by bench/train.py.

A tree is a number, or a list of a column, a limit, and the trees for values up to the limit and beyond it. All of them
become one expression that Python compiles once: walking them as lists costs three times as much for each block.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files

from seedclean.article.features import NAMES, Row

_Tree = float | list["float | int | _Tree"]


def scores(rows: Sequence[Row]) -> list[float]:
    """How sure it is of each row that its block is the document's own: the logarithm of the odds, above 0 if more likely."""
    sum_up = _compiled()
    return [sum_up(row) for row in rows]


@cache
def _compiled() -> Callable[[Row], float]:
    held = json.loads(files("seedclean.article").joinpath("model.json").read_text("utf-8"))
    at = [NAMES.index(name) for name in held["columns"]]
    body = "+".join(_expression(tree, at) for tree in held["trees"])
    found: Callable[[Row], float] = eval(f"lambda r: {body}", {"__builtins__": {}})  # numbers and columns alone
    return found


def _expression(tree: _Tree, at: Sequence[int]) -> str:
    if not isinstance(tree, list):
        return repr(float(tree))
    column, limit, low, high = tree
    assert isinstance(column, int)
    assert isinstance(limit, (int, float))
    return f"({_expression(low, at)} if r[{at[column]}]<={float(limit)!r} else {_expression(high, at)})"
