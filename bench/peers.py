"""Other extractors, each as a function from the text of a page to the text of its document, and a bare parse."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
from collections.abc import Callable

import boilerpy3.extractors
import justext
import lxml.html
import newspaper
import readability
import resiliparse.extract.html2text
import trafilatura

Tool = Callable[[str], str]


def parse(text: str) -> str:
    """What all of them do first: the unit that costs are counted in."""
    lxml.html.document_fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    return ""


def _trafilatura(**mode: bool) -> Tool:
    return lambda text: trafilatura.extract(text, include_comments=False, **mode) or ""


def _plain(markup: str) -> str:
    return "\n".join(lxml.html.fromstring(markup).itertext()) if markup.strip() else ""


def _justext(text: str) -> str:
    words = justext.get_stoplist("English")
    found = justext.justext(text.encode(), words, encoding="utf-8")
    return "\n".join(one.text for one in found if not one.is_boilerplate)


def _newspaper(text: str) -> str:
    article = newspaper.Article("https://page.example/", fetch_images=False)
    article.download(input_html=text)
    article.parse()
    return str(article.text)


def _magic_html() -> Tool:
    extractor = importlib.import_module("magic_html").GeneralExtractor()
    return lambda text: _plain(extractor.extract(text, base_url="https://page.example/").get("html") or "")


def tools() -> dict[str, Tool]:
    """The extractors by name and version. magic_html is asked where it is installed: it wants Python 3.12."""
    held: dict[str, tuple[str, Tool]] = {
        "trafilatura": ("trafilatura", _trafilatura()),
        "trafilatura, precision": ("trafilatura", _trafilatura(favor_precision=True)),
        "trafilatura, recall": ("trafilatura", _trafilatura(favor_recall=True)),
        "resiliparse": (
            "resiliparse",
            lambda text: resiliparse.extract.html2text.extract_plain_text(text, main_content=True),
        ),
        "readability-lxml": ("readability-lxml", lambda text: _plain(readability.Document(text).summary())),
        "boilerpy3": (
            "boilerpy3",
            lambda text: boilerpy3.extractors.ArticleExtractor(raise_on_failure=False).get_content(text),
        ),
        "jusText": ("justext", _justext),
        "newspaper4k": ("newspaper4k", _newspaper),
    }
    found = {f"{name} {importlib.metadata.version(of)}": tool for name, (of, tool) in held.items()}
    if importlib.util.find_spec("magic_html"):
        found["magic_html"] = _magic_html()
    return found
