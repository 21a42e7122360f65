"""The generated trees compute what the JSON says, and their rows are as long as their names."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from struct import pack
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedclean.decisions.classifier import features, page_features, trees_pages, trees_texts, trees_types
from seedclean.decisions.classifier.compiled import is_compiled
from seedclean.decisions.classifier.features import feature_matrix
from seedclean.decisions.classifier.schema import Packed, Shape, nested_rows
from seedclean.decisions.classifier.trees import (
    BLOCK_MODELS,
    compiled_block_scores,
    compiled_type_scores,
    model_content,
    scores,
)
from seedclean.model.document import Source
from seedclean.packs.context import match_context, with_packs
from seedclean.readers import read

CERTAIN_AFTER, CERTAIN = 40, 2.0
PAGE = """<html><body><nav><ul><li><a href="/a">Home</a></li><li><a href="/b">Login</a></li></ul></nav>
<main class="article-body"><h1>The ferry</h1><p>On day one the ferry came in late, and nobody on the quay could say why.</p>
<p>It came at 12:30, and a ticket was $3.</p></main><footer>© 2024 | All rights reserved</footer></body></html>"""

MARKDOWN = """# The ferry

On day one the ferry came in late, and nobody on the quay could say why.

- [Home](/a)
- [Login](/b)

It came at 12:30, and a ticket was $3.

**Share this page**

All rights reserved
"""


@cache
def model(name: str) -> Any:
    return json.loads(files("seedclean.decisions.classifier").joinpath(name).read_text("utf-8"))


def walk(tree: Any, row: dict[str, float], columns: list[str]) -> float:
    while isinstance(tree, list):
        column, threshold, low, high = tree
        tree = low if row[columns[column]] <= threshold else high
    return float(tree)


def total(trees: list[Any], row: dict[str, float], columns: list[str]) -> float:
    first, *others = [walk(tree, row, columns) for tree in trees]
    for value in others:
        first += value
    return first


def log_odds(row: dict[str, float], name: str) -> float:
    content = model(f"{name}.json")
    odds = total(content["trees"][:CERTAIN_AFTER], row, content["columns"])
    return odds + total(content["trees"][CERTAIN_AFTER:], row, content["columns"]) if abs(odds) <= CERTAIN else odds


def nested(shape: Shape, row: dict[str, float]) -> Any:
    return row[shape] if isinstance(shape, str) else tuple(nested(part, row) for part in shape)


def thresholds(tree: Any) -> set[float]:
    return {tree[1], *thresholds(tree[2]), *thresholds(tree[3])} if isinstance(tree, list) else set()


MODULES = {"pages": trees_pages, "texts": trees_texts}
by_model = pytest.mark.parametrize("name", BLOCK_MODELS)
BLOCK_VALUES = st.sampled_from(
    sorted({-1.0, 0.0}.union(*(thresholds(tree) for name in BLOCK_MODELS for tree in model(f"{name}.json")["trees"])))
)
PAGE_VALUES = st.sampled_from(
    sorted({0.0}.union(*(thresholds(tree) for trees in model("types.json")["trees"].values() for tree in trees)))
)


compiled = pytest.mark.skipif(not is_compiled(), reason="the extension is not built: see docs/speed.md")


@by_model
@given(random=st.randoms(use_true_random=False), values=st.lists(BLOCK_VALUES, min_size=8, max_size=40))
def test_block_scores_are_those_of_the_json(name: str, random: Any, values: list[float]) -> None:
    row = {column: random.choice(values) for column in features.NAMES}
    document = tuple(row[column] for column in features.DOCUMENT_NAMES)
    assert MODULES[name].scores(document, [nested(features.SHAPE, row)]) == [log_odds(row, name)]


@given(st.randoms(use_true_random=False), st.lists(PAGE_VALUES, min_size=8, max_size=40))
def test_type_scores_are_those_of_the_json(random: Any, values: list[float]) -> None:
    row = {name: random.choice(values) for name in page_features.NAMES}
    content = model("types.json")
    assert trees_types.scores(tuple(row.values())) == {
        name: total(trees, row, content["columns"]) for name, trees in content["trees"].items()
    }


@pytest.mark.parametrize(("path", "name"), [("a.html", "pages"), ("a.md", "texts")])
def test_flat_rows_score_as_nested_rows_do(path: str, name: str) -> None:
    data = PAGE if path == "a.html" else MARKDOWN
    matrix = feature_matrix(with_packs(match_context(read(Source(path, data.encode())), {}), ()))
    rows = [dict(zip(features.NAMES, row, strict=True)) for row in matrix.rows]
    assert len(rows) > 5
    assert scores(matrix) == [log_odds(row, name) for row in rows]


@compiled
@by_model
@given(
    random=st.randoms(use_true_random=False),
    values=st.lists(BLOCK_VALUES, min_size=8, max_size=40),
    count=st.integers(0, 70),
)
def test_compiled_block_scores_have_the_bits_of_the_module(
    name: str, random: Any, values: list[float], count: int
) -> None:
    document = tuple(random.choice(values) for _ in features.DOCUMENT_NAMES)
    rows = [nested(features.SHAPE, {column: random.choice(values) for column in features.NAMES}) for _ in range(count)]
    asked = compiled_block_scores(model_content(f"{name}.json"))
    columns = list(zip(*rows, strict=True))
    assert asked(document, count, columns) == MODULES[name].scores(document, rows)


@compiled
@given(st.randoms(use_true_random=False), st.lists(PAGE_VALUES, min_size=8, max_size=40))
def test_compiled_type_scores_have_the_bits_of_the_module(random: Any, values: list[float]) -> None:
    page = tuple(random.choice(values) for _ in page_features.NAMES)
    assert compiled_type_scores(model_content("types.json"))(page) == trees_types.scores(page)


@compiled
@pytest.mark.parametrize(
    ("trees", "columns", "row", "error"),
    [
        ([1.0], [0], (0.0, 1.0), ValueError),
        ([1.0], [0], (), ValueError),
        ([1.0], [0], ("a",), TypeError),
        ([[1, 0.5, 1.0, 2.0]], [0], (0.0,), ValueError),
        ([[0, 0.5, 1.0, 2.0]], [1], (0.0,), ValueError),
        ([[0, 0.5, 1.0]], [0], (0.0,), ValueError),
        ([], [0], (0.0,), ValueError),
        (["a"], [0], (0.0,), TypeError),
    ],
)
def test_a_forest_refuses_what_does_not_fit(trees: Any, columns: Any, row: Any, error: type[Exception]) -> None:
    from seedclean.decisions.classifier._forest import Forest

    with pytest.raises(error):
        Forest(trees, columns, 1).scores((), 1, [[row]], 1, 0.0)


@compiled
@pytest.mark.parametrize(
    "columns", [[[1.0]], [[1.0, 2.0], [1.0]], [b"1" * 64], [b"1" * 15, [1.0, 2.0]], [b"1" * 48], [[1.0, 2.0], b""]]
)
def test_a_forest_refuses_columns_that_do_not_fit(columns: Any) -> None:
    from seedclean.decisions.classifier._forest import Forest

    with pytest.raises(ValueError, match=r"row|short"):
        Forest([[0, 0.5, 1.0, 2.0]], [1], 3).scores((0.0,), 2, columns, 1, 0.0)


@compiled
def test_packed_columns_are_read_as_others_are() -> None:
    from seedclean.decisions.classifier._forest import Forest

    packed = Packed(pack("4d", 1.0, 0.0, 2.0, 1.0), 2)
    forest = Forest([[0, 0.5, 1.0, 2.0]], [2], 4)
    assert forest.scores((0.0,), 2, [packed.data, iter([5.0, 6.0])], 1, 0.0) == [1.0, 2.0]
    assert list(nested_rows([packed, iter([5.0, 6.0])])) == [((1.0, 0.0), 5.0), ((2.0, 1.0), 6.0)]


@compiled
@pytest.mark.parametrize("width", [0, -1, 2**17, 2**62])
def test_a_forest_refuses_a_row_that_no_features_have(width: int) -> None:
    from seedclean.decisions.classifier._forest import Forest

    with pytest.raises(ValueError, match="a row of"):
        Forest([1.0], [0], width)


def test_the_environment_leaves_the_extension_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEEDCLEAN_PURE", "1")
    assert not is_compiled()
