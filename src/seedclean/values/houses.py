"""Names of publishing houses by their hosts: the table houses.toml."""

from __future__ import annotations

from collections.abc import Iterable

from seedclean.values.tables import table


def name_of(hosts: Iterable[str]) -> str:
    """The name of the house that the first known of these hosts, in lower case, belongs to; empty if none is known."""
    names = table("houses")["names"]
    for host in hosts:
        labels = host.split(".")
        for at in range(len(labels) - 1):
            if name := names.get(".".join(labels[at:])):
                return str(name)
    return ""
