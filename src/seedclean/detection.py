"""Who published a document and how it was saved.

Addresses decide first, from what the document states of itself down to where its images lie; where none is known to a
pack, clues do. Two packs that claim a document at the same strength leave it without an origin: better none than wrong.
"""

from __future__ import annotations

from functools import lru_cache

from seedclean import addresses
from seedclean.conditions import Index, fullmatch
from seedclean.evidence import Evidence, own_addresses
from seedclean.model import Detection, Document
from seedclean.normal import squash
from seedclean.pack import Clue, Pack
from seedclean.registry import Registry


def detect(seen: Evidence, registry: Registry) -> Detection:
    """Name origin, account and capture of a document, with the clue that decided."""
    capture, stamp = _capture(seen, registry)
    origin, clue, rivals = _origin(seen, registry)
    if rivals:
        return Detection("", "", capture, stamp, rivals)
    return Detection(origin, _account(origin, seen, registry), capture, clue or stamp)


def _origin(seen: Evidence, registry: Registry) -> tuple[str, str, tuple[str, ...]]:
    packs = registry.origins()
    found = {id: f"{id}/{said}" for id, code in registry.extractors.items() if (said := code.detect(seen.document))}
    stated = False
    for own in own_addresses(seen):
        stated = True
        name = addresses.host(own.url)
        claims = [(len(domain), pack.id) for pack in packs for domain in pack.host if addresses.under(name, domain)]
        if claims:
            return max(claims)[1], f"address/{own.place}", ()
    if not stated:
        found |= {pack.id: clue for pack in packs if (clue := _clue(pack, seen))}
    if not found and not stated:
        found = {pack.id: "address/image" for pack in packs if _images(seen.document, pack)}
    if len(found) > 1:
        return "", "", tuple(sorted(found))
    id, clue = next(iter(found.items()), ("", ""))
    return id, clue, ()


def _images(document: Document, pack: Pack) -> bool:
    """Whether most images of a document lie where the pack's origin keeps its own."""
    if not pack.image:
        return False
    hosts = [
        addresses.host(addresses.image(block.url)) for block in document.blocks if block.kind == "image" and block.url
    ]
    known = sum(any(addresses.under(name, domain) for domain in pack.image) for name in hosts)
    return known * 2 > len(hosts) > 0


def _account(origin: str, seen: Evidence, registry: Registry) -> str:
    """The pack of the account on a platform."""
    for pack in registry.accounts(origin) if origin else ():
        if any(squash(name) in seen.facts["publisher"] for name in pack.publisher):
            return pack.id
    return ""


def _capture(seen: Evidence, registry: Registry) -> tuple[str, str]:
    """The capture with the most clues; its id breaks a tie."""
    best, most = ("", ""), 0
    for pack in registry.role("capture"):
        held = [clue for clue in pack.clues if _holds(clue, seen)]
        if len(held) > most:
            most, best = len(held), (pack.id, held[0].id)
    return best


def _clue(pack: Pack, seen: Evidence) -> str:
    return next((clue.id for clue in pack.clues if _holds(clue, seen)), "")


def _holds(clue: Clue, seen: Evidence) -> bool:
    stated = seen.document.stated
    if clue.stated and not set(clue.stated) <= {
        entry.name.casefold() for entry in stated if entry.place == "front-matter"
    }:
        return False
    comments = [entry.value for entry in stated if entry.place == "comment"]
    if clue.comment and not any(fullmatch(clue.comment, comment) for comment in comments):
        return False
    return clue.condition is None or _stands(clue, seen)


def _stands(clue: Clue, seen: Evidence) -> bool:
    """Whether a clue's condition holds of some block, with the neighbours that it asks for."""
    hits = _index(clue).hits(seen.views, seen.facts)
    previous = range(1, 1 + len(clue.previous))
    following = range(1 + len(clue.previous), 1 + len(clue.previous) + len(clue.next))
    for place, held in enumerate(hits):
        before = hits[place - 1] if place else []
        after = hits[place + 1] if place + 1 < len(hits) else []
        led = not previous or any(at in before for at in previous)
        if 0 in held and led and (not following or any(at in after for at in following)):
            return True
    return False


@lru_cache(maxsize=1024)
def _index(clue: Clue) -> Index:
    assert clue.condition
    return Index([clue.condition, *clue.previous, *clue.next])
