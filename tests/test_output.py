"""The forms of an output, and what their description says of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS, cleaned

from seedclean.batch.output import file_formats, parquet
from seedclean.model.errors import OutputError

LINES = b"".join(cleaned(path).record.to_json() + b"\n" for path in sorted(SEEDS.glob("*.txt")))


def test_the_arrow_schema_is_the_one_published() -> None:
    page = (ROOT / "docs" / "trees.md").read_text("utf-8")
    published = {
        name: found[1]
        for found in re.finditer(r"^\| `([^`]+)` \| (`.+`) \|$", page, re.M)
        for name in re.findall(r"`(\w+)`", found[2])
    }
    schema = {field.name: str(field.type).replace("item:", "element:") for field in parquet.schema()}
    assert {name: published[name] for name in schema} == schema


@pytest.mark.parametrize("form", [".jsonl.gz", ".jsonl.zst", ".parquet"])
def test_a_form_gives_back_the_lines_it_was_made_from(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "GROUP_ROWS", 2)
    (tmp_path / "lines").write_bytes(LINES)
    for name in ("a", "b"):
        with open(tmp_path / "lines", "rb") as lines, open(tmp_path / name, "wb") as made:
            file_formats.write(form, lines, made)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    stream = file_formats.open_lines(form, tmp_path / "a")
    assert b"".join(file_formats.chunks(stream, len(LINES) + 100)) == LINES
    stream.close()


@pytest.mark.parametrize("form", [".jsonl.gz", ".jsonl.zst", ".parquet"])
def test_a_damaged_form_says_so(form: str, tmp_path: Path) -> None:
    (tmp_path / "lines").write_bytes(LINES)
    with open(tmp_path / "lines", "rb") as lines, open(tmp_path / "a", "wb") as made:
        file_formats.write(form, lines, made)
    data = (tmp_path / "a").read_bytes()
    for damaged in (data[: len(data) // 2], b"lamp" * 100, b""):
        (tmp_path / "a").write_bytes(damaged)
        try:
            with pytest.raises(file_formats.read_errors()):
                b"".join(file_formats.chunks(file_formats.open_lines(form, tmp_path / "a"), len(LINES)))
        except pytest.fail.Exception:  # nothing at all is a whole file to some: it has no lines
            assert not damaged


def test_a_suffix_that_is_no_form_is_refused() -> None:
    assert file_formats.suffix_of("Out.JSONL.gz") == ".jsonl.gz"
    assert file_formats.suffix_of("out") == file_formats.suffix_of("2024.01") == ""
    with pytest.raises(OutputError, match="not an output format"):
        file_formats.suffix_of("out.csv")
