"""Candidates for metadata: values from rules, front matter, comments, scripts, linked data, meta tags and the text.

Each candidate names its place and span; `metadata` chooses among them.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence

from seedclean.model.document import Block, Candidate, Decision, Document, RawMetadata
from seedclean.model.vocabulary import DATES, FIELDS, LISTS
from seedclean.packs.addresses import KEYED, SITE_ONLY
from seedclean.packs.context import MatchContext, link_target
from seedclean.packs.pack import Pack, Rule
from seedclean.packs.patterns import compiled, fullmatch, groups
from seedclean.record import headline
from seedclean.record.dateline import stamps
from seedclean.record.times import times
from seedclean.values import dates, language, meta_tags, site_names, titles, urls
from seedclean.values.js_strings import unescaped
from seedclean.values.people import split_people, unlinked
from seedclean.values.tags import split_tags

_MARKUP = ("meta", "element", "byline", "html")
"""Places in the markup of a page, the surest first."""
_WHOLE_NAMES = ("citation_author", "dc.creator", "dcterms.creator")
"""Each of these names one person, perhaps as `Lee, Ann`."""
_OF_PAPERS = ("meta:citation_author", "meta:citation_authors")
"""What Google Scholar reads: only systems for papers write it, with the authors alone."""
_ENTRIES = 200
"""More authors or tags than a page states."""
_SHORT = DATES | {"authors", "editors", "publisher", "credit", "language"}
_DAY = len("2024-05-06")
_CHARS = 2_000
"""A longer text is no date, name or list of names; it is not parsed."""


def all_candidates(context: MatchContext, decisions: Sequence[Decision], packs: Sequence[Pack]) -> Iterator[Candidate]:
    """All candidates, the most reliable places first."""
    for own in context.addresses:
        if own.place == "given":
            yield Candidate("url", urls.canonical_url(own.url), own.place, 0, 0)
    rules = {rule.id: rule for pack in packs for rule in pack.rules}
    for decision in decisions:
        if decision.label in FIELDS:
            yield from _from_rule(decision, rules.get(decision.rule))
    yield from _from_front(context, context.front)
    yield from _from_comments(context, packs)
    for own in context.addresses:
        if own.place == SITE_ONLY:
            continue
        yield Candidate("url", urls.canonical_url(own.url), own.place, own.start, own.end)
    yield from _from_scripts(context, packs)
    for entry in context.document.stated:
        if entry.place == "json-ld":
            value = html.unescape(entry.value)  # many systems fill it from text already escaped for HTML
            yield from _candidate(
                meta_tags.field("json-ld", entry.name), value, f"json-ld:{entry.name}", entry.start, entry.end
            )
    lines = [one for stamp in stamps(context, decisions) for one in _from_line(stamp)]
    markup = list(_from_markup(context.document))
    yield from (one for one in markup if one.origin in _OF_PAPERS)
    yield from (line for line in lines if line.field == "authors")  # many systems write the site into the meta tag
    yield from markup
    yield from times(context.document, decisions)
    yield from lines
    yield from _from_text(context, decisions)
    for own in context.addresses:
        yield from _candidate("published", dates.in_path(urls.path(own.url)), own.place, own.start, own.end)


def _from_line(stamp: Candidate) -> Iterator[Candidate]:
    return _candidate(stamp.field, str(stamp.value), stamp.origin, stamp.start, stamp.end)


def _from_markup(document: Document) -> Iterator[Candidate]:
    """What meta tags, elements and bylines state: for a field the best name first. One name that stands several times, as
    that of each author does, is one candidate."""
    groups: dict[tuple[str, str], list[RawMetadata]] = {}
    for entry in document.stated:
        if entry.place in _MARKUP and meta_tags.field(entry.place, entry.name):
            groups.setdefault((entry.place, entry.name), []).append(entry)
    for place, name in sorted(groups, key=lambda key: (_MARKUP.index(key[0]), meta_tags.rank(*key))):
        field, entries = meta_tags.field(place, name), groups[place, name]
        origin = "byline" if place == "byline" else f"{place}:{name}"
        if field not in LISTS:
            for entry in entries:
                yield from _candidate(field, entry.value, origin, entry.start, entry.end)
            continue
        whole = name in _WHOLE_NAMES
        parts = [part for entry in entries[:_ENTRIES] for part in _parts(field, entry.value, whole)]
        if parts:
            yield Candidate(field, tuple(dict.fromkeys(parts)), origin, entries[0].start, entries[-1].end)


def _candidate(field: str, value: str, origin: str, start: int, end: int) -> Iterator[Candidate]:
    """The candidate, unless the place stands for no field or the value has no form of it."""
    cleaned = _cleaned(field, value) if field else ""
    if cleaned:
        yield Candidate(field, cleaned, origin, start, end)


def _cleaned(field: str, value: str) -> str | tuple[str, ...]:
    """The value in the canonical form of its field; empty if it has none."""
    value = value.strip()
    if field in _SHORT and len(value) > _CHARS:
        value = " ".join(value.split())  # white space alone makes no value long
        if len(value) > _CHARS:
            return ""
    if field in DATES:
        return dates.iso(value) or _beside_addresses(value)
    if field in ("authors", "editors"):
        return () if urls.is_address(value) else split_people(value)
    if field == "tags":
        return split_tags(value)
    if field == "url":
        return urls.canonical_url(value) if urls.is_web(value) else ""
    if field == "image":
        return urls.unproxied(value)
    if field == "language":
        return language.tag(value)
    if field == "publisher":
        value = unlinked(value)
        if site_names.is_platform(value):
            return ""
    if field == "description" and "\\x0a" in value:  # WeChat's meta tags hold the escapes of its scripts
        value = unescaped(value)
    return " ".join(value.split())


def _beside_addresses(value: str) -> str:
    """The first day among the values of a property of which others are addresses: tools join what a page states several times."""
    parts = map(dates.iso, value.split(", ")) if "://" in value else ()
    return next((day for day in parts if len(day) >= _DAY), "")


def _from_rule(decision: Decision, rule: Rule | None) -> Iterator[Candidate]:
    block, origin = decision.block, f"rule:{decision.rule}"
    values = groups(rule.condition.matches, block.text) if rule else {}
    if not values:
        target = _address(block) if decision.label == "url" else block.url if decision.label == "image" else ""
        value = target or block.text
        yield from _candidate(decision.label, value, origin, block.start, block.end)
    for field, value in values.items():
        yield from _candidate(field, value, origin, block.start, block.end)


def _address(block: Block) -> str | None:
    """Where a block that stands for an address leads: its link, or the last of several, as tools name themselves first."""
    links = [mark.url for mark in block.marks if mark.type == "link" and mark.url]
    return link_target(block) or (links[-1] if links else None)


def _from_front(context: MatchContext, front: Mapping[str, str]) -> Iterator[Candidate]:
    for entry in context.document.stated:
        field = front.get(entry.name.casefold(), "") if entry.place in KEYED else ""
        raw = context.document.front.get(entry.name) if entry.place == "front-matter" else entry.value
        values = _texts(raw) if isinstance(raw, list) else [entry.value]
        if not field or (urls.is_web(entry.value) and field == "publisher"):
            continue
        parts = [part for value in values for part in _parts(field, value)]
        answer = titles.answered(parts[0]) if parts and field == "title" else None
        if answer:
            yield Candidate("authors", (answer.author,), f"{entry.place}:{entry.name}", entry.start, entry.end)
            parts = [answer.question]
        if parts:
            value = tuple(dict.fromkeys(parts)) if field in LISTS else parts[0]
            yield Candidate(field, value, f"{entry.place}:{entry.name}", entry.start, entry.end)


def _texts(values: Sequence[object]) -> list[str]:
    """The texts of a list; `[[name]]`, a link between notes without quotes, is a list in a list."""
    lists = (value if isinstance(value, list) else [value] for value in values)
    return [text for inner in lists for text in inner if isinstance(text, str)]


def _parts(field: str, value: str, whole: bool = False) -> tuple[str, ...]:
    """The values in a value; `whole`: it is one, whatever signs are in it."""
    if whole and ";" not in value and not urls.is_web(value):
        return (" ".join(value.split()),)
    cleaned = _cleaned(field, value)
    return cleaned if isinstance(cleaned, tuple) else (cleaned,) if cleaned else ()


def _from_comments(context: MatchContext, packs: Sequence[Pack]) -> Iterator[Candidate]:
    patterns = [clue.comment for pack in packs for clue in pack.clues if clue.comment]
    for entry in context.document.stated:
        for pattern in patterns if entry.place == "comment" else ():
            match = fullmatch(pattern, entry.value)
            for field, value in match.groupdict().items() if match else ():
                if field in FIELDS and value:
                    yield from _candidate(field, value, "comment", entry.start, entry.end)


def _from_scripts(context: MatchContext, packs: Sequence[Pack]) -> Iterator[Candidate]:
    """Matches of the packs' patterns in the scripts of a page; of several for a field that of the first pattern counts."""
    patterns = [(pack.id, compiled(pattern)) for pack in packs for pattern in pack.script]
    entries = [entry for entry in context.document.stated if entry.place == "script"] if patterns else []
    text = context.document.text
    scripts = [(entry.start, text[entry.start : entry.end].encode()) for entry in entries]  # once for all patterns
    for id, pattern in patterns:
        for begin, data in scripts:
            match = pattern.search(data)
            for field, value in match.groupdict().items() if match else ():
                if value:
                    start = begin + len(data[: match.start(pattern.groupindex[field])].decode())
                    source = value.decode()
                    yield from _candidate(field, unescaped(source), f"script:{id}", start, start + len(source))


def _from_text(context: MatchContext, decisions: Sequence[Decision]) -> Iterator[Candidate]:
    """The `<title>`, the first line of a bare text that was one, the heading that Markdown begins with, and the language of
    the kept text."""
    for block in context.document.blocks:
        if block.kind == "metadata" and block.element is not None:
            yield from _candidate("title", block.text, "html:title", block.start, block.end)
    first = headline.title_line(context)
    if first:
        yield from _candidate("title", first.text, "text", first.start, first.end)
        yield from _candidate("publisher", headline.title_site(context, first), "text", first.start, first.end)
    top = next((block for block in context.document.blocks if block.text), None)
    if context.document.format == "markdown" and top and top.kind == "heading" and top.level == 1:
        yield from _candidate("title", top.text, "text", top.start, top.end)
    kept = [decision.block for decision in decisions if decision.verdict == "keep"]
    code = language.of("\n".join(block.text for block in kept))
    if code:
        yield Candidate("language", code, "text", 0, len(context.document.text))
