"""Forms in which pages and texts state metadata: linked data with faults, microdata, hAtom, names of sites, cut headlines, own addresses."""

from __future__ import annotations

from typing import Any

import pytest

import seedclean
from seedclean.model.document import Source
from seedclean.packs.registry import load
from seedclean.pipeline import examine
from seedclean.values import label_lines, site_names, titles
from seedclean.values.people import split_people

PROSE = "<p>Nobody had counted the carts before the quay was closed, and nobody has counted them since.</p>" * 4
BARE = "秤是借来的，五个人轮着用，谁也没有问过价钱，孩子们把脚印留在泥里，等潮水来收，潮水却来得一天比一天晚。\n" * 4
TITLE = "The carts return to the quay"


def fields(head: str, body: str = PROSE, title: str = TITLE) -> dict[str, Any]:
    page = (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body><article>{body}</article></body></html>"
    )
    return examine(Source("a.html", page.encode()), load()).record.to_dict()


def of_text(text: str, name: str = "a.txt") -> dict[str, Any]:
    return examine(Source(name, text.encode()), load()).record.to_dict()


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


ARTICLE = '{"@type": "Article", "headline": "The carts return to the quay", "datePublished": "2024-05-03", "author": {"name": "Ann Lee"}}'
OTHER = '{"@type": "Article", "headline": "The ferry is late", "datePublished": "2021-01-01", "author": {"name": "Bo Chen"}}'


@pytest.mark.parametrize(
    "data",
    [
        ARTICLE.replace('"}}', '"},}'),
        ARTICLE.replace("return to", "return\nto"),
        f"<!-- {ARTICLE} -->",
        f"//<![CDATA[\n{ARTICLE}\n//]]>",
        ARTICLE.replace('"Ann Lee"', '["Ann Lee"]'),
        ARTICLE.replace('"The carts return to the quay"', r'"\"The carts return to the quay\""'),
        '{"@type": "WebPage", "mainEntity": ' + ARTICLE + "}",
        f"[{OTHER}, {ARTICLE}]",
    ],
    ids=["comma", "line-break", "comment", "cdata", "list-of-names", "quoted-twice", "main-entity", "by-title"],
)
def test_linked_data_with_the_faults_of_templates_is_read(data: str) -> None:
    found = fields(linked(data))
    assert (found["title"], found["published"], found["authors"]) == (TITLE, "2024-05-03", ["Ann Lee"])


@pytest.mark.parametrize("data", [ARTICLE[:-2], f"[{OTHER}, {OTHER.replace('late', 'early')}]"])
def test_linked_data_with_other_faults_or_of_other_pages_says_nothing(data: str) -> None:
    assert fields(linked(data))["authors"] == []


THING = 'itemscope itemtype="https://schema.org/Article"'


@pytest.mark.parametrize(
    ("body", "field", "value"),
    [
        (f'<div {THING}><i itemprop="author" itemscope><b itemprop="name">Ann Lee</b>, <u>the carter</u></i>{PROSE}</div>', "authors", ["Ann Lee"]),
        (f'<div {THING}><i itemprop="publisher" itemscope><meta itemprop="name" content="Quay Post"></i>{PROSE}</div>', "publisher", "Quay Post"),
        (f'<div {THING}><meta itemprop="datePublished" content="2024-05-03">{PROSE}</div>', "published", "2024-05-03"),
        (f'<div itemscope itemtype="https://schema.org/Comment"><meta itemprop="datePublished" content="2024-05-03"></div>{PROSE}', "published", None),
        (f'<span property="dc:date" content="2024-05-03">May</span>{PROSE}', "published", "2024-05-03"),
        (f'<abbr class="published" title="2024-05-03">May</abbr>{PROSE}', "published", "2024-05-03"),
        (f'<abbr title="2024-05-03">May</abbr>{PROSE}', "published", None),
        (f'<time class="entry-date published" datetime="2024-05-03"></time><time class="updated" datetime="2024-05-09"></time>{PROSE}', "published", "2024-05-03"),
        (f'<time class="entry-date published" datetime="2024-05-03"></time><time class="updated" datetime="2024-05-09"></time>{PROSE}', "modified", "2024-05-09"),
        (f'<time class="updated" datetime="2024-05-09"></time>{PROSE}', "published", None),
    ],
)  # fmt: skip
def test_properties_and_classes_state_metadata(body: str, field: str, value: object) -> None:
    assert fields("", body)[field] == value


KNOWN = titles.Surroundings(frozenset({"quaypost", "青屿网", "thetide"}))


@pytest.mark.parametrize(
    ("title", "headline", "site"),
    [
        ("Carts (part 2) [Quay Post]", "Carts (part 2)", "Quay Post"),
        ("Carts: Quay Post", "Carts", "Quay Post"),
        ("The Tide: “Carts” again", "“Carts” again", "The Tide"),
        ("The Tide: Carts", "Carts", "The Tide"),
        ("The carts are back < Quay Post", "The carts are back", "Quay Post"),
        ("渡口的秤换了丨青屿网", "渡口的秤换了", "青屿网"),
        ("青屿网丨渡口的秤换了", "渡口的秤换了", "青屿网"),
        ("渡口的秤换了_旅游_青屿网", "渡口的秤换了", "青屿网"),
        ("渡口的秤换了（图）-青屿网", "渡口的秤换了（图）", "青屿网"),
        ("渡口的秤 scale-Quay Post网", "渡口的秤 scale", "Quay Post网"),
        ("渡口的秤 scale-Dune网", "渡口的秤 scale-Dune网", ""),
        ("渡口的秤换了（图）-河边博客", "渡口的秤换了（图）", "河边博客"),
        ("渡口的秤换了三次才准_旧秤 渡口-青屿网", "渡口的秤换了三次才准", "青屿网"),
        ("渡口-秤为什么换_旧秤 渡口-青屿网", "渡口-秤为什么换", "青屿网"),
        ("渡口的秤换了 - 旧秤 渡口 ferry_青屿网", "渡口的秤换了 - 旧秤 渡口 ferry", "青屿网"),
        ("渡口的秤换了-第二只秤", "渡口的秤换了-第二只秤", ""),
        ("Why I left the Quay Post", "Why I left the Quay Post", ""),
        ("Quay Post-mortem of a year", "Quay Post-mortem of a year", ""),
    ],
)
def test_a_known_name_goes_off_either_end_of_a_title(title: str, headline: str, site: str) -> None:
    assert titles.split(title, KNOWN) == (headline, site)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (f"{TITLE} –", TITLE),
        (f"{TITLE} |", TITLE),
        (f"{TITLE} and C–", f"{TITLE} and C–"),
        (f"« {TITLE} »", f"« {TITLE} »"),
    ],
)
def test_a_sign_that_parts_a_title_from_nothing_is_none_of_it(title: str, expected: str) -> None:
    assert fields("", title=title)["title"] == expected


def test_a_clause_beside_the_headline_is_no_name_of_the_site() -> None:
    title = f"{TITLE} - alles om vogne og både i havnen - carts.example"
    assert fields("", f"<h1>{TITLE}</h1>{PROSE}", title)["publisher"] in (None, "carts.example")


def test_the_headline_that_a_page_shows_goes_before_a_description_of_its_subject() -> None:
    page = linked('{"@type": "Article", "headline": "vehicle drawn by one animal", "name": "Cart"}')
    assert (
        fields(page, f"<h1>Cart of the quay</h1>{PROSE}", "Cart of the quay - Quaypedia")["title"] == "Cart of the quay"
    )
    assert (
        fields(page, f"<h1>Vehicle drawn by one animal</h1>{PROSE}", "Cart")["title"] == "vehicle drawn by one animal"
    )


def test_a_heading_that_names_the_site_is_no_headline_of_a_list() -> None:
    found = fields("", f"<h1>青屿规划办-青屿市规划办</h1>{PROSE}", "通知公告_青屿规划办")
    assert (found["title"], found["publisher"]) == ("通知公告", "青屿规划办")


@pytest.mark.parametrize(
    ("head", "home", "title", "publisher"),
    [
        # the page calls itself otherwise than the house behind it
        (linked(ARTICLE.replace('"author"', '"publisher": {"name": "Tide Company of the North"}, "author"')), "Quay Post", f"{TITLE} - Quay Post", "Quay Post"),
        # initials of the name that is stated
        ('<meta property="og:site_name" content="Northern Quay Post">', "NQP", f"{TITLE} - NQP", "Northern Quay Post"),
        # a system that writes the whole title there
        (f'<meta property="og:site_name" content="{TITLE} | Quay">', "Quay", f"{TITLE} | Quay", "Quay"),
        ('<meta property="og:site_name" content="Quay Post | Carts and more">', "Start", TITLE, "Quay Post"),
        ('<meta property="og:site_name" content="www.qpost.example">', "Start", f"{TITLE} | QPost | Northern News", "QPost"),
        ('<meta property="og:site_name" content="carts.example">', "Start", f"{TITLE} - what carts are", "carts.example"),
    ],
)  # fmt: skip
def test_the_publisher_is_what_the_site_calls_itself(head: str, home: str, title: str, publisher: str) -> None:
    body = f'<a href="/">{home}</a><h1>{TITLE}</h1>{PROSE}'
    found = fields(head + '<link rel="canonical" href="https://carts.example/2024/quay">', body, title)
    assert (found["title"], found["publisher"]) == (TITLE, publisher)


@pytest.mark.parametrize(
    ("text", "title", "publisher"),
    [
        ("渡口的秤换了以后 | 潮间带\n潮间带\n首页\n归档\n" + BARE, "渡口的秤换了以后", "潮间带"),
        ("渡口的秤换了\n2024-05-03 10:20\n\n" + BARE, "渡口的秤换了", None),
        ("渡口的秤换了以后，孩子们还在数…\n2024-05-03\n\n" + BARE + "\n原标题：《渡口的秤换了以后，孩子们还在数脚印》\n", "渡口的秤换了以后，孩子们还在数脚印", None),
        ("首页\n\n渡口的秤换了以后一年\n\n2024-05-03 · 王一\n\n" + "+\n\n" * 12 + BARE, "渡口的秤换了以后一年", None),
        ("首页\n渡口的秤换了以后一年\n王一 3 天前\n" + BARE, "渡口的秤换了以后一年", None),
    ],
)  # fmt: skip
def test_title_and_publisher_of_a_bare_text(text: str, title: str, publisher: str | None) -> None:
    found = of_text(text)
    assert (found["title"], found["publisher"]) == (title, publisher)


def test_a_headline_with_its_own_dots_is_not_cut() -> None:
    found = fields(
        '<meta property="og:title" content="He had only one wish...">', PROSE, "He had only one wish... | Quay Post"
    )
    assert found["title"] == "He had only one wish..."


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Created by Ann Lee, last modified by Bo Chen on Dec 07, 2019", {"authors": "Ann Lee", "modified": "2019-12-07"}),
        ("Updated by Ann Lee May 3, 2024", {"modified": "2024-05-03"}),
        ("Posted on: 07-20-2012 Posted by: Ann Lee", {"published": "2012-07-20", "authors": "Ann Lee"}),
        ("Post written by Ann Lee.", {"authors": "Ann Lee"}),
        ("Sort by: Relevancy", {}),
    ],
)  # fmt: skip
def test_lines_say_who_wrote_and_who_changed(line: str, expected: dict[str, str]) -> None:
    assert {item.field: item.value for item in label_lines.parse(line).items} == expected


@pytest.mark.parametrize(
    ("body", "field", "value"),
    [
        (
            f'<h1>{TITLE}</h1><p><a href="/author/ann-lee">Annabelle Lee</a>•Oct 20, 2023</p>{PROSE}',
            "published",
            "2023-10-20",
        ),
        (f"<h1>{TITLE}</h1><p>by admin | May 3, 2024 | Travel | 0 comments</p>{PROSE}", "published", "2024-05-03"),
        (f"<h1>{TITLE}</h1><p>Thread starter carter Start date May 3, 2024</p>{PROSE}", "published", "2024-05-03"),
        (f"<h1>{TITLE}</h1>{PROSE}<p>Posted by Ann Lee on Fri, May 3, 2024</p>", "authors", ["Ann Lee"]),
        (f"<h1>{TITLE}</h1>{PROSE}<h2>Author</h2><h2>Related stories</h2>", "authors", []),
    ],
)
def test_bylines_of_blogs_and_forums(body: str, field: str, value: object) -> None:
    assert fields("", body)[field] == value


@pytest.mark.parametrize(
    ("title", "authors"),
    [
        ("渡口的秤 - 王一的博客", ["王一"]),
        ("The scale - Ann Lee's Blog", ["Ann Lee"]),
        ("渡口的秤 - 青屿的博客", []),
        ("The scale - Quay Blog", []),
    ],
)
def test_a_site_named_after_a_person_is_that_persons(title: str, authors: list[str]) -> None:
    assert fields("", PROSE, title)["authors"] == authors


def test_the_author_who_has_a_site_of_their_own_on_a_shared_host_stays() -> None:
    head = '<meta name="author" content="晒谷场"><meta property="og:site_name" content="晒谷场">'
    assert fields(head + '<link rel="canonical" href="https://x.github.io/a">')["authors"] == ["晒谷场"]
    assert fields(head + '<link rel="canonical" href="https://x.example/a">')["authors"] == []


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("N/A", ()),
        ("q_admin", ()),
        ("user_3921", ()),
        ("page.head.author", ()),
        ("Quay & Quay", ("Quay & Quay",)),
        ("Ann Lee and Bo Chen, Staff Writers", ("Ann Lee", "Bo Chen")),
        ("Ann Lee, Tide Strategist", ("Ann Lee",)),
        ("Adminia Lee", ("Adminia Lee",)),
        ("Adminia", ("Adminia",)),
        ("admin2", ()),
        ("Administrator", ()),
    ],
)
def test_names_and_what_is_none(value: str, people: tuple[str, ...]) -> None:
    assert split_people(value) == people


@pytest.mark.parametrize(
    ("text", "name"), [("Quay PostQuay Post", "Quay Post"), ("潮间带潮间带", "潮间带"), ("QQ", "QQ"), ("滴滴", "滴滴")]
)
def test_a_logo_and_its_text_are_one_name(text: str, name: str) -> None:
    assert site_names.site_name(text) == name


OWN = "https://quay.example/a/1.html"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        (f'<base href="{OWN}">', OWN),
        ('<base href="https://quay.example/">', None),
        ('<base href="https://quay.example/a/">', None),
        ('<base href="https://quay.example/"><link rel="canonical" href="/a/1.html">', OWN),
    ],
)
def test_what_addresses_are_relative_to_is_the_own_address_only_as_a_page(head: str, url: str | None) -> None:
    assert fields(head)["url"] == url


@pytest.mark.parametrize(
    ("text", "name", "url"),
    [
        (f"<!-- Mirrored from quay.example/a/1.html by HTTrack Website Copier/3.x [XR&CO'2014], Fri, 03 May 2024 -->\n<html><body>{PROSE}</body></html>", "a.html", OWN.replace("https", "http")),
        (f"# 渡口的秤\n\nURL: {OWN}\n\n{BARE}", "a.md", OWN),
        (f"# 渡口的秤\n\n来源：[某报]({OWN})\n\n{BARE}", "a.md", None),
        (f"# 渡口的秤\n\n{BARE * 2}\n\n链接：{OWN}\n", "a.md", None),
        (f"渡口的秤\n\n{BARE}\n\n本文的原文链接是 {OWN} ，转载请注明。\n", "a.txt", OWN),
        (f"<html><body><h1>{TITLE}</h1><p>Source: {OWN}</p>{PROSE}</body></html>", "a.html", None),
    ],
)  # fmt: skip
def test_the_own_address_behind_labels_and_in_comments(text: str, name: str, url: str | None) -> None:
    assert of_text(text, name)["url"] == url


TABLE = """镇上渡口管理办法

索引号:

6107280000/2024-001005

发文字号:

河政发〔2024〕7号

发文日期:

2024年04月03日

发布日期:

2024年04月06日 16:34

镇上渡口管理办法

渡口归镇上管,船夫每天开船以前要先看水位,水位高过红线的时候一律不开船,谁也不许例外。
"""


def test_the_values_of_a_table_of_labels_are_no_headline_and_its_dates_have_their_labels() -> None:
    record = seedclean.clean(TABLE)
    assert (record.title, record.published) == ("镇上渡口管理办法", "2024-04-06T16:34")


@pytest.mark.parametrize(
    ("line", "published"), [("时间:2022-04-02 乡间见闻", "2022-04-02"), ("2022-04-02 乡间见闻三则", None)]
)
def test_a_labelled_date_above_a_text_without_a_marked_headline_may_have_a_section_beside_it(
    line: str, published: str | None
) -> None:
    text = f"渡口换了新钟\n\n{line}\n\n渡口的钟响了三十年,今年春天换了一口新的,是下游的铸造厂送来的,比旧的轻一半。\n"
    assert seedclean.clean(text).published == published


def test_a_heading_below_the_text_of_markdown_is_no_headline_however_high_its_level() -> None:
    prose = "渡口的钟响了三十年，今年春天换了一口新的，是下游的铸造厂送来的，比旧的轻一半。"
    text = f"## 渡口换了新钟三口\n\n{prose}\n\n{prose}\n\n# 5. 一个旧钟的例子\n\n{prose}\n"
    assert seedclean.clean(text).title == "渡口换了新钟三口"
    assert seedclean.clean(f"{prose}\n\n# 渡口换了新钟三口\n\n{prose}\n").title == "渡口换了新钟三口"
