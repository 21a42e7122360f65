"""Output to a directory: one file for each record, in the directory tree of the sources: `a/b.md` -> `a/b.md.json`.

As Markdown and as text: `a/b.html` -> `a/b.md`.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence

from seedclean.batch.output import journal, resume
from seedclean.batch.output.atomic import create
from seedclean.batch.output.filenames import RecordNames
from seedclean.batch.output.forms import Form
from seedclean.batch.output.journal import JournalEntry, JournalWriter
from seedclean.batch.output.paths import FinishedOutput, OutputPaths, delete_interrupted
from seedclean.batch.output.resume import EarlierResult, EarlierResults
from seedclean.model.errors import OutputError
from seedclean.sources.beneath import place

_TEMPORARY = ".seedclean.part"

_NAME_ERRORS = frozenset({
    errno.ENAMETOOLONG, errno.EINVAL, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENOTEMPTY, errno.ELOOP, errno.EILSEQ,
})  # fmt: skip
"""The system rejects this one name; other files can still be written."""

_KEPT_ERRORS = frozenset({errno.ENOENT, errno.ENOTEMPTY, errno.EEXIST, errno.ELOOP})
"""Nothing is there to delete, or it is not this run's to delete."""


class DirectorySink:
    """Writes each record under a temporary name and renames it; at the end deletes the files of sources that are gone."""

    keeps_journal = True

    def __init__(
        self,
        paths: OutputPaths,
        writer: JournalWriter,
        key: bytes,
        names: RecordNames,
        form: Form,
        earlier: Sequence[EarlierResults],
    ) -> None:
        self._paths, self._journal, self._key, self._names = paths, writer, key, names
        self._form, self._earlier = form, earlier
        self._files: set[str] = set()
        self._size = 0

    def earlier_result(self, name: str) -> EarlierResult | None:
        """The valid results of a file, if this run would give its records the same names."""
        result = resume.find_first(self._earlier, name)
        return result if result and self._names.fit(name, result.entry.files) else None

    def write(self, name: str, path: str, record: bytes) -> None:
        """Write a record into a file of its own. Raises OutputError if the system rejects its name, else OSError."""
        file = self._names.of(name, path)
        line = self._form.render(record)
        try:
            self._write_file(file, line)
        except OSError as error:
            if error.errno not in _NAME_ERRORS:
                raise
            remedy = "rename the source file, or choose another output"
            raise OutputError(path, f"{file}: {error.strerror}", remedy) from error
        self._files.add(file)
        self._journal.add_record(line, file)

    def _write_file(self, file: str, data: bytes) -> None:
        temporary = self._paths.target / _TEMPORARY
        with create(temporary, 0) as stream:
            stream.write(data)
        with place(self._paths.target, file.split("/"), create=True) as (name, folder):
            os.replace(temporary, name, dst_dir_fd=folder)

    def finish_file(self, entry: JournalEntry) -> None:
        """Add the finished file to the journal."""
        self._size += self._journal.finish_file(entry)

    def reuse(self, result: EarlierResult) -> None:
        """Leave the record files of an unchanged file in place."""
        self._files.update(result.entry.files)
        self._size += self._journal.repeat(result.entry)

    def finish(self) -> FinishedOutput:
        """Delete the record files that no source gives any more, and give the journal its name."""
        self._delete_stale()
        self._journal.sync()
        os.replace(self._paths.partial_journal, self._paths.journal)
        return FinishedOutput(self._size, self._journal.output_digest)

    def suspend(self) -> None:
        """Delete the record files that no source gives any more: the journals that name them end here."""
        self._delete_stale()
        delete_interrupted(self._paths)

    def _delete_stale(self) -> None:
        for path in (self._paths.interrupted_journal, self._paths.journal):
            for entry in journal.read(path, self._key):
                for file in entry.files:
                    if file not in self._files:
                        self._delete(file)
        (self._paths.target / _TEMPORARY).unlink(missing_ok=True)

    def _delete(self, file: str) -> None:
        """Delete a file and the directories that it leaves empty. One that a link leads to stays."""
        parts = file.split("/")
        try:
            with place(self._paths.target, parts) as (name, folder):
                os.unlink(name, dir_fd=folder)
            for count in range(len(parts) - 1, 0, -1):
                with place(self._paths.target, parts[:count]) as (name, folder):
                    os.rmdir(name, dir_fd=folder)
        except OSError as error:
            if error.errno not in _KEPT_ERRORS:
                raise
