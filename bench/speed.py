"""The goals of speed, side by side in one process: `python bench/speed.py [--pages DIR] [DIR…]`.

DIR holds documents whose publishers the packs know; without any, the specimens and fixtures of this repository are used.
`--pages` names a set of raw pages as bench/pages.py reads it, of unknown origin. Printed for each kind of document, as CPU
time and in bare lxml parses of the same pages: seedclean pure and with its compiled part, and the peers that are installed.
Markdown and text are compared with what trafilatura takes for the same documents rendered. A figure is the median over the
documents of the least of some rounds, in which all take turns, so that a busy machine weighs on all alike; ratios of two runs
cannot be compared.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

import lxml.html
import trafilatura
from markdown_it import MarkdownIt

from seedclean.decisions.classifier import trees
from seedclean.model.document import Source
from seedclean.packs.registry import load
from seedclean.pipeline import examine
from seedclean.sources.encoding import decode
from seedclean.sources.formats import FILE_KINDS

_ROOT = Path(__file__).parent.parent
_ROUNDS = 3
_SIZES = (1, 2, 4)
_MEGABYTES = 2
_WECHAT = ("微信扫一扫", "预览时标签不可点")
_WECHAT_BYTES = range(3_000, 12_000)
Work = Callable[[Source], object]


def sources(folders: Sequence[Path]) -> list[Source]:
    """The documents below some folders whose publisher is known."""
    files = sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in FILE_KINDS and not FILE_KINDS[path.suffix].container
    )
    known = [Source(path.name, path.read_bytes()) for path in files]
    return [source for source in known if examine(source, load()).detection.origin]


def unknown(folder: Path, count: int) -> list[Source]:
    """The first raw pages of a set, without those whose publisher is known."""
    files = sorted(folder.joinpath("html").glob("*.html.gz"))[:count]
    pages = [Source(path.name.removesuffix(".gz"), gzip.decompress(path.read_bytes())) for path in files]
    return [page for page in pages if not examine(page, load()).detection.origin]


def clean(source: Source) -> bytes:
    """All that becomes of a document, to the bytes of its record."""
    return examine(source, load()).record.to_json()


@contextmanager
def pure() -> Iterator[None]:
    """Without the compiled part."""
    before = os.environ.get("SEEDCLEAN_PURE")
    os.environ["SEEDCLEAN_PURE"] = "1"
    _forget()
    try:
        yield
    finally:
        os.environ.pop("SEEDCLEAN_PURE")
        if before is not None:
            os.environ["SEEDCLEAN_PURE"] = before
        _forget()


def _forget() -> None:
    trees.block_scorer.cache_clear()
    trees.type_scorer.cache_clear()


def parse(source: Source) -> object:
    """A bare parse of a page."""
    return lxml.html.document_fromstring(source.data or b"<p>", parser=lxml.html.HTMLParser(huge_tree=True))


def rendered(source: Source) -> Source:
    """A document of text or Markdown as the page it might have come from."""
    body = MarkdownIt("commonmark").render(decode(source).text)
    page = f"<!DOCTYPE html><html><head><title>a</title></head><body><article>{body}</article></body></html>"
    return Source("a.html", page.encode())


def extract(page: Source) -> str | None:
    """What trafilatura does with a page."""
    return trafilatura.extract(page.data, include_comments=False, with_metadata=True, output_format="json")


def peers() -> dict[str, Work]:
    """The extractors that are installed."""
    works: dict[str, Work] = {"trafilatura": extract}
    for name, module, call in (
        ("resiliparse", "resiliparse.extract.html2text", lambda it, page: it.extract_plain_text(_text(page), main_content=True)),
        ("pagesift", "pagesift", lambda it, page: it.extract(_text(page))),
        ("trafipy", "trafipy", lambda it, page: it.extract(_text(page))),
    ):  # fmt: skip
        try:
            works[name] = partial(call, importlib.import_module(module))
        except ImportError:
            continue
    return works


def _text(page: Source) -> str:
    return page.data.decode("utf-8", "replace")


def measured(works: Mapping[str, tuple[Work, Sequence[Source]]]) -> dict[str, list[float]]:
    """For each work the CPU seconds for each of its documents: the least of the rounds, in which all take turns."""
    best: dict[str, list[float]] = {}
    for _ in range(_ROUNDS):
        for name, (work, items) in works.items():
            seconds = [_timed(work, item) for item in items]
            best[name] = [min(pair) for pair in zip(best.get(name, seconds), seconds, strict=True)]
    return best


def _timed(work: Work, item: Source) -> float:
    begun = time.process_time()
    work(item)
    return time.process_time() - begun


def table(title: str, items: Sequence[Source], pages: Sequence[Source]) -> None:
    """Print what the documents cost, beside what peers take for `pages`: the same documents, or their renderings."""
    if not items:
        return
    size = median(len(item.data) for item in items)
    print(f"\n{title}: {len(items)} documents, median of {size:,.0f} bytes")
    others = {name: (work, pages) for name, work in peers().items()}
    best = measured({"lxml parse": (parse, pages), "seedclean": (clean, items), **others})
    with pure():
        best |= measured({"seedclean, pure": (clean, items)})
    for name, seconds in best.items():
        ratios = [own / bare for own, bare in zip(seconds, best["lxml parse"], strict=True) if bare]
        total = sum(seconds) / sum(best["lxml parse"])
        print(f"  {name:16} {median(seconds) * 1e3:8.3f} ms  {median(ratios):7.1f} parses, {total:6.1f} over all")
    for name in ("seedclean", "seedclean, pure"):
        print(f"  trafilatura takes {sum(best['trafilatura']) / sum(best[name]):.1f} times as long as {name}")


def sizes() -> None:
    """Print whether the time for each MB stays the same as a document grows."""
    print()
    for path, piece in (
        ("a.md", "The ferry left at six, and by noon the fog was there.\n\n"),
        ("a.html", "<p>The ferry left at six, <b>and</b> by noon.</p>\n"),
    ):
        for times in _SIZES:
            source = Source(path, (piece * (_MEGABYTES * times * 1_000_000 // len(piece))).encode())
            megabytes = len(source.data) / 1e6
            print(f"  {path} of {megabytes:5.1f} MB: {_timed(clean, source) / megabytes:6.2f} s for each MB")


def main(folders: Sequence[Path], pages: Path | None, count: int) -> None:
    """Print the tables."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    print("compiled part:", "there" if trees.is_compiled() else "not built")
    known = sources(folders)
    raw = [source for source in known if source.path.endswith(("html", "htm"))]
    notes = [source for source in known if source not in raw]
    dumps = [one for one in notes if len(one.data) in _WECHAT_BYTES and any(sign in _text(one) for sign in _WECHAT)]
    open_ = unknown(pages, count) if pages else []
    table("raw pages, unknown origin", open_, open_)
    table("raw pages, known origin", raw, raw)
    table("Markdown and text, known origin, against their renderings", notes, [rendered(note) for note in notes])
    table("WeChat dumps", dumps, [rendered(dump) for dump in dumps])
    sizes()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--count", type=int, default=240)
    arguments = parser.parse_args()
    main(arguments.folders or [_ROOT / "seeds", _ROOT / "tests" / "fixtures"], arguments.pages, arguments.count)
