"""Patterns that tell whether a short text has a date or a price. All expect lower case.

They only count for features: `values.dates` reads dates for the record.
"""

from __future__ import annotations

import re

_YEAR = r"(?:19|20)\d\d"
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\d(?:[:：]\d\d| +{_MONTH}| *(?:分钟|小时|天|hour|day|minute|month|year|week)s?(?:前| ago))",
        rf"{_YEAR} *[-/.年] *\d{{1,2}} *[-/.月] *\d",
        r"^\d{1,2}[-/月]\d{1,2}日?$",
        rf"{_MONTH}[a-z]{{0,20}} +\d",
    )
)
"""Each begins with a rare character; joined into one pattern they cost three times as much."""
_TIME_HINT = re.compile(rf"{_YEAR}|\d{{1,2}}:\d\d|\bago\b|[天时钟]前")
_PRICE = re.compile(r"[$€£¥￥] ?\d|\d(?:\.\d\d)? *(?:元|usd|eur)")


def has_date(lower: str) -> bool:
    """Whether the text has a date, a time of day, or an age such as "3 days ago"."""
    for pattern in _DATES:  # noqa: SIM110 - no generator for each of many short texts
        if pattern.search(lower):
            return True
    return False


def hints_at_time(lower: str) -> bool:
    """Whether the text has as little as a year, a time of day or the word "ago": how a list of posts or comments looks."""
    return _TIME_HINT.search(lower) is not None


def has_price(lower: str) -> bool:
    """Whether the text has an amount of dollars, euros, pounds, yen or yuan."""
    return _PRICE.search(lower) is not None
