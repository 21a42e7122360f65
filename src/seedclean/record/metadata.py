"""Metadata of a document: for each field the value of the first place that has one.

`candidates` has the places in their order; docs/how-it-decides.md explains them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from seedclean.model.document import Candidate, Decision, Opinions
from seedclean.model.vocabulary import DATES, LISTS
from seedclean.packs import link_hosts
from seedclean.packs.context import MatchContext
from seedclean.packs.pack import Pack
from seedclean.record import headline
from seedclean.record.candidates import all_candidates
from seedclean.record.line_places import headline_of
from seedclean.record.names import owner
from seedclean.record.publisher import Clues, is_title, publisher
from seedclean.values import dates, houses, language, site_names, titles, urls
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
_CUT_CHARS = 90
"""Some systems cut the headline of linked data at 110 characters, at the end of a word."""
_SECTION_CHARS = 8
"""A Chinese title in a page's head that is no longer than this, and that nothing in the page repeats, may be that of a section."""


class Metadata(NamedTuple):
    """The value of each field that has one, and for each of them the values that lost, of those the best first."""

    values: Mapping[str, Candidate]
    rivals: Mapping[str, Sequence[Candidate]]


def gather(context: MatchContext, decisions: Sequence[Decision], packs: Sequence[Pack], opinions: Opinions) -> Metadata:
    """The value of each field that has one. What the extractor of the origin states overrules all other places."""
    candidates: dict[str, list[Candidate]] = {}
    platforms = {squash(pack.name) for pack in packs if pack.platform}
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
    stated = [str(candidate.value) for candidate in candidates.get("publisher", [])]
    house = _house(context, url)
    known = owner(context, [*stated, *_pack_names(packs), *filter(None, [house])], wordings, url)
    title, site = _title(candidates.get("title", []), context, decisions, known.around)
    metadata |= {"title": title} if title else {}
    if site and squash(str(site.value)) in platforms:
        site = _publication(candidates.get("title", []), platforms)
    published_by = publisher(candidates, packs, Clues(site, known.names, house, known.host))
    metadata |= {"publisher": published_by} if published_by else {}
    authors = _people(candidates.get("authors", []), _names(metadata, packs))
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
    return houses.name_of(hosts) or link_hosts.owner(context.document.blocks, houses.by_host())


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
        agree = str(first.value).split("-")[0] == str(of_text.value).split("-")[0]
        return first if agree or of_text.origin != "text" else of_text
    if field in DATES:
        return _most_precise(candidates)
    if field not in LISTS or not first.origin.startswith("rule:"):
        return first
    values = [value for candidate in candidates if candidate.origin.startswith("rule:") for value in candidate.value]
    return Candidate(field, tuple(dict.fromkeys(values)), first.origin, first.start, first.end)


def _title(
    candidates: Sequence[Candidate], context: MatchContext, decisions: Sequence[Decision], around: titles.Surroundings
) -> tuple[Candidate | None, Candidate | None]:
    """The headline, and the name of the site that stands beside it in a title.

    A title that names the site or a section alone says nothing of the document, if its text shows a headline.
    """
    site: Candidate | None = None
    spare: Candidate | None = None
    for stated in candidates:
        value = str(stated.value)
        shown = None if stated.origin.startswith("rule:") else headline.shown(stated, context, around)
        split = titles.split(value, around, str(shown.value) if shown else "")
        if split.site and site is None:
            site = replace(stated, field="publisher", value=split.site)
        is_whole = squash(split.headline) == squash(value)
        title = stated if is_whole else replace(shown or stated, value=split.headline)
        beside = site or _site_of_others(candidates, split.headline, around)
        if shown or not _names_no_document(split.headline, stated, around, is_beside=bool(beside)):
            return _uncut(title, candidates), beside
        spare = spare or title
    standing = headline.standing(context, decisions, around)
    if standing is None or (spare and _repeats(standing, spare, around)):
        return spare, site
    split = titles.split(str(standing.value), around)
    if not str(standing.value).startswith(split.headline):  # what stands before a headline in the text is a part of it
        split = titles.Split(str(standing.value), "")
    if spare and site is None and site_names.is_like_name(str(spare.value)):
        site = replace(spare, field="publisher", value=site_names.site_name(str(spare.value)))
    elif split.site and site is None:
        site = replace(standing, field="publisher", value=split.site)
    return replace(standing, value=split.headline), site


def _repeats(standing: Candidate, stated: Candidate, around: titles.Surroundings) -> bool:
    """Whether the line where a headline stands is a short title that is stated, with other words beside it."""
    title = squash(str(stated.value))
    return title not in around.names and title in squash(str(standing.value))


def _uncut(title: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """The title; one that ends in mid-sentence, as linked data may have no longer headline, as another place has it."""
    text = str(title.value)
    if len(text) < _CUT_CHARS or not title.origin.startswith("json-ld:"):
        return title
    others = (whole for one in candidates if one.origin != title.origin for whole in titles.beginnings(str(one.value)))
    return replace(title, value=next((whole for whole in others if whole.startswith(text.rstrip(" .…"))), text))


def _publication(candidates: Sequence[Candidate], platforms: set[str]) -> Candidate | None:
    """The publication on a platform whose titles name the writer too: `Headline | by Ann Lee | Quay Notes | Platform`."""
    for title in candidates:
        parts = titles.parts(str(title.value))
        by = next((at for at, part in enumerate(parts) if at and part.casefold().startswith("by ")), None)
        if by is not None and squash(parts[-1]) in platforms:
            names = [part for part in parts[by + 1 : -1] if not any(map(str.isdigit, part))]
            return replace(title, field="publisher", value=names[0]) if len(names) == 1 else None
    return None


def _names_no_document(text: str, stated: Candidate, around: titles.Surroundings, is_beside: bool) -> bool:
    """Whether a title that no heading repeats names the site or a section alone. `is_beside`: the name of the site stands beside it;
    then an English headline may end as names do."""
    if squash(text) in around.names or site_names.is_section(text):
        return True
    is_of_head = stated.origin.startswith(("meta:", "html:", "json-ld:"))
    is_short = len(text) <= _SECTION_CHARS and not text.isascii()
    is_name = site_names.is_like_name(text) and not (is_beside and text.isascii())
    return is_of_head and (is_name or squash(text) in around.sections or is_short)


def _site_of_others(candidates: Sequence[Candidate], headline: str, around: titles.Surroundings) -> Candidate | None:
    """The name that another title has beside the same headline."""
    for candidate in candidates:
        site = titles.split(str(candidate.value), around, headline).site if headline in str(candidate.value) else ""
        if site:
            return replace(candidate, field="publisher", value=site)
    return None


def _names(metadata: Mapping[str, Candidate], packs: Sequence[Pack]) -> set[str]:
    """The names, folded, under which the publisher may stand in a byline or a title."""
    names = set(map(squash, _pack_names(packs)))
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


def _people(candidates: Sequence[Candidate], publishers: set[str]) -> Candidate | None:
    """The first candidate that names people other than the publisher; what several rules give is joined.

    Where none does, who is named at a place that states nothing but authors stays: the site is a person's own.
    """
    people = []
    for candidate in candidates:
        names = tuple(name for name in candidate.value if squash(name) not in publishers)
        if candidate.origin.startswith("meta:"):  # systems fill the tag with the house where they know no author
            names = tuple(name for name in names if not site_names.is_like_name(name))
        if names:
            people.append(replace(candidate, value=names))
    own = [candidate for candidate in candidates if candidate.origin.startswith(_OF_AUTHORS) and candidate.value]
    return _first("authors", people or own) if people or own else None
