"""The extension `_features` gives what Python gives, bit for bit: over any text, any columns, and whole documents."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import FIXTURES, documents, shared
from hypothesis import example, given
from hypothesis import strategies as st

from seedclean.decisions.classifier import lexicon, wording
from seedclean.decisions.classifier.block_features import (
    block_features,
    compiled_text_features,
    features_by_patterns,
    text_features,
)
from seedclean.decisions.classifier.compiled import is_compiled
from seedclean.decisions.classifier.element_features import OwnNames
from seedclean.decisions.classifier.features import feature_matrix
from seedclean.decisions.classifier.schema import flatten, nested_rows
from seedclean.decisions.classifier.trees import scores
from seedclean.decisions.classifier.windows import WINDOWS, packed_window_shares, window_shares
from seedclean.model.document import Block, Source
from seedclean.packs.context import match_context, with_packs
from seedclean.readers import read

if not is_compiled():
    pytest.skip("the extensions are not built: see docs/speed.md", allow_module_level=True)

from seedclean.decisions.classifier import _features

WORDS = lexicon.words()
TABLE = wording.shipped()
SIGNS = '!?;,:.。！？；，、：…|｜>›»·•/┊│()”"\n\t 0123456789١२©®«“-—İſΣK\ud800\U0002a6d6\x1c\x85\u3000'
PIECES = st.one_of(
    st.text(st.sampled_from(SIGNS), max_size=8),
    st.sampled_from(sorted(WORDS.english)),
    st.sampled_from(sorted(WORDS.chinese)),
    st.sampled_from(sorted(TABLE.words)),
    st.sampled_from(sorted(TABLE.letters)),
    st.sampled_from(["3 days ago", "12:30", "2024-01-02", "May 5", "$ 3", "COPYRIGHT", "x" * 70, "字" * 70]),
    st.text(st.characters(), max_size=30),
)
TEXTS = st.lists(PIECES, min_size=1, max_size=12).map("".join).filter(bool)
NUMBERS = st.one_of(st.floats(allow_nan=False, allow_infinity=False, width=32), st.sampled_from([0.0, 1.0, 0.1, -0.0]))


LAST = 0x32000
"""No character is assigned beyond, but for tags and private use, which count as those before do."""


def bits(values: Any) -> str:
    """Numbers as text: no two doubles have the same, and whole numbers have no point."""
    return repr(values)


@given(TEXTS)
@example("x" * 60 + "字" * 200)
@example("字" * 90)
@example("share " * 20_000)
@example("İ" * 300)
def test_a_text_has_the_features_that_python_computes(text: str) -> None:
    features = tuple(compiled_text_features()(text))
    assert bits(features) == bits(tuple(text_features(text))) == bits(tuple(features_by_patterns(text)))


def test_every_code_point_counts_as_it_does_in_python() -> None:
    compute = compiled_text_features()
    for first in range(0, LAST, 48):
        text = " ".join(map(chr, range(first, first + 48)))
        assert bits(tuple(compute(text))) == bits(tuple(features_by_patterns(text))), hex(first)


def test_an_empty_text_has_no_features() -> None:
    with pytest.raises(ValueError, match="letter"):
        compiled_text_features()("")


@given(st.lists(st.tuples(TEXTS | st.just(""), st.sampled_from([0.0, 0.33, 1 / 3, 0.34, 1.0])), max_size=5))
@example([("x" * 100_000, 0.0), ("字" * 100_000, 1.0), ("İ" * 90, 0.0), ("İ" * 90, 1.0), ("1a" * 50, 0.0)])
def test_wording_says_what_it_says_in_python(blocks: list[tuple[str, float]]) -> None:
    texts, shares = [text for text, _ in blocks], [share for _, share in blocks]
    assert bits(TABLE.compiled.log_odds(texts, shares, TABLE.bias)) == bits(
        wording.log_odds_by_pieces(TABLE, texts, shares)
    )


def test_every_code_point_is_cut_into_pieces_as_it_is_in_python() -> None:
    """With the weights of all pieces, so that no other piece gives the same."""
    for first in range(0, LAST, 24):
        text = "".join(f"{chr(code)}a" for code in range(first, first + 24))
        words, letters = wording.pieces(text, 0.0)[1], wording.pieces(text, 1.0)[1]
        table = wording.Wording(
            {piece: at + 1 for at, piece in enumerate(sorted(letters))},
            {piece: at + 1 for at, piece in enumerate(sorted(words))},
            -0.5,
        )
        assert table.compiled.log_odds([text, text], [0.0, 1.0], 0.0) == wording.log_odds_by_pieces(
            wording.Wording(table.letters, table.words, 0.0), [text, text], [0.0, 1.0]
        ), hex(first)


@pytest.mark.parametrize(
    ("texts", "shares", "error"),
    [(["a"], [], ValueError), (["a"], [1], TypeError), ([b"a"], [0.0], TypeError), (3, [0.0], TypeError)],
)
def test_wording_refuses_what_is_no_text_with_a_share(texts: Any, shares: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        TABLE.compiled.log_odds(texts, shares, 0.0)


@pytest.mark.parametrize(
    ("numbers", "error"),
    [({"": 1}, ValueError), ({1: 1}, ValueError), ({"a": "b"}, TypeError), ({"a": 2**31}, OverflowError)],
)
def test_a_table_refuses_what_is_no_string_with_a_number(numbers: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        _ = wording.Wording(numbers, {}, 0.0).compiled


@given(
    st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), max_size=70),
    st.booleans(),
    st.sampled_from([0.0, -1.0]),
    st.sampled_from([WINDOWS, ((-1, -1), (1, 1), (-4, -1), (1, 4), (-15, 15)), ((-30, -20), (25, 30))]),
)
def test_windows_have_the_shares_that_python_computes(
    rows: list[tuple[float, float, float]], others: bool, empty: float, windows: Sequence[tuple[int, int]]
) -> None:
    words, prose, links = zip(*rows, strict=True) if rows else ((), (), ())
    shares = [(words, None), (prose, words), (links, words), (words, prose)]
    packed = packed_window_shares(shares, windows, len(rows), others, empty)
    columns = [zip(*window, strict=True) for window in window_shares(shares, windows, others, empty)]
    assert bits([tuple(flatten(row)) for row in nested_rows([packed])]) == bits(
        [tuple(flatten(row)) for row in nested_rows(columns)]
    )


def computed(path: Path) -> str:
    data = path.read_bytes()
    source = Source(path.name.removesuffix(".gz"), gzip.decompress(data) if path.suffix == ".gz" else data)
    matrix = feature_matrix(with_packs(match_context(read(source), {}), ()))
    return bits((matrix.blocks, matrix.document, matrix.rows, scores(matrix)))


def in_both_builds(paths: Sequence[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    for path in paths:
        with monkeypatch.context() as patch:
            here = computed(path)
            patch.setenv("SEEDCLEAN_PURE", "1")
            assert here == computed(path), path


def test_fixtures_have_the_same_features_and_scores_in_both_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    in_both_builds(documents(FIXTURES), monkeypatch)


def test_real_documents_have_the_same_features_and_scores_in_both_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    folders = (("corpus", "docs"), ("zh-pages", "docs"), ("bench", "wcxb-dev", "html"))
    paths = [path for parts in folders for path in shared(*parts)[::120]]
    if not paths:
        pytest.skip("../shared is not here")
    in_both_builds(paths, monkeypatch)


@pytest.mark.parametrize("pure", ["0", "1"])
def test_a_block_has_the_features_of_its_text_in_both_builds(pure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEEDCLEAN_PURE", pure)
    [features] = block_features([Block("paragraph", 0, 20, "Login at 12:30, share")])
    assert (features.words, features.stops, features.date) == (4.0, 2.0, 1.0)


@pytest.mark.parametrize(
    ("parents", "of", "images"), [([0], [0], []), ([-2], [0], []), ([-1], [1], []), ([-1], [0], [-1]), (["a"], [0], [])]
)
def test_rows_of_elements_refuse_a_place_outside_of_them(parents: Any, of: Any, images: Any) -> None:
    names = [OwnNames(0, 0, 0, 0, False)]
    with pytest.raises(ValueError, match="outside"):
        _features.element_rows(parents, names, of, images, ([1.0], [0.0], [0.0], [0.0]), 1.0)
