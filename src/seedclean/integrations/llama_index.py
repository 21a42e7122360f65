"""LlamaIndex: a reader of files and trees, also for the suffixes of a `SimpleDirectoryReader`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import Document

from seedclean.cleaner import Cleaner
from seedclean.integrations import passages


class SeedcleanReader(BaseReader):
    """Reads the documents below a directory, or in one file, clean, in the order of their paths.

    Documents without text are left out; those that give an error are logged to `seedclean`. As a reader of single files
    it stands in the `file_extractor` of a `SimpleDirectoryReader`: `{".html": SeedcleanReader()}`.
    """

    def __init__(self, cleaner: Cleaner | None = None, *, jobs: int = 1) -> None:
        self._cleaner, self._jobs = cleaner or Cleaner(), jobs

    def lazy_load_data(
        self, path: Path | str, extra_info: Mapping[str, Any] | None = None, **_: Any
    ) -> Iterator[Document]:
        """The documents, as each is ready; `extra_info` is added to the metadata, as LlamaIndex gives it.

        Raises InputError if there is no such file or directory.
        """
        for record in passages.readable(self._cleaner.clean_tree(Path(path), jobs=self._jobs)):
            yield Document(text=record.text, metadata={**(extra_info or {}), **passages.metadata(record)})
