"""Which text a page has that nobody sees, and which elements hide it.

Style sheets are not read: an element that only one of them hides counts as visible.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from seedclean.model.document import Block, Element
from seedclean.readers.html_tags import HEADING

_FOR_SCREEN_READERS = frozenset([
    "a11y-hidden", "accessibly-hidden", "assistive-text", "element-invisible", "screen-reader", "screen-reader-only",
    "screen-reader-text", "screenreader", "screenreader-only", "screenreader-text", "sr-text", "u-hiddenvisually",
])  # fmt: skip
"""Classes, in lower case, whose text is for screen readers alone; each is the convention of a style library."""
_VISUALLY_HIDDEN = ("visuallyhidden", "visuallyhiddentext", "sronly", "textassistive")
"""What more such classes end with, without `-` and `_`: style libraries put their own letters before it."""
_ICON_FONTS = frozenset([
    "google-symbols", "material-icons", "material-icons-extended", "material-icons-outlined", "material-icons-round",
    "material-icons-sharp", "material-symbols-outlined", "material-symbols-rounded", "material-symbols-sharp",
])  # fmt: skip
"""Classes of fonts that draw a picture in place of its name."""
_CONTROLS = frozenset(["mw-editsection", "crayon-plain", "enlighter-raw", "ltx_note_mark", "ltx_tag_note"])
"""Classes of the buttons that a wiki puts inside its headings, of the field from which a listing is copied, and of LaTeXML's
numbers of a note, which stand before the note and in it."""
_COPIES = frozenset([
    "bx-clone", "glide__slide--clone", "slick-cloned", "splide__slide--clone", "swiper-slide-duplicate",
])  # fmt: skip
"""Classes of the copies of first and last slides, with which a gallery turns round."""
_COPY_BUTTON = "clipboard-copy"
"""GitHub's element for a button, which others use too."""
_PREVIEW = "mathjax_preview"
"""The class of what stands for a formula until MathJax has drawn it."""
CLASSES = _FOR_SCREEN_READERS | _ICON_FONTS | _CONTROLS | _COPIES | {_PREVIEW}
"""Classes, in lower case, that hide an element; `may_hide` knows the others."""
_HIDING_STYLES = (
    ("display", ("none",)),
    ("visibility", ("hidden", "collapse")),
    ("mso-hide", ("all",)),
    ("content-visibility", ("hidden",)),
)
_CLIPPED = ("rect(0", "inset(50%", "inset(100%")
"""Begins a clip of nothing."""
_FAR_OFF = ("left", "top", "text-indent", "margin-left", "right")
_FAR_OFF_LENGTH = re.compile(r"-(?:\d{4,}px|999px|\d{3,}r?em|\d{4,}vw|100vw)", re.A)
_NO_SIZE = re.compile(r"[01](?:px|pt)?", re.A)
_FALLBACKS = frozenset(["video", "audio", "canvas", "datalist"])
"""Elements whose text stands for what an old browser cannot show."""
_MAX_STYLE_CHARS = 400
"""A longer style lists colours and fonts for an editor's text, and hides nothing."""
_SHOWN_ON_DEMAND = frozenset(["region", "tabpanel"])
"""Roles of the panels of tabs and accordions: hidden only until the reader asks for them, like `details`."""
_LEAVES = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"])
"""Elements of text. Around more than one text `aria-hidden` marks what lies under a dialog, and hides it from no eyes."""
_STREAMED_ID = "S:"
"""React streams a page's text in hidden elements with such ids, and moves it into its place by script."""
_PROSE_BYTES = 90
"""A text of so many bytes in UTF-8 is prose: 90 Latin letters, or 30 Chinese ones."""
_TWIN_CHARS = 20
"""A shorter text stands twice in a page for many reasons."""
_SCREENS = frozenset([
    "desktop", "large", "lg", "md", "medium", "mobile", "phone", "sm", "small", "tablet", "xl", "xs", "xxl",
])  # fmt: skip
_SHOWING = frozenset(["block", "flex", "hidden", "hide", "none", "only", "show", "visible"])
"""Parts of the names of classes that show or hide what has them, and the widths of the window where they do."""
_LAYOUTS = frozenset(["block", "flex"])
"""Of these, the ones that hide nothing on their own: `md:flex` puts side by side what each window shows."""
_REVEALED = frozenset(["aria", "attribute", "dialog", "style", "template"])
"""What hides text until a script shows it; a class for screen readers is for good."""


def hiding(tag: str, attrs: Mapping[str, str]) -> str:
    """Why a browser does not show an element; empty if it does.

    `attribute`, `style`, `template`, `dialog`: not rendered, or only on demand. `class`: for screen readers alone, or the
    name of an icon. `aria`: not for screen readers, a decoration. `control`: a button among the words of a heading. `formula`: what stands in for one.
    """
    if tag in _FALLBACKS:
        return "attribute"
    if tag == _COPY_BUTTON:
        return "control"
    if not attrs:
        return tag if tag in ("template", "dialog") else ""
    if "role" in attrs and attrs["role"] in _SHOWN_ON_DEMAND:
        return ""
    if "popover" in attrs:
        return "dialog"
    if "hidden" in attrs:
        is_shown_later = attrs["hidden"] == "until-found" or attrs.get("id", "").startswith(_STREAMED_ID)
        return "" if is_shown_later else "attribute"
    if "style" in attrs and _style_hides(attrs["style"][:_MAX_STYLE_CHARS]):
        return "style"
    if "class" in attrs and (reason := _class_hides(attrs["class"])):
        return reason
    if attrs.get("aria-hidden") == "true" and tag in _LEAVES:
        return "aria"
    if tag == "template" and "shadowrootmode" not in attrs and "shadowroot" not in attrs:
        return "template"
    return "dialog" if tag == "dialog" and "open" not in attrs else ""


@lru_cache(maxsize=1024)
def _style_hides(style: str) -> bool:
    values = {}
    for declaration in style.lower().split(";"):
        name, _, value = declaration.partition(":")
        values[name.strip()] = value.replace("!important", "").strip()
    if any(values.get(name) in hiding for name, hiding in _HIDING_STYLES):
        return True
    if values.get("position") in ("absolute", "fixed") and values.get("clip", values.get("clip-path", "")).startswith(
        _CLIPPED
    ):
        return True
    if any(_FAR_OFF_LENGTH.fullmatch(values[name]) for name in _FAR_OFF if name in values):
        return True
    has_no_letters = "font-size" in values and _NO_SIZE.fullmatch(values["font-size"]) is not None
    return has_no_letters and (values.get("max-height", "1")[:1] == "0" or values.get("opacity") == "0")


def may_hide(names: str) -> bool:
    """Whether a class among these, in lower case, may end as those do that style libraries put their own letters before."""
    joined = _joined(names)
    return any(map(joined.__contains__, _VISUALLY_HIDDEN))


def _joined(names: str) -> str:
    return names.replace("-", "").replace("_", "")


@lru_cache(maxsize=1024)
def _class_hides(names: str) -> str:
    lower = names.lower()
    classes = lower.split()
    if not (_FOR_SCREEN_READERS.isdisjoint(classes) and _ICON_FONTS.isdisjoint(classes)):
        return "class"
    if any([name.endswith(_VISUALLY_HIDDEN) for name in _joined(lower).split()]):
        return "class"
    if not (_CONTROLS.isdisjoint(classes) and _COPIES.isdisjoint(classes)):
        return "control"
    return "formula" if _PREVIEW in classes else ""


def with_twins(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; a text that a page has once for phones and once for desks is hidden where it stands again."""
    counts = Counter([block.text for block in blocks if len(block.text) >= _TWIN_CHARS])
    first: dict[str, frozenset[str]] = {}
    result = list(blocks)
    for at, block in enumerate(blocks):
        screens = _screens(block.element) if counts[block.text] > 1 and not block.hidden else None
        if not screens:
            continue
        other = first.setdefault(block.text, screens)
        if other != screens:
            result[at] = replace(block, hidden="class")
    return result


def _screens(element: Element | None) -> frozenset[str]:
    """The classes around a text that show or hide it by the width of the window, such as `d-md-none`, `md:hidden`, `mobile-only`."""
    while element is not None:
        names = frozenset(filter(_is_for_screens, element.classes))
        if names and any(map(_hides, element.classes)):
            return names
        element = element.parent
    return frozenset()


@lru_cache(maxsize=1024)
def _is_for_screens(name: str) -> bool:
    parts = re.split("[-_:]", name.lower())
    return not _SCREENS.isdisjoint(parts) and not _SHOWING.isdisjoint(parts)


@lru_cache(maxsize=1024)
def _hides(name: str) -> bool:
    return not (_SHOWING - _LAYOUTS).isdisjoint(re.split("[-_:]", name.lower()))


class Panels:
    """The ids of the panels that the button of a heading opens: text on demand, like the panels of `details`.

    A button elsewhere opens a menu or a dialog. `ids` has those of the panels so far.
    """

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self._of_button = ""

    def enter(self, tag: str, attrs: Mapping[str, str], in_button: bool, in_heading: bool) -> None:
        """An element with `aria-controls` or a heading begins; whether it stands in a button, and in a heading."""
        if "aria-controls" in attrs and "aria-expanded" in attrs:
            self._of_button = attrs["aria-controls"]
            if in_heading and self._of_button:
                self.ids.add(self._of_button)
        elif tag in HEADING and in_button and self._of_button:
            self.ids.add(self._of_button)


def with_revealed(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those that a script will show no longer marked as hidden.

    A page whose prose is hidden is one whose text a script shows: it was saved while it loaded, or under a dialog.
    """
    hidden = sum([_prose(block) for block in blocks if block.hidden in _REVEALED])
    if not hidden or hidden <= sum([_prose(block) for block in blocks if not block.hidden]):
        return list(blocks)
    return [replace(block, hidden="") if block.hidden in _REVEALED else block for block in blocks]


def _prose(block: Block) -> int:
    size = len(block.text.encode("utf-8", "replace"))
    return size if size >= _PROSE_BYTES and block.kind != "metadata" else 0
