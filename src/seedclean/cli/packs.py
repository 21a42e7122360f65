"""The commands that are about rules: `origins`, `check`, `new`, `learn` and `schema`."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from seedclean.cli.application import command
from seedclean.cli.options import Rules, one_of
from seedclean.cli.streams import FAILED, existing, exit_on_error, print_line, print_row, say


@command(
    "seedclean origins                       all installed packs",
    "seedclean origins --rules river.toml    and one of your own",
)
def origins(rules: Rules = None) -> None:
    """List the installed extractors."""
    from seedclean.packs.registry import load

    with exit_on_error():
        registry = load(rules or ())
    for pack in registry.packs.values():
        role = f"account of {pack.extends}" if pack.extends else pack.role
        count = len(pack.rules)
        print_row(pack.id, role, pack.name, ", ".join(pack.host) or "-", f"{count} rule{'s' * (count != 1)}")
    for id in registry.extractors:
        print_row(id, "origin", id, "-", "code")


@command(
    "seedclean check river.toml                  the faults of a rule file",
    "seedclean check packs                       of all rule files below a directory",
    "seedclean check river.toml --on archive     and what the rules would change there",
)
def check(
    packs: Annotated[list[str], typer.Argument(metavar="PACK...", help="Rule files, and directories of rule files.")],
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="DIR",
            help="Also show what the packs would change for the documents in a file or directory.",
        ),
    ] = None,
) -> None:
    """Print every fault of rule files with its rule and remedy."""
    from seedclean.packs.check import applies_to_none, check_all, rule_files

    with exit_on_error():
        paths = rule_files([existing(word) for word in packs])
        documents = None if on is None else existing(on)
        faults = check_all(paths)
    for fault in faults:
        say(str(fault))
    at_fault = {fault.where.partition(", ")[0] for fault in faults}
    for path in paths:
        if str(path) not in at_fault:
            idle = "; but it applies to no document before it has a host or a clue" if applies_to_none(path) else ""
            say(f"{path}: no fault found{idle}")
    if documents is not None and not faults:
        _show_changes(paths, documents)
    raise typer.Exit(FAILED if faults else 0)


def _show_changes(packs: list[Path], documents: Path) -> None:
    from seedclean.review.changes import changes

    with exit_on_error():
        for line in changes(packs, documents):
            print_line(line)


@command("seedclean new river page.html               write river.toml and fixtures/river/page.html")
def new(
    origin: Annotated[
        str, typer.Argument(metavar="ORIGIN", help="The id of the new origin: lower-case letters, digits, hyphens.")
    ],
    file: Annotated[str, typer.Argument(metavar="FILE", help="A document of the origin.")],
) -> None:
    """Write a first rule pack and fixture for a new origin into the current directory."""
    from seedclean.learning.scaffold import create
    from seedclean.packs.registry import load
    from seedclean.pipeline import examine
    from seedclean.sources.files import read_file

    with exit_on_error():
        path = existing(file)
        cleaned = examine(read_file(path, path.name), load())
        pack, fixture = create(origin, path, cleaned, Path())
    say(f"wrote {pack} and {fixture}")
    say(f"next: edit {pack}, then `seedclean check {pack}` and `seedclean explain {fixture} --rules {pack}`")


@command(
    "seedclean learn archive -o archive.toml     what repeats there, as rules to review",
    "seedclean learn archive -o archive.toml --counts archive.counts && seedclean archive --learned archive.counts",
)
def learn(
    paths: Annotated[list[str], typer.Argument(help="Files and directories.", metavar="PATH...")],
    out: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The rule file to write.")],
    counts: Annotated[
        Path | None, typer.Option("--counts", metavar="FILE", help="Also write the counts, for `clean --learned`.")
    ] = None,
    rules: Rules = None,
    jobs: Annotated[
        int | None, typer.Option("-j", "--jobs", metavar="N", min=1, help="Number of worker processes.")
    ] = None,
) -> None:
    """Write a rule file for review: what repeats from document to document of a site, an account or a capture."""
    from seedclean.learning.learn import LearnOptions
    from seedclean.learning.learn import learn as learn_rules
    from seedclean.packs.registry import PackOptions

    with exit_on_error():
        documents = tuple(map(existing, paths))
        failed = learn_rules(LearnOptions(documents, out, PackOptions(tuple(rules or ())), jobs, counts))
    say(f"wrote {out}" + (f" and {counts}" if counts else ""))
    say("next: read it rule by rule, then `seedclean check` it, and clean with --rules")
    raise typer.Exit(FAILED if failed else 0)


_SCHEMAS = ("record", "pack")
"""The schemas that the package ships."""


@command(
    "seedclean schema                            the schema of a record",
    "seedclean schema pack > pack.schema.json    the schema of a rule file, for an editor",
)
def schema(
    of: Annotated[
        str, typer.Argument(metavar="record|pack", help="Of a record, or of a rule file.", **one_of(_SCHEMAS))
    ] = "record",
) -> None:
    """Print the JSON Schema of a record or of a rule file."""
    print_line(files("seedclean").joinpath(f"{of}.schema.json").read_text("utf-8").rstrip("\n"))
