"""The seven laws, over every document in reach and over inputs made by Hypothesis."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, cleaned, named, own
from hypothesis import example, given, settings
from hypothesis import strategies as st
from laws import lawful

from seedclean.decisions.origin import detect
from seedclean.model.document import Source
from seedclean.model.errors import NotTextError
from seedclean.packs.context import match_context
from seedclean.packs.pack import Pack, front_names
from seedclean.packs.registry import Registry, load
from seedclean.pipeline import examine
from seedclean.readers import read

MARKS = st.sampled_from(
    ["<p>", "</p>", "<div class='a'>", "</div>", "<br>", "<b>", "</b>", "<a href='u'>", "</a>", "<ul>", "<li>", "</ul>",
     "<table>", "<tr>", "<td>", "</table>", "<img src=i>", "<!-- c -->", "<!--", "<script>", "</script>", "<h2>", "</h2>",
     "<pre>", "</pre>", "<title>", "</title>", "<small>", "</small>", "<blockquote>", "<iframe src=x>", "</iframe>", "<hr>",
     "&amp;", "&nbsp;", "&#0;", "<", ">", "\n", "\n\n", "  \n", "\r\n", "\t", "    ", "# ", "- ", "1. ", "> ", "**", "*", "`",
     "```", "[", "](u)", "![", "|", "|-|-|", "---", "\n---\n", "title: x\n", "[^1]", "[^1]: ", "\\", "\u200b", "\u3000", "\ufffd",
     "预览时标签不可点", "微信扫一扫", "，", "取消", "<!--1715609823000-->", "来源：某社", "获取更多RSS：", "正在阅读:题"]
)  # fmt: skip
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
SOUP = st.lists(MARKS | WORDS, max_size=40).map("".join)
NAMES = st.sampled_from(["a.html", "a.md", "a.txt"])


def test_documents_of_ours_keep_the_laws(document: Path) -> None:
    lawful(cleaned(document))


def test_real_documents_keep_the_laws(real: Path) -> None:
    lawful(cleaned(real))


@settings(max_examples=400)
@given(SOUP, NAMES)
@example("<a href='unterminated", "a.html")
@example("---\na: b\n---\n<p>x", "a.md")
def test_any_text_keeps_the_laws(text: str, name: str) -> None:
    lawful(examine(Source(name, text.encode("utf-8", "replace")), load()))


@settings(max_examples=200)
@given(st.binary(max_size=300), NAMES)
def test_any_bytes_give_a_record_or_a_typed_error(data: bytes, name: str) -> None:
    try:
        result = examine(Source(name, data), load())
    except NotTextError:
        return
    lawful(result)


def test_no_document_is_claimed_by_two_origins(document: Path) -> None:
    """Law 5: each pack for itself claims only documents of its own, and leaves a part of its host to the pack of that part."""
    registry = load()
    source = Source(named(document), document.read_bytes())
    seen = match_context(read(source), front_names(registry.role("common")))
    shared = [pack for pack in registry.packs.values() if pack.role != "origin"]
    claims: list[Pack] = []
    for pack in registry.origins():
        alone = Registry({other.id: other for other in [pack, *shared]}, {})
        if detect(seen, alone).origin:
            claims.append(pack)
    parts = {entry.partition("/")[0] for pack in claims for entry in pack.host if "/" in entry}
    assert len([pack for pack in claims if not parts & {*pack.host}]) <= 1
    assert not detect(seen, registry).rivals


@pytest.mark.parametrize(
    "variables", [{"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": "Asia/Tokyo"}]
)
def test_same_bytes_in_same_bytes_out(variables: dict[str, str], tmp_path: Path) -> None:
    """Law 4, between processes that differ in all that a record must not depend on."""
    out = tmp_path / "out.jsonl"
    run = [sys.executable, "-m", "seedclean", str(ROOT / "seeds"), "-o", str(out)]
    subprocess.run(run, check=True, capture_output=True, env=os.environ | variables)
    seeds = [path for path in own() if path.parent.name == "seeds"]
    expected = [examine(Source(path.name, path.read_bytes()), load()).record.to_json() for path in seeds]
    assert out.read_bytes().splitlines() == expected
