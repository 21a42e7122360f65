"""What an element's attributes say it states: dates and authors in microdata, RDFa, microformats and `time`.

Sources: https://html.spec.whatwg.org/multipage/microdata.html, https://www.w3.org/TR/rdfa-lite/,
https://microformats.org/wiki/h-entry, and `time` with `pubdate`, which HTML once had.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from seedclean.model.document import Element
from seedclean.readers import html_tags
from seedclean.values.schema_org import is_page
from seedclean.values.tables import table

ATTRIBUTES = frozenset({"rel", "itemprop", "property", "datetime"})
"""Attributes that state something."""
_CLASSES = ("author", "dt-", "byline-", "ljuser", "published", "updated")
"""A class that states something has one of these in it; nearly all elements have other ones."""
_MICROFORMATS = ("p-", "dt-")
_THING = frozenset({"itemscope", "itemtype", "typeof"})
"""Attributes of an element that is a thing with properties of its own."""
_ANCESTORS = 64
"""So many elements outwards are searched for the thing that a property belongs to."""
_COMMENTS = frozenset({"comment", "comments", "h-cite", "comment-body", "comment-list"})
_LISTS = frozenset({"aside", "nav", "footer"})
_SIGNED = frozenset({"author", "author-name", "authorname", "byline-author", "byline-name", "ljuser", "post-author"})
"""Classes of an element in a line that holds a name: the author's, where the line stands below the headline."""
_IN_LINES = frozenset({"a", "address", "b", "cite", "em", "i", "span", "strong"})


class Statement(NamedTuple):
    """Place and name of a metadata entry; `value` is empty where the element's text is the value."""

    place: str
    name: str
    value: str


def statement(tag: str, attrs: Mapping[str, str], around: Element | None) -> Statement | None:
    """What an element states of the page, by its start tag and the element around it; None for most elements."""
    if ATTRIBUTES.isdisjoint(attrs) and not has_class(attrs.get("class", "")):
        return None
    value = (attrs.get("content") or attrs.get("datetime") or (tag == "abbr" and attrs.get("title")) or "").strip()
    name = _property(attrs)
    agent = _agent(around) if not name and _is_name(attrs) else None
    if agent is not None:
        name, around = _property(agent.attrs), agent.parent
    elif name == "publisher" and not _THING.isdisjoint(attrs):
        return None  # its name stands in a property of its own, beside a logo and an address
    if name:
        is_own = (tag not in html_tags.VOID or bool(value)) and _belongs_to_page(around)
        is_line = name in ("author", "publisher") and not value
        return Statement("byline" if is_line else "element", name, value) if is_own else None
    if value and tag in ("time", "abbr"):
        time = _time(tag, attrs)
        return Statement("element", time, value) if time and not _in_list(around) else None
    if attrs.get("rel") == "author" and tag not in html_tags.VOID:
        return Statement("byline", "author", "")
    is_signed = tag in _IN_LINES and not _SIGNED.isdisjoint(attrs.get("class", "").split())
    return Statement("element", "signed", "") if is_signed else None


def _time(tag: str, attrs: Mapping[str, str]) -> str:
    """The name of a time by the classes of hAtom, which many systems write; empty for an abbreviation of something else."""
    classes = attrs.get("class", "").lower().split()
    if "updated" in classes and "published" not in classes:
        return "changed"
    if tag == "abbr":
        return "time" if "published" in classes else ""
    return "published" if "pubdate" in attrs else "time"


def _is_name(attrs: Mapping[str, str]) -> bool:
    """Whether an element holds the name of a thing in microdata or RDFa."""
    names = f"{attrs.get('itemprop', '')} {attrs.get('property', '')}".lower().split()
    return any(name.rpartition(":")[2].rpartition("/")[2] == "name" for name in names)


def _agent(element: Element | None) -> Element | None:
    """The author or publisher that is the thing right around an element; None where it is another thing, or none."""
    for _ in range(_ANCESTORS):
        if element is None:
            return None
        if not _THING.isdisjoint(element.attrs):
            return element if _property(element.attrs) in ("author", "publisher") else None
        element = element.parent
    return None


def is_property(attrs: Mapping[str, str]) -> bool:
    """Whether an element says by its attributes what `statement` reads, of whatever thing."""
    return bool(_property(attrs))


def _property(attrs: Mapping[str, str]) -> str:
    """The name under which a property or a class of an element is known: the field's own; empty for most."""
    names = table("statements")["names"]
    for key in ("itemprop", "property"):
        for name in attrs[key].lower().split() if key in attrs else ():
            known = names.get(name) or names.get(name.rpartition(":")[2].rpartition("/")[2])
            if known:
                return str(known)
    classes = attrs.get("class", "")
    if has_class(classes):
        for name in classes.split():
            if name in names and name.startswith(_MICROFORMATS):
                return str(names[name])
    return ""


def has_class(classes: str) -> bool:
    """Whether a class of microformats may be among these."""
    return bool(classes) and any(map(classes.__contains__, _CLASSES))


def _belongs_to_page(element: Element | None) -> bool:
    """Whether the thing around an element is the page's text, not a comment, a product or a list's entry."""
    for _ in range(_ANCESTORS):
        if element is None:
            return True
        type = element.attrs.get("itemtype") or element.attrs.get("typeof")
        if type:
            return is_page(type.strip().rstrip("/").rpartition("/")[2].rpartition(":")[2])
        if element.classes & _COMMENTS:
            return False
        element = element.parent
    return False


def _in_list(element: Element | None) -> bool:
    """Whether an element stands where pages list other documents, or in a link to one. The foot of an article is none."""
    for _ in range(_ANCESTORS):
        if element is None:
            return False
        is_own_foot = element.tag == "footer" and element.parent is not None and element.parent.tag == "article"
        if (element.tag in _LISTS and not is_own_foot) or element.classes & _COMMENTS:
            return True
        element = element.parent
    return True
