"""Labelled pages in the forms that the classifier learns from, with the features of their blocks and their labels.

A page is learnt from as it is; without the names that its elements bear; without the words that interfaces are made of, as
a page in an unknown language reads; as bare lines; as Markdown by one of three tools; as a clipping that has a little of the
page around the document; as its blocks that are the document's and no others; and as its gold text. The last two have
nothing to remove. Which of the smaller forms a page gives follows from the hash of its path.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dumps import DUMPS, lines
from labels import aligned, carried
from pages import Page

from seedclean.decisions.classifier.element_features import NAMING
from seedclean.decisions.classifier.features import FeatureMatrix, feature_matrix
from seedclean.model.document import Block, Document, Element, Source
from seedclean.packs.context import match_context, with_packs
from seedclean.readers import read
from seedclean.values.text import squash

_ABOVE, _BELOW = 4, 5
"""A clipping has so many blocks of its page around the document, at most."""
_LEAST = 0.05
"""Labels nearer to 0 or 1 than this are 0 or 1; in between, a block is part of both, or neutral, and counts nothing."""

WEIGHTS = {
    "page": 1.0, "nameless": 0.6, "lines": 0.6, "dump": 0.5, "clip": 0.2, "alone": 0.4, "gold": 0.5, "excerpt": 0.6,
}  # fmt: skip
"""What a form of a page counts in training."""


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """A form of a page, with the features of its blocks; `wanted` is 1 for a block of the document, 0 for one that is not,
    and in between for one that counts nothing."""

    page: Page
    form: str
    document: Document
    measured: FeatureMatrix
    wanted: list[float]


def labelled(page: Page) -> Iterator[Labelled]:
    """Read, measure and label a page in its forms."""
    document = read(page.source)
    measured = feature_matrix(with_packs(match_context(document, {}), ()))
    said = [squash(document.blocks[at].text) for at in measured.places]
    wanted = carried(said, page.cut) if page.cut else aligned(said, page.gold)
    wanted = [0.0 if value < _LEAST else 1.0 if value > 1 - _LEAST else 0.5 for value in wanted]
    yield Labelled(page, "excerpt" if page.excerpt else "page", document, measured, wanted)
    if document.format == "html" and not page.excerpt:
        yield from _forms(page, document, measured.places, wanted)
    if _draw(page, "gold", 3) == 0:
        gold = read(Source("page.txt", page.gold.encode("utf-8", "replace")))
        if gold.format == "text":
            yield _form(page, "gold", gold, [1.0] * len(gold.blocks))


def chance(set: str, path: str, name: str, of: int) -> int:
    """A number below `of` that follows from a page and a name."""
    key = f"{set}/{path}/{name}"
    return int(hashlib.md5(key.encode(), usedforsecurity=False).hexdigest(), 16) % of


def _draw(page: Page, name: str, of: int) -> int:
    return chance(page.set, page.source.path, name, of)


def _forms(page: Page, document: Document, places: Sequence[int], wanted: Sequence[float]) -> Iterator[Labelled]:
    known = dict(zip(places, wanted, strict=True))
    every = [known.get(at, 0.5) for at in range(len(document.blocks))]
    if _draw(page, "nameless", 3) == 0:
        yield _form(page, "nameless", nameless(document), every)
    blocks = [document.blocks[at] for at in places]
    source = [(block.text, label) for block, label in zip(blocks, wanted, strict=True)]
    bare = read(Source("page.txt", lines(blocks).encode("utf-8", "replace")))
    if bare.format == "text":
        yield _form(page, "lines", bare, _carried(bare, source))
    which = _draw(page, "dump", len(DUMPS))
    yield from _marked(page, "dump", which, document.blocks, source)
    within = [at for at, value in zip(places, wanted, strict=True) if value == 1]
    if within and _draw(page, "clip", 2) == 0:
        cut = document.blocks[max(0, within[0] - _ABOVE) : within[-1] + _BELOW + 1]
        yield from _marked(page, "clip", _draw(page, "clipper", len(DUMPS)), cut, source)
    if within and _draw(page, "alone", 2) == 0:
        alone = [document.blocks[at] for at in within]
        if _draw(page, "form", 2):
            yield _form(page, "alone", replace(document, blocks=tuple(alone)), [1.0] * len(alone))
        else:
            yield from _marked(page, "alone", _draw(page, "saver", len(DUMPS)), alone, [(b.text, 1.0) for b in alone])


def nameless(document: Document) -> Document:
    """A page without classes, ids and roles: many sites make them up anew for each build."""
    bare: dict[Element, Element] = {}

    def stripped(element: Element | None) -> Element | None:
        if element is None or element in bare:
            return element and bare[element]
        attrs = {key: value for key, value in element.attrs.items() if key not in NAMING}
        bare[element] = Element(element.tag, attrs, stripped(element.parent), element.depth, frozenset())
        return bare[element]

    return replace(document, blocks=tuple(replace(block, element=stripped(block.element)) for block in document.blocks))


def _marked(
    page: Page, form: str, which: int, blocks: Sequence[Block], source: Sequence[tuple[str, float]]
) -> Iterator[Labelled]:
    """Some blocks of a page as a saver of Markdown writes them."""
    document = read(Source("page.md", DUMPS[which](blocks).encode("utf-8", "replace")))
    if document.format == "markdown" and document.blocks:
        yield _form(page, form, document, _carried(document, source))


def _carried(document: Document, source: Sequence[tuple[str, float]]) -> list[float]:
    values = carried([squash(block.text) for block in document.blocks], source)
    return [0.0 if value < _LEAST else 1.0 if value > 1 - _LEAST else 0.5 for value in values]


def _form(page: Page, form: str, document: Document, wanted: Sequence[float]) -> Labelled:
    measured = feature_matrix(with_packs(match_context(document, {}), ()))
    return Labelled(page, form, document, measured, [wanted[at] for at in measured.places])
