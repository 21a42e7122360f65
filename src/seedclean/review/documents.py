"""One document of a review page: the line in the list of documents, and what unfolds below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seedclean.model import limits
from seedclean.record.assembly import Cleaned
from seedclean.record.escaping import address, clipped, escaped
from seedclean.review.blocks import block_html

_PATH_CHARS = 300
_VALUE_CHARS = 1_000
_SHORT_CHARS = 100
_FIELDS = (
    "title", "description", "url", "publisher", "authors", "editors", "credit", "rights", "published", "modified",
    "captured", "language", "tags", "image",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document as it stands in a page: `head` is its line in the list, `body` what unfolds.

    `removed` counts its removed blocks by category, `kept` its kept ones. `confidence` is that of its record.
    """

    path: str
    confidence: int | None
    kept: int
    removed: Mapping[str, int]
    head: str
    body: str

    @property
    def order(self) -> tuple[bool, int, str]:
        """The key by which the least sure documents come first; those that the classifier was not asked about are last."""
        return self.confidence is None, self.confidence or 0, self.path


def reviewed(cleaned: Cleaned, whys: Mapping[str, str]) -> Reviewed:
    """The HTML of a cleaned document. `whys` gives the reasons of rules by their ids."""
    record = cleaned.record.to_dict()
    removed = Counter(one.category for one in cleaned.decisions if one.verdict == "remove")
    kept = len(cleaned.decisions) - removed.total()
    confidence = record["confidence"]
    sure = "rules alone" if confidence is None else f"confidence {confidence} %"
    facts = [record["status"], record["page_type"], record["origin"] or "unknown origin", f"{kept:,} kept"]
    head = (
        f'<h2>{clipped(record["path"], _PATH_CHARS)}</h2><span class="sure">{sure}</span> {_titled(record["title"])}'
        f'<span class="facts">{escaped(" · ".join(fact for fact in facts if fact))}, {removed.total():,} removed</span>'
    )
    return Reviewed(record["path"], confidence, kept, removed, head, _body(cleaned, record, whys))


def _titled(title: str | None) -> str:
    """The title for the list: a path often says nothing of a document."""
    return f'<span class="title" dir="auto">{clipped(title, _SHORT_CHARS)}</span> ' if title else ""


def _body(cleaned: Cleaned, record: Mapping[str, Any], whys: Mapping[str, str]) -> str:
    around = cleaned.surroundings
    detected = [record["capture"], record["format"], record["encoding"], *record["warnings"]]
    clue = [f"recognised by {record['clue']}"] if record["clue"] else []
    parts = [
        f'<p class="facts">{escaped(" · ".join([part for part in detected if part] + clue))}</p>',
        f'<p class="facts">{escaped(f"{around.kind}: {around.why}")}</p>',
        _metadata(record),
        '<div class="blocks">',
    ]
    size = shown = 0
    for decision in cleaned.decisions:
        if size > limits.REVIEW_DOCUMENT_BYTES:
            break
        parts.append(block_html(decision, whys, cleaned.detection, first=shown == 0))
        size += len(parts[-1].encode("utf-8"))
        shown += 1
    parts.append("</div>")
    if left := len(cleaned.decisions) - shown:
        parts.append(f'<p class="more">{left:,} more blocks are not shown: `seedclean explain` prints all.</p>')
    return "\n".join(parts)


def _metadata(record: Mapping[str, Any]) -> str:
    rows = [_row(field, record[field], record["provenance"][field]["from"]) for field in _FIELDS if record[field]]
    return f"<dl>{''.join(rows)}</dl>" if rows else ""


def _row(field: str, value: str | list[str], place: str) -> str:
    text = value if isinstance(value, str) else ", ".join(value)
    shown, href = clipped(text, _VALUE_CHARS), address(text) if field in ("url", "image") else ""
    if href:
        shown = f'<a href="{href}" rel="noopener noreferrer nofollow" target="_blank">{shown}</a>'
    return f"<div><dt>{field}</dt><dd>{shown} <small>{escaped(place)}</small></dd></div>"
