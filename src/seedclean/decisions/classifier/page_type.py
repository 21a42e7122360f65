"""The type of a page: predicted by the model for whole pages, else stated by the page.

`pages.json` has precision and coverage at the threshold `SURE`, cross-validated by site (`type where told`, `type told`). Of 84
pages that state a type in linked data or Open Graph, 74 state the right one. `og:type` is trusted
for products alone: of the pages that call themselves an article there, two thirds are one.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from seedclean.decisions.classifier.page_features import page_row
from seedclean.decisions.classifier.trees import type_probabilities
from seedclean.model.document import Decision, Detection, Document
from seedclean.values import schema_org

SURE = 0.65
"""A predicted type has to have at least this probability."""
_OPEN_GRAPH = {"product": "product", "product.item": "product"}
"""`og:type` -> type of the page."""


def page_type(document: Document, detection: Detection, decisions: Sequence[Decision]) -> str | None:
    """The type of a page; None if neither model nor page tells, or the page states several.

    The model is asked for whole pages alone; excerpts, under front matter or in a capture without a head, have to state theirs.
    """
    if document.format == "html" and not document.front and (not detection.capture or _has_head(document)):
        name, probability = predict_type(
            document, {at for at, decision in enumerate(decisions) if decision.verdict == "keep"}
        )
        if name and probability >= SURE:
            return name
    return _stated_type(document)


def _has_head(document: Document) -> bool:
    """Whether the title of a page's head is there: a tool that saves the whole page leaves it."""
    return any(block.kind == "metadata" for block in document.blocks)


def predict_type(document: Document, places: Container[int]) -> tuple[str, float]:
    """The likeliest type of a whole page of which the blocks at these indices are kept, and its probability.

    The type is empty if the record has no word for it.
    """
    probabilities = type_probabilities(page_row(document, places))
    name = max(probabilities, key=lambda name: probabilities[name])
    return name, probabilities[name]


def _stated_type(document: Document) -> str | None:
    types = {
        schema_org.page_type(entry.value)
        for entry in document.stated
        if (entry.place, entry.name) == ("json-ld", "@type")
    }
    types |= {
        _OPEN_GRAPH.get(entry.value.lower())
        for entry in document.stated
        if (entry.place, entry.name) == ("meta", "og:type")
    }
    types -= {None}
    return types.pop() if len(types) == 1 else None
