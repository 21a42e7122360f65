"""Errors: each has a code from a closed list and says where it happened, what is wrong, and how to remedy it."""

import difflib
from collections.abc import Iterable


class SeedcleanError(Exception):
    """The common type of all errors that this package raises on purpose.

    `code` is one of the codes in docs/record.md; `str(error)` is a sentence for a person.
    """

    code = ""

    def __init__(self, where: str, what: str, remedy: str = "") -> None:
        super().__init__(where, what, remedy)
        self.where = where
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" ({self.remedy})" if self.remedy else "")


class UnreadableError(SeedcleanError):
    """The file cannot be read: missing, no permission, a directory, a pipe, a broken link."""

    code = "unreadable"


class NotTextError(SeedcleanError):
    """The bytes are not text in any supported encoding: an image, an archive, a program."""

    code = "not-text"


class TooLargeError(SeedcleanError):
    """The source has more bytes, lines or blocks than one document may have."""

    code = "too-large"


class ContainerError(SeedcleanError):
    """A container cannot be read: it is truncated, broken, over a limit, without a document, or needs an extra that is not installed."""

    code = "container"


class OwnRecordError(SeedcleanError):
    """The input is a record that seedclean wrote. In directories and in lines of JSON such records are skipped."""

    code = "own-record"


class CrashedError(SeedcleanError):
    """The worker process died while it cleaned the file: a crash in a library, no memory, a plugin that ended the process."""

    code = "crashed"


class TimeLimitError(SeedcleanError):
    """The document took longer than `--timeout` allows; its worker was killed."""

    code = "timeout"


class InternalError(SeedcleanError):
    """An unexpected exception: a bug in seedclean. Please report it."""

    code = "internal"


class PackError(SeedcleanError):
    """A rule pack or an extractor is invalid; `where` names file and rule."""

    code = "pack"


class OutputError(SeedcleanError):
    """The output cannot be written, or its format needs an extra that is not installed."""

    code = "output"


class WorkerError(SeedcleanError):
    """No worker process can be started, or each one dies before it takes a file."""

    code = "worker"


class InputError(SeedcleanError):
    """The paths cannot be cleaned together, or none of them exists."""

    code = "input"


class ExtractorError(SeedcleanError):
    """An extractor in code raised an exception, or returned a value that is not a verdict."""

    code = "extractor"


def restored(code: str, where: str, what: str, remedy: str) -> SeedcleanError:
    """The error of a code, rebuilt from its parts. Raises KeyError for an unknown code."""
    kinds = {kind.code: kind for kind in SeedcleanError.__subclasses__()}
    return kinds[code](where, what, remedy)


def suggestion(word: str, known: Iterable[str]) -> str:
    """The remedy for an unknown word: the known word most like it, else all known words."""
    close = difflib.get_close_matches(word, list(known), 1, 0.5)
    return f"did you mean {close[0]!r}?" if close else "one of: " + ", ".join(known)
