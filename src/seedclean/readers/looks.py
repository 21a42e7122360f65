"""What the tag and the classes of an element say of it. A page has the same few over and over: each is worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from seedclean.readers import asides, formulas, listings, statements
from seedclean.readers.html_tags import Traits

_MAX_CLASS_CHARS = 200
"""Longer `class` attributes are not cached: they are generated and do not repeat, and would fill the memory."""
_TELLING = frozenset([
    "aria-hidden", "data-formula", "data-tex", "hidden", "open", "popover", "role", "shadowroot", "shadowrootmode", "style",
])  # fmt: skip
"""All other attributes that change whether an element is hidden or begins a formula."""


class Look:
    """What a tag and classes say of an element outside listings.

    `hidden`: see `asides.reason`. `begins_formula`: see `formulas.begins`. `has_traits`: whether `traits` are those of all
    such elements, whatever their style and their place. `states`: whether a class may state metadata.
    """

    __slots__ = ("begins_formula", "classes", "has_traits", "hidden", "states", "traits")

    def __init__(self, tag: str, names: str) -> None:
        attrs = {"class": names}
        self.classes = frozenset(names.split())
        self.traits: Traits = listings.traits_of(tag, attrs, None)
        self.has_traits = tag != "td" and tag not in listings.INLINE_CODE
        self.hidden = asides.reason(tag, attrs, in_listing=False)
        self.begins_formula = formulas.begins(tag, attrs)
        self.states = statements.has_class(names)


def look(tag: str, attrs: Mapping[str, str]) -> Look:
    """The look of an element."""
    names = attrs.get("class", "")
    return _cached(tag, names) if len(names) <= _MAX_CLASS_CHARS else Look(tag, names)


_cached = lru_cache(maxsize=4096)(Look)


def is_plain(attrs: Mapping[str, str]) -> bool:
    """Whether no other attribute changes what the look of an element says."""
    return not attrs or _TELLING.isdisjoint(attrs)
