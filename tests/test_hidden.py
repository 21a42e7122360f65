"""What a page has and no reader sees: blocks of their own, marked, that no rule for visible text keeps."""

from __future__ import annotations

import pytest

import seedclean
from seedclean.model.document import Block, Source
from seedclean.readers import read


def blocks(html: str) -> list[Block]:
    return list(read(Source("a.html", html.encode())).blocks)


def shown(html: str) -> list[tuple[str, str]]:
    return [(block.text, block.hidden) for block in blocks(html)]


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<div hidden>b</div>", "attribute"),
        ('<div style="color: red; DISPLAY : none !important">b</div>', "style"),
        ('<div style="visibility:hidden"><p>b</p></div>', "style"),
        ("<template><p>b</p></template>", "template"),
        ("<dialog>b</dialog>", "dialog"),
        ('<h2 class="x Screen-Reader-Text">b</h2>', "class"),
        ('<p aria-hidden="true">b</p>', "aria"),
    ],
)
def test_hidden_elements_are_marked(html: str, reason: str) -> None:
    assert shown(f"<p>a</p>{html}<p>c</p>") == [("a", ""), ("b", reason), ("c", "")]


@pytest.mark.parametrize(
    "html",
    [
        "<details><summary>b</summary></details>",
        "<dialog open>b</dialog>",
        '<div hidden role="tabpanel">b</div>',
        '<div hidden="until-found">b</div>',
        '<div hidden id="S:0">b</div>',
        '<template shadowrootmode="open">b</template>',
        '<template shadowroot="open">b</template>',
        '<div aria-hidden="true"><p>b</p></div>',
        '<div style="display:block">b</div>',
        '<div style="background: url(none)">b</div>',
        '<p><span aria-hidden="true">b</span></p>',
        '<h3><button aria-expanded="false" aria-controls="x"></button></h3><div hidden id="x">b</div>',
        '<button aria-expanded="false" aria-controls="x"><h3></h3></button><div id="x" style="display:none">b</div>',
    ],
)
def test_what_a_reader_can_see_is_not_marked(html: str) -> None:
    assert shown(f"<p>a</p>{html}") == [("a", ""), ("b", "")]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div><label for=a>One</label><label for=b>Two</label></div>", "One Two"),
        ("<nav><a href=/a>One</a><a href=/b>Two</a></nav>", "One Two"),
        ("<p><a href=/a>On</a><a href=/a>e</a> and <a href=/a>Two</a>s</p>", "One and Twos"),
        ("<p>On<a name=a></a><a href=/b>e</a></p>", "One"),
        ("<p><a href=/a>甲</a><a href=/b>乙</a>, <a href=/a>(One</a><a href=/b>)</a></p>", "甲乙, (One)"),
    ],
)
def test_labels_and_links_beside_each_other_are_words(html: str, text: str) -> None:
    assert shown(html) == [(text, "")]


def test_a_text_for_phones_and_for_desks_is_shown_once() -> None:
    text = "The ferry waits for the tide."
    for one, other in (
        ("d-none d-md-block", "d-md-none"), ("hidden md:flex", "md:hidden"), ("mobile-only", "hide-mobile"),
        ("visible-xs", "hidden-xs"),
    ):  # fmt: skip
        html = f'<div class="{one}"><p>{text}</p></div><div class="{other}"><p>{text}</p></div>'
        assert shown(html) == [(text, ""), (text, "class")]
    for html in (
        f'<div class="d-md-none"><p>{text}</p></div><div class="d-md-none"><p>{text}</p></div>',
        f'<div class="col-md-6"><p>{text}</p></div><div class="col-md-4"><p>{text}</p></div>',
        f'<div class="md:flex"><p>{text}</p></div><div class="lg:flex"><p>{text}</p></div>',
        f'<div class="d-none d-md-block"><p>{text}</p></div><p>{text}</p>',
    ):
        assert shown(html) == [(text, ""), (text, "")]


def test_copies_of_slides_are_hidden() -> None:
    html = '<div class="slick-slide slick-cloned"><p>b</p></div><div class="slick-slide"><p>a</p></div>'
    assert shown(html) == [("b", "control"), ("a", "")]


def test_a_menu_that_a_button_opens_is_hidden() -> None:
    html = '<button aria-expanded="false" aria-controls="x">a</button><h2>b</h2><div hidden id="x">c</div>'
    assert shown(html) == [("a", ""), ("b", ""), ("c", "attribute")]


def test_hidden_words_at_an_end_of_a_line_are_blocks_of_their_own() -> None:
    assert shown("<p><span hidden>x</span>a b<i hidden>y</i></p>") == [
        ("x", "attribute"),
        ("a b", ""),
        ("y", "attribute"),
    ]


def test_hidden_words_inside_a_line_leave_a_mark() -> None:
    (block,) = blocks("<p>a <span hidden>x</span>b</p>")
    assert block.text == "a b"
    assert [(mark.type, mark.start, mark.end) for mark in block.marks] == [("hidden", 2, 2)]


def test_a_long_hidden_passage_inside_a_line_is_cut_out() -> None:
    long = "a hidden passage " * 8
    got = shown(f"<p>a <span hidden>{long}</span>b</p><p>{long}</p><p>{long}</p>")
    assert got[:3] == [("a", ""), (long.strip(), "attribute"), ("b", "")]


def test_hidden_words_stay_in_the_order_of_the_source() -> None:
    got = blocks("<p><b hidden>x</b><img src=i.jpg> a <img src=j.jpg><b hidden>y</b></p>")
    assert [block.text or block.url for block in got] == ["x", "i.jpg", "a", "j.jpg", "y"]
    assert [block.start for block in got] == sorted(block.start for block in got)


_PROSE = "The keeper of the weir counts the eels by hand, and at noon he adds up the strokes on his sheet of paper. "


@pytest.mark.parametrize("opening", ["<main hidden>", '<main style="visibility: hidden">', "<template>"])
def test_a_page_whose_prose_is_hidden_is_one_that_a_script_shows(opening: str) -> None:
    got = shown(f"<div><p>Accept?</p></div>{opening}<p>{_PROSE}</p><p>{_PROSE}</p>")
    assert all(not hidden for _, hidden in got)


def test_a_hidden_box_beside_longer_prose_stays_hidden() -> None:
    got = shown(f"<p>{_PROSE}</p><p>{_PROSE}</p><div hidden><p>{_PROSE}</p></div>")
    assert [hidden for _, hidden in got] == ["", "", "attribute"]


def test_a_rule_that_keeps_a_place_keeps_what_is_shown_there() -> None:
    page = f"""<html><body class="wordpress"><meta name=generator content="WordPress 6.5">
    <div class="entry-content"><p><span style="display:none">A message for nobody.</span>{_PROSE}</p></div></body></html>"""
    record = seedclean.clean(page.encode())
    assert record.text == _PROSE.strip()
    assert [(one.rule, one.text) for one in record.removed] == [("common/hidden", "A message for nobody.")]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<h2>a<a href="#a">¶</a></h2>', "a"),
        ('<h2>a<a class="hash-link" href="#a">\u200b</a></h2>', "a"),
        ('<h2><a href="#a">#</a> a</h2>', "a"),
        ('<h2><a href="#a">a</a></h2>', "a"),
        ('<p>a <a href="#a">↩</a></p>', "a"),
        ('<p>a <a href="/x">→</a></p>', "a →"),
    ],
)
def test_the_sign_of_a_link_to_a_place_of_the_page_is_no_text(html: str, text: str) -> None:
    assert shown(html) == [(text, "")]


def test_a_sign_alone_is_a_block() -> None:
    assert shown('<p>a</p><p><a href="#top">↑</a></p>') == [("a", ""), ("↑", "permalink")]


def test_buttons_of_a_wiki_are_no_part_of_its_headings() -> None:
    html = '<h2>Reeds<span class="mw-editsection">[<a href="/e">edit</a>]</span></h2>'
    assert shown(html) == [("Reeds", ""), ("[edit]", "control")]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a<sup><a href='#n1'>1</a></sup> b</p>", "a[1] b"),
        ("<p>a<a href='#n1'><sup>12</sup></a> b</p>", "a[12] b"),
        ("<p>a<sup><a href='#n1'>[1]</a></sup></p>", "a[1]"),
        ("<p>a<sup>2</sup></p>", "a2"),
        ("<p>a<sup><a href='/n'>1</a></sup></p>", "a1"),
    ],
)
def test_a_footnote_mark_is_no_part_of_the_word_before_it(html: str, text: str) -> None:
    (block,) = blocks(html)
    assert block.text == text
    assert all(block.text[mark.start : mark.end] for mark in block.marks)


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>a<span class='sidenote'>b</span> c</p>", ["a [b] c"]),
        ("<p>a<span role='doc-footnote'>b</span></p>", ["a [b]"]),
        ("<p><span class='marginnote'>b</span> c</p>", ["b c"]),
        (
            "<p>a<span class='ltx_note'><sup class='ltx_note_mark'>1</sup><span class='ltx_note_outer'><span>"
            "<sup class='ltx_note_mark'>1</sup><span class='ltx_tag_note'>1</span>b.</span></span></span> c</p>",
            ["a [b.] c"],
        ),
        ("<p>a<span class='sidenote' hidden>b</span> c</p>", ["a c"]),
        ("<p>a<span class='sidenote'>b</p><p>c</p>", ["a [b]", "c"]),
        ("<pre>a<span class='sidenote'>b</span></pre>", ["ab"]),
        ("<p>a<span class='note'>b</span></p>", ["ab"]),
    ],
)
def test_a_note_amid_a_sentence_stands_in_brackets(html: str, texts: list[str]) -> None:
    assert [block.text for block in blocks(html)] == texts


@pytest.mark.parametrize(
    "ruby",
    [
        "<ruby>竹<rt>たけ</rt></ruby>", "<ruby>竹<rp>(</rp><rt>たけ</rt><rp>)</rp></ruby>", "<ruby>竹<rt>たけ</ruby>",
        "<ruby><rb>竹</rb><rp>（<rt>たけ<rp>）</ruby>",
    ],
)  # fmt: skip
def test_a_reading_stands_in_brackets(ruby: str) -> None:
    assert [text for text, _ in shown(f"<p>この{ruby}は</p>")] == ["この竹（たけ）は"]


@pytest.mark.parametrize(
    "words",
    [
        '<span style="position: absolute; left: -10000px; top: auto">b</span>',
        '<span style="text-indent:-9999px">b</span>',
        '<span style="position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0, 0, 0, 0)">b</span>',
        '<span style="font-size:1px;line-height:1px;max-height:0px;opacity:0">b</span>',
        '<span style="content-visibility:hidden">b</span>',
        '<span class="govuk-visually-hidden">b</span>',
        '<span class="cdk-visually-hidden">b</span>',
        '<span class="css-1x VisuallyHiddenText">b</span>',
        '<span class="material-icons">open_in_new</span>',
        '<svg viewBox="0 0 1 1"><title>b</title><desc>c</desc><path d="M0"/></svg>',
    ],
)
def test_what_no_eye_sees_is_not_in_the_sentence(words: str) -> None:
    got = blocks(f"<p>The eel {words} passed.</p>")
    assert [block.text for block in got if not block.hidden] == ["The eel passed."]


@pytest.mark.parametrize(
    "words",
    [
        '<span style="position:absolute;left:-12px">b</span>',
        '<span style="margin-left:-1px">b</span>',
        '<span style="font-size:0">b</span>',
        '<span style="max-height:0;overflow:hidden">b</span>',
        '<span class="off-screen">b</span>',
        '<span class="hidden-history">b</span>',
    ],
)
def test_what_may_be_seen_is_in_the_sentence(words: str) -> None:
    assert [block.text for block in blocks(f"<p>The eel {words} passed.</p>")] == ["The eel b passed."]


def test_what_stands_for_a_player_or_is_shown_on_demand_is_hidden() -> None:
    html = "<p>a</p><video src=v><p>b</p></video><canvas>c</canvas><div popover>d</div><datalist><option>e</datalist>"
    assert [(block.text, bool(block.hidden)) for block in blocks(html) if block.text] == [
        ("a", False), ("b", True), ("c", True), ("d", True), ("e", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>See <a href=x>the page<svg><path/></svg></a>, and more.</p>", "See the page, and more."),
        ("<p><a href=x>Home</a><svg><path/></svg><a href=y>Fish</a></p>", "Home Fish"),
        ("<p>河水<a href=x>地震波<svg><path/></svg></a>及范围</p>", "河水地震波及范围"),
    ],
)
def test_a_drawing_stands_in_a_line(html: str, text: str) -> None:
    assert [block.text for block in blocks(html)] == [text]


def test_the_labels_of_a_drawing_are_lines() -> None:
    assert [block.text for block in blocks("<svg><g><text>May</text><text>June</text></g></svg><p>a</p>")] == [
        "May", "June", "a",
    ]  # fmt: skip
