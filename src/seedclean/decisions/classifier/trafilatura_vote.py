"""trafilatura as a voter: asked about a page of which the model is unsure, and its answer aligned to our blocks."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from seedclean.model import limits
from seedclean.model.document import Block, Document
from seedclean.values.text import squash

_SHORT = 3
"""Texts up to this length prove nothing by standing in an article."""
_WIDE_TAG = re.compile(rf"<[a-zA-Z](?:[^<>=]*=){{{limits.JUDGE_ATTRIBUTES}}}")


def votes(document: Document, blocks: Sequence[Block]) -> list[int]:
    """For each of some blocks 1 where the extractor has it, -1 where it leaves it out, 0 where it cannot tell."""
    silent = [0] * len(blocks)
    text = document.text
    if len(text) > limits.JUDGE_CHARS or text.count("<") > limits.JUDGE_TAGS or _WIDE_TAG.search(text):
        return silent
    whole = "".join(squash(line) for line in _article(text).splitlines())
    said = [squash(block.text) for block in blocks]
    found = [len(one) > _SHORT and one in whole for one in said]
    held = sum(len(one) for one, has in zip(said, found, strict=True) if has)
    if held * 2 < len(whole) or not held:  # its answer is not made of our blocks
        return silent
    return [0 if len(one) <= _SHORT else 1 if has else -1 for one, has in zip(said, found, strict=True)]


def _article(text: str) -> str:
    import trafilatura  # 0.3 to 0.5 s to import, and few pages need it

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return trafilatura.extract(text, include_comments=False, include_tables=True, with_metadata=False) or ""
