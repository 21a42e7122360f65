"""Where metadata comes from: linked data, scripts, meta tags, titles; and which place goes before which."""

from __future__ import annotations

from typing import Any

import pytest

from seedclean.model.document import Source
from seedclean.packs.registry import load
from seedclean.pipeline import examine


def record(head: str, body: str = "<p>A long enough line of prose.</p>", name: str = "a.html") -> dict[str, Any]:
    page = f"<!doctype html><html><head>{head}</head><body><article>{body}</article></body></html>"
    return examine(Source(name, page.encode()), load()).record.to_dict()


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


ARTICLE = """{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "The quay &amp; the clock", "datePublished":
"2024-03-01T08:00:00+08:00", "dateModified": "2024-03-02", "author": [{"@type": "Person", "name": "Ann Lee"}, {"name": "Bo Chen"}],
"publisher": {"@type": "Organization", "name": "Quay Weekly"}, "image": ["https://quay.example/1.jpg"], "inLanguage": "en"}"""


def test_linked_data_is_read() -> None:
    found = record(linked(ARTICLE))
    assert found["title"] == "The quay & the clock"
    assert found["published"] == "2024-03-01T08:00:00+08:00"
    assert found["modified"] == "2024-03-02"
    assert found["authors"] == ["Ann Lee", "Bo Chen"]
    assert found["publisher"] == "Quay Weekly"
    assert found["image"] == "https://quay.example/1.jpg"
    assert found["provenance"]["title"]["from"] == "json-ld:headline"
    assert found["stated"]["json-ld:headline"] == "The quay &amp; the clock"


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
    found = record(linked(data))
    assert (found["published"], found["authors"]) == (None, [])


def test_linked_data_in_a_graph_is_read() -> None:
    graph = '{"@graph": [{"@type": "WebSite", "name": "Quay"}, ' + ARTICLE + "]}"
    assert record(linked(graph))["published"] == "2024-03-01T08:00:00+08:00"


def test_linked_data_goes_before_meta_tags_and_an_address_of_the_page_before_both() -> None:
    head = '<link rel="canonical" href="https://quay.example/a"><meta property="og:title" content="Another">'
    head += '<meta name="dc.date.issued" content="2023-01-01">' + linked(
        ARTICLE.replace("{", '{"url": "https://x.example/b",', 1)
    )
    found = record(head)
    assert found["title"].startswith("The quay")
    assert found["published"] == "2024-03-01T08:00:00+08:00"
    assert found["url"] == "https://quay.example/a"


def test_dublin_core_is_read() -> None:
    head = '<meta name="DC.title" content="The quay"><meta name="DC.creator" content="Ann Lee"><meta name="DC.date.issued" content="2023-01-01">'
    found = record(head)
    assert (found["title"], found["authors"], found["published"]) == ("The quay", ["Ann Lee"], "2023-01-01")


def test_the_house_behind_a_title_is_the_publisher_where_nothing_else_names_it() -> None:
    text = '---\ntitle: "The quay — Tidewatch"\nsource: "https://www.tidewatch.example/a"\n---\n\nProse.\n'
    found = examine(Source("a.md", text.encode()), load()).record.to_dict()
    assert (found["title"], found["publisher"]) == ("The quay", "Tidewatch")


@pytest.mark.parametrize(
    ("title", "publisher"),
    [
        ("雨中的渡口与守船的人-青屿网", "青屿网"), ("雨中的渡口与守船的人_青屿周报", "青屿周报"), ("雨中的渡口与守船的人 - 青屿周报", "青屿周报"),
        ("雨中的渡口与守船的人_青屿网_新闻", None), ("雨中的渡口与守船的人 :: 2024-05-06 :: 青屿网", "青屿网"), ("雨中的渡口与守船的人 | tide 2.4 manual", None),
        ("雨中的渡口与守船的人: a ferry", None), ("青屿网 - 雨中的渡口与守船的人", "青屿网"),
    ],
)  # fmt: skip
def test_the_site_beside_a_headline_is_the_publisher(title: str, publisher: str | None) -> None:
    found = record(f"<title>{title}</title>", "<h1>雨中的渡口与守船的人</h1><p>船在雨里等了很久，等的人没有来。</p>")
    assert (found["title"], found["publisher"]) == ("雨中的渡口与守船的人", publisher)


def test_the_first_line_of_a_bare_text_is_its_title_where_the_headline_says_it_again() -> None:
    prose = "船在雨里等了很久，等的人没有来，撑船的人便把灯点上，坐在船头数对岸的窗子。"
    text = f"雨中的渡口与守船的人_青屿周报\n首页 > 副刊\n雨中的渡口与守船的人\n{prose}\n{prose}\n"
    found = examine(Source("a.txt", text.encode()), load()).record.to_dict()
    assert (found["title"], found["publisher"]) == ("雨中的渡口与守船的人", "青屿周报")
    assert found["provenance"]["title"] == {"from": "text", "span": [24, 34]}
    lone = examine(Source("a.txt", text.replace("\n雨中的渡口与守船的人\n", "\n").encode()), load()).record
    assert lone.title is None


def test_a_document_without_text_has_the_language_of_its_title() -> None:
    text = "---\ntitle: 码头上的钟\n---\n\n![](https://img.example/1.png)\n"
    found = examine(Source("a.md", text.encode()), load()).record.to_dict()
    assert (found["status"], found["language"]) == ("empty", "zh")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (linked(ARTICLE), "article"),
        (linked('{"@type": "QAPage", "name": "How deep?"}'), "forum"),
        (linked('{"@graph": [{"@type": "WebSite"}, {"@type": "Product", "name": "Rope"}]}'), "product"),
        ('<meta property="og:type" content="product">', "product"),
        ('<meta property="og:type" content="article">', None),
        ('<meta property="og:type" content="product">' + linked(ARTICLE), "article"),
        ("", None),
    ],
    ids=["article", "forum", "product", "open-graph", "open-graph-article", "both", "nothing"],
)
def test_a_page_is_of_the_type_it_states(head: str, expected: str | None) -> None:
    assert record(head)["page_type"] == expected


HEAD_LINES = """<ul><li><a href="/a">Older: 2019-01-02 08:00</a></li></ul><p>2024年3月1日 08:15 来源：青屿周报 作者：杜若</p>
<p>潮水漫过第三级台阶的时候，守塔人正在擦灯，他听见下面有人说话，便探出身去，看见的却只有水。</p>
<p>他把这件事记在第二本账里，记的时候想了很久，最后只写下了时辰，没有写他听见的是什么。</p>
<p>第二天有人来问，他说没有。第三天他自己去看了台阶，台阶上放着一只空篮子，还是湿的。</p>
<p>相关文章 2018-05-06</p>"""


def test_the_line_above_an_article_says_when_and_by_whom() -> None:
    found = record("<title>第三级台阶</title>", HEAD_LINES)
    assert (found["published"], found["authors"]) == ("2024-03-01T08:15", ["杜若"])
    assert found["provenance"]["published"]["from"] == "head-line"


def test_a_sentence_of_the_article_that_names_a_date_is_no_stamp() -> None:
    body = HEAD_LINES.replace(
        "2024年3月1日 08:15 来源：青屿周报 作者：杜若", "2019年4月1日，灯塔发布了新的时间表，守塔人却没有看见。"
    )
    assert record("<title>第三级台阶</title>", body)["published"] is None
