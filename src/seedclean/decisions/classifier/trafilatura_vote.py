"""trafilatura as a second opinion: asked about pages of which the model is unsure, its text aligned to our blocks."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence

import turbohtml

from seedclean.model import limits
from seedclean.model.document import Block, Document
from seedclean.values.text import squash

_SHORT = 3
"""Texts up to this length are too short to be matched reliably."""

_turns = threading.Lock()
"""trafilatura in eight threads at once aborts the interpreter after some hundred pages (2.3.1, lxml 6.1.3): they take turns."""


def _renew_turns() -> None:
    """In a forked child no thread is left that would release the lock."""
    global _turns
    _turns = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_turns)


def votes(document: Document, blocks: Sequence[Block]) -> list[int]:
    """For each of some blocks 1 if trafilatura extracts it, -1 if it leaves it out, 0 if that cannot be told."""
    abstention = [0] * len(blocks)
    html = document.text
    if len(html) > limits.JUDGE_CHARS or html.count("<") > limits.JUDGE_TAGS or _has_wide_tag(html):
        return abstention
    article = "".join(squash(line) for line in _extract(html).splitlines())
    texts = [squash(block.text) for block in blocks]
    matches = [len(text) > _SHORT and text in article for text in texts]
    matched_chars = sum(len(text) for text, match in zip(texts, matches, strict=True) if match)
    if matched_chars * 2 < len(article) or not matched_chars:  # the article is not made of our blocks
        return abstention
    return [0 if len(text) <= _SHORT else 1 if match else -1 for text, match in zip(texts, matches, strict=True)]


def _has_wide_tag(html: str) -> bool:
    """Whether a tag has too many attributes. Told by the tokenizer: signs do not tell where a tag ends."""
    tokens = turbohtml.tokenize(html, resolve_references=False)
    return any(token.attrs and len(token.attrs) >= limits.JUDGE_ATTRIBUTES for token in tokens)


def _extract(html: str) -> str:
    with _turns:
        import trafilatura  # takes 0.3 to 0.5 s to import, and few pages need it

        logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
        return trafilatura.extract(html, include_comments=False, include_tables=True, with_metadata=False) or ""
