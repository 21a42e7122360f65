"""Where the documents are that the laws are held against."""

from __future__ import annotations

import atexit
import gzip
import os
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from seedclean.model.document import Source
from seedclean.packs.registry import load
from seedclean.pipeline import examine
from seedclean.record.assembly import Cleaned

_HOME = tempfile.TemporaryDirectory()
atexit.register(_HOME.cleanup)
for _variable in ("HOME", "XDG_CONFIG_HOME", "APPDATA", "USERPROFILE"):
    os.environ[_variable] = _HOME.name  # the key of journals is made there, and nothing of a test stays behind

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"
SUFFIXES = (".md", ".txt", ".html")

# deterministic, and without a deadline: a timed test fails on a busy machine and proves nothing on an idle one
settings.register_profile(
    "seedclean", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("seedclean")


def documents(folder: Path) -> list[Path]:
    """The documents below a folder, in the order of their paths."""
    return sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)


def own() -> list[Path]:
    """The fixtures and the specimens."""
    return documents(FIXTURES) + documents(SEEDS)


def shared(*parts: str) -> list[Path]:
    """The real documents of a shared folder; none where the project stands alone."""
    folder = SHARED.joinpath(*parts)
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


def named(path: Path) -> str:
    """A short name for a parametrised document."""
    for base in (FIXTURES, SEEDS.parent, SHARED):
        if path.is_relative_to(base):
            return path.relative_to(base).as_posix()
    return path.name


@cache
def cleaned(path: Path) -> Cleaned:
    """A document of ours or of the shared folders, cleaned once for a whole run."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        return examine(Source(named(path).removesuffix(".gz"), gzip.decompress(data)), load())
    return examine(Source(named(path), data), load())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`document` stands for each document of ours, `real` for each shared one: skipped, visibly, where there is none."""
    if "document" in metafunc.fixturenames:
        metafunc.parametrize("document", own(), ids=named)
    if "real" in metafunc.fixturenames:
        files = shared("seeds", "docs") + shared("corpus", "docs") + shared("bench", "wcxb-dev", "html")[::10]
        absent = pytest.param(None, marks=pytest.mark.skip(reason="../shared is not here"), id="absent")
        metafunc.parametrize("real", files or [absent], ids=named if files else None)
