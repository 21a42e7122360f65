"""Figures over forms of pages: F1 by set, type and form, blocks lost, and calibration."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from matrix import Form
from numpy.typing import NDArray
from words import shingle_f1, word_f1

from seedclean.values.text import squash

Figures = dict[str, tuple[int, float]]
"""A name -> of how many documents, the value."""
_GRAM = 4
_CHANCE = 3
"""A segment up to this length proves nothing by being in a text."""
_WHOLE = ("alone", "gold")
_BINS = 20


def figures(forms: Sequence[Form], odds: Sequence[NDArray[np.float64]], verdicts: Sequence[Sequence[bool]]) -> Figures:
    """F1 and share of perfect documents by set and form, and by type of page, and the errors of the log-odds."""
    values: dict[str, list[float]] = defaultdict(list)
    texts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for form, kept in zip(forms, verdicts, strict=True):
        if form.form in _WHOLE:
            values[f"{form.form}: blocks lost without a gate"].append(1 - sum(kept) / len(kept))
            continue
        text = "\n".join(text for text, keep in zip(form.texts, kept, strict=True) if keep)
        name = f"{form.set}, {form.form}"
        if form.cut:
            f1, perfect = segment_scores(text, form.cut)
            values[name].append(f1)
            values[f"{name}: perfect"].append(perfect)
            continue
        values[name].append(word_f1(text, form.gold))
        if form.form == "page" and form.set == "wcxb-dev":
            values[f"{name}: {form.type}"].append(values[name][-1])
        if form.form == "page":
            texts[f"{name}: shingles"].append((text, form.gold))
    result = {name: (len(some), sum(some) / len(some)) for name, some in values.items()}
    result.update({name: (len(some), shingle_f1(some)) for name, some in texts.items()})
    result.update(_calibration(forms, odds))
    return result


def segment_scores(text: str, cut: Sequence[tuple[str, float]]) -> tuple[float, float]:
    """F1 over 4-grams of letters and whether a text is perfect: all of the document's segments, none of the page's."""
    got = [squash(line) for line in text.splitlines()]
    wanted = [squash(one) for one, worth in cut if worth == 1]
    spare = [squash(one) for one, worth in cut if worth == 0.5]
    want, given = _grams("\n".join(wanted)), _grams("\n".join(got))
    hit = (want & given).total()
    extra = ((given - want) - _grams("\n".join(spare))).total()
    recall = hit / want.total() if want else 1.0
    precision = hit / (hit + extra) if hit + extra else float(not want)
    flat, allowed = "".join(got), "".join([*wanted, *spare])
    chrome = [said for one, worth in cut if worth == 0 and len(said := squash(one)) > _CHANCE and said not in allowed]
    perfect = not any(one in flat for one in chrome) and all(one in flat for one in wanted if len(one) > _CHANCE)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0, float(perfect)


def _grams(text: str) -> Counter[str]:
    return Counter(text[at : at + _GRAM] for at in range(max(1, len(text) - _GRAM + 1))) if text else Counter()


def _calibration(forms: Sequence[Form], odds: Sequence[NDArray[np.float64]]) -> Figures:
    """The expected calibration error of the blocks' probabilities, weighed by words, by form."""
    result: Figures = {}
    for name in ("page", "lines", "dump"):
        some = [(form, one) for form, one in zip(forms, odds, strict=True) if form.form == name]
        if some:
            truth = np.concatenate([form.wanted for form, _ in some])
            words = np.concatenate([form.column("words") + 1 for form, _ in some])
            chance = 1 / (1 + np.exp(-np.concatenate([one for _, one in some])))
            clear = (truth == 0) | (truth == 1)
            result[f"{name}: calibration error of blocks"] = (
                len(some),
                calibration_error(chance[clear], truth[clear], words[clear]),
            )
    return result


def calibration_error(chance: NDArray[np.floating], truth: NDArray[np.floating], mass: NDArray[np.floating]) -> float:
    """The mean distance of probability and truth over bins of equal width, weighed by mass."""
    bins = np.minimum((chance * _BINS).astype(int), _BINS - 1)
    total = 0.0
    for at in range(_BINS):
        inside = bins == at
        if inside.any():
            weight = mass[inside]
            total += abs(float((weight * (chance[inside] - truth[inside])).sum()))
    return total / float(mass.sum())
