"""Elements that are a table, a list or a heading by their role alone, as pages write them that are made of `div` and `span`.

The roles are those of WAI-ARIA (https://www.w3.org/TR/wai-aria-1.2/). An element that is such a part by its tag stays what
it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from seedclean.readers.html_tags import HEADING, Traits

_TAGS = {
    "table": "table", "grid": "table", "treegrid": "table", "row": "tr", "cell": "td", "gridcell": "td", "columnheader": "th",
    "rowheader": "th", "list": "ul", "listitem": "li", "heading": "h2",
}  # fmt: skip
"""Role -> the tag of such an element. A heading without a level has the second."""


def played(attrs: Mapping[str, str], traits: Traits) -> Traits:
    """The traits of an element by its role; its own if the role says nothing, or the tag says what it is."""
    tag = _TAGS.get(attrs["role"].strip().lower(), "")
    if not tag or traits.contextual or traits.void:
        return traits
    level = attrs.get("aria-level", "")
    return _acting(f"h{level}" if tag in HEADING and f"h{level}" in HEADING else tag, traits)


@lru_cache(maxsize=256)
def _acting(tag: str, traits: Traits) -> Traits:
    return replace(traits, block=True, contextual=True, acts=tag)
