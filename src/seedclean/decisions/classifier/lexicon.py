"""Words of user interfaces and names of page parts, read from lexicon.toml, and the element names that features look at.

Groups and parts are sets of bits: bit n stands for the n-th of `GROUPS` or `PARTS`. No word decides anything; the model
learns what follows from its group.
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import re2

GROUPS = (
    "navigation", "engagement", "comments", "recommendation", "promotion", "legal", "interface", "credit", "advertising",
)  # fmt: skip
"""Groups of words, in the order of their bits and columns. The names are categories of removal."""
GROUP_BIT = {name: 1 << at for at, name in enumerate(GROUPS)}
PARTS = (
    "nav", "head", "foot", "side", "related", "comments", "social", "adverts", "article", "main", "post", "about", "item",
    "hidden", "title",
)  # fmt: skip
"""Parts of a page that classes and ids name, in the order of their bits and columns."""
PART_BIT = {name: 1 << at for at, name in enumerate(PARTS)}
_TAG_GROUPS = (
    ("nav",), ("header",), ("footer",), ("aside",), ("form",), ("table", "td", "th"), ("ul", "ol", "li", "dl"),
    ("article",), ("main",), ("button", "select", "option", "label", "textarea", "template", "dialog"), ("noscript",),
    ("p",), ("figure",), ("blockquote",), ("section",), ("pre", "code"), ("details", "summary"),
    ("h1", "h2", "h3", "h4", "h5", "h6"),
)  # fmt: skip
TAG_BIT = {tag: 1 << at for at, tags in enumerate(_TAG_GROUPS) for tag in tags}
"""Element names that characterise their content -> the bit of their group."""
TAG_BITS = tuple(1 << at for at in range(len(_TAG_GROUPS)))
INLINE = frozenset((
    "a", "abbr", "b", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small",
    "span", "strong", "sub", "sup", "time", "tt", "u",
))  # fmt: skip
"""Elements inside a line of text: their text counts for the element around them."""


class Words(NamedTuple):
    """Words in lower case -> the bits of their groups."""

    english: dict[str, int]
    ascii: dict[bytes, int]
    """The English words that are ASCII, as bytes."""
    chinese: dict[str, int]


@cache
def table(name: str) -> dict[str, Any]:
    """A table of lexicon.toml."""
    content: dict[str, Any] = _content()[name]
    return content


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(files("seedclean.decisions.classifier").joinpath("lexicon.toml").read_text("utf-8"))


@cache
def words() -> Words:
    """The words of all groups."""
    groups = table("groups")
    assert tuple(groups) == GROUPS
    english, chinese = (_bits({name: groups[name][language] for name in GROUPS}) for language in ("english", "chinese"))
    return Words(english, {word.encode(): bits for word, bits in english.items() if word.isascii()}, chinese)


def _bits(groups: dict[str, str]) -> dict[str, int]:
    bits: dict[str, int] = {}
    for name, text in groups.items():
        for word in text.split():
            bits[word] = bits.get(word, 0) | GROUP_BIT[name]
    return bits


@lru_cache(maxsize=1 << len(GROUPS))
def group_flags(bits: int) -> tuple[float, ...]:
    """For each group of words, 1 if its bit is set."""
    return tuple([float(bits & bit > 0) for bit in GROUP_BIT.values()])


def parts_of(names: str) -> tuple[int, bool]:
    """The bits of the parts that classes and ids name, and whether they name the document's body."""
    matches = _part_patterns().Match(names) or ()
    return sum([1 << at for at in matches if at < len(PARTS)]), len(PARTS) in matches


@cache
def _part_patterns() -> re2.Set:
    """The patterns of all parts, then that of the body, in one automaton: one by one they cost thirty times as much."""
    parts = table("parts")
    assert tuple(parts) == PARTS
    options = re2.Options()
    options.case_sensitive = False
    patterns = re2.Set.SearchSet(options)
    for alternatives in (*parts.values(), table("body")["names"]):
        patterns.Add("|".join(alternatives))
    patterns.Compile()
    return patterns
