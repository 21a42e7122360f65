"""What the counts of a corpus add to the classifier: `python bench/repetition.py SET... --models DIR [--lines] [--part N/M]`.

SET are folders as bench/pages.py reads them; their sites with three pages or more count. All packs but those for every
document are taken away, and the model of blocks is one of DIR that has not seen the site (bench/fold_models.py). Printed are

- for what a block is, where its text stands on other pages, and on which share of them it does: how many blocks and sites
  there are, how often the block is the document's, how often the model says so, and the logarithm of the likelihood ratio
  that makes the two equal, which `decisions/classifier/repetition.py` rounds;
- F1 over words without counts, with those of the other half of the site, and with those of the site and the page itself; and
  the letters of blocks in and outside of the gold text that go.

`--lines` takes the bare text of the pages, `--part 1/4` every fourth site.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp
from pathlib import Path

import fold_models
from dumps import lines
from labels import aligned, carried
from pages import Page, load
from train import fold
from words import word_f1

from seedclean.decisions.classifier.features import FeatureMatrix, feature_matrix
from seedclean.learning.learn import counted
from seedclean.learning.observation import observe
from seedclean.model.document import Source
from seedclean.packs.context import match_context, with_packs
from seedclean.packs.registry import Registry
from seedclean.packs.registry import load as load_registry
from seedclean.packs.repetition import Repetition, parse_counts
from seedclean.pipeline import examine
from seedclean.readers import read
from seedclean.record.assembly import Cleaned
from seedclean.values.text import squash

_LEAST = 3
_SHARES = (0.9, 0.5, 0.2, 0.0)
_PRIOR = 1.0
"""The strength of the prior that a text's repetition says nothing; a text counts once, on however many pages it stands."""
Cell = tuple[str, str, float]


@dataclass(frozen=True, slots=True)
class Block:
    """A block whose text repeats: its log-odds, whether it is the document's, and what it counts."""

    site: str
    odds: float
    wanted: float
    weight: float


def main(folders: Sequence[Path], models: Path, as_lines: bool, part: int, parts: int) -> None:
    """Print both tables."""
    registry = load_registry()
    common = {id: pack for id, pack in registry.packs.items() if pack.role == "common"}
    registry = replace(registry, packs=common, extractors={})
    by_fold = fold_models.read(models)
    cells: dict[Cell, list[Block]] = defaultdict(list)
    scores: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    letters = {"in the gold": 0, "not in it": 0}
    for pages in [pages for folder in folders for pages in _sites(folder, as_lines)][part - 1 :: parts]:
        model = by_fold[fold(pages[0].site)]
        with fold_models.judged_by(model):
            before = [examine(page.source, registry) for page in pages]
            seen = [observe(one, registry) for one in before]
            every, halves = _counts(seen), (_counts(seen[1::2]), _counts(seen[::2]))
            for at, (page, one) in enumerate(zip(pages, before, strict=True)):
                half, own = (_with(page, registry, counts) for counts in (halves[at % 2], every))
                scores[page.set].append((_f1(one, page), _f1(half, page), _f1(own, page)))
                for gone, wanted in _gone(one, own, page):
                    letters["in the gold" if wanted == 1 else "not in it"] += gone
        for page in pages:
            _add(page, registry, every, model, cells)
    for cell, blocks in sorted(cells.items()):
        print(_row(cell, blocks))
    for name, rows in scores.items():
        print(
            f"{name}: {len(rows)} pages, "
            + " -> ".join(f"{sum(some) / len(rows):.4f}" for some in zip(*rows, strict=True))
        )
    print(", ".join(f"{count} letters that go are {name}" for name, count in letters.items()))


def _sites(folder: Path, as_lines: bool) -> Iterator[list[Page]]:
    labels = map(json.loads, filter(None, (folder / "gold.jsonl").read_text("utf-8").split("\n")))
    urls = {f"{one['id']}.html": one["url"] for one in labels if "id" in one}
    sites: dict[str, list[Page]] = defaultdict(list)
    for page in load(folder):
        source = replace(page.source, url=urls.get(page.source.path, ""))
        sites[page.site].append(replace(page, source=_as_lines(source) if as_lines else source))
    yield from (pages for _, pages in sorted(sites.items()) if len(pages) >= _LEAST)


def _as_lines(source: Source) -> Source:
    text = lines([block for block in read(source).blocks if block.kind != "metadata"])
    return replace(source, path=Path(source.path).with_suffix(".txt").as_posix(), data=text.encode("utf-8", "replace"))


def _counts(seen: Sequence[bytes]) -> Repetition:
    with counted(seen) as corpus:
        return parse_counts(corpus.counts().decode("utf-8"), "counts")


def _with(page: Page, registry: Registry, counts: Repetition) -> Cleaned:
    return examine(page.source, replace(registry, repetition=counts))


def _f1(cleaned: Cleaned, page: Page) -> float:
    return word_f1(cleaned.record.text, page.gold)


def _wanted(texts: Sequence[str], page: Page) -> list[float]:
    said = [squash(text) for text in texts]
    return carried(said, page.cut) if page.cut else aligned(said, page.gold)


def _gone(before: Cleaned, after: Cleaned, page: Page) -> Iterator[tuple[int, float]]:
    wanted = _wanted([one.block.text for one in before.decisions], page)
    for one, other, label in zip(before.decisions, after.decisions, wanted, strict=True):
        if one.verdict == "keep" and other.verdict == "remove":
            yield len(one.block.text), label


def _add(
    page: Page, registry: Registry, counts: Repetition, model: Callable[[FeatureMatrix], list[float]],
    cells: dict[Cell, list[Block]],
) -> None:  # fmt: skip
    """Add a page's blocks whose texts repeat to their cells."""
    context = with_packs(match_context(read(page.source), {}), registry.role("common"))
    matrix = feature_matrix(context)
    wanted = _wanted([context.views[at].block.text for at in matrix.places], page)
    for at, features, odds, label in zip(matrix.places, matrix.blocks, model(matrix), wanted, strict=True):
        view = context.views[at]
        repeats = counts.of(view.normalized, context.facts["of"]) if view.normalized else ()
        best = max(repeats, key=lambda one: (one.documents / one.of, one.documents), default=None)
        if best is not None and 0.05 < label < 0.95:
            continue
        if best is not None:
            form = "heading" if view.block.kind == "heading" else "prose" if features.prose else "line"
            share = next(least for least in _SHARES if best.documents / best.of >= least)
            place = "amid" if best.amid > 0.02 * best.documents else "end"
            cells[form, place, share].append(Block(page.site, odds, round(label), 1 / best.documents))


def _row(cell: Cell, blocks: Sequence[Block]) -> str:
    form, place, share = cell
    mass = sum(one.weight for one in blocks)
    wanted = sum(one.weight * one.wanted for one in blocks) / mass
    likely = sum(one.weight * _chance(one.odds) for one in blocks) / mass
    sites = len({one.site for one in blocks})
    numbers = f"{len(blocks):6} blocks {sites:4} sites, wanted {wanted:.3f}, likely {likely:.3f}, {_ratio(blocks):+.2f}"
    return f"{form:8}{place:5} from {share:.1f}: {numbers}"


def _ratio(blocks: Sequence[Block]) -> float:
    """What has to be added to the log-odds of some blocks: the most likely value, by Newton's method."""
    shift = 0.0
    for _ in range(60):
        chances = [_chance(one.odds + shift) for one in blocks]
        slope = sum(one.weight * (one.wanted - chance) for one, chance in zip(blocks, chances, strict=True))
        bend = sum(one.weight * chance * (1 - chance) for one, chance in zip(blocks, chances, strict=True))
        shift += max(-2.0, min(2.0, (slope - _PRIOR * shift) / (bend + _PRIOR)))
    return shift


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-max(-6.0, min(6.0, odds))))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+", metavar="SET")
    parser.add_argument(
        "--models", type=Path, required=True, metavar="DIR", help="models that have not seen their pages"
    )
    parser.add_argument("--lines", action="store_true", help="take the bare text of the pages")
    parser.add_argument("--part", default="1/1", metavar="N/M", help="every M-th site, from the N-th on")
    args = parser.parse_args()
    number, _, of = args.part.partition("/")
    main(args.sets, args.models, args.lines, int(number), int(of))
