"""Scrapy: the item pipeline in a real crawl of a file, and its rules for items."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from foreign import PAGES, foreign_warnings

pytest.importorskip("scrapy", reason="scrapy is not installed: pip install 'seedclean[scrapy]'")

from scrapy.exceptions import DropItem

from seedclean.integrations.scrapy import SeedcleanPipeline

pytestmark = foreign_warnings

SPIDER = """
import scrapy

class Mill(scrapy.Spider):
    name = "mill"
    start_urls = ["data:text/html,<title>Eels</title><p>An eel.</p>", "data:text/plain,%00%00%00%00"]
    custom_settings = {
        "ITEM_PIPELINES": {"seedclean.integrations.scrapy.SeedcleanPipeline": 300},
        "SEEDCLEAN_FIELDS": {"body": "page"},
        "FEEDS": {"out.jsonl": {"format": "jsonlines", "fields": ["record"]}},
    }
    def parse(self, response):
        yield {"page": response.body, "url": "https://www.dw.com/de/a-1"}
"""


def test_a_crawl_writes_records(tmp_path: Path) -> None:
    (tmp_path / "mill.py").write_text(SPIDER)
    command = [sys.executable, "-m", "scrapy", "runspider", "mill.py"]
    process = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    (line,) = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    record = json.loads(line)["record"]
    assert (record["title"], record["text"], record["origin"]) == ("Eels", "An eel.", "dw")
    assert "Dropped: not-text" in process.stderr


def test_items() -> None:
    pipeline = SeedcleanPipeline()
    item = {"body": PAGES[0]}
    assert pipeline.process_item(item) is item
    assert item["record"]["title"] == "The mill reopens"
    assert pipeline.process_item({"other": 1}) == {"other": 1}
    with pytest.raises(DropItem, match="not-text"):
        pipeline.process_item({"body": PAGES[3], "url": ""})
