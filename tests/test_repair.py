"""How broken HTML is read: as browsers read it, or with a warning where they would lose the page."""

from __future__ import annotations

import pytest

from seedclean import clean
from seedclean.model.document import Document, Element, Source
from seedclean.readers import read


def document(html: str) -> Document:
    return read(Source("a.html", html.encode()))


def texts(html: str) -> list[str]:
    return [block.text for block in document(html).blocks if block.text]


def links(html: str) -> list[list[str]]:
    return [
        [block.text[mark.start : mark.end] for mark in block.marks if mark.type == "link"]
        for block in document(html).blocks
    ]


def test_text_behind_the_end_of_the_page_is_in_its_body() -> None:
    got = document("<html><body><p>a</p></body></html><p>b</p>c").blocks
    assert [block.text for block in got] == ["a", "b", "c"]
    assert all("body" in tags(block.element) for block in got)


def tags(element: Element | None) -> list[str]:
    names = []
    while element is not None:
        names.append(element.tag)
        element = element.parent
    return names


def test_loose_text_in_the_body_is_a_paragraph() -> None:
    assert texts("<body>a<p>b</p>c<div>d</div>e</body>") == ["a", "b", "c", "d", "e"]


def test_a_link_ends_where_the_next_begins() -> None:
    assert links("<p><a href=x>a <a href=y>b</a> c</p>") == [["a ", "b"]]


def test_a_button_ends_where_the_next_begins() -> None:
    got = document("<button>a<button>b</button><p>c</p>").blocks
    assert [tags(block.element).count("button") for block in got] == [1, 1, 0]


def test_a_heading_ends_where_the_next_begins() -> None:
    assert [(block.text, block.level) for block in document("<h2>a<h3>b</h3><p>c").blocks] == [
        ("a", 2),
        ("b", 3),
        ("c", 0),
    ]


def test_a_form_that_never_ends_ends_nothing() -> None:
    assert texts("<div><form><p>a</div><p>b") == ["a", "b"]


@pytest.mark.parametrize(
    "html",
    [
        '<p>a</p><a href="/x>b</a>{0}',
        '<p>a</p><a href="/x>b</a>{0}<p class="y">z</p>',
        "<p>a</p><div class='x>b</div>{0}",
        '<p>a</p><script>var a = 1;<"script>{0}<script>var b;</script>',
        "<p>a</p><script>var a = 1;{0}",
    ],
)
def test_a_page_that_is_swallowed_is_read_with_a_warning(html: str) -> None:
    source = html.format("".join(f"\n<p>The {name} eel passed at noon.</p>" for name in ("first", "second", "third")))
    assert [f"The {name} eel passed at noon." in texts(source) for name in ("first", "second", "third")] == [True] * 3
    assert document(source).warnings == ("unclosed-markup",)
    assert clean(source).status == "partial"


@pytest.mark.parametrize(
    "html",
    [
        '<p>a</p><a class="[&>p]:mt-2" href="x">b</a><p>c</p>',
        '<p>a</p><div data-x="<p>x</p><p>y</p>">b</div><p>c</p>',
        "<p>a</p><script>t = `\n<p>x</p>\n<p>y</p>\n<p>z</p>`</script>b<p>c</p>",
        '<p>a</p><script type="text/template">\n<p>x</p>\n<p>y</p>\n<p>z</p></script>b<p>c</p>',
        "<p>a</p><script>t = '<p>x</p><p>y</p><p>z</p><p></p>'</script>b<p>c</p>",
    ],
)
def test_markup_in_values_and_in_strings_swallows_nothing(html: str) -> None:
    assert texts(html) == ["a", "b", "c"]
    assert document(html).warnings == ()


@pytest.mark.parametrize("html", ["<p>a</p><\u017fcript>x<p>a", "<p>a</p><t\u0130tle>x<p>a"])
def test_only_ascii_letters_have_two_cases_in_markup(html: str) -> None:
    got = texts(html)
    assert got[0] == got[-1] == "a"
    assert any("x" in text for text in got)


NAMES = ("first", "second", "third", "fourth")
LINES = [f"The {name} eel passed at noon, and nobody on the quay had seen it come." for name in NAMES]
PAGE = "<!DOCTYPE html><html><head><title>t</title></head><body><p>{0}</p>@<p>{2}</p><p>{3}</p></body></html>".format(
    *LINES
)


def lost(path: str, source: str) -> list[str]:
    """The lines of the source that are in no block."""
    blocks = " ".join(block.text.replace("\n", " ") for block in read(Source(path, source.encode())).blocks)
    return [line for line in LINES if line in source and line not in blocks]


@pytest.mark.parametrize(
    "html",
    [
        PAGE.replace("@", f"<!-- <p>{LINES[1]}</p>") + "<!-- end of page -->",
        PAGE.replace("@", f"<! {LINES[1]} <p>"),
        PAGE.replace("@", f"<script><!--<script></script><p>{LINES[1]}</p>"),
        PAGE.replace("@", f"<script><!--\ndocument.write('<script src=x>');\n</script><p>{LINES[1]}</p>"),
        PAGE.replace("@", f"<style>p {{ color: red }}<p>{LINES[1]}</p>") + "<style>a {}</style>",
        PAGE.replace("@", f"<iframe src=x /><p>{LINES[1]}</p>") + "<iframe src=y></iframe>",
        PAGE.replace("</title>", "").replace("@", f"<p>{LINES[1]}</p>") + "<svg><title>eel</title></svg>",
    ],
)
def test_what_ends_too_late_swallows_no_page(html: str) -> None:
    assert lost("a.html", html) == []
    assert clean(html).status == "partial"


@pytest.mark.parametrize(
    "markup",
    [
        "<!-- <div> <p>a</p> <p>b</p> <!-- end of the bar -->",
        "<!-- <!-- twice -->",
        "<script><!-- document.write('<script src=x></script>') --></script>",
        "<script><!-- if (a<!b && c<d) { e() } --></script>",
        "<script>a<!b; c<d</script>",
        "<style><!-- p { color: red } --></style>",
        "<style>/* <p> <div> <li> */</style>",
        "<iframe src=x><p>Your browser shows no frames.</p></iframe>",
        "<!DOCTYPE html [<!ENTITY eel 'x'>]>",
    ],
)
def test_what_ends_in_its_place_gives_no_warning(markup: str) -> None:
    html = PAGE.replace("@", markup)
    assert lost("a.html", html) == []
    assert document(html).warnings == ()


@pytest.mark.parametrize("section", ["<![CDATA[<p>{}</p>]]>", "<p><![CDATA[{}]]></p>", "<![CDATA[ <p>{}"])
def test_a_cdata_section_is_text_and_its_marks_are_none(section: str) -> None:
    assert texts(PAGE.replace("@", section.format(LINES[1]))) == ["t", *LINES]


def test_a_tag_that_only_begins_as_a_script_ends_no_script() -> None:
    """Browsers go on with the script; what stands behind is shown all the same, and the record says that it is a guess."""
    document = read(Source("a.html", b"<script><!-- a </scriptx><p>b</p><p>c</p><p>d</p>"))
    assert [block.text for block in document.blocks][-3:] == ["b", "c", "d"]


def test_a_cdata_section_in_a_script_or_a_comment_is_none() -> None:
    html = PAGE.replace("@", "<script>//<![CDATA[\nvar a;\n//]]></script><!-- <![CDATA[ b ]]> -->")
    assert texts(html) == ["t", LINES[0], *LINES[2:]]


@pytest.mark.parametrize("opening", ["<!--", "<?php echo 1;", "<![CDATA[", "<!ELEMENT", "<script>", "<style>", "<pre>"])
def test_an_opening_that_never_closes_swallows_no_markdown(opening: str) -> None:
    source = f"# Head\n\n{LINES[0]}\n\n{opening} {LINES[1]}\n\n{LINES[2]}\n\n> **b** {LINES[3]}\n"
    assert lost("a.md", source.replace("**b** ", "")) == []
    assert clean(Source("a.md", source.encode())).status == "partial"


def test_a_quotation_mark_in_a_comment_opens_nothing() -> None:
    page = '<!--[if lt IE 8]><div class="box><div class="row"><p>Old</p></div></div><![endif]--><p>The quay.</p>'
    assert document(page).warnings == ()
    script = '<script>var a = "<!--";</script><a href="x>quay</a><p>The quay.</p><!-- end -->'
    assert document(script).warnings == ("unclosed-markup",)
