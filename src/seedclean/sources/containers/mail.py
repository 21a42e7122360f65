"""Mail: a page saved as MHTML, or a newsletter as .eml. Each holds one document among its parts."""

from __future__ import annotations

import email
from collections.abc import Callable, Iterator
from email import policy
from email.errors import InvalidBase64LengthDefect, MessageError
from email.message import Message
from typing import Any, TypeAlias

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.model.errors import ContainerError
from seedclean.sources.containers.compression import ByteStream
from seedclean.sources.encoding import to_utf8
from seedclean.sources.formats import with_format

_HEADER_CHARS = 10_000
"""A longer header is not parsed: the standard library's header parser takes quadratic time."""
_PARAMETERS = 50
"""Parameters of a header that are parsed; a real one has three."""
_HEADER_ERRORS = (
    MessageError, ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError, OverflowError,
)  # fmt: skip
"""The standard library's exceptions on malformed headers."""

Part: TypeAlias = "Message[Any, Any]"


class _BoundedMessage(Message):
    """A message that does not parse a header of very many parameters: the standard library takes quadratic time."""

    def get_param(self, param: str, failobj: Any = None, header: str = "content-type", unquote: bool = True) -> Any:
        """As in `Message`; without the parameters of such a header."""
        if str(self.get(header, "")).count(";") > _PARAMETERS:
            return failobj
        return super().get_param(param, failobj, header, unquote)


def read_mhtml(outer: ByteStream) -> Iterator[Source]:
    """The page in an MHTML file. Raises ContainerError if it has none, TooLargeError above the limit."""
    message = _parse(outer)
    pages = _parts(message, "text/html")
    if not pages:
        raise ContainerError(outer.path, "holds no HTML part", "save the page again")
    location = _text(message, "Snapshot-Content-Location")
    start = str(message.get_param("start", "") or "").strip("<> ")
    page = next(
        (part for part in pages if start and _text(part, "Content-ID").strip("<> ") == start),
        next((part for part in pages if location and _text(part, "Content-Location") == location), pages[0]),
    )
    stated = [
        ("url", location or _text(page, "Content-Location")),
        ("title", _text(message, "Subject")),
        ("captured", _date(message)),
    ]
    yield _source(outer, page, "html", stated)


def read_mail(outer: ByteStream) -> Iterator[Source]:
    """The HTML part of a mail, else its plain text. Raises like `read_mhtml`."""
    message = _parse(outer)
    pages, texts = _parts(message, "text/html"), _parts(message, "text/plain")
    if not (pages or texts):
        raise ContainerError(outer.path, "holds neither HTML nor plain text", "is it a mail?")
    stated = [
        ("url", _text(message, "Archived-At").strip("<> ")),
        ("title", _text(message, "Subject")),
        ("author", _senders(message)),
        ("date", _date(message)),
        ("publisher", _list_name(message)),
        ("id", _text(message, "Message-ID").strip("<> ")),
    ]
    yield _source(outer, (pages or texts)[0], "html" if pages else "text", stated)


def _parse(outer: ByteStream) -> Part:
    data = outer.read_all(limits.PARSED_BYTES)
    if data.lower().count(b"boundary=") > limits.MAIL_BOUNDARIES:
        raise ContainerError(outer.path, "is a mail of too many parts inside parts", "export it again")
    try:
        message: Part = email.message_from_bytes(data, _BoundedMessage, policy=policy.compat32)
    except _HEADER_ERRORS as error:
        raise ContainerError(
            outer.path, f"is not a readable mail ({type(error).__name__})", "export it again"
        ) from error
    if not message.keys():
        raise ContainerError(outer.path, "has no mail headers", "check that its suffix is right")
    return message


def _parts(message: Part, type: str) -> list[Part]:
    """The parts of a media type that are not attachments, in order."""
    parts: list[Part] = []
    stack = [message]
    while stack:  # instead of `walk`, which recurses as deep as the mail nests
        part = stack.pop()
        if part.get_content_disposition() == "attachment":
            continue
        if part.is_multipart():
            inner: Any = part.get_payload()
            stack.extend(reversed(inner))
        elif part.get_content_type() == type:
            parts.append(part)
    return parts


def _source(outer: ByteStream, part: Part, format: str, stated: list[tuple[str, str]]) -> Source:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or any(isinstance(defect, InvalidBase64LengthDefect) for defect in part.defects):
        raise ContainerError(outer.path, "the part with the document is broken or cut off", "export it again")
    data = to_utf8(data, _none_if_malformed(part.get_content_charset))
    headers = tuple((name, value) for name, value in stated if value)
    return Source(with_format(outer.path, format), data, (*outer.stated, *headers))


def _none_if_malformed(read_header: Callable[[], str | None]) -> str | None:
    try:
        return read_header()
    except _HEADER_ERRORS:
        return None


def _header(part: Part, name: str) -> Any:
    """A header as the standard library parses it, else as written; an empty string if it is missing or too long."""
    raw = next((str(value) for key, value in part.raw_items() if key.lower() == name.lower()), "")
    raw = "".join(raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace").splitlines()).strip()
    if len(raw) > _HEADER_CHARS:
        return ""
    try:
        return policy.default.header_factory(name, raw)
    except _HEADER_ERRORS:
        return raw


def _text(part: Part, name: str) -> str:
    """The text of a header, with white space folded."""
    value = " ".join(str(_header(part, name)).split())
    return value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _date(message: Part) -> str:
    date = _text(message, "Date")
    before, bracket, comment = date.removesuffix(")").rpartition("(")
    return before.rstrip() if bracket and date.endswith(")") and ")" not in comment else date


def _senders(message: Part) -> str:
    addresses = getattr(_header(message, "From"), "addresses", ())
    return ", ".join(address.display_name or address.addr_spec for address in addresses)


def _list_name(message: Part) -> str:
    name, _, rest = _text(message, "List-Id").partition("<")
    return name.strip(' "') or rest.strip("> ")
