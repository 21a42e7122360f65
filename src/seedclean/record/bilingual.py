"""Bilingual documents: one version after the other, or paragraph by paragraph.

Languages are told by their script and, within the Latin script, by their words. They are separated only if the blocks follow one
of these two patterns: an article that quotes another language is one document, and its blocks bear their languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from seedclean.model.document import Block
from seedclean.values import language

_LATIN = "latin"
_WORDLESS = ("code", "divider", "image", "table", "metadata")
"""Kinds of blocks whose language tells nothing of the document's."""
_SHARE = 0.2
"""Each language needs at least this share of the text."""
_PAIRED = 0.7
"""At least this share of the paragraphs of the first language must precede one of the second."""
_PAIRS = 3
_STRAY = 0.05
"""A language with less of the text than this is one that a few words were taken for."""


class Versions(NamedTuple):
    """The blocks of the first language, each with its language where several are mixed (else empty), and the blocks of the second.

    `second` is empty where there is one version.
    """

    first: list[Block]
    languages: list[str]
    second: list[Block]


def versions(blocks: Sequence[Block]) -> Versions:
    """The versions of a document in two languages."""
    tongues = _tongues(blocks)
    first, second = _split(blocks, tongues)
    if second:
        tongues = _tongues(first)
    return Versions(first, _languages(first, tongues), second)


class _Tongue(NamedTuple):
    """What tells the language of a block apart, empty if nothing does, and the amount of its text in letters."""

    name: str
    weight: int


def _split(blocks: Sequence[Block], tongues: Sequence[_Tongue]) -> tuple[list[Block], list[Block]]:
    scripts = [tongue.name for tongue in tongues]
    languages = [script for script in scripts if script]
    if len(set(languages)) != 2 or not _balanced(tongues):
        return list(blocks), []
    first = languages[0]
    at = _turn(scripts, first)
    if at is not None and _opens_version(blocks, at):
        return _trimmed(blocks[:at]), list(blocks[at:])
    if _interleaved(scripts, first):
        second = [block for block, script in zip(blocks, scripts, strict=True) if script not in (first, "")]
        return [block for block, script in zip(blocks, scripts, strict=True) if script in (first, "")], second
    return list(blocks), []


def _languages(blocks: Sequence[Block], tongues: Sequence[_Tongue]) -> list[str]:
    if len({tongue.name for tongue in tongues if tongue.name}) < 2 or not _balanced(tongues):
        return [""] * len(blocks)
    return [
        language.surely(block.text) if tongue.name == _LATIN else tongue.name
        for block, tongue in zip(blocks, tongues, strict=True)
    ]


def _tongues(blocks: Sequence[Block]) -> list[_Tongue]:
    """What tells the languages of the blocks apart: their scripts, or their languages where all are in the Latin script."""
    tongues = [
        _Tongue("", 0) if block.kind in _WORDLESS else _Tongue(*language.measure(block.text)) for block in blocks
    ]
    if {tongue.name for tongue in tongues} <= {"", _LATIN}:
        tongues = [
            _Tongue(language.surely_latin(block.text), tongue.weight) if tongue.name else tongue
            for block, tongue in zip(blocks, tongues, strict=True)
        ]
    weights = _weights(tongues)
    total = sum(weights.values())
    return [tongue if weights.get(tongue.name, 0) >= total * _STRAY else _Tongue("", 0) for tongue in tongues]


def _weights(tongues: Sequence[_Tongue]) -> dict[str, int]:
    weights: dict[str, int] = {}
    for name, weight in tongues:
        if name:
            weights[name] = weights.get(name, 0) + weight
    return weights


def _balanced(tongues: Sequence[_Tongue]) -> bool:
    weights = _weights(tongues)
    total = sum(weights.values())
    return all(weight >= total * _SHARE for weight in weights.values())


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
