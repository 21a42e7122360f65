"""The specimens show what the manifest says of them, and the originals score as they must where they are present."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from conftest import SEEDS, SHARED, cleaned

MANIFEST: list[dict[str, Any]] = tomllib.loads((SEEDS / "manifest.toml").read_text("utf-8"))["document"]
LISTS = ("authors", "editors")


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])
def test_specimen_shows_what_the_manifest_says(entry: dict[str, Any]) -> None:
    record = cleaned(SEEDS / entry["file"]).record.to_dict()
    shows = entry["shows"]
    assert record["origin"] == entry["origin"]
    assert record["status"] == "ok"
    for field in ("title", "url", "published", "publisher", "credit", "language", *LISTS):
        assert record[field] == shows.get(field, [] if field in LISTS else None), field
    lines = record["text"].split("\n")
    assert lines[0] == shows["first"]
    assert lines[-1] == shows["last"]
    for line in shows["never"]:
        assert line not in lines


def test_the_digest_becomes_record_and_translation() -> None:
    record = cleaned(SEEDS / "002-ft.txt").record.to_dict()
    (english,) = record["translations"]
    assert (record["language"], english["language"]) == ("zh", "en")
    assert english["title"]
    assert english["title"] != record["title"]
    assert len(english["blocks"]) == len(record["blocks"]) + 1  # its headline
    assert any(mark["type"] == "bold" for block in record["blocks"] for mark in block["marks"])


def test_the_report_has_pictures_captions_and_a_video() -> None:
    blocks = cleaned(SEEDS / "001-dw.txt").record.blocks
    kinds = [block.kind for block in blocks]
    assert kinds.count("image") == kinds.count("caption") == 2
    assert [kinds[at - 1] for at, kind in enumerate(kinds) if kind == "caption"] == ["image", "image"]
    assert kinds.count("video") == 1
    assert all((block.url or "").startswith("https://static.dw.com/") for block in blocks if block.kind == "image")
    assert any(mark.type == "link" for block in blocks for mark in block.marks)


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="../shared is not here")
def test_the_five_originals_score(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    docs, tool = SHARED / "seeds" / "docs", SHARED / "tools" / "score.py"
    subprocess.run([sys.executable, "-m", "seedclean", str(docs), "-o", str(out)], check=True, capture_output=True)
    run = [sys.executable, "-B", str(tool), str(SHARED / "seeds"), str(out), "--json"]
    done = subprocess.run(run, check=True, capture_output=True, text=True)
    score = json.loads(done.stdout)["ALL"]
    assert {
        name: score[name] for name in ("recall", "perfect", "title", "url", "published", "publisher")
    } == dict.fromkeys(("recall", "perfect", "title", "url", "published", "publisher"), 1.0)
    assert (score["authors"], score["language"], score["leak"], score["loss"]) == (1.0, 1.0, 0.0, 0.0)
    assert score["precision"] >= 0.995
