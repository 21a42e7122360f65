"""Train the judge of unknown documents: `python bench/train.py SET... [--write]`, after `pip install -e '.[train]'`.

SET are folders as bench/pages.py reads them. Printed: word F1 by cross-validation over sites, for each set and type.
`--write` then trains on all of them and writes src/seedclean/article/model.json; the same data give the same bytes.

A page is learnt from in several forms: as it is, as the bare lines of its text, as its blocks that are the document's
and no others, and as its gold text. The last two have nothing to remove; validation says how much of them is kept.
"""

from __future__ import annotations

import hashlib
import json
import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from pages import Page, load
from words import word_f1

from seedclean.article.features import NAMES, Table, table
from seedclean.evidence import evidence
from seedclean.judge import verdicts
from seedclean.model import Document, Source
from seedclean.normal import squash
from seedclean.readers import read
from seedclean.render import plain

MODEL = Path(__file__).parent.parent / "src" / "seedclean" / "article" / "model.json"
FOLDS = 5
TREES = 140
SETTINGS = {
    "objective": "binary", "learning_rate": 0.1, "num_leaves": 32, "min_child_samples": 40, "feature_fraction": 0.4,
    "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5, "verbose": -1, "num_threads": 1, "seed": 1, "deterministic": True,
    "force_row_wise": True,
}  # fmt: skip
_GRAM = 6


@dataclass(frozen=True, slots=True)
class Labelled:
    """A form of a page, with the features of its blocks and whether each is in the gold text; `weight` is what it counts."""

    page: Page
    form: str
    document: Document
    measured: Table
    wanted: list[float]
    weight: float


def labelled(page: Page) -> Iterator[Labelled]:
    """Read, measure and align a page in all its forms."""
    document = read(page.source)
    measured = table(evidence(document, {}))
    said = [squash(document.blocks[at].text) for at in measured.places]
    wanted = aligned(said, page.gold)
    yield Labelled(page, "page", document, measured, wanted, 1.0)
    if document.format == "html":
        yield from _forms(page, document, measured.places, wanted)
    gold = read(Source("page.txt", page.gold.encode()))
    if gold.format == "text":
        yield _form(page, "gold", gold, [1.0] * len(gold.blocks), 0.2)


def _forms(page: Page, document: Document, places: Sequence[int], wanted: Sequence[float]) -> Iterator[Labelled]:
    """A raw page as bare lines, and its document alone."""
    blocks = [document.blocks[at] for at in places]
    lines = [" ".join(block.text.split()) for block in blocks]
    bare = read(Source("page.txt", "\n".join(lines).encode()))
    if bare.format == "text" and len(bare.blocks) == len(lines):
        yield _form(page, "lines", bare, wanted, 0.3)
    alone = tuple(block for block, value in zip(blocks, wanted, strict=True) if value)
    if alone:
        yield _form(page, "alone", replace(document, blocks=alone), [1.0] * len(alone), 0.1)


def _form(page: Page, form: str, document: Document, wanted: Sequence[float], weight: float) -> Labelled:
    measured = table(evidence(document, {}))
    return Labelled(page, form, document, measured, [wanted[at] for at in measured.places], weight)


def aligned(said: Sequence[str], gold: str) -> list[float]:
    """1 for each block that is in the gold text: the heaviest chain of blocks that stand in it in order, and what is
    long enough, or near enough to the chain, to be no chance."""
    whole = "".join(squash(line) for line in gold.splitlines())
    chain = _chain(said, whole)
    grams = {whole[at : at + _GRAM] for at in range(len(whole) - _GRAM + 1)}
    found = [float(at in chain or (len(text) > 24 and text in whole)) for at, text in enumerate(said)]
    for at, text in enumerate(said):
        if not found[at] and len(text) >= 16:
            own = [text[k : k + _GRAM] for k in range(len(text) - _GRAM + 1)]
            found[at] = float(sum(gram in grams for gram in own) > 0.6 * len(own))
    return _near(said, found, Counter(squash(line) for line in gold.splitlines()), chain)


def _chain(said: Sequence[str], whole: str) -> set[int]:
    """The blocks of the heaviest chain of occurrences that follow one another in page and gold."""
    ends: list[int] = [0]
    best: list[tuple[float, tuple[int, Any] | None]] = [(0.0, None)]  # by end: the weight, and the chain behind it
    for at, text in enumerate(said):
        places, start = [], whole.find(text) if text else -1
        while start >= 0 and len(places) < 40:
            places.append(start)
            start = whole.find(text, start + 1)
        new = []
        for start in places:
            weight, behind = best[bisect_right(ends, start) - 1]
            new.append((start + len(text), weight + len(text) + 0.5, (at, behind)))
        for end, weight, chain in new:
            k = bisect_right(ends, end)
            if weight <= best[k - 1][0]:
                continue
            while k < len(ends) and best[k][0] <= weight:
                del ends[k], best[k]
            ends.insert(k, end)
            best.insert(k, (weight, chain))
    found, link = set(), best[-1][1]
    while link is not None:
        found.add(link[0])
        link = link[1]
    return found


def _near(said: Sequence[str], found: list[float], lines: Counter[str], chain: set[int]) -> list[float]:
    """Add short blocks that are a line of the gold, where most of what stands around them is in it."""
    lines.subtract(said[at] for at in chain)
    for _ in range(2):
        now = list(found)
        for at, text in enumerate(said):
            if found[at] or lines[text] <= 0 or not text:
                continue
            around = [k for k in range(max(0, at - 8), min(len(said), at + 9)) if k != at]
            weight = sum(len(said[k]) for k in around)
            if sum(found[k] * len(said[k]) for k in around) * 2 > weight:
                now[at] = 1.0
                lines[text] -= 1
        found = now
    return found


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
    words = [line.words for line in form.measured.lines]
    return [form.weight * (word + 1) / sum(words, 1.0) ** 0.5 for word in words]


def validate(forms: Sequence[Labelled]) -> dict[str, list[float]]:
    """Word F1 of each page by a model that knows no page of its site, by set and type; of its other forms, by form."""
    found: dict[str, list[float]] = defaultdict(list)
    for at in range(FOLDS):
        model = fit([form for form in forms if fold(form.page.site) != at])
        for form in (form for form in forms if fold(form.page.site) == at and form.measured.rows):
            odds = model.predict(np.array(form.measured.rows, dtype=np.float32), raw_score=True)
            said = verdicts(form.document.format, form.measured.lines, [float(value) for value in odds])
            places = form.measured.places
            kept = [place for place, keep in zip(places, said, strict=True) if keep] or places
            whole = form.page.gold if form.form in ("page", "lines") else plain(form.document.blocks)
            score = word_f1(plain([form.document.blocks[place] for place in kept]), whole)
            named = [form.page.set, f"{form.page.set} {form.page.type}"] if form.form == "page" else [f"as {form.form}"]
            for name in named:
                found[name].append(score)
    return found


def exported(model: lightgbm.Booster) -> str:
    """A model as article/model.py reads it: the columns it asks for, and its trees."""
    trees = [tree["tree_structure"] for tree in model.dump_model()["tree_info"]]
    asked = sorted({at for tree in trees for at in _columns(tree)})
    held = {"columns": [NAMES[at] for at in asked], "trees": [_tree(tree, asked) for tree in trees]}
    return json.dumps(held, separators=(",", ":")) + "\n"


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


def main(folders: Sequence[Path], write: bool) -> None:
    """Validate, and write the model if asked to."""
    pages = [form for folder in folders for page in load(folder) for form in labelled(page)]
    for name, scores in sorted(validate(pages).items()):
        print(f"{name:32} {len(scores):4} {sum(scores) / len(scores):.3f}")
    if write:
        MODEL.write_text(exported(fit(pages)), "utf-8")
        print(f"wrote {MODEL.name}, {MODEL.stat().st_size:,} bytes")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:] if name != "--write"], "--write" in sys.argv)
