"""Documents by the million, held to the laws by hand: what CI has no time for.

`python tests/campaign.py documents COUNT [FIRST]` reads random documents of the grammar of tests/markup.py; law 1 is held against
each, all laws against each seventh. `python tests/campaign.py mutants COUNT [FIRST]` changes fixtures, specimens, what fuzzing has
found and the hostile inputs at random, opens each as the command does, and holds all laws against it. Each input follows from its
number. Prints the number of each that breaks a law, raises what is no typed error, or takes longer than two seconds, keeps it in
`broken-NUMBER.SUFFIX`, and ends with 1 if there is one. Put it into tests/finds, cut to what breaks.
"""

from __future__ import annotations

import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import FrameType

from conftest import FIXTURES, SEEDS, shared
from fuzz_targets import file
from laws import lawful
from markup import document, fault

from seedclean.model.document import Source
from seedclean.model.errors import SeedcleanError
from seedclean.packs.registry import load
from seedclean.pipeline import examine

_SLOW, _HANGS = 2.0, 20.0
"""Seconds of processor time that an input may take, and after which it is given up."""
_SEED_BYTES = 300_000
_FORMS = ("md", "html", "txt", "md", "md")
_PIECES = [
    piece.encode() for piece in (
        "<", ">", "</", "<!--", "-->", '"', "'", "=", "&", "\0", "\r\n", "\n\n", "[", "](", "**", "`", "```\n", "\ufeff", "|", "---\n", "<script>",
        "</script>", "<table>", "<td>", "</div>", "<p>", "\\", "    ", "> ", "# ", "- ", "\u3000", "🌊", "<textarea>", "<svg>", "<title>", "<pre>",
        "</p>", "<li>", '{"', '"}', "$", "]]>", "<![CDATA[", "<iframe ", "|-|-|\n", ":::", "=====\n",
    )
] + [b"\xff"]  # fmt: skip


class _HangsError(BaseException):
    """Raised in an input that takes too long; no `except Exception` of the program catches it."""


def _give_up(number: int, frame: FrameType | None) -> None:
    raise _HangsError


def trouble(work: Callable[[], object]) -> str:
    """What is wrong with some work on an input; empty if nothing is."""
    start = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, _HANGS)
    try:
        work()
    except SeedcleanError as error:
        if error.code in ("internal", "crashed"):
            return str(error)
    except _HangsError:
        return f"takes longer than {_HANGS:.0f} s"
    except Exception as error:  # noqa: BLE001  # whatever it raises is what is looked for
        return f"{type(error).__name__}: {str(error)[:300]}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    took = time.process_time() - start
    return f"takes {took:.1f} s" if took > _SLOW else ""


def _read_random(number: int) -> tuple[str, bytes, Callable[[], object]]:
    text, suffix = document(random.Random(number)), _FORMS[number % len(_FORMS)]

    def work() -> None:
        what = fault(text, suffix)
        assert not what, what
        if number % 7 == 0:
            lawful(examine(Source(f"a.{suffix}", text.encode()), load()))

    return f".{suffix}", text.encode(), work


def _read_mutant(number: int) -> tuple[str, bytes, Callable[[], object]]:
    seed, data = _mutant(random.Random(number))
    suffix = random.Random(-number).choice([".html", ".md", ".txt", ".eml", ".mhtml", "", *[seed.suffix] * 24])

    def work() -> None:
        file(suffix, data)
        lawful(examine(Source(f"a{suffix}", data), load()))

    return suffix, data, work


def _mutant(random: random.Random) -> tuple[Path, bytes]:
    """A seed that is cut, doubled, joined and sprinkled with signs, and the bytes of it."""
    seed = random.choice(_seeds())
    data = bytearray(seed.read_bytes())
    for _ in range(random.randint(1, 6)):
        at, kind = random.randint(0, len(data)), random.randint(0, 8)
        if kind == 0:
            data[at : at + random.choice((1, 4, 40, 400))] = b""
        elif kind == 1:
            data[at:at] = random.choice(_PIECES) * random.choice((1, 1, 2, 30, 300))
        elif kind == 2:
            start = random.randint(0, len(data))
            data[at:at] = data[start : start + random.choice((5, 50, 500, 5000))]
        elif kind == 3 and data:
            data[at % len(data)] ^= 1 << random.randint(0, 7)
        elif kind == 4:
            other = random.choice(_seeds()).read_bytes()
            start = random.randint(0, len(other))
            data[at:at] = other[start : start + random.choice((20, 200, 2000))]
        elif kind == 5:
            del data[at:]
        elif kind == 6 and random.random() < 0.2:
            del data[:at]
        else:
            data[at : at + random.choice((0, 1, 10))] = random.choice(_PIECES)
    return seed, bytes(data)


@cache
def _seeds() -> list[Path]:
    finds = [
        path for folder in (FIXTURES, SEEDS, FIXTURES.parent / "finds") for path in folder.rglob("*") if path.is_file()
    ]
    finds += [path for path in shared("hostile") if "ledger" not in path.name]
    finds += [path for path in shared("corpus", "docs") + shared("bench") if path.suffix in (".html", ".md")][::40]
    return sorted(path for path in finds if path.suffix not in (".json", ".toml") and path.stat().st_size < _SEED_BYTES)


_KINDS = {"documents": _read_random, "mutants": _read_mutant}


def _broken(kind: str, numbers: range) -> Iterator[tuple[int, str]]:
    for number in numbers:
        suffix, data, work = _KINDS[kind](number)
        what = trouble(work)
        if what:
            Path(f"broken-{number}{suffix}").write_bytes(data)
            yield number, what


def main(kind: str, count: int, first: int) -> int:
    """Hold so many inputs of a kind to the laws, from a number on."""
    signal.signal(signal.SIGPROF, _give_up)
    broken = 0
    for at in range(first, first + count, 10_000):
        for number, what in _broken(kind, range(at, min(at + 10_000, first + count))):
            broken += 1
            print(number, what, flush=True)
        print(
            f"{min(at + 10_000, first + count) - first} {kind}, {broken} broken, {time.process_time():.0f} s",
            flush=True,
        )
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0))
