"""Who published a document and how it was saved.

Addresses decide first, from what the document states of itself down to where its images lie; where no pack has the
address, clues do. Two packs that claim a document at the same strength leave it without an origin: better none than wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from seedclean.model.document import Detection, Document
from seedclean.model.errors import ExtractorError
from seedclean.packs.addresses import OwnAddress
from seedclean.packs.context import MatchContext, stated_publishers
from seedclean.packs.index import ConditionIndex
from seedclean.packs.pack import Clue, Pack, front_names
from seedclean.packs.patterns import Matcher, PatternSet, line_matcher
from seedclean.packs.registry import Registry
from seedclean.packs.scopes import bylines
from seedclean.values import urls
from seedclean.values.text import squash


class _Claim(NamedTuple):
    """An origin and the clue that names it."""

    id: str
    clue: str


def detect(context: MatchContext, registry: Registry) -> Detection:
    """Name origin, account and capture of a document, with the clue that decided. Raises ExtractorError."""
    clues = _matching_clues(context, registry)
    captures, stamp = _captures(clues, registry)
    claims = _origins(context, clues, registry)
    capture, nested = captures[0] if captures else "", tuple(captures[1:])
    if len(claims) > 1:
        return Detection("", "", capture, stamp, tuple(sorted(claim.id for claim in claims)), nested)
    origin, clue = claims[0] if claims else _Claim("", "")
    return Detection(origin, _account(origin, context, registry), capture, clue or stamp, (), nested)


def _origins(context: MatchContext, clues: Set[str], registry: Registry) -> list[_Claim]:
    """The origins that claim a document: by address, by an extractor in code, by clues, by images, by links: the first that any do."""
    by_address = _by_address(context, registry)
    if by_address:
        return [by_address]
    by_code = [
        _Claim(id, f"{id}/{clue}") for id in registry.extractors if (clue := _by_code(id, context.document, registry))
    ]
    if by_code:
        return by_code
    packs = registry.origins()
    # a document that states another address was not published by a house of its own, but may be by a platform
    open_ = [pack for pack in packs if pack.platform] if context.addresses else packs
    by_clue = [
        _Claim(pack.id, clue) for pack in open_ if (clue := next((one.id for one in pack.clues if one.id in clues), ""))
    ]
    if by_clue or context.addresses:
        return by_clue
    by_image = [_Claim(pack.id, "address/image") for pack in packs if _has_images(context.document, pack)]
    if by_image:
        return by_image
    owners = {host: pack.id for pack in packs for host in pack.host if "/" not in host}
    linked = context.links.owner(owners)
    return [_Claim(linked, "address/link")] if linked else []


def _by_address(context: MatchContext, registry: Registry) -> _Claim | None:
    """The origin of the surest address that a pack or a site configuration has: the longest domain, a pack before a site."""
    for own in context.addresses:
        id = _of_host(own, context.document.format, registry)
        if id:
            return _Claim(id, f"address/{own.place}")
    return None


def _of_host(own: OwnAddress, format: str, registry: Registry) -> str:
    name = urls.host(own.url)
    claimants = _claimants(registry)
    packs = [pack for domain in _domains(name) for pack in claimants.get(domain, ())]
    longest, id = max([(length, pack.id) for pack in packs if (length := pack.claim(own.url))], default=(0, ""))
    site = registry.sites.under(name) if format == "html" else ""
    return site if len(site.lstrip(".")) > longest else id


@lru_cache(maxsize=32)
def _claimants(registry: Registry) -> Mapping[str, Sequence[Pack]]:
    """The packs that claim addresses under a domain."""
    packs: defaultdict[str, list[Pack]] = defaultdict(list)
    for pack in registry.origins():
        for domain in {host.partition("/")[0] for host in pack.host}:
            packs[domain].append(pack)
    return packs


def _domains(name: str) -> Iterator[str]:
    """The domains that a host is under, itself first."""
    while name:
        yield name
        name = name.partition(".")[2]


def _by_code(id: str, document: Document, registry: Registry) -> str:
    """The clue that an extractor in code names. Raises ExtractorError where it raises."""
    try:
        return registry.extractors[id].detect(document)
    except Exception as error:  # a plugin: whatever it raises is its failure, not the run's
        raise ExtractorError(document.path, f"extractor {id!r} raised {error!r}", "mend the plugin") from error


def _has_images(document: Document, pack: Pack) -> bool:
    """Whether most images of a document lie where the pack's origin keeps its own."""
    if not pack.image:
        return False
    hosts = [urls.host(urls.unproxied(block.url)) for block in document.blocks if block.kind == "image" and block.url]
    own = sum(any(urls.under(name, domain) for domain in pack.image) for name in hosts)
    return own * 2 > len(hosts) > 0


def _account(origin: str, context: MatchContext, registry: Registry) -> str:
    """The pack of the account on a platform, by the publisher that is stated or that a line at the head names."""
    accounts = registry.accounts(origin) if origin else []
    if not accounts:
        return ""
    pack = registry.packs[origin]
    front = {**context.front, **front_names([pack])}
    texts = [view.block.text for view in context.views]
    names = {squash(name) for name in bylines(pack, texts)} | stated_publishers(context.document, front)
    return next((one.id for one in accounts if any(squash(name) in names for name in one.publisher)), "")


def _captures(clues: Set[str], registry: Registry) -> tuple[list[str], str]:
    """The captures of which clues match, and the first one's clue.

    One without rules, a converter that other tools use, comes after the others. The one with the most clues comes first;
    front matter, which stands around all else, breaks a tie, and then the id.
    """
    ranked = []
    for pack in registry.role("capture"):
        matching = [clue for clue in pack.clues if clue.id in clues]
        if matching:
            ranked.append(
                (not (pack.rules or pack.front), -len(matching), not matching[0].stated, pack.id, matching[0].id)
            )
    ranked.sort()
    return [id for *_, id, _ in ranked], ranked[0][-1] if ranked else ""


def _matching_clues(context: MatchContext, registry: Registry) -> Set[str]:
    """The ids of all clues that hold of a document."""
    index = _clue_index(registry)
    places: dict[int, list[int]] = {}
    for place, numbers in enumerate(index.conditions.hits(context.views, context.facts)):
        for number in numbers:
            places.setdefault(number, []).append(place)
    stated = context.document.stated
    names = {entry.name.casefold() for entry in stated if entry.place == "front-matter"}
    comments = {number for entry in stated if entry.place == "comment" for number in index.comments.match(entry.value)}
    written = {index.marks[at] for at in index.written(context.document.text.encode()) or ()}
    return {
        one.clue.id
        for number, one in enumerate(index.clues)
        if names >= set(one.clue.stated)
        and (not one.clue.comment or number in comments)
        and _holds(one, places)
        and (not one.clue.written or not written.isdisjoint(one.clue.written))
    }


def _holds(clue: _NumberedClue, places: Mapping[int, Sequence[int]]) -> bool:
    """Whether a clue's condition holds of some block, with the neighbours that it asks for."""
    if clue.own < 0:
        return True
    own = places.get(clue.own, ())
    if not own or not (clue.previous or clue.next):
        return bool(own)
    behind = {place + 1 for number in clue.previous for place in places.get(number, ())}
    before = {place - 1 for number in clue.next for place in places.get(number, ())}
    return any((not clue.previous or place in behind) and (not clue.next or place in before) for place in own)


class _NumberedClue(NamedTuple):
    """A clue with its conditions by their numbers in the index; `own` is -1 where it has none."""

    clue: Clue
    own: int
    previous: Sequence[int]
    next: Sequence[int]


class _ClueIndex(NamedTuple):
    """All clues, with their conditions, their patterns for comments by the number of the clue, and those for lines of the source."""

    clues: Sequence[_NumberedClue]
    conditions: ConditionIndex
    comments: PatternSet
    marks: Sequence[str]
    written: Matcher


@lru_cache(maxsize=32)
def _clue_index(registry: Registry) -> _ClueIndex:
    clues = [clue for pack in registry.packs.values() for clue in pack.clues]
    conditions = [one for clue in clues for one in (clue.condition, *clue.previous, *clue.next) if one]
    numbers = {condition: number for number, condition in enumerate(dict.fromkeys(conditions))}
    numbered = [
        _NumberedClue(
            clue,
            numbers[clue.condition] if clue.condition else -1,
            [numbers[condition] for condition in clue.previous],
            [numbers[condition] for condition in clue.next],
        )
        for clue in clues
    ]
    comments = PatternSet()
    for number, clue in enumerate(clues):
        if clue.comment:
            comments.add(clue.comment, number)
    comments.close()
    marks = [pattern for clue in clues for pattern in clue.written]
    return _ClueIndex(numbered, ConditionIndex(list(numbers)), comments, marks, line_matcher(marks))
