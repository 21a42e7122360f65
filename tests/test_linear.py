"""Every pattern of the package takes linear time: no text that is made for it makes it slow."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any

import pytest
from baits import Named, verdicts

import seedclean

SEARCHING = {"search", "sub", "subn", "split", "finditer", "findall"}


def modules() -> Iterator[Any]:
    for info in pkgutil.walk_packages(seedclean.__path__, "seedclean."):
        if info.name.endswith("__main__") or info.name.startswith("seedclean.integrations."):
            continue  # integrations need the packages that they are for, and have no patterns
        module = importlib.import_module(info.name)
        if str(module.__file__).endswith(".py"):  # not what is compiled
            yield module


def within(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value: in what it holds, and in what it returns if it is a cached function without arguments."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, _lru_cache_wrapper):
        if not inspect.signature(value).parameters:
            yield from within(value(), depth + 1)
    elif depth < 6 and isinstance(value, dict):
        yield from within([*value, *value.values()], depth + 1)
    elif depth < 6 and isinstance(value, tuple | list | set | frozenset):
        for inner in value:
            yield from within(inner, depth + 1)
    elif depth < 6 and hasattr(value, "__slots__") and type(value).__module__.startswith("seedclean"):
        yield from within([getattr(value, name, None) for name in value.__slots__], depth + 1)


def inline(module: Any) -> Iterator[re.Pattern[Any]]:
    """The patterns that are written in a call: `re.sub("…", …)`."""
    for node in ast.walk(ast.parse(Path(module.__file__).read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            owner, first = node.func.value, node.args[0]
            written = isinstance(owner, ast.Name) and owner.id == "re" and node.func.attr != "compile"
            if written and isinstance(first, ast.Constant):
                yield re.compile(first.value)


def patterns() -> list[Named]:
    """All patterns by name, and whether any call searches for them rather than matches them at a place."""
    loaded = [(module, Path(module.__file__).read_text("utf-8")) for module in modules()]
    whole = "\n".join(source for _, source in loaded)
    named: dict[tuple[Any, int], Named] = {}
    for module, source in loaded:
        values = [(f".{name}", list(within(value))) for name, value in vars(module).items()]
        values += [(f": {pattern.pattern}", [pattern]) for pattern in inline(module)]
        for name, inner in values:
            searched = bool(inner) and _searched(name.removeprefix("."), source, whole)
            for pattern in inner:
                key = pattern.pattern, pattern.flags
                named[key] = Named(module.__name__ + name, pattern, searched or (key in named and named[key].searched))
    return sorted(named.values(), key=lambda one: one.name)


def _searched(name: str, source: str, whole: str) -> bool:
    """Whether the name is searched for, or no call of it matches: a private name in its module, another in all of them."""
    calls = set(re.findall(rf"\b{re.escape(name)}\.(\w+)", source if name.startswith("_") else whole))
    return bool(calls & SEARCHING) or not calls & {"match", "fullmatch"}


ALL = patterns()
PACKAGES = sorted({"seedclean." + one.name.split(".")[1] for one in ALL})


@pytest.mark.parametrize("package", PACKAGES)
def test_no_text_makes_a_pattern_slow(package: str) -> None:
    named = [one for one in ALL if one.name.startswith(package + ".")]
    assert verdicts(named) == {}


def test_slow_patterns_would_be_noticed() -> None:
    quick = Named("quick", re.compile("a+b"), False)
    slow = [
        Named("slow", re.compile(pattern, re.S), True)
        for pattern in (r"(a+)+$", r"\s+$", r"(?:<!--.*?-->\s*)*x", r"\[.*?\]\(", r"(?:\w+:[ \t]?[^\n]*\n)+\n")
    ]
    assert list(verdicts([quick, *slow, quick], 1)) == [f"slow {one.pattern.pattern!r}" for one in slow]


def test_all_patterns_are_known() -> None:
    """Each call of `re` with a pattern that is put together must be one that the tests above reach."""
    assert len(ALL) > 90
    assert {"seedclean.values.people", "seedclean.record.author_markup", "seedclean.sources.formats"} <= {
        one.name.rpartition(".")[0] for one in ALL
    }
