"""The Markdown and text readers take linear time: steps of the interpreter are counted at n, 2n and 4n, no seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from seedclean.readers.frontmatter import split_front_matter
from seedclean.readers.markdown import read_markdown
from seedclean.readers.text import read_text

MARKDOWN: dict[str, Callable[[int], str]] = {
    "nested emphasis": lambda n: (
        "*中 " * 6 * n + "b*" * 6 * n
    ),  # more than the elements that have ancestors of their own
    "nested strong": lambda n: "**中" * n + "b**" * n,
    "spaced stars": lambda n: "** 中 " * n,
    "lone stars": lambda n: "**中\n" * n,
    "stars after signs": lambda n: "。**中" * n,
    "small tables": lambda n: "|a|b|\n|-|-|\n|c|d|\n\n" * n,
    "rows": lambda n: "|a|b|\n|-|-|\n" + "|c|d|`e|f`|g\n" * n,
    "columns": lambda n: "|a" * n + "|\n" + "|-" * n + "|\n" + "|c" * n + "|\n",
    "comments": lambda n: "<!--\n" * n,
    "scripts": lambda n: "<script>\n" * n,
    "brackets": lambda n: "[中" * n,
    "double brackets": lambda n: "[[" * n,
    "links of wikis": lambda n: "[[中]] " * n,
    "addresses": lambda n: "[a](http://b c)" * n,
    "open addresses": lambda n: "](" * n,
    "cards": lambda n: "[中\n\n](http://a)\n\n" * n,
    "open cards": lambda n: "[\n\n" * n,
    "wrapped headings": lambda n: "# [中\n](http://a)\n" * n,
    "footnotes": lambda n: "[^1]: 中\n\n" * n,
    "fences": lambda n: "```a\n\n" * n,
    "swallowed prose": lambda n: "```a\n\n守灯人每天清早划船出去看海。\n" * n,
    "highlights": lambda n: "==中==b " * n,
    "attributes": lambda n: "# {中 {#a\n" * n,
    "backslashes": lambda n: "中\\\n" * n,
    "details": lambda n: "# A" + "<details>" * n + "B",
    "quotes": lambda n: "> " * n + "a",
    "formulas": lambda n: "$中" * n,
}
TEXT: dict[str, Callable[[int], str]] = {
    "lines": lambda n: "a\n" * n,
    "wrapped": lambda n: ("word " * 12 + "\n") * n,
    "wrapped Chinese": lambda n: ("守灯人每天清早在潮水转向以前划船出去，把路上看见的东西一样" + "\n") * n,
    "hyphens": lambda n: ("word " * 12 + "exam-\n") * n,
    "items": lambda n: "* a\n  b\n" * n,
}
FRONT: dict[str, Callable[[int], str]] = {
    "yaml": lambda n: "---\n" + "a: b\n" * n + "---\n",
    "toml": lambda n: "+++\n" + "".join(f"a{at} = 1\n" for at in range(n)) + "+++\n",
    "broken toml": lambda n: "+++\na = \n" + "b = [\n" * n + "+++\n",
    "json": lambda n: "{" + ",".join(f'"a{at}": [1]' for at in range(n)) + "}\n\nb",
}


def steps(run: Callable[[str], object], text: str) -> int:
    """How many lines of Python a run executes."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run(text)
    finally:
        sys.settrace(before)
    return count


def markdown(text: str) -> object:
    """Its blocks, as many as there are."""
    return read_markdown(text, 0, len(text) + 1)


@pytest.mark.parametrize(
    ("run", "build"),
    [
        pytest.param(run, build, id=f"{run.__name__}-{name}")
        for run, table in ((markdown, MARKDOWN), (read_text, TEXT), (split_front_matter, FRONT))
        for name, build in table.items()
    ],
)
def test_steps_grow_with_the_input(run: Callable[[str], object], build: Callable[[int], str]) -> None:
    sizes = (50, 100, 200)
    first, second, third = (steps(run, build(size)) for size in sizes)
    assert third - second < 2.5 * (second - first) + 500
