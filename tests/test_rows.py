"""Rows of text for a terminal: where they end, and how wide they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedclean.packs.registry import load
from seedclean.pipeline import examine
from seedclean.record.explain import lines
from seedclean.record.terminal import columns, wrapped

CHINESE = "渡轮从周六起恢复通航，两百人在码头等候；队伍一直排到教堂门前。（见图）“水獭”回来了！OpenStreetMap 的地图上也有 river-gazette.example 这一处。"


@pytest.mark.parametrize("room", range(20, 60))
def test_no_row_begins_with_a_sign_that_closes_or_divides_a_word(room: int) -> None:
    rows = wrapped(CHINESE, room)
    assert "".join(rows).replace(" ", "") == CHINESE.replace(" ", "")
    assert all(columns(row) <= room for row in rows)
    assert not [row for row in rows if row[0] in "，。；！）”"]
    assert not [row for row in rows if row[-1] in "（“"]
    assert any("OpenStreetMap" in row for row in rows)


@given(st.text(alphabet="aé ，。（）中文🙂️́\u0301", max_size=80), st.integers(4, 30))
def test_rows_hold_all_of_a_text_and_fit(text: str, room: int) -> None:
    rows = wrapped(text, room)
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")


def test_translations_are_marked_and_plurals_are_right() -> None:
    english = ["The ferry between the town and the island runs again from today on.", "Two hundred people came to see it.",
               "The otters are back at the weir too.", "Nobody knows for how long."]  # fmt: skip
    chinese = [
        "镇上和岛之间的渡轮从今天起恢复通航，一切如常。",
        "有两百人来看渡轮。",
        "水獭也回到了堰坝。",
        "没有人知道会有多久。",
    ]
    text = "\n\n".join(part for pair in zip(english, chinese, strict=True) for part in pair)
    shown = [line.note for line in lines(examine(text, load()), 100) if line.tone == "keep"]
    assert ["translation zh" in note for note in shown] == [False, True] * 4
    assert list(lines(examine("One line.", load()), 100))[-1].text == "1 block kept, 0 removed"
