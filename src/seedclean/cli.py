"""The command line: parses arguments and prints lines; the work is done in `batch`, `pipeline` and `packs`."""

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

from seedclean.batch.progress import say as _say
from seedclean.batch.run import RunOptions, run
from seedclean.learning.learn import LearnOptions
from seedclean.learning.learn import learn as learn_rules
from seedclean.model.document import Source
from seedclean.model.errors import OwnRecordError, SeedcleanError
from seedclean.packs import scaffold
from seedclean.packs.check import check as check_pack
from seedclean.packs.registry import PackOptions, Registry, load
from seedclean.pipeline import detections, examine
from seedclean.record.assembly import Cleaned
from seedclean.record.explain import joined, lines
from seedclean.record.terminal import columns, visible
from seedclean.sources.files import one, read_file, read_stream
from seedclean.sources.walk import PathFilter, select

_INTERRUPTED = 130
"""The exit code after Ctrl-C: 128 + SIGINT, as in shells."""

_STYLES = {"head": "bold", "note": "dim", "keep": "", "remove": "red"}


class _DefaultGroup(TyperGroup):
    """Makes `clean` the default command: `seedclean PATH` means `seedclean clean PATH`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "--version"):
            args = ["clean", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_DefaultGroup, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="Turn saved web documents into clean canonical JSON. "
    "`seedclean PATH` is short for `seedclean clean PATH`.",
)  # fmt: skip

Rules = Annotated[
    list[Path] | None, typer.Option("--rules", metavar="FILE", help="Add a rule file to the installed packs.")
]

SiteConfig = Annotated[
    Path | None,
    typer.Option("--site-config", metavar="DIR", help="Use a directory of Full-Text RSS site configurations."),
]


@contextmanager
def _exit_on_error(code: int = 2) -> Iterator[None]:
    """Print a SeedcleanError as one line, without a traceback, and exit with `code`."""
    try:
        yield
    except SeedcleanError as error:
        _say(f"seedclean: {error}")
        raise typer.Exit(code) from None


@app.callback()
def _group(version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False) -> None:
    if version:  # `__main__` handles a plain `--version` without importing this module
        from seedclean.__main__ import print_version

        print_version()
        raise typer.Exit


Patterns = list[str] | None


class LogFormat(StrEnum):
    """The formats of standard error."""

    text = "text"
    json = "json"


@app.command()
def clean(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Files and directories; - is standard input.", metavar="PATH...")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="PATH",
            help="Write to a directory, or to a .jsonl, .jsonl.gz, .jsonl.zst or .parquet file.",
        ),
    ] = None,
    rules: Rules = None,
    site_config: SiteConfig = None,
    include: Annotated[
        Patterns,
        typer.Option(metavar="GLOB", help="In directories, select only files that match a .gitignore pattern."),
    ] = None,
    exclude: Annotated[
        Patterns,
        typer.Option(
            metavar="GLOB", help="In directories, skip files and directories that match a .gitignore pattern."
        ),
    ] = None,
    hidden: Annotated[
        bool,
        typer.Option("--hidden", help="In directories, include files and directories whose names start with a dot."),
    ] = False,
    follow_links: Annotated[
        bool,
        typer.Option("--follow-links", help="In directories, follow symbolic links; each directory is visited once."),
    ] = False,
    files_from: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Also clean the files that FILE lists, one per line; - is standard input."),
    ] = None,
    null: Annotated[bool, typer.Option("-0", "--null", help="Paths in the --files-from list end with NUL.")] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "-j", "--jobs", metavar="N", min=1, help="Number of worker processes; default: the number of processors."
        ),
    ] = None,
    timeout: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", min=0.001, help="Time limit for one document; default: 600."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Reuse the results of an interrupted run at this output.")
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print failures only.")] = False,
    log_format: Annotated[
        LogFormat, typer.Option(metavar="FORM", help="Format of standard error: text, or json for one object per line.")
    ] = LogFormat.text,
) -> None:
    """Clean files and directories: one JSON record for each document."""
    path_filter = PathFilter(tuple(include or ()), tuple(exclude or ()), hidden, follow_links)
    packs = PackOptions(tuple(rules or ()), site_config)
    options = RunOptions(
        tuple(paths or ()), out, packs, path_filter, files_from, null, jobs, timeout, resume, log_format.value, quiet
    )
    try:
        with _exit_on_error():
            failed = run(options)
    except KeyboardInterrupt:
        _say("seedclean: interrupted" + ("; `--resume` continues from here" if out else ""))
        raise typer.Exit(_INTERRUPTED) from None
    raise typer.Exit(1 if failed else 0)


def _examine(file: str, registry: Registry) -> Cleaned:
    if file == "-":
        return examine(one(Source("-", read_stream(sys.stdin.buffer))), registry)
    return examine(one(Path(file)), registry)


@app.command()
def explain(
    file: Annotated[str, typer.Argument(help="A file; - is standard input.")],
    rules: Rules = None,
    site_config: SiteConfig = None,
) -> None:
    """Show a document with its kept and removed blocks and the rule behind each decision."""
    with _exit_on_error():
        registry = load(rules or (), site_config)
    with _exit_on_error(1):
        cleaned = _examine(file, registry)
    console = Console(highlight=False, soft_wrap=True)
    width = console.width if console.is_terminal else 100
    for line in lines(cleaned, width):
        if not console.is_terminal:
            _print(joined(line, width))
            continue
        text = Text(joined(line, width), style=_STYLES[line.tone])
        if line.note and columns(line.text) + columns(line.note) + 2 <= width:
            text.stylize("dim cyan", len(line.text))
        console.print(text)


@app.command()
def detect(
    paths: Annotated[list[str], typer.Argument(help="Files and directories.", metavar="PATH...")],
    rules: Rules = None,
    site_config: SiteConfig = None,
) -> None:
    """Print origin, capture and deciding clue of each document."""
    failed = False
    with _exit_on_error():
        registry = load(rules or (), site_config)
        for path, result in detections(select([Path(path) for path in paths]).entries, registry):
            if isinstance(result, OwnRecordError):
                continue
            if isinstance(result, SeedcleanError):
                failed = True
                _say(f"failed: {result.code}: {result}")
                continue
            _print_row(path, result.origin or "-", result.capture or "-", result.clue or "-")
    raise typer.Exit(1 if failed else 0)


@app.command()
def origins(rules: Rules = None) -> None:
    """List the installed extractors."""
    with _exit_on_error():
        registry = load(rules or ())
    for pack in registry.packs.values():
        role = f"account of {pack.extends}" if pack.extends else pack.role
        _print_row(pack.id, role, pack.name, ", ".join(pack.host) or "-", f"{len(pack.rules)} rules")
    for id in registry.extractors:
        _print_row(id, "origin", id, "-", "code")


@app.command()
def check(pack: Annotated[Path, typer.Argument(help="A rule file.")]) -> None:
    """Print every fault of a rule file with its rule and remedy."""
    with _exit_on_error():
        faults = check_pack(pack)
    for fault in faults:
        _say(str(fault))
    if not faults:
        _say(f"{pack}: no fault found")
    raise typer.Exit(1 if faults else 0)


@app.command()
def new(
    origin: Annotated[str, typer.Argument(help="The id of the new origin: lower-case letters, digits, hyphens.")],
    file: Annotated[Path, typer.Argument(help="A document of the origin.")],
) -> None:
    """Write a first rule pack and fixture for a new origin into the current directory."""
    with _exit_on_error():
        cleaned = examine(read_file(file, file.name), load())
        pack, fixture = scaffold.create(
            origin, file, cleaned.document, cleaned.record.publisher, cleaned.record.url, Path()
        )
    _say(f"wrote {pack} and {fixture}")
    _say(f"next: edit {pack}, then `seedclean check {pack}` and `seedclean explain {fixture} --rules {pack}`")


@app.command()
def learn(
    paths: Annotated[list[Path], typer.Argument(help="Files and directories.", metavar="PATH...")],
    out: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The rule file to write.")],
    rules: Rules = None,
    jobs: Annotated[
        int | None, typer.Option("-j", "--jobs", metavar="N", min=1, help="Number of worker processes.")
    ] = None,
) -> None:
    """Write a rule file for review: what repeats from document to document of a site, an account or a capture."""
    with _exit_on_error():
        failed = learn_rules(LearnOptions(tuple(paths), out, PackOptions(tuple(rules or ())), jobs))
    raise typer.Exit(1 if failed else 0)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    _print(files("seedclean").joinpath("record.schema.json").read_text("utf-8").rstrip("\n"))


def _print_row(*cells: str) -> None:
    """Print one line of cells between tabs; a name of a file or a rule file can send no command to the terminal."""
    _print("\t".join(visible(cell).replace("\n", "␊") for cell in cells))


def _print(text: str) -> None:
    """Print one line on standard output, in UTF-8 and with a line feed on every platform."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
