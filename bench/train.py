"""Train the classifiers: `python bench/train.py SET... [--cache DIR] [--models DIR] [--write]`, after `pip install -e '.[train]'`.

SET are folders as bench/pages.py reads them. Printed, by cross-validation over sites and across sets: F1 of the pages of each
set and type in each form, the share of the blocks lost of documents that have nothing to remove, the expected calibration
error, and how often the type of a page is right. `--write` then trains on all of them and writes pages.json, texts.json, wording.json, types.json and
the modules of bench/tree_modules.py in src/seedclean/decisions/classifier; the same data give the same bytes. The JSON says
what it was trained on, how, and the figures. Pages and texts have a model of blocks each. `--models` writes the models of the
folds as JSON, for bench/quality.py and bench/carryover.py.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import kinds
import lightgbm
import numpy as np
import tree_modules
from forms import chance
from matrix import Floats, Form, digest, forms
from numpy.typing import NDArray
from pages import load
from policy import kept
from scores import Figures, figures
from trees import exported
from wordings import COLUMNS, Wordings

from seedclean.decisions.classifier.features import NAMES
from seedclean.decisions.classifier.page_type import SURE
from seedclean.decisions.classifier.trees import BLOCK_MODELS, CERTAIN, CERTAIN_AFTER, block_model
from seedclean.readers import read

MODELS = Path(__file__).parent.parent / "src" / "seedclean" / "decisions" / "classifier"
FOLDS = 5
TREES = 350
SETTINGS = {
    "objective": "binary", "learning_rate": 0.08, "num_leaves": 64, "min_child_samples": 40, "feature_fraction": 0.4,
    "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5, "verbose": -1, "num_threads": 2, "seed": 1, "deterministic": True,
    "force_row_wise": True, "max_bin": 127,
}  # fmt: skip
_CHINESE = 3.0
"""What a Chinese page counts: there are a tenth as many."""
_SETS = {"dragnet": 0.5, "page-html": 3.0, "page-text": 4.0, "frontmatter-html": 2.0}
"""What a page of a set counts. Of dragnet's gold texts some hold comments and related posts, and the pages are of 2012. The
labelled corpus has the only bare texts that were copied out of pages by others, and the only raw pages of Chinese forums."""
_TYPES = {"forum": 3.0}
"""What a page of a type counts. Most sets take the posts below an article for boilerplate; on a forum they are the document."""
_HALVED = ("lines", "dump", "nameless")
"""Of dragnet's pages in these forms every second is learnt from."""
_WORDLESS_FORMS, _WORDLESS = ("page", "lines", "dump"), 5
"""One of so many documents in these forms is learnt from as if no word or date of it were known: in another language none is."""
_WORD_COLUMNS = [
    at
    for at, name in enumerate(NAMES)
    if name.startswith(("says-", "covered", "heading-", "date", "d-date", "d-labels-")) and name != "heading-level"
]


def fold(site: str) -> int:
    """The fold of a site: pages of one site are never on both sides."""
    return int(hashlib.md5(site.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def weights(form: Form) -> NDArray[np.float64]:
    """What each block counts: a page as the root of its words, a block as its own; nothing where it is neutral."""
    words = form.column("words").astype(np.float64)
    base = form.weight * _SETS.get(form.set, 1.0) * _TYPES.get(form.type, 1.0) * (_CHINESE if form.chinese else 1.0)
    result: NDArray[np.float64] = base * (words + 1) / max(words.sum(), 1.0) ** 0.5
    result[(form.wanted != 0) & (form.wanted != 1)] = 0.0
    return result


class Trainer:
    """The training rows of some forms in bins, from which the models of the folds are trained."""

    def __init__(self, every: Sequence[Form], wordings: Wordings) -> None:
        rows: list[Floats] = []
        labels, weight, folds = [], [], []
        for form in every:
            if form.set == "dragnet" and form.form in _HALVED and _drawn(form, "half", 2):
                continue
            mass = weights(form)
            counts = mass > 0
            taken = form.rows[counts]
            if form.form in _WORDLESS_FORMS and _drawn(form, "wordless", _WORDLESS):
                taken[:, _WORD_COLUMNS] = 0.0
                taken[:, COLUMNS] = wordings.wordless(form)[counts]
            rows.append(taken)
            labels.append(form.wanted[counts])
            weight.append(mass[counts])
            folds.append(np.full(int(counts.sum()), fold(form.site), np.int8))
        self._folds = np.concatenate(folds)
        self._data = lightgbm.Dataset(
            np.concatenate(rows), np.concatenate(labels), weight=np.concatenate(weight), params=SETTINGS
        ).construct()

    def fit(self, left_out: int | None = None) -> lightgbm.Booster:
        """Train on the sites of all folds but one."""
        chosen = np.flatnonzero(self._folds != (-1 if left_out is None else left_out))
        return lightgbm.train(SETTINGS, self._data.subset(chosen), TREES)


def trainers(every: Sequence[Form], wordings: Wordings) -> dict[str, Trainer]:
    """The training rows of each model of blocks."""
    return {
        name: Trainer([form for form in every if block_model(form.format) == name], wordings) for name in BLOCK_MODELS
    }


def worded(every: Sequence[Form]) -> tuple[list[Form], Wordings]:
    """The forms that have blocks, with the columns of wording for which no page of their site was learnt from, and what was learnt."""
    some = [form for form in every if len(form.rows)]
    wordings = Wordings(some, weights, fold, FOLDS)
    return list(map(wordings.worded, some)), wordings


def _drawn(form: Form, name: str, of: int) -> bool:
    return chance(form.set, form.path, form.form + name, of) == 0


def log_odds(model: lightgbm.Booster, rows: Floats) -> NDArray[np.float64]:
    """The log-odds as the generated module gives them: where the first trees are certain, the others are left out."""
    first = np.asarray(model.predict(rows, raw_score=True, num_iteration=CERTAIN_AFTER), np.float64)
    whole = np.asarray(model.predict(rows, raw_score=True), np.float64)
    return np.where(np.abs(first) > CERTAIN, first, whole)


def typed(rows: Mapping[tuple[str, str], tuple[str, str, tuple[float, ...]]]) -> Iterator[tuple[str, str, float]]:
    """For each page its type, the type that a model predicts which knows no page of its site, and the probability."""
    every = list(rows.values())
    for at in range(FOLDS):
        others = [row for row in every if fold(row[0]) != at]
        model = kinds.fit([row[2] for row in others], [row[1] for row in others])
        asked = [row for row in every if fold(row[0]) == at]
        for row, (name, sure) in zip(asked, kinds.guesses(model, [row[2] for row in asked]), strict=True):
            yield row[1], name, sure


def _type_rows(
    folders: Sequence[Path], verdicts: Mapping[tuple[str, str], Sequence[bool]]
) -> dict[tuple[str, str], tuple[str, str, tuple[float, ...]]]:
    """For each raw page of a set with types its site, its type and its features."""
    rows = {}
    for folder in folders:
        if folder.name == "dragnet":  # of one type alone
            continue
        for page in load(folder):
            key = (page.set, page.source.path)
            if key in verdicts:
                document = read(page.source)
                if document.format == "html":
                    rows[key] = page.site, kinds.wanted(page.type), kinds.row(document, verdicts[key])
    return rows


def main(folders: Sequence[Path], cache: Path, models_to: Path | None, write: bool) -> None:
    """Validate, and write the models that are asked for."""
    every, wordings = worded(forms(folders, cache))
    by_model = trainers(every, wordings)
    models = [{name: trainer.fit(at) for name, trainer in by_model.items()} for at in range(FOLDS)]
    if models_to:
        write_folds(models, wordings.models, models_to)
    odds = [log_odds(models[fold(form.site)][block_model(form.format)], form.rows) for form in every]
    verdicts = [kept(form, one.tolist()) for form, one in zip(every, odds, strict=True)]
    measured = figures(every, odds, verdicts)
    pages = {(form.set, form.path): one for form, one in zip(every, verdicts, strict=True) if form.form == "page"}
    rows = _type_rows(folders, pages)
    measured.update(_type_figures(typed(rows)))
    for name, (count, value) in sorted(measured.items()):
        print(f"{name:44} {count:6} {value:.4f}")
    if write:
        provenance = _provenance(folders, every, measured)
        for name, trainer in by_model.items():
            _write(MODELS / f"{name}.json", {"provenance": provenance, **_exported(trainer.fit())})
        _write(MODELS / "wording.json", {"provenance": provenance["sets"], **wordings.whole})
        model = kinds.fit([row[2] for row in rows.values()], [row[1] for row in rows.values()])
        _write(MODELS / "types.json", {"provenance": provenance["sets"], **kinds.shipped(model)})
        tree_modules.write()


def write_folds(models: Iterable[Mapping[str, lightgbm.Booster]], wordings: Iterable[Any], folder: Path) -> None:
    """Write the models of the folds, by name, and what they know of words, as bench/fold_models.py reads them."""
    for at, (by_name, wording) in enumerate(zip(models, wordings, strict=True)):
        _write(
            folder / f"fold-{at}.json",
            {"wording": wording, **{name: _exported(model) for name, model in by_name.items()}},
        )


def _exported(model: lightgbm.Booster) -> dict[str, Any]:
    columns, trees = exported(model, NAMES)
    return {"columns": columns, "trees": trees}


def _type_figures(guesses: Iterable[tuple[str, str, float]]) -> Figures:
    right: dict[str, list[float]] = defaultdict(list)
    for want, told, sure in guesses:
        right["type"].append(float(want == told))
        right["type told"].append(float(bool(told) and sure >= SURE))
        if told and sure >= SURE:
            right["type where told"].append(float(want == told))
    return {name: (len(values), sum(values) / len(values)) for name, values in right.items()}


def _provenance(folders: Sequence[Path], every: Sequence[Form], measured: Figures) -> dict[str, Any]:
    return {
        "sets": {folder.name: {"sha256": digest(folder)} for folder in folders},
        "forms": len(every),
        "blocks": sum(len(form.rows) for form in every),
        "folds": FOLDS,
        "settings": {**SETTINGS, "trees": TREES},
        "figures": {name: [count, round(value, 3)] for name, (count, value) in sorted(measured.items())},
    }


def _write(path: Path, model: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(model, separators=(",", ":"), ensure_ascii=False) + "\n", "utf-8")
    print(f"wrote {path.name}, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "seedclean-forms")
    parser.add_argument("--models", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    main(arguments.sets, arguments.cache, arguments.models, arguments.write)
