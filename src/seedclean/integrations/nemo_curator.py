"""NeMo Curator: an algorithm for its extractors of pages, such as `CommonCrawlHTMLExtractor`."""

from __future__ import annotations

from nemo_curator.stages.text.download.html_extractors import HTMLExtractorAlgorithm

from seedclean.cleaner import Cleaner
from seedclean.integrations import passages
from seedclean.model.document import Source
from seedclean.record.render import plain


class SeedcleanAlgorithm(HTMLExtractorAlgorithm):
    """The blocks of the clean document as paragraphs, and nothing else.

    NeMo Curator keeps no page without paragraphs, and so none that gives an error: that one is logged to `seedclean`.
    """

    def __init__(self, cleaner: Cleaner | None = None) -> None:
        self._cleaner = cleaner or Cleaner()

    def extract_text(self, html: str, stop_words: frozenset[str], language: str) -> list[str]:
        """A text for each kept block that has one, captions left out. Neither stop words nor the language matter."""
        results = self._cleaner.clean_many([Source("-", html.encode("utf-8", "replace"))])
        texts = [plain([block]) for record in passages.readable(results) for block in record.blocks]
        return [text for text in texts if text]
