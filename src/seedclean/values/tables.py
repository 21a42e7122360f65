"""The word lists of this package: TOML files beside the modules, each read once, at the first use."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The content of the data file `name`.toml. Callers must not change it: all share it."""
    return tomllib.loads(files("seedclean.values").joinpath(f"{name}.toml").read_text("utf-8"))
