"""HTML's elements as the reader needs them: which are blocks, which start tags end others, where an image's URL stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from seedclean.values import urls
from seedclean.values.tables import table

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
        "listing",
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
"""Elements whose edges separate blocks of text."""
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
"""Elements without content and end tag."""
CLOSES_PARAGRAPH = BLOCK - frozenset(
    ["body", "button", "html", "noscript", "option", "optgroup", "select", "template", "textarea", "title"]
)
"""Elements whose start tag ends an open paragraph."""
HEADING = {f"h{level}": level for level in range(1, 7)}
LIST = frozenset(["ul", "ol", "menu", "dir"])
CELL = frozenset(["td", "th"])
SCOPE = frozenset(["table", "td", "th", "caption", "template", "object"])
"""Elements beyond which an end tag does not reach."""
TABLE_PART = frozenset(["table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption"])
"""Elements whose end tag reaches beyond all of SCOPE but a table."""
RAW = frozenset(["script", "style", "iframe", "noembed", "noframes"])
"""Elements whose content is not text of the page."""
PREFORMATTED = frozenset(["pre", "xmp", "listing", "plaintext", "textarea"])
"""Elements whose white space is text."""
_WECHAT = {
    "mpvoice": "audio", "mpaudio": "audio", "mp-common-mpaudio": "audio", "mp-common-qqmusic": "audio", "qqmusic": "audio",
    "mpvideosnap": "video", "mp-common-videosnap": "video",
}  # fmt: skip
"""WeChat's elements, in whose place a script puts a player -> the kind of block. Their attributes say all that is shown."""
_WECHAT_VOICE = "https://res.wx.qq.com/voice/getvoice?mediaid="
"""Where WeChat's script takes a recording from, by the value of `voice_encode_fileid`."""
MEDIA = frozenset(["iframe", "video", "audio", "embed", "object", *_WECHAT])
SPECIAL = MEDIA | {"amp-img", "base", "br", "hr", "img", "meta", "link", "html", "picture", "source"}
"""Tags that give a block or metadata themselves, so their span is needed."""

RUBY = frozenset(["rt", "rp", "rb"])
"""Elements of `ruby`, each of which ends the one before."""
READING = "\uff08\uff09"
"""The brackets around the reading of a character, which the standard lets browsers show in place of ruby."""
ENDS_OWN_KIND = frozenset(["a", "button", *[f"h{level}" for level in range(1, 7)], *RUBY])
"""Elements that do not nest: a start tag ends an open one."""
ENDS_LATE = frozenset(["body", "html"])
"""Elements that go on after their end tags: browsers put the text that follows into the body."""

_TABLE_SECTION = frozenset(["tbody", "thead", "tfoot"])
IMPLIED_ENDS = {
    "li": (frozenset(["li"]), LIST | CELL),
    "dt": (frozenset(["dt", "dd"]), frozenset(["dl"]) | CELL),
    "dd": (frozenset(["dt", "dd"]), frozenset(["dl"]) | CELL),
    "tr": (frozenset(["tr", "td", "th"]), frozenset(["table"])),
    "td": (CELL, frozenset(["tr", "table"])),
    "th": (CELL, frozenset(["tr", "table"])),
    "tbody": (_TABLE_SECTION, frozenset(["table"])),
    "thead": (_TABLE_SECTION, frozenset(["table"])),
    "tfoot": (_TABLE_SECTION, frozenset(["table"])),
    "option": (frozenset(["option"]), frozenset(["select"])),
}
"""Start tag -> open elements of which it ends the innermost, and elements at which the search for one stops."""

MARKS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic", "code": "code", "kbd": "code",
    "samp": "code", "tt": "code", "del": "strike", "s": "strike", "strike": "strike", "sup": "superscript",
    "sub": "subscript", "a": "link",
}  # fmt: skip
"""Inline element -> type of the mark over its text."""


@dataclass(frozen=True, slots=True)
class Traits:
    """The properties of a tag that the block builder needs, in one object so that one look-up gets them.

    `contextual`: the element changes what kind of block the text inside it is. `implied_ends`: see IMPLIED_ENDS. `acts`: the
    tag whose part the element plays by its role; empty for its own.
    """

    block: bool = False
    void: bool = False
    mark: bool = False
    contextual: bool = False
    preformatted: bool = False
    closes_paragraph: bool = False
    implied_ends: tuple[frozenset[str], frozenset[str]] | None = None
    acts: str = ""


_CONTEXTUAL = LIST | CELL | PREFORMATTED | HEADING.keys() | {"li", "blockquote", "code", "table", "tr"}
PLAIN = Traits()
"""The traits of all other tags: `span`, or a name outside the standard."""
TRAITS = {
    tag: Traits(
        block=tag in BLOCK,
        void=tag in VOID,
        mark=tag in MARKS,
        contextual=tag in _CONTEXTUAL,
        preformatted=tag in PREFORMATTED,
        closes_paragraph=tag in CLOSES_PARAGRAPH,
        implied_ends=IMPLIED_ENDS.get(tag),
    )
    for tag in BLOCK | VOID | MARKS.keys() | _CONTEXTUAL
}

IN_DRAWING = {"title": PLAIN, "desc": PLAIN, "text": Traits(block=True)}
"""The traits of elements of SVG: a drawing stands in a line, as a picture does, and its labels are lines of their own."""

_IMAGE_ATTRIBUTES = (
    "data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-original-src", "data-echo", "data-url",
    "data-backsrc", "data-lazy", "data-cfsrc", "data-lazyload", "data-img-src", "data-image", "zoomfile", "file", "_src",
    "data-srcset", "data-lazy-srcset", "src", "srcset",
)  # fmt: skip
"""Attributes with the URL of a picture: those of scripts that load it late come first, as `src` is then a placeholder."""
_PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg")
_JSON_URL = re.compile(r'"((?:https?:)?(?:\\?/)[^"\s]+)"')
_JSON_CHARS = 10_000
"""Characters of such JSON that are searched."""
_PIXEL_DIGITS, _PIXELS = 3, 2
"""A picture so many pixels high or wide is no picture: it counts readers, or pushes text aside."""
_EMOJI_CHARS = 12
"""Code points of the longest emoji, a family of four or the flag of a region."""
_PLACEHOLDER_CHARS = 200
"""A data URL shorter than this is a transparent pixel or an empty SVG that waits for the picture."""
_DATA_URL_CHARS = 100
"""Characters of a data URL searched for the end of its media type; longer media types do not exist."""


def image_url(attrs: Mapping[str, str]) -> str:
    """The URL of an image; a shortened data URL only if no attribute has another.

    An attribute whose name is not known counts, if the image has no other and it ends as the names of picture files do.
    """
    fallback = ""
    for key in filter(attrs.__contains__, _IMAGE_ATTRIBUTES):
        value = attrs[key].strip()
        if value.startswith(("{", "[")):
            value = _in_json(value)
        elif key.endswith("srcset") and value:
            value = value.split(",")[0].split()[0] if value.split(",")[0].split() else ""
        if not value:
            continue
        if not value.startswith(("data:", "about:", "javascript:", "blob:")):
            return value
        if len(value) > _PLACEHOLDER_CHARS:
            fallback = fallback or without_data(value)
    return fallback or next(filter(None, map(_late_url, attrs.items())), "")


def _in_json(value: str) -> str:
    """The first URL in the JSON that a script reads: one for each size of the window."""
    match = _JSON_URL.search(value, 0, _JSON_CHARS)
    return match[1].replace("\\/", "/") if match else ""


def _late_url(attribute: tuple[str, str]) -> str:
    """The URL in an attribute of some script that loads pictures late; empty in others."""
    name, value = attribute
    path = value.partition("?")[0].lower() if name.startswith("data-") else ""
    return value.strip() if path.endswith(_PICTURE_SUFFIXES) and not any(map(str.isspace, value.strip())) else ""


def is_emoji(alt: str) -> bool:
    """Whether the alternative text of a picture is an emoji, which pages draw for browsers without them."""
    return 0 < len(alt) <= _EMOJI_CHARS and "So" in map(unicodedata.category, alt) and not any(map(str.isalnum, alt))


def is_pixel(attrs: Mapping[str, str]) -> bool:
    """Whether an image states a size that nobody sees, and is no placeholder of one that a script loads."""
    sizes = [attrs.get(name, "").strip() for name in ("width", "height")]
    return all(sizes) and any(map(_is_tiny, sizes)) and image_url(attrs) == attrs.get("src", "").strip()


def _is_tiny(size: str) -> bool:
    return len(size) <= _PIXEL_DIGITS and size.isascii() and size.isdigit() and int(size) <= _PIXELS


def without_data(url: str) -> str:
    """The URL, without the content of a data URL: of `data:image/png;base64,…` only `data:image/png` stays."""
    if url[:5].lower() != "data:":
        return url
    return url[:_DATA_URL_CHARS].partition(",")[0].partition(";")[0]


def media_url(attrs: Mapping[str, str]) -> str:
    """The URL of an element of MEDIA."""
    if attrs.get("voice_encode_fileid"):
        return _WECHAT_VOICE + unquote(attrs["voice_encode_fileid"].strip())
    return without_data(next((attrs[key] for key in ("data-src", "src", "data", "data-url") if attrs.get(key)), ""))


def media_title(attrs: Mapping[str, str]) -> str:
    """What an element of MEDIA is called: the title of a recording, the description of a clip."""
    names = (attrs.get(key, "").strip() for key in ("title", "data-desc", "music_name"))
    named = next(filter(None, names), "")
    is_recording = "voice_encode_fileid" in attrs or "play_length" in attrs
    return named or (" ".join(unquote(attrs.get("name", "")).split()) if is_recording else "")


def media_kind(tag: str, url: str) -> str:
    """The kind of block of an element of MEDIA: video, audio, or embed."""
    if tag in ("video", "audio"):
        return tag
    if tag in _WECHAT:
        return _WECHAT[tag]
    host = urls.host(url)
    return "video" if any(urls.under(host, name) for name in table("video_hosts")["hosts"]) else "embed"
