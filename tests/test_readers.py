"""The blocks of single constructs of HTML, Markdown and text: kinds, texts and exact spans."""

from __future__ import annotations

import pytest

from seedclean.model.document import Block, Source
from seedclean.readers import read


def blocks(text: str, name: str) -> list[Block]:
    return list(read(Source(name, text.encode())).blocks)


def shown(text: str, name: str) -> list[tuple[str, str, str]]:
    return [(block.kind, block.text, text[block.start : block.end]) for block in blocks(text, name)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>a &amp; b</p>", [("paragraph", "a & b", "a &amp; b")]),
        ("<p>a<p>b", [("paragraph", "a", "a"), ("paragraph", "b", "b")]),
        ("<p>a<br>b</p>", [("paragraph", "a", "a"), ("line", "b", "b")]),
        ("<p>a<br><br>b</p>", [("paragraph", "a", "a"), ("paragraph", "b", "b")]),
        ("<div>a <b>b</b> c</div>", [("paragraph", "a b c", "a <b>b</b> c")]),
        ("<h2>a<br>b</h2>", [("heading", "a b", "a<br>b")]),
        ("<ul><li>a<li>b<ol><li>c</ol></ul>", [("item", "a", "a"), ("item", "b", "b"), ("item", "c", "c")]),
        ("<blockquote><p>a</p></blockquote>", [("quote", "a", "a")]),
        ("<pre>a\n  b</pre>", [("code", "a\n  b", "a\n  b")]),
        ("<p>a</p><hr><p>b</p>", [("paragraph", "a", "a"), ("divider", "", "<hr>"), ("paragraph", "b", "b")]),
        (
            "<figure><img src=i><figcaption>a</figcaption></figure>",
            [("image", "", "<img src=i>"), ("caption", "a", "a")],
        ),
        ("<p>a<img src=i></p>", [("paragraph", "a", "a"), ("image", "", "<img src=i>")]),
        ("<p>a<img src=i>b</p>", [("paragraph", "ab", "a<img src=i>b")]),
        ("<iframe src=x>raw</iframe>", [("embed", "", "<iframe src=x>raw</iframe>")]),
        ("<script>if(a<b)</script><p>a", [("paragraph", "a", "a")]),
        ("<p>a <!-- b --> c</p>", [("paragraph", "a c", "a <!-- b --> c")]),
        ("<p>\u3000\u3000a</p>", [("paragraph", "a", "a")]),
        ("<p>a\r\nb</p>", [("paragraph", "a b", "a\r\nb")]),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", [("table", "a\tb\nc\td", "a<td>b<tr><td>c<td>d")]),
        (
            "<table><tr><td>a<td>b<tr><td><h3>c</h3><td>d</table>",
            [("table", "a\tb\nc\td", "a<td>b<tr><td><h3>c</h3><td>d")],
        ),
        (
            "<table><tr><td><a>a</a><td><h1>b</h1><tr><td>c<td>d</table>",
            [("paragraph", "a", "a"), ("heading", "b", "b"), ("paragraph", "c", "c"), ("paragraph", "d", "d")],
        ),
        ("<table><tr><td><p>a</p><p>b</p></td></tr></table>", [("paragraph", "a", "a"), ("paragraph", "b", "b")]),
        ('<p>a <a href="x', [("paragraph", 'a <a href="x', 'a <a href="x')]),
        ("<b>a<p>b</b>c</p>", [("paragraph", "a", "a"), ("paragraph", "bc", "b</b>c")]),
    ],
)
def test_html(source: str, expected: list[tuple[str, str, str]]) -> None:
    assert shown(source, "a.html") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# a\n\nb", [("heading", "a", "# a"), ("paragraph", "b", "b")]),
        ("[a](u)\n------\n", [("heading", "a", "[a](u)\n------")]),
        ("a\nb", [("paragraph", "a", "a"), ("line", "b", "b")]),
        ("a  \nb", [("paragraph", "a", "a"), ("line", "b", "b")]),
        ("**a** b", [("paragraph", "a b", "**a** b")]),
        ("- a\n- b\n\n  c", [("item", "a", "- a"), ("item", "b", "- b"), ("paragraph", "c", "c")]),
        ("![a](u)", [("image", "", "![a](u)")]),
        ("[![a](u)](v)", [("image", "", "[![a](u)](v)")]),
        ("```py\na\n```", [("code", "a", "```py\na\n```")]),
        ("> a", [("quote", "a", "a")]),
        ("|a|b|\n|-|-|\n|c|d|", [("table", "a\tb\nc\td", "|a|b|\n|-|-|\n|c|d|")]),
        ("a\n\n---\n\nb", [("paragraph", "a", "a"), ("divider", "", "---"), ("paragraph", "b", "b")]),
        ("中文 **粗** a", [("paragraph", "中文 粗 a", "中文 **粗** a")]),
        (
            "# a\n\n<div>\n\n    <p>b</p>\n\n</div>\n\n# c",
            [("heading", "a", "# a"), ("paragraph", "b", "b"), ("heading", "c", "# c")],
        ),
        ("    一段缩进的话，不是代码。", [("paragraph", "一段缩进的话，不是代码。", "一段缩进的话，不是代码。")]),
        ("a[^1]\n\n[^1]: b", [("paragraph", "a[^1]", "a[^1]"), ("paragraph", "[^1]: b", "[^1]: b")]),
    ],
)
def test_markdown(source: str, expected: list[tuple[str, str, str]]) -> None:
    assert shown(source, "a.md") == expected


def test_lines_broken_by_an_editor_are_one_paragraph() -> None:
    wrapped = "\n".join(["this line was broken by an editor at a width of sixty or so"] * 3)
    assert [block.text for block in blocks(wrapped, "a.md")] == [wrapped.replace("\n", " ")]


def test_each_line_of_text_is_a_block() -> None:
    source = "a\nb\n\n\u3000\u3000c\n• d\n"
    assert shown(source, "a.txt") == [
        ("paragraph", "a", "a"), ("line", "b", "b"), ("paragraph", "c", "c"), ("item", "d", "• d"),
    ]  # fmt: skip


def test_marks_span_code_points_of_the_text() -> None:
    (block,) = blocks("a **b** [c](u) `d`", "a.md")
    assert [(mark.type, block.text[mark.start : mark.end], mark.url) for mark in block.marks] == [
        ("bold", "b", None), ("link", "c", "u"), ("code", "d", None),
    ]  # fmt: skip


def test_lazy_images_have_the_url_of_the_real_picture() -> None:
    (block,) = blocks('<img src="data:image/gif;base64,R0lGOD" data-src="https://a.example/i.jpg">', "a.html")
    assert block.url == "https://a.example/i.jpg"


@pytest.mark.parametrize(
    ("name", "text", "format"),
    [
        ("a.txt", "<!DOCTYPE html><html><p>a", "html"), ("a.txt", "# a\n\nb", "markdown"), ("a.txt", "a\nb", "text"),
        ("a.md", "a", "text"), ("a.html", "a", "text"), ("a.md#markdown", "a", "markdown"), ("a.jsonl#1.html", "a", "html"), ("a.txt", "---\ntitle: a\n---\nb", "markdown"),
        ("a.md", "---\ntitle: a\n---\n\n<article>\n <p>\n  b\n </p>\n</article>", "html"), ("-", "a [b](https://c.d) e", "markdown"),
        ("-", "<div><p>a</p></div>", "html"), ("a.md", '<p align="center">a</p>\n\n# b\n', "markdown"),
        ("a.txt", "a\n\n> b\n\nc", "markdown"), ("a.txt", "Home\n> to the page\nb", "text"),
    ],
)  # fmt: skip
def test_content_decides_the_format(name: str, text: str, format: str) -> None:
    assert read(Source(name, text.encode())).format == format


def test_an_element_has_its_ancestors() -> None:
    (block,) = blocks('<div class="a b"><p id=c>x</p></div>', "a.html")
    assert block.element is not None
    assert block.element.parent is not None
    assert (block.element.tag, block.element.attrs["id"], block.element.parent.classes) == (
        "p",
        "c",
        frozenset({"a", "b"}),
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<p>Eels<sup><a href="https://x.example/p#fn1">1</a></sup> pass.</p>', "Eels[1] pass."),
        ('<p>Eels<sup><a href="#a">1</a>,<a href="#b">2</a></sup> pass.</p>', "Eels[1,2] pass."),
        ('<p>Eels<sup><a href="#a">1</a>–<a href="#b">3</a></sup> pass.</p>', "Eels[1–3] pass."),
        ('<p>Eels<sup><a href="#n">*</a></sup> pass.</p>', "Eels[*] pass."),
        ('<p>Eels<a href="#n"><sup>†</sup></a> pass.</p>', "Eels[†] pass."),
        ("<p>The 4<sup>th</sup> of 10<sup>2</sup> eels</p>", "The 4th of 102 eels"),
        ('<p>The <a href="#n">4<sup>th</sup></a> eel</p>', "The 4th eel"),
    ],
)
def test_the_marks_of_footnotes_stand_in_brackets(html: str, text: str) -> None:
    got = blocks(html, "a.html")
    assert [block.text for block in got] == [text]
    assert all(text[mark.start : mark.end] in ("1", "2", "3", "th", "4th") or "[" in text for mark in got[0].marks)
