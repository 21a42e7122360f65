"""The word lists of this package: TOML files beside the modules, each read once, at the first use."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The content of the data file `name`.toml. Callers must not change it: all share it."""
    return tomllib.loads(files("seedclean.values").joinpath(f"{name}.toml").read_text("utf-8"))


def any_of(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, the longest first: a group.

    It looks at the first character before it tries the words one by one, since nearly no place of a text begins with one.
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    firsts = "".join(sorted({re.escape(word[0]) for word in ordered}))
    return f"(?=[{firsts}])(?:{'|'.join(map(re.escape, ordered))})"
