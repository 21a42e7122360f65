"""HTML to blocks, by turbohtml's tokens: the only place that knows the tokenizer.

The tokens carry line and column in code points; the text is cut at line feeds alone, so each becomes an offset. A
tree is not built: the builder keeps the open elements, which is all that blocks and rules ask for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import accumulate, chain, pairwise
from typing import NamedTuple, cast

import turbohtml
from turbohtml import Token, TokenType

from seedclean.model.document import Block, RawMetadata
from seedclean.readers import html_tags, json_ld
from seedclean.readers.block_builder import Builder
from seedclean.readers.html_repair import mended

_TEXT, _REFERENCE, _COMMENT = TokenType.TEXT, TokenType.CHARACTER_REFERENCE, TokenType.COMMENT
_OPENING, _CLOSING = TokenType.START_TAG, TokenType.END_TAG
_COMMENT_CHARS = 64
"""A comment longer than this is no stamp of a capture tool."""
_TAG_END, _COMMENT_END = re.compile(">"), re.compile("--!?>")
_NONE: Mapping[str, str] = {}
_BYLINE_TOKENS = 20
"""A byline of more pieces than this is an article of the author's."""
_MEDIA = frozenset(["iframe", "video", "audio", "embed", "object"])
_PLACED = _MEDIA | {"br", "hr", "img", "meta", "link", "html"}
"""Tags that say something themselves: of these it matters where they stand."""


class Reading(NamedTuple):
    """What a reader made of a text: its blocks, what it states, and what the reader must be warned of."""

    blocks: list[Block]
    stated: list[RawMetadata]
    warnings: list[str]


def read_html(text: str, base: int = 0) -> Reading:
    """Read a page or a fragment that stands at `base` in the source."""
    builder = Builder()
    stated: list[RawMetadata] = []
    warnings = feed_html(builder, text, base, stated)
    return Reading(builder.finish(), stated, warnings)


def feed_html(builder: Builder, text: str, base: int, stated: list[RawMetadata]) -> list[str]:
    """Feed the markup of `text`, which stands at `base` in the source, to a builder; return warnings."""
    text, unclosed = mended(text)
    _Feed(builder, text, base, stated, scripted=True).run()
    return ["unclosed-markup"] if unclosed else []


class _Feed:
    """One pass over the tokens of a text that stands at `base` in the source.

    `scripted` reads what stands for those without scripts, which the tokenizer leaves as one text. A token ends where
    the one behind it begins, so that one is always at hand; places are counted only for the tokens that need one.
    """

    def __init__(self, builder: Builder, text: str, base: int, stated: list[RawMetadata], scripted: bool) -> None:
        self._builder = builder
        self._text, self._base = text, base
        self._stated = stated
        self._raw_tags = html_tags.RAW | {"noscript"} if scripted else html_tags.RAW
        self._raw = self._script = ""
        self._byline: list[Token] = []
        self._lines = list(accumulate([len(line) + 1 for line in text.split("\n")], initial=base))

    def run(self) -> None:
        """Feed the builder."""
        builder, token = self._builder, None
        tokens = turbohtml.tokenize(self._text, resolve_references=False)
        for token, behind in cast(Iterator[tuple[Token, Token | None]], pairwise(chain(tokens, (None,)))):
            kind = token.type
            if self._byline:
                self._follow(token, behind)
            if kind is _TEXT or kind is _REFERENCE:
                data = token.data or ""
                if self._raw:
                    self._unread(data, self._start(token), self._end(token, behind))
                elif not data.isspace() or builder.minds_space():  # most is white space between blocks
                    builder.text(data, self._start(token), self._end(token, behind))
            elif kind is _OPENING:
                self._open(token, behind)
            elif kind is _CLOSING:
                if self._raw == "iframe":
                    builder.cover_embed(self._end(token, behind))
                self._raw = ""
                builder.close(token.tag or "")
            elif kind is _COMMENT and len(token.data or "") <= _COMMENT_CHARS:
                said = (token.data or "").strip()
                self._stated.append(
                    RawMetadata("comment", "comment", said, self._start(token), self._end(token, behind))
                )
        self._swallowed(self._last(token) if token is not None else self._base)

    def _start(self, token: Token) -> int:
        return self._lines[token.line - 1] + token.col

    def _end(self, token: Token, behind: Token | None) -> int:
        return self._lines[behind.line - 1] + behind.col if behind is not None else self._last(token)

    def _last(self, token: Token) -> int:
        """The end of the last token, which no other tells."""
        start = self._start(token)
        if token.type is _TEXT:
            return start + len(token.data or "")
        text, at = self._text, start - self._base
        closing = _COMMENT_END.search(text, at + 2) if text.startswith("<!--", at) else _TAG_END.search(text, at)
        return self._base + (closing.end() if closing else len(text))

    def _swallowed(self, start: int) -> None:
        """What the tokenizer swallows behind the last token, a tag that never closes: it is text."""
        end = self._base + len(self._text)
        if start < end:
            (self._unread if self._raw else self._builder.text)(self._text[start - self._base :], start, end)

    def _open(self, token: Token, behind: Token | None) -> None:
        builder, tag, held = self._builder, token.tag or "", token.attrs
        attrs = dict(held) if held else _NONE
        if tag not in _PLACED:
            builder.open(tag, attrs)
        elif tag == "br":
            builder.line_break()
        elif tag == "hr":
            builder.divider(self._start(token), self._end(token, behind))
        elif tag == "img":
            start, end = self._start(token), self._end(token, behind)
            builder.image(html_tags.image_address(attrs), attrs.get("alt", ""), start, end)
        else:
            start, end = self._start(token), self._end(token, behind)
            if tag in _MEDIA:
                builder.media(tag, attrs, start, end)
            else:
                self._stated += _states(tag, attrs, start, end)
            builder.open(tag, attrs)
        self._raw = tag if tag in self._raw_tags else ""
        if tag == "script":
            self._script = attrs.get("type", "").strip().lower()
        if ("rel" in attrs or "itemprop" in attrs) and _names_author(tag, attrs):
            self._byline = [token]

    def _unread(self, data: str, start: int, end: int) -> None:
        """The text of an element whose content is no text of the page."""
        if self._raw == "noscript":
            _Feed(self._builder, data, start, self._stated, scripted=False).run()
        elif self._raw == "script" and self._script == json_ld.LINKED_DATA:
            self._stated += json_ld.linked_data(data, start, end)
        elif self._raw == "script" and data.strip():
            self._stated.append(RawMetadata("script", "script", "", start, end))

    def _follow(self, token: Token, behind: Token | None) -> None:
        """Follow an element that says it names the author to its end, and note what it says there."""
        first = self._byline[0]
        if token.type is not _CLOSING or token.tag != first.tag:
            self._byline = [*self._byline, token] if len(self._byline) < _BYLINE_TOKENS else []
            return
        said = "".join([held.data or "" for held in self._byline if held.type in (_TEXT, _REFERENCE)])
        name = " ".join(said.split())
        if name:
            self._stated.append(RawMetadata("byline", "author", name, self._start(first), self._end(token, behind)))
        self._byline = []


def _names_author(tag: str, attrs: Mapping[str, str]) -> bool:
    return "author" in (attrs.get("rel"), attrs.get("itemprop")) and tag not in html_tags.VOID


def _states(tag: str, attrs: Mapping[str, str], start: int, end: int) -> Iterator[RawMetadata]:
    """What a tag says of the document: meta tags, the canonical link, the language."""
    if tag == "meta" and attrs.get("content"):
        name = attrs.get("property") or attrs.get("name") or attrs.get("itemprop") or attrs.get("http-equiv") or ""
        if name:
            yield RawMetadata("meta", name.strip().lower(), attrs["content"].strip(), start, end)
    elif tag == "link" and "canonical" in attrs.get("rel", "").lower().split() and attrs.get("href"):
        yield RawMetadata("link", "canonical", attrs["href"].strip(), start, end)
    elif tag == "html" and attrs.get("lang"):
        yield RawMetadata("html", "lang", attrs["lang"].strip(), start, end)
