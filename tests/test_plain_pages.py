"""A `pre` that holds prose is paragraphs; one that holds code, a table or a poem is a listing."""

from __future__ import annotations

import html
import textwrap

import pytest

from seedclean.model.document import Block, Source
from seedclean.readers import read

PROSE = (
    "The keeper of the northern light rowed out every morning before the tide had turned, and wrote down what he saw on the "
    "way: three seals on the bar, a drifting crate, and once a boat without anybody in it."
)
REPLY = "Nobody had asked him for the list, and nobody has read it but his brother, who can neither row nor write."
CHINESE = "守灯人每天清早在潮水转向以前划船出去，把路上看见的东西一样一样记在本子上：沙洲上的三只海豹，一只漂着的木箱，还有一回是一条没有人的船。"
CODE = "def rows(lines):\n    # The keeper rows out every morning before the tide has turned.\n    return [line for line in lines]\n"


def blocks(page: str) -> list[Block]:
    return list(read(Source("a.html", page.encode())).blocks)


def wrapped(text: str, width: int = 66) -> str:
    return "\n".join(textwrap.wrap(text, width))


def test_a_mail_in_an_archive() -> None:
    quoted = textwrap.indent(wrapped(PROSE), "> ")
    mail = f"Dear all,\n\n{wrapped(PROSE)}\n\nOn Monday Olaf wrote:\n{quoted}\n{wrapped(REPLY)}\n\n-- \nIda & Per\n"
    read_mail = blocks(f"<pre>{html.escape(mail)}</pre><p>Next</p>")
    lines = [line.strip() for line in quoted.split("\n")]
    assert [(block.kind, block.text) for block in read_mail] == [
        ("paragraph", "Dear all,"), ("paragraph", PROSE), ("paragraph", "On Monday Olaf wrote:"), ("paragraph", lines[0]),
        *[("line", line) for line in lines[1:]], ("paragraph", REPLY), ("paragraph", "--"), ("line", "Ida & Per"),
        ("paragraph", "Next"),
    ]  # fmt: skip


def test_links_in_plain_text_are_marks() -> None:
    text = wrapped(PROSE).replace("seals", '<a href="/seals">se&auml;ls</a>') + "\n\n" + wrapped(REPLY)
    first, second = blocks(f"<pre style='white-space: pre-wrap'>{text}</pre>")
    assert first.text == PROSE.replace("seals", "seäls")
    assert [(mark.type, first.text[mark.start : mark.end]) for mark in first.marks] == [("link", "seäls")]
    assert second.text == REPLY


def test_a_text_file_that_a_browser_shows() -> None:
    page = blocks(f"<html><head></head><body><pre>{PROSE}\n\n{CHINESE * 2}\n{CHINESE}</pre></body></html>")
    assert [(block.kind, block.text) for block in page] == [
        ("paragraph", PROSE), ("paragraph", CHINESE * 2), ("line", CHINESE),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "markup",
    [
        f"<pre>{CODE * 4}</pre>",
        f"<pre>{wrapped(PROSE)}\n\n{CODE * 4}</pre>",
        f'<pre class="language-text">{wrapped(PROSE)}</pre>',
        f"<pre><code>{wrapped(PROSE)}</code></pre>",
        f"<pre>{wrapped(PROSE, 30)}</pre>",
        "<pre>Month      Fog   Seals\nMarch       11       3\nApril        7       8\n</pre>",
        "<pre>The tide is out,\nThe boat is in.\n</pre>",
    ],
)
def test_other_listings_stay(markup: str) -> None:
    assert [block.kind for block in blocks(markup)] == ["code"]


def test_a_pre_without_an_end() -> None:
    assert [block.text for block in blocks(f"<pre>{wrapped(PROSE)}\n\n{REPLY}")] == [PROSE, REPLY]
