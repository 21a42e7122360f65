"""The manifest of a run: the rules, options, counts and failures behind an output. Only it contains times."""

from __future__ import annotations

import datetime
import platform
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from seedclean import __version__
from seedclean.batch.output.atomic import write_atomically
from seedclean.batch.output.paths import FinishedOutput
from seedclean.model.errors import SeedcleanError

VERSION = 1


def write(
    path: Path,
    output: FinishedOutput,
    inputs: Mapping[str, Any],
    counts: Mapping[str, Any],
    failures: Iterable[SeedcleanError],
    near_duplicates: Sequence[Mapping[str, object]] | None,
    start: datetime.datetime,
) -> None:
    """Write the manifest beside the output. `inputs` holds rules and options; `near_duplicates` is None if none were looked for.

    Raises OSError.
    """
    end = datetime.datetime.now(datetime.UTC)
    data = {
        "seedclean-manifest": VERSION,
        "version": __version__,
        "python": platform.python_version(),
        **inputs,
        "begun": start.isoformat(timespec="seconds"),
        "ended": end.isoformat(timespec="seconds"),
        "seconds": round((end - start).total_seconds(), 3),
        "output": {"bytes": output.size, "digest": output.digest},
        "counts": counts,
        "failures": [
            {"path": error.where, "code": error.code, "what": error.what, "remedy": error.remedy} for error in failures
        ],
        **({} if near_duplicates is None else {"near_duplicates": near_duplicates}),
    }
    write_atomically(path, orjson.dumps(data, option=orjson.OPT_INDENT_2) + b"\n")
