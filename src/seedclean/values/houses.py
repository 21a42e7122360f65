"""Names of publishing houses by their hosts: the table houses.toml."""

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
