"""The functions of the module `seedclean`: those of a default cleaner, or of one with the options of a call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TypedDict, Unpack

from seedclean.cleaner import Cleaner
from seedclean.model.document import Detection
from seedclean.model.errors import SeedcleanError
from seedclean.model.vocabulary import Category, Format
from seedclean.record.record import Record
from seedclean.sources.files import Input


class Options(TypedDict, total=False):
    """The options of a `Cleaner`, as the functions take them."""

    rules: Iterable[Path]
    learned: Path | None
    site_config: Path | None
    keep: Iterable[Category]
    drop: Iterable[Category]


@cache
def _default() -> Cleaner:
    return Cleaner()


def _cleaner(options: Options) -> Cleaner:
    """The cleaner with such options: without any, the default one."""
    return Cleaner(**options) if options else _default()


def clean(
    source: Input,
    *,
    url: str | None = None,
    path: str | None = None,
    format: Format | None = None,
    **options: Unpack[Options],
) -> Record:
    """The record of one document, as `Cleaner.clean`; options are those of `Cleaner`.

    >>> import seedclean
    >>> record = seedclean.clean("# A title\\n\\nA paragraph.")
    >>> record.title, record.text
    ('A title', 'A title\\nA paragraph.')

    A `str` is the text itself and a `Path` a file, always. Each call with options loads the rules anew: for many documents
    make one `Cleaner`.
    """
    return _cleaner(options).clean(source, url=url, path=path, format=format)


def detect(
    source: Input,
    *,
    url: str | None = None,
    path: str | None = None,
    format: Format | None = None,
    **options: Unpack[Options],
) -> Detection:
    """Who published a document and how it was saved, as `Cleaner.detect`; options are those of `Cleaner`."""
    return _cleaner(options).detect(source, url=url, path=path, format=format)


def explain(
    source: Input,
    width: int = 100,
    *,
    url: str | None = None,
    path: str | None = None,
    format: Format | None = None,
    **options: Unpack[Options],
) -> str:
    """The decision on each block with its rule, as `Cleaner.explain`; options are those of `Cleaner`."""
    return _cleaner(options).explain(source, width, url=url, path=path, format=format)


def clean_many(
    inputs: Iterable[Input], *, jobs: int = 1, **options: Unpack[Options]
) -> Iterator[Record | SeedcleanError]:
    """For each input its record or the error in its place, as `Cleaner.clean_many`; options are those of `Cleaner`."""
    return _cleaner(options).clean_many(inputs, jobs=jobs)


def clean_tree(directory: Path, *, jobs: int = 1, **options: Unpack[Options]) -> Iterator[Record | SeedcleanError]:
    """For each document below a directory its record or the error in its place, as `Cleaner.clean_tree`.

    Options are those of `Cleaner`.
    """
    return _cleaner(options).clean_tree(directory, jobs=jobs)
