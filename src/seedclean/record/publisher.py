"""Who published a document: the pack of its origin, what the page states, the name beside its headline, or what stands
around its text.

A place of a page names something else often enough: a title that others wrote over, a system's default, the firm behind a
site. So a name counts for more where places of other sorts have it too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from seedclean.model.document import Candidate
from seedclean.packs.pack import Pack
from seedclean.record.names import IMPRINT, Name
from seedclean.values import host_names, site_names, title_parts, titles, urls
from seedclean.values.text import squash

_SURE = ("rule:", "front-matter:", "container:", "script:", "comment")
"""Places that state the publisher of this very document; a page's head states whose site it is."""
_LONE = ("among", "host", "house", "crumb", "owner", "holder", "app")
"""Places that name the site even where no other place does, the surest first."""
_ANY = ("among", "host", "app", "house")
"""Of these a name need not end as the names of houses do."""
_WORD = 6
"""`The Quay Blog` for `The Quay`: so many letters are a word more."""
_OWN_WORDS = ("app", "home")
"""Where a page calls its site by name, not the house or the firm behind it."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What tells of the publisher beside the statements: the name beside the headline, the names around the text, the house whose
    hosts the page's address or its links have, and the host; None or empty where there is none."""

    site: Candidate | None
    around: Sequence[Name]
    house: str
    host: str


def publisher(candidates: Mapping[str, Sequence[Candidate]], packs: Sequence[Pack], clues: Clues) -> Candidate | None:
    """The publisher with its place; None where nothing names one. On a platform the account is the publisher, not the origin."""
    wordings = [str(title.value) for title in candidates.get("title", ())]
    origin = next((pack for pack in packs if pack.role == "origin" and not pack.extends), None)
    stated = candidates.get("publisher", ())
    site = clues.site if clues.site and _is_credible(str(clues.site.value), clues) else None
    is_account = bool(stated) and stated[0].origin.startswith("rule:")
    if origin is not None and not origin.platform and not is_account:
        return Candidate("publisher", titles.refined(origin.name, wordings), f"pack:{origin.id}", 0, 0)
    if stated:
        chosen = stated[0] if stated[0].origin.startswith(_SURE) else _confirmed(stated, replace(clues, site=site))
        if chosen is not stated[0] or site_names.is_domain(str(chosen.value)):
            chosen = _spelled(stated, candidates.get("title", ())) or chosen
        return replace(chosen, value=titles.refined(site_names.site_name(str(chosen.value)), wordings))
    house = Candidate("publisher", clues.house, "host", 0, 0) if clues.house else None
    named = [name for name in clues.around if not site_names.is_domain(name.text)]
    if site:
        site = replace(site, value=_without_translation(str(site.value), clues))
    return (
        _named(site, named)
        or house
        or _named_after_host(candidates.get("title", ()), clues.host)
        or _lone(named)
        or _named(None, clues.around)
        or _own_domain(candidates, clues.host)
    )


def is_title(name: str, wordings: Sequence[str]) -> bool:
    """Whether a stated name is the title of a page, which some systems write there."""
    is_name = site_names.fits(name) and len(title_parts.parts(name)) == 1
    return not is_name and squash(name) in map(squash, wordings)


def _without_translation(name: str, clues: Clues) -> str:
    """The name without a section and the Latin form of both behind it, where the page names the site without them:
    `某社即時新聞 MS NEWS`, but not `某社 ms`."""
    first, _, rest = name.partition(" ")
    short = site_names.site_name(first)
    known = [squash(one.text) for one in clues.around]
    is_repeated = any(one.startswith(squash(short)) for one in known)
    return short if rest and rest.isascii() and short != first and is_repeated else name


def _is_credible(name: str, clues: Clues) -> bool:
    """Whether a text beside the headline may be the site's name: one in Latin letters that ends as no name does, that the page bears
    nowhere else and after which the known host is not named is a part of the headline or a sort of text."""
    if not host_names.label(clues.host) or not name.isascii() or site_names.is_like_name(name):
        return True
    is_shown = any(squash(one.text) == squash(name) for one in clues.around)
    return is_shown or host_names.is_shared(clues.host) or host_names.is_named_after(name, clues.host)


def _named_after_host(candidates: Sequence[Candidate], host: str) -> Candidate | None:
    """The name after which the host is named, at the end of a title that says something else than the headline."""
    for title in candidates if host else ():
        *before, last = title_parts.parts(str(title.value)) or [""]
        is_name = site_names.fits(last) and not site_names.is_domain(last) and host_names.is_titled(last)
        if before and is_name and host_names.is_named_after(last, host):
            return replace(title, field="publisher", value=site_names.site_name(last))
    return None


def _spelled(stated: Sequence[Candidate], candidates: Sequence[Candidate]) -> Candidate | None:
    """The name in a title, behind its headline, after which the domain is named that alone is stated: `The Old Heron` for
    `heron.example`, which may call itself so, but not `Heron`."""
    domains = {str(one.value).strip().casefold() for one in stated}
    host = next(iter(domains))
    for title in candidates if len(domains) == 1 and site_names.is_domain(host) else ():
        for part in reversed(title_parts.parts(str(title.value))[1:]):
            is_name = site_names.fits(part) and not site_names.is_domain(part) and host_names.is_titled(part)
            is_other = host.startswith("www.") or squash(part) != host_names.label(host)
            if is_name and is_other and host_names.is_named_after(part, host):
                return replace(title, field="publisher", value=site_names.site_name(part))
    return None


def _own_domain(candidates: Mapping[str, Sequence[Candidate]], host: str) -> Candidate | None:
    """The page's own domain, where it stands as the site's name at an end of its title."""
    for title in candidates.get("title", ()):
        parts = title_parts.parts(str(title.value))
        for part in (parts[-1], parts[0]) if len(parts) > 1 else ():
            if site_names.is_domain(part) and urls.under(host, part.casefold().removeprefix("www.")):
                return replace(title, field="publisher", value=part)
    return None


def _confirmed(stated: Sequence[Candidate], clues: Clues) -> Candidate:
    """The first statement that the title repeats; where none is, the name beside the headline if the page calls itself so too, else
    the first statement that the page around the text repeats, else the first. A domain gives way to a name."""
    site = squash(str(clues.site.value)) if clues.site else ""
    shown = {squash(name.text) for name in clues.around}
    folded = [squash(site_names.site_name(str(one.value))) for one in stated]
    is_own = any(name.place in _OWN_WORDS and squash(name.text) == site for name in clues.around)
    for names in ({site}, set() if is_own else shown):
        repeated = (one for one, name in zip(stated, folded, strict=True) if name in names)
        named = next((one for one in repeated if not site_names.is_domain(str(one.value))), None)
        if named is not None:
            return named
    if clues.site and is_own and not any(_is_form(str(one.value), str(clues.site.value)) for one in stated):
        return clues.site
    named = next((one for one in stated if not site_names.is_domain(str(one.value))), None)
    is_address = str(stated[0].value).lower().startswith("www.")  # `quay.example` may be what a site calls itself
    return named or (clues.site if is_address and clues.site else stated[0])


def _is_form(statement: str, site: str) -> bool:
    """Whether a statement is the name of a site with a word more, or the one of which the site bears the initials."""
    if site_names.is_domain(statement):
        return False
    whole, short = squash(statement), squash(site)
    is_longer = short in whole and len(whole) <= len(short) + _WORD and site_names.is_like_name(statement)
    return is_longer or short == host_names.initials(statement)


def _named(site: Candidate | None, around: Sequence[Name]) -> Candidate | None:
    """The name on which places of two sorts agree, else the name beside the headline."""
    agreed = next((name for name in around if _is_agreed(name, around)), None)
    if site and (agreed is None or _is_alike(agreed.text, str(site.value)) or site_names.is_firm(agreed.text)):
        return site
    return _candidate(agreed) if agreed else None


def _lone(around: Sequence[Name]) -> Candidate | None:
    """A name that stands where a page says whose it is, and nowhere else."""
    for place in _LONE:
        for name in around:
            if (
                name.place == place
                and (place in _ANY or site_names.is_like_name(name.text))
                and not site_names.is_firm(name.text)
            ):
                return _candidate(name)
    return None


def _is_agreed(name: Name, around: Sequence[Name]) -> bool:
    same = {other.place for other in around if squash(other.text) == squash(name.text)} - {"among"}
    return len({"imprint" if place in IMPRINT else place for place in same}) > 1


def _is_alike(one: str, other: str) -> bool:
    """Whether one name is part of the other: a house and its newsroom."""
    one, other = squash(one), squash(other)
    return one in other or other in one


def _candidate(name: Name) -> Candidate:
    return Candidate("publisher", name.text, f"text:{name.place}", name.start, name.end)
