"""The suffix of a file is a hint: the same bytes give the same blocks under any."""

from __future__ import annotations

import gzip
from pathlib import Path, PurePosixPath

import pytest
from conftest import named

from seedclean.model.document import Source
from seedclean.model.errors import SeedcleanError
from seedclean.packs.registry import load
from seedclean.pipeline import examine
from seedclean.readers import read
from seedclean.sources.containers import unpack
from seedclean.sources.markup import markup_of

SUFFIXES = (".txt", ".md", ".html", ".htm", ".json", "")


def _blocks(name: str, data: bytes) -> list[object]:
    """What is read of each document: its format and its blocks, without the identity of their elements."""
    sources = unpack(Source(name, data))
    documents = [source if isinstance(source, SeedcleanError) else read(source) for source in sources]
    return [
        str(one) if isinstance(one, SeedcleanError)
        else (one.format, [(block.kind, block.start, block.end, block.text) for block in one.blocks])
        for one in documents
    ]  # fmt: skip


def _kept(name: str, data: bytes) -> list[object]:
    """The texts that are kept of each document."""
    records = [
        str(source) if isinstance(source, SeedcleanError) else examine(source, load()).record
        for source in unpack(Source(name, data))
    ]
    return [
        record if isinstance(record, str) else [record.text, *(one.text for one in record.translations)]
        for record in records
    ]


def _bytes(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def test_the_suffix_changes_no_block(document: Path) -> None:
    stem, data = PurePosixPath(named(document)).stem, document.read_bytes()
    results = [_blocks(stem + suffix, data) for suffix in SUFFIXES]
    assert all(result == results[0] for result in results)


def test_the_suffix_changes_no_kept_text(real: Path) -> None:
    stem, data = PurePosixPath(named(real).removesuffix(".gz")).stem, _bytes(real)
    results = [_blocks(stem + suffix, data) for suffix in SUFFIXES]
    assert all(result == results[0] for result in results)
    assert _kept(stem + ".md", data) == _kept(stem + ".html", data)


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("The lamp is lit.\nThe ferry leaves at six.", "text"), ("# The lamp\n\nIt is lit.", "markdown"), ("a\n\n- b\n- [c](d)\n", "text"),
        ("<article><p>a</p><pre># b</pre></article>", "html"), ("<!-- saved -->\n<p>a\n<p>b", "html"), ("\ufeff<!DOCTYPE html><html><p>a", "html"),
        ('<text id="a" encoding="gb2312">\n\n<script>x = "# a"</script>\n<html><p>a', "html"), ("<script>a</script>\n<html>b", "html"),
        ("a<br>b<br>c", "html"), ("The element <p> holds a paragraph.", "text"), ("<div align=center><img src=a></div>\n\nA word.\n\nAnother word, and more.", "text"),
        ("<div><h1>a</h1></div>\n\n# b\n", "markdown"), ("<!-- 1594913000000 -->\n[a](https://b.c)\n---\n<p>d</p>", "markdown"),
        ("&#28783;&#22612;&#20142;&#20102;", "markdown"), ("1\\. The lamp\n\n2\\. The ferry", "markdown"), ("1. The lamp\n\n2. The ferry", "text"),
        ("<meta charset=utf-8><p>a", "html"), ("<iframe src=a></iframe>", "html"),
    ],
)  # fmt: skip
def test_the_markup_of_a_text(text: str, format: str) -> None:
    assert markup_of(text) == format


@pytest.mark.parametrize(
    ("name", "text", "warnings"),
    [
        ("a.html", "# The lamp\n\nIt is lit.", ["wrong-suffix"]), ("a.html", "The lamp is lit.", ["wrong-suffix"]), ("a.html", "<p>a</p>", []),
        ("a.md", "<!doctype html><p>a</p>", ["wrong-suffix"]), ("a.md", "<div><p>a</p></div>", []), ("a.md", "a", []), ("a.txt", "# a\n", []),
        ("a.txt", "<html><p>a</p>", ["wrong-suffix"]), ("a.json", "# The lamp", ["wrong-suffix"]), ("a.json", "[lamp](https://a.example/b) c", ["wrong-suffix"]),
        ("a.json", '{"text": "a"}', []), ("a.html", '{"markdown": "# a"}', []), ("a", "<p>a</p>", []), ("a.html.gz#", "a", []),
    ],
)  # fmt: skip
def test_a_contradiction_is_a_warning(name: str, text: str, warnings: list[str]) -> None:
    (source,) = unpack(Source(name, text.encode()))
    assert isinstance(source, Source)
    assert list(examine(source, load()).record.warnings) == warnings


def test_broken_json_is_an_error_under_its_suffix() -> None:
    (error,) = unpack(Source("a.json", b'{"text": "a"'))
    assert isinstance(error, SeedcleanError)


@pytest.mark.parametrize("char", ["<p", "<div>", "<!--", "<text ", "\\_", "[", "**", "&#20013;"])
def test_the_markup_of_long_input_is_found_in_linear_time(char: str) -> None:
    assert markup_of(char * 200_000) in ("html", "markdown", "text")
