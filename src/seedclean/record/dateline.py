"""Datelines and bylines: the lines near the headline, at the end of the text and right beside it that state date, people and source.

A line counts where it reads completely as labels and values (`values.label_lines`); where it is removed and stands between headline and
text, a few words more may stand in it. Values nearest to the headline come first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from seedclean.model.document import Candidate, Decision
from seedclean.packs.context import MatchContext
from seedclean.record import author_markup
from seedclean.record.author_markup import Value
from seedclean.record.line_places import (
    OVER_HEADLINE,
    SENTENCE,
    end_range,
    head_range,
    headline_of,
    is_prose,
    text_bounds,
)
from seedclean.record.stated_lines import AUTHOR_CHARS, FIELDS, StatedLine, own_names, stated_by
from seedclean.values import dates, label_lines
from seedclean.values.label_lines import Line
from seedclean.values.line_values import Item
from seedclean.values.people import is_person, split_people
from seedclean.values.text import normal

_LEADS = 4
"""Captions of pictures stand before the paragraph that names its reporter."""
_LIST = 3
"""So many lines of a text and a date are a list of other articles."""
_REST_CHARS = 24
"""Beside a date, a removed line may hold this much that no label explains: a section, the name of the site."""
_LABELLED_REST_CHARS = 60
_ACCOUNT_CHARS = 12
"""Right below the headline, the account that publishes stands beside the time."""
_BEHIND = 4
"""A line that signs the text stands so few blocks behind it."""
_PARTING = ("·", "•", "|", "—", "–")
_COLUMNS = ("·", "•", "|")
"""Signs that part the values of a byline, and no parts of a sentence."""
_CLOCK = 16
"""A date in ISO 8601 that is this long has hours and minutes."""
_LISTS = ("authors", "editors")
"""Fields whose values are names."""


def stamps(context: MatchContext, decisions: Sequence[Decision]) -> Iterator[Candidate]:
    """Values of the lines around the text, the surest first; names of several lines are joined."""
    first, last = text_bounds(decisions)
    own = own_names(context, decisions)
    headline = headline_of(context, decisions)
    if headline is not None:
        first = next((at for at in range(headline + 1, len(decisions)) if is_prose(decisions[at])), first)
    above, below = head_range(headline, first, len(decisions)), end_range(first, last, decisions)
    lines = {at: list(stated_by(own, decisions, at)) for at in dict.fromkeys([*above, *below])}
    head, end = [stated for at in above for stated in lines[at]], [stated for at in below for stated in lines[at]]
    low = headline if headline is not None else max(0, first - OVER_HEADLINE)
    high = first if headline is not None else first + author_markup.BESIDE + 1
    places = [
        list(_from_head(head, headline)),
        list(_from_brackets(decisions, first, last)),
        list(_from_end(end, decisions, last)),
        list(author_markup.linked(decisions, [low + 1, *(stated.at for stated in head if stated.at >= low)])),
        list(_signed(context, decisions, range(max(0, low - OVER_HEADLINE), min(high, len(decisions))))),
        list(author_markup.classed(decisions, range(low, min(high, len(decisions))))),
    ]
    for field in FIELDS:
        by_place = [[value for value in place if value[0].field == field] for place in places]
        if field == "authors":
            by_place = [_neighbours(place) for place in by_place if place][:1]
        several = [value for place in by_place for value in place]
        if field == "tags":
            several = _tagged(several)
        if field in _LISTS:
            several = _joined(several)
        if field == "published":
            several = [value for place in by_place for value in sorted(place, key=lambda value: not value[0].labelled)]
        for item, at in several if field == "published" else several[:1]:
            block = decisions[at].block
            yield Candidate(field, item.value, "head-line", block.start, block.end)


def _from_head(head: Sequence[StatedLine], headline: int | None) -> Iterator[Value]:
    """Values of the lines between headline and text, then those of the lines above the headline."""
    below = [stated for stated in head if headline is None or stated.at > headline]
    above = [stated for stated in reversed(head) if headline is not None and stated.at < headline]
    for several in (below, above):
        listed = sum(not stated.known for stated in several) >= _LIST
        for stated in several:
            for item in _own(stated.line):
                is_near = headline is not None and 0 < stated.at - headline <= OVER_HEADLINE
                allowed = _allowed(item, stated, is_near)
                if stated.known or (not listed and _spare(stated.line) <= allowed):
                    yield item, stated.at


def _spare(line: Line) -> int:
    return sum(map(len, line.rest))


def _allowed(item: Item, stated: StatedLine, is_near: bool) -> int:
    """How much text without a label may stand beside a value; `is_near`: its line stands right below the headline."""
    fields = {one.field for one in stated.line.items}
    if stated.kept:
        if item.labelled and item.field == "modified":
            return _REST_CHARS
        is_byline = is_near and {"authors", "published"} <= fields
        opens = item.labelled and not normal(stated.block.text).startswith(stated.line.rest[:1])
        is_account = (
            is_near and item.field == "published" and (opens or (not item.labelled and len(item.value) >= _CLOCK))
        )
        if is_near and item.field == "published" and stated.line.rest and all(map(is_person, stated.line.rest)):
            return _REST_CHARS
        if is_near and _opens_with_date(stated.block.text):
            return _LABELLED_REST_CHARS
        if is_near and item.field == "published" and any(sign in stated.block.text for sign in _COLUMNS):
            return _REST_CHARS
        return _REST_CHARS if is_byline else _ACCOUNT_CHARS if is_account else 0
    if item.labelled or (is_near and item.field == "published"):
        return _LABELLED_REST_CHARS
    return _REST_CHARS if item.field == "published" else 0


def _opens_with_date(text: str) -> bool:
    """Whether a line is a date with other words behind a sign that parts them: `Dec. 19, 2025 · Ann Lee for the crew`."""
    line = normal(text)
    stamp = dates.at(line, 0)
    return stamp is not None and line[stamp.end :].lstrip()[:1] in _PARTING


def _signed(context: MatchContext, decisions: Sequence[Decision], places: range) -> Iterator[Value]:
    """The name in an element between headline and text whose class says that it holds the author's."""
    names = [entry for entry in context.document.stated if (entry.place, entry.name) == ("element", "signed")]
    starts = [decisions[at].block.start for at in places] if names else []
    for entry in names:
        at = places.start + bisect_right(starts, entry.end) - 1
        is_there = at in places and entry.start <= decisions[at].block.end
        if is_there and 1 < len(entry.value) <= AUTHOR_CHARS:
            yield Item("authors", entry.value, labelled=False), at
            return


def _own(line: Line) -> Iterator[Item]:
    """The values of a line: no date where several stand without a label, no author who is the line's editor."""
    dated = [item.value for item in line.items if item.field == "published" and not item.labelled]
    editors = {item.value for item in line.items if item.field == "editors"}
    for item in line.items:
        several = len(set(dated)) > 1 and item.field == "published" and not item.labelled
        if not several and not (item.field == "authors" and item.value in editors):
            yield item


def _from_brackets(decisions: Sequence[Decision], first: int, last: int) -> Iterator[Value]:
    """People in the brackets that open the first sentences or end the last ones."""
    prose = [at for at in range(first, last + 1) if is_prose(decisions[at])]
    for places, at_end in ((prose[:_LEADS], False), (prose[-2:], True)):
        for at in places:
            text = decisions[at].block.text if at_end else _with_line_before(decisions, at)
            for item in label_lines.credits(text, at_end).items:
                if item.field in _LISTS:
                    yield item, at


def _with_line_before(decisions: Sequence[Decision], at: int) -> str:
    """The text of a block; of one that continues a line break, with the line before it."""
    block = decisions[at].block
    before = decisions[at - 1].block.text if at and block.kind == "line" else ""
    return f"{before} {block.text}" if 0 < len(before) <= SENTENCE else block.text


def _from_end(end: Sequence[StatedLine], decisions: Sequence[Decision], last: int) -> Iterator[Value]:
    """Values with a label in the lines around the end of the text; a bare date closes a notice."""
    commenters = _commenters(end)
    for stated in end:
        if _is_signed(stated) and not commenters.isdisjoint(item.value for item in stated.line.items):
            continue
        is_next = not stated.kept and stated.at == last + 1 and _spare(stated.line) <= _REST_CHARS
        stands = (
            (stated.known and (not _is_comment(stated) or _is_signature(stated, end, decisions, last)))
            or label_lines.is_notice(stated.line)
            or is_next
        )
        changed = _spare(stated.line) <= _REST_CHARS and not _is_comment(stated)
        for item in _own(stated.line):
            is_stated = item.labelled or (stated.line.rest and stated.known)
            if (stands and is_stated) or (changed and item.labelled and item.field == "modified"):
                yield item, stated.at
    signed = [stated for stated in end if stated.kept and not stated.line.rest and len(stated.line.items) == 1]
    dated = [stated for stated in signed if stated.line.items[0].field == "published"]
    if len(dated) == 1:
        yield dated[0].line.items[0], dated[0].at


def _is_signature(stated: StatedLine, end: Sequence[StatedLine], decisions: Sequence[Decision], last: int) -> bool:
    """Whether a line that names who wrote at what time stands right behind the text, and no other such line follows: `Posted by Ann
    Lee on May 3, 2024`. The head of a comment names an account or has others below it."""
    signed = [one for one in end if _is_signed(one)]
    names = [item for item in _authors(stated) if item.labelled and is_person(item.value)]
    behind = decisions[last + 1 : stated.at + 1]
    is_near = 0 < len(behind) <= _BEHIND and all(decision.category != "comments" for decision in behind)
    return len(signed) == 1 and is_near and bool(names)


def _commenters(end: Sequence[StatedLine]) -> frozenset[str]:
    """Of several who sign lines at the end, those who bear the name of an account: they wrote comments."""
    signers = {item.value for stated in end if _is_signed(stated) for item in _authors(stated)}
    return frozenset(name for name in signers if len(signers) > 1 and not is_person(name))


def _authors(stated: StatedLine) -> Iterator[Item]:
    return (item for item in stated.line.items if item.field == "authors")


def _is_comment(stated: StatedLine) -> bool:
    """Whether a line behind the text names who wrote at what time: a comment's head."""
    return not stated.kept and _is_signed(stated)


def _is_signed(stated: StatedLine) -> bool:
    return {item.field for item in stated.line.items} == {"authors", "published"}


def _neighbours(several: Sequence[Value]) -> list[Value]:
    """The values of the first line that has one, and of the lines right behind it."""
    last = several[0][1]
    chosen = []
    for item, at in several:
        if not 0 <= at - last <= 1:
            break
        last = at
        chosen.append((item, at))
    return chosen


def _joined(several: Sequence[Value]) -> list[Value]:
    """The names of all lines as one value, each once, in their order."""
    names = dict.fromkeys(name for item, _ in several for name in split_people(item.value))
    return [(Item(several[0][0].field, "、".join(names), labelled=True), several[0][1])] if names else []


def _tagged(several: Sequence[Value]) -> list[Value]:
    """The tags of all lines as one value."""
    return (
        [(Item("tags", ",".join(item.value for item, _ in several), labelled=True), several[0][1])] if several else []
    )
