"""Parsers that a reader could rest on, side by side in one process: `python bench/readers.py DIR`.

DIR holds .html files and .md files. Printed: CPU time a document, best of five rounds, as a multiple of a bare lxml
parse (HTML) and of cmarkgfm with source positions (Markdown); and for HTML how many places each gives, right and wrong.
Needs `pip install -e '.[bench]'`.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import cmarkgfm
import lxml.html
import markdown_it
import pyromark
import turbohtml
from cmarkgfm.cmark import Options
from lxml import etree

from seedclean.model.document import Source
from seedclean.readers.html import read_html
from seedclean.readers.markdown import read_markdown
from seedclean.sources.encoding import decode

_START = re.compile(
    r"<!--.*?-->|<(script|style|textarea|title)\b[^>]*>.*?</\1\s*>|<[a-zA-Z][^\s/>]*(?=[\s/>])", re.S | re.I
)
_ROUNDS = 5


def texts(folder: Path, suffix: str) -> list[str]:
    """The decoded documents of a suffix."""
    files = sorted(path for path in folder.rglob("*") if path.suffix == suffix)
    return [decode(Source(path.name, path.read_bytes())).text for path in files]


def stamped(text: str) -> str:
    """The text with the offset of each start tag written into it, as an attribute that lxml hands back."""
    pieces, at = [], 0
    for match in _START.finditer(text):
        if match[1] is None and not match[0].startswith("<!--"):
            pieces += [text[at : match.end()], f' data-at="{match.start()}"']
            at = match.end()
    return "".join([*pieces, text[at:]])


def parse_lxml(text: str) -> etree._Element | None:
    """A bare parse, with the limits off."""
    parser = lxml.html.HTMLParser(huge_tree=True, encoding="utf-8")
    return etree.fromstring(text.encode("utf-8", "replace") or b"<p>", parser)


def walk_lxml(text: str) -> int:
    """Parse the stamped text and read each element's offset."""
    root = parse_lxml(stamped(text))
    return sum(1 for element in root.iter() if element.get("data-at")) if root is not None else 0


def walk_turbohtml(text: str) -> int:
    """Read type and place of each token."""
    return sum(token.line + token.col >= 0 for token in turbohtml.tokenize(text, resolve_references=False))


def placed_lxml(text: str) -> tuple[int, int]:
    """How many elements say their offset, and of how many it is wrong."""
    root = parse_lxml(stamped(text))
    places = [(e.tag, int(e.get("data-at"))) for e in root.iter() if e.get("data-at")] if root is not None else []
    return len(places), sum(not text[at + 1 :].lower().startswith(str(tag)) for tag, at in places)


def placed_turbohtml(text: str) -> tuple[int, int]:
    """How many tags and texts the tokens place, and how many wrong."""
    even = text.replace("\r\n", " \n").replace("\r", "\n")
    lines = [0]
    for match in re.finditer("\n", even):
        lines.append(match.end())
    right = wrong = 0
    for token in turbohtml.tokenize(even, resolve_references=False):
        at = lines[token.line - 1] + token.col
        if token.type is turbohtml.TokenType.START_TAG:
            good = even[at + 1 : at + 1 + len(token.tag or "")].lower() == token.tag
        elif token.type is turbohtml.TokenType.TEXT:
            good = even.startswith(token.data or "", at)
        else:
            continue
        right, wrong = right + good, wrong + (not good)
    return right + wrong, wrong


def timed(work: Callable[[str], object], documents: list[str]) -> float:
    """CPU seconds a document, the best of some rounds."""
    best = float("inf")
    for _ in range(_ROUNDS):
        begun = time.process_time()
        for text in documents:
            work(text)
        best = min(best, time.process_time() - begun)
    return best / max(len(documents), 1)


def table(title: str, rows: dict[str, Callable[[str], object]], documents: list[str]) -> None:
    """Print a table of times; the first row is the measure of the others."""
    print(
        f"\n{title}: {len(documents)} documents, {sum(map(len, documents)) // max(len(documents), 1):,} characters each"
    )
    measure = 0.0
    for name, work in rows.items():
        seconds = timed(work, documents)
        measure = measure or seconds
        print(f"  {name:44} {seconds * 1e3:8.3f} ms  {seconds / measure:6.2f}")


def main(folder: Path) -> None:
    """Print both tables and the places."""
    pages, notes = texts(folder, ".html"), texts(folder, ".md")
    rows: dict[str, Callable[[str], object]] = {
        "lxml, bare parse": parse_lxml,
        "lxml, start tags stamped, offsets read": walk_lxml,
        "turbohtml, tokens with places read": walk_turbohtml,
        "turbohtml, tree with source locations": lambda text: turbohtml.parse(text, source_locations=True),
        "seedclean, blocks": lambda text: read_html(text, 0, len(text) + 1),
    }
    table("HTML", rows, pages)
    for name, place in (("lxml, stamped", placed_lxml), ("turbohtml", placed_turbohtml)):
        total = [place(text) for text in pages]
        print(
            f"  {name}: {sum(count for count, _ in total):,} placed, {sum(wrong for _, wrong in total)} of them wrong"
        )
    positions = Options.CMARK_OPT_SOURCEPOS | Options.CMARK_OPT_UNSAFE
    markdown = markdown_it.MarkdownIt("commonmark").enable("table")
    options = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES
    rows = {
        "cmarkgfm, HTML with source positions": lambda text: cmarkgfm.github_flavored_markdown_to_html(text, positions),
        "pyromark, events with ranges": lambda text: list(pyromark.events_with_range(text, options=options)),
        "markdown-it-py, tokens with line spans": markdown.parse,
        "seedclean, blocks": lambda text: read_markdown(text, 0, len(text) + 1),
    }
    table("Markdown", rows, notes)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
