"""SingleFile's stamp: the comment in which it says what page it saved, and when. The page itself is plain HTML."""

from __future__ import annotations

import re
from dataclasses import replace

from seedclean.model.document import Source

_STAMP = re.compile(
    rb"<!--\s{0,20}Page saved with SingleFile\s{1,20}url: {0,4}(?P<url>\S{1,4000})\s{1,20}saved date: {0,4}(?P<date>[^\r\n]{1,100}?)\s{0,20}(?:-->|\n)"
)
_DATE = re.compile(
    r"\w{3} (?P<month>\w{3}) (?P<day>\d{1,2}) (?P<year>\d{4}) (?P<time>\d\d:\d\d:\d\d) GMT(?P<zone>[+-]\d{4})"
)
_LOOK = 4096


def stamped(source: Source) -> Source | None:
    """The same page with the address and the date of its stamp; None where it bears none."""
    found = _STAMP.search(source.data[:_LOOK])
    if not found:
        return None
    date = found["date"].decode("utf-8", "replace")
    day = _DATE.match(date)
    captured = f"{day['day']} {day['month']} {day['year']} {day['time']} {day['zone']}" if day else date
    url = found["url"].decode("utf-8", "replace")
    return replace(source, stated=(*source.stated, ("url", url), ("captured", captured)))
