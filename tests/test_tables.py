"""Tables of data are one block with rows; tables for layout dissolve."""

from __future__ import annotations

import pytest

from seedclean.model.document import Block, Source
from seedclean.readers import read


def blocks(html: str) -> list[Block]:
    return [block for block in read(Source("a.html", html.encode())).blocks if not block.hidden]


@pytest.mark.parametrize(
    ("html", "rows"),
    [
        ("<tr><th>a<th>b<tr><td>c<td><tr><td>e<td>f", [("a", "b"), ("c", ""), ("e", "f")]),
        ("<tr><th colspan=2>a<tr><td>c<td>d<tr><td>e<td>f", [("a", ""), ("c", "d"), ("e", "f")]),
        ("<tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e", [("a", "b"), ("", "c"), ("d", "e")]),
        ("<tr><th>a<th>b<tr><td><img src=i><td>d<tr><td>e<td>f", [("a", "b"), ("", "d"), ("e", "f")]),
        ("<tr><th>a<th>b<tr><td>c<td><ul><li>d<li>e<li>f</ul>", [("a", "b"), ("c", "d e f")]),
        ("<tr><td>a<td><code>b<br>c</code><tr><td>d<td>e", [("a", "b c"), ("d", "e")]),
        ("<tr><td><span hidden>7001</span>a<td>b<tr><td>c<td>d", [("a", "b"), ("c", "d")]),
    ],
)
def test_data(html: str, rows: list[tuple[str, ...]]) -> None:
    (block,) = blocks(f"<table>{html}</table>")
    assert block.kind == "table"
    assert list(block.rows) == rows
    assert block.text == "\n".join("\t".join(row) for row in rows)


def test_pictures_of_a_table_are_marks() -> None:
    (block,) = blocks("<table><tr><th>a<th>b<tr><td>c<td><img src=i><b>d</b></table>")
    assert [(mark.type, block.text[mark.start : mark.end], mark.url) for mark in block.marks] == [
        ("image", "", "i"), ("bold", "d", None),
    ]  # fmt: skip


def test_an_infobox_is_whole() -> None:
    html = """<table class="infobox"><caption>The weir</caption><tr><td colspan=2><img src=i><div>In 2019</div>
    <tr><th>River<td>Oster<tr><th>Length<td><table><tr><td>12 m<td>39 ft</table></table>"""
    (block,) = blocks(html)
    assert block.rows == (("The weir",), ("In 2019", ""), ("River", "Oster"), ("Length", "12 m 39 ft"))


@pytest.mark.parametrize(
    "html",
    [
        '<table role="presentation"><tr><td>a<td>b<tr><td>c<td>d</table>',
        "<table><tr><td><table><tr><td>a</table><td>b<tr><td>c<td>d</table>",
        "<table><tr><td>a<td>b<tr><td>c<td><h1>d</h1></table>",
        "<table><tr><td>a<p>b<p>c<p>d</table>",
    ],
)
def test_layout(html: str) -> None:
    assert [block.text for block in blocks(html)] == ["a", "b", "c", "d"]


def test_a_gallery_is_no_table() -> None:
    html = "<table><tr><td><img src=i><td><img src=j><tr><td>a<td>b</table>"
    assert [block.url or block.text for block in blocks(html)] == ["i", "j", "a", "b"]


def test_a_list_of_threads_is_no_table() -> None:
    """A forum writes the subject of a thread in `th`, amid its row."""
    row = "<tr><td><img src=i><th>{0}<p>{0}<p>{0}<p>{0}<p>{0}<td>who"
    got = blocks("<table>" + "".join(row.format(name) for name in "abc") + "</table>")
    assert "table" not in {block.kind for block in got}


def test_wide_spans_cost_no_more_than_cells() -> None:
    html = "<table>" + "<tr><th rowspan=1000 colspan=1000>a<td rowspan=1000 colspan=1000>b" * 50 + "</table>"
    (block,) = blocks(html)
    assert sum(map(len, block.rows)) <= 500


def test_a_cell_says_the_title_of_its_drawing() -> None:
    drawing = "<svg><title>yes</title><path/></svg>"
    html = f"<table><tr><th>Eel<th>Seen<tr><td>first<td>{drawing}<tr><td>second<td>no {drawing}</table>"
    assert read(Source("a.html", html.encode())).blocks[0].rows == (("Eel", "Seen"), ("first", "yes"), ("second", "no"))


_ROLES = """
<div role="table"><div role="rowgroup"><div role="row"><span role="columnheader">a</span><span role="columnheader">b</span></div></div>
<div role="rowgroup"><div role="row"><span role="cell">c</span><span role="cell"></span></div>
<a role="row" href="/x"><span role="cell">e</span><span role="cell">f</span></a></div></div>"""


def test_roles_make_a_table() -> None:
    (block,) = blocks(_ROLES)
    assert (block.kind, block.rows) == ("table", (("a", "b"), ("c", ""), ("e", "f")))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<div role="list"><div role="listitem">a</div><div role="listitem">b</div></div>', [("item", 0), ("item", 0)]),
        ('<div role="heading" aria-level="3">a</div><span>b</span>', [("heading", 3), ("paragraph", 0)]),
        ('<span role="heading">a</span><span>b</span>', [("heading", 2), ("paragraph", 0)]),
        ('<h4><span role="heading" aria-level="2">a</span> b</h4>', [("heading", 4)]),
        ('<div role="row">a</div>', [("paragraph", 0)]),
        ('<p role="presentation">a</p>', [("paragraph", 0)]),
    ],
)
def test_roles_play_the_parts_of_tags(html: str, expected: list[tuple[str, int]]) -> None:
    assert [(block.kind, block.level or 0) for block in blocks(html)] == expected
