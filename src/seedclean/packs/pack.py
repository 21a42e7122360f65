"""The nouns of rules: condition, rule, clue, pack. `parser` reads them from a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from seedclean.model.vocabulary import Verdict
from seedclean.packs.selectors import Selector
from seedclean.values import urls


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold of one block by itself. Several words mean and; several values of a word mean or."""

    says: frozenset[str] = frozenset()
    matches: tuple[str, ...] = ()
    kind: frozenset[str] = frozenset()
    inside: tuple[Selector, ...] = ()
    beside: tuple[Selector, ...] = ()
    same: frozenset[str] = frozenset()
    url: tuple[str, ...] = ()
    chars: int = 0
    first: int = 0
    last: int = 0
    run: int = 0
    beyond: int = 0
    hidden: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    """The documents that the condition speaks of, as `scopes.scope` writes them; empty for all."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One named reason to keep or remove a block; `id` is `pack/name` and public."""

    id: str
    verdict: Verdict
    category: str
    label: str
    why: str
    condition: Condition
    status: str = ""
    after: tuple[Condition, ...] = ()
    before: tuple[Condition, ...] = ()
    previous: tuple[Condition, ...] = ()
    next: tuple[Condition, ...] = ()
    spares: tuple[str, ...] = ()
    unless_listing: bool = False
    """Whether the rule gives way on a page that is mostly what it removes: then the list is the document."""

    def surroundings(self) -> tuple[Condition, ...]:
        """What the rule asks of other blocks."""
        return (*self.after, *self.before, *self.previous, *self.next)


@dataclass(frozen=True, slots=True)
class Clue:
    """One sign by which an origin or a capture is known where no address tells."""

    id: str
    why: str
    condition: Condition | None
    stated: tuple[str, ...] = ()
    comment: str = ""
    written: tuple[str, ...] = ()
    """Patterns for a whole line of the source, of which one must match."""
    spares: tuple[str, ...] = ()
    previous: tuple[Condition, ...] = ()
    next: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """The rules of one origin, capture or account, of all documents (`role` common), or learnt from some (`role` learned).

    Compared by identity, so it can be a key.
    """

    id: str
    name: str
    role: str
    file: str
    host: tuple[str, ...] = ()
    image: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    extends: str = ""
    platform: bool = False
    front: Mapping[str, str] = field(default_factory=dict)
    script: tuple[str, ...] = ()
    clues: tuple[Clue, ...] = ()
    rules: tuple[Rule, ...] = ()
    frame: tuple[str, ...] = ()
    """Ids of the rules that show that a document is in a form the pack knows: one that keeps the body, or takes the last
    line of the head of bare text."""
    outside: tuple[str, ...] = ()
    """Ids of the rules that remove whatever stands outside of the body."""

    def claim(self, url: str) -> int:
        """How many characters of an address the pack claims: the length of the longest of its hosts that the address is
        under, paths included; 0 where it claims none."""
        name, path = urls.host(url), urls.path(url)
        claims = [len(entry) for entry in self.host if _under(name, path, entry)]
        return max(claims, default=0)


def _under(name: str, path: str, entry: str) -> bool:
    domain, _, folder = entry.partition("/")
    return urls.under(name, domain) and (not folder or f"{path}/".startswith(f"/{folder}/"))


def front_names(packs: Sequence[Pack]) -> dict[str, str]:
    """What front matter keys stand for; the first pack that names a key decides."""
    names: dict[str, str] = {}
    for pack in reversed(packs):
        names |= pack.front
    return names
