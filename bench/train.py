"""Train the judges of unknown documents: `python bench/train.py SET... [--write]`, after `pip install -e '.[train]'`.

SET are folders as bench/pages.py reads them. Printed, by cross-validation over sites: word F1 of the pages of each set
and type, how much is kept of documents that have nothing to remove, and how often the type of a page is right.
`--write` then trains on all of them and writes blocks.json, types.json and the modules of bench/tree_modules.py in
src/seedclean/decisions/classifier; the same data give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import kinds
import lightgbm
import numpy as np
import tree_modules
from forms import Labelled, labelled
from pages import load
from trees import exported
from words import word_f1

from seedclean.decisions.classifier.features import NAMES
from seedclean.decisions.classifier.page_type import SURE
from seedclean.decisions.classifier.smoothing import verdicts
from seedclean.record.render import plain

MODELS = Path(__file__).parent.parent / "src" / "seedclean" / "decisions" / "classifier"
FOLDS = 5
TREES = 220
SETTINGS = {
    "objective": "binary", "learning_rate": 0.1, "num_leaves": 32, "min_child_samples": 40, "feature_fraction": 0.4,
    "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5, "verbose": -1, "num_threads": 1, "seed": 1, "deterministic": True,
    "force_row_wise": True,
}  # fmt: skip
_SCARCE = 2.0
"""What a Chinese page counts: there are few of them, and bare text is Chinese for the most part."""


def fold(site: str) -> int:
    """The fold of a site: pages of one site are never on both sides."""
    return int(hashlib.md5(site.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def fit(forms: Sequence[Labelled]) -> lightgbm.Booster:
    """Train on some pages. A page weighs as the root of its words, a block as its own."""
    rows = np.array([row for form in forms for row in form.measured.rows], dtype=np.float32)
    wanted = np.array([value for form in forms for value in form.wanted])
    weights = np.array([weight for form in forms for weight in _weights(form)])
    return lightgbm.train(SETTINGS, lightgbm.Dataset(rows, wanted, weight=weights), TREES)


def _weights(form: Labelled) -> list[float]:
    words = [line.words for line in form.measured.blocks]
    chinese = sum(line.words * line.cjk for line in form.measured.blocks) * 2 > sum(words)
    weight = form.weight * (_SCARCE if chinese else 1.0)
    return [weight * (word + 1) / sum(words, 1.0) ** 0.5 for word in words]


def validated(forms: Sequence[Labelled]) -> Iterator[tuple[Labelled, list[bool]]]:
    """For each form which of its blocks are kept by a model that knows no page of its site."""
    for at in range(FOLDS):
        model = fit([form for form in forms if fold(form.page.site) != at])
        for form in (form for form in forms if fold(form.page.site) == at and form.measured.rows):
            odds = model.predict(np.array(form.measured.rows, dtype=np.float32), raw_score=True)
            blocks = [form.document.blocks[place] for place in form.measured.places]
            yield form, verdicts(form.document.format, blocks, form.measured.blocks, odds.tolist())


def scored(form: Labelled, kept: Sequence[bool]) -> float:
    """Word F1 of a form; of one that is the document alone, against all of it."""
    places = [place for place, keep in zip(form.measured.places, kept, strict=True) if keep] or form.measured.places
    whole = plain(form.document.blocks) if form.form in ("alone", "gold") else form.page.gold
    return word_f1(plain([form.document.blocks[place] for place in places]), whole)


def typed(rows: Mapping[Labelled, tuple[float, ...]]) -> Iterator[tuple[str, str, float]]:
    """For each page its type, the type that a model tells which knows no page of its site, and how sure that is."""
    for at in range(FOLDS):
        others = [form for form in rows if fold(form.page.site) != at]
        model = kinds.fit([rows[form] for form in others], [kinds.wanted(form) for form in others])
        held = [form for form in rows if fold(form.page.site) == at]
        for form, (name, sure) in zip(held, kinds.guesses(model, [rows[form] for form in held]), strict=True):
            yield kinds.wanted(form), name, sure


def main(folders: Sequence[Path], write: bool) -> None:
    """Validate, and write the models if asked to."""
    forms = [form for folder in folders for page in load(folder) for form in labelled(page)]
    found: dict[str, list[float]] = defaultdict(list)
    rows = {}
    for form, kept in validated(forms):
        named = [form.page.set, f"{form.page.set} {form.page.type}"] if form.form == "page" else [f"as {form.form}"]
        for name in named:
            found[name].append(scored(form, kept))
        if form.form == "page" and form.document.format == "html":
            rows[form] = kinds.row(form, kept)
    for want, told, sure in typed(rows):
        found["type"].append(float(want == told))
        if told and sure >= SURE:
            found["type, where told"].append(float(want == told))
    for name, scores in sorted(found.items()):
        print(f"{name:32} {len(scores):4} {sum(scores) / len(scores):.3f}")
    if write:
        columns, trees = exported(fit(forms), NAMES)
        _write("blocks.json", {"columns": columns, "trees": trees})
        _write("types.json", kinds.shipped(kinds.fit([*rows.values()], [kinds.wanted(form) for form in rows])))
        tree_modules.write()


def _write(name: str, held: Any) -> None:
    path = MODELS / name
    path.write_text(json.dumps(held, separators=(",", ":")) + "\n", "utf-8")
    print(f"wrote {path.name}, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:] if name != "--write"], "--write" in sys.argv)
