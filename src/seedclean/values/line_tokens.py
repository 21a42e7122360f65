"""A line cut into labels, dates, counts, words of the interface, breaks and other text, in one pass from left to right."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from seedclean.values import dates, times
from seedclean.values.line_words import CJK, words
from seedclean.values.scripts import HANGUL
from seedclean.values.text import with_initial

UNKNOWN = "unknown"
"""The field of a text with a colon behind it that the tables do not have."""
_BREAKS = "|丨︱¦【】[]〔〕「」『』<>»›•◆■●◎○□▲▼▶►★☆※*#;。!?…"
"""Signs that end a value wherever they stand."""
_WEAK_BREAKS = "·‧∙・-–—/╱\\~"
"""Signs that end a value where blanks surround them; within a word they belong to it."""
_INERT = " ,、:.()@'\"“”" + _BREAKS + _WEAK_BREAKS
_APART = " ,、:()@" + _BREAKS
_NEED_BLANK = ("authors", "editors", "other")
"""Fields whose labels without a colon need a blank behind them, unless they are roles such as 记者."""
_SHORT_YEAR = re.compile(r"[0-9]{2}-[0-9]{2}-[0-9]{2} ?[0-9]{2}:")
_FOREIGN = re.compile(r"[^\W\d_a-zA-Z]")
"""Outside of English the day stands first in 3/4/2024; lines of ASCII letters alone may be American."""
_HANGUL = re.compile(f"[{HANGUL}]")
_NUMERAL = re.compile(f"[{dates.NUMERALS}]")
_ARTICLE = 3
"""A Western label of dates that is no longer is a word of any line too: `le`, `am`, `on`."""
_REST = re.compile("(?:[a-zA-Z]+|[0-9]+|.)[ ,、]*", re.DOTALL)
"""From a place inside of a text to the next one where a word or a number may begin: a speed device."""
_REST_BEHIND = re.compile(r"(?:[^\W丨]+|.)[ ,、]*", re.DOTALL)
"""The same behind the last date and the last label with its sign: there nothing begins inside of a word."""
_LABEL_ENDS = "=/|丨︱・"
"""What may stand behind a label in place of a colon."""


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a line; `field` is that of a label, or `UNKNOWN` for a text that a colon makes one.

    `touches`: a word stands right before the label.
    """

    kind: Literal["label", "open", "date", "noise", "text", "break"]
    value: str
    field: str = ""
    touches: bool = False


def tokens(text: str) -> list[Token]:
    """The parts of a line, which must be in the form of `normal`."""
    cut: list[Token] = []
    at = start = 0
    bounds = _bounds(text)
    behind = max(bounds.date + 1, bounds.label)
    while at < len(text):
        step = _token(text, at, start, bounds)
        if step is None:
            rest = _REST if at < behind else _REST_BEHIND
            at = rest.match(text, at).end()  # type: ignore[union-attr]  # it matches any character
            continue
        token, end = step
        touches = token.kind == "label" and at > start and bool(CJK.match(text[at - 1]))
        _close(cut, text[start:at])
        cut.append(replace(token, touches=True) if touches else token)
        at = start = end
    _close(cut, text[start:])
    return cut


class _Bounds(NamedTuple):
    """Places behind which no date, no label with its sign and no time of day can begin: a speed device."""

    date: int
    label: int
    clock: int
    day_first: bool | None


def _bounds(text: str) -> _Bounds:
    numerals = _NUMERAL.findall(text)
    clock = text.rfind(":")
    return _Bounds(
        text.rfind(numerals[-1]) if numerals else -1,
        max(clock, *map(text.rfind, _LABEL_ENDS)),
        clock,
        True if not text.isascii() and _FOREIGN.search(text) else None,
    )


def _close(cut: list[Token], gap: str) -> None:
    """Add the text between two tokens, if there is any; a colon at its end makes it a label that the tables do not have."""
    is_label = gap.rstrip().endswith(":")
    gap = with_initial(gap, gap.strip(" ,、:.@" + _WEAK_BREAKS))
    gap = gap.strip("()") if gap.count("(") != gap.count(")") else gap
    if gap.strip(_INERT):
        cut.append(Token("text", gap.strip(), UNKNOWN if is_label else ""))


def _token(text: str, at: int, start: int, bounds: _Bounds) -> tuple[Token, int] | None:
    """The token that begins at a place, and its end; None inside of a text that began at `start`."""
    sign = text[at]
    if sign in " ,、":
        return None
    if (
        sign in _BREAKS
        or (sign in _WEAK_BREAKS and _alone(text, at))
        or (sign in "()" and not text[start:at].strip(_INERT))
    ):
        return Token("break", sign), at + 1
    if sign == ")" and "(" not in text[start:at]:
        return Token("break", sign), at + 1
    if at > start and not _begins(text[at - 1], sign):
        return None
    apart = at == start or text[at - 1] in _APART
    dated = _dated(text, at, bounds.day_first) if at <= bounds.date else None
    if dated or not (apart or at < bounds.label):
        return dated
    labelled = _labelled(text, at, start, apart, bounds)
    return labelled or (_filler(text, at, bounds) if apart else None)


def _begins(before: str, sign: str) -> bool:
    """Whether a word or a number may begin with a sign behind another one: at each character of a script without blanks."""
    if sign.isdigit():
        return not before.isdigit()
    is_word = before.isalnum() and not before.isdecimal()
    return not is_word or bool(CJK.match(before) or CJK.match(sign))


def _alone(text: str, at: int) -> bool:
    return text[at - 1 : at] in ("", " ") or text[at + 1 : at + 2] in ("", " ")


def _dated(text: str, at: int, day_first: bool | None) -> tuple[Token, int] | None:
    stamp = dates.at(text, at, day_first)
    if stamp is None and day_first and _SHORT_YEAR.match(text, at):
        stamp = dates.at("20" + text[at:], 0)
        return (Token("date", stamp.iso), at + stamp.end - 2) if stamp else None
    return (Token("date", stamp.iso), stamp.end) if stamp else None


def _labelled(text: str, at: int, start: int, apart: bool, bounds: _Bounds) -> tuple[Token, int] | None:
    """A label with its colon, wherever it stands; one with a bar or neither, where a word begins: `기자` with a bar only where a text
    opens, as it stands behind names too, and `le` before a date or a number alone."""
    patterns = words()
    match = patterns.label.match(text, at) if at < bounds.label else None
    is_behind = match and match["bar"] and text[start:at].strip(_INERT) and _HANGUL.match(match["word"])
    if match and not is_behind and (apart or (not match["bar"] and len(match["word"]) > 1)):
        return Token("label", match["word"], patterns.labels[match["word"].lower()]), match.end()
    match = patterns.open.match(text, at) if apart else None
    if match and (match["glued"] is None or _may_touch(match["word"])):
        field = patterns.opens[match["word"].lower()]
        is_article = len(match["word"]) <= _ARTICLE and match["word"].isascii() and field == "published"
        behind = match.end() + 1
        if not is_article or text[behind : behind + 1].isdigit() or dates.at(text, behind, bounds.day_first):
            return Token("open", match["word"], field), match.end()
    return None


def _may_touch(word: str) -> bool:
    """Whether a value may stand right behind a label: 发表于2024年, 来源某报, 记者王一, but not 编辑计划."""
    if len(word) == 1 or not CJK.match(word[-1]):
        return False
    return words().opens[word] not in _NEED_BLANK or word in words().roles


def _filler(text: str, at: int, bounds: _Bounds) -> tuple[Token, int] | None:
    """A count, a relative time, a time of day or a word of the interface."""
    match = words().filler.match(text, at)
    if match:
        return Token("noise", match.group()), match.end()
    clock = times.at(text, at) if at < bounds.clock else None
    return (Token("noise", text[at : clock.end]), clock.end) if clock and ":" in text[at : clock.end] else None
