"""datatrove: its local executor over a tree, with two tasks, and after one of them was killed."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from conftest import SEEDS
from foreign import PAGES, foreign_warnings, lines, records

pytest.importorskip("datatrove", reason="datatrove is not installed: pip install 'seedclean[datatrove]'")

import fsspec
from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.writers import JsonlWriter

from seedclean import Cleaner
from seedclean.integrations.datatrove import SeedcleanCleaner, SeedcleanExtractor, SeedcleanReader

pytestmark = foreign_warnings

SCRIPT = """
import os, signal, sys
from pathlib import Path
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.writers import JsonlWriter
from seedclean.integrations.datatrove import SeedcleanCleaner, SeedcleanReader

class Ending:
    "Kills its process at the second document of task 1, until the folder `mended` exists."
    def __call__(self, data, rank=0, world_size=1):
        for number, document in enumerate(data):
            if rank == 1 and number == 1 and not Path("mended").exists():
                os.kill(os.getpid(), signal.SIGKILL)
            yield document

LocalPipelineExecutor(
    [SeedcleanReader("tree"), SeedcleanCleaner(), Ending(), JsonlWriter("out", compression=None)],
    tasks=2, workers=1, logging_dir="log",
).run()
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The specimens; a page in gzip; two documents in one file; a picture, a broken container, a hidden file."""
    folder = tmp_path / "tree"
    shutil.copytree(SEEDS, folder)
    (folder / "page.html.gz").write_bytes(gzip.compress("<meta charset=gbk><p>水车又转了。</p>".encode("gbk")))
    (folder / "two.jsonl").write_text('{"text": "A mill."}\n{"text": "A river.", "url": "https://dw.com/de/a-1"}\n')
    (folder / "false.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (folder / "torn.gz").write_bytes(gzip.compress(b"<p>A mill.</p>")[:-9])
    (folder / "mill.jpg").write_bytes(b"")
    (folder / ".hidden.md").write_text("# A mill")
    return folder


def run(tmp_path: Path, *steps: Any, tasks: int = 1, workers: int = 1) -> dict[str, dict[str, Any]]:
    """Run a pipeline; its statistics by the name of the step."""
    stats = LocalPipelineExecutor(list(steps), tasks=tasks, workers=workers, logging_dir=str(tmp_path / "log")).run()
    return {step.name: {name: value.total for name, value in step.stats.items()} for step in stats.stats}


def test_a_tree_gives_the_records_of_the_tree(tree: Path, tmp_path: Path) -> None:
    fields = ("path", "title", "url", "origin", "status", "warnings", "published", "stated", "language")
    stats = run(
        tmp_path,
        SeedcleanReader(str(tree), exclusion_writer=JsonlWriter(str(tmp_path / "unread"), compression=None)),
        SeedcleanCleaner(metadata=fields),
        JsonlWriter(str(tmp_path / "out"), compression=None),
        tasks=2,
        workers=2,
    )
    got = {line["id"]: line for line in lines(*sorted((tmp_path / "out").iterdir()))}
    expected = records(tree)
    assert got.keys() == expected.keys()
    for path, record in expected.items():
        metadata = {field: record.to_dict()[field] for field in fields}
        assert got[path]["text"] == record.text
        assert {field: got[path]["metadata"][field] for field in fields} == metadata
    assert got["page.html.gz"]["metadata"]["encoding"] == "gb18030"
    unread = lines(*sorted((tmp_path / "unread").iterdir()))
    assert {line["id"]: line["metadata"]["filter_reason"] for line in unread} == {
        "false.txt": "not-text",
        "torn.gz": "container",
    }
    reader, cleaner = stats["📖 - READER: 🌱 seedclean"], stats["🌱 - CLEAN: seedclean"]
    assert (reader["not_selected"], reader["error_not-text"], reader["error_container"]) == (3, 1, 1)
    assert cleaner["total"] == cleaner["forwarded"] == cleaner["status_ok"] == len(got)
    assert cleaner["origin_wechat"] == sum(record.origin == "wechat" for record in expected.values())
    assert cleaner["removed_interface"] == sum(
        block.category == "interface" for record in expected.values() for block in record.removed
    )


def test_tasks_share_the_files_in_order(tree: Path) -> None:
    everything = [document.id for document in SeedcleanReader(str(tree)).run()]
    assert everything == sorted(everything)
    shares = [
        [document.id for document in SeedcleanReader(str(tree)).run(rank=rank, world_size=3)] for rank in range(3)
    ]
    assert sorted(path for share in shares for path in share) == everything
    assert all(share == sorted(share) and share for share in shares)


def test_a_remote_folder_and_a_list_of_its_files_are_read() -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe("/crawl/a.html.gz", gzip.compress(b"<p>A mill.</p>"))
    memory.pipe("/crawl/b.jsonl", b'{"text": "A river."}\n')
    memory.pipe("/list", b"b.jsonl\n")
    assert [document.id for document in SeedcleanReader("memory://crawl").run()] == ["a.html.gz", "b.jsonl#1"]
    reader = SeedcleanReader("memory://crawl", paths_file="memory://list")
    assert [document.text for document in reader.run()] == ["A river."]


def test_what_gives_no_document_goes_to_the_exclusion_writer(tmp_path: Path) -> None:
    documents = [Document(text, str(number)) for number, text in enumerate(PAGES)]
    step = SeedcleanCleaner(exclusion_writer=JsonlWriter(str(tmp_path), compression=None))
    assert [document.id for document in step.run(iter(documents))] == ["0", "1"]
    excluded = lines(tmp_path / "00000.jsonl")
    assert [(line["id"], line["metadata"]["filter_reason"]) for line in excluded] == [("2", "empty"), ("3", "not-text")]
    assert "control characters" in excluded[1]["metadata"]["error"]
    assert step.stats["dropped_empty"].total == step.stats["error_not-text"].total == 1


def test_empty_documents_stay_where_they_are_wanted() -> None:
    step = SeedcleanCleaner(drop=())
    (document,) = step.run(iter([Document("<div></div>", "a.html")]))
    assert (document.text, document.metadata["status"]) == ("", "empty")


def test_the_address_and_the_policy_count() -> None:
    page = Document(
        "A mill reopens.\n\n© 2024 The River Gazette. All rights reserved.",
        "1",
        metadata={"url": "https://dw.com/de/a-1?utm_source=x"},
    )
    (document,) = SeedcleanCleaner(Cleaner(keep=["legal"])).run(iter([page]))
    assert document.metadata["origin"] == "dw"
    assert document.metadata["url"] == "https://dw.com/de/a-1"
    (other,) = SeedcleanCleaner().run(iter([Document("A mill reopens.", "2", metadata={"url": 7, "mine": 1})]))
    assert (other.metadata["url"], other.metadata["mine"], other.metadata["title"]) == (7, 1, None)


def test_a_killed_run_goes_on_where_it_was(tree: Path, tmp_path: Path) -> None:
    def attempt() -> int:
        # in a session of its own: datatrove's manager process outlives a killed parent
        process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            return process.wait()
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    assert attempt() == -signal.SIGKILL
    first = tmp_path / "out" / "00000.jsonl"
    written = first.stat().st_mtime_ns
    assert [file.name for file in (tmp_path / "log" / "completions").iterdir()] == ["00000"]
    (tmp_path / "mended").mkdir()
    assert attempt() == 0
    assert first.stat().st_mtime_ns == written
    got = {line["id"]: line["text"] for line in lines(*sorted((tmp_path / "out").iterdir()))}
    assert got == {path: record.text for path, record in records(tree).items()}


def test_the_extractor_gives_the_text(tmp_path: Path) -> None:
    documents = [Document(text, str(number)) for number, text in enumerate(PAGES)]
    extractor = SeedcleanExtractor(timeout=60)
    got = {document.id: document.text for document in extractor.run(iter(documents))}
    assert got == {
        "0": "The mill reopens\nThe mill on the river turns again.",
        "1": "Die Mühle läuft wieder.",
    }
    assert extractor.stats["forwarded"].total == 2
    assert extractor.stats["broken_process"].total == 1
