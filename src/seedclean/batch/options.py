"""What the command `clean` is told to do, and its carrying out, from the paths given to the manifest."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from seedclean.batch import manifest, progress
from seedclean.batch.fingerprint import fingerprint, rules_digest
from seedclean.batch.output import sinks
from seedclean.batch.output.atomic import errors_named
from seedclean.batch.output.paths import Beside
from seedclean.batch.pool import TIMEOUT, Workers, processors
from seedclean.batch.run import Run
from seedclean.batch.worker import Setup
from seedclean.model.errors import InputError
from seedclean.packs.registry import Registry, load
from seedclean.sources.walk import Selection, Wanted, read_list, select


@dataclass(frozen=True, slots=True)
class Order:
    """The command's arguments. `jobs` and `timeout` are None where nothing was said."""

    paths: tuple[str, ...]
    out: Path | None
    setup: Setup
    wanted: Wanted
    files_from: str | None
    null: bool
    jobs: int | None
    timeout: float | None
    resume: bool
    log_format: str
    quiet: bool


def carry_out(order: Order) -> bool:
    """Do it; whether any file failed. Raises the errors of a run: InputError, PackError, OutputError, WorkerError."""
    begun = datetime.datetime.now(datetime.UTC)
    selection, standard = _selected(order)
    total = len(selection.entries) + (standard is not None)
    with ExitStack() as stack:
        workers = _workers(order, total)
        if workers:
            stack.enter_context(workers)  # they load what they need while this process does
        registry = load(order.setup.rules, order.setup.site_config)
        told = stack.enter_context(progress.opened(total, order.log_format, order.quiet))
        sink, left = stack.enter_context(_sink(order, selection))
        if left and not order.resume:
            told.note("an unfinished run is here: --resume would have gone on from it")
        run = Run(selection, standard, sink, told)
        run.clean(workers or registry)
        written = sink.finish()
        counts = run.summary.to_dict(registry, selection)
        if order.out is not None:
            place = Beside(order.out).manifest
            manifest.write(place, written, _made_by(order, registry), counts, run.summary.failures, begun)
    told.summary(run.summary.lines(registry, selection), counts)
    return bool(run.summary.failures)


def _selected(order: Order) -> tuple[Selection, bytes | None]:
    """The files, and what standard input holds where it is one."""
    standard = sys.stdin.buffer.read() if "-" in (*order.paths, order.files_from) else b""
    listed: list[str] = []
    if order.files_from is not None:
        if "-" in order.paths and order.files_from == "-":
            raise InputError("-", "standard input cannot be a document and a list", "put the list into a file")
        listed = read_list(standard if order.files_from == "-" else _list(order.files_from), order.null)
    elif not order.paths:
        raise InputError("seedclean clean", "nothing is given to clean", "name files, directories, or --files-from")
    leave = _outputs(order.out) if order.out is not None else frozenset[str]()
    wanted = replace(order.wanted, leave=leave)
    selection = select([Path(path) for path in order.paths if path != "-"], wanted, listed)
    return selection, standard if "-" in order.paths else None


def _list(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise InputError(file, error.strerror or "cannot be read", "give a file that lists paths") from error


def _outputs(out: Path) -> frozenset[str]:
    """What the run itself writes, which is no source."""
    beside = Beside(out.absolute())
    return frozenset(map(str, (beside.target, beside.ledger, beside.manifest)))


def _workers(order: Order, total: int) -> Workers | None:
    """The processes asked for. One file that nobody said a word about is cleaned in this one: a second costs half a second."""
    if total <= 1 and order.jobs is None and order.timeout is None:
        return None
    count = min(order.jobs or processors(), max(total, 1))
    return Workers(count, order.setup, order.timeout or TIMEOUT)


@contextmanager
def _sink(order: Order, selection: Selection) -> Iterator[tuple[sinks.Sink, bool]]:
    if order.out is not None:
        names = [entry.name for entry in selection.entries] + ["-"] * ("-" in order.paths)
        made_from = fingerprint(order.setup.rules, order.setup.site_config)
        with sinks.opened(order.out, names, made_from, order.resume) as opened:
            yield opened
        return
    try:
        yield sinks.Stream(sys.stdout.buffer), False
    except BrokenPipeError:
        raise
    except OSError as error:
        with errors_named(Path("standard output")):
            raise error


def _made_by(order: Order, registry: Registry) -> dict[str, Any]:
    """What the manifest says of rules and options."""
    setup, wanted = order.setup, order.wanted
    return {
        "rules": {
            "digest": rules_digest(setup.rules, setup.site_config),
            "packs": sorted(registry.packs),
            "extractors": sorted(registry.extractors),
        },
        "options": {
            "paths": list(order.paths), "files_from": order.files_from, "include": wanted.include,
            "exclude": wanted.exclude, "hidden": wanted.hidden, "follow_links": wanted.links,
            "rules": [str(path) for path in setup.rules],
            "site_config": str(setup.site_config) if setup.site_config else None, "jobs": order.jobs,
            "timeout": order.timeout, "resume": order.resume,
        },
    }  # fmt: skip
