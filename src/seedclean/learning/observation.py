"""What learning keeps of one document: its scopes, and its blocks that no rule removes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import orjson

from seedclean.model.document import Decision, Element
from seedclean.packs.context import BlockView, block_views, match_context, with_packs
from seedclean.packs.pack import front_names
from seedclean.packs.registry import Registry
from seedclean.record.assembly import Cleaned

ADDRESS = "\0"
"""Before the address of a picture that stands for its text: no text that is compared holds the sign."""

_FRAME = "/body"
"""The rule that keeps whatever stands in the article's element: it says nothing of one block."""


class Seen(NamedTuple):
    """One block that no rule removes.

    `text` is its normalized text, for a picture without text ADDRESS and the address it leads to, and empty for a text
    too long to compare. `state` is `open` where it is kept and no rule speaks of it, `kept` where a rule keeps it, and
    `classified` where the classifier removes it. `element` is the nearest element with a name; `chars` code points.
    """

    text: str
    state: str
    kind: str
    category: str
    is_link: bool
    element: str
    chars: int


class Observation(NamedTuple):
    """One document: its path, its scopes, and its blocks in order."""

    path: str
    scopes: list[str]
    blocks: list[Seen]


def observe(cleaned: Cleaned, registry: Registry) -> bytes:
    """The observation of a document, for `parse`. A worker process calls it."""
    document = cleaned.document
    context = match_context(document, front_names(registry.role("common")))
    of = with_packs(context, registry.chain(cleaned.detection)).facts["of"]
    pairs = zip(block_views(document.blocks), cleaned.decisions, strict=True)
    blocks = [tuple(seen) for view, decision in pairs for seen in _seen(view, decision)]
    return orjson.dumps([document.path, sorted(of), blocks])


def parse(data: bytes) -> Observation:
    """The observation that `observe` wrote."""
    path, of, blocks = orjson.loads(data)
    return Observation(path, of, [Seen(*block) for block in blocks])


def _seen(view: BlockView, decision: Decision) -> Iterator[Seen]:
    block = decision.block
    if block.kind == "metadata" or (decision.verdict == "remove" and decision.by != "classifier"):
        return
    if decision.verdict == "remove":
        state = "classified"
    elif decision.by in ("classifier", "default") or decision.rule.endswith(_FRAME):
        state = "open"
    else:
        state = "kept"
    words = block.text or block.alt
    text = "" if view.normalized is None else view.normalized
    if not words and view.url:
        text = ADDRESS + view.url
    is_link = view.url is not None and bool(block.text)
    yield Seen(text, state, block.kind, decision.category, is_link, _name(block.element), len(block.text))


def _name(element: Element | None) -> str:
    """The nearest element with an id or a class, as a selector; empty where there is none."""
    while element is not None:
        if element.attrs.get("id"):
            return f"{element.tag}#{element.attrs['id']}"
        if element.classes:
            return f"{element.tag}.{min(element.classes)}"
        element = element.parent
    return ""
