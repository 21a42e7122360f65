"""Learn what the words of a block say: the regression behind the columns of `seedclean.decisions.classifier.wording`.

It learns from the lines of the labelled pages of all sets. A model that is to be measured, or whose log-odds the trees learn from,
may not have seen a page of the same site: `Wordings` asks for each form the one of its fold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from matrix import Floats, Form
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from seedclean.decisions.classifier import features
from seedclean.decisions.classifier.schema import flatten, nested_rows
from seedclean.decisions.classifier.trees import block_model
from seedclean.decisions.classifier.wording import SCALE, SHAPE, Wording, log_odds, pieces, wording, wording_columns

_FORMS = ("page", "lines")
_SITES = 2
"""A piece counts if it stands on so many sites."""
_PIECES = 20_000
"""How many are written: the heaviest, each weighed by the root of how often it occurs."""
_RIDGE, _STEPS = 1.0, 60
_BLOCKS = 700_000
"""The sum of the weights of all blocks, against which the ridge was chosen."""
Weights = Callable[[Form], NDArray[np.float64]]
COLUMNS = [features.NAMES.index(name) for name in flatten(SHAPE)]
"""Where the columns stand in a row."""


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """All distinct lines of some forms: a row of `matrix` for each, with a column for each of `names`, and the place of each block."""

    matrix: csr_matrix
    names: list[tuple[str, str]]
    places: dict[int, NDArray[np.int32]]


class Wordings:
    """What is learnt of words from some forms: `models` for the folds of sites, each from the other folds, and `whole` from all, as
    wording.json has them."""

    def __init__(self, every: Sequence[Form], weights: Weights, fold: Callable[[str], int], folds: int) -> None:
        sources = [form for form in every if form.form in _FORMS and block_model(form.format) == "texts"]
        lines = _lines(sources)
        self.models = [_fit(lines, [form for form in sources if fold(form.site) != at], weights) for at in range(folds)]
        self.whole = _fit(lines, sources, weights)
        self._fold = fold
        self._tables = [wording(model) for model in self.models]
        self._wordless = [_without_letters(table) for table in self._tables]

    def worded(self, form: Form) -> Form:
        """A form with the columns that a model gives which knows no page of its site."""
        rows = form.rows.copy()
        rows[:, COLUMNS] = _columns(form, self._tables[self._fold(form.site)])
        return replace(form, rows=rows)

    def wordless(self, form: Form) -> Floats:
        """The columns of a form as if it were in a language of which no word is known: signs, numbers and lengths say what they say."""
        return _columns(form, self._wordless[self._fold(form.site)])


def _without_letters(table: Wording) -> Wording:
    letters, words = (
        {piece: weight for piece, weight in weights.items() if not any(map(str.isalpha, piece))}
        for weights in (table.letters, table.words)
    )
    return replace(table, letters=letters, words=words)


def _columns(form: Form, table: Wording) -> Floats:
    values = log_odds(table, form.texts, form.column("cjk").astype(float).tolist())
    return np.array([*map(tuple, map(flatten, nested_rows(wording_columns(values))))], dtype=np.float32).reshape(
        -1, len(COLUMNS)
    )


def _lines(forms: Sequence[Form]) -> _Lines:
    numbers: dict[tuple[str, str], int] = {}
    by_text: dict[str, int] = {}
    parts: list[NDArray[np.int32]] = []
    places = {}
    sites: defaultdict[int, set[str]] = defaultdict(set)
    for form in forms:
        at = []
        for text, share in zip(form.texts, form.column("cjk").tolist(), strict=True):
            if text not in by_text:
                by_text[text] = len(parts)
                kind, some = pieces(text, share)
                parts.append(
                    np.array([numbers.setdefault((kind, piece), len(numbers)) for piece in sorted(some)], np.int32)
                )
            at.append(by_text[text])
        places[id(form)] = np.array(at, np.int32)
        for number in np.unique(np.concatenate([parts[line] for line in set(at)])).tolist():
            if len(sites[number]) < _SITES:
                sites[number].add(form.site)
    wide = np.array([len(sites[number]) >= _SITES for number in range(len(numbers))])
    renumbered = np.cumsum(wide) - 1
    columns = [renumbered[part[wide[part]]] for part in parts]
    values = [np.full(len(column), 1 / np.sqrt(len(part) + 1)) for column, part in zip(columns, parts, strict=True)]
    ends = np.cumsum([0, *map(len, columns)])
    matrix = csr_matrix((np.concatenate(values), np.concatenate(columns), ends), shape=(len(parts), int(wide.sum())))
    return _Lines(matrix, [name for name, is_wide in zip(numbers, wide.tolist(), strict=True) if is_wide], places)


def _fit(lines: _Lines, forms: Sequence[Form], weights: Weights) -> dict[str, Any]:
    """Ridge regression of the logarithms over the lines of some forms, the lightest weights left out, rounded."""
    mass = np.zeros((2, lines.matrix.shape[0]))
    for form in forms:
        for label in (0, 1):
            hit = form.wanted == label
            np.add.at(mass[label], lines.places[id(form)][hit], weights(form)[hit])
    rows = np.flatnonzero(mass.sum(axis=0))
    against, wanted = mass[:, rows] * (_BLOCKS / mass.sum())
    matrix = lines.matrix[rows]
    turned = matrix.T.tocsr()

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = matrix @ weights[:-1] + weights[-1]
        error = against - (against + wanted) / (1 + np.exp(odds))
        value = (wanted * np.logaddexp(0, -odds) + against * np.logaddexp(0, odds)).sum()
        return value + _RIDGE / 2 * (weights[:-1] ** 2).sum(), np.append(
            turned @ error + _RIDGE * weights[:-1], error.sum()
        )

    solution = minimize(loss, np.zeros(matrix.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
    return _written(lines, solution, np.asarray((matrix > 0).sum(axis=0)).ravel())


def _written(lines: _Lines, weights: Floats, counts: NDArray[np.int64]) -> dict[str, Any]:
    weight = np.abs(weights[:-1]) * np.sqrt(counts)
    heaviest = sorted(np.argsort(-weight, kind="stable")[:_PIECES].tolist(), key=lines.names.__getitem__)
    table: dict[str, dict[str, int]] = {"letters": {}, "words": {}}
    for number in heaviest:
        kind, piece = lines.names[number]
        if rounded := round(float(weights[number]) * SCALE):
            table[kind][piece] = rounded
    return {**table, "bias": round(float(weights[-1]), 4)}
