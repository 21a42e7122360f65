"""The tables of docs/quality.md: `python bench/quality.py SET... [--models DIR] [--peers DIR] [--cache DIR]`.

SET are folders as bench/pages.py reads them; only their raw pages are asked for. For each is printed, as Markdown: what each
extractor scores on the pages; what seedclean scores on the same pages as bare text and as Markdown; and how far the
confidence that records state is from what is measured.

Every row says which sites its model had seen. The model that ships has seen these pages; `--models DIR` adds rows for
seedclean as it is on sites that it does not know: DIR holds five models of blocks (bench/fold_models.py), each asked about the
sites that it has not seen. Where DIR holds none they are trained on the SETs first, with forms of pages in `--cache DIR`; that
needs `pip install -e '.[train]'` and half an hour.

`--peers DIR` keeps the figures of the other extractors, page by page, so that they are asked once, and an ended run goes on
where it was. A peer that is not installed is a row if its figures are kept: some want CPython 3.12, and can be asked there with
`python bench/answers.py DIR SET...`. Needs `pip install -e '.[bench]'`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import fold_models
import tables
from answers import Answer, Asked, ask, peers_measured
from dumps import DUMPS, lines
from forms import chance
from measures import Measure
from pages import Page, load
from peers import sites

from seedclean.decisions.classifier import judge
from seedclean.model.document import Source
from seedclean.packs.registry import load as load_registry
from seedclean.pipeline import examine
from seedclean.readers import read

_REGISTRY = load_registry()
_SEEN, _UNKNOWN = "has seen these pages", "not known"
_LEARNT = json.loads((Path(judge.__file__).parent / "pages.json").read_text("utf-8"))["provenance"]["sets"]
"""The sets that the models that ship were trained on."""


def main(folders: Sequence[Path], models: Path | None, peers: Path) -> None:
    """Print the tables of each set."""
    scores = fold_models.read(models) if models else None
    for folder in folders:
        pages = [page for page in load(folder) if page.source.path.endswith(".html")]
        own = _own(folder, pages, scores)
        others = [
            tables.Row(name, sites(name, folder.name), measured, None)
            for name, measured in peers_measured(folder, pages, peers).items()
        ]
        others.sort(key=lambda row: -row.f1)
        print(tables.of_pages(folder.name, pages, [*own, *others]), flush=True)
        forms: list[tables.Row] = []
        for name, form in (("bare text", _as_lines), ("Markdown", _as_markdown)):
            some = [form(page) for page in pages]
            whole = [one for one, _ in ask(_everything, folder, some)]
            forms += [tables.Row(f"{name}: nothing removed", "no model", whole, None)]
            forms += [row.named(f"{name}: {row.name}") for row in _own(folder, some, scores)]
        print(tables.of_pages(f"{folder.name} as bare text and as Markdown", pages, forms, costs=False), flush=True)
        print(tables.reliability(own[-1], forms), flush=True)


def _own(folder: Path, pages: Sequence[Page], scores: Sequence[fold_models.Scores] | None) -> list[tables.Row]:
    """The rows of seedclean: with the model that ships, and with models that do not know the sites."""
    rows = [_row("as shipped", _SEEN if folder.name in _LEARNT else _UNKNOWN, ask(_cleaned, folder, pages))]
    return [*rows, _row("cross-validated", _UNKNOWN, ask(_unknown(scores), folder, pages))] if scores else rows


def _row(model: str, seen: str, answers: Iterable[tuple[Measure, int | None]]) -> tables.Row:
    measures, sure = zip(*answers, strict=True)
    return tables.Row(f"seedclean, {model}", seen, measures, sure)


def _cleaned(page: Page) -> Answer:
    record = examine(page.source, _REGISTRY).record
    texts = [record.text, *(version.text for version in record.translations)]
    return "\n".join(text for text in texts if text), record.confidence


def _unknown(scores: Sequence[fold_models.Scores]) -> Asked:
    from train import fold

    def asked(page: Page) -> Answer:
        with fold_models.judged_by(scores[fold(page.site)]):
            return _cleaned(page)

    return asked


def _everything(page: Page) -> Answer:
    return page.source.data.decode("utf-8", "replace"), None


def _as_lines(page: Page) -> Page:
    """The page as a person copies it: the text of each block on a line."""
    return _saved(page, ".txt", lines([block for block in read(page.source).blocks if block.kind != "metadata"]))


def _as_markdown(page: Page) -> Page:
    """The page as one of three savers of Markdown writes it: the same for each page as in the training."""
    dump = DUMPS[chance(page.set, page.source.path, "dump", len(DUMPS))]
    return _saved(page, ".md", dump([block for block in read(page.source).blocks if block.kind != "metadata"]))


def _saved(page: Page, suffix: str, text: str) -> Page:
    path = Path(page.source.path).with_suffix(suffix).as_posix()
    return Page(page.set, page.type, page.site, Source(path, text.encode("utf-8", "replace")), page.gold, page.cut)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+", metavar="SET")
    parser.add_argument("--models", type=Path, metavar="DIR", help="models of which none has seen the site of its page")
    parser.add_argument("--peers", type=Path, metavar="DIR", help="where the figures of peers are kept")
    parser.add_argument("--cache", type=Path, metavar="DIR", help="where the forms of pages are kept for the training")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        if args.models and not (args.models / "fold-0.json").is_file():
            fold_models.trained(args.sets, args.cache or scratch / "forms", args.models)
        main(args.sets, args.models, args.peers or scratch / "peers")
