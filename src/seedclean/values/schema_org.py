"""What a type of schema.org says about the page that states it, by the table schema_org.toml."""

from __future__ import annotations

from seedclean.values.tables import table


def is_article(type: str) -> bool:
    """Whether a thing of this type, in any case, describes the text of the page itself."""
    entry = table("schema_org").get(type.lower())
    return entry is not None and bool(entry["article"])


def page_type(type: str) -> str | None:
    """The record's page type for a type, in any case; None if the type does not decide it."""
    entry = table("schema_org").get(type.lower())
    return entry.get("page_type") if entry else None


def is_page(type: str) -> bool:
    """Whether the properties of a thing of this type, in any case, are the page's: an article, or the page itself."""
    entry = table("schema_org").get(type.lower())
    return entry is not None and bool(entry.get("article") or entry.get("page"))
