"""`--near-duplicates`: documents with nearly the same text are named in the manifest, and none is dropped."""

from __future__ import annotations

import json
import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seedclean.batch.near_duplicates import NearDuplicates, sketch
from seedclean.batch.run import RunOptions, run
from seedclean.model.errors import InputError, OutputError
from seedclean.packs.registry import PackOptions
from seedclean.sources.walk import PathFilter

pytest.importorskip("rensa")


def _words(seed: int, count: int = 200) -> list[str]:
    chance = random.Random(seed)
    return ["".join(chance.choices("abcdefghijklm", k=6)) for _ in range(count)]


def _signs(seed: int, count: int = 300) -> str:
    chance = random.Random(seed)
    return "".join(chr(0x4E00 + chance.randrange(2000)) for _ in range(count))


def _groups(texts: dict[str, str]) -> list[list[str]]:
    with NearDuplicates() as alike:
        for path, text in texts.items():
            alike.add(path, sketch(text))
        return [group["paths"] for group in alike.groups()]


def _article(seed: int, change: str = "") -> str:
    words = _words(seed)
    sentences = [" ".join(words[at : at + 10]).capitalize() + "." for at in range(0, len(words), 10)]
    return "\n\n".join([f"# Report {seed}", change, *sentences]) + "\n"


def _folder(root: Path) -> Path:
    folder = root / "docs"
    folder.mkdir()
    for at in range(6):
        (folder / f"{at}.md").write_text(_article(at), "utf-8")
    (folder / "again.md").write_text(_article(3, "Reprinted with the leave of the paper."), "utf-8")
    return folder


def _options(folder: Path, out: Path, **changes: Any) -> RunOptions:
    options = RunOptions(
        (str(folder),), out, PackOptions(), PathFilter(), None, False, 1, None, False, "text", True,
        near_duplicates=True,
    )  # fmt: skip
    return replace(options, **changes)


def _manifest(out: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(Path(f"{out}.manifest.json").read_text("utf-8"))
    return manifest


def test_a_text_with_a_few_other_words_is_nearly_the_same() -> None:
    one, other = _words(1), _words(2)
    changed = [*one[:90], "another", *one[91:]]
    assert _groups({"one": " ".join(one), "other": " ".join(other), "changed": " ".join(changed)}) == [
        ["one", "changed"]
    ]


def test_chinese_has_no_blanks_and_is_compared_sign_by_sign() -> None:
    one = _signs(1)
    changed = f"{one[:150]}河{one[151:]}（转载）"
    assert _groups({"one": one, "other": _signs(2), "changed": changed}) == [["one", "changed"]]


def test_half_a_text_is_another() -> None:
    one = _words(1)
    assert _groups({"one": " ".join(one), "half": " ".join([*one[:100], *_words(2, 100)])}) == []


def test_short_texts_agree_by_chance() -> None:
    assert sketch("The page was not found. Go back to the front page.") == ""
    assert _groups({"one": "not found", "other": "not found"}) == []


def test_a_group_has_all_its_documents_once_and_says_how_like_they_are() -> None:
    text = _words(1)
    with NearDuplicates() as alike:
        for at in range(5):
            alike.add(f"{at}", sketch(" ".join([*text, *_words(10 + at, 5 * at)])))
        (group,) = alike.groups()
    assert group["paths"] == ["0", "1", "2", "3", "4"]
    assert 80 <= group["percent"] < 100


def test_the_manifest_names_them_for_any_number_of_workers_and_the_records_stay(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    several = []
    for jobs in (1, 3):
        out = tmp_path / f"{jobs}.jsonl"
        assert not run(_options(folder, out, jobs=jobs))
        assert len(out.read_bytes().splitlines()) == 7
        several.append(_manifest(out)["near_duplicates"])
    assert several[0] == several[1]
    assert [group["paths"] for group in several[0]] == [["3.md", "again.md"]]


def test_a_second_run_knows_the_texts_that_it_does_not_read_again(tmp_path: Path) -> None:
    folder, out = _folder(tmp_path), tmp_path / "out.jsonl"
    run(_options(folder, out))
    first = _manifest(out)
    (folder / "last.md").write_text(_article(5, "Reprinted with the leave of the paper."), "utf-8")
    run(_options(folder, out))
    second = _manifest(out)
    assert second["counts"]["unchanged"] == 7
    assert second["near_duplicates"][:1] == first["near_duplicates"]
    assert [group["paths"] for group in second["near_duplicates"]] == [["3.md", "again.md"], ["5.md", "last.md"]]


def test_a_run_without_the_option_looks_for_none_and_gives_the_same_records(tmp_path: Path) -> None:
    folder, out = _folder(tmp_path), tmp_path / "out.jsonl"
    run(_options(folder, out, near_duplicates=False))
    records = out.read_bytes()
    assert "near_duplicates" not in _manifest(out)
    run(_options(folder, out))
    assert _manifest(out)["counts"]["unchanged"] == 0
    assert _manifest(out)["near_duplicates"]
    assert out.read_bytes() == records


def test_what_cannot_be_done_is_said_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _folder(tmp_path)
    with pytest.raises(InputError, match="-o"):
        run(replace(_options(folder, tmp_path), out=None))
    monkeypatch.setitem(sys.modules, "rensa", None)
    with pytest.raises(OutputError, match=r"seedclean\[duplicates\]"):
        run(_options(folder, tmp_path / "out.jsonl"))
    assert not (tmp_path / "out.jsonl").exists()
