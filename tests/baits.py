"""Texts that are made for a pattern to be slow on, and what the pattern takes on them.

Baits are made out of each pattern itself: for each repetition in it, what leads there, then what it repeats many times, then
what breaks the match. A pattern that can backtrack takes 16 times as long, or for ever, on four times as much. Nothing of
the package is imported here, so that a process which judges patterns starts fast.
"""

from __future__ import annotations

import multiprocessing
import re
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

SIGNS = " \t\n\raAz09_-–.,:;!?|/\\()[]{}<>*+=#&%$@'\"`~^»·年月日雾あ가й\u3000\xa0（）：，、"
LENGTH = 4_000
CHOICES = 6
"""So many alternatives of each branch inside a repetition are tried."""
SECONDS = 60
"""Processor time that a whole pattern may take before it counts as one that never ends."""


class Named(NamedTuple):
    """A pattern, its name, and whether any call searches for it rather than matches it at a place."""

    name: str
    pattern: re.Pattern[Any]
    searched: bool


def verdicts(named: Sequence[Named], limit: float = SECONDS) -> dict[str, str]:
    """The bait on which a pattern is slow, for each pattern that is; in processes of their own, which can be ended: `re` cannot."""
    slow_ones: dict[str, str] = {}
    left = list(named)
    while left:
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.get_context("spawn").Process(target=_judge, args=(theirs, left, limit))
        process.start()
        theirs.close()
        try:
            while left:
                verdict = ours.recv()
                one = left.pop(0)
                if verdict:
                    slow_ones[f"{one.name} {one.pattern.pattern!r}"] = verdict
        except EOFError:
            one = left.pop(0)
            slow_ones[f"{one.name} {one.pattern.pattern!r}"] = "never ends"
        process.join()
    return slow_ones


def _judge(connection: Connection, named: Sequence[Named], limit: float) -> None:
    for one in named:
        if sys.platform != "win32":  # the signal ends the process, whatever it does; Windows has none
            signal.setitimer(signal.ITIMER_PROF, limit)
        connection.send(slow(one.pattern, one.searched))


def example(items: Any, flags: int, choice: int = 0) -> str:
    """A text that a sequence of parsed items matches, more or less; of each branch, that alternative."""
    return "".join(_piece(code, value, flags, choice) for code, value in items)


def _piece(code: Any, value: Any, flags: int, choice: int) -> str:
    if code is codes.LITERAL:
        return chr(int(value))
    if code in (codes.IN, codes.NOT_LITERAL, codes.ANY):
        return next(signs(code, value, flags), "")
    if code is codes.SUBPATTERN:
        return example(value[-1], flags, choice)
    if code is codes.BRANCH:
        return example(value[1][choice % len(value[1])], flags, choice)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return example(value[2], flags, choice) * min(max(int(value[0]), 1), 50)
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
                for choice in range(CHOICES):
                    yield here, example(inner, flags, choice)
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
        # a pattern that steps once over 16,000 signs takes a millisecond; 16,000 by 4,000 steps take a second
        if seconds(pattern, large, searched) <= 0.05:
            continue
        before, after = [min(seconds(pattern, text, searched) for _ in range(3)) for text in (small, large)]
        if after > 0.05 and after > 9 * before:  # on a busy machine, one time alone says little
            return repr(large[:60])
    return ""
