"""The laws of docs/decisions.md as functions that raise AssertionError: held against any document that was cleaned."""

from __future__ import annotations

import re
from typing import Any

import rfc8785
import turbohtml
from schemas import VALIDATOR

from seedclean.decisions.verdicts import DEFAULTS
from seedclean.model.document import Block, Document, Source
from seedclean.model.vocabulary import CATEGORIES
from seedclean.packs.registry import Registry, load
from seedclean.readers import read
from seedclean.record import render
from seedclean.record.assembly import Cleaned
from seedclean.record.record import Record

BLANK = r" \t\n\r\f"
# Everything that is markup and not text: what may stand between blocks. A document is markup but for its blocks, so
# this is a description of Markdown and HTML, not of this project's readers. Tags come first: a link may hold nothing else.
TAGS = re.compile(
    r"\]\([^\s()<][^()\n<]*+<[^()\n]*+\)"  # an address may hold blanks and a bracket, but not begin with one
    r"|<!--.*?(?:-->|\Z)"  # comments
    r"|<(?P<raw>script|style|iframe|noembed|noframes)\b[^>]*>.*?(?:</(?P=raw)\s*>|\Z)"  # elements whose content is code
    r"|<!\[CDATA\[|\]\]>|<[!?][^>]*(?:>|\Z)|</[^a-zA-Z][^>]*(?:>|\Z)"  # declarations, and what browsers take for comments
    rf"|</?[a-zA-Z][^{BLANK}/>]*+(?:[{BLANK}/]++|[^{BLANK}/>][^{BLANK}/>=]*+"  # tags, as 13.2.5 of the standard reads them:
    rf"(?:[{BLANK}]*+=[{BLANK}]*+(?:\"[^\"]*\"|'[^']*'|[^{BLANK}>\"'][^{BLANK}>]*+)?+)?+)*+>"  # a quote is one only behind `=`
    r"|</?[a-zA-Z][^>]*>",  # and those whose quote never closes
    re.S | re.I,
)
FENCE = re.compile(r"^[ \t\r]*(?:`{3,}[^`\n]*|~{3,}[^\n]*)$", re.M)
"""Where a fence stands in Markdown, nothing that began above is a tag, unless a line of HTML did."""
MARKUP = re.compile(
    r"^[ \t]*\[[^\]\n]+(?:\n[^\]\n]+)?\]:[^\n]*$"  # link definitions
    r"|(?<=[\])*`])\{[^{}]*\}|\{:[^{}\n]*\}"  # attribute lists
    r"|^[ \t]*:{3,}(?:[ \t]*(?:\{[^{}\n]*\}|[a-zA-Z][\w-]*))?"  # containers
    r"|!?\[\]\([^\n]*?\)(?=\s|$)"  # links without text
    r"|\]\((?:[^()\n]|\([^()\n]*\))*\s*\)"  # ends of links
    r"|\]\([!-'*-~]*\n[!-'*-~]*\)"  # and of those whose address goes on in the next line
    r"|\[![a-z]+\]"  # the kinds of callouts
    r"|&(?:nbsp|emsp|ensp|thinsp|zwnj|zwj|shy|#160|#12288|#8203|#xa0|#32);?"  # references to white space
    r"|[\u200b-\u200f\u2060\ufeff\u00ad\ufffd]"  # what prints nothing
    r"|(?m:^[ \t>]*(?:[-*+•●▪◦‣·∙■□◆◇★☆►▶]|\d{1,9}[.)]|#{1,6}|={1,}|-{3,})[ \t]*)|(?:`{3,}|~{3,})[^\n]*"
    r"|[>|*_`~#\\:=+.)\[\]\d-]",  # Markdown's own signs
    re.S | re.I | re.M,
)


_HIDDEN = ("script", "style", "iframe", "noembed", "noframes", "noscript")
"""Elements whose content no browser shows."""


def lawful(cleaned: Cleaned, registry: Registry | None = None) -> None:
    """Hold one document against all laws that speak of one document."""
    nothing_lost(cleaned.document)
    decided_once(cleaned, registry or load())
    recorded(cleaned)
    replayed(cleaned)


def nothing_lost(document: Document) -> None:
    """Law 1: blocks in source order, disjoint, and between them only markup and white space; marks inside their block."""
    text, at = document.text, 0
    shown = _shown(text) if document.format == "html" and "unclosed-markup" in document.warnings else text
    fences = document.format == "markdown"
    for block in document.blocks:
        assert at <= block.start <= block.end <= len(text), f"{block.kind} [{block.start}, {block.end}) after {at}"
        _only_markup(text, shown, at, block.start, fences)
        at = block.end
        for mark in block.marks:
            assert 0 <= mark.start <= mark.end <= len(block.text), f"{mark} of {len(block.text)}"
    _only_markup(text, shown, at, len(text), fences)


def _shown(text: str) -> str:
    """The page as a browser shows it, with blanks for the rest. Of one that says it is broken, that much is in its blocks."""
    lines = text.replace("\r\n", " \n").replace("\r", "\n")
    starts = [0, *[line_feed.end() for line_feed in re.finditer("\n", lines)]]
    shown, is_raw = [" "] * len(text), False
    for token in turbohtml.tokenize(lines, resolve_references=False):
        at = starts[token.line - 1] + token.col
        if token.type is turbohtml.TokenType.TEXT and not is_raw:
            data = token.data or ""
            shown[at : at + len(data)] = data
        elif token.type in (turbohtml.TokenType.START_TAG, turbohtml.TokenType.END_TAG):
            is_raw = token.type is turbohtml.TokenType.START_TAG and token.tag in _HIDDEN
    return "".join(shown)


def _only_markup(text: str, shown: str, start: int, end: int, fences: bool) -> None:
    gap = text[start:end]
    if shown is not text and not MARKUP.sub("", shown[start:end]).strip():
        return
    if gap.strip():
        # a tag may begin before the gap, as that of a picture inside a link does
        readings = [FENCE.sub("", gap), gap] if fences else [gap]
        rest = min((MARKUP.sub("", TAGS.sub("", reading)).strip() for reading in readings), key=len)
        assert not rest or not any(char.isalnum() for char in rest), f"lost at {start}: {rest[:80]!r} in {gap[:200]!r}"


def decided_once(cleaned: Cleaned, registry: Registry) -> None:
    """Law 2: one decision for each block, in order, by a rule that exists; a removal has a category of the list."""
    rules = {rule.id for pack in registry.packs.values() for rule in pack.rules} | set(DEFAULTS)
    rules |= registry.sites.rules(cleaned.detection.origin)
    assert [decision.block for decision in cleaned.decisions] == list(cleaned.document.blocks)
    for decision in cleaned.decisions:
        assert decision.rule in rules or cleaned.detection.origin in registry.extractors, decision.rule
        assert (decision.category in CATEGORIES) == (decision.verdict == "remove"), decision


def recorded(cleaned: Cleaned) -> None:
    """The record is of its schema, its bytes are RFC 8785's, and its text comes from its blocks alone."""
    data = cleaned.record.to_dict()
    VALIDATOR.validate(data)
    assert cleaned.record.to_json() == rfc8785.dumps(data)
    assert render.plain(cleaned.record.blocks) == data["text"]
    assert Record.from_json(cleaned.record.to_json()) == cleaned.record
    cleaned.record.markdown(front_matter=True)
    for block in [*data["blocks"], *(b for version in data["translations"] for b in version["blocks"])]:
        for mark in block.get("marks", ()):
            assert 0 <= mark["start"] <= mark["end"] <= max(len(block["text"]), 0)


def numbered(block: Block) -> str:
    return f"{block.number}. {block.text}" if block.number and block.text else block.text


def replayed(cleaned: Cleaned) -> None:
    """Law 3: source and record give the same text and removals, from spans and verdicts alone."""
    record: dict[str, Any] = cleaned.record.to_dict()
    again = read(Source(record["path"], cleaned.document.data))
    kept = {tuple(block["span"]): block["kind"] for block in record["blocks"]}
    moved = {tuple(block["span"]): block["kind"] for version in record["translations"] for block in version["blocks"]}
    removed = {tuple(block["span"]) for block in record["removed"]}
    lines, gone, second = [], [], []
    for block in again.blocks:
        span = (block.start, block.end)
        if span in removed:
            gone.append(block.text)
        elif span in moved:
            second.append(numbered(block) if moved[span] != "caption" else "")
        elif span in kept:
            lines.append(numbered(block) if kept[span] != "caption" else "")
        else:
            assert block.kind == "divider", f"{span} is nowhere in the record"
    assert "\n".join(filter(None, lines)) == record["text"]
    assert gone == [block["text"] for block in record["removed"]]
    assert "\n".join(filter(None, second)) == "\n".join(version["text"] for version in record["translations"])
