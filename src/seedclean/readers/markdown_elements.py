"""What each construct of Markdown is: its HTML element, and what text, tag or picture its source stands for."""

from __future__ import annotations

import re
from typing import Any

from seedclean.model.document import noun
from seedclean.readers.markdown_fences import is_fenced_prose, is_indented_prose

_TAGS = {
    "Paragraph": "p", "Item": "li", "TableHead": "tr", "TableRow": "tr", "TableCell": "td", "Emphasis": "em",
    "Strong": "strong", "Strikethrough": "del",
}  # fmt: skip
"""Markdown construct -> HTML element; the names of the others are their elements in lower case."""
SPAN_KINDS = {f"h{level}": "heading" for level in range(1, 7)} | {"pre": "code", "table": "table"}
"""Elements whose block gets the span of the whole construct -> its kind."""
MARKED = frozenset(["li", "a", "em", "strong", "del"])
"""Elements with marks before their text, which belong to the span of the block."""
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|br|cite|code|del|dfn|em|font|hr|i|img|ins|kbd|label|mark|nobr|q|ruby|rt|rp|s|samp|small|"
    r"span|strike|strong|sub|sup|time|tt|u|var|wbr|p|div|center|video|audio|source|details|summary)(?=[\s/>])|<!--",
    re.I,
)
_PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".avif")
_PICTURE_SIZE = re.compile(r"\d{1,5}(?:x\d{1,5})?")
_ITEM_NUMBER = re.compile(rb"(\d{1,9})[.)]")


_DIRECTIVES = ("ad-",)
"""Begins the names of callouts that Obsidian's plugin Admonition writes as code."""
_ADMONITIONS = frozenset([
    "admonition", "attention", "caution", "danger", "dropdown", "error", "hint", "important", "margin", "note", "seealso",
    "sidebar", "tip", "warning",
])  # fmt: skip
"""Directives of MyST, which are written as code and hold prose."""


@noun
class Construct:
    """A construct as an element. Without a tag it is a footnote, an image, or one inside an image.

    `language`: that of code. `is_prose`: a block of code that is prose. `url` is that of a link or an image, `is_wiki` tells `![[…]]`.
    """

    tag: str
    language: str = ""
    url: str = ""
    is_prose: bool = False
    is_image: bool = False
    is_wiki: bool = False


_CONSTRUCTS = {name: Construct(tag) for name, tag in _TAGS.items()}
_FOOTNOTE, _PROSE = Construct(""), Construct("p", is_prose=True)


def construct(name: str, detail: Any, source: str) -> Construct:
    """A construct of pyromark by its name and its details; `source` is the text of a block of code."""
    if name in _CONSTRUCTS:
        return _CONSTRUCTS[name]
    if name == "FootnoteDefinition":
        return _FOOTNOTE
    if name == "Image":
        is_wiki = isinstance(detail["link_type"], dict)
        return Construct("", url=detail["dest_url"], is_image=True, is_wiki=is_wiki)
    if name == "Heading":
        return Construct(detail["level"].lower())
    if name == "Link":
        return Construct("a", url=detail["dest_url"])
    if name == "List":
        return Construct("ul" if detail is None else "ol")
    if name == "CodeBlock":
        return _code(detail, source)
    return Construct(name.lower())


def _code(detail: Any, source: str) -> Construct:
    info = detail.get("Fenced", "") if isinstance(detail, dict) else ""
    is_fenced = isinstance(detail, dict)
    if is_fenced_prose(source, info) if is_fenced else is_indented_prose(source):
        return _PROSE
    names = info.strip("{} ").split()
    if info.startswith(_DIRECTIVES) or (info.startswith("{") and names and names[0] in _ADMONITIONS):
        return _PROSE
    return Construct("pre", language=names[0].strip(".,") if names else "")


def item_number(region: bytes, start: int) -> str:
    """The number of the list item at an offset, as written; empty if it has none."""
    number = _ITEM_NUMBER.match(region, start)
    return number[1].decode() if number else ""


def is_markup(tag: str) -> bool:
    """Whether a tag is markup inside a line; others are words of a text about HTML."""
    return _INLINE_TAG.match(tag) is not None


def without_indents(paragraph: str) -> str:
    """The lines of a paragraph without what its second line and the next begin with in a list or a quotation."""
    return "\n".join([line.lstrip(" \t>") for line in paragraph.split("\n")])


def code_text(source: str) -> str:
    """The text of a code span, by CommonMark 6.1."""
    text = source.strip("`").replace("\n", " ")
    if text[:1] == text[-1:] == " " and not text.isspace():
        return text[1:-1]
    return text


def wiki_description(url: str, text: str) -> str | None:
    """The description of a wiki's picture `![[url|text]]`, where the text may be its size; None for a note that it embeds."""
    if not url.lower().endswith(_PICTURE_SUFFIXES):
        return None
    return "" if text == url or _PICTURE_SIZE.fullmatch(text) else text
