"""Memory that dense inputs take, by hand: what CI has no time for.

`python tests/peaks.py MEGABYTES…` cleans each of `INPUTS`, at each size, in a process of its own, prints the most memory that it took
beside what the process held before (Linux), and ends with 1 if one took more than docs/limits.md says. An input repeats one piece that
makes much of few bytes: blocks, marks, cells, elements, lines.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.model.errors import SeedcleanError
from seedclean.packs.registry import Registry, load
from seedclean.pipeline import examine

INPUTS = {
    "lines of text": ("a.txt", "", "ab\n"),
    "paragraphs of text": ("a.txt", "", "ab\n\n"),
    "lines of Chinese text": ("a.txt", "", "灯\n"),
    "links of text": ("a.txt", "", "http://a.b\n"),
    "paragraphs": ("a.html", "", "<p>a"),
    "paragraphs with classes": ("a.html", "", '<p class="a b c d e f">a'),
    "paragraphs with attributes": ("a.html", "", "<p a=b c=d e=f>a"),
    "hidden paragraphs": ("a.html", "<p>a", "<p hidden>a"),
    "line breaks": ("a.html", "<p>", "a<br>"),
    "lines of a paragraph": ("a.html", "<p>", "a\n"),
    "items of a page": ("a.html", "<ul>", "<li>a"),
    "lists in each other": ("a.html", "", "<ul><li>a"),
    "elements in each other": ("a.html", "", "<div>"),
    "empty elements": ("a.html", "", "<div></div>"),
    "rules of a page": ("a.html", "<p>a", "<hr>"),
    "links": ("a.html", "<p>", "<a href=x>a</a> "),
    "paragraphs with a link": ("a.html", "", "<p><a href=x>a</a>"),
    "bold letters": ("a.html", "<p>", "<b>a</b>"),
    "open bold letters": ("a.html", "<p>", "<b>a"),
    "cells": ("a.html", "<table><tr>", "<td>a"),
    "rows": ("a.html", "<table>", "<tr><td>a<td>b"),
    "tables": ("a.html", "", "<table><tr><td>a</table>"),
    "pictures": ("a.html", "<p>", "<img src=a>"),
    "frames": ("a.html", "<p>a", "<iframe src=a></iframe>"),
    "drawings": ("a.html", "<p>a", "<svg><text>a</svg>"),
    "details": ("a.html", "<p>a", "<details><summary>a</summary>b</details>"),
    "lines of a listing": ("a.html", "<pre>", "a\n"),
    "meta tags": ("a.html", "<p>a", "<meta name=a content=b>"),
    "references": ("a.html", "<p>a", "&lt;"),
    "comments": ("a.html", "<p>a", "<!--a-->"),
    "attributes of one tag": ("a.html", "<p ", "a{} "),
    "items": ("a.md", "", "- a\n"),
    "headings": ("a.md", "", "# a\n"),
    "quotes": ("a.md", "", "> a\n\n"),
    "quotes in each other": ("a.md", "", "> "),
    "rules": ("a.md", "", "---\n\n"),
    "bold letters of Markdown": ("a.md", "", "**a** "),
    "links of Markdown": ("a.md", "", "[a](b) "),
    "paragraphs with a link of Markdown": ("a.md", "", "[a](b)\n\n"),
    "pictures of Markdown": ("a.md", "", "![](a)"),
    "cells of Markdown": ("a.md", "|a|b|\n|-|-|\n", "|a|b|\n"),
    "empty cells of Markdown": ("a.md", "|a|b|\n|-|-|\n", "|||\n"),
    "code": ("a.md", "", "`a` "),
    "formulas": ("a.md", "# a\n\n", "$a$ "),
    "footnotes": ("a.md", "# a\n\n", "a[^1] "),
    "lines of Markdown": ("a.md", "# a\n\n", "ab\n"),
    "paragraphs in Markdown": ("a.md", "", "<p>a\n\n"),
    "front matter without an end": ("a.md", "---\n", "a: b\n"),
}
"""Name -> path, how the input begins, and the piece; {} in it is the number of the piece."""


class Peak(NamedTuple):
    """`taken`: bytes of memory beside those held before. `outcome`: `ok`, or the code of an error."""

    taken: int
    outcome: str


def dense(name: str, size: int) -> tuple[str, bytes]:
    """The path and the bytes of an input of about this size."""
    path, head, piece = INPUTS[name]
    count = size // len(piece.format(size).encode())
    return path, (head + ("".join(map(piece.format, range(count))) if "{}" in piece else piece * count)).encode()


def peaks(inputs: list[tuple[str, bytes]]) -> Iterator[Peak]:
    """What each document takes in a child of its own. The children share what this process has loaded."""
    registry = load()
    for path, text in (("a.html", "<p>The lamps burn.<p>They wait."), ("a.md", "# A\n\nb"), ("a.txt", "a\n\nb")):
        examine(Source(path, text.encode()), registry).record.to_json()
    gc.collect()
    for path, data in inputs:
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.write(writing, _taken(Source(path, data), registry).encode())
            os._exit(0)
        os.close(writing)
        with open(reading, encoding="ascii") as answer:
            taken, outcome = answer.read().split()
        os.waitpid(child, 0)
        yield Peak(int(taken), outcome)


def allowed(size: int) -> int:
    """The memory that a document of a size may take."""
    return max(limits.DOCUMENT_BYTES, limits.WORKER_RATIO * size)


def _taken(source: Source, registry: Registry) -> str:
    Path("/proc/self/clear_refs").write_text("5")
    before = _status("VmRSS")
    try:
        examine(source, registry).record.to_json()
        outcome = "ok"
    except SeedcleanError as error:
        outcome = error.code
    except BaseException as error:  # noqa: BLE001  # the child answers whatever happens
        outcome = type(error).__name__
    return f"{_status('VmHWM') - before} {outcome}"


def _status(name: str) -> int:
    (line,) = [line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith(name)]
    return int(line.split()[1]) * 1024


def main(sizes: list[int]) -> int:
    """Print the peak of each input at each size; 1 if one is too high."""
    is_over = False
    for name in INPUTS:
        for size in sizes:
            path, data = dense(name, size)
            ((taken, outcome),) = peaks([(path, data)])
            is_over = is_over or taken > allowed(len(data)) or outcome not in ("ok", "too-large")
            print(f"{name:36} {len(data) / 1e6:6.2f} MB takes {taken / 1e6:4.0f} MB  {outcome}", flush=True)
    return int(is_over)


if __name__ == "__main__":
    sys.exit(main([round(float(size) * 1e6) for size in sys.argv[1:]]))
