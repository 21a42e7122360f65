"""The goals of speed, side by side in one process: `python bench/speed.py --pages SET… [DIR…]`.

DIR holds documents whose publishers the packs know; without any, the specimens and fixtures of this repository are used.
`--pages` names sets of raw pages, of which those of unknown origin count. Printed for each kind of document, as CPU time and in
bare lxml parses of the same page: seedclean as it is built and pure, and the peers that are installed. Markdown and text are
compared with what the peers take for the same documents rendered. Of many documents a sample is taken, at equal distances.

For each document all take turns, and the least of their rounds, each over all documents, counts: a busy machine weighs on all
alike. A figure is the median over the documents. Compare the rows of one run; two runs on a busy machine differ by a third.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import logging
import math
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from statistics import median
from unittest.mock import patch

import lxml.etree
import lxml.html
import trafilatura
from markdown_it import MarkdownIt

from seedclean.decisions.classifier.compiled import is_compiled
from seedclean.model.document import Source
from seedclean.model.errors import SeedcleanError
from seedclean.packs.registry import load
from seedclean.pipeline import detect, examine
from seedclean.sources.encoding import decode
from seedclean.sources.formats import FILE_KINDS

_ROOT = Path(__file__).parent.parent
_SIZES = (1, 2, 4)
_SENTENCES = 8
"""In each paragraph of the documents that are made: with one, 50 MB would be more blocks than a document may have."""
_WECHAT = ("微信扫一扫", "预览时标签不可点")
_WECHAT_BYTES = range(3_000, 12_000)
Work = Callable[[Source], object]


def sources(folders: Sequence[Path]) -> list[Source]:
    """The documents below some folders, packed pages unpacked."""
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return [source for path in files if (source := _source(path)) is not None]


def _source(path: Path) -> Source | None:
    if path.name.endswith(".html.gz"):
        return Source(path.name.removesuffix(".gz"), gzip.decompress(path.read_bytes()))
    if path.suffix in FILE_KINDS and not FILE_KINDS[path.suffix].container:
        return Source(path.name, path.read_bytes())
    return None


def sample(items: Sequence[Source], count: int) -> list[Source]:
    """So many of the items, at equal distances; all if there are fewer."""
    return [items[at * len(items) // count] for at in range(count)] if len(items) > count else list(items)


def has_origin(source: Source) -> bool:
    """Whether the packs know who published a document."""
    try:
        return bool(detect(source, load()).origin)
    except SeedcleanError:
        return False


def is_page(source: Source) -> bool:
    """Whether a document is a raw page, by its name."""
    return source.path.endswith((".html", ".htm"))


def is_dump(source: Source) -> bool:
    """Whether a document is a WeChat article as tools dump it, of about 6 kB."""
    return len(source.data) in _WECHAT_BYTES and any(sign in _text(source) for sign in _WECHAT)


def clean(source: Source) -> bytes:
    """All that becomes of a document, to the bytes of its record."""
    return examine(source, load()).record.to_json()


def clean_pure(source: Source) -> bytes:
    """The same without the compiled parts."""
    with patch.dict(os.environ, SEEDCLEAN_PURE="1"):
        return clean(source)


def parse(source: Source) -> object:
    """A bare parse of a page; nothing for one without an element."""
    try:
        return lxml.html.document_fromstring(source.data, parser=lxml.html.HTMLParser(huge_tree=True))
    except lxml.etree.ParserError:
        return None


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


def measured(
    own: Mapping[str, Work], others: Mapping[str, Work], pairs: Sequence[tuple[Source, Source]], rounds: int
) -> dict[str, list[float]]:
    """For each work the CPU seconds for each pair of a document and its page: the least of the rounds.

    `own` works on the document, `others` on the page.
    """
    best = {name: [math.inf] * len(pairs) for name in (*own, *others)}
    for work in own.values():
        work(pairs[0][0])  # packs and models are loaded
    for _ in range(rounds):  # over all documents, so that no cache has what it has of the same one
        for at, (document, page) in enumerate(pairs):
            turns = [(name, work, document) for name, work in own.items()]
            turns += [(name, work, page) for name, work in others.items()]
            for name, work, item in turns:
                best[name][at] = min(best[name][at], _timed(work, item))
    return best


def _timed(work: Work, item: Source) -> float:
    begun = time.process_time()
    work(item)
    return time.process_time() - begun


def table(title: str, items: Sequence[Source], pages: Sequence[Source], rounds: int) -> None:
    """Print what the documents cost, beside what peers take for `pages`: the same documents, or their renderings."""
    if not items:
        return
    own: dict[str, Work] = {"seedclean": clean}
    if is_compiled():
        own["seedclean, pure"] = clean_pure
    best = measured(own, {"lxml parse": parse, **peers()}, list(zip(items, pages, strict=True)), rounds)
    size = median(len(item.data) for item in items)
    print(f"\n{title}: {len(items)} documents, median of {size:,.0f} bytes")
    for name, seconds in best.items():
        ratios = [one / bare for one, bare in zip(seconds, best["lxml parse"], strict=True) if bare]
        total = sum(seconds) / sum(best["lxml parse"])
        faster = [other / one for one, other in zip(seconds, best["trafilatura"], strict=True) if one]
        print(
            f"  {name:16} {median(seconds) * 1e3:8.3f} ms  {median(ratios):7.1f} parses, {total:6.1f} over all;"
            f" {median(faster):6.1f} times as fast as trafilatura",
            flush=True,
        )


def sizes(megabytes: float) -> None:
    """Print whether the time for each MB stays the same as a document grows from `megabytes` to four times of it."""
    print()
    for path, piece in (
        ("a.md", "The ferry left at six, and by noon the fog was there. " * _SENTENCES + "\n\n"),
        ("a.html", "<p>" + "The ferry left at six, <b>and</b> by noon. " * _SENTENCES + "</p>\n"),
    ):
        for times in _SIZES:
            source = Source(path, (piece * int(megabytes * times * 1_000_000 / len(piece))).encode())
            size = len(source.data) / 1e6
            print(f"  {path} of {size:5.1f} MB: {_timed(clean, source) / size:6.2f} s for each MB", flush=True)


def groups(folders: Sequence[Path], sets: Sequence[Path], count: int) -> Iterator[tuple[str, list[Source], bool]]:
    """Each kind of document with its title, a sample of it, and whether it has to be rendered to be a page."""
    known = [source for source in sources(folders) if has_origin(source)]
    notes = [source for source in known if not is_page(source)]
    each = max(count // max(len(sets), 1), 1)
    raw = chain.from_iterable(sample([one for one in sources([folder]) if is_page(one)], each) for folder in sets)
    yield "WeChat dumps", [source for source in notes if is_dump(source)], True
    yield "raw pages, known origin", sample([source for source in known if is_page(source)], count), False
    yield "Markdown and text, known origin, against their renderings", sample(notes, count), True
    yield "raw pages, unknown origin", [source for source in raw if not has_origin(source)], False


def main(arguments: argparse.Namespace) -> None:
    """Print the tables."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    print(f"CPython {sys.version.split()[0]}; compiled parts:", "there" if is_compiled() else "not built", flush=True)
    folders = arguments.folders or [_ROOT / "seeds", _ROOT / "tests" / "fixtures"]
    for title, items, is_rendered in groups(folders, arguments.pages, arguments.count):
        table(title, items, [rendered(item) for item in items] if is_rendered else items, arguments.rounds)
    sizes(arguments.megabytes)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", metavar="DIR")
    parser.add_argument("--pages", type=Path, nargs="*", default=[], metavar="SET")
    parser.add_argument("--count", type=int, default=240, help="documents of each kind")
    parser.add_argument("--rounds", type=int, default=2, help="turns of each program for each document")
    parser.add_argument("--megabytes", type=float, default=1.0, help="the smallest size; 12.5 goes to 50 MB")
    main(parser.parse_args())
