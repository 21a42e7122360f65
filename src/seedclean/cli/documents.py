"""The commands that look at documents: `explain` and `detect`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from seedclean.cli.application import command
from seedclean.cli.options import Drop, Keep, Learned, Rules, SiteConfig, pack_options
from seedclean.cli.streams import FAILED, existing, exit_on_error, print_line, print_row, say
from seedclean.model.document import Source
from seedclean.model.errors import OwnRecordError, SeedcleanError

if TYPE_CHECKING:
    from seedclean.packs.registry import Registry
    from seedclean.record.explain import Line

_STYLES = {"head": "bold", "note": "dim", "keep": "", "remove": "red"}
_PIPE_WIDTH = 100
"""The columns of an explanation that goes to a file."""


@command(
    "seedclean explain page.html                      what was kept and removed, and by which rule",
    "seedclean explain page.html --rules river.toml   the same with rules of your own",
    "seedclean explain dump.jsonl#12                  one document of a container",
    "curl -s https://example.org | seedclean explain -",
)
def explain(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="A file, or a document in a container: dump.jsonl#12; with --html also a directory; - is standard input.",
        ),
    ],
    html: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write a page to review in a browser; see docs/review.md.")
    ] = None,
    rules: Rules = None,
    learned: Learned = None,
    site_config: SiteConfig = None,
    keep: Keep = None,
    drop: Drop = None,
) -> None:
    """Show a document with its kept and removed blocks and the rule behind each decision."""
    from seedclean.pipeline import examine
    from seedclean.record.explain import lines
    from seedclean.sources.files import split_place

    with exit_on_error():
        registry = pack_options(rules, site_config, keep, drop, learned).load()
        path, place = split_place(file)
        if file != "-" and not place:
            existing(file)
    if html:
        _review(file, registry, html)
        return
    with exit_on_error(FAILED):
        cleaned = examine(_document(path, place), registry)
    _print_lines(list(lines(cleaned, _width())))


def _review(target: str, registry: Registry, out: Path) -> None:
    from seedclean.record.explain import counted
    from seedclean.review.run import review
    from seedclean.sources.walk import NO_FILE

    with exit_on_error(FAILED):
        shelved = review(target, registry, out)
    if not (shelved.documents or shelved.failed):
        say(NO_FILE)
    failed = f", {shelved.failed} failed" if shelved.failed else ""
    say(f"wrote {out}: {counted(shelved.documents, 'document')}{failed}")
    if shelved.failed:
        raise typer.Exit(FAILED)


def _width() -> int:
    from rich.console import Console

    console = Console()
    return console.width if sys.stdout.isatty() else _PIPE_WIDTH


def _print_lines(lines: list[Line]) -> None:
    """Print an explanation, with colours where a terminal shows them."""
    from rich.console import Console
    from rich.text import Text

    from seedclean.record.explain import joined
    from seedclean.record.terminal import columns

    width, console = _width(), Console(highlight=False, soft_wrap=True)
    for line in lines:
        if not console.is_terminal:
            print_line(joined(line, width))
            continue
        text = Text(joined(line, width), style=_STYLES[line.tone])
        if line.note and columns(line.text) + columns(line.note) + 2 <= width:
            text.stylize("dim cyan", len(line.text))
        console.print(text)


def _document(file: Path, place: str) -> Source:
    from seedclean.sources.files import member, one, read_stream

    if str(file) == "-":
        return one(Source("-", read_stream(sys.stdin.buffer)))
    return member(file, place) if place else one(file)


@command(
    "seedclean detect archive                         who published each document, and how it was saved",
    "curl -s https://example.org | seedclean detect -",
)
def detect(
    paths: Annotated[list[str], typer.Argument(help="Files and directories; - is standard input.", metavar="PATH...")],
    rules: Rules = None,
    site_config: SiteConfig = None,
) -> None:
    """Print origin, capture and deciding clue of each document."""
    from seedclean.packs.registry import load
    from seedclean.pipeline import detections
    from seedclean.sources.walk import NO_FILE

    failed, selected = False, False
    with exit_on_error():
        files = [existing(word) for word in paths if word != "-"]
        registry = load(rules or (), site_config)
        for path, result in detections(_sources(files, "-" in paths), registry):
            selected = True
            if isinstance(result, OwnRecordError):
                continue
            if isinstance(result, SeedcleanError):
                failed = True
                say(f"failed: {result.code}: {result}")
                continue
            print_row(path, result.origin or "-", result.capture or "-", result.clue or "-")
    if not selected:
        say(NO_FILE)
    raise typer.Exit(FAILED if failed else 0)


def _sources(files: list[Path], standard_input: bool) -> Iterator[Source | SeedcleanError]:
    from seedclean.sources.files import documents, read_stream, sources_of
    from seedclean.sources.walk import select

    if standard_input:
        yield from documents(Source("-", read_stream(sys.stdin.buffer)))
    yield from sources_of(select(files))
