"""What of a stated title other places of the page say again: a part of another title, or a heading that a file name spells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from seedclean.model.document import Block, Candidate
from seedclean.packs.context import MatchContext
from seedclean.values import title_parts
from seedclean.values.text import squash

_PART_CHARS = 12
"""Two titles share a shorter part, such as the name of the site, by chance."""
_FILE_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)+")
_FILE_NAME_WORDS = 3
"""A file name of fewer words, and without a date, may be the name of a program."""
_DATE_DIGITS = 8
_HEAD_DATE = re.compile(r"(\d{4})\W(\d{1,2})\W(\d{1,2})[:\s\u2013-]+(?=\S)")


def agreed(title: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """The title; of a headline with something else beside it, the headline, if another title has that beside something else.

    `r/boats - How the ferry works` and `How the ferry works : boats` agree on the headline alone.
    """
    own = title_parts.parts(str(title.value))
    if len(own) != 2:
        return title
    folded = [squash(part) for part in own]
    for other in candidates:
        parts = [squash(part) for part in title_parts.parts(str(other.value))]
        shared = [part for part in folded if part in parts]
        if len(parts) == 2 and len(shared) == 1 and shared[0] == max(folded, key=len) and len(shared[0]) >= _PART_CHARS:
            return replace(title, value=own[folded.index(shared[0])].strip())
    return title


def spelled(title: str, context: MatchContext) -> Candidate | None:
    """The heading whose words a title spells that is the name of a file, `20240805-old-ferry`; None for other titles."""
    if not _FILE_NAME.fullmatch(title):
        return None
    words = re.split("[-_]", title)
    if len(words) < _FILE_NAME_WORDS and not _dates(words):
        return None
    headings = (view.block for view in context.views if view.block.kind == "heading")
    return next((_without_date(block, words) for block in headings if _spells(words, title, block.text)), None)


def _dates(words: Sequence[str]) -> list[str]:
    return [word for word in words if len(word) == _DATE_DIGITS and word.isdecimal()]


def _spells(words: Sequence[str], title: str, heading: str) -> bool:
    if title in heading:
        return False
    said = set(re.findall(r"[a-z0-9]+", heading.lower()))
    digits = "".join(filter(str.isdecimal, heading))
    return all(word in said or (word in digits and word in _dates(words)) for word in words)


def _without_date(heading: Block, words: Sequence[str]) -> Candidate:
    text = " ".join(heading.text.split())
    match = _HEAD_DATE.match(text)
    is_dated = match is not None and match[1] + match[2].zfill(2) + match[3].zfill(2) in words
    value = text[match.end() :] if match is not None and is_dated else text
    return Candidate("title", value, "text", heading.start, heading.end)
