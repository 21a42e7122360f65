"""Fuzzing by hand, an hour for each target: `python tests/fuzz.py TARGET CORPUS [-max_total_time=3600]`.

Needs atheris (`pip install atheris`). TARGET is one of tests/fuzz_targets.py: `file.html`, `file.warc`, `fields`, `rules`, …
CORPUS is a folder for what it learns; `python tests/badinputs.py CORPUS 1` gives it a start. An input that breaks a promise is
written to the current folder as crash-…: put it into tests/finds, with the suffix of its format.

Without atheris, `python tests/fuzz.py TARGET CORPUS` mutates the files of CORPUS at random until it is stopped.
"""

from __future__ import annotations

import importlib
import random
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any


def by_chance(target: Callable[[bytes], None], corpus: Path) -> None:
    """Cut, join and change files of a folder for ever; write down what breaks the target."""
    generator = random.Random()
    seeds = [path.read_bytes() for path in sorted(corpus.iterdir())] or [b""]
    for count in range(sys.maxsize):
        data = bytearray(generator.choice(seeds)[:100_000])
        for _ in range(generator.randint(1, 8)):
            at = generator.randint(0, len(data))
            other = generator.choice(seeds)
            start = generator.randint(0, len(other))
            data[at : at + generator.choice([0, 1, 4, 50])] = generator.choice(
                [generator.randbytes(generator.randint(0, 4)), other[start : start + generator.randint(0, 400)]]
            )
        try:
            target(bytes(data))
        except Exception as error:  # noqa: BLE001  # whatever it raises is what is looked for
            name = f"crash-{sha256(data).hexdigest()[:16]}"
            Path(name).write_bytes(data)
            print(f"{name}: {type(error).__name__}: {error}", flush=True)
        if count % 1000 == 999:
            print(f"{count + 1} inputs", flush=True)


def main(name: str, corpus: str, *options: str) -> None:
    """Fuzz one target."""
    try:
        atheris: Any = importlib.import_module("atheris")
    except ModuleNotFoundError:
        by_chance(importlib.import_module("fuzz_targets").TARGETS[name], Path(corpus))
        return
    with atheris.instrument_imports(include=["seedclean"]):
        target = importlib.import_module("fuzz_targets").TARGETS[name]
    atheris.Setup([sys.argv[0], corpus, *options], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
