"""Names of publishing houses by their hosts and by the holders of their rights: the table houses.toml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from seedclean.values import urls
from seedclean.values.tables import table


def name_of(hosts: Iterable[str]) -> str:
    """The name of the house that the first known of these hosts, in lower case, belongs to; empty if none is known."""
    return next(filter(None, (urls.of_host(by_host(), host) for host in hosts)), "")


def by_host() -> Mapping[str, str]:
    """The name of each house by its hosts."""
    return table("houses")["names"]  # type: ignore[no-any-return]


def of_holder(imprint: str) -> str:
    """The name of the house that an imprint names as the holder of its rights; empty if it names none that is known."""
    folded = imprint.casefold()
    return next((str(name) for holder, name in table("houses")["holders"].items() if holder in folded), "")
