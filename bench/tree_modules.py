"""Write boosted trees as Python: `python bench/tree_modules.py` makes trees_pages.py and so on of the JSON beside them.

A tree as bench/trees.py exports it is a number, or a list of a column, a threshold, and the subtrees for values up to the
threshold and above it. As nested conditional expressions over local variables, which Python compiles once and keeps as
bytecode, trees score a page in 8 ms; a loop over flat arrays takes 40 ms, as it needs flat rows and looks up each
threshold (40 pages of the development half of WCXB, CPython 3.11).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from seedclean.decisions.classifier import features, page_features
from seedclean.decisions.classifier.schema import Shape
from seedclean.decisions.classifier.trees import BLOCK_MODELS, CERTAIN, CERTAIN_AFTER

MODELS = Path(__file__).parent.parent / "src" / "seedclean" / "decisions" / "classifier"

_HEADER = '''"""Boosted trees over the features of {what}. Generated from {source} by `python bench/tree_modules.py`: do not edit."""

from collections.abc import Iterable
from typing import Any

'''


def block_module(model: dict[str, Any], name: str) -> str:
    """The source of a module whose function `scores` gives the log-odds of each block of a document."""
    names = _variables(model["columns"])
    trees = [_expression(tree) for tree in model["trees"]]
    return _HEADER.format(what=f"blocks of {name}", source=f"{name}.json") + (
        "\n"
        "def scores(document: tuple[float, ...], rows: Iterable[Any]) -> list[float]:\n"
        '    """The log-odds of each block. Rows are nested as `features.SHAPE` is."""\n'
        f"    {_targets(features.DOCUMENT_NAMES, names)} = document\n"
        "    result = []\n"
        f"    for {_targets(features.SHAPE, names)} in rows:\n"
        f"        odds = {_sum(trees[:CERTAIN_AFTER], 8)}\n"
        f"        if {-CERTAIN} <= odds <= {CERTAIN}:\n"
        f"            odds += {_sum(trees[CERTAIN_AFTER:], 12)}\n"
        "        result.append(odds)\n"
        "    return result\n"
    )


def type_module(model: dict[str, Any]) -> str:
    """The source of a module whose function `scores` gives a score for each type of page."""
    names = _variables(model["columns"])
    sums = "".join(
        f"        {json.dumps(name)}: {_sum([_expression(tree) for tree in trees], 8)},\n"
        for name, trees in model["trees"].items()
    )
    return _HEADER.format(what="pages", source="types.json").replace("Iterable", "Mapping").replace(
        "from typing import Any\n\n", "\n"
    ) + (
        "def scores(page: tuple[float, ...]) -> Mapping[str, float]:\n"
        '    """For each type the logarithm of its weight. The row has the columns of `page_features.NAMES`."""\n'
        f"    {_targets(page_features.NAMES, names)} = page\n"
        f"    return {{\n{sums}    }}\n"
    )


def write() -> None:
    """Write the modules beside the JSON they are made of."""
    for name in (*BLOCK_MODELS, "types"):
        model = json.loads(MODELS.joinpath(f"{name}.json").read_text("utf-8"))
        source = type_module(model) if name == "types" else block_module(model, name)
        MODELS.joinpath(f"trees_{name}.py").write_text(source, "utf-8")


def _variables(columns: Sequence[str]) -> dict[str, str]:
    return {name: f"c{at}" for at, name in enumerate(columns)}


def _targets(shape: Shape, names: dict[str, str]) -> str:
    """The assignment targets that unpack a row of this shape."""
    if isinstance(shape, str):
        return names.get(shape, "_")
    return f"({', '.join(_targets(part, names) for part in shape)},)"


def _sum(trees: Sequence[str], indent: int) -> str:
    """The sum of trees, one a line, added from the left."""
    space = "\n" + " " * (indent + 4)
    return f"({space}{f'{space}+ '.join(trees)}\n{' ' * indent})"


def _expression(tree: Any) -> str:
    if not isinstance(tree, list):
        return repr(float(tree))
    column, threshold, low, high = tree
    return f"({_expression(low)} if c{column} <= {float(threshold)!r} else {_expression(high)})"


if __name__ == "__main__":
    write()
