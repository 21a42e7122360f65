"""The command line: arguments in, lines out. What it does is done elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text
from typer.core import TyperGroup

from seedclean import output, scaffold, tree
from seedclean.check import check as check_pack
from seedclean.cleaning import Cleaned, examine, one, read_file
from seedclean.containers import unpack
from seedclean.errors import OwnRecordError, SeedcleanError
from seedclean.explanation import columns, joined, lines, visible
from seedclean.model import Source
from seedclean.registry import Registry, load
from seedclean.summary import Summary

_TONES = {"head": "bold", "note": "dim", "keep": "", "remove": "red"}


class _DefaultGroup(TyperGroup):
    """`seedclean PATH` means `seedclean clean PATH`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "--version"):
            args = ["clean", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_DefaultGroup, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="Turn documents saved second-hand from the web into clean canonical JSON. "
    "`seedclean PATH` is short for `seedclean clean PATH`.",
)  # fmt: skip

Rules = Annotated[
    list[Path] | None, typer.Option("--rules", metavar="FILE", help="A rule file to add to the packs installed.")
]


SiteConfig = Annotated[
    Path | None,
    typer.Option("--site-config", metavar="DIR", help="A directory of site configurations of Full-Text RSS."),
]


def _say(text: str) -> None:
    print(visible(text), file=sys.stderr)


@contextmanager
def _told(code: int = 2) -> Iterator[None]:
    """Errors of ours are told in a line, without a trace, and end the command with a code."""
    try:
        yield
    except SeedcleanError as error:
        _say(f"seedclean: {error}")
        raise typer.Exit(code) from None


@app.callback()
def _group(version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False) -> None:
    if version:  # __main__ answers a plain `--version` without loading this module
        from seedclean.__main__ import print_version

        print_version()
        raise typer.Exit


@app.command()
def clean(
    paths: Annotated[list[str], typer.Argument(help="Files and directories; - for standard input.", metavar="PATH...")],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="PATH", help="A directory, or .jsonl, .jsonl.gz, .jsonl.zst, .parquet."),
    ] = None,
    rules: Rules = None,
    site_config: SiteConfig = None,
) -> None:
    """Clean files and directories: one JSON record for each document."""
    with _told():
        registry = load(rules or (), site_config)
        selection = tree.select([Path(path) for path in paths if path != "-"])
        with _sink(out) as sink:
            failed = _clean_all(selection, "-" in paths, registry, sink)
    raise typer.Exit(1 if failed else 0)


def _clean_all(selection: tree.Selection, standard: bool, registry: Registry, sink: output.Sink) -> bool:
    summary = Summary()
    own: list[str] = []
    if standard:
        for found in unpack(Source("-", sys.stdin.buffer.read())):
            _take(tree.result(found, registry), summary, sink, own)
    begun: set[str] = set()
    with _progress(len(selection.entries)) as (progress, task):
        for entry, result in tree.results(selection.entries, registry):
            _take(result, summary, sink, own)
            begun.add(entry.name)
            progress.update(task, completed=len(begun))
    for line in summary.lines(registry, selection.passed_over):
        _say(line)
    if own:
        _say(f"passed over {len(own)} records of seedclean: {', '.join(own[:5])}{' …' if len(own) > 5 else ''}")
    return bool(summary.failures)


def _take(result: Cleaned | SeedcleanError, summary: Summary, sink: output.Sink, own: list[str]) -> None:
    if isinstance(result, OwnRecordError):
        own.append(result.where)
    elif isinstance(result, SeedcleanError):
        _say(f"failed: {result.code}: {result}")
        summary.fail(result)
    else:
        sink.write(result.record)
        summary.add(result)


@contextmanager
def _sink(out: Path | None) -> Iterator[output.Sink]:
    if out is None:
        stream: BinaryIO = sys.stdout.buffer
        yield output.Lines(stream)
        stream.flush()
    else:
        with output.opened(out) as sink:
            yield sink


@contextmanager
def _progress(total: int) -> Iterator[tuple[Progress, TaskID]]:
    """A bar on a terminal, nothing in a pipe."""
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("cleaning"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=console, transient=True, disable=not console.is_terminal,
    )  # fmt: skip
    with bar:
        yield bar, bar.add_task("", total=total)


def _examined(file: str, registry: Registry) -> Cleaned:
    if file == "-":
        return examine(one(Source("-", sys.stdin.buffer.read())), registry)
    return examine(one(Path(file)), registry)


@app.command()
def explain(
    file: Annotated[str, typer.Argument(help="A file; - for standard input.")],
    rules: Rules = None,
    site_config: SiteConfig = None,
) -> None:
    """Show a document with what was kept, what was removed, and why."""
    with _told():
        registry = load(rules or (), site_config)
    with _told(1):
        cleaned = _examined(file, registry)
    console = Console(highlight=False, soft_wrap=True)
    width = console.width if console.is_terminal else 100
    for line in lines(cleaned, width):
        if not console.is_terminal:
            _print(joined(line, width))
            continue
        text = Text(joined(line, width), style=_TONES[line.tone])
        if line.note and columns(line.text) + columns(line.note) + 2 <= width:
            text.stylize("dim cyan", len(line.text))
        console.print(text)


@app.command()
def detect(
    paths: Annotated[list[str], typer.Argument(help="Files and directories.", metavar="PATH...")],
    rules: Rules = None,
    site_config: SiteConfig = None,
) -> None:
    """Name origin, capture and deciding clue of each file."""
    failed = False
    with _told():
        registry = load(rules or (), site_config)
        for _, result in tree.results(tree.select([Path(path) for path in paths]).entries, registry):
            if isinstance(result, OwnRecordError):
                continue
            if isinstance(result, SeedcleanError):
                failed = True
                _say(f"failed: {result.code}: {result}")
                continue
            found = result.record
            _print("\t".join([found.path, found.origin or "-", found.capture or "-", found.clue or "-"]))
    raise typer.Exit(1 if failed else 0)


@app.command()
def origins(rules: Rules = None) -> None:
    """List the extractors that are there."""
    with _told():
        registry = load(rules or ())
    for pack in registry.packs.values():
        role = f"account of {pack.extends}" if pack.extends else pack.role
        _print("\t".join([pack.id, role, pack.name, ", ".join(pack.host) or "-", f"{len(pack.rules)} rules"]))
    for id in registry.extractors:
        _print("\t".join([id, "origin", id, "-", "code"]))


@app.command()
def check(pack: Annotated[Path, typer.Argument(help="A rule file.")]) -> None:
    """Name every fault of a rule file, with rule and remedy."""
    with _told():
        found = check_pack(pack)
    for fault in found:
        _say(str(fault))
    if not found:
        _say(f"{pack}: no fault found")
    raise typer.Exit(1 if found else 0)


@app.command()
def new(
    origin: Annotated[str, typer.Argument(help="The id of the new origin: lower case, digits, hyphens.")],
    file: Annotated[Path, typer.Argument(help="A document of the origin.")],
) -> None:
    """Write a rule pack and a fixture to start from, in this directory."""
    with _told():
        cleaned = examine(read_file(file, file.name), load())
        pack, fixture = scaffold.create(origin, file, cleaned, Path())
    _say(f"wrote {pack} and {fixture}")
    _say(f"next: edit {pack}, then `seedclean check {pack}` and `seedclean explain {fixture} --rules {pack}`")


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    _print(files("seedclean").joinpath("record.schema.json").read_text("utf-8").rstrip("\n"))


def _print(text: str) -> None:
    """Data on standard output: UTF-8 and line feeds on every platform."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
