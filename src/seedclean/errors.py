"""What can go wrong, as types: each error says where, what, and what to do, and carries a code from a closed list."""


class SeedcleanError(Exception):
    """The base of every error this package raises on purpose.

    `code` is one word of the closed list in docs/record.md; `str(error)` is a sentence for a person.
    """

    code = "internal"

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


class PackError(SeedcleanError):
    """A rule pack or an extractor that cannot be used; `where` names file and rule."""

    code = "pack"


class OutputError(SeedcleanError):
    """The output cannot be written, or its format needs an extra that is not installed."""

    code = "output"


class InputError(SeedcleanError):
    """The paths given cannot be cleaned together, or none is there."""

    code = "input"


class ExtractorError(SeedcleanError):
    """An extractor in code raised, or answered what no verdict is."""

    code = "extractor"
