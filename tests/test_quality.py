"""The quality gate: the labelled corpora, where they are present, must not score under the floors of floors.toml."""

from __future__ import annotations

import pytest
from floors import CORPORA, SHARED, digest, fallen, figures, floors


@pytest.mark.parametrize("name", CORPORA)
def test_no_figure_is_under_its_floor(name: str) -> None:
    corpus = SHARED / name
    if not (corpus / "gold.jsonl").is_file():
        pytest.skip(f"../shared/{name} is not here")
    held = floors()[name]
    if digest(corpus) != held["digest"]:
        pytest.skip(f"../shared/{name} is not the state that the floors were measured on: run python tests/floors.py")
    assert fallen(figures(corpus), held["families"]) == []


def test_a_figure_under_its_floor_is_named() -> None:
    held = {"letters": {"f1": 0.9, "title": 1.0}, "gone": {"f1": 0.5}}
    assert fallen({"letters": {"f1": 0.8, "title": 1.0}}, held) == ["letters f1: 0.8 < 0.9", "gone f1: 0.0 < 0.5"]
    assert fallen({"letters": {"f1": 0.9, "title": 1.0}, "gone": {"f1": 0.6}}, held) == []
