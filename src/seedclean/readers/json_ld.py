"""What scripts say of the page they stand in: linked data (JSON-LD) read here, other scripts noted for the packs.

The types and names are those of schema.org.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import orjson

from seedclean.model.document import RawMetadata

LINKED_DATA = "application/ld+json"
_CHARS = 1_000_000
"""Linked data longer than this is a catalogue of a site, not a statement of a page."""
_DEPTH = 6
_ARTICLES = frozenset(
    [
        "article",
        "newsarticle",
        "blogposting",
        "report",
        "reportagenewsarticle",
        "opinionnewsarticle",
        "analysisnewsarticle",
        "scholarlyarticle",
        "techarticle",
        "socialmediaposting",
        "discussionforumposting",
        "liveblogposting",
        "backgroundnewsarticle",
        "reviewnewsarticle",
    ]
)
_TEXTS = {
    "headline": "headline", "name": "name", "description": "description", "datePublished": "datepublished",
    "dateModified": "datemodified", "inLanguage": "inlanguage", "url": "url", "mainEntityOfPage": "url",
    "image": "image", "keywords": "keywords", "author": "author", "publisher": "publisher", "copyrightNotice": "copyright",
}  # fmt: skip
_NAMED = frozenset({"author", "publisher"})


def linked_data(text: str, start: int, end: int) -> list[RawMetadata]:
    """What the linked data of a page says of the page's own article; nothing where it speaks of several or of none.

    `start` and `end` are the span of the script's text in the source.
    """
    if len(text) > _CHARS:
        return []
    try:
        data = orjson.loads(text.strip().encode("utf-8", "replace"))
    except orjson.JSONDecodeError:
        return []
    things = list(_things(data, _DEPTH))
    types = [RawMetadata("json-ld", "@type", name, start, end) for thing in things for name in _types(thing)]
    articles = [thing for thing in things if not _ARTICLES.isdisjoint(name.lower() for name in _types(thing))]
    if len(articles) != 1:
        return types
    found: dict[str, str] = {}
    for key, name in _TEXTS.items():
        value = ";".join(dict.fromkeys(_values(articles[0].get(key), name in _NAMED, _DEPTH)))
        if value:
            found.setdefault(name, value)
    return types + [RawMetadata("json-ld", name, value, start, end) for name, value in found.items()]


def _things(data: object, depth: int) -> Iterator[Mapping[str, object]]:
    """What stands at the top, in a list or a graph: things inside others are cited, or recommended."""
    if isinstance(data, list) and depth:
        for item in data:
            yield from _things(item, depth - 1)
    elif isinstance(data, dict):
        if "@graph" in data and depth:
            yield from _things(data["@graph"], depth - 1)
        else:
            yield data


def _types(thing: Mapping[str, object]) -> list[str]:
    held = thing.get("@type")
    return [name for name in (held if isinstance(held, list) else [held]) if isinstance(name, str)]


def _values(value: object, named: bool, depth: int) -> Iterator[str]:
    """The texts of a value: itself, its items', or an object's name or address."""
    if isinstance(value, str):
        if value.strip():
            yield value.strip()
    elif isinstance(value, list) and depth:
        for item in value:
            yield from _values(item, named, depth - 1)
    elif isinstance(value, dict):
        keys = ("name",) if named else ("@id", "url", "name")
        for key in keys:
            held = value.get(key)
            if isinstance(held, str) and held.strip():
                yield held.strip()
                return
