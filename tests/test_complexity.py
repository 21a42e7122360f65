"""What takes n signs n steps takes four times as many signs four times as many: for each reader, container and field.

Times are compared with each other, never with a clock: quadratic work takes 16 times as long on four times as much.
`SEEDCLEAN_LONG=1 pytest tests/test_complexity.py` tries each at 8 times the size.
"""

from __future__ import annotations

import gc
import gzip
import os
import time
from collections.abc import Callable
from functools import cache

import pytest

from seedclean.batch.job import Job, outcomes
from seedclean.model.document import Source
from seedclean.model.errors import SeedcleanError
from seedclean.packs.registry import Registry, load

LONG = 8 if os.environ.get("SEEDCLEAN_LONG") else 1
TIMES = 10
"""Linear work has a factor of 4, with sorting a little more; quadratic work has 16."""
TRIES = 3
"""A busy machine can slow one measurement down; quadratic work is slow at each."""
MEASURABLE = 0.15
"""Seconds below which nothing is quadratic that matters: the work itself is less than what surrounds it."""

Make = Callable[[int], str]


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}<title>Lamp</title></head><body><article><h1>Lamp</h1>{body}<p>The ferry left at six, and nobody spoke.</p></article></body></html>"


def stated(name: str, pump: Make) -> Make:
    return lambda n: page("", f'<meta name="{name}" content="{pump(n)}">')


HTML: dict[str, Make] = {
    "open div": lambda n: page("<div>" * n),
    "open b": lambda n: page("<b>" * n + "deep"),
    "breaks": lambda n: page("a<br>" * n),
    "end tags": lambda n: page("</div>" * n),
    "comments": lambda n: page("<!-- a -->" * n),
    "open comments": lambda n: page("<!--" * n),
    "attributes": lambda n: page("<p " + " ".join(f"a{at}" for at in range(n)) + ">a</p>"),
    "attributes with signs": lambda n: page("<p " + " ".join(f'a{at}=">"' for at in range(n)) + ">a</p>"),
    "references": lambda n: page("&amp;" * n),
    "blanks": lambda n: page("a" + " " * 4 * n + "b"),
    "one word": lambda n: page("a" * 4 * n),
    "classes": lambda n: page(f'<p class="{" a" * n}">a</p>'),
    "data address": lambda n: page(f'<img src="data:image/png;base64,{"A" * 4 * n}">'),
    "scripts": lambda n: page("<script>a</script>" * n),
    "scripts in a comment": lambda n: page("<script><!--<script></script>" * n + "-->"),
    "scripts in a comment that ends": lambda n: page("<script><!--<script></script>" * n + "--></script>"),
    "footnotes": lambda n: page('<p>a<sup><a href="#x">1</a></sup>' + '<sup><a href="#x">1</a></sup>' * n),
    "permalinks": lambda n: page('<p>' + '<b>a</b> <a href="#x">#</a> ' * n),
    "cdata sections": lambda n: page("<![CDATA[<p>a</p>" * n),
    "cdata sections with one end": lambda n: page("<![CDATA[<p>a</p>" * n + "]]>"),
    "signed lines": lambda n: page("<p><span class=author>a</span></p>" * n),
    "open declarations": lambda n: page("<!X <p>a</p>" * n),
    "open declarations in open values": lambda n: page("<a b=\" <!X<a b=' " * n),
    "open declarations before comments": lambda n: page("<!X<!--" * n),
    "titles and linked data": lambda n: page("<title>a</title>" * n + '<script type="application/ld+json">{}</script>' * n),
}  # fmt: skip

MARKDOWN: dict[str, Make] = {
    "quotes": lambda n: ">" * n + " a",
    "brackets": lambda n: "[" * n,
    "stars": lambda n: "*a " * n,
    "backquotes": lambda n: "`a" * n,
    "lines": lambda n: "a\n" * n,
    "comments": lambda n: "<!-- a -->\n" * n + "# A",
    "headers": lambda n: "key: value\n" * n,
    "front matter": lambda n: "---\n" + "key: value\n" * n + "---\n# A",
    "links": lambda n: "[a](b) " * n,
    "sections that a title quotes": lambda n: "---\ntitle: Lamp and quay - Tide\n---\n\n# **A**\n\n" + "a\n\n" * 2 * n + "## Lamp and quay\n\n" * n,
    "pictures": lambda n: "![" * n,
    "definitions": lambda n: "[a]: /b\n" * n,
    "bold without a gap": lambda n: "**a****b** " * n,
}  # fmt: skip

TEXT: dict[str, Make] = {
    "bullets": lambda n: "- a\n" * n,
    "bars": lambda n: "|" * 4 * n,
    "colons": lambda n: "a: " * n,
    "blanks": lambda n: "a" + "\u3000" * 4 * n + "b",
    "marks": lambda n: "a" + "\u0301" * 4 * n,
    "digits": lambda n: "1" * 4 * n,
    "dates": lambda n: "2024-05-16 " * n,
}  # fmt: skip

PUMPS: dict[str, Make] = {
    "blanks": lambda n: "A" + " " * n + "B",
    "open brackets": lambda n: "A(" * n,
    "bracket and blanks": lambda n: "A(" + " " * n,
    "square brackets": lambda n: "[" * n,
    "bars": lambda n: "House | " * n,
    "bar and blanks": lambda n: "House |" + " " * n + "x",
    "marks": lambda n: "a" + "\u0301" * n,
    "commas": lambda n: "A B, " * n,
    "digits": lambda n: "2" * n,
    "dashes": lambda n: "- " * n,
    "slashes": lambda n: "http://a/" + "/" * n,
    "percents": lambda n: "http://a/?" + "%25" * n,
}  # fmt: skip
FIELDS = ("author", "description", "date", "keywords", "og:title", "og:url", "og:site_name", "article:published_time")

CASES: dict[str, tuple[str, Make, int]] = {
    **{f"html {name}": ("a.html", make, 4_000) for name, make in HTML.items()},
    **{f"markdown {name}": ("a.md", make, 4_000) for name, make in MARKDOWN.items()},
    **{f"text {name}": ("a.txt", make, 4_000) for name, make in TEXT.items()},
    **{
        f"{field} {name}": ("a.html", stated(field, pump), 8_000)
        for field in FIELDS
        for name, pump in PUMPS.items()
    },
    "mail parameters": ("a.eml", lambda n: f'Content-Type: text/plain; a="{";" * n}\n\nThe ferry left.', 8_000),
    "mail lines": ("a.eml", lambda n: "Subject: a\n" + " b\n" * n + "\nThe ferry left.", 4_000),
    "headers": ("contacts", lambda n: "Key: value\n" * n + "x", 4_000),
    "json lists": ("a.json", lambda n: "[" * n, 8_000),
    "json texts": ("a.json", lambda n: '{"text": "' + "\\\\" * n + '"}', 8_000),
}  # fmt: skip


@cache
def registry() -> Registry:
    return load()


def seconds(path: str, data: bytes) -> float:
    """What cleaning takes without collections of garbage: each costs what the whole process holds, which is no input's."""
    gc.disable()
    try:
        start = time.process_time()
        for outcome in outcomes(Job("", path, None, Source(path, data)), registry()):
            assert not isinstance(outcome, SeedcleanError) or outcome.code not in ("internal", "crashed"), str(outcome)
        return time.process_time() - start
    finally:
        gc.enable()


def factor(path: str, make: Make, n: int) -> float:
    """How many times as long four times as much takes; 1 where it takes next to no time."""
    large = seconds(path, make(4 * n).encode())
    if large < MEASURABLE:
        return 1.0
    return large / min(seconds(path, make(n).encode()) for _ in range(3))


@pytest.mark.parametrize("name", CASES)
def test_the_time_is_linear(name: str) -> None:
    path, make, n = CASES[name]
    seconds("a.html", page("").encode())  # what is loaded at the first document
    assert any(factor(path, make, n * LONG) < TIMES for _ in range(TRIES))


def test_compressed_data_is_unpacked_in_linear_time() -> None:
    small, large = (gzip.compress(b"a") * count for count in (20_000, 80_000))
    after = seconds("a.txt.gz", large)
    assert after < MEASURABLE or after < TIMES * min(seconds("a.txt.gz", small) for _ in range(3))
