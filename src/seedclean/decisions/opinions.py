"""What an extractor that knows the origin says of a document: code of a plugin, or a site configuration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from seedclean.model.document import Decision, Detection, Document, Opinions
from seedclean.model.errors import ExtractorError
from seedclean.model.vocabulary import CATEGORIES
from seedclean.packs.registry import Registry
from seedclean.packs.siteconfig.judge import judge


def consult(document: Document, detection: Detection, registry: Registry) -> Opinions:
    """Ask the extractor of the origin, which may abstain from any block. Raises ExtractorError and PackError."""
    if detection.origin in registry.extractors:
        return Opinions(_by_code(document, detection.origin, registry))
    site = registry.sites.get(detection.origin)
    return judge(site, document) if site else Opinions()


def _by_code(document: Document, origin: str, registry: Registry) -> tuple[Decision | None, ...]:
    """Ask an extractor in code, and hold it to the laws."""
    spans = [(block.start, block.end) for block in document.blocks]
    try:
        decisions = list(registry.extractors[origin].judge(document))
    except Exception as error:  # a plugin: whatever it raises is its failure, not the run's
        raise ExtractorError(document.path, f"extractor {origin!r} raised {error!r}", "mend the plugin") from error
    if [(block.start, block.end) for block in document.blocks] != spans:
        raise ExtractorError(document.path, f"extractor {origin!r} changed the spans of blocks", "mend the plugin")
    _check(decisions, document, origin)
    return tuple(decision and replace(decision, by="extractor") for decision in decisions)


def _check(decisions: Sequence[Decision | None], document: Document, origin: str) -> None:
    blocks = document.blocks
    if len(decisions) != len(blocks) or any(
        decision is not None and getattr(decision, "block", None) != block
        for decision, block in zip(decisions, blocks, strict=True)
    ):
        what = f"extractor {origin!r} did not answer for each block once, in order"
        raise ExtractorError(document.path, what, "mend the plugin")
    for decision in decisions:
        if decision is None:
            continue
        removes = decision.verdict == "remove"
        if not decision.rule.startswith(f"{origin}/") or (decision.category in CATEGORIES) != removes:
            what = f"extractor {origin!r} gave a decision without a rule or a category of the list"
            raise ExtractorError(document.path, what, "mend the plugin")
