"""Metadata of a document: for each field the value of the first place that has one.

The places in their order: rules, front matter, comments, scripts, linked data, meta tags, the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from seedclean.model.document import Candidate, Decision, Opinions
from seedclean.model.vocabulary import LISTS
from seedclean.packs.context import MatchContext
from seedclean.packs.pack import Pack
from seedclean.record.candidates import all_candidates
from seedclean.values import language, titles, urls
from seedclean.values.text import squash

_OF_AUTHORS = ("rule:", "front-matter:", "head-line", "byline", "json-ld:")
"""Places that name the author of this document, not the owner of its site."""
_NAME = 3
"""A shorter label of a host stands at the end of a title by chance."""


def gather(
    context: MatchContext, decisions: Sequence[Decision], packs: Sequence[Pack], opinions: Opinions
) -> dict[str, Candidate]:
    """The value of each field that has one. What the extractor of the origin states overrules all other places."""
    candidates: dict[str, list[Candidate]] = {}
    platforms = {squash(pack.name) for pack in packs if pack.platform}
    for candidate in all_candidates(context, decisions, packs):
        is_stated = candidate.origin.startswith(("front-matter", "container"))
        if candidate.field == "publisher" and not is_stated and squash(str(candidate.value)) in platforms:
            continue  # pages on a platform name it as their site; the account is the publisher
        candidates.setdefault(candidate.field, []).append(candidate)
    metadata = {field: _first(field, several) for field, several in candidates.items() if field != "authors"}
    publisher = _own_publisher(packs)
    if publisher:
        metadata["publisher"] = publisher
    if "title" in metadata:
        metadata |= _title_and_publisher(metadata, context, packs)
    authors = _people(candidates.get("authors", []), _names(metadata, packs))
    if authors:
        metadata["authors"] = authors
    if "title" in metadata and "language" not in metadata:
        title = metadata["title"]
        code = language.of(str(title.value))
        if code:
            metadata["language"] = replace(title, field="language", value=code)
    return metadata | dict(opinions.metadata)


def _first(field: str, candidates: Sequence[Candidate]) -> Candidate:
    """The first candidate. Lists that several rules give are joined; a stated language must agree with the text's."""
    first = candidates[0]
    if field == "language":
        of_text = candidates[-1]
        agree = str(first.value).split("-")[0] == str(of_text.value).split("-")[0]
        return first if agree or of_text.origin != "text" else of_text
    if field == "published":  # of the places that agree with the first one that which states the most of the time
        return max(
            candidates, key=lambda other: len(other.value) if str(other.value).startswith(str(first.value)) else 0
        )
    if field not in LISTS or not first.origin.startswith("rule:"):
        return first
    values = [value for candidate in candidates if candidate.origin.startswith("rule:") for value in candidate.value]
    return Candidate(field, tuple(dict.fromkeys(values)), first.origin, first.start, first.end)


def _own_publisher(packs: Sequence[Pack]) -> Candidate | None:
    """The publisher that the pack of the origin names. On a platform the account is the publisher, not the origin."""
    origin = next((pack for pack in packs if pack.role == "origin" and not pack.extends), None)
    if origin is None or origin.platform:
        return None
    return Candidate("publisher", origin.name, f"pack:{origin.id}", 0, 0)


def _title_and_publisher(
    metadata: Mapping[str, Candidate], context: MatchContext, packs: Sequence[Pack]
) -> dict[str, Candidate]:
    """The headline out of the title, and the site beside it as the publisher if nothing else names one."""
    stated = metadata["title"]
    shown = _shown_headline(stated, context)
    names = {name for name in _names(metadata, packs) | _host_labels(metadata) if len(name) >= _NAME}
    headline, site = titles.split(str(stated.value), names, str(shown.value))
    result = {"title": replace(shown, value=headline)}
    if site and "publisher" not in metadata:
        result["publisher"] = replace(stated, field="publisher", value=site)
    return result


def _shown_headline(stated: Candidate, context: MatchContext) -> Candidate:
    """The headline as the page shows it, where the stated title is longer; else the stated title."""
    if stated.origin.startswith("rule:"):
        return stated
    blocks, lines = context.document.blocks, context.title_lines
    if lines and stated.origin == "text" and stated.start == blocks[lines.title].start:
        block = blocks[lines.headline]
        return Candidate("title", block.text, "text", block.start, block.end)
    length = len(squash(str(stated.value)))
    for view in context.views:
        block = view.block
        if block.kind == "heading" and view.squashed in context.facts["title"] and len(view.squashed) < length:
            return Candidate("title", block.text, "text", block.start, block.end)
    return stated


def _names(metadata: Mapping[str, Candidate], packs: Sequence[Pack]) -> set[str]:
    """The names, folded, under which the publisher may stand in a byline or a title."""
    names = {squash(name) for pack in packs if pack.role == "origin" for name in (pack.id, pack.name)}
    if "publisher" in metadata:
        names.add(squash(str(metadata["publisher"].value)))
    return names - {""}


def _host_labels(metadata: Mapping[str, Candidate]) -> set[str]:
    """The labels of the document's host that may name its site: the two before the last."""
    if "url" not in metadata:
        return set()
    return {squash(label) for label in urls.host(str(metadata["url"].value)).split(".")[-3:-1]}


def _people(candidates: Sequence[Candidate], publishers: set[str]) -> Candidate | None:
    """The first candidate that names people other than the publisher; what several rules give is joined.

    Where none does, who is named at a place that states nothing but authors stays: the site is a person's own.
    """
    people = []
    for candidate in candidates:
        names = tuple(name for name in candidate.value if squash(name) not in publishers)
        if names:
            people.append(replace(candidate, value=names))
    own = [candidate for candidate in candidates if candidate.origin.startswith(_OF_AUTHORS) and candidate.value]
    return _first("authors", people or own) if people or own else None
