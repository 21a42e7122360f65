"""Mail: a page saved as MHTML, and a newsletter as .eml. Each holds one document among its parts."""

from __future__ import annotations

import email
import re
from collections.abc import Callable, Iterator
from email import policy
from email.errors import InvalidBase64LengthDefect, MessageError
from email.message import Message
from typing import Any, TypeAlias

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.model.errors import ContainerError
from seedclean.sources.containers.charset import readable
from seedclean.sources.containers.compression import Held
from seedclean.sources.formats import hinted

_HEADER_CHARS = 10_000
"""A header longer than this is not asked: the standard library's parser is quadratic."""
_FAULTS = (MessageError, ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError)
"""What the standard library raises on headers that are none."""
_COMMENT = re.compile(r"\s*\([^()]*\)\s*$")

Part: TypeAlias = "Message[Any, Any]"


def from_page(outer: Held) -> Iterator[Source]:
    """The page in an MHTML file. Raises ContainerError where there is none, TooLargeError above the limit."""
    message = _parsed(outer)
    pages = _parts(message, "text/html")
    if not pages:
        raise ContainerError(outer.path, "holds no HTML part", "save the page again")
    location = _said(message, "Snapshot-Content-Location")
    start = str(message.get_param("start", "") or "").strip("<> ")
    page = next(
        (part for part in pages if start and _said(part, "Content-ID").strip("<> ") == start),
        next((part for part in pages if location and _said(part, "Content-Location") == location), pages[0]),
    )
    stated = [
        ("url", location or _said(page, "Content-Location")),
        ("title", _said(message, "Subject")),
        ("captured", _date(message)),
    ]
    yield _source(outer, page, "html", stated)


def from_letter(outer: Held) -> Iterator[Source]:
    """The letter in a mail: its HTML part, else its plain text. Raises as `from_page`."""
    message = _parsed(outer)
    pages, texts = _parts(message, "text/html"), _parts(message, "text/plain")
    if not (pages or texts):
        raise ContainerError(outer.path, "holds neither HTML nor plain text", "is it a mail?")
    stated = [
        ("url", _said(message, "Archived-At").strip("<> ")),
        ("title", _said(message, "Subject")),
        ("author", _people(message)),
        ("date", _date(message)),
        ("publisher", _list(message)),
        ("id", _said(message, "Message-ID").strip("<> ")),
    ]
    yield _source(outer, (pages or texts)[0], "html" if pages else "text", stated)


def _parsed(outer: Held) -> Part:
    data = outer.whole(limits.PARSED_BYTES)
    try:
        message = email.message_from_bytes(data, policy=policy.compat32)
    except _FAULTS as error:
        raise ContainerError(
            outer.path, f"is no mail that can be read ({type(error).__name__})", "export it again"
        ) from error
    if not message.keys():
        raise ContainerError(outer.path, "has no mail headers", "is its name right?")
    return message


def _parts(message: Part, type: str) -> list[Part]:
    """The parts of a type that are no attachments, in order."""
    found: list[Part] = []
    open_parts = [message]
    while open_parts:  # not `walk`, which recurses as deep as the mail nests
        part = open_parts.pop()
        if part.get_content_disposition() == "attachment":
            continue
        if part.is_multipart():
            inner: Any = part.get_payload()
            open_parts.extend(reversed(inner))
        elif part.get_content_type() == type:
            found.append(part)
    return found


def _source(outer: Held, part: Part, format: str, stated: list[tuple[str, str]]) -> Source:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or any(isinstance(defect, InvalidBase64LengthDefect) for defect in part.defects):
        raise ContainerError(outer.path, "the part with the document is broken or cut off", "export it again")
    data = readable(data, _asked(part.get_content_charset))
    said = tuple((name, value) for name, value in stated if value)
    return Source(hinted(outer.path, format), data, (*outer.stated, *said))


def _asked(question: Callable[[], str | None]) -> str | None:
    try:
        return question()
    except _FAULTS:
        return None


def _header(part: Part, name: str) -> Any:
    """A header as the standard library understands it, or as written; an empty string where it is missing."""
    raw = next((str(value) for key, value in part.raw_items() if key.lower() == name.lower()), "")
    raw = "".join(raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace").splitlines()).strip()
    if len(raw) > _HEADER_CHARS:
        return ""
    try:
        return policy.default.header_factory(name, raw)
    except _FAULTS:
        return raw


def _said(part: Part, name: str) -> str:
    value = " ".join(str(_header(part, name)).split())
    return value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _date(message: Part) -> str:
    return _COMMENT.sub("", _said(message, "Date"))


def _people(message: Part) -> str:
    addresses = getattr(_header(message, "From"), "addresses", ())
    return ", ".join(address.display_name or address.addr_spec for address in addresses)


def _list(message: Part) -> str:
    name, _, rest = _said(message, "List-Id").partition("<")
    return name.strip(' "') or rest.strip("> ")
