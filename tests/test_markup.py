"""Random documents that mix Markdown and HTML keep law 1, and those that once broke it do for ever."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import shared
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import nothing_lost
from markup import document, fault

from seedclean.model.document import Source
from seedclean.readers import read


@settings(max_examples=400)
@given(st.randoms(use_true_random=False), st.sampled_from(["md", "html", "txt"]))
def test_random_markup_keeps_law_1(random: object, suffix: str) -> None:
    text = document(random)  # type: ignore[arg-type] # Hypothesis' own kind of random.Random
    assert not fault(text, suffix), text


@pytest.mark.parametrize(
    "text",
    [
        "[^1]:**>**", "---\n[^1]:---\n?", "[^1]:-", "# A" + "<details>" * 255 + "B", "# A" + "<details>" * 300 + "B\n\nC\n\n# D",
        "**" + "<em>" * 300 + "a**b", "[^1]:![](u)", "[^1]:\n```\na", "> [^1]: > a\n\n- [^2]:# b", "[" + "<div>" * 260 + "a](u)\n\nb",
        "| a | b |\n|-|-|\n| <td> c | d |", "- a</ul>b\n- c", "*a</em>b*c", "1. <pre>\n\n2. b",
        "---[A b\n\nC d\n\n](https://a.b/c\n)\n",
        "3[[a|<div>\n||-|\n]]", "[[![C[`]]](http://)h\n<summary `", "`[[![C[a]]](http://)h\n<summary `", "#{#e}\n**k**", "[\n\nx](http://<!)",
        "[a<div>b](http: <c)\n---\n<i>", "[a<div>b](https://c.d/e f\"><g)\n---\n\n<i>h</i>",
        "* [![](i.png)\n\n  a](https://b.c</p><p>（def）</p>\ng)\n\nh", "[![](i.png)\n\na](https://b.c/d\ne?f)\n\ng",
        "<\r<div><!\n\r~~~>a",
    ],
)  # fmt: skip
def test_documents_that_broke_it(text: str) -> None:
    assert not fault(text, "md")


@pytest.mark.parametrize(
    "text",
    [
        "<p>a</p><iframe src='b", "<p>a</p><title b", "<p>a<!-- b<![CDATA[c</b><p>d", "<div class=<tex" + "=" * 1200 + "<textarea>b</div>c",
        "<div id='<pre><p>'<textarea>b='c'><p>d", "<noscript>a<iframe><noscript>b</noscript>c", "<p>a<!-- b<p>c<p>d<p>e<b><![CDATA[f</b><p>g<!--<!-- -->h",
        "<script>x = 1;\n<p>a<p>b<p>c<![CDATA[d</p>e", "<a b=\"><script \">c<li><li>d</a>", "<a=\"><script \">b<li><li>c", "<p>a<![CDATA[<div><div ]]>b>",
        "<p>a<script type='b</script>c': 'd'}</script><p>e<p>f<p>g",
        "<a e='<<<<script '><p>'b<p><div>c", "<a e='" + "<p>" * 9 + "<script>'>b<p>c", '<p>a<b id="c>\n<div class="d</div>>e<p>f<i class="g">h',
        "<div>&nbsp<a", "<p>a</p>b &nbsp;<a c d", "<p>a&amp;<b c='d>e",
    ],
)  # fmt: skip
def test_pages_that_broke_it(text: str) -> None:
    assert not fault(text, "html")


@pytest.mark.parametrize("text", ["<p>a<p>b<script>c", "<p>a\r<a href='c><p>d"])
def test_a_page_that_says_it_is_broken_keeps_what_a_browser_shows(text: str) -> None:
    page = read(Source("a.html", text.encode()))
    assert "unclosed-markup" in page.warnings
    nothing_lost(page)
    with pytest.raises(AssertionError, match="lost at"):
        nothing_lost(replace(page, blocks=page.blocks[1:]))


@pytest.mark.parametrize("address", ["http: <c", 'https://c.d/e f"><g'])
def test_the_law_sees_text_that_is_lost_beside_an_address_with_a_bracket(address: str) -> None:
    page = read(Source("a.md", f"[a<div>b]({address})\n---\n\n<i>h</i>".encode()))
    nothing_lost(page)
    for lost in page.blocks:
        with pytest.raises(AssertionError, match="lost at"):
            nothing_lost(replace(page, blocks=tuple([block for block in page.blocks if block is not lost])))


def test_a_link_to_a_note_with_an_empty_name_is_text() -> None:
    assert read(Source("a.md", b"# T\n\nb [[c|]] ![[d.png|]]\n")).blocks[1].text == "b [[c|]]"


@pytest.mark.parametrize("header", ["|a `|b|", "|a `x|b` c|", "|a ``|`b``|", "| \\`a|` b|"])
@pytest.mark.parametrize("row", ["|c `|d|e|", "|c|d|e|", "|`c`|d|<b>e</b>|f|"])
def test_cells_beyond_those_of_the_header_are_read(header: str, row: str) -> None:
    blocks = read(Source("a.md", f"# T\n\n{header}\n|-|-|\n{row}\n|g|h|\n".encode())).blocks
    assert {"c", "d", "e", "g", "h"} <= {*blocks[-1].text}


@pytest.mark.parametrize(
    "name",
    [
        "overlap-footnote.md",
        "overlap-footnote2.md",
        "overlap-heading.md",
        "0943-enc+nest.mdx",
        "1001-nest+front+trunc.md",
    ],
)
def test_hostile_documents(name: str) -> None:
    files = [path for path in shared("hostile") if path.name == name]
    if not files:
        pytest.skip("../shared/hostile is not here")
    assert not fault(files[0].read_text("utf-8", "replace"), "md")
