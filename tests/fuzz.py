"""Fuzzing by hand, with atheris: `pip install atheris`, then `python tests/fuzz.py CORPUS -max_total_time=600`.

CORPUS is a folder for what it learns; `python tests/badinputs.py CORPUS 1` gives it a start. An input that breaks a law
or raises what is no error of ours is written beside it as crash-…: put it into tests/found with a suffix of its format.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["seedclean"]):
    from seedclean.batch.job import Job, outcomes
    from seedclean.model.document import Source
    from seedclean.packs.registry import load

_SUFFIXES = (".html", ".md", ".txt", ".json", ".jsonl", ".eml", ".mhtml", ".warc", ".html.gz", "")


def one(data: bytes) -> None:
    """The first byte names the format, the rest is the file."""
    if not data:
        return
    suffix = _SUFFIXES[data[0] % len(_SUFFIXES)]
    for outcome in outcomes(Job("", f"a{suffix}", None, Source(f"a{suffix}", data[1:])), load()):
        if getattr(outcome, "code", "") == "internal":
            raise RuntimeError(str(outcome))


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
