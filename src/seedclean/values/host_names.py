"""What a host tells of the name of its site: `quayside.example` is the host of The Quayside, `qsn.example` of Quay Street News."""

from __future__ import annotations

import re

from seedclean.values import urls
from seedclean.values.tables import table
from seedclean.values.text import normal, squash

_WORD = re.compile(r"[a-z0-9à-ÿ]+")
_LABEL = 4
"""A shorter label or word stands in another by chance."""
_INITIALS = 3
_COUNTRY = 2


def label(host: str) -> str:
    """The label of a host that was chosen for its site; empty where it has none.

    It stands before the top-level domain, or before `com.cn` and the like; under a host where everybody has a site it is the next.
    """
    labels = host.removeprefix("www.").split(".")
    words = table("urls")["hosting"]
    suffix = 1
    if len(labels) > 2 and len(labels[-1]) == _COUNTRY and labels[-2] in words["second_level"]:
        suffix = 2
    suffix = max([suffix, *(shared.count(".") + 1 for shared in words["shared"] if urls.under(host, shared))])
    return squash(labels[-suffix - 1]) if len(labels) > suffix else ""


def is_shared(host: str) -> bool:
    """Whether everybody has a site under a host, named as they like."""
    return any(urls.under(host, shared) for shared in table("urls")["hosting"]["shared"])


def is_titled(name: str) -> bool:
    """Whether the words of a name have capitals or digits as names do: `Heron Post of the Quay`, not `Shoes from Heron`."""
    small = table("urls")["hosting"]["small"]
    return all(word in small or not word.islower() for word in name.split()) or " " not in name


def is_named_after(name: str, host: str) -> bool:
    """Whether a name in Latin letters and a host name one site: they share a word, or the host has the initials of the name."""
    words = _WORD.findall(normal(name).casefold())
    own = label(host)
    if not words or not own:
        return False
    joined = "".join(words)
    idle = table("urls")["hosting"]["idle"]
    if own == joined or own in words or (len(own) >= _LABEL and own in joined):
        return own not in idle
    others = [squash(one) for one in host.split(".")[:-1]]
    telling = [word for word in words if len(word) >= _LABEL and word not in idle]
    if any(word in one for word in telling for one in others):
        return True
    first = initials(name)
    return len(first) >= _INITIALS and (own.startswith(first) or (len(own) >= _INITIALS and first.endswith(own)))


def initials(name: str) -> str:
    """The first letters of the words of a name in Latin letters, without those of small words such as `of`."""
    words = _WORD.findall(normal(name).casefold())
    return "".join(word[0] for word in words if word not in table("urls")["hosting"]["small"])
