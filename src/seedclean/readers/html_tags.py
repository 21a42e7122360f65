"""What the reader has to know of HTML's tags: which begin a block, which close which, and where an address stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "noscript",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "svg",
        "table",
        "tbody",
        "td",
        "template",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "xmp",
    ]
)
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "frame",
        "keygen",
    ]
)
CLOSES_PARAGRAPH = BLOCK - frozenset(
    ["body", "button", "html", "noscript", "option", "optgroup", "select", "svg", "template", "textarea", "title"]
)
HEADING = {f"h{level}": level for level in range(1, 7)}
LIST = frozenset(["ul", "ol", "menu", "dir"])
CELL = frozenset(["td", "th"])
SCOPE = frozenset(["table", "td", "th", "caption", "template", "object"])
TABLE_PART = frozenset(["table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption"])
RAW = frozenset(["script", "style", "iframe", "noembed", "noframes"])
"""Elements whose content is never text of the page."""
PREFORMATTED = frozenset(["pre", "xmp", "listing", "plaintext", "textarea"])

SIBLINGS = {
    "li": (frozenset(["li"]), LIST | CELL),
    "dt": (frozenset(["dt", "dd"]), frozenset(["dl"]) | CELL),
    "dd": (frozenset(["dt", "dd"]), frozenset(["dl"]) | CELL),
    "tr": (frozenset(["tr", "td", "th"]), frozenset(["table"])),
    "td": (CELL, frozenset(["tr", "table"])),
    "th": (CELL, frozenset(["tr", "table"])),
    "tbody": (frozenset(["tbody", "thead", "tfoot"]), frozenset(["table"])),
    "thead": (frozenset(["tbody", "thead", "tfoot"]), frozenset(["table"])),
    "tfoot": (frozenset(["tbody", "thead", "tfoot"]), frozenset(["table"])),
    "option": (frozenset(["option"]), frozenset(["select"])),
}
"""tag -> (open tags that it closes, tags at which the search for them ends)"""

MARKS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic", "code": "code", "kbd": "code",
    "samp": "code", "tt": "code", "del": "strike", "s": "strike", "strike": "strike", "sup": "superscript",
    "sub": "subscript", "a": "link",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Traits:
    """What the builder asks of a tag, looked up once for each element.

    `inner` says that it changes what the text inside it is, `closes` that it ends a paragraph, `siblings` is as above.
    """

    block: bool = False
    void: bool = False
    mark: bool = False
    inner: bool = False
    verbatim: bool = False
    closes: bool = False
    siblings: tuple[frozenset[str], frozenset[str]] | None = None


_INNER = LIST | CELL | PREFORMATTED | HEADING.keys() | {"li", "blockquote", "code", "table", "tr"}
PLAIN = Traits()
"""A tag that means nothing by itself: a span, a name that somebody made up."""
TRAITS = {
    tag: Traits(
        tag in BLOCK,
        tag in VOID,
        tag in MARKS,
        tag in _INNER,
        tag in PREFORMATTED,
        tag in CLOSES_PARAGRAPH,
        SIBLINGS.get(tag),
    )
    for tag in BLOCK | VOID | MARKS.keys() | _INNER
}

_IMAGE_KEYS = (
    "data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-original-src", "data-echo", "data-url",
    "data-backsrc", "data-lazy", "data-srcset", "src", "srcset",
)  # fmt: skip
_PLACEHOLDER = 100
"""Media types are shorter; what goes on without a comma is none."""

VIDEO_HOSTS = (
    "youtube.com", "youtube-nocookie.com", "youtu.be", "vimeo.com", "v.qq.com", "bilibili.com", "youku.com", "iqiyi.com",
    "dailymotion.com", "brightcove.net",
)  # fmt: skip


def image_address(attrs: Mapping[str, str]) -> str:
    """The address an image was meant to be loaded from: lazy loaders keep it beside a placeholder in `src`."""
    fallback = ""
    for key in _IMAGE_KEYS:
        value = attrs.get(key, "").strip()
        if key.endswith("srcset") and value:
            value = value.split(",")[0].split()[0] if value.split(",")[0].split() else ""
        if not value:
            continue
        if not value.startswith(("data:", "about:", "javascript:", "blob:")):
            return value
        fallback = fallback or placeholder(value)
    return fallback


def placeholder(url: str) -> str:
    """An address without the bytes that stand in it: of `data:image/png;base64,…` only `data:image/png` is left."""
    if url[:5].lower() != "data:":
        return url
    return url[:_PLACEHOLDER].partition(",")[0].partition(";")[0]
