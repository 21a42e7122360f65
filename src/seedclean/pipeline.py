"""The way of one document: read → context → detect → decide → gather → assemble, each called once, none called back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeVar

from seedclean.decisions.opinions import consult
from seedclean.decisions.origin import detect as detect_origin
from seedclean.decisions.verdicts import Verdicts, decide
from seedclean.model.document import Detection, Document, Source
from seedclean.model.errors import CrashedError, InternalError, SeedcleanError
from seedclean.packs.context import MatchContext, match_context, with_packs
from seedclean.packs.pack import Pack, front_names
from seedclean.packs.registry import Registry
from seedclean.readers import read
from seedclean.record.assembly import Cleaned, assemble
from seedclean.record.metadata import Metadata, gather
from seedclean.sources.files import Input, to_source

_Value = TypeVar("_Value")


def detections(
    sources: Iterable[Source | SeedcleanError], registry: Registry
) -> Iterator[tuple[str, Detection | SeedcleanError]]:
    """Each document by its path, with who published it and how it was saved, or with its error."""
    for source in sources:
        if isinstance(source, SeedcleanError):
            yield source.where, source
        else:
            yield source.path, attempt(source.path, partial(detect, source, registry))


def examine(source: Input, registry: Registry) -> Cleaned:
    """Clean one document with a loaded registry, and return the record with the steps that led to it.

    The source is read as one document, even where it is a container: `sources` opens containers.
    """
    document = read(to_source(source))
    detection, packs, verdicts, metadata = _decided(document, registry)
    return assemble(document, detection, verdicts, metadata, packs, registry.policy)


def _decided(document: Document, registry: Registry) -> tuple[Detection, list[Pack], Verdicts, Metadata]:
    """What a record is assembled from; the context, which holds each block once more, is not."""
    context, detection = _detected(document, registry)
    packs = registry.chain(detection)
    context = with_packs(context, packs)
    opinions = consult(document, detection, registry)
    verdicts = decide(context, packs, opinions, registry.policy, registry.repetition)
    return detection, packs, verdicts, gather(context, verdicts.decisions, packs, opinions)


def detect(source: Source, registry: Registry) -> Detection:
    """Who published a document and how it was saved. Raises as `examine` does."""
    return _detected(read(source), registry)[1]


def _detected(document: Document, registry: Registry) -> tuple[MatchContext, Detection]:
    context = match_context(document, front_names(registry.role("common")))
    return context, detect_origin(context, registry)


def attempt(path: str, work: Callable[[], _Value]) -> _Value | SeedcleanError:
    """What some work on the document of this path gives, or the error in its place."""
    try:
        return work()
    except SeedcleanError as error:
        return error
    except Exception as error:  # noqa: BLE001  # a bug costs the document it shows in, and no other one
        return unexpected(path, error)


def unexpected(path: str, error: Exception) -> SeedcleanError:
    """The typed error for an exception that seedclean does not raise on purpose, with the place that raised it."""
    if isinstance(error, MemoryError):
        return CrashedError(path, "needs more memory than a file of its size may take", "split it, or exclude it")
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" in {trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace else ""
    return InternalError(
        path, f"{type(error).__name__}: {str(error)[:200]}{place}", "a bug in seedclean: please report it"
    )
