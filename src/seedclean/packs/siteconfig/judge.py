"""What a site configuration says of a page: a decision for each block that it speaks of, and metadata with its place.

The page is parsed once more, into a tree with places, because XPath asks for one. What the directives find becomes
spans of the text, and the spans decide on the blocks that lie in them.
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
"""What is longer is no headline, byline or date: the directive no longer fits the site."""

_DATE_START = re.compile(r"(?:^|(?<=[\s:：,，|]))\S")


@dataclass(frozen=True, slots=True)
class _Zone:
    """A directive and the spans of what it found, in order and disjoint."""

    directive: Directive
    spans: Sequence[Span]

    def holds(self, start: int, end: int) -> bool:
        """Whether a span lies in one of the zone's."""
        at = bisect_right(self.spans, start, key=itemgetter(0)) - 1
        return at >= 0 and end <= self.spans[at][1]

    def touches(self, start: int, end: int) -> bool:
        """Whether a span shares a character with one of the zone's."""
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
    for name, wanted in _FIELDS.items():
        for directive in site.of(name):
            found = _stated(page, directive, wanted)
            if found:
                claims[wanted], zone = found
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
    """The first alternative that finds elements with blocks in them, outside of what is stripped."""
    for directive in site.of("body"):
        zone = _zone(page, directive)
        left = [span for span in zone.spans if not any(strip.holds(*span) for strip in strips)]
        zone = _Zone(directive, left)
        if any(zone.touches(block.start, block.end) for block in page.blocks if block.kind != "metadata"):
            return zone
    return None


def _decision(
    block: Block, site: Site, credits: Sequence[_Zone], strips: Sequence[_Zone], body: _Zone | None
) -> Decision | None:
    """What the configuration says of a block; a block that only touches the body is kept, one half stripped too."""
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
    """The category of what stands outside of the body: links lead elsewhere, the rest is the page's interface."""
    if not any(map(str.isalnum, block.text)):
        return "decoration"
    linked = sum(mark.end - mark.start for mark in block.marks if mark.type == "link")
    return "navigation" if linked * 2 > len(block.text) else "interface"


def _stated(page: Page, directive: Directive, wanted: str) -> tuple[Candidate, _Zone] | None:
    """The value that a directive finds for a field, and the blocks that it stands in; None where it finds none."""
    found = page.ask(directive)
    if wanted != "authors":
        found = found[:1]
    texts = [text for result in found if 0 < len(text := page.said(result)) <= _SHORT]
    value = _value(wanted, [*texts, *page.times(found)])
    if not value:
        return None
    short = [result for result in found if len(page.said(result)) <= _SHORT]
    spans = page.spans(short)
    start, end = page.place(found)
    return Candidate(wanted, value, f"rule:{directive.id}", start, end), _Zone(directive, spans)


def _value(wanted: str, texts: Iterable[str]) -> str | tuple[str, ...]:
    """A field's value in its form out of the texts found for it; empty where they hold none."""
    if wanted == "authors":
        return tuple(dict.fromkeys(name for text in texts for name in split_people(text)))
    if wanted == "published":
        return next((date for text in texts if (date := _date(text))), "")
    return next(iter(texts), "")


def _date(text: str) -> str:
    """The date that a text is, or ends with."""
    return next((date for at in _DATE_START.finditer(text) if (date := dates.iso(text[at.start() :]))), "")
