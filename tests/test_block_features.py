"""Features of a block: the fast way over bytes gives what patterns give, and what a description quotes."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from seedclean.decisions.classifier import lexicon
from seedclean.decisions.classifier.block_features import features_by_bytes, features_by_patterns, text_features
from seedclean.decisions.classifier.descriptions import described
from seedclean.model.document import Source
from seedclean.packs.context import block_views
from seedclean.readers import read

SCRIPTS = (
    (0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x3FF), (0x400, 0x52F), (0x590, 0x5FF), (0x600, 0x6FF), (0x900, 0xDFF),
    (0x1100, 0x11FF), (0x2000, 0x2FFF), (0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7AF), (0xFF00, 0xFFEF),
    (0x1F300, 0x1F64F),
)  # fmt: skip
"""First and last code point of a block of each script, from Latin to emoji."""
CHARACTERS = st.one_of(*[st.characters(min_codepoint=first, max_codepoint=last) for first, last in SCRIPTS])
PIECES = st.sampled_from(
    [
        *sorted(lexicon.words().english), *sorted(lexicon.words().chinese), "Copyright", "©copyright", "3 days ago", "12:30",
        "2024-01-02", "May 5", "5/12", "$ 3", "9.99 usd", "Login | Search", "a › b", "Wait…", "12", "İstanbul", "ſhare",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.text(CHARACTERS, min_size=1, max_size=20), PIECES), min_size=1, max_size=20).map(" ".join)
FOREIGN_LETTER = "字"


@given(TEXTS)
@example("©")
@example("©copyright " * 30)
@example("x" * 59 + "…" + "y" * 200)
def test_features_by_bytes_are_those_by_patterns(text: str) -> None:
    features = text_features(text)
    assert features == features_by_patterns(text)


@given(st.text(st.one_of(*[st.characters(min_codepoint=a, max_codepoint=b) for a, b in SCRIPTS[:5]]), min_size=1))
def test_letters_of_europe_and_hebrew_are_read_by_bytes(text: str) -> None:
    assert features_by_bytes(text, text.encode()) == features_by_patterns(text)


@given(TEXTS)
def test_chinese_letters_are_read_by_patterns(text: str) -> None:
    assert text_features(text + FOREIGN_LETTER).cjk > 0


def page(description: str, *paragraphs: str) -> list[float]:
    head = f'<meta name="description" content="{description}">' if description else ""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    document = read(Source("a.html", f"<html><head>{head}</head><body>{body}</body></html>".encode()))
    return described(document, [view for view in block_views(document.blocks) if view.block.kind == "paragraph"])


FERRY = "The ferry to the island came in two hours late, and nobody on the quay could say why."


def test_a_block_is_known_by_the_description_that_begins_in_it() -> None:
    assert page(FERRY[:40] + "…", f"Harbour. {FERRY}", "Read more", "Another text about a mill.") == [2.0, 0.0, 0.0]


def test_a_block_is_known_by_its_place_in_the_description() -> None:
    short = "The island has a mill"
    assert page(f"News of the harbour and more. {short}", short, "The isl", "News") == [1.0, 0.0, 0.0]


def test_signs_and_case_do_not_tell_a_description_from_its_text() -> None:
    assert page("THE FERRY — to the island: came in two", FERRY) == [2.0]


def test_a_page_that_states_no_description_quotes_nothing() -> None:
    assert page("", FERRY) == [-1.0]
    assert page("The ferry", FERRY) == [-1.0]  # too short to tell
