"""A record as HTML for a notebook: its metadata, the first of its text, and what was removed by category.

All that comes from the document is escaped: it is shown, never run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from seedclean.record.escaping import clipped

if TYPE_CHECKING:
    from seedclean.record.record import Record

_FIELDS = ("url", "publisher", "authors", "editors", "credit", "published", "modified", "language", "tags")
_LINES = 12
"""So many lines of the text are shown: a page of a notebook has room for them."""
_CHARS = 600
"""A line is cut here."""


def notebook(record: Record) -> str:
    """The record as an HTML element."""
    return "".join(_pieces(record))


def _pieces(record: Record) -> Iterator[str]:
    sure = "" if record.confidence is None else f"confidence {record.confidence} %"
    facts = [record.origin or "unknown origin", record.capture or "", record.format, record.status, sure]
    yield f"<div><p><strong>{_text(record.title or record.path)}</strong><br>"
    yield f"<small>{' · '.join(_text(fact) for fact in facts if fact)}</small></p><table>"
    for name in _FIELDS:
        value = getattr(record, name)
        if value:
            shown = ", ".join(value) if isinstance(value, tuple) else value
            yield f'<tr><th style="text-align:left">{name}</th><td style="text-align:left">{_text(shown)}</td></tr>'
    yield "</table>"
    lines = record.text.split("\n")
    for line in lines[:_LINES]:
        yield f"<p>{_text(line)}</p>"
    if len(lines) > _LINES:
        yield f"<p>… {len(lines) - _LINES} more lines</p>"
    removed = Counter(block.category for block in record.removed).most_common()
    counts = ", ".join(f"{count} {category}" for category, count in removed)
    yield f"<p><small>{len(record.blocks)} blocks kept; removed: {_text(counts or 'none')}</small></p></div>"


def _text(text: str) -> str:
    return clipped(text, _CHARS)
