"""What can go wrong, as types: each error says where, what, and what to do, and carries a code from a closed list."""


class SeedcleanError(Exception):
    """The base of every error this package raises on purpose.

    `code` is one word of the closed list in docs/record.md; `str(error)` is a sentence for a person.
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
    """The bytes are no text in any encoding we know: a picture, an archive, a program."""

    code = "not-text"


class TooLargeError(SeedcleanError):
    """The source is larger than `limits.SOURCE_BYTES`."""

    code = "too-large"


class ContainerError(SeedcleanError):
    """A document cannot be taken out of what holds it: cut, broken, beyond a limit, no document, or an extra is missing."""

    code = "container"


class OwnRecordError(SeedcleanError):
    """What was given is a record of seedclean: a result, and no document. Directories and lines of them are passed over."""

    code = "own-record"


class CrashedError(SeedcleanError):
    """The worker that cleaned the file died of it: a crash in a library, no memory, a plugin that ends its process."""

    code = "crashed"


class TimeLimitError(SeedcleanError):
    """The document took longer than `--timeout` allows, and its worker was ended."""

    code = "timeout"


class InternalError(SeedcleanError):
    """A mistake of seedclean's own: something was raised that no part of it speaks of. Please report it."""

    code = "internal"


class PackError(SeedcleanError):
    """A rule pack or an extractor that cannot be used; `where` names file and rule."""

    code = "pack"


class OutputError(SeedcleanError):
    """The output cannot be written, or its format needs an extra that is not installed."""

    code = "output"


class WorkerError(SeedcleanError):
    """No worker can be started, or each one dies before it takes a file."""

    code = "worker"


class InputError(SeedcleanError):
    """The paths given cannot be cleaned together, or none is there."""

    code = "input"


class ExtractorError(SeedcleanError):
    """An extractor in code raised, or answered what no verdict is."""

    code = "extractor"


def restored(code: str, where: str, what: str, remedy: str) -> SeedcleanError:
    """An error again from its code and its words. Raises KeyError for a code that is not of the list."""
    kinds = {kind.code: kind for kind in SeedcleanError.__subclasses__()}
    return kinds[code](where, what, remedy)
