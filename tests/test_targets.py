"""Names of record files: the same on every system, unique, and inside the directory."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedclean.batch.output.filenames import RecordNames


def record_name(name: str, *others: str, path: str = "") -> str:
    return RecordNames([name, *others]).of(name, path or name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a/b.md", "a/b.md.json"), ("灯/lamp é.md", "灯/lamp é.md.json"), ("con", "co%6E.json"), ("NUL.txt", "NU%4C.txt.json"),
        ("com1.md", "com%31.md.json"), ("lpt¹", "lpt%C2%B9.json"), ("console.md", "console.md.json"), ("x./y", "x%2E/y.json"),
        ("x /y", "x%20/y.json"), ("a?b", "a%3Fb.json"), ("a:b*c.md", "a%3Ab%2Ac.md.json"), ("a%3Fb", "a%253Fb.json"), ("100%.md", "100%.md.json"),
        ("a\\b", "a%5Cb.json"), ("a\nb.md", "a%0Ab.md.json"), ("a\x1b[1m", "a%1B[1m.json"), ("-", "-.json"), ("C# notes.md", "C# notes.md.json"),
    ],
)  # fmt: skip
def test_names_are_valid_on_every_system(name: str, expected: str) -> None:
    assert record_name(name) == expected


def test_names_that_some_system_treats_as_equal_get_a_hash() -> None:
    names = ["README.md", "readme.md", "é.md", "e\u0301.md", "A/x.md", "a/x.md", "b.md", "b.md.json/c.md"]
    record_names = RecordNames(names)
    results = [record_names.of(name, name) for name in names]
    assert len({unicodedata.normalize("NFC", name).casefold() for name in results}) == len(names)
    assert record_names.of("README.md", "README.md") == "README.md.json"
    assert re.fullmatch(r"readme\.md~[0-9a-f]{16}\.json", record_names.of("readme.md", "readme.md"))
    assert record_names.of("b.md", "b.md") != "b.md.json"
    assert [RecordNames(reversed(names)).of(name, name) for name in names] == results


def test_a_member_and_a_file_of_the_same_name_differ() -> None:
    record_names = RecordNames(["d.jsonl", "d.jsonl#1"])
    assert record_names.of("d.jsonl", "d.jsonl#1") == "d.jsonl#1.json"
    assert record_names.of("d.jsonl#1", "d.jsonl#1") != "d.jsonl#1.json"


def test_long_names_are_truncated_and_stay_different() -> None:
    one, other = "灯" * 85, "灯" * 84 + "光"
    record_names = RecordNames([one, other])
    results = {record_names.of(name, name) for name in (one, other)}
    assert len(results) == 2
    assert all(len(name.encode()) <= 255 and name.endswith(".json") for name in results)


def test_fit_recognizes_the_names_of_a_file() -> None:
    record_names = RecordNames(["a.md", "A.md", "d.jsonl"])
    assert record_names.fit("A.md", ["A.md.json"])
    assert not record_names.fit("a.md", ["a.md.json"])
    assert record_names.fit("d.jsonl", ["d.jsonl#1.json", "d.jsonl#2.html.json"])
    assert not record_names.fit("d.jsonl", ["d.jsonl~1.json"])


PARTS = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=12) | st.sampled_from(
    ["con", "..", ".", "a", "A", "a.json", "%41", "~", "nul.", " "]
)


@given(st.sets(st.lists(PARTS, min_size=1, max_size=3).map("/".join), min_size=1, max_size=12))
def test_names_are_unique_and_stay_inside(names: set[str]) -> None:
    record_names = RecordNames(names)
    results = [record_names.of(name, name) for name in names]
    keys = {unicodedata.normalize("NFC", name).casefold() for name in results}
    assert len(keys) == len(names)
    for name in results:
        parts = PurePosixPath(name).parts
        assert not name.startswith("/")
        assert not {"..", "."} & set(parts)
        for part in parts:
            assert not re.search(r'[\x00-\x1f\x7f<>:"|?*\\]|[. ]$', part)
            assert not re.match(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", part, re.I)
            assert len(part.encode()) <= 255
    folders = {"/".join(name.split("/")[:at]) for name in results for at in range(1, name.count("/") + 1)}
    assert not {unicodedata.normalize("NFC", folder).casefold() for folder in folders} & keys
