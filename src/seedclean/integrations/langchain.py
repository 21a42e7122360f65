"""LangChain: a loader of files and trees, and a transformer of documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import BaseDocumentTransformer, Document

from seedclean.cleaner import Cleaner
from seedclean.integrations import passages
from seedclean.record.record import Record


class SeedcleanLoader(BaseLoader):
    """Loads the documents below a directory, or in one file, clean, in the order of their paths.

    Documents without text are left out; those that give an error are logged to `seedclean`. `jobs` processes clean.
    """

    def __init__(self, path: Path | str, *, cleaner: Cleaner | None = None, jobs: int = 1) -> None:
        self._path, self._cleaner, self._jobs = Path(path), cleaner or Cleaner(), jobs

    def lazy_load(self) -> Iterator[Document]:
        """The documents, as each is ready. Raises InputError if there is no such file or directory."""
        return map(_document, passages.readable(self._cleaner.clean_tree(self._path, jobs=self._jobs)))


class SeedcleanTransformer(BaseDocumentTransformer):
    """Cleans documents of any loader. Their metadata stays; what the record knows of `passages.FIELDS` replaces it.

    `url`, or `source` where it is an address, is the address of a document. What gives no text is left out, and an error
    logged to `seedclean`.
    """

    def __init__(self, cleaner: Cleaner | None = None) -> None:
        self._cleaner = cleaner or Cleaner()

    def transform_documents(self, documents: Sequence[Document], **kwargs: Any) -> Sequence[Document]:
        """The clean documents, in order. There are no options."""
        cleaned = []
        for document in documents:
            result = self._cleaner.clean_document(passages.source(document.page_content, document.metadata))
            for record in passages.readable([result]):
                metadata = document.metadata | passages.metadata(record)
                cleaned.append(Document(page_content=record.text, metadata=metadata, id=document.id))
        return cleaned


def _document(record: Record) -> Document:
    return Document(page_content=record.text, metadata=passages.metadata(record))
