"""One hash over everything that a record depends on besides its source's bytes and path: code, rules, libraries.

Two runs with the same fingerprint give the same records for the same sources, so one can reuse the other's results.
"""

from __future__ import annotations

import hashlib
import importlib.util
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path

from seedclean.model.document import Policy
from seedclean.model.errors import PackError
from seedclean.packs import registry
from seedclean.packs.registry import PackOptions, read_rules

_LIBRARIES = (
    "charset-normalizer", "google-re2", "orjson", "pyarrow", "pyromark", "pyyaml", "turbohtml",
    "warcio",
)  # fmt: skip
_CODE = (".py", ".toml", ".json")


def fingerprint(packs: PackOptions) -> str:
    """`sha256:` and the hash over code, packs, plugins, rule files, counts, site configurations and libraries. Raises PackError."""
    return _hash(packs, lambda label: True)


def rules_digest(packs: PackOptions) -> str:
    """The hash over the rules alone: packs of seedclean and of plugins, rule files, counts, site configurations. Raises PackError."""
    return _hash(packs, lambda label: label.endswith(".toml") or label.startswith(("rules ", "site ", "learned")))


def _hash(packs: PackOptions, include: Callable[[str], bool]) -> str:
    total = hashlib.sha256()
    try:
        for label, digest in _parts(packs):
            if include(label):
                total.update(f"{label}\0{digest}\n".encode())
    except OSError as error:
        what = error.strerror or "cannot be read"
        raise PackError(str(error.filename or "packs"), what, "make rule files and packages readable") from error
    return "sha256:" + total.hexdigest()


def _parts(packs: PackOptions) -> Iterator[tuple[str, str]]:
    """Label and version or digest of each part."""
    yield "unicode", unicodedata.unidata_version
    for library in _LIBRARIES:
        try:
            yield library, version(library)
        except PackageNotFoundError:
            yield library, ""
    for module in ("seedclean", *sorted({point.value for point in entry_points(group=registry.GROUP)})):
        spec = importlib.util.find_spec(module)
        for directory in (spec.submodule_search_locations or ()) if spec else ():
            yield from _files(module, Path(directory), _CODE)
        if spec and spec.origin and not spec.submodule_search_locations:
            yield module, _digest(Path(spec.origin))
    for number, file in enumerate(packs.rules):
        yield f"rules {number}", hashlib.sha256(read_rules(file).text.encode()).hexdigest()
    if packs.learned is not None:
        yield "learned", hashlib.sha256(read_rules(packs.learned).text.encode()).hexdigest()
    if packs.policy != Policy():
        yield "policy", repr(packs.policy)
    if packs.site_config is not None:
        yield from _files("site ", packs.site_config, (".txt",))


def _files(label: str, directory: Path, suffixes: Iterable[str]) -> Iterator[tuple[str, str]]:
    for file in sorted(directory.rglob("*")):
        if file.suffix in suffixes and file.is_file():
            yield f"{label}/{file.relative_to(directory).as_posix()}", _digest(file)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
