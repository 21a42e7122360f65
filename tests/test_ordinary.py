"""The extension `_ordinary` reads pages as Python does: over fixtures, real pages, and any markup."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import own, shared
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markup import document

from seedclean.model.document import Element, Source
from seedclean.model.errors import SeedcleanError
from seedclean.readers import ordinary, read
from seedclean.readers.html import Feed

if ordinary.reader(Feed) is None:
    pytest.skip("the extension is not built: see docs/speed.md", allow_module_level=True)

PAGES = [*own(), *shared("zh-pages")[::6], *shared("bench", "wcxb-dev", "html")[::25]]
PARTS = st.sampled_from([
    "<p>", "</p>", "<div class='a b'>", "</div>", "<li>", "<ul>", "</ul>", "<a href='#x'>", "</a>", "<b>", "</b>", "<sup>", "</sup>", "<br>", "<hr>",
    "<span class='sr-only'>", "</span>", "<img src='i.png' alt='i'>", "<pre>", "</pre>", "<code>", "<svg>", "</svg>", "<label>", "<table><tr><td>",
    "<td>", "</table>", "<h2>", "</h2>", "<button>", "<span itemprop='author'>", "<i id='js_name'>", "<math>", "</math>", "<script>", "</script>", "<rt>",
    "<p hidden>", "<div style='display:none'>", "<title>", "</title>", "<noscript>", "<!-- a -->", "&amp;", "&nbsp;", "</br>", "</x>", "<x-y a=b>",
    " ", "\n", "\t\f ", "\u3000", "\x85", "\x1c", "lamp", "灯", "a  b", " é\U0001f30a ", "1", "¶", "<blockquote>", "<dl><dt>", "<dd>", "<option>",
])  # fmt: skip


def reading(source: Source) -> object:
    """All that is read of a document, with the elements around each block, or why it is not read."""
    try:
        read_document = read(source)
    except SeedcleanError as error:
        return str(error)
    blocks = [(replace(block, element=None), list(_around(block.element))) for block in read_document.blocks]
    return blocks, read_document.stated, read_document.warnings


def _around(element: Element | None) -> Any:
    while element is not None:
        yield element.tag, dict(element.attrs), element.depth, element.classes, element.hidden
        element = element.parent


def in_both(source: Source, monkeypatch: pytest.MonkeyPatch) -> tuple[object, object]:
    with monkeypatch.context() as patch:
        patch.setenv("SEEDCLEAN_PURE", "1")
        assert ordinary.reader(Feed) is None
        pure = reading(source)
    return reading(source), pure


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_documents_are_read_alike(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = path.read_bytes()
    compiled, pure = in_both(
        Source(path.name.removesuffix(".gz"), gzip.decompress(data) if path.suffix == ".gz" else data), monkeypatch
    )
    assert compiled == pure


@settings(max_examples=300)
@given(st.lists(PARTS, max_size=30).map("".join), st.sampled_from(["html", "md"]))
@example("<div>" * 300 + "a" + "</div>" * 300 + "b", "html")
@example("<p>" + "<b>a" * 40 + "</p>c", "html")
def test_any_elements_are_read_alike(text: str, suffix: str) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        compiled, pure = in_both(Source(f"a.{suffix}", text.encode()), monkeypatch)
    assert compiled == pure


@settings(max_examples=200)
@given(st.randoms(use_true_random=False), st.sampled_from(["html", "md"]))
def test_random_markup_is_read_alike(random: Any, suffix: str) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        compiled, pure = in_both(Source(f"a.{suffix}", document(random).encode()), monkeypatch)
    assert compiled == pure


def test_more_looks_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join([f"<p class='c{number}'>a" for number in range(5_000)]) * 2
    compiled, pure = in_both(Source("a.html", text.encode()), monkeypatch)
    assert compiled == pure


def test_it_refuses_what_is_no_feed() -> None:
    reader = ordinary.reader(Feed)
    assert reader is not None
    with pytest.raises(TypeError, match="a feed is needed"):
        reader.feed(object(), [])  # type: ignore[arg-type] # what it is for


def test_it_hands_on_what_the_tokens_raise() -> None:
    """An error in the middle of a page leaves no half a page."""
    reader = ordinary.reader(Feed)
    assert reader is not None
    from seedclean.readers.block_builder import Builder

    def tokens() -> Any:
        raise OSError("gone")
        yield

    with pytest.raises(OSError, match="gone"):
        reader.feed(Feed(Builder(1_000_000), "", 0, [], noscript_is_raw=True), tokens())
