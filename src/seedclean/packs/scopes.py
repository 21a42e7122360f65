"""For which documents a rule with `of` speaks: those of a host, an origin, a capture, or an account of a platform."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from seedclean.packs.pack import Pack, Rule
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


@lru_cache(maxsize=256)
def _naming(pack: Pack) -> tuple[Rule, ...]:
    """The rules of a pack that take the publisher from a line."""
    return tuple(
        rule
        for rule in pack.rules
        if rule.label and any("publisher" in compiled(pattern).groupindex for pattern in rule.condition.matches)
    )


def bylines(pack: Pack, texts: Sequence[str]) -> Iterator[str]:
    """The publishers in the first lines of a document that rules of a pack take them from."""
    for rule in _naming(pack):
        for text in texts[: rule.condition.first]:
            name = groups(rule.condition.matches, text).get("publisher")
            if name:
                yield name
