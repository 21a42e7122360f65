"""HTML to blocks, by turbohtml's tokens: the only place that knows the tokenizer.

The tokens carry line and column in code points; the text is cut at line feeds alone, so each becomes an offset. A
tree is not built: the builder keeps the open elements, which is all that blocks and rules ask for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import turbohtml

from seedclean.model import Block, Stated
from seedclean.readers import scripts, tags
from seedclean.readers.builder import Builder
from seedclean.readers.unclosed import mended

_TYPES = turbohtml.TokenType
_COMMENT_CHARS = 64
"""A comment longer than this is no stamp of a capture tool."""


_TAG_END, _COMMENT_END = re.compile(">"), re.compile("--!?>")
_BYLINE_TOKENS = 20
"""A byline of more pieces than this is an article of the author's."""


class Reading(NamedTuple):
    """What a reader made of a text: its blocks, what it states, and what the reader must be warned of."""

    blocks: list[Block]
    stated: list[Stated]
    warnings: list[str]


class _Token(NamedTuple):
    type: turbohtml.TokenType
    tag: str
    attrs: dict[str, str]
    data: str
    start: int
    end: int


def read_html(text: str, base: int = 0) -> Reading:
    """Read a page or a fragment that stands at `base` in the source."""
    builder = Builder()
    stated: list[Stated] = []
    warnings = feed_html(builder, text, base, stated)
    return Reading(builder.finish(), stated, warnings)


def feed_html(builder: Builder, text: str, base: int, stated: list[Stated]) -> list[str]:
    """Feed the markup of `text`, which stands at `base` in the source, to a builder; return warnings."""
    text, unclosed = mended(text)
    _feed(builder, text, base, stated, scripted=True)
    return ["unclosed-markup"] if unclosed else []


def _feed(builder: Builder, text: str, base: int, stated: list[Stated], scripted: bool) -> None:
    """Feed tokens. `scripted` reads what stands for those without scripts, which the tokenizer leaves as one text."""
    raw = script = ""
    byline: list[_Token] = []
    for token in _tokens(text, base):
        if byline:
            byline = _byline(byline, token, stated)
        if token.type is _TYPES.TEXT or token.type is _TYPES.CHARACTER_REFERENCE:
            if raw == "noscript":
                _feed(builder, token.data, token.start, stated, scripted=False)
            elif not raw:
                builder.text(token.data, token.start, token.end)
            elif script == scripts.LINKED_DATA:
                stated += scripts.linked_data(token.data, token.start, token.end)
            elif raw == "script" and token.data.strip():
                stated.append(Stated("script", "script", "", token.start, token.end))
        elif token.type is _TYPES.START_TAG:
            _start(builder, token, stated)
            raw = token.tag if token.tag in tags.RAW or (scripted and token.tag == "noscript") else ""
            script = token.attrs.get("type", "").strip().lower() if raw == "script" else ""
            byline = [token] if _names_author(token) else byline
        elif token.type is _TYPES.END_TAG:
            if raw == "iframe":
                builder.cover_embed(token.end)
            raw = script = ""
            builder.close(token.tag)
        elif token.type is _TYPES.COMMENT and len(token.data) <= _COMMENT_CHARS:
            stated.append(Stated("comment", "comment", token.data.strip(), token.start, token.end))


def _names_author(token: _Token) -> bool:
    return "author" in (token.attrs.get("rel"), token.attrs.get("itemprop")) and token.tag not in tags.VOID


def _byline(byline: list[_Token], token: _Token, stated: list[Stated]) -> list[_Token]:
    """Follow an element that says it names the author to its end, and note what it says there."""
    if token.type is not _TYPES.END_TAG or token.tag != byline[0].tag:
        return [*byline, token] if len(byline) < _BYLINE_TOKENS else []
    said = " ".join(
        "".join(held.data for held in byline if held.type in (_TYPES.TEXT, _TYPES.CHARACTER_REFERENCE)).split()
    )
    if said:
        stated.append(Stated("byline", "author", said, byline[0].start, token.end))
    return []


def _start(builder: Builder, token: _Token, stated: list[Stated]) -> None:
    tag, attrs = token.tag, token.attrs
    if tag == "br":
        builder.line_break()
    elif tag == "hr":
        builder.divider(token.start, token.end)
    elif tag == "img":
        builder.image(tags.image_address(attrs), attrs.get("alt", ""), token.start, token.end)
    else:
        _state(token, stated)
        builder.open(tag, attrs, token.start, token.end)


def _state(token: _Token, stated: list[Stated]) -> None:
    """Note what a tag says of the document: meta tags, the canonical link, the language."""
    attrs = token.attrs
    if token.tag == "meta" and attrs.get("content"):
        name = attrs.get("property") or attrs.get("name") or attrs.get("itemprop") or attrs.get("http-equiv") or ""
        if name:
            stated.append(Stated("meta", name.strip().lower(), attrs["content"].strip(), token.start, token.end))
    elif token.tag == "link" and "canonical" in attrs.get("rel", "").lower().split() and attrs.get("href"):
        stated.append(Stated("link", "canonical", attrs["href"].strip(), token.start, token.end))
    elif token.tag == "html" and attrs.get("lang"):
        stated.append(Stated("html", "lang", attrs["lang"].strip(), token.start, token.end))


def _tokens(text: str, base: int) -> Iterator[_Token]:
    """The tokens with their spans.

    What the tokenizer swallows at the end, a tag that never closes, is given back as text.
    """
    lines = [base]
    at = text.find("\n")
    while at >= 0:
        lines.append(base + at + 1)
        at = text.find("\n", at + 1)
    end = base + len(text)
    before = None
    for token in turbohtml.tokenize(text, resolve_references=False):
        start = lines[token.line - 1] + token.col
        if before is not None:
            yield _token(before[0], before[1], start)
        before = (token, start)
    swallowed = base if before is None else end
    if before is not None:
        token, start = before
        if token.type is _TYPES.TEXT:
            swallowed = start + len(token.data or "")
        else:
            at = start - base
            closing = _COMMENT_END.search(text, at + 2) if text.startswith("<!--", at) else _TAG_END.search(text, at)
            swallowed = base + closing.end() if closing else end
        yield _token(token, start, swallowed)
    if swallowed < end:
        yield _Token(_TYPES.TEXT, "", {}, text[swallowed - base :], swallowed, end)


def _token(token: turbohtml.Token, start: int, end: int) -> _Token:
    attrs = {name: value or "" for name, value in reversed(token.attrs)} if token.attrs else {}
    return _Token(token.type, token.tag or "", attrs, token.data or "", start, end)
