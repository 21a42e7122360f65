"""Metadata of a document: for each field the value of the first place that has one.

`candidates` has the places in their order; docs/how-it-decides.md explains them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from seedclean.model.document import Candidate, Decision, Opinions
from seedclean.model.vocabulary import DATES, LISTS
from seedclean.packs.context import MatchContext
from seedclean.packs.pack import Pack
from seedclean.record.candidates import all_candidates
from seedclean.record.line_places import headline_of
from seedclean.record.names import blogger, owner
from seedclean.record.publisher import Clues, is_title, publisher
from seedclean.record.title import publication, title_and_site
from seedclean.values import dates, host_names, houses, language, site_names, urls
from seedclean.values.people import is_person
from seedclean.values.text import squash

_OF_AUTHORS = ("rule:", "front-matter:", "head-line", "byline", "json-ld:")
"""Places that name the author of this document, not the owner of its site."""
_WEAK_DATES = ("meta:date", "head-line", "element:time")
"""Places that may hold the time when a page was served, or a date that its text is about."""
_SECOND = len("2024-05-06T07:08:09")
_RIVALS = 8
_BELOW = 8
"""The account that an article is by stands among so many blocks from its headline on."""
_DAY, _MINUTE = len("2024-05-06"), len("2024-05-06T07:08")


class Metadata(NamedTuple):
    """The value of each field that has one, and for each of them the values that lost, of those the best first."""

    values: Mapping[str, Candidate]
    rivals: Mapping[str, Sequence[Candidate]]


def gather(context: MatchContext, decisions: Sequence[Decision], packs: Sequence[Pack], opinions: Opinions) -> Metadata:
    """The value of each field that has one. What the extractor of the origin states overrules all other places."""
    candidates: dict[str, list[Candidate]] = {}
    platforms = _platforms(packs)
    for candidate in all_candidates(context, decisions, packs):
        is_stated = candidate.origin.startswith(("front-matter", "container"))
        if candidate.field == "publisher" and not is_stated and squash(str(candidate.value)) in platforms:
            continue  # pages on a platform name it as their site; the account is the publisher
        candidates.setdefault(candidate.field, []).append(candidate)
    candidates["published"] = _dated_near(candidates.get("published", []), context)
    wordings = [str(candidate.value) for candidate in candidates.get("title", [])]
    named = [one for one in candidates.get("publisher", []) if not is_title(str(one.value), wordings)]
    candidates["publisher"] = _accounts(named, context, decisions)
    metadata = {
        field: _first(field, several) for field, several in candidates.items() if several and field != "authors"
    }
    url = str(metadata["url"].value) if "url" in metadata else ""
    metadata |= _title_and_publisher(candidates, url, context, decisions, packs)
    names = _names(metadata, candidates["publisher"], packs)
    authors = _people(
        candidates.get("authors", []),
        names,
        host_names.label(urls.host(url)),
        is_own=host_names.is_shared(urls.host(url)),
    )
    authors = authors or blogger(metadata.get("publisher"))
    if authors:
        metadata["authors"] = authors
    if "title" in metadata and "language" not in metadata:
        title = metadata["title"]
        code = language.of(str(title.value))
        if code:
            metadata["language"] = replace(title, field="language", value=code)
    captured, published = metadata.get("captured"), metadata.get("published")
    if captured and published and captured.origin == "comment" and _same_second(captured, published):
        del metadata["captured"]  # the comment has the time of the document, not that of its capture
    metadata |= opinions.metadata
    return Metadata(metadata, {field: _rivals(metadata[field], candidates.get(field, ())) for field in metadata})


def _title_and_publisher(
    candidates: Mapping[str, Sequence[Candidate]],
    url: str,
    context: MatchContext,
    decisions: Sequence[Decision],
    packs: Sequence[Pack],
) -> dict[str, Candidate]:
    """Of the title and the publisher those that have a value: each tells which part of a stated title is the other."""
    house = _house(context, url)
    stated = [str(candidate.value) for candidate in candidates.get("publisher", ())]
    titles = candidates.get("title", ())
    known = owner(
        context, [*stated, *_pack_names(packs), *filter(None, [house])], [str(one.value) for one in titles], url
    )
    title, site = title_and_site(titles, candidates.get("authors", ()), context, decisions, known.around)
    if site and squash(str(site.value)) in _platforms(packs):
        site = publication(titles, _platforms(packs))
    values = {"title": title, "publisher": publisher(candidates, packs, Clues(site, known.names, house, known.host))}
    return {field: value for field, value in values.items() if value}


def _platforms(packs: Sequence[Pack]) -> set[str]:
    return {squash(pack.name) for pack in packs if pack.platform}


def _dated_near(candidates: Sequence[Candidate], context: MatchContext) -> list[Candidate]:
    """The dates without those of weak places that the date in the document's own address contradicts."""
    paths = [urls.path(own.url) for own in context.addresses[:1]]
    return [
        candidate
        for candidate in candidates
        if candidate.origin not in _WEAK_DATES or all(dates.near(str(candidate.value), path) for path in paths)
    ]


def _accounts(candidates: Sequence[Candidate], context: MatchContext, decisions: Sequence[Decision]) -> list[Candidate]:
    """The candidates for the publisher. Where rules name several accounts, as in a list of articles, only one right below the
    headline is the document's."""
    ruled = [candidate for candidate in candidates if candidate.origin.startswith("rule:")]
    if len({squash(str(candidate.value)) for candidate in ruled}) < 2:
        return list(candidates)
    headline = headline_of(context, decisions)
    below = decisions[headline : headline + _BELOW] if headline is not None else ()
    starts = {decision.block.start for decision in below}
    return [candidate for candidate in candidates if candidate not in ruled or candidate.start in starts]


def _house(context: MatchContext, url: str) -> str:
    """The house that has the host of one of the document's addresses, else the one to whose hosts its links lead."""
    hosts = [urls.host(url), *(urls.host(own.url) for own in context.addresses)]
    return houses.name_of(hosts) or context.links.owner(houses.by_host())


def _same_second(one: Candidate, other: Candidate) -> bool:
    return len(str(other.value)) >= _SECOND and str(one.value)[:_SECOND] == str(other.value)[:_SECOND]


def _rivals(chosen: Candidate, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The values that other places state and that lost, each once; a date that is the chosen one without its time is no other."""
    is_date = chosen.field in DATES
    several = {
        one.value: one
        for one in reversed(candidates)
        if one.origin != chosen.origin
        and not (str(chosen.value).startswith(str(one.value)) if is_date else one.value == chosen.value)
    }
    return tuple(reversed(several.values()))[:_RIVALS]


def _first(field: str, candidates: Sequence[Candidate]) -> Candidate:
    """The first candidate. Lists that several rules give are joined; a stated language must agree with the text's."""
    first = candidates[0]
    if field == "language":
        of_text = candidates[-1]
        agree = of_text.origin != "text" or language.agree(str(first.value), str(of_text.value))
        return first if agree else of_text
    if field in DATES:
        return _most_precise(candidates)
    if field not in LISTS or not first.origin.startswith("rule:"):
        return first
    values = [value for candidate in candidates if candidate.origin.startswith("rule:") for value in candidate.value]
    return Candidate(field, tuple(dict.fromkeys(values)), first.origin, first.start, first.end)


def _names(metadata: Mapping[str, Candidate], stated: Sequence[Candidate], packs: Sequence[Pack]) -> set[str]:
    """The names, folded, under which the publisher may stand in a byline or a title. `stated`: what is stated of it; each of them is
    a name of the house, whichever is chosen."""
    names = {squash(name) for name in [*_pack_names(packs), *(str(one.value) for one in stated)]}
    if "publisher" in metadata:
        chosen = metadata["publisher"]
        is_own_site = chosen.origin.startswith("text:") and is_person(str(chosen.value))
        names |= set() if is_own_site else {squash(str(chosen.value))}
    return names - {""}


def _most_precise(candidates: Sequence[Candidate]) -> Candidate:
    """The first date, or the same with its time, its seconds or its zone, as another place states it."""
    first = str(candidates[0].value)
    finer = (one for one in candidates if str(one.value).startswith(tuple(first + sign for sign in "T:+-Z")))
    return next(finer, candidates[0]) if len(first) in (_DAY, _MINUTE, _SECOND) else candidates[0]


def _pack_names(packs: Sequence[Pack]) -> list[str]:
    return [name for pack in packs if pack.role == "origin" for name in (pack.id, pack.name)]


def _people(candidates: Sequence[Candidate], publishers: set[str], host: str, is_own: bool) -> Candidate | None:
    """The first candidate that names people other than the publisher; what several rules give is joined. `host` is the label of the
    page's host: behind people, it names their employer.

    Where none does, who is named at a place that states nothing but authors stays: the site is a person's own. So does who is named
    in a meta tag, where it tells a person or `is_own` says that the host is one where people have their sites.
    """
    people, own = [], []
    for candidate in candidates:
        is_stated = candidate.origin.startswith(_OF_AUTHORS)
        names = tuple(name for name in candidate.value if squash(name) not in publishers)
        names = tuple(name for at, name in enumerate(names) if not at or squash(name) != host)
        if candidate.origin.startswith("meta:"):  # systems fill the tag with the house where they know no author
            names = tuple(name for name in names if not site_names.is_like_name(name))
            named = [name for name in candidate.value if not site_names.is_like_name(name)]
            is_stated = len(named) == 1 and (is_own or (not named[0].isascii() and is_person(named[0])))
        if any(map(is_person, names)):  # behind a name, for whom the person works
            names = tuple(name for name in names if is_person(name) or not site_names.is_like_name(name))
        if names:
            people.append(replace(candidate, value=names))
        elif is_stated and candidate.value:
            own.append(candidate)
    return _first("authors", people or own) if people or own else None
