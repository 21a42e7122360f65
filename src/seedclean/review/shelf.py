"""The documents that a page has room for: the least sure ones whole, the next ones by their line, the rest by number."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, replace

from seedclean.model import limits
from seedclean.model.errors import SeedcleanError
from seedclean.review.documents import Reviewed


@dataclass(frozen=True, slots=True)
class Shelved:
    """What a page shows. `whole` and `listed` are in the order of sureness; `counted` more documents are surer still."""

    whole: tuple[Reviewed, ...]
    listed: tuple[Reviewed, ...]
    counted: int
    failures: tuple[SeedcleanError, ...]
    failed: int
    kept: int
    removed: Counter[str]

    @property
    def documents(self) -> int:
        """The number of documents that were cleaned."""
        return len(self.whole) + len(self.listed) + self.counted


class _Surest:
    """A document as an item of a heap whose smallest item is the surest document."""

    __slots__ = ("document", "order", "size")

    def __init__(self, document: Reviewed, number: int) -> None:
        self.document = document
        self.order = (*document.order, number)
        self.size = len(document.body.encode("utf-8"))

    def __lt__(self, other: _Surest) -> bool:
        return self.order > other.order


class Shelf:
    """Takes documents one by one and holds no more than a page shows. What stays does not depend on their order."""

    def __init__(self) -> None:
        self._whole: list[_Surest] = []
        self._listed: list[_Surest] = []
        self._bound: _Surest | None = None
        self._size = 0
        self._taken = 0
        self._kept = 0
        self._removed: Counter[str] = Counter()
        self._failures: list[SeedcleanError] = []
        self._failed = 0

    def fail(self, error: SeedcleanError) -> None:
        """Take the error of a document that could not be cleaned."""
        self._failed += 1
        if len(self._failures) < limits.REVIEW_LISTED:
            self._failures.append(error)

    def take(self, document: Reviewed) -> None:
        """Take a document. Where there is no room, the surest lose their place, and so does every surer one to come."""
        item = _Surest(document, self._taken)
        self._taken += 1
        self._kept += document.kept
        self._removed.update(document.removed)
        if self._bound is not None and item < self._bound:
            self._list(item)
            return
        heapq.heappush(self._whole, item)
        self._size += item.size
        while self._size > limits.REVIEW_BYTES:
            self._bound = heapq.heappop(self._whole)
            self._size -= self._bound.size
            self._list(self._bound)

    def _list(self, item: _Surest) -> None:
        item.document = replace(item.document, body="")
        heapq.heappush(self._listed, item)
        if len(self._listed) > limits.REVIEW_LISTED:
            heapq.heappop(self._listed)

    def shelved(self) -> Shelved:
        """What the page shows."""
        whole, listed = (
            tuple(item.document for item in sorted(items, reverse=True)) for items in (self._whole, self._listed)
        )
        counted = self._taken - len(whole) - len(listed)
        return Shelved(whole, listed, counted, tuple(self._failures), self._failed, self._kept, self._removed)
