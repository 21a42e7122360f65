"""All forms of all pages as arrays, made once and kept: what the training and the experiments read.

A `Form` has no document: what a policy asks of one (texts, kinds, which blocks stand at like paths) is kept as plain
lists and arrays.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from forms import WEIGHTS, Labelled, labelled
from numpy.typing import NDArray
from pages import Page, load

from seedclean.decisions.classifier import features
from seedclean.decisions.classifier.smoothing import block_paths

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A form of a page. Arrays have an entry for each block with text; `paths` numbers the paths of elements that it stands at."""

    set: str
    type: str
    site: str
    path: str
    form: str
    format: str
    gold: str
    cut: tuple[tuple[str, float], ...]
    rows: Floats
    wanted: Floats
    texts: list[str]
    kinds: list[str]
    paths: Ints

    def column(self, name: str) -> Floats:
        """A feature by its name."""
        values: Floats = self.rows[:, features.NAMES.index(name)]
        return values

    @property
    def chinese(self) -> bool:
        """Whether half of it is in Chinese, Japanese or Korean letters."""
        return bool(len(self.rows) and self.rows[0, features.NAMES.index("d-cjk")] > 0.5)

    @property
    def weight(self) -> float:
        """What it counts in training, before what its set and its language count."""
        return WEIGHTS[self.form]


def forms(folders: Sequence[Path], cache: Path, workers: int = 2) -> list[Form]:
    """The forms of all pages of some sets, from the cache where it has them."""
    cache.mkdir(parents=True, exist_ok=True)
    result: list[Form] = []
    for folder in folders:
        path = cache / f"{folder.name}.pickle"
        if not path.exists():
            pages = load(folder)
            with multiprocessing.Pool(workers) as pool:
                made = [form for some in pool.imap(_of, pages, chunksize=8) for form in some]
            path.write_bytes(pickle.dumps(made, protocol=5))
        result += pickle.loads(path.read_bytes())
    return result


def digest(folder: Path) -> str:
    """The hash of a set: its labels and its documents."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        total.update(str(path.relative_to(folder)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _of(page: Page) -> list[Form]:
    return [compact(form) for form in labelled(page)]


def compact(form: Labelled) -> Form:
    """A form without its document."""
    blocks = [form.document.blocks[at] for at in form.measured.places]
    elements = [block.element for block in blocks]
    rows = np.array(form.measured.rows, dtype=np.float32).reshape(-1, len(features.NAMES))
    return Form(
        form.page.set, form.page.type, form.page.site, form.page.source.path, form.form, form.document.format,
        form.page.gold, form.page.cut, rows, np.array(form.wanted, dtype=np.float32), [block.text for block in blocks],
        [block.kind for block in blocks], np.array(block_paths(elements), dtype=np.int32),
    )  # fmt: skip
