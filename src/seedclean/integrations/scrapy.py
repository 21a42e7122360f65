"""Scrapy: an item pipeline. `ITEM_PIPELINES = {"seedclean.integrations.scrapy.SeedcleanPipeline": 300}`."""

from __future__ import annotations

from typing import Any

from itemadapter import ItemAdapter
from scrapy.exceptions import DropItem

from seedclean.cleaner import Cleaner
from seedclean.model.document import Source
from seedclean.model.errors import SeedcleanError
from seedclean.sources.files import to_source
from seedclean.values import urls


class SeedcleanPipeline:
    """Puts the record of a page into its item: a dict as docs/record.md describes it.

    The item has `body`, the bytes or text of the response, and may have `url`, its address; it gets `record`. The setting
    `SEEDCLEAN_FIELDS` names these three: `{"body": "html"}`. An item without a body passes as it is. One whose page gives
    an error is dropped with it, and Scrapy counts and logs that.
    """

    def __init__(self, body: str = "body", url: str = "url", record: str = "record") -> None:
        self._body, self._url, self._record = body, url, record
        self._cleaner = Cleaner()

    @classmethod
    def from_crawler(cls, crawler: Any) -> SeedcleanPipeline:
        """A pipeline with the names of the setting `SEEDCLEAN_FIELDS`."""
        return cls(**crawler.settings.getdict("SEEDCLEAN_FIELDS"))

    def process_item(self, item: Any) -> Any:
        """The item with its record. Raises DropItem."""
        fields = ItemAdapter(item)
        body, url = fields.get(self._body), fields.get(self._url) or ""
        if body is None:
            return item
        page = Source(url or "-", to_source(body).data, url=urls.web(url))
        result = self._cleaner.clean_document(page)
        if isinstance(result, SeedcleanError):
            raise DropItem(f"{result.code}: {result}")
        fields[self._record] = result.to_dict()
        return item
