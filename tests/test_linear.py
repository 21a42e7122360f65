"""Every pattern of the package takes linear time: no text that is made for it makes it slow.

Baits are made out of each pattern itself: for each repetition in it, what leads there, then what it repeats many times, then
what breaks the match. A pattern that can backtrack takes 16 times as long, or for ever, on four times as much.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import multiprocessing
import os
import pkgutil
import re
import time
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import seedclean

SIGNS = " \t\n\raAz09_-–.,:;!?|/\\()[]{}<>*+=#&%$@'\"`~^»·年月日雾あ가й\u3000\xa0（）：，、"
LENGTH = 4_000
LONG = os.environ.get("SEEDCLEAN_LONG") == "1"
SECONDS = 60
"""What a whole pattern may take before it counts as one that never ends."""

SEARCHING = ("search", "sub", "subn", "split", "finditer", "findall")

Named = tuple[str, re.Pattern[Any], bool]


def modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(seedclean.__path__, "seedclean."):
        if found.name.endswith("__main__") or found.name.startswith("seedclean.integrations."):
            continue  # integrations need the packages that they are for, and have no patterns
        module = importlib.import_module(found.name)
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
    """All patterns by name, and whether any is searched for rather than matched at a place."""
    found: dict[tuple[Any, int], Named] = {}
    for module in modules():
        source = Path(module.__file__).read_text("utf-8")
        for name, value in vars(module).items():
            anchored = re.search(rf"\b{name}\.(?:match|fullmatch)\b", source) is not None
            searched = not anchored or any(f"{name}.{method}" in source for method in SEARCHING)
            for pattern in within(value):
                found.setdefault((pattern.pattern, pattern.flags), (f"{module.__name__}.{name}", pattern, searched))
        for pattern in inline(module):
            found.setdefault((pattern.pattern, pattern.flags), (f"{module.__name__}: {pattern.pattern}", pattern, True))
    return sorted(found.values(), key=lambda named: named[0])


def example(items: Any, flags: int) -> str:
    """A text that a sequence of parsed items matches, more or less: what leads to the place under test."""
    return "".join(_piece(code, value, flags) for code, value in items)


def _piece(code: Any, value: Any, flags: int) -> str:
    if code is codes.LITERAL:
        return chr(int(value))
    if code in (codes.IN, codes.NOT_LITERAL, codes.ANY):
        return next(signs(code, value, flags), "")
    if code is codes.SUBPATTERN:
        return example(value[-1], flags)
    if code is codes.BRANCH:
        return example(value[1][0], flags)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return example(value[2], flags) * min(max(int(value[0]), 1), 50)
    return ""


def signs(code: Any, value: Any, flags: int) -> Iterator[str]:
    """Signs that one item matches."""
    if code is codes.LITERAL:
        yield chr(value)
        return
    alone = parser.parse("a", flags & ~re.U)
    alone.data[:] = [(code, value)]
    single = re._compiler.compile(alone, flags)  # type: ignore[attr-defined]
    texts = SIGNS if flags & re.U else SIGNS.encode("utf-8").decode("latin-1")
    for sign in dict.fromkeys(texts):
        if single.fullmatch(sign if flags & re.U else sign.encode("latin-1")):
            yield sign


def baits(items: Any, flags: int, before: str = "") -> Iterator[tuple[str, str]]:
    """What leads to each repetition, and what it repeats."""
    for at, (code, value) in enumerate(items):
        here = before + example(items[:at], flags)
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            inner = value[2]
            if value[1] > 100:
                yield here, example(inner, flags)
                yield before, here[len(before) :] + example(inner, flags)
                yield here, example(inner, flags) + example(items[at + 1 :], flags)[:20]
                for inner_code, inner_value in inner:
                    if inner_code in (codes.IN, codes.NOT_LITERAL, codes.ANY):
                        for sign in signs(inner_code, inner_value, flags):
                            yield here, sign
            yield from baits(inner, flags, here)
        elif code is codes.SUBPATTERN:
            yield from baits(value[-1], flags, here)
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from baits(branch, flags, here)


def texts(pattern: re.Pattern[Any], size: int) -> Iterator[Any]:
    """Baits of about this length for one pattern."""
    flags = pattern.flags
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = parser.parse(source, flags & ~re.U if not flags & re.U else flags)
    for start, pump in dict.fromkeys(baits(tree, flags)):
        if pump:
            for end in ("", "\0", "!\0"):
                text = start + pump * (size // len(pump)) + end
                yield text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")


def seconds(pattern: re.Pattern[Any], text: Any, searched: bool) -> float:
    start = time.process_time()
    if searched:
        for _ in pattern.finditer(text):
            pass
    else:
        pattern.match(text)
        pattern.fullmatch(text)
    return time.process_time() - start


def slow(pattern: re.Pattern[Any], searched: bool) -> str:
    """The bait on which a pattern is slow; empty if there is none."""
    for small, large in zip(texts(pattern, LENGTH), texts(pattern, 4 * LENGTH), strict=True):
        after = seconds(pattern, large, searched)
        # a pattern that steps once over 16,000 signs takes a millisecond; 16,000 by 4,000 steps take a second
        if after > 0.05 and after > 9 * min(seconds(pattern, small, searched) for _ in range(3)):
            return repr(large[:60])
    return ""


def _judge(connection: Any, source: Any, flags: int, searched: bool) -> None:
    connection.send(slow(re.compile(source, flags), searched))


ALL = patterns()
KNOWN = frozenset(
    f"seedclean.values.{name}"
    for name in (
        "dates._FORMS",
        "people._ASIDE",
        "people._LINK",
        "people._patterns",
        "titles._ANY_SEPARATOR",
        "titles._SEPARATOR",
    )
)
"""Patterns that are slow. They see values of bounded length."""


TRIED = [named for named in ALL if named[0] not in KNOWN and (LONG or sum(named[0].encode()) % 10 == 0)]
"""One pattern of ten: all take ten minutes, with `SEEDCLEAN_LONG=1`."""


@pytest.mark.parametrize("named", TRIED, ids=lambda named: named[0])
def test_no_text_makes_a_pattern_slow(named: Named) -> None:
    name, pattern, searched = named
    verdict = in_time(pattern, searched)
    assert verdict == "", f"{name} {pattern.pattern!r}"


def in_time(pattern: re.Pattern[Any], searched: bool) -> str:
    """`slow` in a process of its own, which can be ended: `re` cannot."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_judge, args=(theirs, pattern.pattern, pattern.flags, searched)
    )
    process.start()
    try:
        return str(ours.recv()) if ours.poll(SECONDS) else "never ends"
    finally:
        process.kill()
        process.join()


@pytest.mark.parametrize(
    "pattern", [r"(a+)+$", r"\s+$", r"(?:<!--.*?-->\s*)*x", r"\[.*?\]\(", r"(?:\w+:[ \t]?[^\n]*\n)+\n"]
)
def test_a_slow_pattern_would_be_noticed(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_linear.SECONDS", 3)
    assert in_time(re.compile(pattern, re.S), True)


def test_all_patterns_are_known() -> None:
    """Each call of `re` with a pattern that is put together must be one that the tests above reach."""
    assert len(ALL) > 90
    assert {"seedclean.values.people", "seedclean.record.dateline", "seedclean.sources.formats"} <= {
        name.rpartition(".")[0] for name, _, _ in ALL
    }
