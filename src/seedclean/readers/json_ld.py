"""Linked data (JSON-LD) in the scripts of a page, with the types and properties of schema.org."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

import orjson

from seedclean.model.document import RawMetadata
from seedclean.values.schema_org import is_article, is_page
from seedclean.values.text import squash

MEDIA_TYPE = "application/ld+json"
_MAX_CHARS = 1_000_000
"""Longer linked data is the catalogue of a site, not a statement about one page."""
_MAX_DEPTH = 6
"""Lists and graphs nested deeper are not read; real data nests a list in a graph."""
_PROPERTIES = {
    "headline": "headline", "title": "headline", "name": "name", "description": "description", "datePublished": "datepublished", "pubDate": "datepublished",
    "dateCreated": "datecreated", "dateModified": "datemodified", "upDate": "datemodified", "inLanguage": "inlanguage", "url": "url", "mainEntityOfPage": "url",
    "image": "image", "keywords": "keywords", "author": "author", "publisher": "publisher", "copyrightNotice": "copyright",
}  # fmt: skip
"""Property -> name of the metadata entry; of two properties with one name the first counts."""
_BAIDU = "cambrian.jsonld"
"""The context of what pages state to Baidu, without a type: https://ziyuan.baidu.com/contexts/cambrian.jsonld."""
_AGENTS = frozenset({"author", "publisher"})
"""Entries whose objects are people or organisations: their name counts, not their address."""
_CONTROLS = dict.fromkeys(range(0x20), " ")
_HIDING = re.compile(r"(?://|/\*)? ?(?:<!\[CDATA\[|\]\]>|<!--|-->) ?(?:\*/)?")
_SPARE_COMMA = re.compile(r",(?= {0,200}[}\]])")


def linked_data(text: str, start: int, end: int, own: Collection[str] = ()) -> list[RawMetadata]:
    """All types that the linked data states, and the properties of the article if it describes one, or one as the page's.

    `start` and `end` are the span of the script's text in the source. `own`: the page's addresses and titles that are known
    already; of several articles the one that has one of them is the page's. Invalid JSON gives no entries.
    """
    if len(text) > _MAX_CHARS:
        return []
    data = _loaded(text)
    things = list(_things(data, _MAX_DEPTH))
    types = [RawMetadata("json-ld", "@type", name, start, end) for thing in things for name in _types(thing)]
    by_id = {id: thing for thing in things if isinstance(id := thing.get("@id"), str) and thing.get("name")}
    sites = [thing for thing in things if "WebSite" in _types(thing)]
    article = _own_article([thing for thing in things if _describes_page(thing)], own)
    entries: dict[str, str] = {}
    for key, name in _PROPERTIES.items() if article else ():
        value = ";".join(dict.fromkeys(map(_unquoted, _texts(article.get(key), name in _AGENTS, _MAX_DEPTH, by_id))))
        if value:
            entries.setdefault(name, value)
    if len(sites) == 1 and isinstance(sites[0].get("name"), str):
        entries["site"] = str(sites[0]["name"]).strip()
    return types + [RawMetadata("json-ld", name, value, start, end) for name, value in entries.items() if value]


def _describes_page(thing: Mapping[str, object]) -> bool:
    return any(map(is_article, _types(thing))) or str(thing.get("@context", "")).endswith(_BAIDU)


def _unquoted(text: str) -> str:
    """The text without the quotation marks around the whole of it, which templates write by quoting twice."""
    inside = text[1:-1].strip()
    return inside if len(text) > 2 and text[0] == text[-1] == '"' and '"' not in inside else text


def _loaded(text: str) -> object:
    """The data, as JSON or but for the faults that templates make: the comments that once hid scripts, a line break in a string, a
    comma before a closing bracket. None where it has others."""
    for wording in (text, text.translate(_CONTROLS)):
        try:
            return orjson.loads(wording.strip().encode("utf-8", "replace"))
        except orjson.JSONDecodeError:
            continue
    repaired = _HIDING.sub(" ", text.translate(_CONTROLS)).strip(" ;")
    try:
        return orjson.loads(_SPARE_COMMA.sub("", repaired).encode("utf-8", "replace"))
    except orjson.JSONDecodeError:
        return None


def _own_article(articles: Sequence[Mapping[str, object]], own: Collection[str]) -> Mapping[str, object]:
    """The only article, or the only one of several that has an address or the title of the page; empty if none has."""
    if len(articles) > 1:
        known = set(map(_folded, own))
        articles = [one for one in articles if not known.isdisjoint(_own_values(one))]
    return articles[0] if len(articles) == 1 else {}


def _own_values(article: Mapping[str, object]) -> set[str]:
    """The addresses and the headline by which an article may be recognised, folded."""
    keys = ("url", "@id", "mainEntityOfPage", "headline")
    return {_folded(text) for key in keys for text in _texts(article.get(key), False, _MAX_DEPTH, {})} - {""}


def _folded(value: str) -> str:
    """An address without its fragment, or the letters and digits of a headline."""
    return value.partition("#")[0] if value.startswith("http") else squash(html.unescape(value))


def _things(data: object, depth: int) -> Iterator[Mapping[str, object]]:
    """The objects at the top, in a list or in a graph, and what a page is about; others nested in objects are citations or recommendations."""
    if isinstance(data, list) and depth:
        for item in data:
            yield from _things(item, depth - 1)
    elif isinstance(data, dict):
        if "@graph" in data and depth:
            yield from _things(data["@graph"], depth - 1)
        else:
            yield data
            entity = data.get("mainEntity")
            if depth and isinstance(entity, dict) and any(map(is_page, _types(data))):
                yield from _things(entity, depth - 1)


def _types(thing: Mapping[str, object]) -> list[str]:
    value = thing.get("@type")
    return [name for name in (value if isinstance(value, list) else [value]) if isinstance(name, str)]


def _texts(value: object, is_agent: bool, depth: int, by_id: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    """The texts of a value: the string, those of the items of a list, or an object's name or address.

    An agent may stand elsewhere in the graph, where `by_id` has it.
    """
    if isinstance(value, str):
        if value.strip():
            yield value.strip()
    elif isinstance(value, list) and depth:
        for item in value:
            yield from _texts(item, is_agent, depth - 1, by_id)
    elif isinstance(value, dict):
        id = value.get("@id")
        value = by_id.get(id, value) if is_agent and isinstance(id, str) and "name" not in value else value
        for key in ("name",) if is_agent else ("@id", "url", "name"):
            text = value.get(key)
            text = text[0] if isinstance(text, list) and text else text
            if isinstance(text, str) and text.strip():
                yield text.strip()
                return
