"""NeMo Curator: its extractor of Common Crawl's pages gives the paragraphs of the records."""

from __future__ import annotations

import logging

import pytest
from foreign import PAGES, foreign_warnings

import seedclean

pytestmark = foreign_warnings


def test_an_extractor_gives_the_blocks_of_the_clean_page(caplog: pytest.LogCaptureFixture) -> None:
    pytest.importorskip("nemo_curator", reason="nemo-curator is not installed: pip install 'seedclean[nemo-curator]'")
    from nemo_curator.stages.text.download.common_crawl.extract import CommonCrawlHTMLExtractor

    from seedclean.integrations.nemo_curator import SeedcleanAlgorithm

    caplog.set_level(logging.WARNING)
    extractor = CommonCrawlHTMLExtractor(algorithm=SeedcleanAlgorithm(seedclean.Cleaner(keep=["legal"])))
    address = {"url": "https://mill.example.org/a", "warc_id": "1", "source_id": "2"}
    page = extractor.extract(address | {"content": PAGES[0].encode()})
    paragraphs = [block.text for block in seedclean.clean(PAGES[0]).blocks]
    assert page == address | {"language": "ENGLISH", "text": "\n\n".join(paragraphs)}
    assert extractor.extract(address | {"content": b"<html><body></body></html>"}) is None

    algorithm = SeedcleanAlgorithm()
    assert algorithm.extract_text("<ol><li>An eel.</li><li>A mill.</li></ol>", frozenset(), "") == [
        "An eel.",
        "A mill.",
    ]
    assert algorithm.extract_text("\0" * 9, frozenset(), "") == []
    assert [record.getMessage()[:8] for record in caplog.records if record.name == "seedclean"] == ["not-text"]
