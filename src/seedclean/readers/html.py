"""HTML to blocks, from turbohtml's tokens: the only module that uses the tokenizer.

Tokens state line and column in code points, which become offsets by a table of line starts. No tree is built: the
builder keeps the open elements, and neither blocks nor rules need more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import StringIO
from itertools import accumulate, chain, pairwise
from typing import NamedTuple, cast

import turbohtml
from turbohtml import Token, TokenType

from seedclean.model.document import Block, Element, RawMetadata
from seedclean.readers import formulas, html_tags, json_ld, listings, ordinary
from seedclean.readers.block_builder import Builder
from seedclean.readers.html_repair import repair
from seedclean.readers.looks import Look
from seedclean.readers.looks import look as look_of
from seedclean.readers.plain_pages import PlainText, plain_text
from seedclean.readers.script_article import script_blocks
from seedclean.readers.statements import is_property, statement
from seedclean.values import title_parts

_TEXT, _REFERENCE, _COMMENT = TokenType.TEXT, TokenType.CHARACTER_REFERENCE, TokenType.COMMENT
_START_TAG, _END_TAG = TokenType.START_TAG, TokenType.END_TAG
_MAX_COMMENT_CHARS = 64
"""Longer comments are not the stamp of a capture tool, unless they hold an address and nothing else."""
_MAX_ADDRESS_CHARS = 2_000
_TAG_END, _COMMENT_END = re.compile(">"), re.compile("--!?>")
_PRE_END = re.compile("</pre", re.I | re.A)
_NO_ATTRS: Mapping[str, str] = {}
_MAX_BYLINE_TOKENS = 20
"""An element of more tokens that is marked as the author or a date holds an article, not a byline."""
_OWN = (("link", "canonical"), ("meta", "og:url"), ("meta", "og:title"), ("meta", "twitter:title"))
"""What tells which of several articles in linked data is the page's."""
_HEAD_ENTRIES = 1_000
"""So many entries and blocks are searched for what a page calls itself, once for each script with linked data."""
_TEX_TYPE = "math/tex"
"""Type of the scripts in which MathJax keeps the TeX of a formula."""


class Reading(NamedTuple):
    """The result of a reader: blocks, stated metadata, and warnings for the record."""

    blocks: list[Block]
    stated: list[RawMetadata]
    warnings: list[str]


def read_html(text: str, base: int, room: int) -> Reading:
    """Read a page or a fragment at offset `base` of the source, of at most `room` blocks. Raises TooManyBlocksError."""
    builder = Builder(room)
    stated: list[RawMetadata] = []
    warnings = feed_html(builder, text, base, stated)
    blocks = builder.finish()
    scripts = [(entry.start, entry.end) for entry in stated if entry.place == "script"]
    written = script_blocks(text, base, scripts, blocks) if scripts else []
    return Reading(sorted([*blocks, *written], key=lambda block: block.start) if written else blocks, stated, warnings)


def feed_html(builder: Builder, text: str, base: int, stated: list[RawMetadata]) -> list[str]:
    """Feed markup at offset `base` of the source to a builder and append its metadata to `stated`; return warnings."""
    text, is_unclosed = repair(text)
    Feed(builder, text, base, stated, noscript_is_raw=True).run()
    builder.leave_formula()
    return ["unclosed-markup"] if is_unclosed else []


class Feed:
    """One pass over the tokens of a text at offset `base` of the source.

    A token ends where the next one begins, so that one is always at hand; offsets are computed only for tokens that need
    them. `noscript_is_raw`: the tokenizer gives the content of `noscript` as one text, which is then tokenized itself.
    """

    __slots__ = (
        "_base", "_builder", "_byline", "_byline_name", "_line_starts", "_listings_end", "_plain_text", "_raw_tag", "_raw_tags",
        "_script_type", "_source_url", "_stated", "_text",
    )  # fmt: skip

    def __init__(
        self, builder: Builder, text: str, base: int, stated: list[RawMetadata], noscript_is_raw: bool
    ) -> None:
        self._builder = builder
        self._text, self._base = text, base
        self._stated = stated
        self._raw_tags = html_tags.RAW | {"noscript"} if noscript_is_raw else html_tags.RAW
        self._raw_tag = self._script_type = self._source_url = ""
        self._byline: list[Token] = []
        self._plain_text: PlainText | None = None
        self._listings_end = 0
        self._byline_name = ""
        self._line_starts = _line_starts(text, base)

    def run(self) -> None:
        """Feed the builder."""
        tokens, token = turbohtml.tokenize(self._text, resolve_references=False), None
        reader = ordinary.reader(Feed)
        if reader is not None:
            token = reader.feed(self, tokens)
        else:
            for token, following in cast(Iterator[tuple[Token, Token | None]], pairwise(chain(tokens, (None,)))):
                self.take(token, following)
        self._read_rest(self._last_end(token) if token is not None else self._base)

    def take(self, token: Token, following: Token | None) -> None:
        """Do what a token says. `_ordinary.c` does the same with the ordinary ones."""
        builder, type = self._builder, token.type
        if self._byline:
            self._follow_byline(token, following)
        if type is _TEXT or type is _REFERENCE:
            data = token.data or ""
            if self._raw_tag:
                start, end = self._span(token, following)
                self._read_raw(data, start, end)
            elif not data.isspace() or builder.accepts_space():  # most white space stands between blocks
                add = builder.text if self._plain_text is None else self._add_plain_text
                add(data, *self._span(token, following))
        elif type is _START_TAG:
            tag, pairs = token.tag or "", token.attrs
            attrs = dict(pairs) if pairs else _NO_ATTRS
            self.take_start_tag(token, following, tag, attrs, look_of(tag, attrs))
        elif type is _END_TAG:
            if self._raw_tag == "iframe":
                builder.writer.extend_media(self._span(token, following)[1])
            self._raw_tag = ""
            if token.tag == "picture":
                self._source_url = ""
            elif token.tag == "pre":
                self._plain_text = None
            builder.close(token.tag or "")
        elif type is _COMMENT and _is_stamp(token.data or ""):
            comment = (token.data or "").strip()
            self._state("comment", "comment", comment, *self._span(token, following))

    def _state(self, place: str, name: str, value: str, start: int, end: int) -> None:
        self._stated.append(RawMetadata(place, name, value, start, end))

    def _start(self, token: Token) -> int:
        return self._line_starts[token.line - 1] + token.col

    def _span(self, token: Token, following: Token | None) -> tuple[int, int]:
        starts = self._line_starts
        end = starts[following.line - 1] + following.col if following is not None else self._last_end(token)
        return starts[token.line - 1] + token.col, end

    def _last_end(self, token: Token) -> int:
        """The end of the last token, searched in the text."""
        start = self._start(token)
        if token.type is _TEXT:
            return start + len(token.data or "")
        text, at = self._text, start - self._base
        if token.type is _REFERENCE:  # text behind it would be the last token: a bracket is that of a cut tag
            opening = text.find("<", at)
            return self._base + (opening if opening >= 0 else len(text))
        closing = _COMMENT_END.search(text, at + 2) if text.startswith("<!--", at) else _TAG_END.search(text, at)
        return self._base + (closing.end() if closing else len(text))

    def _read_rest(self, start: int) -> None:
        """Read what the tokenizer drops at the end, a tag that never closes, as text."""
        end = self._base + len(self._text)
        if start < end:
            (self._read_raw if self._raw_tag else self._builder.text)(self._text[start - self._base :], start, end)

    def take_start_tag(
        self, token: Token, following: Token | None, tag: str, attrs: Mapping[str, str], look: Look
    ) -> None:
        """Open an element, or make a block of it, or state what it says."""
        builder = self._builder
        if look.is_ordinary:
            builder.open(tag, attrs, look)
        elif tag not in html_tags.SPECIAL:
            if look.begins_formula or (not look.is_plain and formulas.begins(tag, attrs)):
                builder.begin_formula(tag, attrs, look, *self._span(token, following))
            elif tag == "pre" and self._begins_plain_text(attrs, token, following):
                builder.open(tag, attrs, look_of("div", attrs))
            else:
                builder.open(tag, attrs, look)
        elif tag == "br":
            builder.line_break()
        else:
            self._open_special(tag, attrs, look, *self._span(token, following))
        self._raw_tag = tag if tag in self._raw_tags else ""
        if tag == "script":
            self._script_type = attrs.get("type", "").strip().lower()
        if "id" in attrs and attrs["id"] in ordinary.ACCOUNTS and tag not in html_tags.VOID:
            self._byline, self._byline_name = [token], "publisher"
        elif look.states and tag not in ("meta", "link"):
            self._state_element(tag, attrs, token, following)

    def _begins_plain_text(self, attrs: Mapping[str, str], token: Token, following: Token | None) -> bool:
        """Whether a `pre` begins whose text is prose. Each stretch of the source is looked at once."""
        start = self._span(token, following)[1] - self._base
        if start < self._listings_end or self._builder.in_listing or listings.language(attrs, self._builder.element):
            return False
        closing = _PRE_END.search(self._text, start)
        self._listings_end = closing.start() if closing else len(self._text)
        self._plain_text = plain_text(self._text[start : self._listings_end], self._base + start)
        return self._plain_text is not None

    def _add_plain_text(self, data: str, start: int, end: int) -> None:
        """Text in a `pre` of prose, with the ends of its lines and paragraphs."""
        plain = self._plain_text
        if plain is None or "\n" not in data:  # a character reference is longer in the source
            self._builder.text(data, start, end)
            return
        for line in data.splitlines(keepends=True):
            self._builder.text(line, start, start + len(line))
            start += len(line)
            if start - 1 in plain.paragraph_ends:
                self._builder.writer.boundary()
            elif start - 1 in plain.line_ends:
                self._builder.line_break()

    def _state_element(self, tag: str, attrs: Mapping[str, str], token: Token, following: Token | None) -> None:
        """State what the element says by its attributes, or begin to collect the text that says it."""
        element = self._builder.element
        stated = statement(tag, attrs, element.parent if element is not None and tag not in html_tags.VOID else element)
        if stated is not None and stated.value:
            self._state(stated.place, stated.name, stated.value, *self._span(token, following))
        elif stated is not None:
            self._byline, self._byline_name = [token], stated.name

    def _open_special(self, tag: str, attrs: Mapping[str, str], look: Look, start: int, end: int) -> None:
        builder = self._builder
        if tag == "hr":
            builder.divider(start, end)
        elif tag == "img":
            self._picture(attrs, start, end)
        else:
            if tag in html_tags.MEDIA:
                builder.media(tag, attrs, start, end)
            elif tag == "amp-img":
                self._picture(attrs, start, end)
            elif tag in ("picture", "source"):
                is_in_picture = builder.element is not None and builder.element.tag == "picture"
                self._source_url = self._source_url or html_tags.image_url(attrs) if is_in_picture else ""
            else:
                self._stated += _stated_by_tag(tag, attrs, builder.element, start, end)
            builder.open(tag, attrs, look)

    def _picture(self, attrs: Mapping[str, str], start: int, end: int) -> None:
        tex = formulas.picture_tex(attrs)
        if tex:
            self._builder.tex(tex, False, start, end)
        elif html_tags.is_emoji(attrs.get("alt", "")):
            self._builder.text(attrs["alt"], start, end)
        else:
            url = html_tags.image_url(attrs) or self._source_url
            self._builder.picture(url, attrs.get("alt", ""), start, end, "pixel" if html_tags.is_pixel(attrs) else "")

    def _read_raw(self, data: str, start: int, end: int) -> None:
        """The content of an element of `_raw_tags`."""
        if self._raw_tag == "iframe":
            self._builder.writer.extend_media(end)
        elif self._raw_tag == "noscript":
            Feed(self._builder, data, start, self._stated, noscript_is_raw=False).run()
        elif self._raw_tag == "script" and self._script_type == json_ld.MEDIA_TYPE:
            self._stated += json_ld.linked_data(data, start, end, self._own_values())
        elif self._raw_tag == "script" and self._script_type.startswith(_TEX_TYPE):
            self._builder.tex(data, "display" in self._script_type, start, end)
        elif self._raw_tag == "script" and data.strip():
            self._state("script", "script", "", start, end)

    def _own_values(self) -> set[str]:
        """The addresses and titles that the page states in its head, with the parts that its title begins with."""
        own = {entry.value for entry in self._stated[:_HEAD_ENTRIES] if (entry.place, entry.name) in _OWN}
        blocks = self._builder.writer.blocks[:_HEAD_ENTRIES]
        title = next((block.text for block in blocks if block.kind == "metadata"), "")
        return own.union(title_parts.heads(title))

    def _follow_byline(self, token: Token, following: Token | None) -> None:
        """Collect the tokens of an element that states something by its text; at its end tag, state the text."""
        first = self._byline[0]
        if token.type is not _END_TAG or token.tag != first.tag:
            self._byline = [*self._byline, token] if len(self._byline) < _MAX_BYLINE_TOKENS else []
            return
        before = [None, *self._byline]
        text = "".join(
            part.data or ""
            for part, last in zip(self._byline, before, strict=False)
            if part.type in (_TEXT, _REFERENCE)
            and not (last and last.type is not _END_TAG and last.tag in self._raw_tags)
        )
        name = " ".join(text.split())
        if name:
            place = "byline" if self._byline_name in ("author", "publisher") else "element"
            self._state(place, self._byline_name, name, self._start(first), self._span(token, following)[1])
        self._byline = []


def _line_starts(text: str, base: int) -> list[int]:
    """The offset of each line of a text at offset `base`, without a list of the lines."""
    return list(accumulate(map(len, StringIO(text, "\n")), initial=base))


def _is_stamp(comment: str) -> bool:
    """Whether a comment may be what a capture tool left."""
    if len(comment) <= _MAX_COMMENT_CHARS:
        return True
    stripped = comment[:_MAX_ADDRESS_CHARS].strip()
    return (
        len(comment) <= _MAX_ADDRESS_CHARS
        and stripped.startswith(("http", "saved from url=", "Mirrored from "))
        and " http" not in stripped
    )


def _stated_by_tag(
    tag: str, attrs: Mapping[str, str], around: Element | None, start: int, end: int
) -> Iterator[RawMetadata]:
    """Metadata in the tag itself: meta tags, the canonical link, the language."""
    if tag == "meta" and attrs.get("content"):
        name = attrs.get("property") or attrs.get("name") or attrs.get("itemprop") or attrs.get("http-equiv") or ""
        stated = statement(tag, attrs, around) if name == attrs.get("itemprop") else None
        if stated is not None:
            yield RawMetadata(*stated, start, end)
        elif name and not (name == attrs.get("itemprop") and is_property(attrs)):  # a property of another thing
            yield RawMetadata("meta", name.strip().lower(), attrs["content"].strip(), start, end)
    elif tag == "link" and attrs.get("href"):
        relations = attrs.get("rel", "").lower().split()
        if "canonical" in relations:
            yield RawMetadata("link", "canonical", attrs["href"].strip(), start, end)
        elif "alternate" in relations and attrs.get("media"):
            yield RawMetadata("link", "alternate", attrs["href"].strip(), start, end)
    elif tag == "base" and attrs.get("href"):
        yield RawMetadata("link", "base", attrs["href"].strip(), start, end)
    elif tag == "html" and attrs.get("lang"):
        yield RawMetadata("html", "lang", attrs["lang"].strip(), start, end)
