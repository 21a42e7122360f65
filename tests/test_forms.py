"""Canonical forms of dates, names, URLs, languages and JSON."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from seedclean.record.canonical_json import canonical
from seedclean.values import dates, language, urls
from seedclean.values.people import split_people


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2024-05-13T14:07:27.973Z", "2024-05-13T14:07:27.973Z"), ("2024-05-16", "2024-05-16"), ("2024-5-6 7:08", "2024-05-06T07:08"),
        ("2020年 7月 17日", "2020-07-17"), ("2020年7月17日 9:05", "2020-07-17T09:05"), ("28/06/2020 - 17:45", "2020-06-28T17:45"),
        ("Fri, 17 Jul 2020 11:37:13 GMT", "2020-07-17T11:37:13Z"), ("2020-07-16 12:45:27", "2020-07-16T12:45:27"),
        ("2019-03-27T14:11:23+00:00", "2019-03-27T14:11:23+00:00"), ("2019-03-27T14:11:23+0800", "2019-03-27T14:11:23+08:00"),
        ("1715609823000", "2024-05-13T14:17:03Z"), ("1715609823123", "2024-05-13T14:17:03.123Z"), ("Nov 4, 2025", "2025-11-04"),
        ("November 29, 2024 at 7:01 AM", "2024-11-29T07:01"), ("4 November 2025", "2025-11-04"), ("2024", "2024"), ("2024年5月", "2024-05"),
        ("2023-2-6 17:49:7", "2023-02-06T17:49:07"), ("2025-10-06T17:16:31.228441", "2025-10-06T17:16:31.228441"),
        ("2024-02-30", ""), ("yesterday", ""), ("", ""), ("12:30", ""), ("2024-05-16 or so", ""), ("a" * 1000, ""), ("99/99/2020", ""),
    ],
)  # fmt: skip
def test_dates_are_iso_8601_and_as_precise_as_stated(stated: str, expected: str) -> None:
    assert dates.iso(stated) == expected


@given(st.text(max_size=70))
def test_any_text_gives_a_date_or_an_empty_string(text: str) -> None:
    assert isinstance(dates.iso(text), str)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("KAI SCHULTZ,KAI SCHULTZ", ("KAI SCHULTZ",)), ("null 王一", ("王一",)), ("null", ()), ("[[Ann Lee]]", ("Ann Lee",)),
        ("杨一 / 邹二", ("杨一", "邹二")), ("作者：王一、李二", ("王一", "李二")), ("By Ann Lee and Bo Chen", ("Ann Lee", "Bo Chen")),
        ("记者 王一", ("王一",)), ("zkaq - caih", ("zkaq - caih",)), ("文若谷", ("文若谷",)), ("", ()), ("Byron", ("Byron",)),
        ("[[notes/Ann Lee|Ann]]", ("Ann",)),
    ],
)  # fmt: skip
def test_names_lose_roles_and_duplicates(stated: str, expected: tuple[str, ...]) -> None:
    assert split_people(stated) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("https://mp.weixin.qq.com/s?__biz=Mz==&mid=2&idx=3&sn=ab&chksm=x&scene=58#rd", "https://mp.weixin.qq.com/s?__biz=Mz==&mid=2&idx=3&sn=ab"),
        ("https://mp.weixin.qq.com/s?sn=ab&idx=3&mid=2&__biz=Mz==", "https://mp.weixin.qq.com/s?__biz=Mz==&mid=2&idx=3&sn=ab"),
        ("https://mp.weixin.qq.com/s/AbC?scene=1", "https://mp.weixin.qq.com/s/AbC"),
        ("https://A.example/x?utm_source=a&id=1&fbclid=b", "https://a.example/x?id=1"), ("https://a.example:443/x", "https://a.example/x"),
        ("https://a.example/x#y", "https://a.example/x"), ("not an address", "not an address"), ("http://[bad", "http://[bad"),
        ("https://a.example/%E4%B8%AD?q=%E4%B8%AD", "https://a.example/%E4%B8%AD?q=%E4%B8%AD"), ("mailto:a@b.example", "mailto:a@b.example"),
    ],
)  # fmt: skip
def test_urls_lose_tracking_parameters(stated: str, expected: str) -> None:
    assert urls.canonical_url(stated) == expected
    assert urls.canonical_url(expected) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("https://images.weserv.nl/?url=static.dw.com/image/1_303.jpg", "https://static.dw.com/image/1_303.jpg"),
        ("https://images.weserv.nl?url=static.dw.com/image/1_303.jpg", "https://static.dw.com/image/1_303.jpg"),
        ("https://wsrv.nl/?w=300&url=https%3A%2F%2Fa.example%2Fi.png", "https://a.example/i.png"),
        ("https://substackcdn.com/image/fetch/w_1456,c_limit/https%3A%2F%2Fa.example%2Fi.png", "https://a.example/i.png"),
        ("https://a.example/_next/image?url=https%3A%2F%2Fb.example%2Fi.png&w=640", "https://b.example/i.png"),
        ("https://i0.wp.com/a.example/i.jpg?resize=1", "https://a.example/i.jpg"), ("//a.example/i.jpg", "https://a.example/i.jpg"),
        ("img/i.jpg", "img/i.jpg"), ("", ""),
    ],
)  # fmt: skip
def test_image_proxies_are_removed(stated: str, expected: str) -> None:
    assert urls.unproxied(stated) == expected


def test_hosts_match_at_label_boundaries() -> None:
    assert urls.under("www.x.com", "x.com")
    assert urls.under("x.com", "x.com")
    assert not urls.under("netflix.com", "x.com")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天的河水很清。", "zh"), ("The river is clear and the mill is open to all.", "en"), ("今日は川の水がきれいです。", "ja"),
        ("오늘은 강물이 맑습니다.", "ko"), ("Сегодня вода чистая.", "ru"), ("Der Fluss ist klar und die Mühle ist offen.", "de"),
        ("La rivière est claire et le moulin est ouvert dans la vallée.", "fr"),
        ("Die Mühle ist von Jiří Dvořák, und der Turm ist nicht alt, auch das Dach ist neu und das Rad ist aus dem Holz der Eichen im Tal.", "de"), ("使用 Python 编写 HTTP 服务器的方法", "zh"), ("12345", ""), ("", ""),
    ],
)  # fmt: skip
def test_languages_are_detected_by_script_and_common_words(text: str, expected: str) -> None:
    assert language.of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Hello\nA mill.", "The river", "Le Monde", "El Niño", "A wheel, a mill, a house and a roof.",
        "Der er ikke længere nogen, der maler korn, men huset står endnu, og taget er helt.",
        "A folyó melletti malom tavasz óta áll. A ház megvan, a tető ép, és a kerék is a helyén van.",
        "Młyn na rzece stoi od wiosny. Nie ma już nikogo, kto by mełł ziarno, ale dom stoi do dziś, a dach i koło są całe.",
        "Mlyn pri rieke stojí od jari. Nikto v ňom už nemelie, ale dom, strecha a koleso sú celé a o ne sa stará obec.",
        "Там уже ніхто не меле зерна, але хата ціла і дах цілий.", "آسیاب کنار رودخانه از بهار ایستاده است.",
    ],
)  # fmt: skip
def test_a_text_that_does_not_tell_its_language_has_none(text: str) -> None:
    assert not language.of(text)


@pytest.mark.parametrize(
    ("stated", "of_text", "may_be"),
    [("bg-BG", "ru", True), ("fa", "ar", True), ("en", "ru", False), ("zh-Hant", "zh", True), ("sv", "en", False)],
)
def test_a_script_that_many_languages_share_does_not_refute_the_stated_one(
    stated: str, of_text: str, may_be: bool
) -> None:
    assert language.agree(stated, of_text) is may_be


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("zh-cn", "zh-CN"),
        ("en_US", "en-US"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("en-zh", ""),
        ("English!", ""),
        ("en", "en"),
    ],
)
def test_language_tags(stated: str, expected: str) -> None:
    assert language.tag(stated) == expected


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=20,
)


@given(VALUES)
def test_canonical_json_equals_rfc_8785(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]  # the strategy generates JSON values only


def test_words_spelt_with_macrons_leave_a_text_its_language() -> None:
    text = "The words ātman, mokṣa, śūnyatā and saṃsāra are written as the scholars write them, and that is all of it. "
    assert language.of(text * 3) == "en"
