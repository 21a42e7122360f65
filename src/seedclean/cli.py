"""The command line: arguments in, lines out. What it does is done elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text
from typer.core import TyperGroup

from seedclean.batch.options import Order, carry_out
from seedclean.batch.progress import say as _say
from seedclean.batch.worker import Setup
from seedclean.model.document import Source
from seedclean.model.errors import OwnRecordError, SeedcleanError
from seedclean.packs import scaffold
from seedclean.packs.check import check as check_pack
from seedclean.packs.registry import Registry, load
from seedclean.pipeline import detections, examine
from seedclean.record.explain import columns, joined, lines
from seedclean.record.record import Cleaned
from seedclean.sources.files import one, read_file
from seedclean.sources.walk import Wanted, select

_INTERRUPTED = 130
"""The exit code of a command that Ctrl-C has ended, as shells have it."""

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


Patterns = list[str] | None


class LogFormat(StrEnum):
    """How standard error is written."""

    text = "text"
    json = "json"


@app.command()
def clean(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Files and directories; - for standard input.", metavar="PATH...")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="PATH", help="A directory, or .jsonl, .jsonl.gz, .jsonl.zst, .parquet."),
    ] = None,
    rules: Rules = None,
    site_config: SiteConfig = None,
    include: Annotated[
        Patterns,
        typer.Option(metavar="GLOB", help="Of directories, take only files that a pattern as in .gitignore matches."),
    ] = None,
    exclude: Annotated[
        Patterns,
        typer.Option(metavar="GLOB", help="Of directories, leave out what a pattern as in .gitignore matches."),
    ] = None,
    hidden: Annotated[
        bool,
        typer.Option("--hidden", help="Of directories, take files and directories whose name begins with a dot too."),
    ] = False,
    follow_links: Annotated[
        bool,
        typer.Option("--follow-links", help="Of directories, follow symbolic links; no directory is walked twice."),
    ] = False,
    files_from: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Clean the files that FILE lists too, one in each line; - for standard input."
        ),
    ] = None,
    null: Annotated[bool, typer.Option("-0", "--null", help="Names in the list of --files-from end with NUL.")] = False,
    jobs: Annotated[
        int | None,
        typer.Option("-j", "--jobs", metavar="N", min=1, help="Worker processes; otherwise the processors there are."),
    ] = None,
    timeout: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", min=0.001, help="How long one document may take; otherwise 600."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on from where a run that was ended has left the output.")
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Tell failures alone.")] = False,
    log_format: Annotated[
        LogFormat, typer.Option(metavar="FORM", help="text, or json for an object in each line of standard error.")
    ] = LogFormat.text,
) -> None:
    """Clean files and directories: one JSON record for each document."""
    wanted = Wanted(tuple(include or ()), tuple(exclude or ()), hidden, follow_links)
    order = Order(
        tuple(paths or ()), out, Setup(tuple(rules or ()), site_config), wanted, files_from, null, jobs, timeout, resume,
        log_format.value, quiet,
    )  # fmt: skip
    try:
        with _told():
            failed = carry_out(order)
    except KeyboardInterrupt:
        _say("seedclean: interrupted" + ("; `--resume` goes on from here" if out else ""))
        raise typer.Exit(_INTERRUPTED) from None
    raise typer.Exit(1 if failed else 0)


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
        for path, result in detections(select([Path(path) for path in paths]).entries, registry):
            if isinstance(result, OwnRecordError):
                continue
            if isinstance(result, SeedcleanError):
                failed = True
                _say(f"failed: {result.code}: {result}")
                continue
            _print("\t".join([path, result.origin or "-", result.capture or "-", result.clue or "-"]))
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
        pack, fixture = scaffold.create(
            origin, file, cleaned.document, cleaned.record.publisher, cleaned.record.url, Path()
        )
    _say(f"wrote {pack} and {fixture}")
    _say(f"next: edit {pack}, then `seedclean check {pack}` and `seedclean explain {fixture} --rules {pack}`")


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    _print(files("seedclean").joinpath("record.schema.json").read_text("utf-8").rstrip("\n"))


def _print(text: str) -> None:
    """Data on standard output: UTF-8 and line feeds on every platform."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
