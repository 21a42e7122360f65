"""The structure of src/seedclean: `python bench/house.py` prints its layers, its packages and their modules.

Purposes are the first lines of docstrings, layers those of the import-linter contract in pyproject.toml.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "seedclean"


class Module(NamedTuple):
    """One module: its file name, the first line of its docstring, and its number of lines."""

    name: str
    purpose: str
    lines: int


class Package(NamedTuple):
    """One package: its path below src/seedclean (empty for seedclean itself), its purpose, and its modules by name.

    `__init__.py` is among the modules only where it has code besides the docstring.
    """

    path: str
    purpose: str
    modules: tuple[Module, ...]


def layers() -> list[str]:
    """The layers of the package, the highest first. Independent packages of one layer are separated by ` | `."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    return next(list(contract["layers"]) for contract in contracts if contract["type"] == "layers")


def packages() -> Iterator[Package]:
    """All packages in the order of their paths, seedclean itself first."""
    for init in sorted(SOURCE.rglob("__init__.py"), key=lambda file: file.parent.parts):
        folder = init.parent
        files = [file for file in sorted(folder.glob("*.py")) if file != init or _has_code(init)]
        path = "" if folder == SOURCE else folder.relative_to(SOURCE).as_posix()
        yield Package(path, _purpose(init), tuple(map(_module, files)))


def _module(file: Path) -> Module:
    return Module(file.name, _purpose(file), len(file.read_text("utf-8").splitlines()))


def _purpose(file: Path) -> str:
    docstring = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    return docstring.partition("\n")[0]


def _has_code(file: Path) -> bool:
    return len(ast.parse(file.read_text("utf-8")).body) > 1


def main() -> None:
    """Print the layers, then each package with its modules and their lines."""
    print("Layers, the highest first; each imports only from those below it:")
    print("".join(f"  {layer}\n" for layer in layers()))
    total = 0
    for package in packages():
        lines = sum(module.lines for module in package.modules)
        total += lines
        print(f"seedclean/{package.path or '.'}: {package.purpose}")
        print(f"  {lines:,} lines in {len(package.modules)} modules")
        width = max((len(module.name) for module in package.modules), default=0)
        for module in package.modules:
            print(f"    {module.name:{width}} {module.lines:5} {module.purpose}")
        print()
    print(f"{total:,} lines in all")


if __name__ == "__main__":
    main()
