"""Random documents of a grammar that mixes Markdown and HTML. tests/test_markup.py holds law 1 against some, tests/campaign.py
against as many as one likes.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from laws import nothing_lost

from seedclean.model.document import Source
from seedclean.readers import read

WORDS = (
    "a",
    "Lamp",
    "灯",
    "守夜人。",
    "b“c”",
    "1",
    "x_y",
    "2 * 3",
    " ",
    "&amp;",
    "&#x4e2d;",
    "\u3000",
    "é",
    "\ue001",
    "🌊",
    "(",
    "]",
    "**",
    "`",
    "|",
    "<",
    "$",
)
TAGS = (
    "p",
    "div",
    "span",
    "b",
    "em",
    "a",
    "ul",
    "li",
    "ol",
    "table",
    "tr",
    "td",
    "details",
    "summary",
    "h2",
    "blockquote",
    "pre",
    "code",
    "script",
    "title",
    "iframe",
    "noscript",
    "svg",
    "button",
    "figcaption",
    "x-y",
)
HEADS = (
    "# ",
    "### ",
    "- ",
    "* ",
    "1. ",
    "> ",
    "    ",
    "```\n",
    "~~~py\n",
    "[^1]:",
    "[^1]: ",
    "> [!NOTE] ",
    "| ",
    "---\n",
    "===\n",
    "- [ ] ",
    "  ",
    "\t",
    "+++\n",
    "---\ntitle: a\n---\n",
)
INLINE: tuple[Callable[[str], str], ...] = (
    lambda inner: f"**{inner}**", lambda inner: f"** {inner} **", lambda inner: f"*{inner}*", lambda inner: f"_{inner}_", lambda inner: f"`{inner}`",
    lambda inner: f"~~{inner}~~", lambda inner: f"[{inner}](u)", lambda inner: f"![{inner}](u v)", lambda inner: f"[[{inner}]]", lambda inner: f"![[{inner}]]",
    lambda inner: f"=={inner}==", lambda inner: f"[{inner}\n\n", lambda inner: f"{inner}](https://a.b/)", lambda inner: f"${inner}$", lambda inner: f"{inner}{{: .c}}",
    lambda inner: f"{inner}[^1]", lambda inner: f"|{inner}|{inner}|\n|-|-|\n|{inner}|`|`|c|", lambda inner: f"<!--{inner}-->", lambda inner: f"\\{inner}\\\n", lambda inner: f"<{inner}>",
)  # fmt: skip


def document(random: random.Random) -> str:
    """A document of some lines, most of them broken."""
    return "".join([_line(random) for _ in range(random.randint(1, 8))])


def _line(random: random.Random) -> str:
    heads = "".join([random.choice(HEADS) for _ in range(random.choice((0, 0, 1, 1, 2)))])
    return (
        heads
        + "".join([_piece(random, 3) for _ in range(random.randint(0, 4))])
        + random.choice(("\n", "\n\n", "  \n", "", "\r\n", "\r"))
    )


def _piece(random: random.Random, depth: int) -> str:
    kind = random.random()
    if depth == 0 or kind < 0.4:
        return random.choice(WORDS)
    inner = "".join([_piece(random, depth - 1) for _ in range(random.randint(0, 2))])
    if kind < 0.7:
        return random.choice(INLINE)(inner)
    tag = random.choice(TAGS)
    if kind < 0.78:
        return f"<{tag}>" * random.choice((1, 1, 2, 40, 300)) + inner
    if kind < 0.84:
        return f"</{tag}>"
    if kind < 0.88:
        return random.choice((f"<img src={tag}>", "<br>", "<hr>", "<input", "<!-- ", "<![CDATA[", "<a href='"))
    return f"<{tag} class=c>{inner}</{tag}>"


def fault(text: str, suffix: str) -> str:
    """What breaks law 1 in a document; empty if nothing does."""
    try:
        nothing_lost(read(Source(f"a.{suffix}", text.encode())))
    except AssertionError as broken:
        return str(broken)
    return ""
