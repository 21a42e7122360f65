"""Documents in two languages: one version after the other, or paragraph by paragraph.

Only texts in different scripts are told apart, and only where the pattern leaves no doubt: an article that quotes
another language is one document.
"""

from __future__ import annotations

from collections.abc import Sequence

from seedclean.model.document import Block
from seedclean.values import language

_SHARE = 0.2
"""Each language must have at least this share of the text's weight."""
_PAIRED = 0.7
"""At least this share of the paragraphs of the first language must be followed by one of the second."""
_PAIRS = 3


def split(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """The blocks of the first language and those of the second, which is empty where there is only one."""
    scripts = [_script(block) for block in blocks]
    spoken = [script for script in scripts if script]
    if len(set(spoken)) != 2 or not _balanced(blocks, scripts):
        return list(blocks), []
    first = spoken[0]
    at = _turn(scripts, first)
    if at is not None and _opens_version(blocks, at):
        return _trimmed(blocks[:at]), list(blocks[at:])
    if _interleaved(scripts, first):
        second = [block for block, script in zip(blocks, scripts, strict=True) if script not in (first, "")]
        return [block for block, script in zip(blocks, scripts, strict=True) if script in (first, "")], second
    return list(blocks), []


def _script(block: Block) -> str:
    if block.kind in ("code", "divider", "image", "table", "metadata"):
        return ""
    return language.script(block.text)


def _balanced(blocks: Sequence[Block], scripts: Sequence[str]) -> bool:
    weights: dict[str, int] = {}
    for block, script in zip(blocks, scripts, strict=True):
        weights[script] = weights.get(script, 0) + language.weight(block.text)
    total = sum(weight for script, weight in weights.items() if script)
    return all(weight >= total * _SHARE for script, weight in weights.items() if script)


def _turn(scripts: Sequence[str], first: str) -> int | None:
    """Where the second language begins, if the first never comes back."""
    begun = next(at for at, script in enumerate(scripts) if script not in ("", first))
    return begun if first not in scripts[begun:] else None


def _opens_version(blocks: Sequence[Block], at: int) -> bool:
    """Whether a version begins here: with a headline, or after a divider."""
    return blocks[at].kind == "heading" or (at > 0 and blocks[at - 1].kind == "divider")


def _trimmed(blocks: Sequence[Block]) -> list[Block]:
    kept = list(blocks)
    while kept and kept[-1].kind == "divider":
        kept.pop()
    return kept


def _interleaved(scripts: Sequence[str], first: str) -> bool:
    spoken = [script for script in scripts if script]
    heads = [at for at, script in enumerate(spoken) if script == first]
    followed = sum(at + 1 < len(spoken) and spoken[at + 1] != first for at in heads)
    return followed >= _PAIRS and followed >= _PAIRED * len(heads) and followed >= _PAIRED * (len(spoken) - len(heads))
