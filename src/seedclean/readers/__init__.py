"""From a source to a document: decode it, split off the front matter, and read the rest by the reader of its format.

Face: `read`. May import `sources`, `values` and `model`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from seedclean.model.document import Block, Document, RawMetadata, Source
from seedclean.model.errors import TooLargeError
from seedclean.readers.frontmatter import split_front_matter
from seedclean.readers.html import Reading, read_html
from seedclean.readers.markdown import read_markdown
from seedclean.readers.room import TooManyBlocksError, is_crowded, line_room, read_room, room
from seedclean.readers.text import read_text
from seedclean.sources.encoding import decode
from seedclean.sources.formats import contradicts_suffix, sniff


def read(source: Source) -> Document:
    """Read a source into blocks. Raises TooLargeError and NotTextError.

    Line ends are normalized to the same length, so spans are valid in the decoded text.
    """
    decoded = decode(source)
    text = decoded.text
    normalized = text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text
    front = split_front_matter(normalized)
    body = front.body if front else 0
    format = source.format or sniff(source.path, normalized[body:], is_below_front_matter=front is not None)
    size = len(source.data)
    if format == "text" and normalized.count("\n") > (lines := line_room(size)):
        raise TooLargeError(source.path, f"more than {lines:,} lines", "split it into documents")
    try:
        reading = _read_body(format, normalized, body, read_room(size))
    except TooManyBlocksError:
        what = f"more than {read_room(size):,} blocks and marks, or cells"
        raise TooLargeError(source.path, what, "split it into documents") from None
    if is_crowded(reading.blocks, size):
        raise TooLargeError(
            source.path, f"more than {room(size):,} blocks, two marks as one", "split it into documents"
        )
    given = [RawMetadata("given", "url", source.url, 0, 0)] if source.url else []
    container = [RawMetadata("container", name, value, 0, 0) for name, value in source.stated]
    blocks = _without_carriage_returns(reading.blocks) if "\r\n" in text else reading.blocks
    stated, warnings = container + reading.stated, [*source.warnings, *reading.warnings]
    if front:
        format = "markdown" if format == "text" and not source.format else format
        blocks = [Block("metadata", front.start, front.end, text[front.start : front.end].rstrip()), *blocks]
        stated = front.stated + stated
        warnings = front.warnings + warnings
    if not source.format and contradicts_suffix(source.path, format, normalized[body:]):
        warnings.append("wrong-suffix")
    warnings += decoded.warnings
    return Document(
        source.path,
        source.data,
        text,
        decoded.encoding,
        decoded.known_by,
        format,
        tuple(blocks),
        (*given, *stated),
        front.values if front else {},
        tuple(sorted(set(warnings))),
    )


def _without_carriage_returns(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without the blank at the end of each line of code that stands for its carriage return."""
    return [replace(block, text=block.text.replace(" \n", "\n")) if block.kind == "code" else block for block in blocks]


def _read_body(format: str, text: str, body: int, room: int) -> Reading:
    rest = text[body:] if body else text
    if format == "text":
        return Reading(read_text(rest, body), [], [])
    if format == "markdown":
        return read_markdown(rest, body, room)
    return read_html(rest, body, room)
