"""The block of a picture, and one picture that a page has twice: behind a placeholder and in `noscript`, or for a phone and for a desk."""

from __future__ import annotations

import re
from dataclasses import replace

from seedclean.model.document import Block, Element, Mark
from seedclean.readers.html_tags import without_data

_SIZE = re.compile(r"[-_]\d{2,4}x\d{2,4}(?=\.[a-z]{3,4}$)", re.I | re.A)
"""The size that WordPress and others put before the suffix."""
_SUFFIXES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp")
_MAX_URL_CHARS = 4000
_PHONE = frozenset(["mobile", "phone", "small", "xs", "sm", "tablet", "portrait"])
_DESK = frozenset(["desktop", "desk", "large", "lg", "md", "landscape"])
_LEVELS = 3
"""The classes for phone and desk stand on the picture's parent or a little further out."""
_CELLS = frozenset(["td", "th", "li"])


def picture(url: str, alt: str, start: int, end: int, element: Element | None, link: str, list_depth: int) -> Block:
    """The block of a picture in an element, and in the link to `link`."""
    return Block(
        "image",
        start,
        end,
        url=without_data(url),
        alt=alt.strip(),
        marks=(Mark(0, 0, "link", link),) if link else (),
        element=element,
        depth=list_depth,
        hidden=element.hidden if element is not None else "",
    )


def is_twin(first: Block, second: Block) -> bool:
    """Whether the second of two pictures without text between is the first once more."""
    if _cell(first.element) is not _cell(second.element):
        return False
    if _key(first.url) == _key(second.url) and first.url:
        return True
    before, behind = _noscript(first.element), _noscript(second.element)
    if behind is not None and behind.parent is first.element:
        return True
    if before is not None and before.parent is second.element:
        return not _is_real(second.url) or bool(first.alt and first.alt == second.alt)
    return bool(first.alt and first.alt == second.alt) and _screens(first.element) != _screens(second.element)


def merged(first: Block, second: Block) -> Block:
    """The two as one, with the address of the one in `noscript`: the other may be a small picture that waits for it."""
    whole, other = (second, first) if _noscript(second.element) is not None else (first, second)
    if not _is_real(whole.url):
        whole, other = other, whole
    return replace(
        whole, start=first.start, end=second.end, url=whole.url or other.url, alt=whole.alt or other.alt,
        marks=whole.marks or other.marks, element=first.element,
    )  # fmt: skip


def _is_real(url: str) -> bool:
    return bool(url) and not url.startswith(("data:", "about:"))


def _key(url: str) -> str:
    """The address without what tells sizes of one picture apart."""
    path = url[:_MAX_URL_CHARS].partition("#")[0].partition("?")[0]
    return _SIZE.sub("", path) if path.lower().endswith(_SUFFIXES) else url


def _noscript(element: Element | None) -> Element | None:
    while element is not None and element.tag != "noscript":
        element = element.parent
    return element


def _cell(element: Element | None) -> Element | None:
    while element is not None and element.tag not in _CELLS:
        element = element.parent
    return element


def _screens(element: Element | None) -> tuple[bool, bool]:
    """Whether the classes around a picture speak of a phone, and of a desk."""
    parts: set[str] = set()
    for _ in range(_LEVELS):
        if element is None:
            break
        for name in element.classes:
            parts.update(re.split("[-_:]", name.lower()))
        element = element.parent
    return not parts.isdisjoint(_PHONE), not parts.isdisjoint(_DESK)
