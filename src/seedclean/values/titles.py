"""Titles that hold a headline and the name of the site beside it: `Headline | Site`, `标题_网站名`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from seedclean.values.scripts import HAN
from seedclean.values.text import squash

_SEPARATOR = re.compile(rf"\s+[-–—|·:»]+\s+|\s*(?:[|_»]|--|::)+\s*|\s*[-–—](?=[{HAN}])|(?<=[{HAN}])[-–—]\s*")
"""What separates headline and site. A hyphen needs blanks on both sides, or a Chinese character beside it."""
_ANY_SEPARATOR = re.compile(r"\s*(?:[-–—|·:_]|::|»|\|\|)\s*")
"""Also separators that may belong to the headline, as in `Covid-19`: only for forms that a heading has to equal."""
_HAN = re.compile(f"[{HAN}]")
_SIGNS = " -–—|·_»"
_SITE_CHARS = 40
"""The name of a site is no longer than this."""
_TITLE_CHARS = 1_000
"""A longer text is no title: the number of its forms grows with its length, and their cost with the square."""


def forms(title: str) -> set[str]:
    """The title and its parts that may be the headline, folded."""
    folded = {squash(title)}
    if len(title) > _TITLE_CHARS:
        return folded
    parts = _ANY_SEPARATOR.split(title)
    for at in range(1, len(parts)):
        head, tail = squash("".join(parts[:at])), squash("".join(parts[at:]))
        if len(head) * 2 >= len(tail):  # the site mostly stands last, and is seldom twice as long as the headline
            folded.add(head)
        if len(tail) >= len(head):
            folded.add(tail)
    return folded


def heads(title: str) -> Iterator[str]:
    """The title up to each separator, and the whole title, folded."""
    for separator in _SEPARATOR.finditer(title):
        yield squash(title[: separator.start()])
    yield squash(title)


def split(title: str, names: Collection[str] = (), headline: str = "") -> tuple[str, str]:
    """The headline of a title and the name of the site beside it, which is empty if the title has none.

    `names` are the folded names under which the publisher is known: they are stripped from the end, one after another.
    `headline` is the headline as the page shows it, if the page shows one: then any single name beside it is the site's.
    """
    site = _beside(title, headline) if headline else ""
    text = headline or title
    while True:
        head, tail = _last_part(text)
        if not squash(head) or not _is_named(squash(tail), names):
            return text, site
        text, site = head, site or tail.strip()


def _last_part(title: str) -> tuple[str, str]:
    """The title before its last separator and behind it; an empty text before it if there is no separator."""
    separators = list(_SEPARATOR.finditer(title))
    return (title[: separators[-1].start()], title[separators[-1].end() :]) if separators else ("", title)


def _is_named(part: str, names: Collection[str]) -> bool:
    """Whether a folded part of a title is one of the names, or the beginning of one (at least four characters)."""
    return any(part == name or (len(part) > 3 and name.startswith(part)) for name in names)


def _beside(title: str, headline: str) -> str:
    """The name beside the headline; empty if the headline goes on, or several names or a version number stand there."""
    if title == headline:
        return ""
    # The placeholder keeps separators inside the headline from splitting it. It is a Chinese character if the headline
    # has any, so that a hyphen without blanks separates it from what stands beside it.
    placeholder = "\u3400" if _HAN.search(headline) else "\0"
    parts = [part.strip(_SIGNS) for part in _SEPARATOR.split(title.replace(headline, placeholder, 1))]
    folded = squash(headline)
    others = [
        part for part in parts if part != placeholder and any(map(str.isalpha, part)) and squash(part) not in folded
    ]
    if placeholder not in parts or len(others) != 1:
        return ""
    return others[0] if len(others[0]) <= _SITE_CHARS and not any(map(str.isdigit, others[0])) else ""
