"""The word lists of this package: TOML files beside the modules, each read once, at the first use."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The content of the data file `name`.toml. Callers must not change it: all share it."""
    return tomllib.loads(files("seedclean.values").joinpath(f"{name}.toml").read_text("utf-8"))


def any_of(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, the longest first: a group.

    It looks at the first character before all else, since nearly no place of a text begins with one, and reads what several words
    begin with once.
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    firsts = "".join(sorted({re.escape(word[0]) for word in ordered}))
    return f"(?=[{firsts}])(?:{_branches(ordered)})"


def _branches(ordered: Sequence[str]) -> str:
    """The alternatives for words of which the longest come first: at any place those that match begin with one another, so that
    each branch has its own in their order. Letters that differ by case alone would lead into two branches."""
    branches: dict[str, list[str]] = {}
    for word in ordered:
        branches.setdefault(word[0], []).append(word)
    if len({first.casefold() for first in branches}) < len(branches):
        return "|".join(map(re.escape, ordered))
    return "|".join(map(_branch, branches.values()))


def _branch(ordered: Sequence[str]) -> str:
    """The alternative for words with the same first character."""
    low, high = min(ordered), max(ordered)
    head = low[: next((at for at, sign in enumerate(low) if not high.startswith(sign, at)), None)]
    rests = [word[len(head) :] for word in ordered if word != head]
    if not rests:
        return re.escape(head)
    return f"{re.escape(head)}(?:{_branches(rests)}){'?' if head in ordered else ''}"
