"""Bilingual documents: one version after the other, or paragraph by paragraph.

Only languages in different scripts are separated, and only if the blocks follow one of these two patterns: an article
that quotes another language is one document.
"""

from __future__ import annotations

from collections.abc import Sequence

from seedclean.model.document import Block
from seedclean.values import language

_SHARE = 0.2
"""Each language needs at least this share of the text."""
_PAIRED = 0.7
"""At least this share of the paragraphs of the first language must precede one of the second."""
_PAIRS = 3


def split(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """The blocks of the first language and those of the second; the second list is empty if there is one language."""
    scripts = [_script(block) for block in blocks]
    languages = [script for script in scripts if script]
    if len(set(languages)) != 2 or not _balanced(blocks, scripts):
        return list(blocks), []
    first = languages[0]
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
    """The index where the second language begins; None if the first comes back."""
    start = next(at for at, script in enumerate(scripts) if script not in ("", first))
    return start if first not in scripts[start:] else None


def _opens_version(blocks: Sequence[Block], at: int) -> bool:
    """Whether a version begins at this block: it is a heading, or follows a divider."""
    return blocks[at].kind == "heading" or (at > 0 and blocks[at - 1].kind == "divider")


def _trimmed(blocks: Sequence[Block]) -> list[Block]:
    kept = list(blocks)
    while kept and kept[-1].kind == "divider":
        kept.pop()
    return kept


def _interleaved(scripts: Sequence[str], first: str) -> bool:
    languages = [script for script in scripts if script]
    heads = [at for at, script in enumerate(languages) if script == first]
    followed = sum(at + 1 < len(languages) and languages[at + 1] != first for at in heads)
    return (
        followed >= _PAIRS and followed >= _PAIRED * len(heads) and followed >= _PAIRED * (len(languages) - len(heads))
    )
