"""All forms of all pages as arrays, made once and kept: what the training and the experiments read.

A `Form` has no document: what a policy asks of one (texts, kinds, which blocks stand at like paths or in one list) is kept as
plain lists and arrays.
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
from seedclean.decisions.classifier.lexicon import INLINE
from seedclean.model.document import Block, Element

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

_FRAMES = ("nav", "footer")
_LISTS = ("ul", "ol", "dl", "table", "select", "nav")


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A form of a page. Arrays have an entry for each block with text; `paths`, `boxes` and `lists` number what it stands in:
    elements of like names, the very element, the nearest list (-1 where there is none)."""

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
    boxes: Ints
    lists: Ints
    framed: NDArray[np.bool_]

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
        [block.kind for block in blocks], np.array(_paths(elements), dtype=np.int32), _numbers(elements),
        np.array(_lists(blocks), dtype=np.int32), np.array([_within(one, _FRAMES) is not None for one in elements]),

    )  # fmt: skip


def _within(element: Element | None, tags: Sequence[str]) -> Element | None:
    while element is not None and element.tag not in tags:
        element = element.parent
    return element


def _numbers(elements: Sequence[Element | None]) -> Ints:
    known: dict[Element | None, int] = {None: -1}
    return np.array([known.setdefault(one, len(known) - 1) for one in elements], dtype=np.int32)


def _lists(blocks: Sequence[Block]) -> list[int]:
    """For each block the number of its list: the nearest list element; without elements, the run of items it is in."""
    known: dict[Element, int] = {}
    result: list[int] = []
    run = -1
    before = None
    count = 0
    for block in blocks:
        around = _within(block.element, _LISTS)
        if around is not None:
            if around not in known:
                known[around] = count
                count += 1
            result.append(known[around])
        elif block.kind == "item":
            if before != "item":
                run, count = count, count + 1
            result.append(run)
        else:
            result.append(-1)
        before = block.kind
    return result


def _paths(elements: Sequence[Element | None]) -> list[int]:
    """For each element a number that it has in common with those of the same tags and classes, its own and those around."""
    known: dict[Element | None, int] = {None: 0}
    numbers: dict[tuple[str, str | None, int], int] = {}
    result = []
    for element in elements:
        chain = []
        at = element
        while at is not None and at not in known:
            chain.append(at)
            at = at.parent
        path = known[at]
        for inner in reversed(chain):
            if inner.tag not in INLINE:
                path = numbers.setdefault((inner.tag, inner.attrs.get("class"), path), len(numbers) + 1)
            known[inner] = path
        result.append(path)
    return result
