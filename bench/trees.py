"""Boosted trees as JSON has them, and bench/tree_modules.py reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import lightgbm


def exported(model: lightgbm.Booster, names: Sequence[str]) -> tuple[list[str], list[Any]]:
    """The columns that a model asks for, and its trees over them, in the order in which they were grown."""
    trees = [tree["tree_structure"] for tree in model.dump_model()["tree_info"]]
    asked = sorted({at for tree in trees for at in _columns(tree)})
    return [names[at] for at in asked], [_tree(tree, asked) for tree in trees]


def _columns(node: dict[str, Any]) -> list[int]:
    if "leaf_value" in node:
        return []
    return [node["split_feature"], *_columns(node["left_child"]), *_columns(node["right_child"])]


def _tree(node: dict[str, Any], asked: Sequence[int]) -> Any:
    if "leaf_value" in node:
        return round(node["leaf_value"], 4)
    limit = float(f"{node['threshold']:.6g}")
    return [
        asked.index(node["split_feature"]),
        limit,
        _tree(node["left_child"], asked),
        _tree(node["right_child"], asked),
    ]
