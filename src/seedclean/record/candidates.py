"""Candidates for metadata: values from rules, front matter, comments, scripts, linked data, meta tags and the text.

Each candidate names its place and span; `metadata` chooses among them.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence

from seedclean.model.document import Block, Candidate, Decision
from seedclean.model.vocabulary import DATES, FIELDS, LISTS
from seedclean.packs.context import KEYED, MatchContext, link_target
from seedclean.packs.pack import Pack, Rule
from seedclean.packs.patterns import compiled, fullmatch, groups
from seedclean.record.dateline import stamps
from seedclean.values import dates, language, meta_tags, urls
from seedclean.values.js_strings import unescaped
from seedclean.values.people import split_people
from seedclean.values.tags import split_tags


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
        yield Candidate("url", urls.canonical_url(own.url), own.place, own.start, own.end)
    yield from _from_scripts(context, packs)
    for entry in context.document.stated:
        if entry.place == "json-ld":
            value = html.unescape(entry.value)  # many systems fill it from text already escaped for HTML
            yield from _candidate(
                meta_tags.field("json-ld", entry.name), value, f"json-ld:{entry.name}", entry.start, entry.end
            )
    lines = [one for stamp in stamps(context, decisions) for one in _from_line(stamp)]
    yield from (line for line in lines if line.field == "authors")  # many systems write the site into the meta tag
    for entry in context.document.stated:
        if entry.place in ("meta", "byline", "html"):
            origin = "byline" if entry.place == "byline" else f"{entry.place}:{entry.name}"
            field = meta_tags.field(entry.place, entry.name)
            yield from _candidate(field, entry.value, origin, entry.start, entry.end)
    yield from lines
    yield from _from_text(context, decisions)


def _from_line(stamp: Candidate) -> Iterator[Candidate]:
    return _candidate(stamp.field, str(stamp.value), stamp.origin, stamp.start, stamp.end)


def _candidate(field: str, value: str, origin: str, start: int, end: int) -> Iterator[Candidate]:
    """The candidate, unless the place stands for no field or the value has no form of it."""
    cleaned = _cleaned(field, value) if field else ""
    if cleaned:
        yield Candidate(field, cleaned, origin, start, end)


def _cleaned(field: str, value: str) -> str | tuple[str, ...]:
    """The value in the canonical form of its field; empty if it has none."""
    value = value.strip()
    if field in DATES:
        return dates.iso(value)
    if field in ("authors", "editors"):
        return split_people(value)
    if field == "tags":
        return split_tags(value)
    if field == "url":
        return urls.canonical_url(value) if urls.is_web(value) else ""
    if field == "image":
        return urls.unproxied(value)
    if field == "language":
        return language.tag(value)
    if field == "description" and "\\x0a" in value:  # WeChat's meta tags hold the escapes of its scripts
        value = unescaped(value)
    return " ".join(value.split())


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
        values = [part for part in raw if isinstance(part, str)] if isinstance(raw, list) else [entry.value]
        if not field or (urls.is_web(entry.value) and field == "publisher"):
            continue
        parts = [part for value in values for part in _parts(field, value)]
        if parts:
            value = tuple(dict.fromkeys(parts)) if field in LISTS else parts[0]
            yield Candidate(field, value, f"{entry.place}:{entry.name}", entry.start, entry.end)


def _parts(field: str, value: str) -> tuple[str, ...]:
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
    """Matches of the packs' patterns in the scripts of a page."""
    patterns = [(pack.id, compiled(pattern)) for pack in packs for pattern in pack.script]
    for entry in context.document.stated if patterns else ():
        if entry.place == "script":
            code = context.document.text[entry.start : entry.end]
            for id, pattern in patterns:
                match = pattern.search(code)
                for field, value in match.groupdict().items() if match else ():
                    start, end = match.span(pattern.groupindex[field])
                    yield from _candidate(
                        field, unescaped(value or ""), f"script:{id}", entry.start + start, entry.start + end
                    )


def _from_text(context: MatchContext, decisions: Sequence[Decision]) -> Iterator[Candidate]:
    """The `<title>`, the headline of a bare text, the first kept heading, and the language of the kept text."""
    for block in context.document.blocks:
        if block.kind == "metadata" and block.element is not None:
            yield from _candidate("title", block.text, "html:title", block.start, block.end)
    if context.title_lines:
        block = context.document.blocks[context.title_lines.title]
        yield from _candidate("title", block.text, "text", block.start, block.end)
    kept = [decision.block for decision in decisions if decision.verdict == "keep"]
    for block in kept:
        if block.kind == "heading" and block.level <= 2:
            yield from _candidate("title", block.text, "text", block.start, block.end)
            break
    code = language.of("\n".join(block.text for block in kept))
    if code:
        yield Candidate("language", code, "text", 0, len(context.document.text))
