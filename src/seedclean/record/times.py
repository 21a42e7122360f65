"""The `time` element by which a page dates its text, where nothing says what the time is of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seedclean.model.document import Candidate, Decision, Document, RawMetadata
from seedclean.record.line_places import first_prose
from seedclean.values import dates
from seedclean.values.tables import table

_ABOVE = 12
"""A page dates its text at most so many blocks above it."""
_CHANGED = "changed"
_BEFORE = 60
"""In so many characters of the source before the element a word may say that it is the time of a change."""


def times(document: Document, decisions: Sequence[Decision]) -> Iterator[Candidate]:
    """Candidates for `published` and `modified`: the times between headline and text, else the only time of the page.

    More than two dates in that place are those of other documents: then there is none.
    """
    stated = [entry for entry in document.stated if entry.place == "element" and entry.name in ("time", _CHANGED)]
    dated = [(entry, dates.iso(entry.value)) for entry in stated]
    dated = [(entry, value) for entry, value in dated if value]
    if not dated:
        return
    prose = first_prose(decisions)
    near = []
    if prose is not None:
        low, high = decisions[max(0, prose - _ABOVE)].block.start, decisions[prose].block.end
        near = [(entry, value) for entry, value in dated if low <= entry.start <= high]
    chosen = near or dated
    if len({value[:10] for _, value in chosen}) > (2 if near else 1):
        return
    for entry, value in chosen:
        field = "modified" if _is_change(document, entry) else "published"
        yield Candidate(field, value, "element:time", entry.start, entry.end)


def _is_change(document: Document, entry: RawMetadata) -> bool:
    if entry.name == _CHANGED:
        return True
    before = document.text[max(0, entry.start - _BEFORE) : entry.start].casefold()
    return any(word in before for word in table("statements")["changed"]["words"])
