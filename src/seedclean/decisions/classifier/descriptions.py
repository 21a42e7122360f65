"""Which blocks a document quotes as its description: many pages take it from the first lines of their text."""

from __future__ import annotations

from collections.abc import Sequence

from seedclean.model.document import Document
from seedclean.packs.context import BlockView
from seedclean.values import meta_tags
from seedclean.values.text import squash

_LEAD = 20
"""So many letters of a description's or a block's beginning tell it from others."""
_LEAST = 8
"""Fewer letters than this stand in a description by chance."""
_BLOCK_CHARS, _DESCRIPTION_CHARS = 400, 2_000
"""So much of a block, and of a description, is looked at."""


def described(document: Document, views: Sequence[BlockView]) -> list[float]:
    """For each block, which must have text, 2 if a description begins in it, 1 if it begins in a description, else 0; -1 for
    all where the document states none. Linear in the number of blocks."""
    stated = _descriptions(document)
    if not stated:
        return [-1.0] * len(views)
    leads = [text[:_LEAD] for text in stated]
    together = "\n".join(stated)
    values = []
    for view in views:
        whole = view.block.text
        text = view.squashed if view.squashed and len(whole) <= _BLOCK_CHARS else squash(whole[:_BLOCK_CHARS])
        if any([lead in text for lead in leads]):
            values.append(2.0)
        else:
            values.append(float(len(text) >= _LEAST and text[:_LEAD] in together))
    return values


def _descriptions(document: Document) -> list[str]:
    """The squashed descriptions in meta tags and linked data, each once."""
    texts = (
        squash(entry.value[:_DESCRIPTION_CHARS])
        for entry in document.stated
        if entry.place in ("meta", "json-ld") and meta_tags.field(entry.place, entry.name) == "description"
    )
    return [text for text in dict.fromkeys(texts) if len(text) >= _LEAD]
