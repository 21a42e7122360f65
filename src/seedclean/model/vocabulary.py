"""The closed lists that the record and the rule files share."""

from __future__ import annotations

from typing import Literal

Verdict = Literal["keep", "remove"]

Author = Literal["extractor", "site-config", "rule", "classifier", "default"]
"""Who made a decision."""

KINDS = (
    "heading", "paragraph", "line", "item", "quote", "code", "table", "image", "video", "audio", "embed", "caption",
    "divider", "metadata",
)  # fmt: skip
"""What a block can be. `line` continues the block before it after a line break; `metadata` is front matter or the
title of a page's head."""

CATEGORIES = (
    "interface", "navigation", "recommendation", "promotion", "advertising", "engagement", "comments", "legal", "credit",
    "duplicate", "decoration", "residue",
)  # fmt: skip
"""Why a block can be removed: the closed list of docs/record.md."""

FIELDS = (
    "title", "description", "url", "publisher", "authors", "credit", "editors", "rights", "published", "modified",
    "captured", "language", "tags", "image",
)  # fmt: skip
"""The metadata a block or a front matter key can become."""

STATUSES = ("ok", "partial", "failure", "empty")
"""What a record can be: whole, cut short, an error page, or without text."""

FACTS = ("title", "publisher", "description", "authors")
"""What `same` can compare a block with: what the document states of itself."""

LISTS = frozenset({"authors", "editors", "tags"})
DATES = frozenset({"published", "modified", "captured"})
