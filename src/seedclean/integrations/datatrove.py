"""datatrove: a reader of trees and containers, a step that cleans documents, and an extractor.

Import this where the pipeline is made: datatrove takes two seconds to import.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import PurePosixPath
from typing import Any

from datatrove.data import Document, DocumentsPipeline
from datatrove.io import DataFolderLike
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.extractors.base import BaseExtractor
from datatrove.pipeline.readers.base import BaseDiskReader
from datatrove.pipeline.writers.disk_base import DiskWriter
from datatrove.utils.typeshelper import StatHints

from seedclean.cleaner import Cleaner
from seedclean.model.document import Source
from seedclean.model.errors import OwnRecordError, SeedcleanError
from seedclean.record.record import Record
from seedclean.sources.containers import unpack_stream
from seedclean.sources.encoding import decode
from seedclean.sources.formats import is_readable
from seedclean.sources.walk import LEDGER, MANIFEST
from seedclean.values import urls

METADATA = (
    "path", "title", "url", "publisher", "authors", "published", "language", "tags",
    "origin", "capture", "status", "confidence", "page_type", "warnings",
)  # fmt: skip
"""The fields of a record that become metadata of a document, if the caller names no others."""

_CONTAINER = "seedclean_container"
"""Metadata from the reader for the cleaner: what the container says of a document."""


class SeedcleanReader(BaseDiskReader):
    """Reads the files of a tree that seedclean can read, container members one by one, without cleaning them.

    Task r of n reads the files r, r + n, r + 2n … in the order of their paths. A document has the decoded text of its
    source, and as `id` and in `metadata["path"]` the path that its record gets. What cannot be read goes to
    `exclusion_writer`, with the error in the metadata: not the writer of another step. Other options are those of datatrove's readers.
    """

    name = "🌱 seedclean"

    def __init__(self, data_folder: DataFolderLike, exclusion_writer: DiskWriter | None = None, **options: Any) -> None:
        super().__init__(data_folder, **options)
        self.exclusion_writer = exclusion_writer

    def run(self, data: DocumentsPipeline = None, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        """As of datatrove's readers."""
        self._rank = rank  # `read_file`, which datatrove calls, does not get it
        with self.exclusion_writer or nullcontext():
            yield from super().run(data, rank, world_size)

    def read_file(self, filepath: str) -> Iterator[Document]:
        """The documents of a file; none if seedclean does not read files of its name."""
        if not _is_selected(filepath):
            self.stat_update("not_selected")
            return
        with self.data_folder.open(filepath, "rb") as stream:
            for number, member in enumerate(unpack_stream(filepath, stream)):
                try:
                    document = self.get_document_from_dict(_decoded(member), filepath, number)
                except OwnRecordError:
                    self.stat_update("own_record")
                except SeedcleanError as error:
                    _exclude(self, Document("", error.where, metadata={"path": error.where}), error, self._rank)
                else:
                    if document is None:  # datatrove's readers drop a document without text
                        self.stat_update("empty")
                    else:
                        yield document


class SeedcleanCleaner(PipelineStep):
    """Cleans documents: the text of a document becomes the text of its record, and fields of the record its metadata.

    `metadata` names the fields; one without a value leaves what the document had. `metadata["url"]`, where it is a web
    address, is the address of the document. `drop` are the statuses of records that are dropped. They, and documents
    without a record, go to `exclusion_writer` with their own text, and `filter_reason` and the error in the metadata.

    Statistics count documents by status and origin, errors by code, and removed blocks by category.
    """

    type = "🌱 - CLEAN"
    name = "seedclean"

    def __init__(
        self,
        cleaner: Cleaner | None = None,
        metadata: Sequence[str] = METADATA,
        drop: Sequence[str] = ("empty", "failure"),
        exclusion_writer: DiskWriter | None = None,
    ) -> None:
        super().__init__()
        self.cleaner = cleaner or Cleaner()
        self.metadata = tuple(metadata)
        self.drop = tuple(drop)
        self.exclusion_writer = exclusion_writer

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        """Clean the documents one by one, in their order."""
        with self.exclusion_writer or nullcontext():
            for document in data:
                self.stat_update(StatHints.total)
                with self.track_time():
                    result = self.cleaner.clean_document(_source(document))
                if isinstance(result, SeedcleanError):
                    self.stat_update(StatHints.dropped)
                    _exclude(self, document, result, rank)
                    continue
                self._count(result)
                if result.status in self.drop:
                    self.stat_update(StatHints.dropped, f"dropped_{result.status}")
                    document.metadata["filter_reason"] = result.status
                    if self.exclusion_writer:
                        self.exclusion_writer.write(document, rank)
                    continue
                self.stat_update(StatHints.forwarded)
                self._replace(document, result)
                self.update_doc_stats(document)
                yield document

    def _count(self, record: Record) -> None:
        self.stat_update(f"status_{record.status}", f"origin_{record.origin or 'unknown'}")
        for block in record.removed:
            self.stat_update(f"removed_{block.category}")

    def _replace(self, document: Document, record: Record) -> None:
        values = record.to_dict()
        document.text = record.text
        document.metadata.pop(_CONTAINER, None)
        for field in self.metadata:
            if values[field] is not None or field not in document.metadata:
                document.metadata[field] = values[field]


class SeedcleanExtractor(BaseExtractor):
    """The text of a page or other document, and nothing else, as datatrove's extractors give it.

    `timeout` is in seconds for each document. It must also cover the start of the process that extracts, which takes a
    second or two; datatrove starts another one after each timeout, and after each document that gives an error.
    """

    name = "🌱 seedclean"

    def __init__(self, cleaner: Cleaner | None = None, timeout: float = 10) -> None:
        super().__init__(timeout)
        self.cleaner = cleaner or Cleaner()

    def extract(self, text: str) -> str:
        """The text of the record. Raises the error of a document without one, which datatrove counts as `broken_process`."""
        result = self.cleaner.clean_document(Source("-", text.encode("utf-8", "replace")))
        if isinstance(result, SeedcleanError):
            raise result
        return result.text


def _is_selected(path: str) -> bool:
    hidden = any(part.startswith(".") for part in PurePosixPath(path).parts)
    return is_readable(path) and not hidden and not path.endswith((LEDGER, MANIFEST))


def _decoded(member: Source | SeedcleanError) -> dict[str, Any]:
    """A document as datatrove's readers take it. Raises SeedcleanError."""
    if isinstance(member, SeedcleanError):
        raise member
    text = decode(member)
    metadata: dict[str, Any] = {"path": member.path, "encoding": text.encoding}
    container = {"stated": [list(pair) for pair in member.stated], "warnings": list(member.warnings)}
    if any(container.values()):
        metadata[_CONTAINER] = container
    return {"text": text.text, "id": member.path, "metadata": metadata}


def _source(document: Document) -> Source:
    """The source of a document: of our reader, or of any other."""
    metadata = document.metadata
    container = metadata.get(_CONTAINER, {})
    return Source(
        str(metadata.get("path", document.id)),
        document.text.encode("utf-8", "replace"),
        stated=tuple((name, value) for name, value in container.get("stated", ())),
        warnings=tuple(container.get("warnings", ())),
        url=urls.web(metadata.get("url")),
    )


def _exclude(step: SeedcleanReader | SeedcleanCleaner, document: Document, error: SeedcleanError, rank: int) -> None:
    step.stat_update(f"error_{error.code}")
    document.metadata |= {"filter_reason": error.code, "error": str(error)}
    if step.exclusion_writer:
        step.exclusion_writer.write(document, rank)
