"""The goals of speed, side by side in one process: `python bench/speed.py [DIR…]`.

DIR holds documents; without any, the specimens and fixtures of this repository are used. Printed, as CPU time a document
and as a ratio of peers measured in the same rounds: text and Markdown of known origin against trafilatura on the same
documents rendered to HTML; raw pages of known origin against a bare lxml parse; and a document at n, 2n and 4n times its
size. Each figure is the best of some rounds in turn, so that a busy machine weighs on all alike.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import lxml.html
import trafilatura
from markdown_it import MarkdownIt

from seedclean.model.document import Source
from seedclean.packs.registry import load
from seedclean.pipeline import examine
from seedclean.sources.encoding import decode
from seedclean.sources.formats import FILE_KINDS

_ROOT = Path(__file__).parent.parent
_ROUNDS = 7
_SIZES = (1, 2, 4)
_MEGABYTES = 2


def sources(folders: Sequence[Path]) -> list[Source]:
    """The documents below some folders whose publisher is known."""
    files = sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in FILE_KINDS and not FILE_KINDS[path.suffix].container
    )
    found = [Source(path.name, path.read_bytes()) for path in files]
    return [source for source in found if examine(source, load()).detection.origin]


def clean(source: Source) -> bytes:
    """All that becomes of a document, to the bytes of its record."""
    return examine(source, load()).record.to_json()


def parse(source: Source) -> object:
    """A bare parse of a page."""
    return lxml.html.document_fromstring(source.data or b"<p>", parser=lxml.html.HTMLParser(huge_tree=True))


def rendered(source: Source) -> str:
    """A document of text or Markdown as the page it might have come from."""
    body = MarkdownIt("commonmark").render(decode(source).text)
    return f"<!DOCTYPE html><html><head><title>a</title></head><body><article>{body}</article></body></html>"


def extract(page: str) -> str | None:
    """What a peer does with a page."""
    return trafilatura.extract(page, include_comments=False, with_metadata=True, output_format="json")


def timed(work: Callable[[Any], object], items: Sequence[Any]) -> float:
    """CPU seconds for all of them, once."""
    begun = time.process_time()
    for item in items:
        work(item)
    return time.process_time() - begun


def main(folders: Sequence[Path]) -> None:
    """Print the three tables."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = sources(folders)
    pages = [source for source in found if source.path.endswith(("html", "htm"))]
    notes = [source for source in found if source not in pages]
    for source in found:
        clean(source)
    htmls = [rendered(source) for source in notes]
    rounds = [
        (timed(clean, notes), timed(extract, htmls), timed(clean, pages), timed(parse, pages)) for _ in range(_ROUNDS)
    ]
    note, peer, page, bare = (min(column) for column in zip(*rounds, strict=True))
    _told("text and Markdown, seedclean", note, notes)
    _told("the same as HTML, trafilatura", peer, notes)
    print(f"  seedclean is {peer / note:.1f} times as fast\n")
    _told("raw pages, seedclean", page, pages)
    _told("raw pages, bare lxml parse", bare, pages)
    print(f"  seedclean costs {page / bare:.1f} bare parses\n")
    for path, piece in (
        ("a.md", "The ferry left at six, and by noon the fog was there.\n\n"),
        ("a.html", "<p>The ferry left at six, <b>and</b> by noon.</p>\n"),
    ):
        size = _MEGABYTES * 1_000_000 // len(piece)
        for times in _SIZES:
            source = Source(path, (piece * size * times).encode())
            print(
                f"  {path} of {len(source.data) / 1e6:5.1f} MB: {timed(clean, [source]) / len(source.data) * 1e6:6.2f} s for each MB"
            )


def _told(name: str, seconds: float, items: Sequence[Source]) -> None:
    size = sum(len(item.data) for item in items) / max(len(items), 1)
    print(f"{name:32} {seconds / max(len(items), 1) * 1e3:8.3f} ms  {len(items)} documents of {size:,.0f} bytes")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [_ROOT / "seeds", _ROOT / "tests" / "fixtures"])
