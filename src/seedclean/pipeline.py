"""The way of one document: read → context → detect → decide → gather → assemble, each called once, none called back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from seedclean.decisions.opinions import consult
from seedclean.decisions.origin import detect as detect_origin
from seedclean.decisions.verdicts import decide
from seedclean.model.document import Detection, Document, Source
from seedclean.model.errors import SeedcleanError
from seedclean.packs.context import MatchContext, match_context, with_packs
from seedclean.packs.pack import front_names
from seedclean.packs.registry import Registry
from seedclean.readers import read
from seedclean.record.assembly import Cleaned, assemble
from seedclean.record.metadata import gather
from seedclean.sources.files import Input, to_source


def detections(
    sources: Iterable[Source | SeedcleanError], registry: Registry
) -> Iterator[tuple[str, Detection | SeedcleanError]]:
    """Each document by its path, with who published it and how it was saved, or with its error."""
    for source in sources:
        if isinstance(source, SeedcleanError):
            yield source.where, source
            continue
        try:
            yield source.path, detect(source, registry)
        except SeedcleanError as error:
            yield source.path, error


def examine(source: Input, registry: Registry) -> Cleaned:
    """Clean one document with a loaded registry, and return the record with the steps that led to it.

    The source is read as one document, even where it is a container: `sources` opens containers.
    """
    document = read(to_source(source))
    context, detection = _detected(document, registry)
    packs = registry.chain(detection)
    context = with_packs(context, packs)
    opinions = consult(document, detection, registry)
    verdicts = decide(context, packs, opinions, registry.policy)
    metadata = gather(context, verdicts.decisions, packs, opinions)
    return assemble(document, detection, verdicts, metadata, packs, registry.policy)


def detect(source: Source, registry: Registry) -> Detection:
    """Who published a document and how it was saved. Raises as `examine` does."""
    return _detected(read(source), registry)[1]


def _detected(document: Document, registry: Registry) -> tuple[MatchContext, Detection]:
    context = match_context(document, front_names(registry.role("common")))
    return context, detect_origin(context, registry)
