"""Lines of labels and values, the dates and names in them, and where a document may have them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedclean import clean
from seedclean.values import dates, label_lines
from seedclean.values.people import is_person, split_people
from seedclean.values.tags import hashtags, split_tags
from seedclean.values.text import normal

PROSE = "渡船六点离开，码头上没有人知道是什么耽误了它，大家只好在雾里等着下一班。\n\n"
ENGLISH = "The ferry left at six, and nobody on the pier knew what had held it up for so long.\n\n"


def said(text: str) -> dict[str, str]:
    """The first value of each field of a line that has no rest."""
    line = label_lines.parse(text)
    assert not line.rest, line
    return {item.field: item.value for item in reversed(line.items)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019年06月15日08:18  来源：雾港网-文化频道", {"published": "2019-06-15T08:18", "credit": "雾港网-文化频道"}),
        ("来源:雾港日报2024-04-03 10:09", {"credit": "雾港日报", "published": "2024-04-03T10:09"}),
        ("2019-09-26 12:11来源：雾港网作者：李在山", {"published": "2019-09-26T12:11", "credit": "雾港网", "authors": "李在山"}),
        ("【时间：2018年06月06日 15:25】 【来源：灯塔办公室】 【作者：】", {"published": "2018-06-06T15:25", "credit": "灯塔办公室"}),
        ("发布时间：18-03-08 23:16 浏览次数：12", {"published": "2018-03-08T23:16"}),
        ("(责编：王晓、丁涛)", {"editors": "王晓、丁涛"}), ("【编辑:王晓 QQ：1485994861；TEL：13810405128】", {"editors": "王晓"}),
        ("[ 责编:李潮 ]", {"editors": "李潮"}), ("责任编辑：王晓_NB12", {"editors": "王晓"}), ("（责任编辑： HN666）", {}),
        ("文｜张三 编辑｜李四 图｜王五", {"authors": "张三", "editors": "李四"}), ("文/张三 图/李四", {"authors": "张三"}),
        ("记者 张三 通讯员 李四", {"authors": "张三"}), ("本报记者 张三 摄影报道", {"authors": "张三"}), ("采写：雾港记者 张三 李四", {"authors": "张三、李四"}),
        ("雾港晚报记者 张三", {"authors": "张三"}), ("《灯塔》作者 周纯", {"authors": "周纯"}), ("撰文 张三", {"authors": "张三"}),
        ("發稿時間：2013/08/13 11:38 最新更新：2013/08/14 09:00", {"published": "2013-08-13T11:38", "modified": "2013-08-14T09:00"}),
        ("記者林潮生／台北報導", {"authors": "林潮生"}), ("【霧港晚報╱記者林潮生╱即時報導】", {"authors": "林潮生", "credit": "霧港晚報"}),
        ("林潮生／台北報導", {"authors": "林潮生"}), ("民國113年5月3日", {"published": "2024-05-03"}),
        ("2020-10-04 15:05霧港報 記者林潮生／即時報導", {"published": "2020-10-04T15:05", "credit": "霧港報", "authors": "林潮生"}),
        ("2024-05-03 更新", {"modified": "2024-05-03"}), ("昨天 14:03", {}), ("3小时前", {}), ("5-3 14:03", {}),
        ("By Ann Lee · 3 May 2024 · 5 min read", {"authors": "Ann Lee", "published": "2024-05-03"}),
        ("Posted on May 3, 2024 in News by Ann Lee", {"published": "2024-05-03", "authors": "Ann Lee"}),
        ("Last updated May 3, 2024", {"modified": "2024-05-03"}), ("By Ann Lee, Staff Writer", {"authors": "Ann Lee"}),
        ("Published: May 3, 2024 | Updated: May 5, 2024", {"published": "2024-05-03", "modified": "2024-05-05"}),
        ("2 hours ago", {}), ("Von Jan de Vries, 3. Mai 2024, 12:30 Uhr", {"authors": "Jan de Vries", "published": "2024-05-03T12:30"}),
        ("Zuletzt aktualisiert am 3. Mai 2024", {"modified": "2024-05-03"}),
        ("Publié le 3 mai 2024 à 12h30 par Jean Duval", {"published": "2024-05-03T12:30", "authors": "Jean Duval"}),
        ("Mis à jour le 4 mai 2024", {"modified": "2024-05-04"}),
        ("Publicado el 3 de mayo de 2024 por Ana Ruiz", {"published": "2024-05-03", "authors": "Ana Ruiz"}),
        ("公開日：2024年5月3日 更新日：2024年5月4日", {"published": "2024-05-03", "modified": "2024-05-04"}),
        ("입력 2024.05.03 12:30 수정 2024.05.04 13:00", {"published": "2024-05-03T12:30", "modified": "2024-05-04T13:00"}),
        ("2024年5月3日 文・林潮生", {"published": "2024-05-03", "authors": "林潮生"}), ("文＝林潮生", {"authors": "林潮生"}),
        ("Created by Ann T., last modified on May 3, 2024", {"authors": "Ann T.", "modified": "2024-05-03"}),
        ("Page last updated: May 3, 2024", {"modified": "2024-05-03"}),
        ("This page was last edited on 3 May 2024, at 10:09.", {"modified": "2024-05-03T10:09"}),
        ("홍길동 기자", {"authors": "홍길동"}), ("标签：灯塔、潮汐", {"tags": "灯塔、潮汐"}),
    ],
)  # fmt: skip
def test_a_line_of_labels_reads_completely(text: str, expected: dict[str, str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "记者在现场看到，来源：没有人说得清。", "In the end, by Monday, the source: a river was dry by 3 May 2024 in the valley.",
        "2023年8月8日参加笔试的人员共41人，名单见附件。", "文化是一条河，作者：那天我也在场，摔了一跤。", "雾港时报", "安全", "方法论",
        "The story was written by people who had never seen the sea.", "考试时间：2020年10月31日", "图片来源：雾港网", "编辑计划表", "作者简介", "记者节",
    ],
)  # fmt: skip
def test_prose_and_names_alone_are_no_line_of_labels(text: str) -> None:
    line = label_lines.parse(text)
    assert line.rest or not line.items


def test_the_brackets_of_an_agency_name_its_reporter() -> None:
    for text, at_end in (
        ("雾港社巴黎12月9日电（记者唐霁）潮水退了。", False), ("（中央社記者張榮祥台南12日電）潮水退了。", False), ("〔記者林潮生／台北報導〕潮水退了。", False),
        ("【雾港网报道 记者张晓雅】潮水退了。", False), ("潮水退了。（记者 王一 通讯员 李二）", True), ("潮水退了。（张巨峰）", True),
    ):  # fmt: skip
        assert [item.field for item in label_lines.credits(text, at_end).items][:1] == ["authors"], text
    for text, at_end in (
        ("他（记者王一）说，潮水退了。", False),
        ("潮水退了。（完）", True),
        ("潮水（见图）退了", True),
    ):
        assert not label_lines.credits(text, at_end).items


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("中華民國一百一十三年五月三日", "2024-05-03"), ("令和6年5月3日 12:30", "2024-05-03T12:30"), ("2024년 5월 3일 오전 10:09", "2024-05-03T10:09"),
        ("二〇二四年十一月二十一日", "2024-11-21"), ("2024年5月3日（金）12時30分", "2024-05-03T12:30"), ("2024年5月3日 下午2:30", "2024-05-03T14:30"),
        ("le 3 mai 2024 à 12h30", "2024-05-03T12:30"), ("3 de mayo de 2024", "2024-05-03"), ("Freitag, 3. Mai 2024", "2024-05-03"),
        ("11/22/2014", "2014-11-22"), ("20240503T080910Z", "2024-05-03T08:09:10Z"), ("2014.12.13 01:06 pm", "2014-12-13T13:06"),
        ("Fri May 3 2024 10:00:00 GMT+0800", "2024-05-03T10:00:00+08:00"), ("7/5/2005 9:23:57 PM", ""), ("昨天 14:03", ""),
        ("٢٠٢٤-٠٥-٠٣", ""), ("12024-05-03", ""), ("0001-01-01", ""), ("Mon, 01 Jan 2024 00:00:00 +99999999999999999999", ""),
        ("Mon, 01 Jan 2024 00:99999999999900:00 +0000", ""), ("1715609823", "2024-05-13T14:17:03Z"), ("0595242368832", "1988-11-11T09:06:08.832Z"),
    ],
)  # fmt: skip
def test_dates_of_other_calendars_and_languages(stated: str, expected: str) -> None:
    assert dates.iso(stated) == expected


def test_day_and_month_stay_unread_where_nothing_tells_them_apart() -> None:
    assert dates.iso("3/4/2024") == "2024-04-03"
    assert dates.iso("3/4/2024", day_first=None) == ""
    assert dates.iso("13/4/2024", day_first=None) == "2024-04-13"


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("王乐文  方  敏", ("王乐文", "方敏")), ("本报记者 王一 通讯员 李二", ("王一", "李二")), ("王一 PK155", ("王一",)), ("admin", ()), ("a@b.example", ()),
        ("104363", ()), ("https://a.example/b", ()), ("王一／台北報導", ("王一",)), ("Ann Lee @tide", ("Ann Lee",)), ('size="20"', ()),
        ("0x5010", ("0x5010",)), ("A(" + " " * 16_000, ("A",)), ("[[" * 8_000, ()), ("一" * 3_000, ()),
    ],
)  # fmt: skip
def test_what_is_no_name_is_left_out(stated: str, expected: tuple[str, ...]) -> None:
    assert split_people(stated) == expected


def test_a_family_name_or_capitals_tell_a_person() -> None:
    assert all(map(is_person, ["王一", "范姜佳鈺", "Ann de Vries", "홍길동"]))
    assert not any(map(is_person, ["雾港社", "Ann", "machine learning", "文明办公室", ""]))


PIECES = st.sampled_from(
    ["作者", "：", "2024-05-03", "٢٠٢٤-٠٥-٠٣", "3 May 2024", " ", "by ", "(", ")", "【", "王一", "来源", "|", "12:30", "次", "灯" * 120]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, PIECES, st.text(max_size=5)), max_size=40).map("".join), st.booleans())
def test_any_mixture_of_labels_and_text_is_read(text: str, at_end: bool) -> None:
    line = label_lines.parse(text)
    assert len(normal(text)) <= label_lines.CHARS or not line.items
    for item in [*line.items, *label_lines.credits(text, at_end).items]:
        assert item.value
        assert item.field not in ("published", "modified") or item.value.isascii()


def test_tags_are_listed_or_marked() -> None:
    assert split_tags("灯塔、潮汐；雾") == ("灯塔", "潮汐", "雾")
    assert split_tags("lamp, tide pool") == ("lamp", "tide pool")
    assert split_tags('"lamp", “tide pool”, 7" single') == ("lamp", "tide pool", '7" single')
    assert hashtags("#灯塔# #潮汐#") == hashtags("#灯塔 #潮汐") == ("灯塔", "潮汐")
    assert hashtags("#1") == hashtags("# a heading of a text") == hashtags("# heading") == hashtags("灯塔 #潮汐") == ()


def metadata(text: str, *fields: str) -> list[object]:
    """Fields of the record of a text."""
    data = clean(text.encode()).to_dict()
    return [data[field] for field in fields]


def test_lines_count_at_the_head_and_at_the_end() -> None:
    head = f"# 渡船与灯\n\n2024-05-03 10:09 来源：雾港日报 作者：王一\n\n{PROSE * 5}（责编：李潮、丁涛）\n"
    assert metadata(head, "published", "credit", "authors", "editors") == [
        "2024-05-03T10:09",
        "雾港日报",
        ["王一"],
        ["李潮", "丁涛"],
    ]
    english = f"# The lamp\n\nBy Ann Lee · 3 May 2024 · 5 min read\n\n{ENGLISH * 5}"
    assert metadata(english, "published", "authors") == ["2024-05-03", ["Ann Lee"]]


def test_a_change_is_never_the_publication() -> None:
    assert metadata(f"# The lamp\n\nLast updated 3 May 2024\n\n{ENGLISH * 5}", "published", "modified") == [
        None,
        "2024-05-03",
    ]


def test_a_sentence_with_a_label_in_it_states_nothing() -> None:
    text = f"# 渡船与灯\n\n{PROSE * 3}来源：没有人说得清，修路的说是收废铁的。\n\n作者：那天我也在场，摔了一跤，裤子现在还晾着。\n\n{PROSE * 3}"
    assert metadata(text, "credit", "authors") == [None, []]


def versions(record: Sequence[dict[str, object]]) -> list[object]:
    return [version["language"] for version in record]


GERMAN = [
    "Die Fähre fuhr um sechs ab, und niemand auf dem Steg wusste, was sie aufgehalten hatte.",
    "Bis zum Mittag hatte der Nebel das andere Ufer verschluckt, und die Lampen waren an.",
    "Sie schrieb die Zeiten mit dem Bleistift in das Buch, der daran gebunden war.",
    "Das letzte Boot kam um neun mit zwei Kisten und einem Brief, den keiner las.",
]
LAMPS = [
    "The ferry left at six and nobody on the pier knew what had held it up.",
    "By noon the fog had taken the far bank of the river and the lamps were lit.",
    "She wrote the times into the book with the pencil that was tied to it.",
    "The last boat came at nine with two crates of lamps and a letter for the clerk.",
]


def test_paragraphs_of_two_languages_in_one_script_are_two_versions() -> None:
    data = clean("\n\n".join(line for pair in zip(LAMPS, GERMAN, strict=True) for line in pair).encode()).to_dict()
    assert data["language"] == "en"
    assert versions(data["translations"]) == ["de"]


def test_blocks_bear_their_language_where_two_are_mixed() -> None:
    data = clean(("\n\n".join(LAMPS) + "\n\n" + PROSE * 3).encode()).to_dict()
    assert not data["translations"]
    assert {block["language"] for block in data["blocks"]} == {"en", "zh"}
    assert not any("language" in block for block in clean(("\n\n".join(LAMPS)).encode()).to_dict()["blocks"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("文＝山田花子　写真＝佐藤太郎", {"authors": "山田花子"}), ("投稿日: 2024.05.03 ｜ 投稿者: 山田花子", {"published": "2024-05-03", "authors": "山田花子"}),
        ("配信 2024年5月3日 午後3時20分", {"published": "2024-05-03T15:20"}), ("발행일 2024년 05월 03일", {"published": "2024-05-03"}),
        ("김하늘 기자 | 2024년 5월 3일", {"authors": "김하늘", "published": "2024-05-03"}), ("글 박바다, 사진 이강산", {"authors": "박바다"}),
        ("[항구일보 김하늘 기자]", {"authors": "김하늘"}), ("김하늘 기자 sky@port.example", {"authors": "김하늘"}),
        ("Source : Le Quai", {"credit": "Le Quai"}), ("Rédigé par Claire Morel le 3 mai 2024", {"authors": "Claire Morel", "published": "2024-05-03"}),
        ("發布時間：113/05/03 09:15", {"published": "2024-05-03T09:15"}), ("Friday 3 May 2024 09.15 BST", {"published": "2024-05-03T09:15"}),
        ("Geschrieben von Anna Lindner am 3. Mai 2024", {"authors": "Anna Lindner", "published": "2024-05-03"}),
        ("Escrito por Lucía Romero", {"authors": "Lucía Romero"}), ("Image source: heron.example", {}),
    ],
)  # fmt: skip
def test_lines_of_other_languages(text: str, expected: dict[str, str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize("text", ["120+ sources/destinations", "113-5-3", "Le quai du port", "Version 113/77/03"])
def test_near_misses_of_such_lines(text: str) -> None:
    assert not label_lines.parse(text).items
