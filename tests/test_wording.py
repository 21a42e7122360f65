"""What the words of a block say: pieces of its ends, weights that come in any order, and columns for neighbours."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedclean.decisions.classifier import wording
from seedclean.decisions.classifier.features import NAMES, feature_matrix
from seedclean.decisions.classifier.schema import flatten, nested_rows
from seedclean.decisions.classifier.wording import Wording
from seedclean.model.document import Source
from seedclean.packs.context import match_context, with_packs
from seedclean.readers import read

TABLE = Wording({"分享": -40, "渡口": 20}, {"share": -40, "^ share": -20, "ferry": 20}, 0.5)


def test_chinese_is_cut_into_runs_of_letters() -> None:
    kind, some = wording.pieces("渡口停了", 1.0)
    assert kind == "letters"
    assert {"渡", "渡口", "口停了", "^渡口停了$", "^渡口", "了$", "\n0"} <= some
    assert "渡口停了走" not in some


def test_other_writing_is_cut_into_words_and_pairs_and_all_numbers_are_one() -> None:
    kind, some = wording.pieces("Share this 45 times", 0.0)
    assert kind == "words"
    assert {"share", "^ share", "this 0", "times $", "^ share this 0 times $", "\n2"} <= some
    assert "45" not in some


def test_only_the_ends_of_a_long_block_are_looked_at() -> None:
    assert (
        wording.pieces("Ferry " + "boats " * 90 + "share", 0.0)[1]
        == wording.pieces("Ferry " + "boats " * 95 + "share", 0.0)[1]
    )


@given(st.text(max_size=200), st.sampled_from([0.0, 1.0]))
def test_any_text_has_pieces_and_an_answer_within_bounds(text: str, cjk: float) -> None:
    assert wording.pieces(text, cjk)[1]
    assert abs(wording.log_odds(TABLE, [text], [cjk])[0]) <= 6


def test_the_weights_of_the_pieces_are_added_and_divided_by_the_root_of_their_number() -> None:
    some = wording.pieces("share", 0.0)[1]
    assert wording.log_odds(TABLE, ["share"], [0.0]) == [0.5 - 60 / wording.SCALE / math.sqrt(len(some) + 1)]
    assert wording.log_odds(TABLE, ["weir"], [0.0]) == [0.5]


def test_the_columns_are_the_value_the_means_around_it_and_the_mean_of_all() -> None:
    rows = map(flatten, nested_rows(wording.wording_columns([1.0, 2.0, 6.0])))
    own, before, after, four_before, four_after, around, every = zip(*rows, strict=True)
    assert own == (1.0, 2.0, 6.0)
    assert before == (0.0, 1.0, 2.0)
    assert after == (2.0, 6.0, 0.0)
    assert four_before == (0.0, 1.0, 1.5)
    assert four_after == (4.0, 6.0, 0.0)
    assert around == every == (3.0, 3.0, 3.0)
    assert list(nested_rows(wording.wording_columns([]))) == []


@pytest.mark.parametrize("path", ["a.txt", "a.html"])
def test_texts_and_pages_have_the_columns(path: str) -> None:
    document = read(
        Source(path, "<p>扫一扫分享到朋友圈</p>".encode() if path == "a.html" else "扫一扫分享到朋友圈\n".encode())
    )
    row = feature_matrix(with_packs(match_context(document, {}), ())).rows[0]
    assert row[NAMES.index("wording")] == row[NAMES.index("wording-all")] < 0


def test_other_weights_take_the_place_of_the_shipped_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """The benchmarks let the weights of a fold count, which know no page of the site, after the features are measured."""
    matrix = feature_matrix(with_packs(match_context(read(Source("a.txt", b"A ferry.\n")), {}), ()))
    monkeypatch.setattr(wording, "shipped", lambda: Wording({}, {}, 0.25))
    assert matrix.rows[0][NAMES.index("wording")] == 0.25


def test_what_ships_knows_labels_and_no_sentences() -> None:
    table = wording.shipped()
    share, prose = wording.log_odds(table, ["分享到微信", "他在渡口等了一个晚上，直到水退下去。"], [1.0, 1.0])
    assert share < 0 < prose
    share, prose = wording.log_odds(
        table, ["Share on Facebook", "He waited at the ferry until the water fell."], [0.0, 0.0]
    )
    assert share < 0 < prose
    assert all(len(piece) <= 14 for piece in table.letters)
    assert all(len(piece.split(" ")) <= 8 for piece in table.words)
