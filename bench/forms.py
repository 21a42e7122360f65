"""Labelled pages in the forms that the judge learns from, with the features of their blocks and what is wanted of each.

A page is learnt from in several forms: as it is, without the names that its elements bear, as the bare lines of its text,
as Markdown, as a clipping that has a little of the page around the document, as its blocks that are the document's and no
others, and as its gold text. The last two have nothing to remove.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pages import Page

from seedclean.decisions.classifier.element_features import NAMING
from seedclean.decisions.classifier.features import FeatureMatrix, feature_matrix
from seedclean.model.document import Block, Document, Element, Source
from seedclean.packs.context import match_context, with_packs
from seedclean.readers import read
from seedclean.values.text import squash

_GRAM = 6
_ABOVE, _BELOW = 4, 5
"""A clipping has so many blocks of its page around the document, at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """A form of a page, with the features of its blocks and whether each is in the gold text; `weight` is what it counts."""

    page: Page
    form: str
    document: Document
    measured: FeatureMatrix
    wanted: list[float]
    weight: float


def labelled(page: Page) -> Iterator[Labelled]:
    """Read, measure and align a page in all its forms."""
    document = read(page.source)
    measured = feature_matrix(with_packs(match_context(document, {}), ()))
    said = [squash(document.blocks[at].text) for at in measured.places]
    wanted = aligned(said, page.gold)
    yield Labelled(page, "page", document, measured, wanted, 1.0)
    if document.format == "html":
        yield from _forms(page, document, measured.places, wanted)
    gold = read(Source("page.txt", page.gold.encode()))
    if gold.format == "text":
        yield _form(page, "gold", gold, [1.0] * len(gold.blocks), 0.2)


def _forms(page: Page, document: Document, places: Sequence[int], wanted: Sequence[float]) -> Iterator[Labelled]:
    """A raw page without names, as bare lines and as Markdown, its document with little around it, and its document alone."""
    known = dict(zip(places, wanted, strict=True))
    yield _form(page, "nameless", _nameless(document), [known.get(at, 0.0) for at in range(len(document.blocks))], 0.4)
    blocks = [document.blocks[at] for at in places]
    lines = [" ".join(block.text.split()) for block in blocks]
    bare = read(Source("page.txt", "\n".join(lines).encode()))
    if bare.format == "text" and len(bare.blocks) == len(lines):
        yield _form(page, "lines", bare, wanted, 0.7)
    yield from _marked(page, "dump", blocks, 0.15)
    within = [at for at, value in enumerate(wanted) if value]
    if within:
        yield from _marked(page, "clip", blocks[max(0, within[0] - _ABOVE) : within[-1] + _BELOW + 1], 0.15)
        alone = [blocks[at] for at in within]
        yield _form(page, "alone", replace(document, blocks=tuple(alone)), [1.0] * len(alone), 0.1)


def _nameless(document: Document) -> Document:
    """A page without classes, ids and roles: many sites make them up anew for each build."""
    found: dict[Element, Element] = {}

    def bare(element: Element | None) -> Element | None:
        if element is None or element in found:
            return element and found[element]
        attrs = {key: value for key, value in element.attrs.items() if key not in NAMING}
        found[element] = Element(element.tag, attrs, bare(element.parent), element.depth, frozenset())
        return found[element]

    return replace(document, blocks=tuple(replace(block, element=bare(block.element)) for block in document.blocks))


def _marked(page: Page, form: str, blocks: Sequence[Block], weight: float) -> Iterator[Labelled]:
    """Some blocks of a page as a saver of Markdown writes them."""
    document = read(Source("page.md", "\n\n".join(map(_markdown, blocks)).encode()))
    if document.format == "markdown":
        wanted = aligned([squash(block.text) for block in document.blocks], page.gold)
        yield _form(page, form, document, wanted, weight)


def _markdown(block: Block) -> str:
    text = block.text
    if block.kind == "code":
        return f"```\n{text}\n```"
    for mark in sorted(block.marks, key=lambda mark: -mark.start):
        if mark.type == "link":
            text = f"{text[: mark.start]}[{text[mark.start : mark.end]}]({mark.url}){text[mark.end :]}"
    text = " ".join(text.split())
    return {"heading": "#" * (block.level or 1) + " ", "item": "- ", "quote": "> "}.get(block.kind, "") + text


def _form(page: Page, form: str, document: Document, wanted: Sequence[float], weight: float) -> Labelled:
    measured = feature_matrix(with_packs(match_context(document, {}), ()))
    return Labelled(page, form, document, measured, [wanted[at] for at in measured.places], weight)


def aligned(said: Sequence[str], gold: str) -> list[float]:
    """1 for each block that is in the gold text: the heaviest chain of blocks that stand in it in order, and what is
    long enough, or near enough to the chain, to be no chance."""
    whole = "".join(squash(line) for line in gold.splitlines())
    chain = _chain(said, whole)
    grams = {whole[at : at + _GRAM] for at in range(len(whole) - _GRAM + 1)}
    found = [float(at in chain or (len(text) > 24 and text in whole)) for at, text in enumerate(said)]
    for at, text in enumerate(said):
        if not found[at] and len(text) >= 16:
            own = [text[k : k + _GRAM] for k in range(len(text) - _GRAM + 1)]
            found[at] = float(sum(gram in grams for gram in own) > 0.6 * len(own))
    return _near(said, found, Counter(squash(line) for line in gold.splitlines()), chain)


def _chain(said: Sequence[str], whole: str) -> set[int]:
    """The blocks of the heaviest chain of occurrences that follow one another in page and gold."""
    ends: list[int] = [0]
    best: list[tuple[float, tuple[int, Any] | None]] = [(0.0, None)]  # by end: the weight, and the chain behind it
    for at, text in enumerate(said):
        places, start = [], whole.find(text) if text else -1
        while start >= 0 and len(places) < 40:
            places.append(start)
            start = whole.find(text, start + 1)
        new = []
        for start in places:
            weight, behind = best[bisect_right(ends, start) - 1]
            new.append((start + len(text), weight + len(text) + 0.5, (at, behind)))
        for end, weight, chain in new:
            k = bisect_right(ends, end)
            if weight <= best[k - 1][0]:
                continue
            while k < len(ends) and best[k][0] <= weight:
                del ends[k], best[k]
            ends.insert(k, end)
            best.insert(k, (weight, chain))
    found, link = set(), best[-1][1]
    while link is not None:
        found.add(link[0])
        link = link[1]
    return found


def _near(said: Sequence[str], found: list[float], lines: Counter[str], chain: set[int]) -> list[float]:
    """Add short blocks that are a line of the gold, where most of what stands around them is in it."""
    lines.subtract(said[at] for at in chain)
    for _ in range(2):
        now = list(found)
        for at, text in enumerate(said):
            if found[at] or lines[text] <= 0 or not text:
                continue
            around = [k for k in range(max(0, at - 8), min(len(said), at + 9)) if k != at]
            weight = sum(len(said[k]) for k in around)
            if sum(found[k] * len(said[k]) for k in around) * 2 > weight:
                now[at] = 1.0
                lines[text] -= 1
        found = now
    return found
