"""The addresses that a document gives as its own, the surest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol
from urllib.parse import urljoin

from seedclean.model.document import Block, Document, RawMetadata
from seedclean.values import urls
from seedclean.values.tables import table

KEYED = ("front-matter", "container")
"""Places whose names mean what `[front]` says of them."""
SITE_ONLY = "alternate"
"""The place of an address at which the same document is shown to other devices: it tells the site, and is not its own."""
_HEAD = 3
"""Only a headline among the first blocks leads to the document itself by its link."""
_TOP, _FOOT = 6, 10
"""A sentence with the document's address stands among so many first or last blocks."""
_SAVED_FROM = "saved from url="
_LINE_CHARS = 200
"""A block that is longer is no line of a head, even one with an address in it."""
_MIRRORED, _BY_HTTRACK = "Mirrored from ", " by HTTrack"
_URL_ENDS = " \t\n\u3000<>\"'，。；）)】」]"
_SCRIPT_ADDRESS_CHARS = 500


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """An address that a document gives as its own, and where."""

    place: str
    url: str
    start: int
    end: int


class Lead(Protocol):
    """A block with its normalized text, None where it is too long, and where it leads (see `link_target`)."""

    @property
    def block(self) -> Block: ...
    @property
    def normalized(self) -> str | None: ...
    @property
    def url(self) -> str | None: ...


@cache
def _labels() -> Mapping[str, Any]:
    labels = table("labels")
    return {
        "links": frozenset(labels["own_address"]),
        "sentences": tuple(labels["own_address_in_text"]),
        "heads": frozenset(labels["own_address_above"]),
    }


def own_addresses(document: Document, leads: Sequence[Lead], front: Mapping[str, str]) -> Iterator[OwnAddress]:
    """The caller's, front matter, link and meta elements, the saver's comment, headline, labelled links, and what only implies it."""
    is_page = document.format == "html"
    surest = [*_given(document), *_stated(document, front), *_linked(leads), *_labelled(leads, is_page)]
    yield from surest
    if not surest:
        yield from _implied(document, leads)
    for entry in document.stated:
        if (entry.place, entry.name) == ("link", "alternate") and urls.host(entry.value):
            yield OwnAddress(SITE_ONLY, entry.value, entry.start, entry.end)


def _given(document: Document) -> Iterator[OwnAddress]:
    """The address that the caller gives."""
    for entry in document.stated:
        if entry.place == "given" and urls.is_web(entry.value):
            yield OwnAddress("given", entry.value.strip(), 0, 0)


def _stated(document: Document, front: Mapping[str, str]) -> Iterator[OwnAddress]:
    for entry in document.stated:
        leads = entry.place in KEYED and front.get(entry.name.casefold()) in ("url", "publisher")
        if leads and urls.is_web(entry.value):
            yield _address(entry.place, entry.value.strip(), entry)
    base = _base(document)
    for place, name in (("link", "canonical"), ("meta", "og:url")):
        for entry in document.stated:
            value = urljoin(base.value, entry.value) if base and not urls.host(entry.value) else entry.value
            if (entry.place, entry.name) == (place, name) and urls.host(value):
                yield _address(name, value, entry)
    yield from _commented(document)


def _base(document: Document) -> RawMetadata | None:
    """The element that says to what the addresses of a page are relative; None where it has no whole address."""
    bases = (entry for entry in document.stated if (entry.place, entry.name) == ("link", "base"))
    return next((entry for entry in bases if urls.is_web(entry.value)), None)


def _address(place: str, url: str, entry: RawMetadata) -> OwnAddress:
    return OwnAddress(place, url, entry.start, entry.end)


def _commented(document: Document) -> Iterator[OwnAddress]:
    """The comment of a saving tool before all content: an address alone, `saved from url=(0042)…`, or `Mirrored from … by HTTrack`."""
    first = next((block.start for block in document.blocks), len(document.text))
    for entry in document.stated:
        if entry.place == "comment" and entry.start < first:
            value = entry.value
            if value.startswith(_SAVED_FROM):
                value = value.removeprefix(_SAVED_FROM).partition(")")[2]
            elif value.startswith(_MIRRORED) and _BY_HTTRACK in value:
                value = "http://" + value.removeprefix(_MIRRORED).partition(_BY_HTTRACK)[0]
            if urls.is_web(value) and urls.host(value):
                yield _address("comment", value, entry)


def _linked(leads: Sequence[Lead]) -> Iterator[OwnAddress]:
    with_words = [lead for lead in leads if lead.normalized]
    for lead in with_words[:_HEAD]:
        if lead.block.kind == "heading" and lead.url and urls.host(lead.url) and urls.path(lead.url).strip("/"):
            yield OwnAddress("title-link", lead.url, lead.block.start, lead.block.end)
    for lead in with_words:
        label = (lead.normalized or "").casefold().rstrip(":：") if lead.url else ""
        if lead.url and label in _labels()["links"] and urls.host(lead.url):
            yield OwnAddress("link", lead.url, lead.block.start, lead.block.end)


def _labelled(leads: Sequence[Lead], is_page: bool) -> Iterator[OwnAddress]:
    """Addresses behind a label in a line or a sentence: `原文链接：https://…`, `Source / 来源链接: [host](https://…)`; above a text that
    is no page, also behind a word that elsewhere may stand before any address: `URL: https://…`."""
    with_words = [lead.block for lead in leads if lead.normalized]
    ends = with_words if len(with_words) <= _TOP + _FOOT else [*with_words[:_TOP], *with_words[-_FOOT:]]
    text = next((place for place, block in enumerate(ends[:_TOP]) if len(block.text) > _LINE_CHARS), _TOP)
    for place, block in enumerate(ends):
        for at, url in _addresses_in(block):
            is_plain = not is_page and place <= text and block.text.startswith("http", at)
            is_above = is_plain and _stripped(block.text[:at]) in _labels()["heads"]
            if urls.host(url) and (is_above or _ends_with_label(block.text[:at])):
                yield OwnAddress("label", url, block.start, block.end)
                break


def _addresses_in(block: Block) -> Iterator[tuple[int, str]]:
    """Each address in a block, linked or plain, with the place where it begins in the text."""
    for mark in block.marks:
        if mark.type == "link" and mark.url and urls.is_web(mark.url):
            yield mark.start, mark.url
    at = block.text.find("http")
    while at >= 0:
        end = min((place for sign in _URL_ENDS if (place := block.text.find(sign, at)) > 0), default=len(block.text))
        if urls.is_web(block.text[at:end]):
            yield at, block.text[at:end]
        at = block.text.find("http", max(end, at + 1))


def _ends_with_label(text: str) -> bool:
    return _stripped(text).endswith(_labels()["sentences"])


def _stripped(text: str) -> str:
    return text.rstrip(" \t\u3000:：/<([（【是为為").casefold().lstrip(" *-•#>")


def _implied(document: Document, leads: Sequence[Lead]) -> Iterator[OwnAddress]:
    """An address that a page's scripts hold as its own, or that all its buttons for sharing agree on."""
    for entry in document.stated:
        if entry.place == "script":
            url = urls.address_in_script(document.text[entry.start : entry.end])
            if url:
                yield _address("script", url, entry)
                return
    base = _base(document)
    # a folder or the front page is not the page
    if base and urls.path(base.value).strip("/") and not base.value.endswith("/"):
        yield _address("base", base.value, base)
        return
    shared: dict[str, Block] = {}
    for lead in leads:
        for mark in lead.block.marks:
            url = urls.shared_address(mark.url) if mark.url else ""
            if url and urls.path(url).strip("/"):
                shared.setdefault(urls.canonical_url(url), lead.block)
    if len(shared) == 1:
        url, block = next(iter(shared.items()))
        yield OwnAddress("share-link", url, block.start, block.end)
