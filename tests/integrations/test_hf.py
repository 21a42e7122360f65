"""HuggingFace datasets: the features of a mapped data set do not depend on what its first batch holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import SEEDS
from foreign import PAGES, foreign_warnings, records

datasets = pytest.importorskip("datasets", reason="datasets is not installed: pip install 'seedclean[datasets]'")

import seedclean  # noqa: E402  # after the check that the program is installed
from seedclean.integrations.columns import record_schema  # noqa: E402

pytestmark = foreign_warnings


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path)


def mapped(pages: list[Any], **options: Any) -> Any:
    data = datasets.Dataset.from_dict({"text": pages, "number": list(range(len(pages)))})
    return data.map(seedclean.hf.clean, batched=True, batch_size=1, **options)


@pytest.mark.parametrize("order", [1, -1])
def test_features_are_the_same_whatever_the_batches_hold(order: int) -> None:
    data = mapped(list(PAGES[::order]))
    expected = datasets.Features.from_arrow_schema(record_schema()) | {"number": datasets.Value("int64")}
    assert data.features == expected
    by_number = sorted(data, key=lambda row: order * row["number"])
    assert [row["title"] for row in by_number] == ["The mill reopens", None, None, None]
    assert [row["status"] for row in by_number] == ["ok", "ok", "empty", None]
    assert by_number[3]["error"]["code"] == "not-text"
    assert by_number[0]["error"] is None


def test_rows_are_the_records() -> None:
    pages = [path.read_bytes() for path in sorted(SEEDS.glob("*.*")) if path.name in records()]
    data = datasets.Dataset.from_dict({"page": pages})
    (first, *_) = rows = list(data.map(seedclean.hf.clean, batched=True, fn_kwargs={"column": "page"}))
    expected = [seedclean.clean(page).to_row() for page in pages]
    assert first.pop("page") == pages[0]
    for row, record in zip(rows, expected, strict=True):
        assert (row["text"], row["title"], len(row["removed"])) == (
            record["text"],
            record["title"],
            len(record["removed"]),
        )


def test_chosen_fields_addresses_and_a_cleaner() -> None:
    data = datasets.Dataset.from_dict({"html": ["<p>A.</p>", "<p>B.</p>"], "at": ["https://www.dw.com/a-1", None]})
    options = {
        "column": "html",
        "url": "at",
        "fields": ["text", "origin"],
        "cleaner": seedclean.Cleaner(drop=["legal"]),
    }
    data = data.map(seedclean.hf.clean, batched=True, fn_kwargs=options)
    assert data.column_names == ["html", "at", "origin", "text"]
    assert list(data["origin"]) == ["dw", None]


def test_null_stays_null() -> None:
    data = datasets.Dataset.from_dict({"text": ["A mill.", None]}).map(seedclean.hf.clean, batched=True)
    assert list(data["text"]) == ["A mill.", None]


def test_a_stream_gives_the_same_rows() -> None:
    pages = list(PAGES)
    stream = datasets.Dataset.from_dict({"text": pages}).to_iterable_dataset()
    rows = list(stream.map(seedclean.hf.clean, batched=True))
    assert [row["text"] for row in rows] == list(mapped(pages)["text"])


def test_several_processes_load_the_cleaner_themselves() -> None:
    assert list(mapped(list(PAGES), num_proc=2)["status"]) == ["ok", "ok", "empty", None]


def test_a_wrong_name_is_refused() -> None:
    with pytest.raises(ValueError, match="headline: no column of a record"):
        mapped(list(PAGES), fn_kwargs={"fields": ["headline"]})
