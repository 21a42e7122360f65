"""Whether knowing more of a page makes its text worse: `python bench/carryover.py CORPUS [SET...] [--models DIR]`.

CORPUS is a labelled corpus as bench/pages.py reads it, with `tools/score.py` beside it. Its raw pages and bare texts are
cleaned as they are and in the variants of tests/variants.py: with the address of a site that has a pack, with one line
that a rule of that pack takes, with other classes and ids, under front matter, as Markdown. Printed for each: the number
of pages, and the mean of F1 and precision over character 4-grams and of the share of boilerplate segments that leak.

Each figure comes twice: from models of blocks of which none has seen the site of its page, and from the model that
ships. The former are those of `--models DIR` (bench/fold_models.py); where it holds none, they are trained on CORPUS and the
SETs (by default all sets in `bench/` beside CORPUS) in half an hour, and kept there. Training needs `pip install -e '.[train]'`.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import fold_models
from pages import Page, load

from seedclean.model.document import Document, Source
from seedclean.packs.registry import load as load_registry
from seedclean.pipeline import examine

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
import variants  # the tests hold law 8 with the same variants

_REGISTRY = load_registry()
_ADDRESS = "http://politics.people.com.cn/n1/2024/0318/c1001-40197700.html"
_NO_LINE = "<div><p>The end of the page.</p></div>"
_LINE = '<div class="copyright">The end of the page.</div>'
"""The same line, within an element that the rule people/imprint asks for."""
_FOOT = "人 民 网 股 份 有 限 公 司 版 权 所 有 ，未 经 书 面 授 权 禁 止 使 用"


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A page of the corpus with what it is as the file has it: its document, its origin, the segments that are scored."""

    page: Page
    document: Document
    origin: str
    segments: list[str]

    @property
    def format(self) -> str:
        return "html" if self.page.source.path.endswith(".html") else "text"

    def varied(self, text: str, suffix: str = "") -> Source:
        """The page with another text, and with another suffix on its name if one is given."""
        path = Path(self.page.source.path)
        return Source(path.with_suffix(suffix or path.suffix).as_posix(), text.encode("utf-8", "replace"))


def _address(case: Case) -> str:
    return variants.with_address(case.document.text, _ADDRESS)


ROWS: tuple[tuple[str, Callable[[Case], bool], Callable[[Case], Source]], ...] = (
    ("HTML, origin unknown", lambda case: case.format == "html" and not case.origin, lambda case: case.page.source),
    (
        "  + address of a known site",
        lambda case: case.format == "html" and not case.origin,
        lambda case: case.varied(variants.with_line(_address(case), _NO_LINE)),
    ),
    (
        "  + address + one line for its rules",
        lambda case: case.format == "html" and not case.origin,
        lambda case: case.varied(variants.with_line(_address(case), _LINE)),
    ),
    (
        "  under front matter",
        lambda case: case.format == "html" and not case.origin,
        lambda case: case.varied(variants.under_front_matter(case.document.text)),
    ),
    ("HTML, origin known", lambda case: case.format == "html" and bool(case.origin), lambda case: case.page.source),
    (
        "  classes and ids renamed",
        lambda case: case.format == "html" and bool(case.origin),
        lambda case: case.varied(variants.renamed(case.document.text)),
    ),
    ("text, origin unknown", lambda case: case.format == "text" and not case.origin, lambda case: case.page.source),
    (
        "  + foot line of a known site",
        lambda case: case.format == "text" and not case.origin,
        lambda case: case.varied(f"{case.document.text.rstrip()}\n{_FOOT}\n"),
    ),
    (
        "whole page as Markdown",
        lambda case: case.format == "html",
        lambda case: case.varied(variants.as_markdown(case.document.blocks), ".md"),
    ),
)
"""Rows of the table: the name, the pages that count, and the variant of each that is cleaned."""


def main(corpus: Path, sets: Sequence[Path], models: Path, cache: Path) -> None:
    """Train or read the models, and print the table."""
    score = _scorer(corpus)
    from train import fold

    if not (models / "fold-0.json").is_file():
        fold_models.trained([corpus, *sets], cache, models)
    by_fold = fold_models.read(models)
    cases = _cases(corpus, score)
    print(f"{'':38}{'':4} {'sites not known':^24}{'as shipped':^24}")
    print(f"{'':38}{'n':>4} " + f"{'F1':>8}{'P':>8}{'leak':>8}" * 2)
    for name, counts, vary in ROWS:
        sample = [(case, vary(case)) for case in cases if counts(case)]
        unseen, shipped = [], []
        for case, source in sample:
            with fold_models.judged_by(by_fold[fold(case.page.site)]):
                unseen.append(_scored(score, case, source))
            shipped.append(_scored(score, case, source))
        figures = "".join(f"{value:8.3f}" for value in (*_means(unseen), *_means(shipped)))
        print(f"{name:38}{len(sample):4} {figures}", flush=True)


def _scorer(corpus: Path) -> ModuleType:
    """The scorer that lies beside the corpus. Exits where either is absent."""
    file = corpus.parent / "tools" / "score.py"
    for path in (corpus / "gold.jsonl", file):
        if not path.is_file():
            sys.exit(f"carryover: {path} is absent; CORPUS must be a labelled corpus with tools/score.py beside it")
    spec = importlib.util.spec_from_file_location("score", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _cases(corpus: Path, score: ModuleType) -> list[Case]:
    pages = [page for page in load(corpus) if page.set in ("page-html", "page-text")]
    cases = []
    for page in pages:
        cleaned = examine(page.source, _REGISTRY)
        segments = score.segments(score.read(corpus / "docs" / page.source.path))
        cases.append(Case(page, cleaned.document, cleaned.detection.origin, segments))
    return cases


def _scored(score: ModuleType, case: Case, source: Source) -> tuple[float, float, float]:
    """F1, precision and leak of a variant, against the segments of the page as the file has it."""
    record = examine(source, _REGISTRY).record.to_dict()
    text = "\n".join([record["text"], *(version["text"] for version in record["translations"])])
    row = score.score_text(text, case.segments, set(), set(), case.page.gold)
    return row["f1"], row["precision"], row["leak"]


def _means(rows: Sequence[tuple[float, float, float]]) -> list[float]:
    return [sum(values) / len(values) for values in zip(*rows, strict=True)] if rows else [float("nan")] * 3


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, metavar="CORPUS")
    parser.add_argument("sets", type=Path, nargs="*", metavar="SET")
    parser.add_argument("--models", type=Path, metavar="DIR", help="where the trained models are kept")
    parser.add_argument("--cache", type=Path, metavar="DIR", help="where the forms of pages are kept for the training")
    args = parser.parse_args()
    beside = sorted(path.parent for path in args.corpus.parent.glob("bench/*/gold.jsonl"))
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        main(args.corpus, args.sets or beside, args.models or scratch, args.cache or scratch / "forms")
