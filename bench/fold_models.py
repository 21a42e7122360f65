"""Models of blocks of which each has seen no page of one fold of sites, in the place of the one that ships.

bench/train.py says which fold a site is in. `fold-0.json` and so on in a folder hold such models as bench/trees.py exports
them, one for pages and one for texts; the folder is filled by `trained`, in a quarter of an hour over all sets, or by `bench/train.py --models`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import tree_modules

from seedclean.decisions.classifier import judge, wording
from seedclean.decisions.classifier.compiled import is_compiled
from seedclean.decisions.classifier.features import NAMES, FeatureMatrix
from seedclean.decisions.classifier.trees import (
    BLOCK_MODELS,
    BlockScores,
    block_model,
    compiled_block_scores,
    module_block_scores,
)

Scores = Callable[[FeatureMatrix], list[float]]


def read(folder: Path) -> list[Scores]:
    """The log-odds of the blocks of a page by the model of each fold. Exits where a file is absent or asks for unknown features."""
    from train import FOLDS

    files = [folder / f"fold-{at}.json" for at in range(FOLDS)]
    for file in files:
        if not file.is_file():
            sys.exit(f"{file} is absent: name a folder of models, or none, and they are trained")
    models = [json.loads(file.read_text("utf-8")) for file in files]
    for file, by_name in zip(files, models, strict=True):
        gone = sorted({column for name in BLOCK_MODELS for column in by_name[name]["columns"]} - set(NAMES))
        if gone:
            sys.exit(f"{file} asks for features that are gone ({', '.join(gone[:3])}): train the models anew")
    return [_scores(by_name) for by_name in models]


def trained(sets: Sequence[Path], cache: Path, folder: Path) -> None:
    """Train the models on some sets, with the forms of their pages in `cache`, and write them into a folder."""
    from matrix import forms
    from train import FOLDS, trainers, worded, write_folds

    every, wordings = worded(forms(sets, cache))
    by_model = trainers(every, wordings)
    models = ({name: one.fit(at) for name, one in by_model.items()} for at in range(FOLDS))
    write_folds(models, wordings.models, folder)


@contextmanager
def judged_by(scores: Scores) -> Iterator[None]:
    """Let a model take the place of the one that ships: the only function that knows where that one is asked."""
    shipped = judge.scores
    judge.scores = scores
    try:
        yield
    finally:
        judge.scores = shipped


def _scores(by_name: Mapping[str, dict[str, Any]]) -> Scores:
    """The scores of the models of a fold as the shipped ones give them, the early exit included."""
    asked = {name: _scorer(by_name[name], name) for name in BLOCK_MODELS}
    table = wording.wording(by_name["wording"])

    def scores(matrix: FeatureMatrix) -> list[float]:
        shipped = wording.shipped
        wording.shipped = lambda: table
        try:
            return asked[block_model(matrix.format)](matrix.document, len(matrix.places), matrix.columns())
        finally:
            wording.shipped = shipped

    return scores


def _scorer(model: dict[str, Any], name: str) -> BlockScores:
    if is_compiled():
        return compiled_block_scores(model)
    module = ModuleType(name)
    exec(tree_modules.block_module(model, name), module.__dict__)
    return module_block_scores(module)
