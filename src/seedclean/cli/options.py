"""Options that several commands have."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from seedclean.model.vocabulary import CATEGORIES

Word = StrEnum("Word", {category: category for category in CATEGORIES})  # type: ignore[misc]
"""A category of removal."""

Rules = Annotated[
    list[Path] | None, typer.Option("--rules", metavar="FILE", help="Add a rule file to the installed packs.")
]

SiteConfig = Annotated[
    Path | None,
    typer.Option("--site-config", metavar="DIR", help="Use a directory of Full-Text RSS site configurations."),
]

Keep = Annotated[
    list[Word] | None,
    typer.Option(
        "--keep", metavar="CATEGORY", help="Keep what is else removed: legal, credit, comments … (docs/record.md)."
    ),
]

Drop = Annotated[
    list[Word] | None,
    typer.Option(
        "--drop", metavar="CATEGORY", help="Remove a category even where the page seems to consist of such blocks."
    ),
]
