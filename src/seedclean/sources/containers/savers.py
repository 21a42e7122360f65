"""Marks that saving tools leave in a document: the header of Jina Reader and the comment of SingleFile."""

from __future__ import annotations

import re
from dataclasses import replace

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.sources.formats import sniff, with_format

_JINA_HEADER = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?P<fields>Title:[^\n]{0,2000}\n(?:(?:[A-Z][A-Za-z]*(?: [A-Za-z]+){0,3}:[^\n]{0,4000}|[ \t\r]*)\n){1,40}?)"
    rb"Markdown Content:[ \t\r]*\n?"
)
_JINA_NAMES = {"url source": "url", "published time": "published"}
_SINGLEFILE_STAMP = re.compile(
    rb"<!--\s{0,20}(?:Page saved with|Archive processed by) SingleFile\s{1,20}url: {0,4}(?P<url>\S{1,4000})\s{1,20}saved date: {0,4}(?P<date>[^\r\n]{1,100}?)\s{0,20}(?:-->|\n)"
)
_SINGLEFILE_DATE = re.compile(
    r"\w{3} (?P<month>\w{3}) (?P<day>\d{1,2}) (?P<year>\d{4}) (?P<time>\d\d:\d\d:\d\d) GMT(?P<zone>[+-]\d{4})"
)
_STAMP_BYTES = 4096
"""SingleFile writes its comment right after the `<html>` tag."""


def with_saver_metadata(source: Source) -> Source:
    """The document with what a saving tool states about it in `stated`; unchanged if no such mark is in it.

    The header of Jina Reader is cut off, as it is no part of the document; the comment of SingleFile stays.
    """
    return _read_jina(source) or _read_singlefile(source) or source


def _read_jina(source: Source) -> Source | None:
    """A header of `Name: value` lines, then `Markdown Content:` and the document; None without such a header."""
    header = _JINA_HEADER.match(source.data)
    if not header or not re.search(rb"^URL Source:", header["fields"], re.M):
        return None
    stated: list[tuple[str, str]] = []
    for line in header["fields"].decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        if value.strip() and len(value) <= limits.STATED_CHARS:
            stated.append((_JINA_NAMES.get(name.lower(), name.lower().replace(" ", "_")), value.strip()))
    path, data = with_format(source.path, "markdown"), source.data[header.end() :]
    if sniff(path, data.decode("utf-8", "replace")) == "text":  # the suffix of a file is a hint alone
        path = f"{path}#markdown"
    return replace(source, path=path, data=data, stated=(*source.stated, *stated))


def _read_singlefile(source: Source) -> Source | None:
    """A comment with the address of the page and the time of saving; None without one."""
    stamp = _SINGLEFILE_STAMP.search(source.data[:_STAMP_BYTES])
    if not stamp:
        return None
    text = stamp["date"].decode("utf-8", "replace")
    date = _SINGLEFILE_DATE.match(text)
    captured = f"{date['day']} {date['month']} {date['year']} {date['time']} {date['zone']}" if date else text
    url = stamp["url"].decode("utf-8", "replace")
    return replace(source, stated=(*source.stated, ("url", url), ("captured", captured)))
