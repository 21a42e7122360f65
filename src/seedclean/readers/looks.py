"""What the tag and the classes of an element say of it. A page has the same few over and over: each is worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from seedclean.model.document import noun
from seedclean.readers import asides, formulas, html_tags, listings, statements, visibility
from seedclean.readers.html_tags import Traits

MAX_CLASS_CHARS = 200
"""Longer `class` attributes are not cached: they are generated and do not repeat, and would fill the memory."""
_CHANGING = frozenset([
    "aria-hidden", "data-formula", "data-tex", "hidden", "open", "popover", "role", "shadowroot", "shadowrootmode", "style",
])  # fmt: skip
"""All other attributes that change whether an element is hidden or begins a formula."""
TELLING = _CHANGING | statements.ATTRIBUTES | {"aria-controls"}
_NOTHING: frozenset[str] = frozenset()
_TAKEN_APART = (
    html_tags.SPECIAL | html_tags.RAW | html_tags.HEADING.keys() | html_tags.RUBY | html_tags.IN_DRAWING.keys()
    | {"button", "noscript", "pre", "svg"}
)  # fmt: skip
"""Tags of which the reader or the builder asks more than a look says."""
_KNOWN = visibility.CLASSES | listings.CLASSES | formulas.CLASSES | asides.NOTES
"""Classes that say something of an element, if none of the two modules that search in their names finds another."""


@noun
class Look:
    """What a tag, classes, and the names of other attributes that tell something say of an element outside listings.

    `has_traits`: whether `traits` are those of all such elements, whatever their style and their place. `is_plain`: whether no
    attribute changes `hidden`, which see in `asides.reason`, or `begins_formula`, in `formulas.begins`. `is_note`: see
    `asides.is_note`. `states`: whether the element may state metadata. `is_ordinary`: whether all that matters of the element
    is here. `is_shown`: whether it is ordinary and not hidden.
    """

    classes: frozenset[str]
    traits: Traits
    has_traits: bool
    is_plain: bool
    hidden: str
    begins_formula: bool
    is_note: bool
    states: bool
    is_ordinary: bool
    is_shown: bool


def look(tag: str, attrs: Mapping[str, str]) -> Look:
    """The look of an element."""
    if not attrs:
        return _cached(tag, "", _NOTHING)
    names = attrs.get("class", "")
    telling = _NOTHING if TELLING.isdisjoint(attrs) else TELLING.intersection(attrs)
    return _cached(tag, names, telling) if len(names) <= MAX_CLASS_CHARS else _look(tag, names, telling)


def _look(tag: str, names: str, telling: frozenset[str]) -> Look:
    """The look of an element with the classes `names`, and with the attributes `telling` of all that tell something."""
    if not names or _says_something(names):
        return worked_out(tag, names, telling)
    like = _cached(tag, "", telling)
    return Look(
        frozenset(names.split()), like.traits, like.has_traits, like.is_plain, like.hidden, like.begins_formula, like.is_note,
        like.states, like.is_ordinary, like.is_shown,
    )  # fmt: skip


def worked_out(tag: str, names: str, telling: frozenset[str]) -> Look:
    """The look of an element with these classes and attributes, asked of all that knows a class."""
    attrs = {"class": names}
    has_traits = tag != "td" and tag not in listings.INLINE_CODE
    begins_formula = formulas.begins(tag, attrs)
    states = statements.has_class(names) or not statements.ATTRIBUTES.isdisjoint(telling)
    is_more = bool(telling) or states or begins_formula or tag in _TAKEN_APART or names == listings.DOXYGEN
    hidden = asides.reason(tag, attrs, in_listing=False)
    return Look(
        frozenset(names.split()),
        listings.traits_of(tag, attrs, None),
        has_traits,
        _CHANGING.isdisjoint(telling),
        hidden,
        begins_formula,
        asides.is_note(tag, attrs),
        states,
        has_traits and not is_more,
        has_traits and not is_more and not hidden,
    )


_cached = lru_cache(maxsize=4096)(_look)


def _says_something(names: str) -> bool:
    """Whether the class attribute of an element may change what its tag says of it."""
    lower = names.lower()
    return not _KNOWN.isdisjoint(lower.split()) or visibility.may_hide(lower) or statements.has_class(names)
