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
from seedclean.record.names import Name
from seedclean.values import site_names, titles
from seedclean.values.text import squash

_SURE = ("rule:", "front-matter:", "container:", "script:", "comment")
"""Places that state the publisher of this very document; a page's head states whose site it is."""
_LONE = ("host", "house", "crumb", "owner", "holder", "app")
"""Places that name the site even where no other place does, the surest first."""
_IMPRINT = ("host", "owner", "holder")
_ANY = ("host", "app", "house")
"""Of these a name need not end as the names of houses do."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What tells of the publisher beside the statements: the name beside the headline, the names around the text, and the
    house whose hosts the page's address or its links have; None or empty where there is none."""

    site: Candidate | None
    around: Sequence[Name]
    house: str


def publisher(candidates: Mapping[str, Sequence[Candidate]], packs: Sequence[Pack], clues: Clues) -> Candidate | None:
    """The publisher with its place; None where nothing names one. On a platform the account is the publisher, not the origin."""
    wordings = [str(title.value) for title in candidates.get("title", ())]
    origin = next((pack for pack in packs if pack.role == "origin" and not pack.extends), None)
    stated = candidates.get("publisher", ())
    is_account = bool(stated) and stated[0].origin.startswith("rule:")
    if origin is not None and not origin.platform and not is_account:
        return Candidate("publisher", titles.refined(origin.name, wordings), f"pack:{origin.id}", 0, 0)
    if stated:
        chosen = stated[0] if stated[0].origin.startswith(_SURE) else _confirmed(stated, clues)
        return replace(chosen, value=titles.refined(site_names.site_name(str(chosen.value)), wordings))
    house = Candidate("publisher", clues.house, "host", 0, 0) if clues.house else None
    named = [name for name in clues.around if not site_names.is_domain(name.text)]
    return _unstated(clues.site, named) or house or _unstated(None, clues.around)


def _confirmed(stated: Sequence[Candidate], clues: Clues) -> Candidate:
    """The first statement that the title or the page around the text repeats; where none is, the name beside the headline if
    the page bears it as an application too, else the first statement. A domain gives way to a name."""
    site = squash(str(clues.site.value)) if clues.site else ""
    shown = {squash(name.text) for name in clues.around}
    folded = [squash(site_names.site_name(str(one.value))) for one in stated]
    for names in ({site}, shown):
        repeated = (one for one, name in zip(stated, folded, strict=True) if name in names)
        named = next((one for one in repeated if not site_names.is_domain(str(one.value))), None)
        if named is not None:
            return named
    is_app = any(name.place == "app" and squash(name.text) == site for name in clues.around)
    if clues.site and is_app:
        return clues.site
    return next((one for one in stated if not site_names.is_domain(str(one.value))), stated[0])


def _unstated(site: Candidate | None, around: Sequence[Name]) -> Candidate | None:
    """The name on which places of two sorts agree, else the name beside the headline, else a name that stands where a page says
    whose it is."""
    agreed = next((name for name in around if _is_agreed(name, around)), None)
    if site and (agreed is None or _is_alike(agreed.text, str(site.value)) or site_names.is_firm(agreed.text)):
        return site
    if agreed:
        return _candidate(agreed)
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
    same = (other.place for other in around if squash(other.text) == squash(name.text))
    return len({"imprint" if place in _IMPRINT else place for place in same}) > 1


def _is_alike(one: str, other: str) -> bool:
    """Whether one name is part of the other: a house and its newsroom."""
    one, other = squash(one), squash(other)
    return one in other or other in one


def _candidate(name: Name) -> Candidate:
    return Candidate("publisher", name.text, f"text:{name.place}", name.start, name.end)
