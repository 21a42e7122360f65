"""Haystack: a converter of files and byte streams, with the sockets of Haystack's own converters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from haystack import Document, component
from haystack.components.converters.utils import normalize_metadata
from haystack.dataclasses import ByteStream

from seedclean.cleaner import Cleaner
from seedclean.integrations import passages
from seedclean.model.document import Source
from seedclean.sources.files import Input
from seedclean.values import urls


@component
class SeedcleanConverter:
    """Converts files to clean documents, each with the metadata of its record.

    Documents without text are left out; those that give an error are logged to `seedclean`. Categories as for `Cleaner`.
    """

    def __init__(self, keep: list[str] | None = None, drop: list[str] | None = None) -> None:
        self._cleaner = Cleaner(keep=keep or [], drop=drop or [])  # type: ignore[arg-type]  # Haystack's files hold texts

    @component.output_types(documents=list[Document])
    def run(
        self, sources: list[str | Path | ByteStream], meta: dict[str, Any] | list[dict[str, Any]] | None = None
    ) -> dict[str, list[Document]]:
        """`documents` in the order of `sources`: paths, or streams, whose `meta` may have a `url` and a `file_path`.

        `meta` is added to the metadata: of all, or as a list of each. What the record knows replaces it.
        """
        documents = []
        for source, given in zip(sources, normalize_metadata(meta, len(sources)), strict=True):
            known = {**(source.meta if isinstance(source, ByteStream) else {}), **given}
            for record in passages.readable(self._cleaner.clean_many([_input(source, known)])):
                documents.append(Document(content=record.text, meta={**known, **passages.metadata(record)}))
        return {"documents": documents}


def _input(source: str | Path | ByteStream, known: dict[str, Any]) -> Input:
    if not isinstance(source, ByteStream):
        return Path(source)
    url = str(known.get("url", ""))
    return Source(str(known.get("file_path", "-")), source.data, url=url if urls.is_web(url) else "")
