"""Closed lists that records and rule files share."""

from __future__ import annotations

from typing import Literal, get_args

Verdict = Literal["keep", "remove"]

Author = Literal["extractor", "site-config", "rule", "classifier", "default"]
"""Who made a decision."""

Kind = Literal[
    "heading", "paragraph", "line", "item", "quote", "code", "table", "image", "video", "audio", "embed", "caption",
    "divider", "metadata",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)
"""Kinds of block. `line` continues the previous block after a line break; `metadata` is front matter or the `<title>`
of a page."""

HIDDEN = (
    "attribute", "style", "template", "dialog", "class", "aria", "control", "gutter", "permalink", "reading", "formula",
    "pixel",
)  # fmt: skip
"""Why a block is not text that a reader of the page reads; docs/rule-files.md explains them under `hidden`."""

Category = Literal[
    "interface", "navigation", "recommendation", "promotion", "advertising", "engagement", "comments", "legal", "credit",
    "duplicate", "decoration", "residue",
]  # fmt: skip
CATEGORIES: tuple[Category, ...] = get_args(Category)
"""Reasons to remove a block; docs/record.md explains them."""

FIELDS = (
    "title", "description", "url", "publisher", "authors", "credit", "editors", "rights", "published", "modified",
    "captured", "language", "tags", "image",
)  # fmt: skip
"""Metadata fields that a block or a front matter key can become."""

Status = Literal["ok", "partial", "failure", "empty"]
STATUSES: tuple[Status, ...] = get_args(Status)
"""Statuses of a record: whole, cut short, an error page, or without text."""

Format = Literal["html", "markdown", "text"]
FORMATS: tuple[Format, ...] = get_args(Format)
"""What the bytes of a document are; each has a reader."""

PageType = Literal["article", "documentation", "forum", "listing", "product", "conversation"]
"""What sort of page a document is."""

FACTS = ("title", "publisher", "description", "authors")
"""Fields of the document's own metadata that the condition `same` can compare a block with."""

LISTS = frozenset({"authors", "editors", "tags"})
DATES = frozenset({"published", "modified", "captured"})
