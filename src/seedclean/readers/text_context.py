"""What the open elements say about the text inside them: heading, list item, quotation, code."""

from __future__ import annotations

from collections.abc import Mapping

from seedclean.model.document import Element
from seedclean.readers import html_tags, listings
from seedclean.readers.html_tags import Traits


class TextContext:
    """The context of the next text.

    `heading`: its level, 0 outside headings. `list_depth`, `is_ordered`: number of open lists, and whether the innermost
    is numbered. `quote_depth`: number of open quotations. `begins_item`: whether a list item is open whose first block
    is still to come. `preformatted`: number of open elements that keep white space. `language`: that of the code in them.
    """

    __slots__ = ("_lists", "begins_item", "heading", "language", "list_depth", "preformatted", "quote_depth")

    def __init__(self) -> None:
        self.heading = 0
        self.quote_depth = 0
        self.begins_item = False
        self.preformatted = 0
        self.language = ""
        self.list_depth = 0
        self._lists: list[bool] = []

    @property
    def is_ordered(self) -> bool:
        """Whether the innermost open list is numbered."""
        return bool(self._lists) and self._lists[-1]

    def enter(self, tag: str, attrs: Mapping[str, str], traits: Traits, parent: Element | None) -> None:
        """An element begins inside `parent`."""
        if traits.preformatted:
            self.preformatted += 1
            if self.preformatted == 1:
                self.language = listings.language(attrs, parent)
        if tag in html_tags.LIST:
            self._lists.append(tag == "ol")
            self.list_depth += 1
        elif tag == "li":
            self.begins_item = True
        elif tag == "blockquote":
            self.quote_depth += 1
        elif tag in html_tags.HEADING:
            self.heading = html_tags.HEADING[tag]
        elif self.preformatted and tag in ("code", "pre") and not self.language:
            self.language = listings.language(attrs, None)

    def leave(self, tag: str, traits: Traits) -> None:
        """An element ends."""
        if traits.preformatted:
            self.preformatted -= 1
        if tag in html_tags.LIST:
            self._lists.pop()
            self.list_depth -= 1
            self.begins_item = False
        elif tag == "li":
            self.begins_item = False
        elif tag == "blockquote":
            self.quote_depth -= 1
        elif tag in html_tags.HEADING:
            self.heading = 0

    def end_item_start(self) -> None:
        """The first block of the open list item is complete."""
        self.begins_item = False

    def kind(self, counts: Mapping[str, int], is_after_break: bool) -> str:
        """The kind of a block of text that ends here. `counts`: how many elements of each tag are open."""
        if counts["title"] and not counts["svg"]:
            return "metadata"
        if self.preformatted:
            return "code"
        if self.heading:
            return "heading"
        if counts["figcaption"] or (counts["table"] and counts["caption"]):
            return "caption"
        if self.begins_item and self.list_depth:
            return "item"
        if is_after_break:
            return "line"
        return "quote" if self.quote_depth else "paragraph"
