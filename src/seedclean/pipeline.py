"""The whole way of one document: read, detect, decide, gather, assemble."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from seedclean.decisions.origin import detect as _detect
from seedclean.decisions.verdicts import decide
from seedclean.model.document import Detection, Document, Source
from seedclean.model.errors import OwnRecordError, SeedcleanError
from seedclean.packs.context import Evidence, evidence, read_anew
from seedclean.packs.pack import front_names
from seedclean.packs.registry import Registry, load
from seedclean.packs.siteconfig.judge import Told, tell
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
    registry = load(rules, site_config)
    return _detect(_evidence(read(one(source)), registry), registry)


def explain(source: Input, width: int = 100) -> str:
    """What became of a document, block by block, as plain text. Raises as `clean` does."""
    return "\n".join(joined(line, width) for line in lines(examine(one(source), load()), width))


def clean_tree(directory: str | os.PathLike[str], *, rules: Iterable[Path] = ()) -> Iterator[Record]:
    """Clean the documents in the files below a directory, or in one file, in the order of their paths.

    Records of seedclean's own are passed over. Raises at the first document that fails.
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
    """Each entry with what became of each document in it: a failure is that document's own, and the others go on."""
    for entry in entries:
        for found in sources(Path(entry.file), entry.name):
            yield entry, _result(found, registry)


def _result(found: Source | SeedcleanError, registry: Registry) -> Cleaned | SeedcleanError:
    if isinstance(found, SeedcleanError):
        return found
    try:
        return examine(found, registry)
    except SeedcleanError as error:
        return error


def examine(source: Input, registry: Registry) -> Cleaned:
    """Clean one document with extractors that are loaded already, and keep what led to the record.

    The source is taken for the document itself, even where it is a container: see `one` and `sources`.
    """
    document = read(to_source(source))
    seen = _evidence(document, registry)
    detection = _detect(seen, registry)
    packs = registry.chain(detection)
    seen = read_anew(seen, front_names(packs))
    site = registry.sites.get(detection.origin)
    told = tell(site, document) if site else Told()
    decisions = decide(seen, detection, registry, told.decisions)
    claims = {**gather(seen, decisions, detection, registry), **told.claims}
    statuses = {rule.id: rule.status for pack in packs for rule in pack.rules if rule.status}
    fired = {statuses[decision.rule] for decision in decisions if decision.rule in statuses}
    return Cleaned(document, detection, decisions, assemble(document, decisions, detection, claims, fired))


def _evidence(document: Document, registry: Registry) -> Evidence:
    return evidence(document, front_names(registry.role("common")))
