"""What a record depends on besides the bytes and the path of its source, as one hash: the code, the rules, the libraries.

Two runs of one fingerprint give the same records for the same sources, so that one can take over the other's results.
"""

from __future__ import annotations

import hashlib
import importlib.util
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path

from seedclean.model.errors import PackError
from seedclean.packs import registry

_LIBRARIES = (
    "charset-normalizer", "google-re2", "lxml", "orjson", "pyarrow", "pyromark", "pyyaml", "trafilatura", "turbohtml",
    "warcio",
)  # fmt: skip
_CODE = (".py", ".toml", ".json")


def fingerprint(rules: Sequence[Path] = (), site_config: Path | None = None) -> str:
    """The hash: the same wherever code, packs, plugins, rule files and libraries are the same. Raises PackError."""
    return _hash(rules, site_config, lambda name: True)


def rules_digest(rules: Sequence[Path] = (), site_config: Path | None = None) -> str:
    """The hash of the rules alone: packs built in and in plugins, rule files, site configurations. Raises PackError."""
    return _hash(rules, site_config, lambda name: name.endswith(".toml") or name.startswith(("rules ", "site ")))


def _hash(rules: Sequence[Path], site_config: Path | None, wanted: Callable[[str], bool]) -> str:
    found = hashlib.sha256()
    try:
        for name, digest in _parts(rules, site_config):
            if wanted(name):
                found.update(f"{name}\0{digest}\n".encode())
    except OSError as error:
        what = error.strerror or "cannot be read"
        raise PackError(str(error.filename or "packs"), what, "make rule files and packages readable") from error
    return "sha256:" + found.hexdigest()


def _parts(rules: Sequence[Path], site_config: Path | None) -> Iterator[tuple[str, str]]:
    yield "unicode", unicodedata.unidata_version
    for library in _LIBRARIES:
        try:
            yield library, version(library)
        except PackageNotFoundError:
            yield library, ""
    for module in ("seedclean", *sorted({point.value for point in entry_points(group=registry.GROUP)})):
        spec = importlib.util.find_spec(module)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            yield from _files(module, Path(folder), _CODE)
        if spec and spec.origin and not spec.submodule_search_locations:
            yield module, _digest(Path(spec.origin))
    for number, rule in enumerate(rules):
        yield f"rules {number}", _digest(rule)
    if site_config is not None:
        yield from _files("site ", site_config, (".txt",))


def _files(label: str, folder: Path, suffixes: Iterable[str]) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*")):
        if file.suffix in suffixes and file.is_file():
            yield f"{label}/{file.relative_to(folder).as_posix()}", _digest(file)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
