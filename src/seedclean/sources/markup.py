"""Which markup a text is in, told from the text alone: HTML, Markdown, or none."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from seedclean.sources.link_tables import columns

Format = Literal["html", "markdown", "text"]

_PROLOGUE = re.compile(r"[\s\ufeff]*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:[^-]|-(?!->)){0,2000}-->\s*)*")
"""What may stand above an element: white space, a declaration, comments."""
_WRAPPER = re.compile(r"[\s\ufeff]*<(?:text|doc|page|document)\s[^<>]{1,2000}>", re.I)
"""The element that collections put around each page."""
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|base)(?=[\s>])", re.I | re.A)
_ROOTS = (
    "article", "aside", "audio", "blockquote", "center", "details", "div", "dl", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "iframe", "img", "link", "main", "nav", "noscript", "ol", "p", "picture", "pre", "script", "section", "span",
    "style", "table", "ul", "video",
)  # fmt: skip
"""Elements that a fragment of HTML may begin with."""
_VOID_ROOTS = ("img", "link")
_ROOT = re.compile(rf"<({'|'.join(_ROOTS)})(?=[\s/>])", re.I | re.A)
_ENDS = {name: re.compile(rf"<(/?){name}(?=[\s/>])", re.I | re.A) for name in _ROOTS}
_BLOCK_TAG = re.compile(
    r"</?(?:article|blockquote|br|dd|div|dl|dt|figure|h[1-6]|li|ol|p|section|span|table|td|tr|ul)(?:\s[^<>]{0,2000})?/?>",
    re.I,
)
_TAG = re.compile(r"</?[a-zA-Z]")
_MARKDOWN = re.compile(
    r"^(?:#{1,6} +\S|!\[[^\]\n]*\]\(|\[[^\]\n]+\]\([^)\s]+\)|```|~~~|\|.+\|[ \t]*$|:?-{2,}:?(?: ?\| ?:?-{2,}:?)+[ \t]*$|-{3,}[ \t]*$|={3,}[ \t]*$)"
    r"|(?:\A|(?<=\n\n)|(?<=\n\r\n))> +\S|\*\*[^*\n]+\*\*|!\[[^\]\n]{0,500}\]\([^)\s]{0,500}\)|\]\(https?://|^\d{1,4}\\[.)] +\S"
    r"|(?:&#(?:\d{3,7}|[xX][0-9a-fA-F]{2,6});){3}",
    re.M,
)
"""Markdown syntax, and words in character references, which Markdown resolves. `>` counts only after an empty line: in
plain text, breadcrumbs and links begin with it. A number whose full stop is escaped keeps Markdown from making a list of it."""
_BELOW_FRONT_MATTER = re.compile(
    r"\\[_*#~`\[\]]|\]\((?:\.{0,2}/|#|mailto:|[\w%-]{1,200}[./])[^)\s]{0,500}\)|^\{:[^{}\n]{0,200}\}[ \t]*$", re.M
)
"""Escapes, links within a site, and attribute lists of kramdown: Markdown syntax where front matter stands above."""
_MARKDOWN_LINE = re.compile(r"#{1,6} +\S|!\[|\[[^\]]+\]\(|```|\*\*\S|[-*] +\S|[-=]{3,}\s*\Z")
_SAMPLE_CHARS = 20_000
"""Markdown that has no syntax in so many characters is read as plain text without loss."""
_ELEMENT_CHARS = 2_000_000
"""An element that has no end in so many characters counts as unclosed."""
_LOOSE_SHARE = 5
"""HTML has at most one part in so many of its characters in paragraphs between blank lines and outside all elements."""


class _Cut(NamedTuple):
    """A text cut behind its leading elements. `at`: where they end. `is_closed`: whether the last of them has an end."""

    at: int
    is_closed: bool


def markup_of(body: str, *, is_below_front_matter: bool = False) -> Format:
    """The markup of a text without its front matter. Front matter is Markdown's, so below it an escape or a link within a site is evidence too."""
    if columns(body):
        return "text"
    if is_page(body) or _is_fragment(body):
        return "html"
    if _MARKDOWN.search(body, 0, _SAMPLE_CHARS):
        return "markdown"
    if is_below_front_matter and _BELOW_FRONT_MATTER.search(body, 0, _SAMPLE_CHARS):
        return "markdown"
    return "text"


def is_page(body: str) -> bool:
    """Whether a text is a whole page: it begins with an element that stands above or in no article."""
    return _begins_page(body, _leading_elements(body).at) or _begins_page(body, _start(body))


def _begins_page(body: str, at: int) -> bool:
    return _PAGE.match(body, _prologue_end(body, at)) is not None


def _start(body: str) -> int:
    wrapper = _WRAPPER.match(body)
    return wrapper.end() if wrapper else 0


def _prologue_end(body: str, at: int) -> int:
    match = _PROLOGUE.match(body, at)
    return match.end() if match else at


def _is_fragment(body: str) -> bool:
    """Whether a text is a fragment of HTML: elements, with hardly any paragraph between blank lines outside of them.

    Markdown may begin with an element too; what stands behind its leading elements tells.
    """
    cut = _leading_elements(body)
    rest = body[cut.at : cut.at + _SAMPLE_CHARS]
    if not rest.strip():
        return cut.at > 0
    if any(map(_MARKDOWN_LINE.match, rest.split("\n"))):
        return False
    if not cut.is_closed:
        return True
    if not cut.at and len(_BLOCK_TAG.findall(rest)) < 2:
        return False
    loose = sum(len(part) for part in rest.split("\n\n") if not _TAG.search(part))
    return loose * _LOOSE_SHARE <= cut.at + len(rest)


def _leading_elements(body: str) -> _Cut:
    """The elements that a text begins with, comments among them."""
    at = _start(body)
    while root := _ROOT.match(body, _prologue_end(body, at)):
        name = root[1].lower()
        end = root.end() if name in _VOID_ROOTS else _element_end(body, root.end(), _ENDS[name])
        if end < 0:
            return _Cut(at, is_closed=False)
        at = body.find(">", end) + 1 or len(body)
    return _Cut(at, is_closed=True)


def _element_end(body: str, at: int, tags: re.Pattern[str]) -> int:
    """The offset in the end tag of the element that is open at an offset; -1 if there is none."""
    depth = 1
    for tag in tags.finditer(body, at, at + _ELEMENT_CHARS):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return -1
