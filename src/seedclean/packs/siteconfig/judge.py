"""Applies a site configuration to a page: one decision for each block that a directive covers, and metadata with spans.

The page is parsed again, into a tree with source positions, because XPath needs a tree. Each directive selects elements;
their spans in the text decide on the blocks inside them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from seedclean.model.document import Block, Candidate, Decision, Document, Opinions
from seedclean.packs.siteconfig.parser import Directive, Site
from seedclean.packs.siteconfig.xpath import Page, Span
from seedclean.values import dates
from seedclean.values.people import split_people

_FIELDS = {"title": "title", "author": "authors", "date": "published"}
_STRIPS = ("strip", "strip_id_or_class", "strip_image_src", "next_page_link")
_SHORT = 300
"""A text of more characters is no headline, byline or date: the directive no longer fits the site."""

_DATE_START = re.compile(r"(?:^|(?<=[\s:：,，|]))\S")


@dataclass(frozen=True, slots=True)
class _Zone:
    """A directive and the spans of the elements it selects, in order and disjoint."""

    directive: Directive
    spans: Sequence[Span]

    def holds(self, start: int, end: int) -> bool:
        """Whether a span lies within one of the zone's spans."""
        at = bisect_right(self.spans, start, key=itemgetter(0)) - 1
        return at >= 0 and end <= self.spans[at][1]

    def touches(self, start: int, end: int) -> bool:
        """Whether a span overlaps one of the zone's spans."""
        at = bisect_left(self.spans, end, key=itemgetter(0)) - 1
        return at >= 0 and self.spans[at][1] > start


def judge(site: Site, document: Document) -> Opinions:
    """Evaluate a site configuration on a raw page. Raises PackError where one of its expressions is invalid.

    It abstains from every block of a document that is not HTML, and where it has `body` lines of which none matches:
    the page's template has changed.
    """
    if document.format != "html":
        return Opinions()
    page = Page.of(document)
    if page is None:
        return Opinions()
    claims: dict[str, Candidate] = {}
    credits: list[_Zone] = []
    for name, field in _FIELDS.items():
        for directive in site.of(name):
            candidate = _candidate(page, directive, field)
            if candidate:
                claims[field], zone = candidate
                credits.append(zone)
                break
    strips = [zone for directive in site.of(*_STRIPS) if (zone := _zone(page, directive)).spans]
    body = _body(page, site, strips)
    if body is None and site.of("body"):
        return Opinions((), claims)
    decisions = tuple(_decision(block, site, credits, strips, body) for block in document.blocks)
    return Opinions(decisions, claims)


def _zone(page: Page, directive: Directive) -> _Zone:
    return _Zone(directive, page.spans(page.ask(directive)))


def _body(page: Page, site: Site, strips: Sequence[_Zone]) -> _Zone | None:
    """The first `body` line whose elements, without those that are stripped, hold blocks; None where no line's do."""
    for directive in site.of("body"):
        zone = _zone(page, directive)
        unstripped = [span for span in zone.spans if not any(strip.holds(*span) for strip in strips)]
        zone = _Zone(directive, unstripped)
        if any(zone.touches(block.start, block.end) for block in page.blocks if block.kind != "metadata"):
            return zone
    return None


def _decision(
    block: Block, site: Site, credits: Sequence[_Zone], strips: Sequence[_Zone], body: _Zone | None
) -> Decision | None:
    """The decision for a block; blocks that partly overlap the body are kept, even if partly stripped."""
    start, end = block.start, block.end
    for zone in credits:
        if zone.holds(start, end):
            label = _FIELDS[zone.directive.name]
            return Decision(block, "remove", zone.directive.id, zone.directive.category, label, by="site-config")
    if block.kind == "metadata":
        return None
    for zone in strips:
        if zone.holds(start, end):
            return Decision(block, "remove", zone.directive.id, zone.directive.category, by="site-config")
    if body is None:
        return None
    if body.touches(start, end):
        return Decision(block, "keep", body.directive.id, by="site-config")
    return Decision(block, "remove", site.outside, _outside(block), by="site-config")


def _outside(block: Block) -> str:
    """The category of a block outside the body: navigation where it is mostly links, else interface."""
    if not any(map(str.isalnum, block.text)):
        return "decoration"
    linked = sum(mark.end - mark.start for mark in block.marks if mark.type == "link")
    return "navigation" if linked * 2 > len(block.text) else "interface"


def _candidate(page: Page, directive: Directive, field: str) -> tuple[Candidate, _Zone] | None:
    """A directive's value for a metadata field, and its zone; None where the page has no such value."""
    results = page.ask(directive)
    if field != "authors":
        results = results[:1]
    texts = [text for result in results if 0 < len(text := page.text_of(result)) <= _SHORT]
    value = _value(field, [*texts, *page.times(results)])
    if not value:
        return None
    short = [result for result in results if len(page.text_of(result)) <= _SHORT]
    spans = page.spans(short)
    start, end = page.place(results)
    return Candidate(field, value, f"rule:{directive.id}", start, end), _Zone(directive, spans)


def _value(field: str, texts: Iterable[str]) -> str | tuple[str, ...]:
    """A field's canonical value from the texts of its elements; empty where they have none."""
    if field == "authors":
        return tuple(dict.fromkeys(name for text in texts for name in split_people(text)))
    if field == "published":
        return next((date for text in texts if (date := _date(text))), "")
    return next(iter(texts), "")


def _date(text: str) -> str:
    """The date that the text ends with; "" where it ends with none."""
    return next((date for at in _DATE_START.finditer(text) if (date := dates.iso(text[at.start() :]))), "")
