"""Other extractors, each as a function from the text of a page to the text of its document, and a bare parse.

An extractor is asked where it is installed: magic_html, trafipy (rs-trafilatura), pagesift and chromerag want CPython 3.12.
Answers in Markdown or HTML are compared by the text that a reader of them sees.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import re
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import lxml.html

from seedclean.decisions.classifier.lexicon import INLINE
from seedclean.values import language

Tool = Callable[[str], str]

_ADDRESS = "https://page.example/"
_STOPLISTS = {
    "ar": "Arabic", "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "it": "Italian", "ko": "Korean", "nl": "Dutch", "pt": "Portuguese", "ru": "Russian",
}  # fmt: skip
"""Language -> jusText's list for it. It has none for Chinese, Japanese and Thai."""
_SEEN = {
    "boilerpy3": ("", "news pages of 2010"),
    "chromerag": ("wcxb-dev", ""),
    "trafipy": ("wcxb-dev", ""),
}
"""Peers that learnt from labelled pages -> the set here that they learnt from, else what they learnt from. chromerag's blocks and
rs-trafilatura's types of pages were learnt from WCXB's development pages; the other peers consist of rules."""


def sites(name: str, folder: str) -> str:
    """Which sites of a set the model of a peer had seen."""
    folder_seen, other = _SEEN.get(name.split(" ")[0], ("", "no model"))
    return "has seen these pages" if folder == folder_seen else other or "not known"


def parse(text: str) -> str:
    """What all of them do first: the unit that costs are counted in."""
    data = text.encode() + b"<p>"  # without an element there is no document to lxml
    lxml.html.document_fromstring(data, parser=lxml.html.HTMLParser(encoding="utf-8"))
    return ""


@cache
def tools() -> Mapping[str, Tool]:
    """The extractors that are installed, by name and version."""
    made: dict[str, tuple[str, Callable[[Any], Tool]]] = {
        "trafilatura": ("trafilatura", _trafilatura()),
        "trafilatura, precision": ("trafilatura", _trafilatura(favor_precision=True)),
        "trafilatura, recall": ("trafilatura", _trafilatura(favor_recall=True)),
        "resiliparse": ("resiliparse.extract.html2text", _resiliparse),
        "readability-lxml": ("readability", _readability),
        "boilerpy3": ("boilerpy3.extractors", _boilerpy),
        "jusText": ("justext", _justext),
        "newspaper4k": ("newspaper", _newspaper),
        "magic_html": ("magic_html", _magic_html),
        "trafipy": ("trafipy", _trafipy),
        "pagesift": ("pagesift", _pagesift),
        "chromerag": ("chromerag", _chromerag),
    }
    installed: dict[str, Tool] = {}
    for name, (module, tool) in made.items():
        try:
            imported = importlib.import_module(module)
        except ModuleNotFoundError:
            continue
        version = importlib.metadata.version(name.split(",")[0])
        installed[f"{name} {version}"] = tool(imported)
    return MappingProxyType(installed)


def _trafilatura(**mode: bool) -> Callable[[Any], Tool]:
    return lambda module: lambda text: module.extract(text, include_comments=False, **mode) or ""


def _resiliparse(module: Any) -> Tool:
    return lambda text: str(module.extract_plain_text(text, main_content=True))


def _readability(module: Any) -> Tool:
    return lambda text: _plain(module.Document(text).summary())


def _boilerpy(module: Any) -> Tool:
    return lambda text: str(module.ArticleExtractor(raise_on_failure=False).get_content(text))


def _justext(module: Any) -> Tool:
    def tool(text: str) -> str:
        words, limits = _stoplist(module, text)
        paragraphs = module.justext(text.encode(), words, encoding="utf-8", **limits)
        return "\n".join(one.text for one in paragraphs if not one.is_boilerplate)

    return tool


def _stoplist(module: Any, text: str) -> tuple[Any, dict[str, float]]:
    """The list for the language of a page; without one, limits that ask for no such words, as jusText's manual says."""
    name = _STOPLISTS.get(language.of(_plain(text)))
    if name:
        return module.get_stoplist(name), {}
    return frozenset(), {"stopwords_low": 0.0, "stopwords_high": 0.0}


def _newspaper(module: Any) -> Tool:
    languages = set(importlib.import_module("newspaper.utils").get_available_languages())

    def tool(text: str) -> str:
        name = language.of(_plain(text))
        article = module.Article(_ADDRESS, language=name if name in languages else "en", fetch_images=False)
        article.download(input_html=text)
        article.parse()
        return str(article.text)

    return tool


def _magic_html(module: Any) -> Tool:
    extractor = module.GeneralExtractor()
    return lambda text: _plain(extractor.extract(text, base_url=_ADDRESS).get("html") or "")


def _trafipy(module: Any) -> Tool:
    return lambda text: str(module.extract(text, url=_ADDRESS).text)


def _pagesift(module: Any) -> Tool:
    return lambda text: _unmarked(module.convert(text, url=_ADDRESS).markdown)


def _chromerag(module: Any) -> Tool:
    extractor = module.ChromeRAG(enable_schema=False)
    return lambda text: _unmarked(extractor.extract(text, url=_ADDRESS).markdown)


def _plain(markup: str) -> str:
    """The text of HTML as a browser shows it: a line for each element that is not within a line, white space as one blank."""
    if not markup.strip():
        return ""
    root = lxml.html.document_fromstring(markup.encode(), parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=True))
    lxml.etree.strip_elements(root, "script", "style", lxml.etree.Comment, with_tail=False)
    pieces = []
    for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
        pieces.append("" if element.tag in INLINE else "\n")
        pieces.append(_blanks(element.text if event == "start" else element.tail))
    return "".join(pieces)


def _blanks(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _unmarked(markdown: str) -> str:
    from markdown_it import MarkdownIt

    return _plain(MarkdownIt("commonmark").enable("table").render(markdown))
