"""Names out of bylines and dates out of texts and paths: what is one, and what is none."""

from __future__ import annotations

import pytest

from seedclean.values import dates
from seedclean.values.people import split_people


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("Ann Lee and Bo Chen", ("Ann Lee", "Bo Chen")),
        ("Center for Rivers and Tides", ("Center for Rivers and Tides",)),
        ("Ann Lee, Senior Editor, Tide Lines - 10 Years on the Quay", ("Ann Lee",)),
        ("Ann Lee, Columnist, Bo Chen", ("Ann Lee", "Bo Chen")),
        ("Jane Head, Tom Fellow", ("Jane Head", "Tom Fellow")),
        ("Von Experte Jan de Vries", ("Jan de Vries",)),
        ("Ann T.", ("Ann T.",)),
        ("Ann Lee.", ("Ann Lee",)),
        ("Sponsored by Tide Lines", ("Tide Lines",)),
        ("View my complete profile", ()),
        ("Become a fan", ()),
        ("View all posts by Ann Lee", ("Ann Lee",)),
        ("Ann Lee, Quay Post 8:42 a.m. EDT October 3", ("Ann Lee",)),
        ("Ann Lee 61911 gold badge88 silver badges", ("Ann Lee",)),
        ("Ann Lee – Ann Lee", ("Ann Lee",)),
        ("Lee – Chen", ("Lee – Chen",)),
        ("[[https://www.quay.example/company/1299009]]", ()),
        ("Ann Lee, https://quay.example/ann, Bo Chen", ("Ann Lee", "Bo Chen")),
        ("6 contributions", ()),
        ("QPL.QUAY.GOV", ()),
        ("50 Lamps", ("50 Lamps",)),
        ("the end of this lesson", ()),
        ("ann van der lee", ("ann van der lee",)),
        ("(臺)青嶼社QYN", ("(臺)青嶼社QYN",)),
        ("(青屿社)", ("青屿社",)),
        ("王一（青屿社）", ("王一",)),
        ("[[Weixin Official Accounts Platform]]", ()),
        ("[[notes/ann|Ann Lee]]", ("Ann Lee",)),
        ("[[河边笔记公众号: 河边笔记]]", ("河边笔记",)),
        ("[[专注:潮汐/河流]]", ()),
        ("专注的王一", ("专注的王一",)),
    ],
)
def test_people_of_a_byline(byline: str, people: tuple[str, ...]) -> None:
    assert split_people(byline) == people


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Fri, 3 May 2024 10:09:00 +0000 (UTC)", "2024-05-03T10:09:00+00:00"),
        ("Fri May 03 2024 14:32:17 GMT+0800 (China Standard Time)", "2024-05-03T14:32:17+08:00"),
        ("2024-05-03T14:32:17 (UTC +08:00)", "2024-05-03T14:32:17+08:00"),
        ("2024-05-03 10:09:00 +0800 CST", "2024-05-03T10:09:00+08:00"),
        ("3 мая 2024 г., 14:05", "2024-05-03T14:05"),
        ("3 мая 2024 в 14:05", "2024-05-03T14:05"),
        ("3 mei 2024", "2024-05-03"),
        ("3 майка 2024", ""),
        ("20240503T080910+0900", "2024-05-03T08:09:10+09:00"),
        ("20240503T080910+9999", ""),
        ("20240503T0809Z", "2024-05-03T08:09Z"),
        ("2024-05-03T17:40:00EET", "2024-05-03T17:40:00+02:00"),
    ],
)
def test_dates_of_a_text(text: str, iso: str) -> None:
    assert dates.iso(text) == iso


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2024/05/03/quay", "2024-05-03"),
        ("/n1/2024/0503/c1-2.html", "2024-05-03"),
        ("/a/2024-05-03/doc", "2024-05-03"),
        ("/t20240503_12.shtml", "2024-05-03"),
        ("/2024/05/quay", ""),
        ("/2024/05/031", ""),
        ("/2024/13/01/quay", ""),
        ("/1234567890", ""),
    ],
)
def test_the_day_in_a_path(path: str, day: str) -> None:
    assert dates.in_path(path) == day
