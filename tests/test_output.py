"""The formats of an output file, and their description in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS, cleaned
from schemas import SCHEMA

from seedclean.batch.output import file_formats, parquet
from seedclean.model.errors import OutputError
from seedclean.record.arrow import arrow_schema

LINES = b"".join(cleaned(path).record.to_json() + b"\n" for path in sorted(SEEDS.glob("*.txt")))


def test_the_arrow_schema_matches_the_documentation() -> None:
    page = (ROOT / "docs" / "trees.md").read_text("utf-8")
    published = {
        name: row[1]
        for row in re.finditer(r"^\| (`[^`]+`|struct|list of structs) \| (`.+`) \|$", page, re.M)
        for name in re.findall(r"`(\w+)`", row[2])
    }
    schema = {field.name: str(field.type).replace("item:", "element:") for field in arrow_schema()}
    for name, kind in schema.items():
        if "struct<" not in kind:
            assert published[name] == f"`{kind}`"
        else:
            assert published[name] == ("struct" if kind.startswith("struct") else "list of structs")
    assert schema.keys() == set(SCHEMA["properties"])


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".jsonl.zst", ".parquet"])
def test_a_format_gives_back_the_lines_it_was_written_from(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "GROUP_ROWS", 2)
    (tmp_path / "lines").write_bytes(LINES)
    for name in ("a", "b"):
        with open(tmp_path / "lines", "rb") as lines, open(tmp_path / name, "wb") as stream:
            file_formats.write(suffix, lines, stream)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    reader = file_formats.open_lines(suffix, tmp_path / "a")
    assert b"".join(file_formats.chunks(reader, len(LINES) + 100)) == LINES
    reader.close()


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".jsonl.zst", ".parquet"])
def test_a_damaged_file_raises_an_error(suffix: str, tmp_path: Path) -> None:
    (tmp_path / "lines").write_bytes(LINES)
    with open(tmp_path / "lines", "rb") as lines, open(tmp_path / "a", "wb") as stream:
        file_formats.write(suffix, lines, stream)
    data = (tmp_path / "a").read_bytes()
    for damaged in (data[: len(data) // 2], b"lamp" * 100, b""):
        (tmp_path / "a").write_bytes(damaged)
        try:
            with pytest.raises(file_formats.read_errors()):
                b"".join(file_formats.chunks(file_formats.open_lines(suffix, tmp_path / "a"), len(LINES)))
        except pytest.fail.Exception:  # to gzip and Zstandard an empty file is valid and has no lines
            assert not damaged


def test_the_suffix_of_another_format_is_refused() -> None:
    assert file_formats.suffix_of("Out.JSONL.gz") == ".jsonl.gz"
    assert file_formats.suffix_of("out") == file_formats.suffix_of("2024.01") == ""
    with pytest.raises(OutputError, match="not an output format"):
        file_formats.suffix_of("out.csv")
