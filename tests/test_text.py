"""Bare text: lines that were wrapped are paragraphs, and lines that were not stay lines."""

from __future__ import annotations

import textwrap

import pytest

from seedclean.model.document import Block, Source
from seedclean.readers import read

PROSE = (
    "The keeper of the northern light rowed out every morning before the tide had turned, and wrote down what he saw on the way: "
    "three seals on the bar, a drifting crate, and once a well-kept boat without anybody in it. He was a well-read man and owned "
    "eleven books, which he lent to nobody. In winter the ferry came twice a month, and the examination of the lamp took a whole day."
)
GERMAN = (
    "Der Wärter des nördlichen Feuers ruderte jeden Morgen hinaus, bevor die Flut sich gewendet hätte, und schrieb auf, was er über "
    "den Bänken gesehen hatte: drei Robben, eine treibende Kiste, und einmal ein schönes Boot, in dem niemand mehr saß."
)
CHINESE = "守灯人每天清早在潮水转向以前划船出去，把路上看见的东西一样一样记在本子上：沙洲上的三只海豹，一只漂着的木箱，还有一回是一条没有人的船。他读过不少书，自己有十一本，从来不借给别人。冬天渡船一个月只来两次，检查那盏灯要花上一整天的工夫，谁也帮不上他的忙，连最要好的朋友也只能坐在楼梯上看他一个零件一个零件地擦过去。"


def blocks(text: str) -> list[Block]:
    return list(read(Source("a.txt", text.encode())).blocks)


def wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width, break_on_hyphens=False))


def cut(text: str, size: int) -> str:
    return "\n".join(text[at : at + size] for at in range(0, len(text), size))


@pytest.mark.parametrize("width", [60, 70, 76, 100])
@pytest.mark.parametrize("prose", [PROSE, GERMAN])
def test_wrapped_lines_are_a_paragraph(prose: str, width: int) -> None:
    text = f"THE LIGHT\n\n{wrapped(prose, width)}\n\n{wrapped(prose, width)}\n"
    several = blocks(text)
    assert [(block.kind, block.text) for block in several] == [
        ("paragraph", "THE LIGHT"),
        ("paragraph", prose),
        ("paragraph", prose),
    ]
    assert text[several[1].start : several[1].end] == wrapped(prose, width)


def test_two_lines_are_judged_by_the_width_of_the_text() -> None:
    short = "The ferry that was due in the second week of March did not come, and Odile waited."
    text = f"{wrapped(PROSE, 70)}\n\n{wrapped(short, 70)}"
    assert [block.text for block in blocks(text)] == [PROSE, short]


def test_paragraphs_without_an_empty_line_between_them() -> None:
    assert [block.text for block in blocks(f"{wrapped(PROSE, 70)}\n{wrapped(GERMAN, 70)}")] == [PROSE, GERMAN]
    assert [block.text for block in blocks(f"  {wrapped(PROSE, 70)}\n  {wrapped(GERMAN, 70)}")] == [PROSE, GERMAN]


def test_items_with_a_hanging_indent() -> None:
    text = "\n".join(textwrap.wrap(PROSE, 70, initial_indent="  * ", subsequent_indent="    ", break_on_hyphens=False))
    assert [(block.kind, block.text) for block in blocks(f"{text}\n  * b\n")] == [("item", PROSE), ("item", "b")]


@pytest.mark.parametrize("size", [28, 30, 35])
def test_wrapped_chinese_is_joined_without_blanks(size: int) -> None:
    assert [block.text for block in blocks(f"守灯人\n\n{cut(CHINESE, size)}\n")] == ["守灯人", CHINESE]


def test_a_short_paragraph_of_chinese_is_judged_by_the_margin_of_the_text() -> None:
    short = "到了三月的第二个星期，本来应该靠岸的那班渡船没有来，守灯人就在码头上等着。"
    assert [block.text for block in blocks(f"{cut(CHINESE, 30)}\n\n{cut(short, 30)}")] == [CHINESE, short]


def test_hyphens_at_the_end_of_a_line() -> None:
    lines = [
        "The keeper of the northern light had long before the tide an exami-", "nation of the lamp, and nobody on the island doubted that his well-",
        "known care for it was the reason why no ship was lost in those dark", "years, when a well-known captain would not pass the reef at night.",
    ]  # fmt: skip
    (block,) = blocks("\n".join(lines))
    assert "an examination of" in block.text
    assert "his well-known care" in block.text


@pytest.mark.parametrize(
    "text",
    [
        "Home\nNews\nWeather in the islands and along the coast\nAbout us",
        "北方的灯塔今天又亮了起来\n渡船停航已经两个星期\n守灯人的日记第一次公开\n沙洲上来了三只海豹",
        "The tide comes in, the tide goes out,\nthe lamp turns round and round about,\nand no one knows what it is for,\nand no one rows out any more.",
        "https://a.example/a-long-address-that-fills-most-of-the-line-of-text\nhttps://a.example/another-long-address-that-fills-the-line-of-txt\nhttps://a.example/a-third-long-address-that-fills-the-line-of-texts",
    ],
)
def test_other_lines_stay_lines(text: str) -> None:
    assert [block.text for block in blocks(text)] == text.split("\n")


LINKS = "   [1]Home\n\n   See the [2]lamp.[3][1] It turns.\n\nReferences\n\n   Visible links:\n   1. https://a.example/\n   2. https://a.example/lamp\n   3. https://a.example/#1\n"


def test_numbers_of_links_are_no_text() -> None:
    home, lamp, heading, label, *addresses = blocks(LINKS)
    assert (home.text, lamp.text, heading.text, label.text) == (
        "Home",
        "See the lamp.[1] It turns.",
        "References",
        "Visible links:",
    )
    assert [(mark.type, mark.url) for mark in home.marks] == [("link", "https://a.example/")]
    assert [(block.kind, block.number, block.text) for block in addresses] == [
        ("item", "1", "https://a.example/"), ("item", "2", "https://a.example/lamp"), ("item", "3", "https://a.example/#1"),
    ]  # fmt: skip


@pytest.mark.parametrize("tail", ["\n\nMore prose below.", "\n1. A. Author, A paper, 2020."])
def test_a_list_of_literature_is_no_list_of_links(tail: str) -> None:
    text = f"The lamp turns.[1]\n\nReferences\n\n1. https://a.example/{tail}"
    assert blocks(text)[0].text == "The lamp turns.[1]"


def test_items_with_numbers_and_a_hanging_indent() -> None:
    items = [textwrap.indent(wrapped(f"{at}. {PROSE[:180]}", 66), "   ").replace("\n", "\n   ") for at in (1, 2)]
    text = wrapped(PROSE, 70) + "\n\n" + "\n".join(items)
    assert [block.text for block in blocks(text)] == [PROSE, f"1. {PROSE[:180].strip()}", f"2. {PROSE[:180].strip()}"]


def test_a_plus_begins_an_item_of_an_inner_list_only() -> None:
    several = blocks("Listen for:\n\n  * the chain\n      + it rattles at ebb\n\n+ 3 degrees at noon\n")
    assert [(block.kind, block.text) for block in several[1:]] == [
        ("item", "the chain"), ("item", "it rattles at ebb"), ("paragraph", "+ 3 degrees at noon"),
    ]  # fmt: skip


POCKET = "title,url,time_added,tags,status\n"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("A,https://a.example/1,1,x|y,unread\n", [("item", "A", "https://a.example/1"), ("line", "1,x|y,unread", "")]),
        ('"A, ""b""\nc",https://a.example/1,,,\n', [("item", 'A, "b" c', "https://a.example/1")]),
        (
            ",https://a.example/1,1,,\r\n\r\n",
            [("item", "https://a.example/1", "https://a.example/1"), ("line", "1", "")],
        ),
        (
            'lone\n"open,https://a.example/1',
            [("paragraph", "lone", ""), ("paragraph", '"open,https://a.example/1', "")],
        ),
    ],
)
def test_a_table_of_saved_links(rows: str, expected: list[tuple[str, str, str]]) -> None:
    several = blocks(POCKET + rows)[1:]
    assert [(block.kind, block.text, "".join(str(mark.url) for mark in block.marks)) for block in several] == expected


def test_a_selected_passage_is_a_quotation() -> None:
    text = 'URL,Title,Selection,Folder,Timestamp\nhttps://a.example/1,A,"One,\ntwo.",Unread,1\n'
    (item, quote, rest) = blocks(text)[1:]
    assert [(block.kind, block.text) for block in (item, quote, rest)] == [
        ("item", "A"),
        ("quote", "One, two."),
        ("line", "Unread,1"),
    ]
    assert text[quote.start : quote.end] == '"One,\ntwo."'


@pytest.mark.parametrize("head", ["title,url,text\n", "Title,URL,time_added,tags,status\n", "x\n" + POCKET])
def test_other_tables_are_lines(head: str) -> None:
    assert not any(block.marks for block in blocks(head + "A,https://a.example/1,1,,\n"))


def test_wrapped_paragraphs_with_an_indented_first_line_or_a_number() -> None:
    words = "The eel that had passed the bridge at noon was seen again at four by the same three men on the quay. " * 3
    indented = textwrap.fill(words, 66, initial_indent="    ")
    assert [block.text for block in blocks(f"{indented}\n{indented}\n")] == [words.strip()] * 2
    numbered = textwrap.fill(words, 66, initial_indent="1. ", subsequent_indent="   ")
    assert [block.text for block in blocks(f"{numbered}\n\n{numbered}\n")] == [f"1. {words.strip()}"] * 2


def test_three_full_lines_of_chinese_that_end_within_sentences_are_a_paragraph() -> None:
    prose = "渡船六点离岸，到了中午，对岸已被雾气遮住；甲板上没有人再提起那盏灯。船夫把缆绳绕了三圈，说今天的水比昨天高，镇上的人围在桥头看测量员把数字写进本子里，然后慢慢散去各自回家吃饭，谁也没有提起早上的事情，只有孩子们还在岸边捡石头。"
    lines = [prose[at : at + 32] for at in range(0, len(prose), 32)]
    assert len(lines) == 4
    assert [block.text for block in blocks("\n".join(lines))] == [prose]
    assert len(blocks("\n".join(f"{line[:-1]}。" for line in lines))) == 4


def test_signs_with_blanks_between_them_are_a_divider() -> None:
    text = "The boat left.\n* * *\nIt was noon.\n\n- - -\n\n* * one\n* two\n"
    assert [(block.kind, block.text) for block in blocks(text)] == [
        ("paragraph", "The boat left."),
        ("divider", ""),
        ("paragraph", "It was noon."),
        ("divider", ""),
        ("item", "* one"),
        ("item", "two"),
    ]
