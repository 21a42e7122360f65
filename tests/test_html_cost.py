"""The HTML reader takes time in proportion to its input: function calls are counted, at n and 4n."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from seedclean.model.document import Source
from seedclean.readers import read

_FORMULA = '<span class="katex"><math><annotation encoding="application/x-tex">p</annotation></math></span>'
UNITS = {
    "small tables": "<table><tr><td>a<td>b<tr><td>c<td>d</table>",
    "nested tables": "<table><tr><td>a",
    "nested cells": "<table><tr><td><div>a",
    "hidden words": "a <span hidden>b</span> ",
    "open hidden words": "a <span hidden>b",
    "permalinks": 'a<a href="#x">#</a> ',
    "footnotes": 'a<sup><a href="#x">1</a></sup> ',
    "formulas": _FORMULA,
    "open formulas": '<span class="katex"><span>b',
    "scripts of formulas": '<span class="MathJax">b</span><script type="math/tex">x</script>',
    "pictures": "<img src=a.jpg><noscript><img src=b.jpg></noscript>",
    "open links": "<a href=x>b ",
    "open buttons": "<button>b ",
    "readings": "<ruby>a<rt>b ",
    "gutters": "<pre><span class=ln>1</span>a\n",
    "listings in cells": "<table><tr><td><pre>a",
    "lines of code": "<code>a<br>",
    "broken quotation marks": '<a href="x>y</a> <p>',
    "scripts": "<script>a\n<p>\n<p>\n<p></script>",
    "open scripts": "<script>\n<p>",
}


def calls(action: Callable[[], object]) -> int:
    """How many functions an action calls, those of C included, each weighed by nothing else."""
    count = 0

    def profile(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", UNITS)
def test_cost_grows_with_the_input(unit: str) -> None:
    small, large = (calls(lambda n=n: read(Source("a.html", (UNITS[unit] * n).encode()))) for n in (200, 800))  # type: ignore[misc]
    assert large <= 5 * small + 2000
