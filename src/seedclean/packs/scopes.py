"""For which documents a rule with `of` speaks: those of a host, an origin, a capture, or an account of a platform."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from seedclean.packs.pack import Pack
from seedclean.packs.patterns import compiled, groups
from seedclean.values.text import squash

_SHARED = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})
"""Second labels under which a country gives names to all: `com.cn` is no site."""


def scope(text: str) -> str:
    """The compared form of a value of `of`: a host, the id of a pack, or `id/publisher` for an account of a platform."""
    id, slash, publisher = text.strip().partition("/")
    return f"{id}/{squash(publisher)}" if slash else id.lower()


def scopes(packs: Iterable[Pack], host: str, publishers: Iterable[str]) -> frozenset[str]:
    """All scopes of a document: the hosts that it is under, its packs, and the accounts that squashed names stand for."""
    names = {*_hosts(host)}
    for pack in packs:
        if pack.role in ("origin", "capture"):
            names.add(pack.id)
        if pack.platform:
            names.update(f"{pack.id}/{name}" for name in publishers if name)
    return frozenset(names)


def _hosts(host: str) -> Iterator[str]:
    labels = host.removeprefix("www.").split(".")
    for at in range(len(labels) - 1):
        if len(labels) - at > 2 or len(labels[-1]) > 2 or labels[at] not in _SHARED:
            yield ".".join(labels[at:])


def bylines(pack: Pack, texts: Sequence[str]) -> Iterator[str]:
    """The publishers in the first lines of a document that rules of a pack take them from."""
    for rule in pack.rules:
        names = rule.label and any("publisher" in compiled(pattern).groupindex for pattern in rule.condition.matches)
        for text in texts[: rule.condition.first] if names else ():
            name = groups(rule.condition.matches, text).get("publisher")
            if name:
                yield name
