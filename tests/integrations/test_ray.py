"""Ray Data: batches of Arrow whatever they hold, and an actor pool of a Ray that runs on this machine alone."""

from __future__ import annotations

import gzip
import pickle
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from conftest import SEEDS
from foreign import records, run_with_ray

import seedclean
from seedclean.integrations.columns import record_schema
from seedclean.integrations.ray import SeedcleanActor

PAGE = b"<html><head><title>Eels</title></head><body><p>An eel swims up the river.</p></body></html>"
ERROR = b"\0\0\0\0"
PROGRAM = """
from seedclean.integrations.ray import SeedcleanActor

files = ray.data.read_binary_files("tree", include_paths=True)
pool = ray.data.ActorPoolStrategy(size=1)
files.map_batches(SeedcleanActor, batch_format="pyarrow", batch_size=1, compute=pool).write_parquet("out")
"""


def rows_of(batch: dict[str, list[Any]], **options: Any) -> pyarrow.Table:
    """The tables of a batch, in one: only those of one schema can be."""
    return pyarrow.concat_tables(SeedcleanActor(**options)(pyarrow.table(batch)))


@pytest.mark.parametrize(
    "batch",
    [
        pytest.param({"bytes": [PAGE], "path": ["a.html"]}, id="a page"),
        pytest.param({"bytes": [ERROR, ERROR], "path": ["a", "b"]}, id="failures alone"),
        pytest.param({"bytes": [b""], "path": ["a.html"]}, id="an empty page"),
        pytest.param({"bytes": pyarrow.array([], "binary"), "path": pyarrow.array([], "string")}, id="no rows"),
        pytest.param({"bytes": [None], "path": [None]}, id="nulls"),
        pytest.param({}, id="no columns"),
    ],
)
def test_the_schema_is_the_same_whatever_a_batch_holds(batch: dict[str, list[Any]]) -> None:
    table = rows_of(batch)
    assert table.schema == record_schema()
    assert table.num_rows == len(batch.get("bytes", ()))


def test_rows_are_the_records() -> None:
    expected = records()
    files = {name: (SEEDS / name).read_bytes() for name in expected}
    table = rows_of({"path": list(files), "bytes": list(files.values())})
    rows = [record.to_row() | {"error": None} for record in expected.values()]
    assert table == pyarrow.Table.from_pylist(rows, record_schema())


def test_a_document_without_a_record_has_its_error() -> None:
    (row,) = rows_of({"bytes": [ERROR], "path": ["a.txt"]}).to_pylist()
    assert (row["path"], row["error"]["code"], row["text"]) == ("a.txt", "not-text", None)


def test_a_container_gives_a_row_for_each_document_and_repeats_the_other_columns() -> None:
    pages = b'{"text": "A mill."}\n{"text": \n{"text": "A river."}\n'
    packed = gzip.compress(PAGE)
    table = rows_of(
        {"bytes": [pages, packed, None], "path": ["a.jsonl", "b.gz", "c"], "crawl": [1, 2, 3]},
        fields=["path", "title", "error"],
    )
    rows = [(row["crawl"], row["path"], row["error"] and row["error"]["code"]) for row in table.to_pylist()]
    assert rows == [
        (1, "a.jsonl#1", None),
        (1, "a.jsonl#2", "container"),
        (1, "a.jsonl#3", None),
        (2, "b.gz", None),
        (3, None, None),
    ]
    assert table.column_names == ["crawl", "error", "path", "title"]
    assert table["title"].to_pylist()[3] == "Eels"


def test_a_large_container_comes_in_several_tables() -> None:
    pages = b"".join(b'{"text": "Mill %d."}\n' % number for number in range(300))
    tables = list(SeedcleanActor(path=None, fields=["text"])(pyarrow.table({"bytes": [pages]})))
    assert [table.num_rows for table in tables] == [256, 44]
    assert tables[1]["text"].to_pylist()[-1] == "Mill 299."


def test_columns_of_other_names_addresses_and_a_cleaner() -> None:
    page = "A mill.\n\n© 2024 The River Gazette. All rights reserved."
    batch: dict[str, list[Any]] = {"html": [page, "B."], "path": ["a.md", None], "at": ["https://dw.com/de/a", None]}
    cleaner = seedclean.Cleaner(keep=["legal"])
    rows = rows_of(batch, column="html", url="at", fields=["path", "origin", "text"], cleaner=cleaner).to_pylist()
    assert rows == [
        {"at": "https://dw.com/de/a", "origin": "dw", "path": "a.md", "text": page.replace("\n\n", "\n")},
        {"at": None, "origin": None, "path": "-", "text": "B."},
    ]


def test_wrong_names_are_refused() -> None:
    with pytest.raises(ValueError, match="headline: no column of a record"):
        SeedcleanActor(fields=["headline"])
    with pytest.raises(KeyError, match="path"):
        rows_of({"bytes": [PAGE]})


def test_an_actor_can_be_sent() -> None:
    actor = pickle.loads(pickle.dumps(SeedcleanActor(path=None, fields=["title"])))
    assert next(actor(pyarrow.table({"bytes": [PAGE]})))["title"].to_pylist() == ["Eels"]


def test_files_to_parquet_with_an_actor_pool(tmp_path: Path) -> None:
    """Each file a batch, so that there is one of errors alone; and a container becomes several rows."""
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "a.html").write_bytes(PAGE)
    (tree / "b.txt").write_bytes(ERROR)
    (tree / "c.jsonl").write_text('{"text": "A mill."}\n{"text": "A river."}\n')
    run_with_ray(PROGRAM, tmp_path)
    table = pyarrow.parquet.read_table(tmp_path / "out")
    assert table.schema.remove_metadata() == record_schema()
    results = {row["path"]: row["error"]["code"] if row["error"] else row["text"] for row in table.to_pylist()}
    assert results == {
        "tree/a.html": "An eel swims up the river.",
        "tree/b.txt": "not-text",
        "tree/c.jsonl#1": "A mill.",
        "tree/c.jsonl#2": "A river.",
    }
