"""Jina Reader's answer as text: a header of `Name: value` paragraphs, then `Markdown Content:` and the document."""

from __future__ import annotations

import re

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.sources.formats import hinted

_HEADER = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?P<said>Title:[^\n]{0,2000}\n(?:(?:[A-Z][A-Za-z]*(?: [A-Za-z]+){0,3}:[^\n]{0,4000}|[ \t\r]*)\n){1,40}?)"
    rb"Markdown Content:[ \t\r]*\n?"
)
_NAMES = {"url source": "url", "published time": "published"}


def opened(source: Source) -> Source | None:
    """The document behind the header, as Markdown, with what the header says; None where there is no such header."""
    found = _HEADER.match(source.data)
    if not found or not re.search(rb"^URL Source:", found["said"], re.M):
        return None
    stated: list[tuple[str, str]] = []
    for line in found["said"].decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        if value.strip() and len(value) <= limits.STATED_CHARS:
            stated.append((_NAMES.get(name.lower(), name.lower().replace(" ", "_")), value.strip()))
    return Source(hinted(source.path, "markdown"), source.data[found.end() :], (*source.stated, *stated))
