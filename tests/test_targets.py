"""Names of output files: the same on every system, never two the same, never out of the directory."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedclean.batch.output.filenames import RecordNames


def target(name: str, *others: str, path: str = "") -> str:
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
def test_names_are_safe_everywhere(name: str, expected: str) -> None:
    assert target(name) == expected


def test_names_that_a_system_holds_for_the_same_get_a_mark() -> None:
    names = ["README.md", "readme.md", "é.md", "e\u0301.md", "A/x.md", "a/x.md", "b.md", "b.md.json/c.md"]
    targets = RecordNames(names)
    found = [targets.of(name, name) for name in names]
    assert len({unicodedata.normalize("NFC", name).casefold() for name in found}) == len(names)
    assert targets.of("README.md", "README.md") == "README.md.json"
    assert re.fullmatch(r"readme\.md~[0-9a-f]{16}\.json", targets.of("readme.md", "readme.md"))
    assert targets.of("b.md", "b.md") != "b.md.json"
    assert [RecordNames(reversed(names)).of(name, name) for name in names] == found


def test_a_place_in_a_container_is_no_name_of_a_file() -> None:
    targets = RecordNames(["d.jsonl", "d.jsonl#1"])
    assert targets.of("d.jsonl", "d.jsonl#1") == "d.jsonl#1.json"
    assert targets.of("d.jsonl#1", "d.jsonl#1") != "d.jsonl#1.json"


def test_long_names_are_cut_and_told_apart() -> None:
    one, other = "灯" * 85, "灯" * 84 + "光"
    targets = RecordNames([one, other])
    found = {targets.of(name, name) for name in (one, other)}
    assert len(found) == 2
    assert all(len(name.encode()) <= 255 and name.endswith(".json") for name in found)


def test_what_fits_is_known() -> None:
    targets = RecordNames(["a.md", "A.md", "d.jsonl"])
    assert targets.fit("A.md", ["A.md.json"])
    assert not targets.fit("a.md", ["a.md.json"])
    assert targets.fit("d.jsonl", ["d.jsonl#1.json", "d.jsonl#2.html.json"])
    assert not targets.fit("d.jsonl", ["d.jsonl~1.json"])


PARTS = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=12) | st.sampled_from(
    ["con", "..", ".", "a", "A", "a.json", "%41", "~", "nul.", " "]
)


@given(st.sets(st.lists(PARTS, min_size=1, max_size=3).map("/".join), min_size=1, max_size=12))
def test_no_two_names_meet_and_none_leads_out(names: set[str]) -> None:
    targets = RecordNames(names)
    found = [targets.of(name, name) for name in names]
    keys = {unicodedata.normalize("NFC", name).casefold() for name in found}
    assert len(keys) == len(names)
    for name in found:
        parts = PurePosixPath(name).parts
        assert not name.startswith("/")
        assert not {"..", "."} & set(parts)
        for part in parts:
            assert not re.search(r'[\x00-\x1f\x7f<>:"|?*\\]|[. ]$', part)
            assert not re.match(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", part, re.I)
            assert len(part.encode()) <= 255
    folders = {"/".join(name.split("/")[:at]) for name in found for at in range(1, name.count("/") + 1)}
    assert not {unicodedata.normalize("NFC", folder).casefold() for folder in folders} & keys
