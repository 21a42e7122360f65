"""What the judge of unknown documents takes, and what it leaves alone."""

from __future__ import annotations

import pytest

from seedclean.model.document import Decision, Source
from seedclean.packs.registry import load
from seedclean.pipeline import examine

MENU = "".join(
    f'<li><a href="/{word}">{word.title()}</a></li>'
    for word in [
        "home",
        "news",
        "shop",
        "search",
        "login",
        "cart",
        "help",
        "about",
        "contact",
        "careers",
        "privacy",
        "terms",
    ]
)
PROSE = "".join(
    f"<p>On day {day} the ferry came in late, and nobody on the quay could say what had kept it so long.</p>"
    for day in range(1, 9)
)


def decided(path: str, text: str) -> list[Decision]:
    """The decisions on a document."""
    return list(examine(Source(path, text.encode()), load()).decisions)


def kept(path: str, text: str) -> list[str]:
    """The texts of the blocks that are kept."""
    return [one.block.text for one in decided(path, text) if one.verdict == "keep"]


def test_a_page_keeps_its_prose_and_loses_its_menus() -> None:
    page = f"<html><body><nav><ul>{MENU}</ul></nav><main>{PROSE}</main><footer><ul>{MENU}</ul></footer></body></html>"
    assert kept("a.html", page) == [
        f"On day {day} the ferry came in late, and nobody on the quay could say what had kept it so long."
        for day in range(1, 9)
    ]


def test_a_long_page_loses_the_few_lines_around_it() -> None:
    days = "".join(
        f"<p>Day {day}: the ferry came in {day} minutes late, and nobody on the quay knew why.</p>"
        for day in range(400)
    )
    page = f"<html><body><nav><ul>{MENU}</ul></nav><main>{days}</main></body></html>"
    assert not {"Home", "Careers", "Terms"} & {*kept("a.html", page)}


def test_one_sentence_among_menus_is_kept() -> None:
    said = "The shop is closed until Monday, as we are moving house."
    page = f"<html><body><ul>{MENU * 2}</ul><p>{said}</p><p>All rights reserved.</p><ul>{MENU * 2}</ul></body></html>"
    assert said in kept("a.html", page)


@pytest.mark.parametrize(
    "text",
    [
        "# tinyq\n\n[![build](b.svg)](ci)\n\n## Contents\n\n- [Install](#install)\n- [Usage](#usage)\n- [Search](#search)\n"
        "- [License](#license)\n\n## Install\n\nRun `pip install tinyq`.\n\n## Search\n\nCall `q.search()`.\n\n## License\n\nMIT.\n",
        "# Changes\n\n" + "".join(f"## 1.{n}\n\n- Search: fix a typo\n- Login: show help\n\n" for n in range(40)),
        "# 读书笔记\n\n作者：沈从文\n\n边城里的渡口总是在雨后才有人。\n\n## 待办\n\n- 还书\n- 写评论\n- 推荐给小王\n",
    ],
    ids=["readme", "changelog", "notes"],
)
def test_markdown_that_was_on_no_page_is_left_alone(text: str) -> None:
    assert [one for one in decided("a.md", text) if one.verdict == "remove"] == []


def test_short_minutes_in_bare_text_are_left_alone() -> None:
    text = "周会纪要\n时间：3月5日\n参加：张、李、王\n一、登录页面\n按钮太小，改大。\n二、搜索\n没有结果的时候，页面是空的，要写上一句话。\n散会\n"
    assert "二、搜索" in kept("a.txt", text)


def test_a_capture_of_whole_pages_is_judged_and_a_clipping_is_not() -> None:
    menu = "".join(
        f"- [{word}](/{word})\n" for word in ["Home", "News", "Shop", "Search", "Login", "Cart", "Help", "About"]
    )
    said = "\n\n".join(
        f"On day {day} the ferry came in late, and nobody on the quay could say what kept it." for day in range(1, 9)
    )
    body = f"\n\n{menu}\n\n# The ferry\n\n{said}\n\nRead this too\n\n{menu}"
    dump = "---\ntitle: The ferry\nurl: https://x.example/a\nsource: x\ndate: 2024-01-02\nfetch_date: 2024-01-03\n---"
    rules = {one.rule for one in decided("a.md", dump + body) if one.verdict == "remove"}
    assert any(rule.startswith("article/") for rule in rules)
    assert "Shop" not in kept("a.md", dump + body)
    assert "Shop" in kept("a.md", f"# Ferries\n\n{said}\n\n## Places\n\n{menu}\n\n{said}")


def test_a_title_from_outside_does_not_cost_a_text_its_first_line() -> None:
    prose = "守塔的人每天擦十二块玻璃，擦到第七块的时候总要停一停，看看海上有没有灯。"
    menu = "\n".join(
        ["登录", "注册", "首页", "搜索", "关于我们", "联系我们", "网站地图", "版权所有", "返回顶部", "分享"] * 2
    )
    text = f"{prose}\n{prose[:-1]}？\n{prose}\n{menu}\n守塔人的第七块玻璃\n{prose}\n{prose[:-1]}！\n{menu}\n"
    source = Source("a.txt", text.encode(), (("title", "守塔人的第七块玻璃"),))
    decisions = examine(source, load()).decisions
    assert "article/title" not in {one.rule for one in decisions}
    assert decisions[0].verdict == "keep"


def test_a_text_of_long_lines_under_a_title_from_outside_is_read() -> None:
    source = Source("a.txt", ("The ferry was late again. " * 20).encode(), (("title", "The quay at night"),))
    assert examine(source, load()).record.text


@pytest.mark.parametrize(
    ("first", "headline"),
    [
        ("★ ★ ★", "The quay at night"),
        ("The quay at night: what the harbour master saw", "The quay at night"),
        ("Ann: I will be there tonight", "I will be there tonight"),
        ("The ferry came late, and the quay was empty. " * 12, "The quay at night in rain"),
    ],
    ids=["stars", "subtitle", "talk", "lead"],
)
def test_a_first_line_that_is_no_title_with_a_site_stays_out_of_the_title_rule(first: str, headline: str) -> None:
    menu = "\n".join(["Login", "Search", "Home", "Privacy", "Terms", "Share", "Contact", "Copyright"] * 2)
    prose = "\n".join(f"On day {day} the ferry came in late, and nobody on the quay could say why." for day in range(9))
    text = f"{first}\n{menu}\n{headline}\n{prose}\n{headline}\n{menu}\n"
    assert "article/title" not in {one.rule for one in decided("a.txt", text)}


def test_a_page_that_lists_articles_keeps_its_list() -> None:
    teasers = "".join(
        f'<div class="teaser"><h2><a href="/post/{at}">The {at}th lamp on the quay</a></h2><p><a href="/post/{at}">On day {at} the ferry came in late,'
        f" and nobody on the quay could say what had kept it so long, nor did anyone ask the man who sold tickets.</a></p></div>"
        for at in range(12)
    )
    body = f"<main><h1>Lamps</h1><h2>Latest news</h2><div class='list'>{teasers}</div></main>"
    page = f"<html><body><nav><ul>{MENU}</ul></nav>{body}<footer><ul>{MENU}</ul></footer></body></html>"
    assert sum("came in late" in text for text in kept("a.html", page)) == 12


@pytest.mark.parametrize(
    ("summary", "count"),
    [("On day 3 the ferry came in late, and nobody on the quay could say why.", 1), ("The ferry is late.", 2)],
)
def test_the_summary_of_a_page_stays_once(summary: str, count: int) -> None:
    head = f'<head><meta name="description" content="{summary}"></head>'
    quoted = f"<blockquote>{summary}</blockquote>"
    page = f"<html>{head}<body><nav><ul>{MENU}</ul></nav><main><p>{summary}</p>{PROSE}{quoted}<p>{summary}</p>{PROSE}</main><footer><ul>{MENU}</ul></footer></body></html>"
    some = [one for one in decided("a.html", page) if one.block.text == summary and one.block.kind == "paragraph"]
    assert sum(one.verdict == "keep" for one in some) == count
    assert [one.rule for one in some if one.verdict == "remove"] == ["article/again"] * (2 - count)
