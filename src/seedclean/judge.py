"""Pages of unknown origin: trafilatura is asked, and its answer aligned to our blocks, so that it too is decisions."""

from __future__ import annotations

import logging
import re

from seedclean import limits
from seedclean.model import Block, Decision, Document
from seedclean.normal import squash

_SHORT = 3
_WIDE_TAG = re.compile(rf"<[a-zA-Z](?:[^<>=]*=){{{limits.JUDGE_ATTRIBUTES}}}")


def judge_html(document: Document) -> list[Decision]:
    """One decision for each block. What the extractor has is kept; where it has nothing, or was not asked, all is."""
    text = document.text
    if len(text) > limits.JUDGE_CHARS or text.count("<") > limits.JUDGE_TAGS or _WIDE_TAG.search(text):
        return [Decision(block, "keep", "article/unasked") for block in document.blocks]
    article = _article(text)
    if not article:
        return [Decision(block, "keep", "article/unasked") for block in document.blocks]
    whole = _squashed(article)
    decisions = _with_pictures([_decision(block, whole) for block in document.blocks])
    found = sum(len(squash(decision.block.text)) for decision in decisions if decision.verdict == "keep")
    if found * 2 < len(whole):  # its answer is not made of our blocks: better all than a part by chance
        return [Decision(block, "keep", "article/unasked") for block in document.blocks]
    return decisions


def _article(text: str) -> str:
    import trafilatura  # 0.3 to 0.5 s to import, and only pages of unknown origin need it

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return trafilatura.extract(text, include_comments=False, include_tables=True, with_metadata=False) or ""


def _squashed(text: str) -> str:
    """Letters and digits of a long text."""
    return "".join(squash(line) for line in text.splitlines())


def _with_pictures(decisions: list[Decision]) -> list[Decision]:
    """Blocks without letters, pictures most of them, are the article's where they stand between blocks of it."""
    speaking = [at for at, decision in enumerate(decisions) if squash(decision.block.text)]
    kept = [at for at in speaking if decisions[at].verdict == "keep"]
    if not kept:
        return decisions
    found: list[Decision] = []
    before = False
    for at, decision in enumerate(_with_short(decisions)):
        pictured = found and found[-1].block.kind == "image" and found[-1].verdict == "keep"
        if (decision.category == "decoration" and before and at < kept[-1]) or (
            decision.block.kind == "caption" and pictured
        ):
            decision = Decision(decision.block, "keep", "article/found")
        elif decision.category != "decoration":
            before = decision.verdict == "keep"
        found.append(decision)
    return found


def _with_short(decisions: list[Decision]) -> list[Decision]:
    """Blocks of a letter or three, which prove nothing by standing in the article, are its where all around them is."""
    found = list(decisions)
    last, run = False, []
    for at, decision in enumerate(decisions):
        said = squash(decision.block.text)
        if said and len(said) <= _SHORT and decision.verdict == "remove":
            run.append(at)
        elif said:
            if last and decision.verdict == "keep":
                for place in run:
                    found[place] = Decision(decisions[place].block, "keep", "article/found")
            last, run = decision.verdict == "keep", []
    return found


def _decision(block: Block, whole: str) -> Decision:
    said = squash(block.text)
    if not said:
        return Decision(block, "remove", "article/unfound", "decoration")
    if said in whole and (len(said) > _SHORT or block.kind == "heading"):
        return Decision(block, "keep", "article/found")
    linked = sum(mark.end - mark.start for mark in block.marks if mark.type == "link")
    return Decision(block, "remove", "article/unfound", "navigation" if linked * 2 > len(block.text) else "interface")
