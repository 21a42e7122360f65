"""A cleaner: the rules and the policy of a user, compiled once, with all that can be done to documents by them.

A `str` is always the text itself, and a `Path` always a file: no text is ever opened as a path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from seedclean import pipeline
from seedclean.batch.job import DocumentDone, FileDone, Job, Outcome
from seedclean.model.document import Detection, Policy, Source
from seedclean.model.errors import OwnRecordError, SeedcleanError, suggestion
from seedclean.model.vocabulary import CATEGORIES, FORMATS, Category, Format
from seedclean.packs.registry import PackOptions, read_rules
from seedclean.record.assembly import Cleaned
from seedclean.record.record import Record
from seedclean.sources.files import Input, one, several_documents, sources_of, to_source
from seedclean.sources.walk import Selection, select
from seedclean.values import urls

_Value = TypeVar("_Value")


class Cleaner:
    """Cleans documents by the installed packs, and by what it is given; its rules are compiled once.

    >>> from seedclean import Cleaner
    >>> cleaner = Cleaner(keep=["legal"])
    >>> cleaner.clean("# A title\\n\\nA paragraph.").title
    'A title'

    It can be used by several threads, and be pickled, with the text of its rule files and counts, for processes on this machine.
    """

    def __init__(
        self,
        *,
        rules: Iterable[Path] = (),
        learned: Path | None = None,
        site_config: Path | None = None,
        keep: Iterable[Category] = (),
        drop: Iterable[Category] = (),
    ) -> None:
        """Load the packs.

        `rules` are rule files that are added to the installed packs. `learned` are the counts of a corpus, as `seedclean
        learn --counts` writes them: what repeats from document to document is less likely the document's own.
        `site_config` is a directory of site configurations of Full-Text RSS.

        `keep` are categories of removal that stay in the record: such a block is among `blocks`, with its category and
        the rule that spoke. `drop` are categories that are removed even where the page seems to consist of such
        blocks, as a page of teasers does.

        Raises PackError for a rule file or counts with a fault, ValueError for a word that is no category, and TypeError for a
        `str` in place of a `Path`.
        """
        self._options = PackOptions(
            tuple(read_rules(_path(file, "a rule file")) for file in _several(rules, "rules")),
            site_config and _path(site_config, "site_config").absolute(),
            Policy(_categories(keep, "keep"), _categories(drop, "drop")),
            learned and read_rules(_path(learned, "learned")),
        )
        self._registry = self._options.load()

    def clean(
        self, source: Input, *, url: str | None = None, path: str | None = None, format: Format | None = None
    ) -> Record:
        """The record of one document.

        A `str` is the text itself, `bytes` are decoded as a file's would be, a `Path` is read. `url` is the document's
        address, where it is known; it goes before what the document says of itself. `path` is the path that the record
        gets; its suffix is a hint to the format. `format` is `html`, `markdown` or `text`; without it the content
        decides. A container that holds one document gives that one's record; with `format` nothing is a container.

        Raises InputError for a container that holds several documents, UnreadableError, NotTextError, TooLargeError,
        ContainerError, OwnRecordError, PackError or ExtractorError; ValueError and TypeError for a wrong argument.
        """
        return self._examine(source, url, path, format).record

    def detect(
        self, source: Input, *, url: str | None = None, path: str | None = None, format: Format | None = None
    ) -> Detection:
        """Who published a document and how it was saved. Takes and raises what `clean` does."""
        return pipeline.detect(_source(source, url, path, format), self._registry)

    def explain(
        self,
        source: Input,
        width: int = 100,
        *,
        url: str | None = None,
        path: str | None = None,
        format: Format | None = None,
    ) -> str:
        """The decision on each block with its rule, as plain text of `width` columns. Takes and raises what `clean` does."""
        from seedclean.record.explain import joined, lines  # with rich, for the widths of characters

        cleaned = self._examine(source, url, path, format)
        return "\n".join(joined(line, width) for line in lines(cleaned, width))

    def clean_many(self, inputs: Iterable[Input], *, jobs: int = 1) -> Iterator[Record | SeedcleanError]:
        """For each input its record, or the error in its place, in order; as each is ready.

        A `Source` carries a path, an address and a format with its bytes. With more than one of `jobs`, so many
        processes clean: inputs are taken from the iterable ahead of the results, and a process that dies or hangs
        costs one document. A program that uses processes needs `if __name__ == "__main__":`.

        Raises WorkerError if no process starts, and TypeError for an input of another type.
        """
        if _processes(jobs) == 1:
            return (pipeline.attempt(_job(source).name, partial(self.clean, source)) for source in inputs)
        return self._in_processes(map(_job, inputs), jobs)

    def clean_document(self, source: Source) -> Record | SeedcleanError:
        """The record of a source that is one document and no container, whatever it looks like, or the error in its place.

        For programs that have taken documents out of their containers; the path may still bear a container's suffix.
        """
        return pipeline.attempt(source.path, lambda: pipeline.examine(source, self._registry).record)

    def clean_tree(self, directory: Path, *, jobs: int = 1) -> Iterator[Record | SeedcleanError]:
        """For each document in the files below a directory, or in one file, its record or the error in its place.

        They come in the order of their paths, container members one by one. seedclean's own records are skipped.
        `jobs` is as for `clean_many`. Raises InputError if there is no such file or directory.
        """
        return self._tree(select([_path(directory, "a directory")]), _processes(jobs))

    def __getstate__(self) -> PackOptions:
        return self._options

    def __setstate__(self, options: PackOptions) -> None:
        self._options, self._registry = options, options.load()

    def __repr__(self) -> str:
        rules, site_config, policy = self._options.rules, self._options.site_config, self._options.policy
        learned = self._options.learned
        given = {
            "rules": [read_rules(file).name for file in rules],
            "learned": learned and read_rules(learned).name,
            "site_config": site_config and str(site_config),
            "keep": list(policy.keep),
            "drop": list(policy.drop),
        }
        return f"Cleaner({', '.join(f'{name}={value!r}' for name, value in given.items() if value)})"

    def _examine(self, source: Input, url: str | None, path: str | None, format: str | None) -> Cleaned:
        return pipeline.examine(_source(source, url, path, format), self._registry)

    def _tree(self, selection: Selection, jobs: int) -> Iterator[Record | SeedcleanError]:
        if jobs == 1:
            results = (
                source if isinstance(source, SeedcleanError) else self.clean_document(source)
                for source in sources_of(selection)
            )
        else:
            yield from selection.failures
            work = (Job(entry.file, entry.name, root=entry.root) for entry in selection.entries)
            results = (
                _result(outcome) for _, outcome in self._outcomes(work, jobs) if not isinstance(outcome, FileDone)
            )
        yield from (result for result in results if not isinstance(result, OwnRecordError))

    def _in_processes(self, work: Iterator[Job], jobs: int) -> Iterator[Record | SeedcleanError]:
        results: list[DocumentDone | SeedcleanError] = []
        for job, outcome in self._outcomes(work, jobs):
            if not isinstance(outcome, FileDone):
                results = [*results[:1], outcome]
                continue
            yield _result(results[0]) if len(results) == 1 else several_documents(job.name, job.name)
            results = []

    def _outcomes(self, work: Iterator[Job], jobs: int) -> Iterator[tuple[Job, Outcome]]:
        from seedclean.batch.pool import WorkerPool  # with multiprocessing, which most programs do without

        with WorkerPool(jobs, self._options) as pool:
            yield from pool.outcomes(work)


def _result(outcome: DocumentDone | SeedcleanError) -> Record | SeedcleanError:
    return Record.from_json(outcome.record) if isinstance(outcome, DocumentDone) else outcome


def _job(source: Input) -> Job:
    """The job of a source in a process. Raises TypeError for a source of another type."""
    if isinstance(source, Path):
        return Job(str(source), source.name)
    given = to_source(source)
    return Job("", given.path, source=given)


def _source(source: Input, url: str | None, path: str | None, format: str | None) -> Source:
    """The one document of a source, with what the caller knows of it."""
    if format is not None and format not in FORMATS:
        raise ValueError(f"{format!r} is no format: one of {', '.join(FORMATS)}")
    if url is not None and not urls.is_web(url):
        raise ValueError(f"url={url!r} is no web address: it begins with http:// or https://")
    if path is not None or format is not None:
        source = to_source(source)
        source = replace(source, path=source.path if path is None else path, format=format or source.format)
    document = one(source)
    return document if url is None else replace(document, url=url)


def _processes(jobs: int) -> int:
    if jobs < 1:
        raise ValueError(f"jobs={jobs} is no number of processes: it is 1 or more")
    return jobs


def _categories(words: Iterable[str], name: str) -> tuple[Category, ...]:
    """The categories, in alphabetical order. Raises ValueError for another word."""
    for word in _several(words, name):
        if word not in CATEGORIES:
            raise ValueError(f"{name}={word!r} is no category of removal: {suggestion(str(word), CATEGORIES)}")
    return tuple(category for category in sorted(CATEGORIES) if category in set(words))


def _several(values: Iterable[_Value], name: str) -> tuple[_Value, ...]:
    """The values of an option that takes several. Raises TypeError for one that stands alone."""
    if isinstance(values, str | Path):
        raise TypeError(f"{name} takes a list: {name}=[{values!r}]")
    return tuple(values)


def _path(value: Path, what: str) -> Path:
    """The path of something that is read. Raises TypeError for a `str`, which is always a text."""
    if not isinstance(value, Path):
        raise TypeError(f"{what} is a Path, not {type(value).__name__}: pathlib.Path({str(value)!r})")
    return value
