"""The manifest of a run: what made an output, from what, when, and what is in it. Times stand only there."""

from __future__ import annotations

import datetime
import platform
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson

from seedclean import __version__
from seedclean.batch.output.atomic import write_whole
from seedclean.batch.output.written import Written
from seedclean.model.errors import SeedcleanError

VERSION = 1


def write(
    path: Path,
    written: Written,
    made_by: Mapping[str, Any],
    counts: Mapping[str, Any],
    failures: Iterable[SeedcleanError],
    begun: datetime.datetime,
) -> None:
    """Write it beside the output. `made_by` holds rules and options. Raises OSError."""
    ended = datetime.datetime.now(datetime.UTC)
    data = {
        "seedclean-manifest": VERSION,
        "version": __version__,
        "python": platform.python_version(),
        **made_by,
        "begun": begun.isoformat(timespec="seconds"),
        "ended": ended.isoformat(timespec="seconds"),
        "seconds": round((ended - begun).total_seconds(), 3),
        "output": {"bytes": written.size, "digest": written.digest},
        "counts": counts,
        "failures": [
            {"path": error.where, "code": error.code, "what": error.what, "remedy": error.remedy} for error in failures
        ],
    }
    write_whole(path, orjson.dumps(data, option=orjson.OPT_INDENT_2) + b"\n")
