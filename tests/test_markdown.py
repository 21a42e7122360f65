"""Markdown as its writers mean it: what CommonMark alone would show as signs, or swallow."""

from __future__ import annotations

import textwrap

import pytest

from seedclean.model.document import Block, Source
from seedclean.readers import read


def blocks(text: str) -> list[Block]:
    """The blocks of Markdown, below a heading that leaves no doubt about the format."""
    return list(read(Source("a.md", f"# 题\n\n{text}".encode())).blocks)[1:]


def texts(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks(text)]


def bold(text: str) -> list[str]:
    return [block.text[mark.start : mark.end] for block in blocks(text) for mark in block.marks if mark.type == "bold"]


@pytest.mark.parametrize(
    ("source", "text", "strong"),
    [
        ("**灯塔｜**海边的守夜人", "灯塔｜海边的守夜人", ["灯塔｜"]),
        ("他们空手而归……**不是没有鱼。**明明渔汛刚到", "他们空手而归……不是没有鱼。明明渔汛刚到", ["不是没有鱼。"]),
        ("老人说**“等潮水退了。”**然后坐下", "老人说“等潮水退了。”然后坐下", ["“等潮水退了。”"]),
        ("见**《潮汐表》**一书", "见《潮汐表》一书", ["《潮汐表》"]),
        ("**Note:**the tide is out", "Note:the tide is out", ["Note:"]),
        ("**[灯](u)**，**`x`**文", "灯，x文", ["灯", "x"]),
        ("** 全部加粗的一句话。  **", "全部加粗的一句话。", ["全部加粗的一句话。"]),
        ("前文 ** 加粗的话 ** 后文", "前文 加粗的话 后文", ["加粗的话"]),
        ("没有配对。**", "没有配对。", []),
        ("**没有配对", "没有配对", []),
        ("#### ****一、开头", "一、开头", []),
        ("**1.****开头：**正文", "1.开头：正文", ["1.开头："]),
        ("**a****b** c", "ab c", ["ab"]),
        ("*斜体（注）*文", "斜体（注）文", []),
    ],
)
def test_marks_beside_chinese_are_no_text(source: str, text: str, strong: list[str]) -> None:
    assert [block.text for block in blocks(source)] == [text]
    assert bold(source) == strong


@pytest.mark.parametrize(
    "text",
    [
        "李**（男）和王**（女）到场", "失主张**", "计算 2 ** 3 的值和 4 ** 5 的值", "2**(n)**3", "单价*（含税）和数量*（箱）",
        "a ** b ** c", "** Prices may vary", "口令是 0****x1",
    ],
)  # fmt: skip
def test_other_stars_are_text(text: str) -> None:
    assert [block.text for block in blocks(text)] == [text]


def test_a_mark_alone_in_its_line_is_no_text() -> None:
    assert texts("**\n\n后文。\n\n* __\n\n__") == [("paragraph", "后文。")]


@pytest.mark.parametrize(
    ("source", "url", "alt"),
    [
        ("![图片](data:image/svg+xml,%3Csvg x='1 2' y='translate(1, 2)'%3E)", "data:image/svg+xml", "图片"),
        ('![灯](my lamp.png "at night")', "my lamp.png", "灯"),
        ("![灯](https://a.example/x-\nlamp.png)", "https://a.example/x-lamp.png", "灯"),
        ("![[灯塔.png|300]]", "灯塔.png", ""),
        ("![[灯塔.png|夜里的灯]]", "灯塔.png", "夜里的灯"),
    ],
)
def test_pictures_with_unusual_addresses(source: str, url: str, alt: str) -> None:
    assert [(block.kind, block.url, block.alt) for block in blocks(source)] == [("image", url, alt)]


def test_links_of_wikis() -> None:
    (block,) = blocks("见 [[灯塔|那座塔]] 与 [[潮汐]]，[[1]](https://a.example/) 和 `[[x]]`")
    assert block.text == "见 那座塔 与 潮汐，[1] 和 [[x]]"
    assert [mark.url for mark in block.marks if mark.type == "link"] == ["灯塔", "潮汐", "https://a.example/"]
    assert [(block.kind, block.url) for block in blocks("![[潮汐#表]]")] == [("embed", "潮汐#表")]


@pytest.mark.parametrize("text", ["if [[ -n x ]]; then", "m[[1]] and [[1, 2], [3, 4]]", "[see below](not an address)"])
def test_other_brackets_are_text(text: str) -> None:
    assert [block.text for block in blocks(text)] == [text]


def test_a_link_around_a_card_is_a_link_of_each_block() -> None:
    card = "* [![](https://a.example/i.png)\n\n  守灯人的一天](https://a.example/1)\n\n[« Prev\n\nThe lamp](https://a.example/2)\n\n后文。"
    several = blocks(card)
    assert [block.text for block in several] == ["", "守灯人的一天", "« Prev", "The lamp", "后文。"]
    assert [[mark.url for mark in block.marks] for block in several[1:]] == [
        ["https://a.example/1"], ["https://a.example/2"], ["https://a.example/2"], [],
    ]  # fmt: skip


def test_a_heading_that_a_converter_wrapped() -> None:
    (heading, after) = blocks("### [ 守灯人的一天\n](https://a.example/1)\n\n后文。")
    assert (heading.kind, heading.text, heading.level, after.text) == ("heading", "守灯人的一天", 3, "后文。")
    assert [mark.url for mark in heading.marks] == ["https://a.example/1"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("> [!NOTE] 涨潮\n> 别下水", [("quote", "涨潮"), ("line", "别下水")]),
        ("> [!tip]-\n> 别下水", [("quote", "别下水")]),
        (
            "> [!tip] 涨潮\n> 甲\n> > [!info] 乙\n> > 丙",
            [("quote", "涨潮"), ("line", "甲"), ("quote", "乙"), ("line", "丙")],
        ),
        ("**[灯塔**](u) 见 [__灯](u)__ 与 **[灯](u)**。", [("paragraph", "灯塔 见 灯 与 灯。")]),
        (
            "Weir\n: A low wall.\n:   A trap for eels.",
            [("paragraph", "Weir"), ("line", "A low wall."), ("line", "A trap for eels.")],
        ),
        ("Weir\n\n:   A low wall.", [("paragraph", "Weir"), ("paragraph", "A low wall.")]),
        (": A low wall :) : b", [("paragraph", ": A low wall :) : b")]),
        (
            "Weir\n    \n\n    A low wall that keeps the water of a mill high.",
            [("paragraph", "Weir"), ("paragraph", "A low wall that keeps the water of a mill high.")],
        ),
        (
            "Weir\n\n    weir.open(eels)  # Count all of them before the tide turns again.",
            [("paragraph", "Weir"), ("code", "weir.open(eels)  # Count all of them before the tide turns again.")],
        ),
        ("==重点==在此，a==b 且 c==d", [("paragraph", "重点在此，a==b 且 c==d")]),
        ("## 潮 {#tide .wide}", [("heading", "潮")]),
        ("文\n{: .note}", [("paragraph", "文")]),
        ("[涨潮]{.tide} 见 [[甲]{#a} 乙]{.b}。", [("paragraph", "涨潮 见 甲 乙。")]),
        ("[甲](u){.x} [乙] {c} [丙]{c}", [("paragraph", "甲 [乙] {c} [丙]{c}")]),
        ("涨潮`<!-- -->`{=html}了`{=html}`", [("paragraph", "涨潮了{=html}")]),
        ("::: {#main .post}\n文\n:::", [("paragraph", "文")]),
        (":::: tip 涨潮\n别下水\n::::", [("paragraph", "涨潮"), ("line", "别下水")]),
        (":::note[涨潮]\n别下水\n:::", [("paragraph", "涨潮"), ("line", "别下水")]),
        ("::: warning\n- a\n:::", [("item", "a")]),
        ("a ::: b `::: c`", [("paragraph", "a ::: b ::: c")]),
        (":::名 a", [("paragraph", ":::名 a")]),
        ("[a](u){:target=_blank} 集合 {1, 2}", [("paragraph", "a 集合 {1, 2}")]),
        ("a\\\n\\\nb\\", [("paragraph", "a"), ("paragraph", "b")]),
        ("a \\_b \\# c", [("paragraph", "a _b # c")]),
        ("设 $a \\\\ b_1 \\{c\\}$，得", [("paragraph", "设 $a \\\\ b_1 \\{c\\}$，得")]),
        ("[^1]: a\n\n    b", [("paragraph", "[^1]: a"), ("paragraph", "b")]),
        ("[^1]:- a", [("paragraph", "[^1]:"), ("item", "a")]),
        ("<div>\n\n**a** b\n\n</div>", [("paragraph", "a b")]),
        ("a <kbd>b</kbd> <unknown> c", [("paragraph", "a b <unknown> c")]),
    ],
)
def test_marks_of_dialects(source: str, expected: list[tuple[str, str]]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**_The tide is out.  \n  \nNobody waits._**", ["The tide is out.", "Nobody waits."]),
        ("**The tide is out...  \n\nNobody waits.  \n**", ["The tide is out...", "Nobody waits."]),
        ("__The tide is out.\n\nNobody\n\nwaits.__", ["The tide is out.", "Nobody", "waits."]),
        ("**_Out...  \n_****_and in.  \n  \n_**They wait.", ["Out...", "and in.", "They wait."]),
        ("**Out and *in*.\n\nNobody **waits.**", ["**Out and in.", "Nobody waits."]),
        ("**Prices may vary.\n\nThey do.", ["**Prices may vary.", "They do."]),
        ("**Out.\n\n## Head\n\nIn.**", ["**Out.", "Head", "In.**"]),
        ("\\*\\*Out.\n\nIn.\\*\\*", ["**Out.", "In.**"]),
        ("Fill in _____ or *____*.", ["Fill in _____ or ____."]),
    ],
)
def test_emphasis_over_several_paragraphs(source: str, expected: list[str]) -> None:
    assert [block.text for block in blocks(source)] == expected


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("The [weir](/weir.html) is low.", "The weir is low."),
        ("The weir is low.\n{: .lead}", "The weir is low."),
        ("甲[注](见下)乙", "甲[注](见下)乙"),
    ],
)
def test_what_is_markdown_below_front_matter(body: str, text: str) -> None:
    assert read(Source("a.md", f"---\ntitle: a\n---\n\n{body}\n".encode())).blocks[1].text == text
    assert read(Source("a.txt", body.encode())).blocks[0].text == body.partition("\n")[0]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('!!! note "涨潮"\n    别下水\n\n    - 等\n\n完', [("quote", "涨潮"), ("line", "别下水"), ("item", "等"), ("paragraph", "完")]),
        ("??? tip\n    别下水\n", [("quote", "别下水")]),
        ('!!! note "涨潮"\n\n    别下水', [("quote", "涨潮"), ("quote", "别下水")]),
        ('!!! note "涨潮"\n\n    ```\n    a = 1\n    ```\n', [("quote", "涨潮"), ("code", "a = 1")]),
        ('```\n!!! note "a"\n    b\n```', [("code", '!!! note "a"\n    b')]),
        ("!!! note\n涨潮", [("paragraph", "!!! note"), ("line", "涨潮")]),
        ("Really??? yes\n    no", [("paragraph", "Really??? yes"), ("line", "no")]),
    ],
)  # fmt: skip
def test_admonitions(source: str, expected: list[tuple[str, str]]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ("| x ` y | z |\n| c ` d | e |", (("x ` y", "z"), ("c ` d", "e"))),
        ("| *x | z |\n| c* | e |", (("*x", "z"), ("c*", "e"))),
        ("| ``x | `y`` | z |", (("x | `y", "z"),)),
        ("`x|y` | z", (("x|y", "z"),)),
    ],
)
def test_no_span_goes_on_from_row_to_row(rows: str, cells: tuple[tuple[str, ...], ...]) -> None:
    (table,) = blocks(f"a | b\n--|--\n{rows}\n")
    assert table.rows == (("a", "b"), *cells)


def test_a_table_below_a_line() -> None:
    assert [block.kind for block in blocks("a `b\n| c | d |\n|---|---|\n| e` | f |")] == ["paragraph", "table"]


def test_pipes_in_cells() -> None:
    (table,) = blocks("|a|b|\n|-|-|\n|`x|y`|z|\n|`p\\|q`|r|\n|c|d|e|")
    assert table.rows == (("a", "b"), ("x|y", "z"), ("p|q", "r"), ("c", "d|e"))


@pytest.mark.parametrize("fence", ["```", "~~~", "```py"])
def test_a_fence_that_never_closes_swallows_no_prose(fence: str) -> None:
    source = f"{fence}\nlamp = 1\n\n守灯人在日记里写道，今夜的风浪比昨天更大。\n\n## 后记\n\n完。"
    assert texts(source) == [
        ("code", "lamp = 1"), ("paragraph", "守灯人在日记里写道，今夜的风浪比昨天更大。"), ("heading", "后记"), ("paragraph", "完。"),
    ]  # fmt: skip


def test_a_fence_that_ends_at_the_next_one() -> None:
    source = "```py\nlamp = 1\n\nThe keeper wrote in his diary that the storm grew.\n\n```js\nlet a\n```\n\nEnd."
    assert [kind for kind, _ in texts(source)] == ["code", "paragraph", "code", "paragraph"]


@pytest.mark.parametrize(
    "code",
    [
        "x = 1\n\n# The keeper wrote in his diary that the storm grew.\ny = 2",
        "a\n\nserver said: all seven lamps are lit now\n",
        "a: 1\n\nb: 2",
    ],
)
def test_code_that_is_cut_off_stays_code(code: str) -> None:
    assert texts(f"```\n{code}") == [("code", code.rstrip("\n"))]


def test_prose_in_a_fence_is_lines() -> None:
    assert texts("```\n分享到朋友圈\n守灯人在日记里写道。\n```") == [
        ("paragraph", "分享到朋友圈"),
        ("line", "守灯人在日记里写道。"),
    ]
    assert [kind for kind, _ in texts("```\n海边/\n  灯塔/\n```\n\n```text\n守灯人在日记里写道。\n```")] == [
        "code",
        "code",
    ]


def test_the_stand_ins_of_the_shadow_may_be_text() -> None:
    assert [block.text for block in blocks("a\ue001b **文，**\ue002c ⁘d")] == ["a\ue001b 文，\ue002c ⁘d"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("_没有人_知道", "没有人知道"),
        ("天气。_没有人_知道，_他_也不", "天气。没有人知道，他也不"),
        ("变量_name_是，a_b_c", "变量_name_是，a_b_c"),
        ("_没有 人", "_没有 人"),
        ("**没有数字，** 每一页", "没有数字，每一页"),
        ("写了： _灯不用人了。_ ”那天", "写了：灯不用人了。”那天"),
        ("**标题** ：正文", "标题：正文"),
        ("姓名 **张三** 职务", "姓名 张三 职务"),
        ("他用 **Linux** 系统", "他用 Linux 系统"),
        ("missed the pier **_once_** , on a day", "missed the pier once, on a day"),
        ("**Label** : text ** bold **", "Label : text ** bold **"),
    ],
)
def test_marks_beside_chinese_and_the_blanks_that_make_them_work(source: str, text: str) -> None:
    assert [block.text for block in blocks(source)] == [text]


LONG = (
    "In forty years he has missed the pier once, on a clear day, because the\n"
    "sun was in his eyes and the bell was being mended by a man from the\nmainland who did not know about the boat.\n\n"
)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("The early boat leaves before anybody can see the other bank, and then\nNobody waits for it.", 1),
        ("Nobody asks [why it\nleaves](https://ferry.example.org/notes/fog-on-the-river) at all.", 1),
        ("The early boat leaves before anybody can see the other bank, and then  \nNobody waits for it.", 2),
        ("A short line\nNobody waits for it.", 2),
    ],
)
def test_two_lines_are_one_where_longer_paragraphs_show_the_margin(source: str, lines: int) -> None:
    assert len(blocks(LONG + source)) - 1 == lines
    assert len(blocks(source)) == 2


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        (
            "  Month   Fog, days\n  ------- -----------\n  March   11\n  April   7 or 8",
            (("Month", "Fog, days"), ("March", "11"), ("April", "7 or 8")),
        ),
        ("  月份   雾日\n  ------ ------\n  三月   11\n  四月", (("月份", "雾日"), ("三月", "11"), ("四月", ""))),
    ],
)
def test_a_table_of_pandoc(source: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert [block.rows for block in blocks(source)] == [rows]


@pytest.mark.parametrize("source", ["He said so.\n---- ----\nAnd went home.", "a  b\n-- --", "a b\n--\nc d"])
def test_dashes_that_are_no_table(source: str) -> None:
    assert not any(block.rows for block in blocks(source))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("然后**（注）**走了。**注意：**请看。", ["（注）", "注意："]),
        ("那人李**（男）和张**（女）都在。", []),
        ("** The eel ** passed, and _so_ did the others.", ["The eel"]),
        ("It costs 2 ** 3 ** 4 in all.", []),
    ],
)
def test_bold_around_parentheses_and_with_blanks_inside(line: str, expected: list[str]) -> None:
    assert bold(f"# H\n\n{line}\n") == expected


def test_directives_written_as_code_are_prose_and_a_class_names_the_language() -> None:
    text = "# H\n\n```{note}\nThe eel passed.\n```\n\n```ad-tip\nSo did the others.\n```\n\n```{.python .x}\na\n```\n\n```{r, echo=1}\nb\n```\n"
    got = [(block.kind, block.text, block.code) for block in blocks(text)[1:]]
    assert got == [
        ("paragraph", "The eel passed.", ""),
        ("paragraph", "So did the others.", ""),
        ("code", "a", "python"),
        ("code", "b", "r"),
    ]


def test_a_quotation_that_was_wrapped_is_one_block() -> None:
    words = "The eel that had passed the bridge at noon was seen again at four by the same three men on the quay. " * 3
    lines = textwrap.wrap(words, 68)
    assert texts("# H\n\n" + "\n".join(f"> {line}" for line in lines) + "\n\n**b** c\n")[1] == ("quote", words.strip())
