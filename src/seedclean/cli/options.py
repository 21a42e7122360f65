"""Options that several commands have."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from seedclean.model.document import Policy
from seedclean.model.vocabulary import CATEGORIES

if TYPE_CHECKING:
    from seedclean.packs.registry import PackOptions

Word = StrEnum("Word", {category: category for category in CATEGORIES})  # type: ignore[misc]
"""A category of removal."""

Rules = Annotated[
    list[Path] | None, typer.Option("--rules", metavar="FILE", help="Add a rule file to the installed packs.")
]

Learned = Annotated[
    Path | None,
    typer.Option(
        "--learned",
        metavar="FILE",
        help="Let the classifier know what repeats: the counts that `learn --counts` wrote.",
    ),
]

SiteConfig = Annotated[
    Path | None,
    typer.Option("--site-config", metavar="DIR", help="Use a directory of Full-Text RSS site configurations."),
]

Keep = Annotated[
    list[Word] | None,
    typer.Option(
        "--keep", metavar="CATEGORY", help="Keep what is otherwise removed: legal, credit, comments … (docs/record.md)."
    ),
]

Drop = Annotated[
    list[Word] | None,
    typer.Option(
        "--drop", metavar="CATEGORY", help="Remove a category even where the page seems to consist of such blocks."
    ),
]


def pack_options(rules: Rules, site_config: SiteConfig, keep: Keep, drop: Drop, learned: Learned) -> PackOptions:
    """What these five options ask to load."""
    from seedclean.packs.registry import PackOptions

    policy = Policy(*(tuple(sorted({word.value for word in words or ()})) for words in (keep, drop)))
    return PackOptions(tuple(rules or ()), site_config, policy, learned)
