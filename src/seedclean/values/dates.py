"""Dates as documents write them, to ISO 8601, no more precise than the text. Nothing depends on the current date.

Western, Chinese, Japanese and Korean forms; month names of eight languages; the calendars of Taiwan and of Japan's eras;
seconds and milliseconds since 1970. A relative time (昨天, 2 hours ago) is no date.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from seedclean.values import times
from seedclean.values.scripts import HAN
from seedclean.values.tables import any_of, table
from seedclean.values.text import normal

_CHARS = 100
_CENTURY = (1900, 2100)
"""A bare number of four digits is a year only within these bounds."""
_OLDEST = 1000
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T?([0-9]{2})([0-9]{2})([0-9]{2})?(Z|[+-][0-9]{4})?)?")
_DIGITS = {digit: str(at % 10) for at, digit in enumerate("零一二三四五六七八九〇")} | {"元": "1"}
_EPOCH = re.compile(r"[0-9]{10}|[0-9]{13}")
_SECONDS_DIGITS = 10
_GAP = re.compile(r"(?:日| ?г\.)?(?: ?[T,|·(] ?| ?[-–—|] ?| )?")
_HALF = re.compile(r"[0-9] ?[ap]\.?m", re.I)
_HALF_CHARS = 16
_PATH_DAYS = 3
"""A text is published so soon after its address was made."""
NUMERALS = "0-9〇零一二三四五六七八九十百元"
"""What each date has some of, as the inside of a character class."""
_NUMBER = f"[{NUMERALS}]"
_PARTIAL = re.compile(r"([0-9]{4})(?: ?[-/.年년] ?([0-9]{1,2}) ?[月월]?)?年?")
_SPLIT = re.compile(r"[0-9]{2}:[0-9]{2}")


_PATH = re.compile(r"/t?((?:19|20)[0-9]{2})([/-]?)([0-9]{2})[/-]?([0-9]{2})(?=[/_.-]|$)")


_MONTH_PATH = re.compile(r"/((?:19|20)[0-9]{2})/(0[1-9]|1[0-2])/")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date in ISO 8601, with the time of day where the text gives one, and where it ends in the text."""

    iso: str
    end: int


@cache
def _months() -> Mapping[str, int]:
    return {name: at for at, names in enumerate(table("dates")["months"], 1) for name in names}


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Forms of a date without its time. Each number and gap is bounded, so that no form backtracks far."""
    words = table("dates")
    month = rf"(?P<n>{any_of(_months())})(?![^\W\d_])\.?"
    day = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th|er|º|\.)?"
    of = rf"(?: ?(?:{any_of(words['inside'])}) ?|, ?| |-)?"
    era = any_of(words["eras"])
    return tuple(
        re.compile(form, re.I)
        for form in (
            r"(?P<y>[0-9]{4}) ?(?P<sep>[-/.]) ?(?P<m>[0-9]{1,2}) ?(?P=sep) ?(?P<d>[0-9]{1,2})\.?",
            r"(?P<r>1[01][0-9])(?P<sep>[-/])(?P<m>[01][0-9])(?P=sep)(?P<d>[0-3][0-9])(?![0-9])",
            r"(?P<y>[0-9]{4}) ?[年년] ?(?P<m>[0-9]{1,2}) ?[月월] ?(?P<d>[0-9]{1,2}) ?[日号號일]?",
            rf"(?P<e>{era}) ?(?P<y>{_NUMBER}{{1,6}}) ?[年/.-] ?(?P<m>{_NUMBER}{{1,2}}) ?[月/.-] ?(?P<d>{_NUMBER}{{1,3}}) ?日?",
            rf"(?P<y>[〇零一二三四五六七八九]{{4}}) ?年 ?(?P<m>{_NUMBER}{{1,2}}) ?月 ?(?P<d>{_NUMBER}{{1,3}}) ?日",
            r"(?P<a>[0-9]{1,2})(?P<sep>[-/.]) ?(?P<b>[0-9]{1,2})(?P=sep) ?(?P<y>[0-9]{4})(?![0-9])",
            rf"{month}[ -]?{day},? ?(?P<y>[0-9]{{4}})(?![0-9])",
            rf"{day}{of}{month}{of}(?P<y>[0-9]{{4}})(?![0-9])",
        )
    )


@cache
def _lead() -> re.Pattern[str]:
    """A day of the week before a date, an article before it."""
    words = table("dates")
    long = any_of(word for word in words["weekdays"] if len(word) > 1)  # 二 is also the first digit of a year
    return re.compile(rf"(?:\(?(?:{long})(?![a-zà-ÿ])[).,]{{0,2}} ?)?(?:(?:{any_of(words['before'])}) )?", re.I)


@cache
def _first() -> re.Pattern[str]:
    """A character that a date, or what stands before it, may begin with: a speed device."""
    words = table("dates")
    names = {word[0] for word in [*_months(), *words["eras"], *words["weekdays"], *words["before"]]}
    return re.compile(f"[({NUMERALS}{''.join(map(re.escape, sorted(names)))}]", re.I)


@cache
def _after() -> re.Pattern[str]:
    """What may stand between a date and its time: a day of the week, a word such as `at`."""
    words = table("dates")
    return re.compile(
        rf"(?: ?\(?(?:{any_of(words['weekdays'])})(?![a-zà-ÿ{HAN}])\)?)?(?: ?,? ?(?:{any_of(words['between'])})(?![a-zà-ÿ]))?",
        re.I,
    )


def iso(value: str, day_first: bool | None = True) -> str:
    """The date in ISO 8601; empty if the text is not a date and nothing else.

    `day_first` says how to read 3/4/2024; None leaves it unread.
    """
    if len(value) > _CHARS * 2:
        return ""
    value = normal(value)
    if not value or len(value) > _CHARS:
        return ""
    if _EPOCH.fullmatch(value):
        return _epoch(value)
    stamp = at(value, 0, day_first)
    if stamp:
        return stamp.iso if stamp.end == len(value) else ""
    return _compact(value) or _partial(value)


def at(text: str, start: int, day_first: bool | None = True) -> Stamp | None:
    """The date that begins at a place of a text; None where none does. The text must be in the form of `normal`."""
    if not _first().match(text, start):
        return None
    lead = _lead().match(text, start)
    begin = lead.end() if lead else start
    for form in _forms():
        match = form.match(text, begin)
        if match and _HALF.search(text[match.end() : match.end() + _HALF_CHARS]):
            day_first = None  # 3/4/2024 5:06 PM may be American
        day = _day(match.groupdict(), day_first) if match else ""
        if match and day:
            return _timed(text, day, match.end(), match.end("d") if "d" in form.groupindex else match.end())
    return None


def in_path(path: str) -> str:
    """The day in the path of an address: `/2024/05/03/quay`, `/n1/2024/0503/c1.html`, `/t20240503_1.html`; empty where none is."""
    match = _PATH.search(path)
    if not match or not _CENTURY[0] <= int(match[1]) <= _CENTURY[1]:
        return ""
    return _day({"y": match[1], "m": match[3], "d": match[4]}, None)


def near(date: str, path: str) -> bool:
    """Whether a date in ISO 8601 is within a few days of the day in the path of an address, or a month of its month; a path without
    any says nothing."""
    day, month = in_path(path), _MONTH_PATH.search(path)
    if day and len(date) >= len(day):
        apart = datetime.fromisoformat(date[: len(day)]) - datetime.fromisoformat(day)
        return abs(apart.days) <= _PATH_DAYS
    if month and len(date) >= len("2024-05"):
        return abs((int(date[:4]) - int(month[1])) * 12 + int(date[5:7]) - int(month[2])) <= 1
    return True


def _timed(text: str, day: str, end: int, digits: int) -> Stamp | None:
    """The date with the time behind it. Where the time touches the date, as in 2019-09-2612:11, both have two digits."""
    touches = end == digits and text[end : end + 1].isdigit()
    if touches and not (text[end - 2 : end].isdigit() and _SPLIT.match(text, end)):
        return None
    word = _after().match(text, end)
    behind = word.end() if word else end
    for place in dict.fromkeys((_gap(text, behind), _gap(text, end))):
        clock = times.at(text, place)
        if clock:
            closed = clock.end + (text[place - 1 : place] == "(" and text[clock.end : clock.end + 1] == ")")
            return Stamp(f"{day}T{clock.iso}", closed)
    return Stamp(day, behind if word and word.group().strip(" ,") and _is_weekday(word.group()) else end)


def _gap(text: str, start: int) -> int:
    match = _GAP.match(text, start)
    return match.end() if match else start


def _is_weekday(text: str) -> bool:
    return text.strip(" ().,").lower() in table("dates")["weekdays"]


def _day(parts: Mapping[str, str | None], day_first: bool | None) -> str:
    """The day in ISO 8601; empty where there is no such day, or where day and month cannot be told apart."""
    if parts.get("r"):  # 113/05/03: the calendar of Taiwan without its name
        parts = {**parts, "y": str(int(parts["r"] or 0) + table("dates")["eras"]["民國"])}
    year = _number(parts["y"] or "") + table("dates")["eras"].get(parts.get("e") or "", 0)
    name = parts.get("n")
    if name:
        month, day = _months()[name.lower()], _number(parts["d"] or "")
    elif parts.get("a"):
        day, month = _ordered(int(parts["a"] or 0), int(parts["b"] or 0), True if parts["sep"] == "." else day_first)
    else:
        month, day = _number(parts["m"] or ""), _number(parts["d"] or "")
    if year < _OLDEST:
        return ""
    try:
        return datetime(year, month, day).date().isoformat()
    except (ValueError, OverflowError):
        return ""


def _ordered(first: int, second: int, day_first: bool | None) -> tuple[int, int]:
    """Day and month of two numbers."""
    if first > 12 or first == second:
        return first, second
    if second > 12:
        return second, first
    return (0, 0) if day_first is None else (first, second) if day_first else (second, first)


def _number(digits: str) -> int:
    """A number below 10,000 in digits of Europe or China: 二〇二四, 十五, 二十一."""
    if digits.isascii():
        return int(digits or 0)
    if "百" in digits:
        hundreds, _, rest = digits.partition("百")
        return _number(hundreds or "1") * 100 + _number(rest.lstrip("零〇") or "0")
    if "十" in digits:
        tens, _, ones = digits.partition("十")
        return _number(tens or "1") * 10 + _number(ones or "0")
    return int("".join(_DIGITS.get(digit, digit) for digit in digits if digit not in "十百") or 0)


def _epoch(digits: str) -> str:
    seconds, millis = divmod(int(digits), 1000) if len(digits) > _SECONDS_DIGITS else (int(digits), 0)
    stamp = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{stamp}.{millis:03}Z" if millis else f"{stamp}Z"


def _compact(value: str) -> str:
    """The date in digits alone: 20240503, 20240503T080910Z, 20240503T080910+0900."""
    match = _COMPACT.fullmatch(value)
    if not match or not _CENTURY[0] <= int(match[1]) <= _CENTURY[1]:
        return ""
    day = _day({"y": match[1], "m": match[2], "d": match[3]}, None)
    if not day or match[4] is None:
        return day
    clock_text = ":".join(part for part in match.group(4, 5, 6) if part) + (match[7] or "")
    clock = times.at(clock_text, 0)
    return f"{day}T{clock.iso}" if clock and clock.end == len(clock_text) else ""


def _partial(value: str) -> str:
    """A year, or a year and a month."""
    match = _PARTIAL.fullmatch(value)
    if not match or not _CENTURY[0] <= int(match[1]) <= _CENTURY[1] or not 1 <= int(match[2] or 1) <= 12:
        return ""
    return match[1] + (f"-{int(match[2]):02}" if match[2] else "")
