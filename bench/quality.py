"""Extractors and seedclean on labelled pages, side by side in one process: `python bench/quality.py SET...`.

SET are folders as bench/pages.py reads them; only their raw pages are asked for, as peers want HTML. Printed for each:
word F1 by page type, a Chinese character counting as one word, and CPU time as a multiple of a bare lxml parse of the
same pages. Needs `pip install -e '.[bench]'`. The shipped model was trained on some of these sets: bench/train.py prints
what it scores on sites it does not know.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import boilerpy3.extractors
import justext
import lxml.html
import readability
import resiliparse.extract.html2text
import trafilatura
from pages import Page, load
from words import word_f1

from seedclean.cleaning import examine
from seedclean.decode import decode
from seedclean.model import Source
from seedclean.registry import load as load_registry

_REGISTRY = load_registry()


def _lxml(text: str) -> str:
    lxml.html.document_fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    return ""


def _trafilatura(**mode: bool) -> Callable[[str], str]:
    return lambda text: trafilatura.extract(text, include_comments=False, **mode) or ""


def _readability(text: str) -> str:
    return lxml.html.fromstring(readability.Document(text).summary()).text_content()


def _justext(text: str) -> str:
    words = justext.get_stoplist("English")
    return "\n".join(
        one.text for one in justext.justext(text.encode(), words, encoding="utf-8") if not one.is_boilerplate
    )


def _seedclean(text: str) -> str:
    return str(examine(Source("page.html", text.encode()), _REGISTRY).record.text)


TOOLS: dict[str, Callable[[str], str]] = {
    "lxml, bare parse": _lxml,
    "seedclean": _seedclean,
    "trafilatura": _trafilatura(),
    "trafilatura, precision": _trafilatura(favor_precision=True),
    "trafilatura, recall": _trafilatura(favor_recall=True),
    "resiliparse": lambda text: resiliparse.extract.html2text.extract_plain_text(text, main_content=True),
    "readability-lxml": _readability,
    "boilerpy3": lambda text: boilerpy3.extractors.ArticleExtractor(raise_on_failure=False).get_content(text),
    "jusText": _justext,
}


def _asked(
    tool: Callable[[str], str], pages: Sequence[Page], texts: Sequence[str]
) -> tuple[dict[str, list[float]], float]:
    """F1 by type, and the CPU time of all pages. What a tool raises is its failure on that page."""
    found: dict[str, list[float]] = defaultdict(list)
    begun = time.process_time()
    said = []
    for text in texts:
        try:
            said.append(tool(text))
        except Exception as error:  # noqa: BLE001 - code of others: whatever it raises counts as an empty answer
            said.append("")
            print(f"  {type(error).__name__}", file=sys.stderr)
    spent = time.process_time() - begun
    for page, answer in zip(pages, said, strict=True):
        for name in ("all", page.type):
            found[name].append(word_f1(answer, page.gold))
    return found, spent


def main(folders: Sequence[Path]) -> None:
    """Print a table for each set."""
    for folder in folders:
        pages = [page for page in load(folder) if page.source.path.endswith(".html")]
        texts = [decode(page.source).text for page in pages]
        types = ["all", *sorted(Counter(page.type for page in pages))]
        print(
            f"\n{folder.name}: {len(pages)} pages\n{'':24}"
            + "".join(f"{name[:9]:>10}" for name in types)
            + "      cost"
        )
        bare = 0.0
        for name, tool in TOOLS.items():
            tool(texts[0])
            scores, spent = _asked(tool, pages, texts)
            bare = bare or spent
            row = "".join(f"{sum(scores[kind]) / len(scores[kind]):10.3f}" for kind in types)
            print(f"{name:24}{row}{spent / bare:10.1f}", flush=True)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
