"""The way of one document: read → context → detect → decide → gather → assemble, each called once, none called back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from seedclean.decisions.opinions import consult
from seedclean.decisions.origin import detect as detect_origin
from seedclean.decisions.verdicts import decide
from seedclean.model.document import Detection, Document, Source
from seedclean.model.errors import OwnRecordError, SeedcleanError
from seedclean.packs.context import MatchContext, match_context, with_packs
from seedclean.packs.pack import front_names
from seedclean.packs.registry import Registry, load
from seedclean.readers import read
from seedclean.record.explain import joined, lines
from seedclean.record.metadata import gather
from seedclean.record.record import Cleaned, Record, assemble
from seedclean.sources.files import Input, one, sources, to_source
from seedclean.sources.walk import Entry, select


def clean(source: Input, *, rules: Iterable[Path] = (), site_config: Path | None = None) -> Record:
    """Clean one document, with rule files and a directory of site configurations besides the packs installed.

    A `Path` is read; `bytes` are decoded as a file's would be; a `str` is the text itself, unless it names a file that
    exists. A container that holds one document gives that one's record; one that holds several raises InputError.
    Raises UnreadableError, NotTextError, TooLargeError, ContainerError, OwnRecordError, PackError or ExtractorError.
    """
    return examine(one(source), load(rules, site_config)).record


def detect(source: Input, *, rules: Iterable[Path] = (), site_config: Path | None = None) -> Detection:
    """Who published a document and how it was saved. Raises as `clean` does."""
    return _detected(read(one(source)), load(rules, site_config))[1]


def explain(source: Input, width: int = 100) -> str:
    """The decision on each block of a document, with its rule, as plain text. Raises as `clean` does."""
    return "\n".join(joined(line, width) for line in lines(examine(one(source), load()), width))


def clean_tree(directory: str | os.PathLike[str], *, rules: Iterable[Path] = ()) -> Iterator[Record]:
    """Clean the documents in the files below a directory, or in one file, in the order of their paths.

    seedclean's own records are skipped. Raises at the first document that fails.
    """
    registry = load(rules)
    selection = select([Path(directory)])
    for error in selection.failures:
        raise error
    for _, result in results(selection.entries, registry):
        if isinstance(result, Cleaned):
            yield result.record
        elif not isinstance(result, OwnRecordError):
            raise result


def results(entries: Iterable[Entry], registry: Registry) -> Iterator[tuple[Entry, Cleaned | SeedcleanError]]:
    """Each entry with the result for each document in it. An error is yielded in place of the document that raised it."""
    for entry in entries:
        for source in sources(Path(entry.file), entry.name, entry.root):
            yield entry, _result(source, registry)


def detections(entries: Iterable[Entry], registry: Registry) -> Iterator[tuple[str, Detection | SeedcleanError]]:
    """Each document in some files by its path, with who published it and how it was saved, or with its error."""
    for entry in entries:
        for source in sources(Path(entry.file), entry.name, entry.root):
            if isinstance(source, SeedcleanError):
                yield source.where, source
                continue
            try:
                yield source.path, _detected(read(source), registry)[1]
            except SeedcleanError as error:
                yield source.path, error


def _result(source: Source | SeedcleanError, registry: Registry) -> Cleaned | SeedcleanError:
    if isinstance(source, SeedcleanError):
        return source
    try:
        return examine(source, registry)
    except SeedcleanError as error:
        return error


def examine(source: Input, registry: Registry) -> Cleaned:
    """Clean one document with a loaded registry, and return the record with the steps that led to it.

    The source is read as one document, even where it is a container: `sources` opens containers.
    """
    document = read(to_source(source))
    context, detection = _detected(document, registry)
    packs = registry.chain(detection)
    context = with_packs(context, packs)
    opinions = consult(document, detection, registry)
    verdicts = decide(context, packs, opinions)
    metadata = gather(context, verdicts.decisions, packs, opinions)
    record = assemble(document, detection, verdicts, metadata, packs)
    return Cleaned(document, detection, verdicts.decisions, verdicts.surroundings, record)


def _detected(document: Document, registry: Registry) -> tuple[MatchContext, Detection]:
    context = match_context(document, front_names(registry.role("common")))
    return context, detect_origin(context, registry)
