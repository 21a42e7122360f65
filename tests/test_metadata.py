"""Where metadata comes from: linked data, scripts, meta tags, titles; and which place goes before which."""

from __future__ import annotations

from typing import Any

import pytest

import seedclean
from seedclean.model.document import Source
from seedclean.packs.registry import load
from seedclean.pipeline import examine
from seedclean.values import host_names


def record(head: str, body: str = "<p>A long enough line of prose.</p>", name: str = "a.html") -> dict[str, Any]:
    page = f"<!doctype html><html><head>{head}</head><body><article>{body}</article></body></html>"
    return examine(Source(name, page.encode()), load()).record.to_dict()


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


ARTICLE = """{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "The quay &amp; the clock", "datePublished":
"2024-03-01T08:00:00+08:00", "dateModified": "2024-03-02", "author": [{"@type": "Person", "name": "Ann Lee"}, {"name": "Bo Chen"}],
"publisher": {"@type": "Organization", "name": "Quay Weekly"}, "image": ["https://quay.example/1.jpg"], "inLanguage": "en"}"""


def test_linked_data_is_read() -> None:
    fields = record(linked(ARTICLE))
    assert fields["title"] == "The quay & the clock"
    assert fields["published"] == "2024-03-01T08:00:00+08:00"
    assert fields["modified"] == "2024-03-02"
    assert fields["authors"] == ["Ann Lee", "Bo Chen"]
    assert fields["publisher"] == "Quay Weekly"
    assert fields["image"] == "https://quay.example/1.jpg"
    assert fields["provenance"]["title"]["from"] == "json-ld:headline"
    assert fields["stated"]["json-ld:headline"] == "The quay &amp; the clock"


@pytest.mark.parametrize(
    "data",
    [
        f"[{ARTICLE}, {ARTICLE.replace('quay', 'tide')}]",
        '{"@type": "ItemList", "itemListElement": [' + ARTICLE + "]}",
        '{"@type": "WebSite", "name": "Quay Weekly", "datePublished": "2024-03-01"}',
        ARTICLE[:-1],
        "[" * 5000 + "]" * 5000,
        "",
    ],
    ids=["several", "list-of-others", "site", "broken", "deep", "empty"],
)
def test_linked_data_of_other_things_says_nothing(data: str) -> None:
    fields = record(linked(data))
    assert (fields["published"], fields["authors"]) == (None, [])


def test_linked_data_in_a_graph_is_read() -> None:
    graph = '{"@graph": [{"@type": "WebSite", "name": "Quay"}, ' + ARTICLE + "]}"
    assert record(linked(graph))["published"] == "2024-03-01T08:00:00+08:00"


def test_linked_data_goes_before_meta_tags_and_an_address_of_the_page_before_both() -> None:
    head = '<link rel="canonical" href="https://quay.example/a"><meta property="og:title" content="Another">'
    head += '<meta name="dc.date.issued" content="2023-01-01">' + linked(
        ARTICLE.replace("{", '{"url": "https://x.example/b",', 1)
    )
    fields = record(head)
    assert fields["title"].startswith("The quay")
    assert fields["published"] == "2024-03-01T08:00:00+08:00"
    assert fields["url"] == "https://quay.example/a"


def test_dublin_core_is_read() -> None:
    head = '<meta name="DC.title" content="The quay"><meta name="DC.creator" content="Ann Lee"><meta name="DC.date.issued" content="2023-01-01">'
    fields = record(head)
    assert (fields["title"], fields["authors"], fields["published"]) == ("The quay", ["Ann Lee"], "2023-01-01")


def test_the_house_behind_a_title_is_the_publisher_where_nothing_else_names_it() -> None:
    text = '---\ntitle: "The quay — Tidewatch"\nsource: "https://www.tidewatch.example/a"\n---\n\nProse.\n'
    fields = examine(Source("a.md", text.encode()), load()).record.to_dict()
    assert (fields["title"], fields["publisher"]) == ("The quay", "Tidewatch")


@pytest.mark.parametrize(
    ("title", "publisher"),
    [
        ("雨中的渡口与守船的人-青屿网", "青屿网"), ("雨中的渡口与守船的人_青屿周报", "青屿周报"), ("雨中的渡口与守船的人 - 青屿周报", "青屿周报"),
        ("雨中的渡口与守船的人_青屿网_新闻", "青屿网"), ("雨中的渡口与守船的人 :: 2024-05-06 :: 青屿网", "青屿网"), ("雨中的渡口与守船的人 | tide 2.4 manual", None),
        ("雨中的渡口与守船的人: a ferry", None), ("青屿网 - 雨中的渡口与守船的人", "青屿网"),
        ("雨中的渡口与守船的人 \\ Harbour", "Harbour"), ("雨中的渡口与守船的人 ~ Tidewatch", "Tidewatch"),
        ("雨中的渡口与守船的人--副刊--青屿网", "青屿网"), ("雨中的渡口与守船的人│青屿新聞網 QINGYU.EXAMPLE", "青屿新聞網"),
        ("(3 条消息) 雨中的渡口与守船的人 - 青屿社区", "青屿社区"), ("雨中的渡口与守船的人 - Powered by Ferryboard!", None),
        ("雨中的渡口与守船的人 - 潮汐，渡口，码头", None), ("栏目甲 - 雨中的渡口与守船的人", None),
    ],
)  # fmt: skip
def test_the_site_beside_a_headline_is_the_publisher(title: str, publisher: str | None) -> None:
    fields = record(f"<title>{title}</title>", "<h1>雨中的渡口与守船的人</h1><p>船在雨里等了很久，等的人没有来。</p>")
    assert (fields["title"], fields["publisher"]) == ("雨中的渡口与守船的人", publisher)


def test_the_first_line_of_a_bare_text_is_its_title_where_the_headline_says_it_again() -> None:
    prose = "船在雨里等了很久，等的人没有来，撑船的人便把灯点上，坐在船头数对岸的窗子。"
    text = f"雨中的渡口与守船的人_青屿周报\n首页 > 副刊\n雨中的渡口与守船的人\n{prose}\n{prose}\n"
    fields = examine(Source("a.txt", text.encode()), load()).record.to_dict()
    assert (fields["title"], fields["publisher"]) == ("雨中的渡口与守船的人", "青屿周报")
    assert fields["provenance"]["title"] == {"from": "text", "span": [24, 34]}
    lone = examine(Source("a.txt", text.replace("\n雨中的渡口与守船的人\n", "\n").encode()), load()).record
    assert (lone.title, lone.publisher) == ("雨中的渡口与守船的人", "青屿周报")


def test_a_document_without_text_has_the_language_of_its_title() -> None:
    text = "---\ntitle: 码头上的钟\n---\n\n![](https://img.example/1.png)\n"
    fields = examine(Source("a.md", text.encode()), load()).record.to_dict()
    assert (fields["status"], fields["language"]) == ("ok", "zh")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (linked(ARTICLE), "article"),
        (linked('{"@type": "QAPage", "name": "How deep?"}'), "forum"),
        (linked('{"@graph": [{"@type": "WebSite"}, {"@type": "Product", "name": "Rope"}]}'), "product"),
        ('<meta property="og:type" content="product">', "product"),
        ('<meta property="og:type" content="article">', None),
        ("", None),
    ],
    ids=["article", "forum", "product", "open-graph", "open-graph-article", "nothing"],
)
def test_a_page_is_of_the_type_it_states(head: str, expected: str | None) -> None:
    assert record(head)["page_type"] == expected


def test_a_page_that_states_two_types_is_not_taken_at_the_word_of_either() -> None:
    assert record('<meta property="og:type" content="product">' + linked(ARTICLE))["page_type"] != "product"


HEAD_LINES = """<ul><li><a href="/a">Older: 2019-01-02 08:00</a></li></ul><p>2024年3月1日 08:15 来源：青屿周报 作者：杜若</p>
<p>潮水漫过第三级台阶的时候，守塔人正在擦灯，他听见下面有人说话，便探出身去，看见的却只有水。</p>
<p>他把这件事记在第二本账里，记的时候想了很久，最后只写下了时辰，没有写他听见的是什么。</p>
<p>第二天有人来问，他说没有。第三天他自己去看了台阶，台阶上放着一只空篮子，还是湿的。</p>
<p>相关文章 2018-05-06</p>"""


def test_the_line_above_an_article_says_when_and_by_whom() -> None:
    fields = record("<title>第三级台阶</title>", HEAD_LINES)
    assert (fields["published"], fields["authors"]) == ("2024-03-01T08:15", ["杜若"])
    assert fields["provenance"]["published"]["from"] == "head-line"


def test_a_sentence_of_the_article_that_names_a_date_is_no_stamp() -> None:
    body = HEAD_LINES.replace(
        "2024年3月1日 08:15 来源：青屿周报 作者：杜若", "2019年4月1日，灯塔发布了新的时间表，守塔人却没有看见。"
    )
    assert record("<title>第三级台阶</title>", body)["published"] is None


PROSE = "<p>潮水漫过第三级台阶的时候，守塔人正在擦灯，他听见下面有人说话，便探出身去，看见的却只有水。</p>"


@pytest.mark.parametrize(
    ("title", "body", "headline", "publisher"),
    [
        # the name of a manual stands in an h2 that leads to the front page, and the headline is short
        ("Usage - Brook Manual", '<h2><a href="/">Brook Manual</a></h2><h1>Usage</h1>', "Usage", "Brook Manual"),
        # no heading repeats the title: names by their ending, by the imprint and by the front page's link
        ("第三级台阶上的人-青屿县教育局", "", "第三级台阶上的人", "青屿县教育局"),
        ("第三级台阶上的人 潮声旧馆", '<p><a href="/">潮声旧馆</a></p>', "第三级台阶上的人 潮声旧馆", None),
        ("第三级台阶上的人 · 潮声旧馆", '<p><a href="/">潮声旧馆</a></p>', "第三级台阶上的人", "潮声旧馆"),
        ("第三级台阶上的人_公告栏_青屿县教育局", "", "第三级台阶上的人", "青屿县教育局"),
        # a title that names the site or a section alone gives way to what stands above the text
        ("青屿县教育局", "<h3>第三级台阶上的人</h3>", "第三级台阶上的人", "青屿县教育局"),
        ("青屿县教育局-通知公告", "<h1>第三级台阶上的人</h1>", "第三级台阶上的人", "青屿县教育局"),
        ("青屿县教育局", "<p>第三级台阶上的人和灯</p><p>时间：2024-03-01</p>", "第三级台阶上的人和灯", "青屿县教育局"),
        # a dash of a sentence, a colon and a version are no separators of a name
        ("灯塔——守塔人的报", "", "灯塔——守塔人的报", None),
        ("tide 2.4 manual", "", "tide 2.4 manual", None),
    ],
)  # fmt: skip
def test_headline_and_site_in_a_title(title: str, body: str, headline: str, publisher: str | None) -> None:
    fields = record(f"<title>{title}</title>", body + PROSE * 3)
    assert (fields["title"], fields["publisher"]) == (headline, publisher)


def test_a_heading_in_mid_article_is_not_the_title() -> None:
    text = f"潮水退下去以后，台阶上只剩下一只空篮子，还是湿的，没有人认得它。\n\n## 第二天\n\n{PROSE[3:-4]}\n"
    fields = examine(Source("a.md", text.encode()), load()).record
    assert fields.title is None


def test_a_headline_in_bare_text_stands_once_above_the_line_with_the_date() -> None:
    prose = PROSE[3:-4]
    text = f"首页\n新闻\n第三级台阶上的人和灯\n2024年3月1日 08:15 来源：青屿周报\n{prose}\n{prose}\n"
    fields = examine(Source("a.txt", text.encode()), load()).record
    assert fields.title == "第三级台阶上的人和灯"


@pytest.mark.parametrize(
    ("foot", "publisher"),
    [
        ("版权所有：青屿旧书网 青ICP备1号", "青屿旧书网"), ("主办单位：青屿县渡口管理处 版权所有", "青屿县渡口管理处"),
        ("版权所有：青屿科技有限公司", None), ("Copyright © 2019-2024 Tide Ltd. All rights reserved.", None),
    ],
)  # fmt: skip
def test_an_imprint_names_the_publisher_where_nothing_else_does(foot: str, publisher: str | None) -> None:
    fields = record("<title>第三级台阶上的人</title>", f"<h1>第三级台阶上的人</h1>{PROSE * 3}<p>{foot}</p>")
    assert fields["publisher"] == publisher


TIME = '<time datetime="2024-03-01T08:00:00+08:00">1 March</time>'


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        ("", f"<h1>The quay</h1>{TIME}{PROSE * 3}", "2024-03-01T08:00:00+08:00"),
        ("", f"<h1>The quay</h1><p>Updated {TIME}</p>{PROSE * 3}", None),
        ("", f"<h1>The quay</h1>{PROSE * 3}<aside>{TIME}</aside>", None),
        ("", f'<h1>The quay</h1>{PROSE * 3}<div class="comment">{TIME}</div>', None),
        ("", f"<h1>The quay</h1>{PROSE * 3}<p>{TIME}</p><p>{TIME.replace('03-01', '04-01')}</p>", None),
        ("", f'<p itemprop="datePublished" content="2024-03-01">soon</p>{PROSE}', "2024-03-01"),
        ("", f'<p property="schema:datePublished" content="2024-03-01">soon</p>{PROSE}', "2024-03-01"),
        ("", f'<p class="dt-published">2024-03-01</p>{PROSE}', "2024-03-01"),
        ("", f'<div itemscope itemtype="https://schema.org/Comment"><i itemprop="datePublished" content="2024-03-01">soon</i></div>{PROSE}', None),
        ('<meta name="citation_online_date" content="2024/03/01">', PROSE, "2024-03-01"),
        ('<meta name="publish_time" content="2024-03-01 08:15">', PROSE, "2024-03-01T08:15"),
        ('<meta name="date" content="2024-01-01"><meta name="pubdate" content="2024-03-01">', PROSE, "2024-03-01"),
        ('<meta name="pubdate" content="2024-03-01">', f"{TIME}{PROSE}", "2024-03-01T08:00:00+08:00"),
    ],
)  # fmt: skip
def test_dates_that_pages_state(head: str, body: str, published: str | None) -> None:
    assert record(head, body)["published"] == published


def test_each_author_of_a_paper_is_one_with_the_comma_kept() -> None:
    head = "".join(f'<meta name="citation_author" content="{name}">' for name in ("Lee, Ann", "Chen, Bo", "Lee, Ann"))
    assert record(head)["authors"] == ["Lee, Ann", "Chen, Bo"]


def test_an_address_is_no_author() -> None:
    assert record('<meta property="article:author" content="https://www.facebook.example/quay">')["authors"] == []


def test_an_author_in_a_graph_is_where_the_article_points() -> None:
    person = '{"@type": "Person", "@id": "#ann", "name": "Ann Lee"}'
    article = '{"@type": "Article", "headline": "The quay", "author": {"@id": "#ann"}}'
    site = '{"@type": "WebSite", "name": "Quay Weekly"}'
    fields = record(linked(f'{{"@graph": [{article}, {person}, {site}]}}'))
    assert (fields["authors"], fields["publisher"]) == (["Ann Lee"], "Quay Weekly")


def test_of_several_articles_the_one_with_the_address_of_the_page_counts() -> None:
    own = ARTICLE.replace("{", '{"url": "https://quay.example/a#top", ', 1)
    other = ARTICLE.replace("2024-03-01", "2020-01-01").replace("{", '{"url": "https://quay.example/b", ', 1)
    fields = record('<link rel="canonical" href="https://quay.example/a">' + linked(f"[{other}, {own}]"))
    assert fields["published"] == "2024-03-01T08:00:00+08:00"


SHARE = '<p><a href="https://twitter.com/intent/tweet?url={}">Tweet</a></p>'


@pytest.mark.parametrize(
    ("page", "url"),
    [
        ("<!-- https://quay.example/a?utm_source=x --><html><body>{}</body></html>", "https://quay.example/a"),
        ("<!-- saved from url=(0022)https://quay.example/a --><html><body>{}</body></html>", "https://quay.example/a"),
        ("<html><body>{}<!-- https://quay.example/a --></body></html>", None),
        ('<html><body>{}<script>var x = {{article_url: "https://quay.example/a"}}</script></body></html>', "https://quay.example/a"),
        ('<html><body>{}<script>var x = {{article_url: "https://quay.example/"}}</script></body></html>', None),
        ("<html><body>{}" + SHARE.format("https%3A%2F%2Fquay.example%2Fa") + "</body></html>", "https://quay.example/a"),
        ("<html><body>{}" + SHARE.format("https://quay.example/a") + SHARE.format("https://quay.example/b") + "</body></html>", None),
        ("<html><body>{}<p>原文链接：https://quay.example/a。</p></body></html>", "https://quay.example/a"),
        ('<html><body><p>转码，原文地址 <a href="https://quay.example/a">quay.example</a></p>{}</body></html>', "https://quay.example/a"),
        ("<html><body>{}<p>他在 https://quay.example/a 上读到了这件事。</p></body></html>", None),
        ('<html><head><link rel="alternate" media="handheld" href="//m.quay.example/a"></head><body>{}</body></html>', None),
    ],
)  # fmt: skip
def test_the_address_that_a_page_has_of_its_own(page: str, url: str | None) -> None:
    fields = examine(Source("a.html", page.format(PROSE * 3).encode()), load()).record
    assert fields.url == url


def test_the_values_that_lost_are_stated() -> None:
    head = '<meta property="og:title" content="The quay"><meta name="dc.title" content="The clock">'
    assert record(head)["stated"]["rival:title"] == [{"value": "The clock", "from": "meta:dc.title"}]


def test_a_comment_with_the_time_of_the_article_is_not_that_of_the_capture() -> None:
    text = "---\ntitle: 台阶\ndate: 2020-03-18T06:41:19.000Z\n---\n<!--1584513679000-->\n[台阶](https://quay.example/a)\n------\n\n<p>潮水漫过了台阶。</p>\n"
    fields = examine(Source("a.md", text.encode()), load()).record
    assert (fields.published, fields.captured) == ("2020-03-18T06:41:19.000Z", None)
    later = examine(Source("a.md", text.replace("679000", "999000").encode()), load()).record
    assert later.captured == "2020-03-18T06:46:39Z"


@pytest.mark.parametrize(
    "filling", [" " * 60_000, "(" * 60_000, "a, " * 20_000, "- " * 30_000], ids=["blanks", "brackets", "names", "signs"]
)
def test_a_value_of_any_length_is_read_in_linear_time(filling: str) -> None:
    fields = record(
        f"<title>A{filling}B</title><meta name=author content='A{filling}B'><meta name=pubdate content='2024{filling}'>"
    )
    assert fields["authors"] in ([], ["A B"])
    assert fields["published"] in (None, "2024")


FRAME = "".join(f'<li><a href="https://{host}/{path}">{path or "start"}</a></li>' for host in ("www.huanqiu.com", "mil.huanqiu.com")
                for path in ("", *(f"a/{at}" for at in range(10))))  # fmt: skip
LISTED = FRAME.replace('com/"', 'com/c"')
QUAY = "<h1>The quay at night</h1>"


@pytest.mark.parametrize(
    ("head", "body", "publisher"),
    [
        # two places of the page agree, and the title says another name
        ("<title>The quay at night | Cheap Rope News</title>", f'<a href="/">Tidewatch</a>{QUAY}{{}}<p>© 2024 Tidewatch</p>', "Tidewatch"),
        # a statement of the page's head that nothing repeats, beside a name that is the application's too
        (
            '<title>The quay at night | Tidewatch</title><meta property="og:site_name" content="Tidewatch Old">'
            '<meta name="application-name" content="Tidewatch">',
            f"{QUAY}{{}}",
            "Tidewatch",
        ),
        ('<title>The quay at night</title><meta name="application-name" content="Tidewatch">', f"{QUAY}{{}}", "Tidewatch"),
        ('<title>The quay at night</title>', f"{QUAY}{{}}<p>Copyright © 2019-2024 青屿旧书网</p>", "青屿旧书网"),
        ('<title>The quay at night</title>', f"{QUAY}{{}}<p>© 1998-2024 上海东方报业有限公司</p>", "澎湃新闻"),
        ('<title>The quay at night</title>', f"{QUAY}{{}}<ul>{FRAME}</ul>", "环球网"),
        # a list of the pages of a house does not lead to its front page
        ('<title>The quay at night</title>', f"{QUAY}{{}}<ul>{LISTED}</ul>", None),
        # the name of a site with a slogan or a comma
        (
            '<title>The quay at night</title><meta property="og:site_name" content="The Tide Watcher - Ropes &amp; Clocks for Everybody">',
            f"{QUAY}{{}}",
            "The Tide Watcher",
        ),
        (
            '<title>The quay at night</title><meta property="og:site_name" content="School of Tides, Ropes and Continuing Quay Studies">',
            f"{QUAY}{{}}",
            "School of Tides, Ropes and Continuing Quay Studies",
        ),
        # a domain gives way to a name
        (
            '<title>The quay at night | Tidewatch</title><meta property="og:site_name" content="tidewatch.example">',
            f"{QUAY}{{}}",
            "tidewatch.example",
        ),
    ],
)  # fmt: skip
def test_the_publisher_is_the_name_on_which_places_agree(head: str, body: str, publisher: str | None) -> None:
    assert record(head, body.format(PROSE * 3))["publisher"] == publisher


@pytest.mark.parametrize(
    ("line", "published", "authors"),
    [
        ("By Ann Lee • May 3, 2024 • Port City", "2024-05-03", ["Ann Lee"]),
        ("May 3, 2024 · Ann Lee on behalf of the crew of the quay", "2024-05-03", []),
        ("3 мая 2024 г., 14:05", "2024-05-03T14:05", []),
        ("Автор: Анна Лебедева", None, ["Анна Лебедева"]),
        ("May 3, 2024 was the day on which the ferry came late", None, []),
        ("The ferry of May 3, 2024 in Port City", None, []),
    ],
)
def test_the_line_below_a_headline_may_hold_more_than_its_date(
    line: str, published: str | None, authors: list[str]
) -> None:
    fields = record("<title>The quay at night</title>", f"{QUAY}<p>{line}</p>{PROSE * 3}")
    assert (fields["published"], fields["authors"]) == (published, authors)


def test_the_path_of_the_address_dates_a_document_that_states_no_date() -> None:
    head = '<title>The quay</title><link rel="canonical" href="https://quay.example/2024/05/03/quay">'
    assert record(head)["published"] == "2024-05-03"
    dated = record(head + '<meta name="pubdate" content="2024-05-02">')
    assert dated["published"] == "2024-05-02"
    assert dated["stated"]["rival:published"] == [{"value": "2024-05-03", "from": "canonical"}]


def test_the_authors_of_a_paper_go_before_a_byline() -> None:
    head = '<title>Tides</title><meta name="citation_author" content="Lee, Ann"><meta name="citation_author" content="Chen, Bo">'
    assert record(head, f"<h1>Tides</h1><p>By Ann Lee and Bo Chen</p>{PROSE * 3}")["authors"] == [
        "Lee, Ann",
        "Chen, Bo",
    ]


def test_markdown_begins_with_its_title() -> None:
    prose = PROSE[3:-4]
    text = f"# 第三级台阶上的人_青屿周报\n\n首页\n\n# 第三级台阶上的人\n\n{prose}\n\n{prose}\n"
    fields = examine(Source("a.md", text.encode()), load()).record
    assert (fields.title, fields.publisher) == ("第三级台阶上的人", "青屿周报")


def test_the_platform_is_not_the_publisher_by_a_title() -> None:
    head = '<title>The quay at night | Medium</title><link rel="canonical" href="https://medium.com/p/0123456789ab">'
    assert record(head, f"{QUAY}{PROSE * 3}")["publisher"] != "Medium"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("## 一、原理\n\nA b c d e f g h (abc)，即某某\n\n%s\n\n## 二、做法\n\n%s", None),
        ("# 5. 一个示例\n\n%s\n\n## 小结\n\n%s", "5. 一个示例"),
        ("# 石桥的重量\n\n%s\n\n## 一、原理\n\n%s\n\n## 二、做法", "石桥的重量"),
    ],
)
def test_a_heading_of_a_numbered_part_is_no_headline(text: str, title: str | None) -> None:
    prose = "先量出每一块石头的长宽高，再乘上石料的密度，最后把它们加起来。账本上的数比这个小一成，差的那一成是栏杆。"
    assert seedclean.clean(text % (prose, prose), format="markdown").title == title


def test_a_line_of_one_name_twice_is_no_headline() -> None:
    text = "\n\n".join([BARE.splitlines()[0]] * 3)
    assert seedclean.clean(f"青屿手记社 青屿手记社\n\n{text}").title is None
    assert seedclean.clean(f"从前的推车 从前的秤\n\n{text}").title == "从前的推车 从前的秤"


def test_a_line_that_names_a_role_is_no_headline() -> None:
    text = "\n\n".join([BARE.splitlines()[0]] * 3)
    assert seedclean.clean(f"出品 | 青屿手记（ID：qingyu100）\n\n{text}").title is None
    assert seedclean.clean(f"评论 | 从前的推车和秤\n\n{text}").title == "评论 | 从前的推车和秤"


def test_a_byline_above_the_date_is_no_headline() -> None:
    text = "The ferry runs again\n\nBy Jane Doe\n\nMarch 3, 2024\n\nThe ferry between the town and the island runs again from Saturday on."
    record = seedclean.clean(text, format="text")
    assert (record.title, record.authors) == ("The ferry runs again", ("Jane Doe",))


_PROSE = "<p>The weir keeper has counted the eels since the spring, and nobody has asked him for the number.</p>" * 3


@pytest.mark.parametrize(
    ("body", "field", "value"),
    [
        (f"<h1>The eels</h1><p><span class=author>Ann Lee</span> <span>May 3, 2024</span></p>{_PROSE}", "authors", ["Ann Lee"]),
        (f"<p><a class=ljuser href=/>quay_k</a></p><h1>The eels</h1>{_PROSE}", "authors", ["quay_k"]),
        (f"<h1>The eels</h1>{_PROSE}<p><b class=author>Ann Lee</b> says no.</p>", "authors", []),
        (f"<h1>The eels</h1><p class=firma><em>Ángela Río</em> | <span>Madrid</span></p>{_PROSE}", "authors", ["Ángela Río"]),
        (f"<h1>The eels</h1><p class='autor left'>Ann Lee | Palma de Mar | 08/01/2014</p>{_PROSE}", "authors", ["Ann Lee"]),
        (f"<h1>The eels</h1><div class=author>Par <b>ANN LEE</b>, <b>BO CHEN</b> Envoyés spéciaux à Lys</div>{_PROSE}", "authors", ["ANN LEE", "BO CHEN"]),
        (f"<h1>The eels</h1><p class=author>Our harbour team</p>{_PROSE}", "authors", []),
        (f"<h1>The eels</h1><p class=note><b>Ann Lee</b> | Weir</p>{_PROSE}", "authors", []),
        (f"<h1>The eels</h1>{_PROSE}<p class=author><b>Ann Lee</b> counts</p>", "authors", []),
        (f"<h1>The eels</h1><p><a href=/users/becomeFan.php>Become a Fan</a></p><p>May 3, 2024</p>{_PROSE}", "authors", []),
        (f"<h1>The eels</h1><p>Submitted on Mon, 2024-05-06 13:49</p>{_PROSE}", "published", "2024-05-06T13:49"),
        (f"<h1>The eels</h1><p>Last updated 18 June 2024 — See all updates</p>{_PROSE}", "modified", "2024-06-18"),
        (f"<h1>The eels</h1>{_PROSE}<p>Edit</p><p>Last updated on Sep 30, 2024 by Ines</p>", "modified", "2024-09-30"),
        (f"<h1>The eels</h1>{_PROSE}<footer>By <time datetime=2024-05-03>May 3</time></footer>", "published", "2024-05-03"),
    ],
)  # fmt: skip
def test_what_stands_around_an_article_says_who_and_when(body: str, field: str, value: object) -> None:
    assert record("<title>The eels | Weir</title>", body)[field] == value


def test_the_house_behind_its_writers_is_no_author() -> None:
    head = '<link rel="canonical" href="https://www.quay.example/eels"><meta name="author" content="Ann Lee, and Bo Chen, QUAY">'
    assert record(head, _PROSE)["authors"] == ["Ann Lee", "Bo Chen"]
    head = '<link rel="canonical" href="https://annlee.example/eels"><meta name="author" content="Ann Lee">'
    assert record(head, _PROSE)["authors"] == ["Ann Lee"]


def test_a_bracket_before_the_name_of_the_site_is_the_headlines() -> None:
    head = '<meta property="og:site_name" content="潮汐新闻"><title>灯塔与渡船的一夜（照片＝港湾社） ：潮汐新闻</title>'
    assert record(head)["title"] == "灯塔与渡船的一夜（照片＝港湾社）"


def test_what_a_page_states_to_baidu_is_linked_data() -> None:
    data = """{"@context": "https://ziyuan.baidu.com/contexts/cambrian.jsonld", "@id": "https://quay.example/1.html", "title":
    "灯塔与渡船的一夜", "pubDate": "2024-03-01T08:15:57", "upDate": "2024-03-02T08:00:00"}"""
    fields = record(linked(data))
    assert (fields["title"], fields["published"], fields["modified"]) == (
        "灯塔与渡船的一夜",
        "2024-03-01T08:15:57",
        "2024-03-02T08:00:00",
    )


def test_a_day_stands_beside_addresses_in_a_property() -> None:
    stated = "https://quay.example/a.jpg, 2024-03-01 05:36:13, https://quay.example/b"
    note = f"---\ntitle: Eels\npublished: {stated}\n---\n\nThe weir keeper has counted the eels since the spring."
    assert seedclean.clean(note).published == "2024-03-01T05:36:13"
    assert seedclean.clean(note.replace("https://", "")).published is None


def test_an_address_that_is_stated_gives_way_to_the_name_beside_the_headline() -> None:
    head = '<meta property="og:site_name" content="www.quotidien.example"><title>Les anguilles reviennent - Quotidién</title>'
    assert record(head, f"<h1>Les anguilles reviennent</h1>{_PROSE}")["publisher"] == "Quotidién"
    assert (
        record(head.replace(" - Quotidién", ""), f"<h1>Les anguilles reviennent</h1>{_PROSE}")["publisher"]
        == "www.quotidien.example"
    )


def test_a_tag_has_a_letter_or_a_digit() -> None:
    assert record('<meta name="keywords" content="eels, }, C++, \'">')["tags"] == ["eels", "C++"]


def test_a_headline_that_names_somebody_is_no_byline() -> None:
    assert record("<title>The eels, by Ann Lee</title>", f"<h1>The eels, by Ann Lee</h1>{_PROSE}")["authors"] == []


def test_a_site_in_brackets_is_no_part_of_the_title() -> None:
    assert (
        record("<title>The eels of June [Weir.net]</title>", f"<h1>The eels of June</h1>{_PROSE}")["title"]
        == "The eels of June"
    )
    assert record("<title>The eels [1]</title>", f"<h1>The eels [1]</h1>{_PROSE}")["title"] == "The eels [1]"


HOST = '<link rel="canonical" href="https://heronbay.example/2024/quay">'


@pytest.mark.parametrize(
    ("head", "body", "title", "publisher"),
    [
        # a firm's legal form is no part of the name that its host has
        (HOST + "<title>The quay opens</title>", "{prose}<p>© 2023 Heronbay Ltd</p>", "The quay opens", "Heronbay"),
        (HOST + "<title>The quay opens</title>", "{prose}<p>© 2023 Tide Ltd</p>", "The quay opens", None),
        # the text of a logo, where the host bears it out
        (HOST + "<title>The quay opens</title>", '<a href="/"><img alt="Heronbay logo" src="l.png"></a>{prose}', "The quay opens", "Heronbay"),
        # the sort of a text beside its headline is no name
        (HOST + "<title>The quay opens - Infographic</title>", "<h1>The quay opens</h1>{prose}", "The quay opens", None),
        (HOST + "<title>The quay opens - Heronbay Letters</title>", "<h1>The quay opens</h1>{prose}", "The quay opens", "Heronbay Letters"),
        # a headline that leads to the front page is one all the same
        ("<title>The quay opens | Tidelog</title>", '<h1><a href="/">The quay opens</a></h1>{prose}', "The quay opens", "Tidelog"),
        ("<title>Tidelog » The quay opens</title>", '<h1><a href="/">Tidelog</a></h1><h2>The quay opens</h2>{prose}', "The quay opens", "Tidelog"),
        # an address with a number in its query is no front page
        ("<title>Tidelog » Blog Archive » The quay opens</title>", '<h1><a href="/">Tidelog</a></h1><h2><a href="/?p=15">The quay opens</a></h2>{prose}', "The quay opens", "Tidelog"),
        # linked data that gives the title as the name of the site
        (HOST + "<title>The quay opens to all who want to see the carts</title>" + linked('{"@type": "WebSite", "name": "The quay opens to all who want to see the carts and the scales of old"}') + '<meta property="og:title" content="The quay opens to all who want to see the carts and the scales of old">', "{prose}", "The quay opens to all who want to see the carts and the scales of old", None),
        # a heading that leads to a page of its own is no logo, though few links stand before it
        ("<title>tide - Why is the clock fast? - Quay Exchange</title>", '<a href="/">Quay Exchange</a><h1><a href="/q/15">Why is the clock fast?</a></h1>{prose}', "Why is the clock fast?", "Quay Exchange"),
        # two titles agree on the headline alone
        ('<title>How the ferry avoids the bar : boats</title><meta property="og:title" content="r/boats - How the ferry avoids the bar">', "{prose}", "How the ferry avoids the bar", None),
        ('<title>Tide: how the ferry works | Part two</title><meta property="og:title" content="How the ferry works - Part two">', "{prose}", "How the ferry works - Part two", None),
        # a title that is the name of a file spells a heading
        ("<title>20240805-ballast</title>", "<h1>The ferry log</h1><h2>2024.08.05: Who weighed the ballast?</h2>{prose}", "Who weighed the ballast?", None),
        ("<title>who-weighed-it</title>", "<h2>Who weighed it, and when?</h2>{prose}", "Who weighed it, and when?", None),
        ("<title>quay-tide-tool</title>", "<h2>Why quay-tide-tool waits</h2>{prose}", "quay-tide-tool", None),
        ("<title>tide-tool</title>", "<h2>A tool for the tide</h2>{prose}", "tide-tool", None),
        # an office is its house's
        ("<title>关于渡口开放的通知-青屿大学-研究生招生信息网</title>", "<h1>关于渡口开放的通知</h1>{prose}", "关于渡口开放的通知", "青屿大学-研究生招生信息网"),
        # what follows the name of a site is its slogan
        ("<title>第三级台阶上的人-青屿读书网-读好书，做好人，青屿与你同行！</title>", "{prose}", "第三级台阶上的人", "青屿读书网"),
        # the domain is the name where the title ends with it and nothing else names the site
        (HOST + "<title>The quay opens - heronbay.example</title>", "<h1>The quay opens</h1>{prose}", "The quay opens", "heronbay.example"),
    ],
)  # fmt: skip
def test_title_and_publisher_of_a_page(head: str, body: str, title: str, publisher: str | None) -> None:
    fields = record(head, body.replace("{prose}", PROSE * 3))
    assert (fields["title"], fields["publisher"]) == (title, publisher)


def test_a_publication_on_a_platform_is_the_publisher() -> None:
    head = '<link rel="canonical" href="https://medium.com/quay-notes/the-quay-opens-3f2a1b4c5d6e"><meta property="og:site_name" content="Medium">'
    title = "<title>The quay opens | by Ann Lee | Quay Notes | May, 2024 | Medium</title>"
    fields = record(head + title, f"<h1>The quay opens</h1>{PROSE * 3}")
    assert (fields["title"], fields["publisher"]) == ("The quay opens", "Quay Notes")


def test_a_headline_that_linked_data_cuts_is_given_whole() -> None:
    whole = "The quay and the clock and the ferry and the lamps and all that the harbour master wrote into his book by noon (a list)"
    data = f'{{"@type": "NewsArticle", "headline": "{whole[:108]}"}}'
    assert record(f"<title>{whole} | Tidelog</title>" + linked(data))["title"] == whole


def test_a_date_that_the_own_address_contradicts_is_that_of_something_else() -> None:
    head = '<link rel="canonical" href="https://heronbay.example/2012/07/24/quay"><meta name="date" content="July 31, 2012, 2:39 pm">'
    assert record(head)["published"] == "2012-07-24"
    assert record(head.replace("July 31", "July 25"))["published"] == "2012-07-25T14:39"


def test_the_source_of_a_figure_is_not_that_of_the_text() -> None:
    line = "<p>Source: Heron Office</p>"
    assert (
        record("", f"<h1>The quay</h1>{PROSE * 3}<img src='a.png' alt='A long chart of tides'>{line}{PROSE}")["credit"]
        is None
    )
    assert record("", f"<h1>The quay</h1>{PROSE * 3}{line}")["credit"] == "Heron Office"


def test_a_byline_holds_no_style_sheet_and_no_words_of_a_link() -> None:
    style = "<style>.a{flex-shrink:0;border-radius:100%}</style>"
    assert record("", f'<p><span rel="author">{style}Ann Lee</span></p>{PROSE * 3}')["authors"] == ["Ann Lee"]
    assert record("", f'<p><a rel="author" href="/a">View all posts</a></p>{PROSE * 3}')["authors"] == []
    assert record("", f"<h1>The quay: Step by Step Guide</h1>{PROSE * 3}")["authors"] == []


@pytest.mark.parametrize(
    ("name", "host", "named"),
    [
        ("Heron Post", "www.heronpost.example", True), ("The Heron Post", "heronpost.co.uk", True), ("Harbour and Tide Society", "hts.example", True),
        ("Tide School of Letters", "letters.tide.example", True), ("Infographic", "pages.tide.example", False), ("Blog", "blog.tide.example", False),
        ("News", "news.tide.example", False), ("Ann's notes", "annlee.github.io", False),
    ],
)  # fmt: skip
def test_hosts_tell_the_name_of_their_site(name: str, host: str, named: bool) -> None:
    assert host_names.is_named_after(name, host) is named


def test_the_label_of_a_site_stands_before_what_is_everybodys() -> None:
    hosts = {
        "www.tide.example": "tide",
        "news.tide.com.cn": "tide",
        "tide.github.io": "tide",
        "tide.blogspot.co.uk": "tide",
        "tide": "",
    }
    assert {host: host_names.label(host) for host in hosts} == hosts


BARE = "从前的推车和秤都会留在原处展出，让孩子们可以摸一摸，下雨天也能走有屋顶的通道。\n" * 3


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"潮汐 | 青屿手记\n首页\n归档\n潮汐\n{BARE}", "潮汐"),
        (f"渡口开放了_青屿日报\n首页\n{BARE}", "渡口开放了"),
        (f"青屿读书网 - 渡口的秤\n青屿读书网\n渡口的秤\n{BARE}", "渡口的秤"),
    ],
)
def test_the_first_line_of_a_bare_page_is_its_title(text: str, title: str) -> None:
    assert examine(Source("a.txt", text.encode()), load()).record.title == title


@pytest.mark.parametrize(
    ("title", "headline", "authors"),
    [
        ("河为什么改道？ - 王一 的回答", "河为什么改道？", ("王一",)),
        ("河为什么改道？ - 潮汐 笔记的回答 - 知乎", "河为什么改道？", ("潮汐 笔记",)),
        ("Ann Lee's answer to Why do rivers bend? - Quora", "Why do rivers bend?", ("Ann Lee",)),
        ("The river's answer to the dam", "The river's answer to the dam", ()),
        ("Silicon Valley's answer to the dam?", "Silicon Valley's answer to the dam?", ()),
        ("我们等了三年的回答", "我们等了三年的回答", ()),
    ],
)
def test_a_title_of_an_answer_names_question_and_author(title: str, headline: str, authors: tuple[str, ...]) -> None:
    page = seedclean.clean(
        f'---\ntitle: "{title}"\n---\n\n河水在这里转了一个弯，三百年里转了两次，每一次都淹没一个村子。\n'
    )
    assert (page.title, page.authors) == (headline, authors)


@pytest.mark.parametrize(
    ("stated", "publisher"),
    [
        ("[[河边笔记]]", "河边笔记"),
        ('"[[河边笔记]]"', "河边笔记"),
        ('"[[Weixin Official Accounts Platform]]"', None),
        ("微信公众平台", None),
    ],
)
def test_a_stated_publisher_is_no_link_and_no_platform(stated: str, publisher: str | None) -> None:
    page = seedclean.clean(
        f"---\ntitle: 河在改道\nsite: {stated}\n---\n\n河水在这里转了一个弯，三百年里转了两次，每一次都淹没一个村子。\n"
    )
    assert page.publisher == publisher


def test_a_section_that_a_title_quotes_is_no_headline() -> None:
    prose = "河水在这里转了一个弯，三百年里转了两次，每一次都淹没一个村子。"
    title = "河为什么改道？｜下游，没有人走"
    page = seedclean.clean(
        f"---\ntitle: {title}\n---\n\n## 第一次改道\n\n{prose}\n\n## 「河为什么改道？」\n\n{prose}\n"
    )
    assert (page.title, page.publisher) == (title, None)
    page = seedclean.clean(f"---\ntitle: 河为什么改道｜河边笔记\n---\n\n# 河为什么改道\n\n{prose}\n")
    assert (page.title, page.publisher) == ("河为什么改道", "河边笔记")


def test_a_title_of_signs_alone_names_no_publisher() -> None:
    page = "<title>~~~~</title><link rel=canonical href='https://quay.example/lamps/1'><p>The lamps of the quay burn until six."
    record = seedclean.clean(page, path="a.html")
    assert record.publisher is None
