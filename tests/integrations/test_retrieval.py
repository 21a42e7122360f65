"""LangChain, LlamaIndex, Haystack: their documents have the texts of the records, and flat metadata."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest
from conftest import SEEDS
from foreign import PAGES, foreign_warnings, records

import seedclean

pytestmark = foreign_warnings

DW = "https://www.dw.com/de/a-1"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A page, two documents in one file, an empty one, and one that gives an error."""
    (tmp_path / "a.html").write_text("<html><head><title>Eels</title></head><body><p>An eel.</p></body></html>")
    (tmp_path / "b.jsonl").write_text('{"text": "A mill."}\n{"text": "A river.", "url": "https://www.dw.com/de/a-1"}\n')
    (tmp_path / "c.md").write_text("")
    (tmp_path / "d.txt").write_bytes(b"\0" * 9)
    return tmp_path


def check(texts: list[str], metadata: list[dict[str, Any]], log: pytest.LogCaptureFixture) -> None:
    assert texts == ["An eel.", "A mill.", "A river."]
    assert [one["source"] for one in metadata] == ["a.html", "b.jsonl#1", "b.jsonl#2"]
    assert (metadata[0]["title"], metadata[2]["origin"], metadata[2]["url"]) == ("Eels", "dw", DW)
    assert all(isinstance(value, str | int) for one in metadata for value in one.values())
    assert [record.getMessage().split(":")[:2] for record in log.records if record.name == "seedclean"] == [
        ["not-text", " d.txt"]
    ]


def test_langchain(tree: Path, caplog: pytest.LogCaptureFixture) -> None:
    pytest.importorskip("langchain_core", reason="langchain-core is not installed: pip install 'seedclean[langchain]'")
    from langchain_core.documents import Document

    from seedclean.integrations.langchain import SeedcleanLoader, SeedcleanTransformer

    caplog.set_level(logging.WARNING)
    documents = SeedcleanLoader(tree).load()
    check([one.page_content for one in documents], [one.metadata for one in documents], caplog)
    assert asyncio.run(SeedcleanLoader(str(tree)).aload()) == documents
    assert [one.page_content for one in SeedcleanLoader(SEEDS, jobs=2).lazy_load()] == [
        one.text for one in records().values()
    ]

    pages = [
        Document(page_content=text, metadata={"source": DW, "mine": 1}, id=str(number))
        for number, text in enumerate(PAGES)
    ]
    cleaned = SeedcleanTransformer(seedclean.Cleaner(keep=["legal"])).transform_documents(pages)
    assert [(one.id, one.page_content.split("\n")[0]) for one in cleaned] == [
        ("0", "The mill reopens"),
        ("1", "Die Mühle läuft wieder."),
    ]
    assert (cleaned[1].metadata["origin"], cleaned[1].metadata["mine"], pages[1].page_content) == ("dw", 1, PAGES[1])


def test_llama_index(tree: Path, caplog: pytest.LogCaptureFixture) -> None:
    pytest.importorskip(
        "llama_index.core", reason="llama-index-core is not installed: pip install 'seedclean[llama-index]'"
    )
    from llama_index.core import SimpleDirectoryReader

    from seedclean.integrations.llama_index import SeedcleanReader

    caplog.set_level(logging.WARNING)
    documents = SeedcleanReader().load_data(tree)
    check([one.text for one in documents], [one.metadata for one in documents], caplog)
    directory = SimpleDirectoryReader(str(tree), required_exts=[".html"], file_extractor={".html": SeedcleanReader()})
    (page,) = directory.load_data()
    assert (page.text, page.metadata["title"], page.metadata["file_name"]) == ("An eel.", "Eels", "a.html")


def test_haystack(tree: Path, caplog: pytest.LogCaptureFixture) -> None:
    haystack: Any = pytest.importorskip(
        "haystack", reason="haystack-ai is not installed: pip install 'seedclean[haystack]'"
    )
    from haystack.dataclasses import ByteStream

    from seedclean.integrations.haystack import SeedcleanConverter

    caplog.set_level(logging.WARNING)
    pipeline = haystack.Pipeline()
    pipeline.add_component("clean", SeedcleanConverter(keep=["legal"]))
    pipeline = haystack.Pipeline.loads(pipeline.dumps(), allowed_modules=["seedclean.integrations.haystack"])
    stream = ByteStream(PAGES[1].encode(), meta={"url": DW})
    sources = [tree / "a.html", str(tree / "c.md"), tree / "d.txt", stream]
    documents = pipeline.run({"clean": {"sources": sources, "meta": {"mine": 1}}})["clean"]["documents"]
    assert [one.content for one in documents] == ["An eel.", "Die Mühle läuft wieder."]
    assert (documents[0].meta["title"], documents[1].meta["origin"], documents[1].meta["mine"]) == ("Eels", "dw", 1)
    assert [record.getMessage()[:8] for record in caplog.records if record.name == "seedclean"] == ["not-text"]
