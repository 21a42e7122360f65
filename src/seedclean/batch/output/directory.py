"""A directory with a file for each record, in the tree of the sources: `a/b.md` becomes `a/b.md.json`."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path

from seedclean.batch.output import journal, resume
from seedclean.batch.output.filenames import Targets
from seedclean.batch.output.journal import Book, Line
from seedclean.batch.output.paths import Beside
from seedclean.batch.output.resume import Earlier, Known
from seedclean.batch.output.written import Written
from seedclean.model.errors import OutputError

_TEMPORARY = ".seedclean.part"

_ABOUT_A_NAME = frozenset({
    errno.ENAMETOOLONG, errno.EINVAL, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENOTEMPTY, errno.ELOOP, errno.EILSEQ,
})  # fmt: skip
"""What a system says of a name that it cannot have or that is taken, while others can be written still."""


class Mirror:
    """Writes the files, each under a temporary name first, and in the end removes those that no source gives any more."""

    noted = True

    def __init__(
        self, beside: Beside, book: Book, targets: Targets, runs: Sequence[Earlier], books: Sequence[Path]
    ) -> None:
        self._beside, self._book, self._targets, self._runs, self._books = beside, book, targets, runs, books
        self._folders: set[Path] = set()
        self._written: set[str] = set()
        self._size = 0

    def known(self, name: str) -> Known | None:
        """What an earlier run has left of a file, where it would get the same names now."""
        found = resume.first(self._runs, name)
        return found if found and self._targets.fit(name, found.line.files) else None

    def write(self, name: str, path: str, record: bytes) -> None:
        """One record, one file."""
        target = self._targets.of(name, path)
        line = record + b"\n"
        try:
            self._put(self._beside.target / target, line)
        except OSError as error:
            if error.errno not in _ABOUT_A_NAME:
                raise
            raise OutputError(
                path, f"{target}: {error.strerror}", "rename the file, or choose another output"
            ) from error
        self._written.add(target)
        self._book.wrote(line, target)

    def _put(self, target: Path, data: bytes) -> None:
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        temporary = self._beside.target / _TEMPORARY
        with open(temporary, "wb", 0) as stream:
            stream.write(data)
        os.replace(temporary, target)

    def end(self, line: Line) -> None:
        """Note a file."""
        self._size += self._book.end(line)

    def keep(self, known: Known) -> None:
        """Leave the files of a source where they are."""
        self._written.update(known.line.files)
        self._size += self._book.keep(known.line)

    def finish(self) -> Written:
        """Remove what is left of sources that are gone, and finish the ledger."""
        for book in self._books:
            for line in journal.read(book):
                for file in line.files:
                    if file not in self._written:
                        self._remove(self._beside.target / file)
        (self._beside.target / _TEMPORARY).unlink(missing_ok=True)
        self._book.settle()
        os.replace(self._beside.book, self._beside.ledger)
        return Written(self._size, self._book.digest)

    def _remove(self, file: Path) -> None:
        file.unlink(missing_ok=True)
        folder = file.parent
        while folder != self._beside.target and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
