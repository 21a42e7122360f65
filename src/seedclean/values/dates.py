"""Dates as documents write them, to ISO 8601, no more precise than the text. Nothing depends on the current date."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: at
    for at, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_TIME = r"(?P<h>\d{1,2}):(?P<mi>\d{1,2})(?::(?P<s>\d{1,2})(?P<f>\.\d{1,9})?)?\s*(?P<ap>[AaPp]\.?[Mm]\.?)?"
_ZONE = r"\s*(?P<z>Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
_AFTER = rf"(?:(?:[T\s,]|\s-\s|\s*at\s+|\s*\|\s*|日)\s*{_TIME}{_ZONE})?"
_FORMS = tuple(
    re.compile(form + _AFTER, re.I)
    for form in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
        r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})",
        r"(?P<y>\d{4})\.(?P<m>\d{1,2})\.(?P<d>\d{1,2})",
        r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日?",
        r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})",
        r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})",
        r"(?:[a-z]{3,9}\.?,?\s+)?(?P<n>[a-z]{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})",
        r"(?:[a-z]{3,9}\.?,?\s+)?(?P<d>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?P<n>[a-z]{3,9})\.?,?\s+(?P<y>\d{4})",
    )
)
_PARTIAL = re.compile(r"(?P<y>\d{4})(?:[-/.年]\s*(?P<m>\d{1,2})\s*月?)?年?")
_EPOCH = re.compile(r"\d{10}|\d{13}")
_MAIL = re.compile(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}(?::\d{2})? \S+")
_CHARS = 60


def iso(value: str) -> str:
    """The date in ISO 8601; empty if the text is not a date and nothing else."""
    value = re.sub(r"\s+", " ", value).strip()
    if not value or len(value) > _CHARS:
        return ""
    if _EPOCH.fullmatch(value):
        return _epoch(int(value))
    if _MAIL.fullmatch(value):
        return _mail(value)
    for form in _FORMS:
        match = form.fullmatch(value)
        if match:
            return _assembled(match.groupdict())
    match = _PARTIAL.fullmatch(value)
    if match and 1900 <= int(match["y"]) <= 2100 and 1 <= int(match["m"] or 1) <= 12:
        return match["y"] + (f"-{int(match['m']):02}" if match["m"] else "")
    return ""


def _epoch(number: int) -> str:
    seconds, millis = divmod(number, 1000) if number >= 10**12 else (number, 0)
    stamp = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{stamp}.{millis:03}Z" if millis else f"{stamp}Z"


def _mail(value: str) -> str:
    try:
        stamp = parsedate_to_datetime(value)
    except ValueError:
        return ""
    text = stamp.isoformat()
    return text.replace("+00:00", "Z")


def _assembled(parts: dict[str, str | None]) -> str:
    name = parts.get("n")
    month = _MONTHS.get((name or "")[:3].lower(), 0) if name else int(parts["m"] or 0)
    year, day = int(parts["y"] or 0), int(parts["d"] or 0)
    hour, minute, second = (int(parts[key] or 0) for key in ("h", "mi", "s"))
    half = (parts["ap"] or "").replace(".", "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        datetime(year, month, day, hour, minute, second)
    except ValueError:
        return ""
    text = f"{year:04}-{month:02}-{day:02}"
    if parts["h"] is None:
        return text
    text += f"T{hour:02}:{minute:02}" + (f":{second:02}" if parts["s"] is not None else "") + (parts["f"] or "")
    zone = parts["z"] or ""
    if zone.upper() in ("Z", "UTC", "GMT"):
        return text + "Z"
    return text + (zone if not zone or ":" in zone else f"{zone[:3]}:{zone[3:]}")
