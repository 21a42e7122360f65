"""Events of markup in, blocks out: one builder for HTML and for Markdown, so that both mean the same by a block.

A reader calls `open`, `close`, `text`, `line_break`, `image` and `divider` with spans in the decoded source; `finish`
returns the blocks in source order. The span of a block of text reaches from its first character to its last; the tags
around it are markup.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from seedclean.model.document import Block, Element, Mark
from seedclean.model.limits import ELEMENT_DEPTH
from seedclean.readers import html_tags
from seedclean.readers.inline import Run
from seedclean.readers.tables import TableSketch
from seedclean.values import urls

_NO_CLASSES: frozenset[str] = frozenset()
_CLASS_CHARS = 200
_SEARCH = 256
"""How far up the stack an end tag looks for its start tag: stray end tags in deep nesting would cost a square."""


class Builder:
    """Turns the events of one source into blocks. Used once."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._stack: list[tuple[str, Element | None, html_tags.Traits]] = []
        self._open: defaultdict[str, int] = defaultdict(int)
        self._lists: list[bool] = []
        self._tables: list[TableSketch] = []
        self._quotes = 0
        self._pre = 0
        self._heading = 0
        self._item = False
        self._number = ""
        self._breaks = 0
        self._spoken = False
        self._code = ""
        self._run = Run()

    # -- elements

    def open(self, tag: str, attrs: Mapping[str, str]) -> None:
        """A start tag."""
        traits = html_tags.TRAITS.get(tag, html_tags.PLAIN)
        if traits.block:
            self._open_block(traits)
        elif traits.mark:
            self._run.open_mark(tag, attrs.get("href", "") if tag == "a" else "")
        if traits.void:
            return
        element = parent = self._stack[-1][1] if self._stack else None
        depth = parent.depth + 1 if parent is not None else 0
        if depth < ELEMENT_DEPTH:
            classes = _names(attrs["class"]) if "class" in attrs else _NO_CLASSES
            element = Element(tag, attrs, parent, depth, classes)
        self._stack.append((tag, element, traits))
        self._open[tag] += 1
        if traits.inner:
            self._enter(tag, attrs)

    def _open_block(self, traits: html_tags.Traits) -> None:
        if self._pre:
            self._run.white("\n")
            return
        self.boundary()
        if traits.closes and self._open["p"]:
            self._close_paragraph()
        if traits.siblings:
            closed, until = traits.siblings
            for index in range(len(self._stack) - 1, max(-1, len(self._stack) - 64), -1):
                name = self._stack[index][0]
                if name in until:
                    break
                if name in closed:
                    self._pop_to(index)
                    break

    def _close_paragraph(self) -> None:
        for index in range(len(self._stack) - 1, max(-1, len(self._stack) - _SEARCH), -1):
            tag, _, traits = self._stack[index]
            if tag == "p":
                self._pop_to(index)
                return
            if traits.block:
                return

    def _enter(self, tag: str, attrs: Mapping[str, str]) -> None:
        """What an element changes for the text inside it."""
        if tag in html_tags.LIST:
            self._lists.append(tag == "ol")
        elif tag == "li":
            self._item = True
        elif tag == "blockquote":
            self._quotes += 1
        elif tag in html_tags.HEADING:
            self._heading = html_tags.HEADING[tag]
        elif tag in html_tags.PREFORMATTED:
            self._pre += 1
            self._code = _language(attrs)
        elif tag == "code" and self._pre:
            self._code = self._code or _language(attrs)
        elif tag == "table":
            for sketch in self._tables:
                sketch.nested = True
            self._tables.append(TableSketch(len(self._blocks)))
        elif self._tables and tag == "tr":
            self._tables[-1].row()
        elif self._tables and tag in html_tags.CELL:
            self._tables[-1].cell(len(self._blocks))

    def close(self, tag: str, sure: bool = False) -> None:
        """An end tag. One that closes nothing is passed over, as browsers do.

        `sure` ends the element whatever HTML has left open in it: Markdown knows where its own constructs end.
        """
        if self._stack and self._stack[-1][0] == tag:
            self._pop()
            return
        if tag == "br":
            self.line_break()
        if not self._open[tag]:
            if sure and tag in html_tags.BLOCK:
                self.boundary()
            return
        block = tag in html_tags.BLOCK
        crossed = False
        for index in range(len(self._stack) - 1, max(-1, len(self._stack) - _SEARCH), -1):
            name, _, traits = self._stack[index]
            if name == tag:
                if crossed and not block and not sure:
                    self._forget(index)
                else:
                    self._pop_to(index)
                return
            if not sure and name in html_tags.SCOPE and (name == "table" or tag not in html_tags.TABLE_PART):
                return
            crossed = crossed or traits.block

    def _forget(self, index: int) -> None:
        """An inline element that ends inside a block which began after it: the block goes on."""
        tag, _, traits = self._stack.pop(index)
        self._leave(tag, traits)

    def _pop_to(self, index: int) -> None:
        while len(self._stack) > index:
            self._pop()

    def _pop(self) -> None:
        """The innermost element ends."""
        tag, _, traits = self._stack.pop()
        if traits.block and (traits.verbatim or not self._pre):
            self.boundary()
        self._leave(tag, traits)

    def _leave(self, tag: str, traits: html_tags.Traits) -> None:
        self._open[tag] -= 1
        if traits.mark:
            self._run.close_mark(tag)
        elif not traits.inner:
            return
        elif tag in html_tags.LIST:
            self._lists.pop()
            self._item = False
        elif tag == "li":
            self._item = False
        elif tag == "blockquote":
            self._quotes -= 1
        elif tag in html_tags.HEADING:
            self._heading = 0
        elif tag in html_tags.PREFORMATTED:
            self._pre -= 1
        elif tag == "table":
            self._blocks = self._tables.pop().settle(self._blocks)

    # -- text

    def text(self, data: str, start: int, end: int, spaced: bool = False) -> None:
        """A run of characters, whose source is [start, end); its length may differ from the source's (a reference).

        `spaced` keeps several blanks between words, which HTML folds.
        """
        self._run.add(data, start, end, self._stack[-1][1] if self._stack else None, self._pre > 0, spaced)

    def minds_space(self) -> bool:
        """Whether white space that comes now can belong to a text: it is in one, or preformatted."""
        return bool(self._run.pieces or self._pre)

    def _element(self) -> Element | None:
        return self._stack[-1][1] if self._stack else None

    def line_break(self) -> None:
        """A line break inside a block: it begins a block of its own, of kind `line`."""
        if self._pre:
            self._run.line_feed()
        elif self._heading:
            self._run.white(" ")
        else:
            self.flush()
            self._breaks += 1

    def space(self) -> None:
        """A white space that markup stands for."""
        self._run.white(" ")

    def boundary(self) -> None:
        """The edge of a block."""
        if self._run.pieces:
            self.flush()
        self._breaks = 0
        self._spoken = False

    def flush(self) -> None:
        """End the run of text: what it holds becomes a block, with the pictures that trail it behind."""
        passage = self._run.take(bool(self._pre))
        if passage.text:
            kind = self._kind()
            block = Block(
                kind,
                passage.start,
                passage.end,
                passage.text,
                level=self._heading if kind == "heading" else 0,
                depth=len(self._lists) or (self._quotes if kind == "quote" else 0),
                ordered=kind == "item" and self._lists[-1],
                number=self._number if kind == "item" else "",
                code=self._code if kind == "code" else "",
                marks=passage.marks if kind != "code" else (),
                element=passage.element,
            )
            self._blocks.append(block)
            self._item = False
            self._number = ""
            self._spoken = True
            self._breaks = 0
        self._blocks.extend(passage.images)

    def _kind(self) -> str:
        if self._open["title"] and not self._open["svg"]:
            return "metadata"
        if self._pre:
            return "code"
        if self._heading:
            return "heading"
        if self._open["figcaption"] or (self._open["caption"] and self._tables):
            return "caption"
        if self._item and self._lists:
            return "item"
        if self._spoken and self._breaks == 1:
            return "line"
        return "quote" if self._quotes else "paragraph"

    # -- Markdown's own marks

    def lead(self, start: int) -> None:
        """The next block begins here: at the marks before its text."""
        self._run.lead(start)

    def number(self, number: str) -> None:
        """The next item bears this number."""
        self._number = number

    def trail(self, start: int, end: int) -> None:
        """An inline construct ends here: the block, or the picture alone in it, reaches to its end."""
        if not self._run.trail(start, end) and self._blocks:
            last = self._blocks[-1]
            if last.kind == "image" and last.start >= start:
                self._blocks[-1] = replace(last, start=start, end=end)

    def cover(self, kind: str, start: int, end: int) -> None:
        """A heading, code block or table was just closed: its block takes the span of the whole construct."""
        alone = len(self._blocks) < 2 or self._blocks[-2].end <= start
        if self._blocks and alone and self._blocks[-1].kind == kind and self._blocks[-1].start >= start:
            self._blocks[-1] = replace(self._blocks[-1], start=start, end=end)

    # -- what is not text

    def image(self, url: str, alt: str, start: int, end: int) -> None:
        """A picture: a block of its own, unless text stands on both sides of it in one line."""
        link = self._run.link()
        marks = (Mark(0, 0, "link", link),) if link else ()
        block = Block(
            "image",
            start,
            end,
            url=html_tags.placeholder(url),
            alt=alt.strip(),
            marks=marks,
            element=self._element(),
            depth=len(self._lists),
        )
        if not self._run.pieces:
            self._run.forget_lead()
            self._blocks.append(block)
        else:
            self._run.picture(block)

    def media(self, tag: str, attrs: Mapping[str, str], start: int, end: int) -> None:
        """What is seen, heard or fetched from elsewhere; its tag, whose span is [start, end), is opened besides."""
        url = html_tags.placeholder(next((attrs[key] for key in ("data-src", "src", "data") if attrs.get(key)), ""))
        host = urls.host(url)
        known = any(urls.under(host, name) for name in html_tags.VIDEO_HOSTS)
        kind = tag if tag in ("video", "audio") else "video" if known else "embed"
        self.flush()
        self._run.forget_lead()
        self._blocks.append(Block(kind, start, end, url=url, alt=attrs.get("title", ""), element=self._element()))

    def cover_embed(self, end: int) -> None:
        """What stands inside an embed is code of its own: the block of the embed reaches to its end tag."""
        if self._blocks and self._blocks[-1].kind in ("video", "embed"):
            self._blocks[-1] = replace(self._blocks[-1], end=end)

    def divider(self, start: int, end: int) -> None:
        """A thematic break."""
        self.boundary()
        self._run.forget_lead()
        self._blocks.append(Block("divider", start, end, element=self._element()))

    def finish(self) -> list[Block]:
        """The blocks of the source, in its order."""
        self._pop_to(0)
        self.flush()
        return self._blocks


def _names(names: str) -> frozenset[str]:
    """The names in a `class`. Pages repeat theirs; what is longer is not held on to."""
    return _classes(names) if len(names) <= _CLASS_CHARS else frozenset(names.split())


@lru_cache(maxsize=1024)
def _classes(names: str) -> frozenset[str]:
    return frozenset(names.split())


def _language(attrs: Mapping[str, str]) -> str:
    for name in attrs.get("class", "").split():
        for prefix in ("language-", "lang-", "highlight-source-"):
            if name.startswith(prefix):
                return name[len(prefix) :]
    return ""
