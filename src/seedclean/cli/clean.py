"""The command `clean`: files and directories to records, or to Markdown and text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from seedclean.cli.application import COMMANDS, command
from seedclean.cli.options import Drop, Keep, Learned, Rules, SiteConfig, one_of, pack_options
from seedclean.cli.streams import FAILED, existing, exit_on_error, say

_INTERRUPTED = 130
"""The exit code after Ctrl-C: 128 + SIGINT, as in shells."""

Patterns = list[str] | None


LOG_FORMATS = ("text", "json")
"""The formats of standard error."""
OUTPUT_FORMATS = ("json", "jsonl", "md", "text")
"""The formats in which a document is written."""


@command(
    "seedclean page.html                             read one document",
    "seedclean archive -o records.jsonl              one line of JSON for each document",
    "seedclean archive --format md -o notes          a Markdown file with front matter for each",
    "seedclean page.html --format json --pretty      the whole record, for a person",
    "find archive -name '*.html' -print0 | seedclean --files-from - -0 -o records.parquet",
)
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
            help="Write to a directory, or to a .jsonl, .jsonl.gz, .jsonl.zst or .parquet file; - is standard output.",
        ),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="What is written of a document: json, jsonl, md (with its metadata as front matter) or text. Default: "
            "md for one FILE on a terminal, jsonl else.",
            **one_of(OUTPUT_FORMATS),
        ),
    ] = None,
    pretty: Annotated[bool, typer.Option("--pretty", help="Indent JSON, for a person to read.")] = False,
    keep: Keep = None,
    drop: Drop = None,
    rules: Rules = None,
    learned: Learned = None,
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
    near_duplicates: Annotated[
        bool,
        typer.Option("--near-duplicates", help="Name documents with nearly the same text in the manifest; drop none."),
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print failures only.")] = False,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="In the summary, name every rule that fired and that did not.")
    ] = False,
    log_format: Annotated[
        str,
        typer.Option(
            metavar="FORM",
            help="Format of standard error: text, or json for one object per line.",
            **one_of(LOG_FORMATS),
        ),
    ] = "text",
) -> None:
    """Clean files and directories: one JSON record for each document."""
    from seedclean.batch.run import RunOptions, run
    from seedclean.sources.walk import PathFilter

    if out == Path("-"):
        out = None
    packs = pack_options(rules, site_config, keep, drop, learned)
    try:
        with exit_on_error():
            for word in paths or ():
                if word != "-":
                    existing(word, COMMANDS)
            options = RunOptions(
                tuple(paths or ()), out, packs,
                PathFilter(tuple(include or ()), tuple(exclude or ()), hidden, follow_links),
                files_from, null, jobs, timeout, resume, log_format, quiet,
                format=format, pretty=pretty, verbose=verbose, near_duplicates=near_duplicates,
            )  # fmt: skip
            failed = run(options)
    except KeyboardInterrupt:
        say("seedclean: interrupted" + ("; `--resume` continues from here" if out else ""))
        raise typer.Exit(_INTERRUPTED) from None
    raise typer.Exit(FAILED if failed else 0)
