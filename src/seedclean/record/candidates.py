"""What the places of a document say it is: values out of rules, front matter, comments, scripts, meta tags and the text.

Every value says where it comes from; which of them holds is `metadata`'s business.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence

from seedclean.model.document import Candidate, Decision
from seedclean.model.vocabulary import DATES, FIELDS, LISTS
from seedclean.packs.context import KEYED, MatchContext, link_target
from seedclean.packs.pack import Pack, Rule
from seedclean.packs.patterns import compiled, fullmatch, groups
from seedclean.record.dateline import stamps
from seedclean.values import dates, language, meta_tags, urls
from seedclean.values.people import split_people

_ESCAPED = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))")


def claims(seen: MatchContext, decisions: Sequence[Decision], packs: Sequence[Pack]) -> Iterator[Candidate]:
    """All claims, the surest first."""
    rules = {rule.id: rule for pack in packs for rule in pack.rules}
    for decision in decisions:
        if decision.label in FIELDS:
            yield from _from_rule(decision, rules.get(decision.rule))
    yield from _from_front(seen, seen.front)
    yield from _from_comments(seen, packs)
    for own in seen.addresses:
        yield Candidate("url", urls.canonical_url(own.url), own.place, own.start, own.end)
    yield from _from_scripts(seen, packs)
    for entry in seen.document.stated:
        if entry.place == "json-ld":
            value = html.unescape(entry.value)  # many systems fill it from text that is escaped for HTML already
            yield from _claim(
                meta_tags.field("json-ld", entry.name), value, f"json-ld:{entry.name}", entry.start, entry.end
            )
    for entry in seen.document.stated:
        if entry.place in ("meta", "byline", "html"):
            origin = "byline" if entry.place == "byline" else f"{entry.place}:{entry.name}"
            field = meta_tags.field(entry.place, entry.name)
            if field:
                yield from _claim(field, entry.value, origin, entry.start, entry.end)
    for field, value, block in stamps(decisions):
        yield from _claim(field, value, "head-line", block.start, block.end)
    yield from _from_text(seen, decisions)


def _claim(field: str, value: str, origin: str, start: int, end: int) -> Iterator[Candidate]:
    cleaned = _cleaned(field, value)
    if cleaned:
        yield Candidate(field, cleaned, origin, start, end)


def _cleaned(field: str, value: str) -> str | tuple[str, ...]:
    """A value in the form of its field; empty where it is none."""
    value = value.strip()
    if field in DATES:
        return dates.iso(value)
    if field in ("authors", "editors"):
        return split_people(value)
    if field == "tags":
        return tuple(dict.fromkeys(part.strip() for part in value.replace("，", ",").split(",") if part.strip()))
    if field == "url":
        return urls.canonical_url(value) if urls.is_web(value) else ""
    if field == "image":
        return urls.unproxied(value)
    if field == "language":
        return language.tag(value)
    return " ".join(value.split())


def _from_rule(decision: Decision, rule: Rule | None) -> Iterator[Candidate]:
    block, origin = decision.block, f"rule:{decision.rule}"
    found = groups(rule.condition.matches, block.text) if rule else {}
    if not found:
        shown = link_target(block) if decision.label == "url" else block.url if decision.label == "image" else ""
        value = shown or block.text
        yield from _claim(decision.label, value, origin, block.start, block.end)
    for field, value in found.items():
        yield from _claim(field, value, origin, block.start, block.end)


def _from_front(seen: MatchContext, known: Mapping[str, str]) -> Iterator[Candidate]:
    for entry in seen.document.stated:
        field = known.get(entry.name.casefold(), "") if entry.place in KEYED else ""
        raw = seen.document.front.get(entry.name) if entry.place == "front-matter" else entry.value
        values = [part for part in raw if isinstance(part, str)] if isinstance(raw, list) else [entry.value]
        if not field or (urls.is_web(entry.value) and field == "publisher"):
            continue
        held = [part for value in values for part in _parts(field, value)]
        if held:
            value = tuple(dict.fromkeys(held)) if field in LISTS else held[0]
            yield Candidate(field, value, f"{entry.place}:{entry.name}", entry.start, entry.end)


def _parts(field: str, value: str) -> tuple[str, ...]:
    cleaned = _cleaned(field, value)
    return cleaned if isinstance(cleaned, tuple) else (cleaned,) if cleaned else ()


def _from_comments(seen: MatchContext, packs: Sequence[Pack]) -> Iterator[Candidate]:
    patterns = [clue.comment for pack in packs for clue in pack.clues if clue.comment]
    for entry in seen.document.stated:
        for pattern in patterns if entry.place == "comment" else ():
            found = fullmatch(pattern, entry.value)
            for field, value in found.groupdict().items() if found else ():
                if field in FIELDS and value:
                    yield from _claim(field, value, "comment", entry.start, entry.end)


def _from_scripts(seen: MatchContext, packs: Sequence[Pack]) -> Iterator[Candidate]:
    """What the patterns of packs find in the scripts of a page."""
    patterns = [(pack.id, compiled(pattern)) for pack in packs for pattern in pack.script]
    for entry in seen.document.stated if patterns else ():
        if entry.place == "script":
            code = seen.document.text[entry.start : entry.end]
            for id, pattern in patterns:
                found = pattern.search(code)
                for field, value in found.groupdict().items() if found else ():
                    start, end = found.span(pattern.groupindex[field])
                    yield from _claim(
                        field, _unescaped(value or ""), f"script:{id}", entry.start + start, entry.start + end
                    )


def _unescaped(value: str) -> str:
    """A value as a script's text stands for it: without the escapes of the language and of HTML."""
    return html.unescape(_ESCAPED.sub(lambda found: chr(int(found[1] or found[2], 16)), value).replace("\\/", "/"))


def _from_text(seen: MatchContext, decisions: Sequence[Decision]) -> Iterator[Candidate]:
    """What is left: the title of the page's head, else the first headline, and the language of what is kept."""
    for block in seen.document.blocks:
        if block.kind == "metadata" and block.element is not None:
            yield from _claim("title", block.text, "html:title", block.start, block.end)
    if seen.title_lines:
        block = seen.document.blocks[seen.title_lines.title]
        yield from _claim("title", block.text, "text", block.start, block.end)
    kept = [decision.block for decision in decisions if decision.verdict == "keep"]
    for block in kept:
        if block.kind == "heading" and block.level <= 2:
            yield from _claim("title", block.text, "text", block.start, block.end)
            break
    said = language.of("\n".join(block.text for block in kept))
    if said:
        yield Candidate("language", said, "text", 0, len(seen.document.text))
