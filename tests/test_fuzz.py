"""Whatever the bytes, and whatever they are called: records and typed errors, and never a mistake of ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from badinputs import EN, ZH, kinds
from conftest import shared
from fuzz_targets import TARGETS
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import lawful

from seedclean.batch.job import DocumentDone, FileDone, Job, outcomes
from seedclean.model.document import Source
from seedclean.model.errors import NotTextError, SeedcleanError
from seedclean.packs.registry import load
from seedclean.pipeline import examine

SUFFIXES = st.sampled_from(
    [".html", ".md", ".txt", ".json", ".jsonl", ".eml", ".mhtml", ".warc", ".parquet", ".gz", ".html.zst", ""]
)
KINDS = [data for _, data in kinds()]
FINDS = Path(__file__).parent / "finds"
"""Inputs that broke something once: kept for ever, and held to the laws as every document is."""

PIECES = st.sampled_from([
    "<", ">", "</", "<!--", "-->", "<p>", "</p>", "<div class=", "<table><tr><td>", "</td>", "<script>", "</script>", "<pre>", "&", "&#", ";", '"',
    "'", "=", "[", "](", ")", "![", "**", "_", "`", "```\n", "\n", "\n\n", "\r\n", "    ", "\t", "> ", "- ", "1. ", "# ", "|", "---\n", "title: ", "\0",
    "\ufeff", "\u2028", "\ud7ff", "\U0001f56f", "http://a.example/", EN, ZH, ZH[:9], "<svg>", "<title>", "<![CDATA[", "]]>", "<?", "<br>", "<li>", "\\",
])  # fmt: skip


def check(data: bytes, suffix: str) -> None:
    results = list(outcomes(Job("", f"a{suffix}", None, Source(f"a{suffix}", data)), load()))
    assert isinstance(results[-1], FileDone)
    assert len(results) > 1
    for outcome in results[:-1]:
        assert isinstance(outcome, DocumentDone | SeedcleanError)
        assert not isinstance(outcome, SeedcleanError) or outcome.code not in ("internal", "crashed"), str(outcome)


@given(st.binary(max_size=400), SUFFIXES)
def test_any_bytes(data: bytes, suffix: str) -> None:
    check(data, suffix)


@given(st.sampled_from(KINDS), st.data(), SUFFIXES)
def test_bad_inputs_cut_and_joined(data: bytes, draw: st.DataObject, suffix: str) -> None:
    start = draw.draw(st.integers(0, len(data)))
    end = draw.draw(st.integers(start, min(len(data), start + 3000)))
    other = draw.draw(st.sampled_from(KINDS))
    check(data[start:end] + other[:2000], suffix)


def law_or_error(path: str, data: bytes) -> None:
    try:
        cleaned = examine(Source(path, data), load())
    except NotTextError:  # NUL, and what is said of it, is fuzzed too
        return
    lawful(cleaned)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(["html", "md", "txt"]))
def test_any_markup_is_lawful(text: str, suffix: str) -> None:
    law_or_error(f"a.{suffix}", text.encode("utf-8", "surrogatepass"))


TEXTS = st.one_of(
    st.text(max_size=60), st.lists(PIECES, max_size=8).map("".join), st.text("0123456789 年月日:/-.TZ+", max_size=40)
)


@settings(max_examples=300)
@given(TEXTS)
def test_any_text_can_stand_for_a_value(text: str) -> None:
    TARGETS["fields"](text.encode("utf-8", "surrogatepass"))


LINES = st.lists(
    st.sampled_from([
        "says", "matches", "first", "chars", "inside", "after", "why", "spares", " = ", '"lamp"', "[", "]", "{", "}", "9" * 30, "-1", "true", "[[rule]]",
        "[body]", "\n", '"[a-z"', '"(?P<title>.+)"', "1e9", "nan", "2024-01-01", "body: //div", "strip: //*[", "title: //h1\n", '"""', "a.b", "#", ": ", "author: ",
    ]),
    max_size=20,
).map(" ".join)  # fmt: skip


@settings(max_examples=200)
@given(st.one_of(LINES, st.text(max_size=60)))
def test_any_text_can_stand_for_rules_and_metadata(text: str) -> None:
    TARGETS["rules"](text.encode("utf-8", "surrogatepass"))
    TARGETS["metadata"](text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_can_be_fuzzed_by_hand(name: str) -> None:
    for data in (b"", b"\xff\0", ZH.encode()):
        TARGETS[name](data)


@pytest.mark.parametrize("file", sorted(FINDS.glob("*")), ids=lambda file: file.name)
def test_what_was_found_is_mended(file: Path) -> None:
    check(file.read_bytes(), file.suffix)
    law_or_error(file.name, file.read_bytes())


HOSTILE = [path for path in shared("hostile") if not path.name.startswith("ledger-forged--out")]


@pytest.mark.parametrize("file", HOSTILE, ids=lambda file: file.name)
def test_hostile_inputs_give_records_or_typed_errors(file: Path) -> None:
    if file.suffix == ".toml":
        TARGETS["rules"](file.read_bytes())
        return
    check(file.read_bytes(), file.suffix)
    if file.suffix in (".html", ".md", ".mdx", ".txt"):
        law_or_error(file.name, file.read_bytes())
