"""Extractors and seedclean on labelled pages, side by side in one process: `python bench/quality.py SET... [--cross]`.

SET are folders as bench/pages.py reads them; only their raw pages are asked for, as peers want HTML. Printed for each:
word F1 by page type, F1 over shingles, a Chinese character counting as one word, and CPU time as a multiple of a bare
lxml parse of the same pages. Needs `pip install -e '.[bench]'`.

The shipped models were trained on some of these sets. `--cross` adds a row for seedclean as it is on sites that it does
not know: models of blocks trained on the sets given, none of which has seen the site of the page it is asked about; page
types, which decide on the vote alone, are told by the model that ships. That needs
`pip install -e '.[train]'` and some minutes, and the row has no cost of its own.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import peers
from pages import Page, load
from words import shingle_f1, word_f1

from seedclean.decisions.classifier import judge
from seedclean.decisions.classifier.features import FeatureMatrix
from seedclean.model.document import Source
from seedclean.packs.registry import load as load_registry
from seedclean.pipeline import examine
from seedclean.sources.encoding import decode

_REGISTRY = load_registry()


def _seedclean(text: str) -> str:
    return str(examine(Source("page.html", text.encode()), _REGISTRY).record.text)


def _asked(tool: peers.Tool, texts: Sequence[str]) -> tuple[list[str], float]:
    """The answers to all pages, and their CPU time. What a tool raises is its failure on that page."""
    begun = time.process_time()
    said = []
    for text in texts:
        try:
            said.append(tool(text))
        except Exception as error:  # noqa: BLE001 - code of others: whatever it raises counts as an empty answer
            said.append("")
            print(f"  {type(error).__name__}", file=sys.stderr)
    return said, time.process_time() - begun


def _print(name: str, pages: Sequence[Page], said: Sequence[str], cost: float | None) -> None:
    scores: dict[str, list[float]] = defaultdict(list)
    for page, answer in zip(pages, said, strict=True):
        for kind in ("all", page.type):
            scores[kind].append(word_f1(answer, page.gold))
    types = ["all", *sorted(set(scores) - {"all"})]
    row = "".join(f"{sum(scores[kind]) / len(scores[kind]):9.3f}" for kind in types)
    shingles = shingle_f1([(answer, page.gold) for page, answer in zip(pages, said, strict=True)])
    print(f"{name:30}{row}{shingles:10.3f}" + (f"{cost:8.1f}" if cost is not None else ""), flush=True)


def _known(pages: Sequence[Page], texts: Sequence[str]) -> None:
    """All that can be asked without training, each with its cost."""
    peers.parse(texts[0])
    bare = _asked(peers.parse, texts)[1]
    for name, tool in {"seedclean": _seedclean, **peers.tools()}.items():
        tool(texts[0])
        said, spent = _asked(tool, texts)
        _print(name, pages, said, spent / bare)


def _scores_by_site(folders: Sequence[Path]) -> Callable[[str], Callable[[FeatureMatrix], list[float]]]:
    """For a site, what takes the place of the model that ships: one that has not seen it."""
    import lightgbm
    import numpy as np
    from forms import labelled
    from train import FOLDS, fit, fold

    forms = [form for folder in folders for page in load(folder) for form in labelled(page)]
    models: list[lightgbm.Booster] = [
        fit([form for form in forms if fold(form.page.site) != at]) for at in range(FOLDS)
    ]

    def of(site: str) -> Callable[[FeatureMatrix], list[float]]:
        model = models[fold(site)]

        def scores(measured: FeatureMatrix) -> list[float]:
            rows = np.array(measured.rows, dtype=np.float32)
            return model.predict(rows, raw_score=True).tolist() if measured.places else []

        return scores

    return of


def main(folders: Sequence[Path], cross: bool) -> None:
    """Print a table for each set."""
    scores = _scores_by_site(folders) if cross else None
    for folder in folders:
        pages = [page for page in load(folder) if page.source.path.endswith(".html")]
        texts = [decode(page.source).text for page in pages]
        types = ["all", *sorted({page.type for page in pages})]
        print(f"\n{folder.name}: {len(pages)} pages")
        print(f"{'':30}" + "".join(f"{name[:8]:>9}" for name in types) + "  shingles    cost")
        _known(pages, texts)
        if scores:
            shipped, said = judge.scores, []
            for page, text in zip(pages, texts, strict=True):
                judge.scores = scores(page.site)
                said.append(_seedclean(text))
            judge.scores = shipped
            _print("seedclean, sites not known", pages, said, None)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:] if name != "--cross"], "--cross" in sys.argv)
