"""The inline elements of one text: those that are open, and the marks of those that have ended."""

from __future__ import annotations

from typing import NamedTuple

from seedclean.model.document import Mark
from seedclean.readers import html_tags

_MAX_OPEN = 32
"""Inline elements open at once; on pages that never close theirs, more would take quadratic time."""
_MAX_LINKS = 8
"""Most marks of links that are raised together."""

_Ended = tuple[int, int, str, str]


def _leads_to_place(kind: str, url: str) -> bool:
    return kind == "superscript" or (kind == "link" and "#" in url)


class OpenMark(NamedTuple):
    """An open inline element. `at`: the offset in the text where it begins; `start`: that in the source, -1 at the head."""

    tag: str
    url: str
    at: int
    start: int


class InlineMarks:
    """The marks of the text so far. Elements that are open go on in the next text.

    `_open` are those elements, the innermost last; `_ended` are marks (start, end, type, URL), the last to end last; `_images` is
    the number of pictures among them, and `_has_raised` tells whether one of a raised element has been.
    """

    def __init__(self) -> None:
        self._open: list[OpenMark] = []
        self._ended: list[_Ended] = []
        self._images = 0
        self._has_raised = False

    def open(self, tag: str, url: str, at: int, start: int) -> None:
        """An inline element begins."""
        if len(self._open) < _MAX_OPEN:
            self._open.append(OpenMark(tag, url, at, start))

    def close(self, tag: str) -> OpenMark | None:
        """The innermost inline element with this tag, which ends; None if none is open."""
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index].tag == tag:
                return self._open.pop(index)
        return None

    def add(self, start: int, end: int, type: str, url: str) -> None:
        """Add a mark."""
        self._ended.append((start, end, type, url))
        if type == "image":
            self._images += 1
        elif type == "superscript":
            self._has_raised = True

    def drop_from(self, at: int) -> None:
        """Forget the marks that begin at an offset or behind it."""
        first = self._first_to_end_from(at)
        tail = self._ended[first:]
        self._ended[first:] = [mark for mark in tail if mark[0] < at]
        self._images -= sum([mark[0] >= at and mark[2] == "image" for mark in tail])

    def _first_to_end_from(self, at: int) -> int:
        """The index of the first mark that ends at an offset or behind it: to try all marks each time takes quadratic time."""
        first = len(self._ended)
        while first and self._ended[first - 1][1] >= at:
            first -= 1
        return first

    @property
    def count(self) -> int:
        """The number of marks of elements that have ended."""
        return len(self._ended)

    @property
    def has_image(self) -> bool:
        """Whether a picture stands in the text."""
        return self._images > 0

    def link_url(self) -> str:
        """The URL of the innermost open link, or an empty string."""
        return next((mark.url for mark in reversed(self._open) if mark.tag == "a" and mark.url), "")

    def is_raised_link(self, at: int) -> bool:
        """Whether what stands from this offset on is raised, with a link to a place of a page in it or around it."""
        if not self._has_raised:
            return False
        kinds = {
            kind for start, _, kind, url in self._ended[-_MAX_LINKS:] if start >= at and _leads_to_place(kind, url)
        }
        return kinds == {"superscript", "link"}

    def is_raised(self, at: int) -> bool:
        """Whether a link from this offset on stands in a raised element, or around one."""
        is_around = bool(self._ended) and self._ended[-1][0] >= at and self._ended[-1][2] == "superscript"
        return is_around or any(mark.tag == "sup" for mark in self._open)

    def bracket(self, at: int, end: int) -> None:
        """The text from an offset to `end` is in brackets now: marks of the whole of it include them, others move."""
        first = self._first_to_end_from(at)
        self._ended[first:] = [_moved(mark, at, end) for mark in self._ended[first:]]

    def take(self, size: int) -> tuple[Mark, ...]:
        """The marks of a text of this size; the next text begins.

        They are not empty, clipped to the text, each there once, and sorted; links have a URL.
        """
        spans = self._ended
        if self._open:
            spans = spans + [(one.at, size, html_tags.MARKS[one.tag], one.url) for one in self._open]
            self._open = [OpenMark(one.tag, one.url, 0, -1) for one in self._open]
        if not spans:
            return ()
        self._ended, self._images, self._has_raised = [], 0, False
        marks = {
            (at, min(end, size), type, url)
            for at, end, type, url in spans
            if type == "image" or (at < size and (url or type != "link"))
        }
        return tuple([Mark(at, end, type, url or None) for at, end, type, url in sorted(marks)])


def _moved(mark: _Ended, at: int, end: int) -> _Ended:
    """A mark in a text that has got a bracket at an offset, and another before `end`."""
    start, stop, type, url = mark
    if start < at:
        return mark
    return (start, end, type, url) if start == at and stop == end - 2 else (start + 1, stop + 1, type, url)
