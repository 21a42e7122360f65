"""What is fuzzed: files of every reader and container, the parsers of fields, and the files of rules.

Each target takes bytes and raises if seedclean does what it must not: an exception that is none of its own, or the error
`internal`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from seedclean.batch.job import Job, outcomes
from seedclean.model.document import Source
from seedclean.model.errors import PackError, SeedcleanError
from seedclean.packs.parser import faults
from seedclean.packs.registry import load
from seedclean.packs.selectors import parse_selector
from seedclean.packs.siteconfig.parser import parse_site
from seedclean.readers.frontmatter import split_front_matter
from seedclean.readers.json_ld import linked_data
from seedclean.values import dates, language, people, title_parts, titles, urls
from seedclean.values.text import squash

SUFFIXES = (
    ".html", ".md", ".txt", ".json", ".jsonl", ".eml", ".mhtml", ".warc", ".parquet", ".gz", ".zst", ".html.gz", ".warc.gz", "",
)  # fmt: skip


def file(suffix: str, data: bytes) -> None:
    """A file of any suffix gives records and typed errors."""
    *members, _ = outcomes(Job("", f"a{suffix}", None, Source(f"a{suffix}", data)), load())
    for member in members:
        if isinstance(member, SeedcleanError) and member.code in ("internal", "crashed"):
            raise AssertionError(str(member))


def fields(text: str) -> None:
    """Any text can stand where a value of metadata should."""
    for parse in (
        dates.iso,
        people.split_people,
        titles.split,
        title_parts.forms,
        urls.canonical_url,
        urls.host,
        language.of,
        language.tag,
        squash,
    ):
        parse(text)
    list(title_parts.heads(text))
    urls.unproxied(text)


def metadata(text: str) -> None:
    """Any text can stand in front matter and linked data."""
    split_front_matter(f"---\n{text}\n---\n")
    linked_data(text, 0, len(text))


def rules(text: str) -> None:
    """Any text can be a rule file or a site configuration: it has faults, or none."""
    faults(text, "a.toml")
    head = 'id = "a"\nname = "A"\nhost = ["a.example"]\n[[rule]]\nremove = "b"\ncategory = "interface"\nwhy = "W."\n'
    faults(head + text, "a.toml")
    for parse in (parse_selector, lambda line: parse_site(line, "a", "a.txt")):
        try:
            parse(text)
        except (PackError, ValueError):  # a selector's own fault is a ValueError, which the parser of packs reports
            continue


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    **{f"file{suffix}": partial(file, suffix) for suffix in SUFFIXES},
    "fields": lambda data: fields(data.decode("utf-8", "replace")),
    "metadata": lambda data: metadata(data.decode("utf-8", "replace")),
    "rules": lambda data: rules(data.decode("utf-8", "replace")),
}
"""By the name that `tests/fuzz.py` takes."""
