"""Where the links of a document lead: the frame of a page leads to its own site, and to the front page of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from seedclean.model.document import Block
from seedclean.values import urls

_LINKS = 20
"""Fewer links are no frame of a page."""


class Links:
    """The links of a document, looked at when somebody first asks about them: who published it, and whose its house is."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks

    @cached_property
    def _counts(self) -> Counter[tuple[str, bool]]:
        """How many links lead to each host, those to its front page apart."""
        return Counter(_targets(self._blocks))

    def owner(self, owners: Mapping[str, str]) -> str:
        """To whose hosts more than half of the links lead, their front page among them; empty if to nobody's that is known.

        `owners` names who has a host with those below it. A list of somebody's pages does not lead to the front page.
        """
        links = self._counts
        if links.total() < _LINKS:
            return ""
        hosts: Counter[str] = Counter()
        for (host, _), count in links.items():
            hosts[host] += count
        known = {host: urls.of_host(owners, host) for host in hosts}
        counts: Counter[str] = Counter()
        for host, count in hosts.items():
            counts[known[host]] += count
        del counts[""]
        name = max(sorted(counts), key=lambda name: counts[name], default="")
        has_front = any(is_front and known[host] == name for host, is_front in links)
        return name if has_front and counts[name] * 2 > hosts.total() else ""


def _targets(blocks: Sequence[Block]) -> Iterator[tuple[str, bool]]:
    """The host of each link that names one, and whether the link leads to its front page."""
    for block in blocks:
        for url in (block.url, *[mark.url for mark in block.marks if mark.type == "link"]):
            scheme, slashes, rest = url.partition("//") if url else ("", "", "")
            if slashes and scheme.strip().lower() in ("", "http:", "https:"):
                host = urls.host("//" + rest)
                if host:
                    yield host, not rest.partition("/")[2].strip("/?# ")
