"""The whole way of one document: read, detect, decide, gather, assemble."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from seedclean.decide import chain, decide
from seedclean.detection import detect as _detect
from seedclean.errors import UnreadableError
from seedclean.evidence import Evidence, evidence, read_anew
from seedclean.metadata import front_names, gather
from seedclean.model import Decision, Detection, Document, Source
from seedclean.readers import read
from seedclean.record import Record, assemble
from seedclean.registry import Registry, load

Input = str | bytes | os.PathLike[str] | Source
"""What can be cleaned: a path, the bytes of a file, a text, or bytes with the path their record will bear."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A document with everything that became of it: what `explain` shows and what a record is made from."""

    document: Document
    detection: Detection
    decisions: list[Decision]
    record: Record


def clean(source: Input, *, rules: Iterable[Path] = ()) -> Record:
    """Clean one document.

    A `Path` is read; `bytes` are decoded as a file's would be; a `str` is the text itself, unless it names a file that
    exists. Raises UnreadableError, NotTextError, TooLargeError, PackError or ExtractorError.
    """
    return examine(source, load(rules)).record


def detect(source: Input, *, rules: Iterable[Path] = ()) -> Detection:
    """Who published a document and how it was saved. Raises as `clean` does."""
    registry = load(rules)
    return _detect(_evidence(read(to_source(source)), registry), registry)


def examine(source: Input, registry: Registry) -> Cleaned:
    """Clean one document with extractors that are loaded already, and keep what led to the record."""
    document = read(to_source(source))
    seen = _evidence(document, registry)
    detection = _detect(seen, registry)
    packs = chain(detection, registry)
    seen = read_anew(seen, front_names(packs))
    decisions = decide(seen, detection, registry)
    claims = gather(seen, decisions, detection, registry)
    statuses = {rule.id: rule.status for pack in packs for rule in pack.rules if rule.status}
    fired = {statuses[decision.rule] for decision in decisions if decision.rule in statuses}
    return Cleaned(document, detection, decisions, assemble(document, decisions, detection, claims, fired))


def _evidence(document: Document, registry: Registry) -> Evidence:
    return evidence(document, front_names(registry.role("common")))


def to_source(source: Input) -> Source:
    """The bytes of an input, and the path its record will bear. Raises UnreadableError."""
    if isinstance(source, Source):
        return source
    if isinstance(source, bytes):
        return Source("-", source)
    if isinstance(source, str) and not _names_file(source):
        return Source("-", source.encode("utf-8", "replace"))
    return read_file(Path(source), Path(source).name)


def _names_file(text: str) -> bool:
    """Whether a text is the path of a file. A document is longer than a path, or has line ends, or names none."""
    return len(text) < 1024 and "\n" not in text and "\0" not in text and Path(text).is_file()


def read_file(path: Path, name: str) -> Source:
    """Read a regular file. Raises UnreadableError for anything else, without ever waiting for a pipe."""
    try:
        if not path.is_file():
            what = "a directory" if path.is_dir() else "no regular file" if path.exists() else "there is no such file"
            raise UnreadableError(name, what, "give the path of a file that can be read")
        return Source(name, path.read_bytes())
    except OSError as error:
        raise UnreadableError(name, error.strerror or "cannot be read", "check its permissions") from error
