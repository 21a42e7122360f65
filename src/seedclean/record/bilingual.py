"""Bilingual documents: one version after the other, or paragraph by paragraph.

Languages are told by their script and, within the Latin script, by their words. They are separated only if the blocks follow one
of these two patterns: an article that quotes another language is one document, and its blocks bear their languages.
"""

from __future__ import annotations

from collections.abc import Sequence

from seedclean.model.document import Block
from seedclean.values import language

_LATIN = "latin"
_SHARE = 0.2
"""Each language needs at least this share of the text."""
_PAIRED = 0.7
"""At least this share of the paragraphs of the first language must precede one of the second."""
_PAIRS = 3
_STRAY = 0.05
"""A language with less of the text than this is one that a few words were taken for."""


def split(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """The blocks of the first language and those of the second; the second list is empty if there is one language."""
    scripts = _tongues(blocks)
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


def languages(blocks: Sequence[Block]) -> list[str]:
    """The language of each block where two are mixed: empty for one that does not tell, and for all of a text in one language."""
    tongues = _tongues(blocks)
    if len({tongue for tongue in tongues if tongue}) < 2 or not _balanced(blocks, tongues):
        return [""] * len(blocks)
    return [_code(block, tongue) for block, tongue in zip(blocks, tongues, strict=True)]


def _code(block: Block, tongue: str) -> str:
    return language.surely(block.text) if tongue == _LATIN else tongue


def _tongues(blocks: Sequence[Block]) -> list[str]:
    """What tells the languages of the blocks apart: their scripts, or their languages where all are in the Latin script."""
    scripts = [_script(block) for block in blocks]
    if {*scripts} <= {"", _LATIN}:
        scripts = [language.surely(block.text) if script else "" for block, script in zip(blocks, scripts, strict=True)]
    weights = _weights(blocks, scripts)
    total = sum(weight for script, weight in weights.items() if script)
    return [script if weights[script] >= total * _STRAY else "" for script in scripts]


def _script(block: Block) -> str:
    if block.kind in ("code", "divider", "image", "table", "metadata"):
        return ""
    return language.script(block.text)


def _weights(blocks: Sequence[Block], scripts: Sequence[str]) -> dict[str, int]:
    weights: dict[str, int] = {}
    for block, script in zip(blocks, scripts, strict=True):
        weights[script] = weights.get(script, 0) + language.weight(block.text)
    return weights


def _balanced(blocks: Sequence[Block], scripts: Sequence[str]) -> bool:
    weights = _weights(blocks, scripts)
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
