"""Who published a document and how it was saved.

Addresses decide first, from what the document states of itself down to where its images lie; where none is known to a
pack, clues do. Two packs that claim a document at the same strength leave it without an origin: better none than wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from seedclean.model.document import Detection, Document
from seedclean.model.errors import ExtractorError
from seedclean.packs.context import Evidence, own_addresses
from seedclean.packs.index import Index
from seedclean.packs.pack import Clue, Pack
from seedclean.packs.patterns import compiled, fullmatch, groups
from seedclean.packs.registry import Registry
from seedclean.values import urls
from seedclean.values.text import squash


def detect(seen: Evidence, registry: Registry) -> Detection:
    """Name origin, account and capture of a document, with the clue that decided."""
    held = _held(seen, registry)
    captures, stamp = _captures(held, registry)
    origin, clue, rivals = _origin(seen, held, registry)
    account = "" if rivals else _account(origin, seen, registry)
    capture, nested = captures[0] if captures else "", tuple(captures[1:])
    return Detection(origin, account, capture, stamp if rivals else clue or stamp, rivals, nested)


def _origin(seen: Evidence, held: Set[str], registry: Registry) -> tuple[str, str, tuple[str, ...]]:
    packs = registry.origins()
    found = {id: f"{id}/{said}" for id in registry.extractors if (said := _said(id, seen.document, registry))}
    stated = False
    for own in own_addresses(seen):
        stated = True
        name = urls.host(own.url)
        claims = [(len(domain), pack.id) for pack in packs for domain in pack.host if urls.under(name, domain)]
        longest, id = max(claims, default=(0, ""))
        site = registry.sites.under(name) if seen.document.format == "html" else ""
        if len(site.lstrip(".")) > longest:
            id = site
        if id:
            return id, f"address/{own.place}", ()
    known = packs if not stated else [pack for pack in packs if pack.platform]
    if not found:
        found |= {pack.id: clue.id for pack in known for clue in reversed(pack.clues) if clue.id in held}
    if not found and not stated:
        found = {pack.id: "address/image" for pack in packs if _images(seen.document, pack)}
    if len(found) > 1:
        return "", "", tuple(sorted(found))
    id, clue = next(iter(found.items()), ("", ""))
    return id, clue, ()


def _said(id: str, document: Document, registry: Registry) -> str:
    """What an extractor in code sees in a document. Raises ExtractorError where it raises."""
    try:
        return registry.extractors[id].detect(document)
    except Exception as error:  # code of others: whatever it raises is its failure, not the run's
        raise ExtractorError(document.path, f"extractor {id!r} raised {error!r}", "mend the plugin") from error


def _images(document: Document, pack: Pack) -> bool:
    """Whether most images of a document lie where the pack's origin keeps its own."""
    if not pack.image:
        return False
    hosts = [urls.host(urls.image(block.url)) for block in document.blocks if block.kind == "image" and block.url]
    known = sum(any(urls.under(name, domain) for domain in pack.image) for name in hosts)
    return known * 2 > len(hosts) > 0


def _account(origin: str, seen: Evidence, registry: Registry) -> str:
    """The pack of the account on a platform, by the publisher that is stated or that a line at the head names."""
    accounts = registry.accounts(origin) if origin else []
    if not accounts:
        return ""
    named = {squash(name) for name in _bylines(registry.packs[origin], seen)} | seen.facts["publisher"]
    for pack in accounts:
        if any(squash(name) in named for name in pack.publisher):
            return pack.id
    return ""


def _bylines(pack: Pack, seen: Evidence) -> Iterator[str]:
    """Publishers in the lines at the head that rules of a pack take them from."""
    for rule in pack.rules:
        named = rule.label and any("publisher" in compiled(pattern).groupindex for pattern in rule.condition.matches)
        for view in seen.views[: rule.condition.first] if named else ():
            name = groups(rule.condition.matches, view.block.text).get("publisher")
            if name:
                yield name


def _captures(held: Set[str], registry: Registry) -> tuple[list[str], str]:
    """The captures whose clues hold, and the first one's clue.

    The one with the most clues comes first; front matter, which stands around all else, breaks a tie, and then the id.
    """
    found = []
    for pack in registry.role("capture"):
        clues = [clue for clue in pack.clues if clue.id in held]
        if clues:
            found.append((-len(clues), not clues[0].stated, pack.id, clues[0].id))
    found.sort()
    return [id for *_, id, _ in found], found[0][3] if found else ""


def _held(seen: Evidence, registry: Registry) -> Set[str]:
    """The ids of all clues that hold of a document."""
    index, clues = _index(registry)
    places: dict[int, list[int]] = {}
    for place, found in enumerate(index.hits(seen.views, seen.facts)):
        for at in found:
            places.setdefault(at, []).append(place)
    stated = seen.document.stated
    names = {entry.name.casefold() for entry in stated if entry.place == "front-matter"}
    comments = [entry.value for entry in stated if entry.place == "comment"]
    return {one.clue.id for one in clues if _stated(one.clue, names, comments) and _stands(one, places)}


def _stated(clue: Clue, names: Set[str], comments: Sequence[str]) -> bool:
    if not names >= set(clue.stated):
        return False
    return not clue.comment or any(fullmatch(clue.comment, comment) for comment in comments)


def _stands(numbered: _Numbered, places: Mapping[int, Sequence[int]]) -> bool:
    """Whether a clue's condition holds of some block, with the neighbours that it asks for."""
    if numbered.own < 0:
        return True
    found = places.get(numbered.own, ())
    if not found or not (numbered.previous or numbered.next):
        return bool(found)
    before = {place + 1 for at in numbered.previous for place in places.get(at, ())}
    after = {place - 1 for at in numbered.next for place in places.get(at, ())}
    return any((not numbered.previous or place in before) and (not numbered.next or place in after) for place in found)


class _Numbered(NamedTuple):
    """A clue with its conditions by their numbers; `own` is -1 where it has none."""

    clue: Clue
    own: int
    previous: Sequence[int]
    next: Sequence[int]


@lru_cache(maxsize=32)
def _index(registry: Registry) -> tuple[Index, Sequence[_Numbered]]:
    """The conditions of all clues, to be asked in one pass, and the clues that they are of."""
    clues = [clue for pack in registry.packs.values() for clue in pack.clues]
    wanted = [condition for clue in clues for condition in (clue.condition, *clue.previous, *clue.next) if condition]
    numbers = {condition: at for at, condition in enumerate(dict.fromkeys(wanted))}
    numbered = [
        _Numbered(
            clue,
            numbers[clue.condition] if clue.condition else -1,
            [numbers[condition] for condition in clue.previous],
            [numbers[condition] for condition in clue.next],
        )
        for clue in clues
    ]
    return Index(list(numbers)), numbered
