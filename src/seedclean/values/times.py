"""Times of day as documents write them: `08:18`, `下午2点30分`, `14h30`, `12.30 Uhr`, `7:01 AM GMT+8`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from seedclean.values.tables import any_of, table

_MINUTES = r"[0-9]{2}"
_OFFSET = re.compile(r" ?\(?(?:gmt|utc)? ?(?P<sign>[+-])(?P<h>[0-9]{1,2})(?::?(?P<mi>[0-9]{2}))?\)?(?![0-9])", re.I)
_NAMED = re.compile(r" ?\([^()]{1,40}\)| [A-Z]{3,4}(?![A-Za-z])")
"""The name of the zone behind its offset: `+0000 (UTC)` in mail, `GMT+0800 (China Standard Time)` in scripts, `+0800 CST`."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in ISO 8601, no more precise than the text, and where it ends there."""

    iso: str
    end: int


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    words = table("dates")
    halves = any_of([*words["halves"]["am"], *words["halves"]["pm"]])
    time = re.compile(
        rf"(?:(?P<before>{halves}) ?)?(?P<h>[0-9]{{1,2}})"
        r"(?: ?[:時时点點시h] ?(?P<mi>[0-9]{1,2})(?: ?[分분m])?(?:(?: ?: ?| )?(?P<s>(?<=[:分분m ])[0-9]{1,2})(?P<f>\.[0-9]{1,9})?(?: ?[秒초])?)?"
        rf"|(?P<whole> ?[時时点點시h](?![a-z]))|\.(?P<dotted>[0-9]{{2}})(?= uhr| (?:{any_of(words['zones'])})\b))"
        rf"(?: ?(?P<after>{halves}))?(?: ?uhr| ?hrs?\b)?",
        re.I,
    )
    zone = re.compile(rf" ?\(?(?P<zone>{any_of(words['zones'])})\b\)?", re.I)
    return time, zone, frozenset(words["halves"]["pm"])


def at(text: str, start: int) -> Clock | None:
    """The time of day that begins at a place of a text; None where none does, or where it names no moment."""
    time, zone, afternoon = _patterns()
    match = time.match(text, start)
    if match is None:
        return None
    hour = int(match["h"])
    half = (match["before"] or match["after"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in afternoon else 0)
    minute, second = int(match["mi"] or match["dotted"] or 0), int(match["s"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    iso = f"{hour:02}:{minute:02}" + (f":{second:02}" if match["s"] else "") + (match["f"] or "")
    return _zoned(text, iso, match.end(), zone)


def _zoned(text: str, iso: str, end: int, zone: re.Pattern[str]) -> Clock:
    offset = _OFFSET.match(text, end)
    if offset and int(offset["h"]) <= 14 and int(offset["mi"] or 0) <= 59:
        named = _NAMED.match(text, offset.end())
        end = named.end() if named else offset.end()
        return Clock(f"{iso}{offset['sign']}{int(offset['h']):02}:{offset['mi'] or '00'}", end)
    name = zone.match(text, end)
    return Clock(iso + table("dates")["zones"][name["zone"].lower()], name.end()) if name else Clock(iso, end)
