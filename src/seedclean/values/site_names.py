"""Names of houses, offices, firms and sites, by the words that they begin and end with (titles.toml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from seedclean.values.scripts import HAN
from seedclean.values.tables import table
from seedclean.values.text import squash

SIGNS = " \u3000-–—|·_»«‹›<>•~\\/│｜丨"
"""Signs that part a name from what stands beside it."""
_LOGO_CHARS = 3
"""Of fewer letters a name may say itself twice: QQ, 滴滴."""
SITE_CHARS = 40
"""The name of a site is no longer than this; in Latin letters half as long again."""
_HAN = re.compile(f"[{HAN}]")
_DOMAIN = re.compile(r"(?:www\.)?(?:[a-z0-9-]{1,40}\.){1,3}[a-z]{2,10}", re.I)


@dataclass(frozen=True, slots=True)
class _Words:
    endings: tuple[str, ...]
    before: tuple[str, ...]
    behind: tuple[str, ...]
    sections: frozenset[str]
    software: tuple[str, ...]


@cache
def _words() -> _Words:
    words = table("titles")
    return _Words(
        tuple(words["names"]),
        tuple(words["before_names"]),
        tuple(words["behind_names"]),
        frozenset(map(squash, words["sections"])),
        tuple(words["software"]),
    )


def fits(text: str) -> bool:
    """Whether a text is short enough for the name of a site."""
    return len(text) <= (SITE_CHARS * 3 // 2 if text.isascii() else SITE_CHARS)


def is_platform(text: str) -> bool:
    """Whether a text is the name of a platform, which stands where a page names no account."""
    return text.strip().casefold() in table("titles")["platforms"]


def is_section(text: str) -> bool:
    """Whether a text names a section of a site and nothing else."""
    return squash(text) in _words().sections


def is_like_name(text: str) -> bool:
    """Whether a text ends as the names of houses, offices, firms and sites do."""
    name = text.strip(SIGNS).casefold()
    if (
        not name
        or len(name) > SITE_CHARS
        or name in _words().endings
        or is_section(name)
        or any(sign in name for sign in "，。！？!?；;")
    ):
        return False
    if name.isascii() and any(map(str.isdigit, name)):  # the name of a version, not of a house
        return False
    return name.endswith(_words().endings) and any(
        name.endswith(ending) and len(name) >= len(ending) + (1 if _HAN.search(ending) else 2)
        and (not ending.isascii() or not name[-len(ending) - 1].isalnum())
        for ending in _words().endings
    )  # fmt: skip


def is_office(name: str) -> bool:
    """Whether a Chinese name consists of words that name what an office or its site does, not whose it is: 研究生招生信息网."""
    words = table("titles")["offices"]
    ends = {0}
    for at in range(len(name)):
        if at in ends:
            ends.update(at + len(word) for word in words if name.startswith(word, at))
    return len(name) in ends and bool(name)


def is_firm(name: str) -> bool:
    """Whether a name is that of a firm, which may run many sites."""
    return name.casefold().endswith(tuple(table("labels")["imprint"]["firms"]))


def site_name(text: str) -> str:
    """The name in a text that names a site: without a domain, a slogan or the word website behind it."""
    name = text.strip(SIGNS)
    half = name[: len(name) // 2]
    if len(half) >= _LOGO_CHARS and name == half * 2:  # a logo and its text
        name = half
    for word in _words().before:
        if name.casefold().startswith(word) and len(name) > len(word) + 1:
            name = name[len(word) :].strip(SIGNS)
    words = name.split()
    while len(words) > 1 and _DOMAIN.fullmatch(words[-1]):
        words.pop()
        name = " ".join(words)
    name = _without_slogan(name.strip(SIGNS))
    for word in _words().behind:
        if name.casefold().endswith(word) and len(name) > len(word) + 1:
            return name[: -len(word)].strip(SIGNS)
    return name


def _without_slogan(name: str) -> str:
    """The name without the slogan behind it: behind a dash or a colon of a long one, and behind a blank where it is written
    without blanks itself."""
    is_han = _HAN.search(name) is not None
    first = name.replace(" » ", " | ").split(" | ")[0].strip(SIGNS)
    if first != name and len(squash(first)) > 1 and not is_section(first):
        name = first
    if len(name) <= SITE_CHARS and not (is_han and any(sign in name for sign in "，。！？!")):
        return name
    if is_han:
        return name.split()[0].strip(SIGNS)
    cuts = [at for sign in (": ", " - ", " – ", " — ", " | ", " • ", " · ") if (at := name.find(sign)) > 0]
    return name[: min(cuts)].strip(SIGNS) if cuts else name


def is_domain(text: str) -> bool:
    """Whether a text is a domain and nothing else."""
    return _DOMAIN.fullmatch(text.strip(SIGNS)) is not None


def is_file(text: str) -> bool:
    """Whether a text is the name of a file, or an address without its scheme."""
    return text.isascii() and " " not in text and "." in text[:-1] and any(map(str.isdigit, text))


def is_idle(text: str) -> bool:
    """Whether a part of a title is the software's, a domain or a list of search words."""
    text = text.strip(SIGNS)
    if text.casefold().startswith(_words().software) or _DOMAIN.fullmatch(text):
        return True
    return text.count(",") + text.count("，") >= 2 and " " not in text
