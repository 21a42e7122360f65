"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from seedclean.model.document import Policy
from seedclean.model.errors import suggestion
from seedclean.model.vocabulary import CATEGORIES

if TYPE_CHECKING:
    from seedclean.packs.registry import PackOptions


def one_of(words: Sequence[str]) -> dict[str, Any]:
    """Arguments of an option whose value is one of a few words: another is told which was perhaps meant, and shells complete
    them."""

    def parser(word: str) -> str:
        if word not in words:
            raise typer.BadParameter(f"there is no {word!r} ({suggestion(word, words)})")
        return word

    def autocompletion(incomplete: str) -> list[str]:
        return [word for word in words if word.startswith(incomplete)]

    return {"parser": parser, "autocompletion": autocompletion}


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
    list[str] | None,
    typer.Option(
        "--keep",
        metavar="CATEGORY",
        help="Keep what is otherwise removed: legal, credit, comments … (docs/record.md).",
        **one_of(CATEGORIES),
    ),
]

Drop = Annotated[
    list[str] | None,
    typer.Option(
        "--drop",
        metavar="CATEGORY",
        help="Remove a category even where the page seems to consist of such blocks.",
        **one_of(CATEGORIES),
    ),
]


def pack_options(rules: Rules, site_config: SiteConfig, keep: Keep, drop: Drop, learned: Learned) -> PackOptions:
    """What these five options ask to load."""
    from seedclean.packs.registry import PackOptions

    policy = Policy(*(tuple(sorted(set(words or ()))) for words in (keep, drop)))
    return PackOptions(tuple(rules or ()), site_config, policy, learned)
