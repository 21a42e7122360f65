"""What a document is: title, address, dates, people, from rules, front matter, meta tags and the text, in that order.

The first place that has a field gives it; every value says where it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from seedclean.model.document import Candidate, Decision, Opinions
from seedclean.model.vocabulary import LISTS
from seedclean.packs.context import BESIDE, MatchContext
from seedclean.packs.pack import Pack
from seedclean.record.candidates import claims
from seedclean.values import language, urls
from seedclean.values.text import squash

_CHINESE = re.compile("[\u3400-\u9fff]")
_SIGNS = " -–—|·_»"
_NAME = 40
"""The name of a site is no longer than this."""


def gather(
    seen: MatchContext, decisions: Sequence[Decision], packs: Sequence[Pack], opinions: Opinions
) -> dict[str, Candidate]:
    """The value of each field that has one. What the extractor of the origin states overrules all other places."""
    held: dict[str, list[Candidate]] = {}
    for claim in claims(seen, decisions, packs):
        held.setdefault(claim.field, []).append(claim)
    found = {field: _first(field, several) for field, several in held.items() if field != "authors"}
    stated = found.get("title")
    if stated:
        found["title"] = _headline(stated, seen)
    publisher = _publisher(found.get("publisher"), packs) or (stated and _site(stated, found["title"]))
    if publisher:
        found["publisher"] = publisher
    authors = _people(held.get("authors", []), _publishers(found, packs))
    if authors:
        found["authors"] = authors
    if "title" in found:
        found["title"], site = _without_site(found["title"], _houses(found, packs))
        if site and "publisher" not in found:
            found["publisher"] = replace(found["title"], field="publisher", value=site)
        if "language" not in found and (said := language.of(str(found["title"].value))):
            found["language"] = replace(found["title"], field="language", value=said)
    return found | dict(opinions.metadata)


def _first(field: str, held: list[Candidate]) -> Candidate:
    """The surest claim; rules that each found some of a list add up, and a stated language must fit the text."""
    first = held[0]
    if field == "language":
        read = held[-1]
        fits = str(first.value).split("-")[0] == str(read.value).split("-")[0]
        return first if fits or read.origin != "text" else read
    if field not in LISTS or not first.origin.startswith("rule:"):
        return first
    values = [name for claim in held if claim.origin.startswith("rule:") for name in claim.value]
    return Candidate(field, tuple(dict.fromkeys(values)), first.origin, first.start, first.end)


def _headline(claimed: Candidate, seen: MatchContext) -> Candidate:
    """The headline on the page, where the title stated is that and the name of the site."""
    if claimed.origin.startswith("rule:"):
        return claimed
    if (
        seen.title_lines
        and claimed.origin == "text"
        and claimed.start == seen.document.blocks[seen.title_lines.title].start
    ):
        block = seen.document.blocks[seen.title_lines.headline]
        return Candidate("title", block.text, "text", block.start, block.end)
    for view in seen.views:
        block = view.block
        if (
            block.kind == "heading"
            and view.squashed in seen.facts["title"]
            and len(view.squashed) < len(squash(str(claimed.value)))
        ):
            return Candidate("title", block.text, "text", block.start, block.end)
    return claimed


def _publisher(claimed: Candidate | None, packs: Sequence[Pack]) -> Candidate | None:
    """An origin is its own publisher; on a platform the account is."""
    own = next((pack for pack in packs if pack.role == "origin" and not pack.extends), None)
    if own is None or own.platform:
        return claimed
    return Candidate("publisher", own.name, f"pack:{own.id}", 0, 0)


def _publishers(found: Mapping[str, Candidate], packs: Sequence[Pack]) -> set[str]:
    """The names under which the house that published a document may stand in a byline."""
    names = {squash(name) for pack in packs if pack.role == "origin" for name in (pack.id, pack.name)}
    if "publisher" in found:
        names.add(squash(str(found["publisher"].value)))
    return names - {""}


def _houses(found: Mapping[str, Candidate], packs: Sequence[Pack]) -> set[str]:
    """The names that a title may bear of the house behind it: packs, publisher, host."""
    houses = _publishers(found, packs)
    if "url" in found:
        houses.update(squash(label) for label in urls.host(str(found["url"].value)).split(".")[-3:-1])
    return {house for house in houses if len(house) > 2}


def _without_site(title: Candidate, houses: set[str]) -> tuple[Candidate, str]:
    """A title without the names of its house behind it, and the first of these: `Headline | The House`."""
    text, site = str(title.value), ""
    while True:
        head, mark, tail = _last_part(text)
        said = squash(tail)
        named = any(said == house or (len(said) > 3 and house.startswith(said)) for house in houses)
        if not mark or not squash(head) or not named:
            return replace(title, value=text), site
        text, site = head, tail.strip()


def _last_part(title: str) -> tuple[str, str, str]:
    found = list(BESIDE.finditer(title))
    if not found:
        return title, "", ""
    return title[: found[-1].start()], found[-1][0], title[found[-1].end() :]


def _site(stated: Candidate, headline: Candidate) -> Candidate | None:
    """The name of a site that stands beside the headline in the title stated, where nothing else names it."""
    title, said = str(stated.value), str(headline.value)
    if title == said:
        return None
    headed = squash(said)
    stand = "\u3400" if _CHINESE.search(said) else "\0"
    parts = [part.strip(_SIGNS) for part in BESIDE.split(title.replace(said, stand, 1))]
    others = [part for part in parts if any(map(str.isalpha, part)) and part != stand and squash(part) not in headed]
    if stand not in parts or len(others) != 1 or len(others[0]) > _NAME or any(map(str.isdigit, others[0])):
        return None  # the headline goes on, there are several names, or it is the version of a manual
    return Candidate("publisher", others[0], stated.origin, stated.start, stated.end)


def _people(held: Sequence[Candidate], publishers: set[str]) -> Candidate | None:
    """The surest claim that names people; the publisher under another name is none. Rules that found some add up."""
    named = []
    for claim in held:
        people = tuple(name for name in claim.value if squash(name) not in publishers)
        if people:
            named.append(replace(claim, value=people))
    return _first("authors", named) if named else None
