"""The parts of a title between its separators, and the forms of it that a page may show as its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from seedclean.values.scripts import HAN
from seedclean.values.site_names import SIGNS
from seedclean.values.text import squash

_SEPARATOR = re.compile(
    rf"(?<!\s)\s+[-–—|·:»«‹›<>•~∼\\/│｜]+\s+|(?:(?<!\s)\s+)?(?:[|_»│｜丨]|(?<!-)--(?!-)|::)+\s*"
    rf"|(?<![-–—])(?:(?<![ \u3000])[ \u3000]+)?[-–—](?=[{HAN}《【])|(?<=[{HAN}])[-–—](?![-–—])[ \u3000]*|(?<=\S)- (?=[{HAN}])"
)
"""What separates headline and site. A hyphen needs blanks on both sides, or a Chinese character beside it; two of them
beside Chinese characters are the dash of a sentence. Blanks are tried from the first one alone, so that a run of them takes
linear time."""
_ANY_SEPARATOR = re.compile(r"(?:(?<!\s)\s+)?(?:[-–—|·:_]|::|»|\|\|)\s*")
"""Also separators that may belong to the headline, as in `Covid-19`: only for forms that a heading has to equal."""
TITLE_CHARS = 1_000
"""A longer text is no title: the number of its forms grows with its length, and their cost with the square."""
_MAX_PARTS = 16
"""A text of more parts is no title: the number of their runs grows with the square."""


class Part(NamedTuple):
    """The span of a part in its title."""

    start: int
    end: int


def part_spans(title: str) -> list[Part]:
    """The spans of the parts of a title, separators and blanks left out."""
    if len(title) > TITLE_CHARS:
        return [Part(0, len(title))]
    parts, at = [], 0
    for separator in _SEPARATOR.finditer(title):
        parts.append(Part(at, separator.start()))
        at = separator.end()
    parts.append(Part(at, len(title)))
    parts = [part for part in parts if title[part.start : part.end].strip(SIGNS)]
    return parts if len(parts) <= _MAX_PARTS else [Part(0, len(title))]


def forms(title: str) -> set[str]:
    """The title and its parts that may be the headline, folded."""
    folded = {squash(title)}
    if len(title) > TITLE_CHARS:
        return folded
    if title.endswith("]") and " [" in title:
        folded.add(squash(title[: title.rindex(" [")]))
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
    if len(title) <= TITLE_CHARS:
        for separator in _SEPARATOR.finditer(title):
            yield squash(title[: separator.start()])
    yield squash(title)


def runs(title: str) -> list[str]:
    """All runs of parts of a title that a page may show as its headline, folded, those from its beginning first."""
    parts = part_spans(title)
    spans = [(low, high) for low in range(len(parts)) for high in range(len(parts), low, -1)]
    return [squash(title[parts[low].start : parts[high - 1].end]) for low, high in spans]


def parts(title: str) -> list[str]:
    """The texts between the separators of a title."""
    return [title[part.start : part.end] for part in part_spans(title)]


def beginnings(title: str) -> list[str]:
    """The title up to the end of each of its parts, the shortest first."""
    return [title[: part.end] for part in part_spans(title)]
