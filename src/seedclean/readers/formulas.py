"""A formula that a page has several times over: as TeX, as MathML, and as glyphs or a picture. Its text is read once.

The TeX is preferred, between dollar signs, then the MathML as one line, then the glyphs that are shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote_plus

from seedclean.model.document import Element
from seedclean.readers.mathml import linear

_INLINE = frozenset(["katex", "mathjax", "mathjax_svg", "mathjax_chtml", "mwe-math-element"])
_DISPLAY = frozenset(["katex-display", "mathjax_display", "mathjax_svg_display", "mjxc-display"])
CLASSES = _INLINE | _DISPLAY
_BLOCK_EQUATION = "block-equation"
"""What the class of a formula between paragraphs ends with in WeChat's articles."""
_PICTURES = frozenset([
    "latex", "tex", "mwe-math-fallback-image-inline", "mwe-math-fallback-image-display", "ql-img-inline-formula",
    "ql-img-displayed-formula",
])  # fmt: skip
"""Classes of pictures of a formula, whose alternative text is its TeX."""
_SIGNS = ("$", "\\(", "\\[")
_SERVICES = (
    "codecogs.com/gif.latex?", "codecogs.com/png.latex?", "codecogs.com/svg.latex?",
    "codecogs.com/gif.image?", "codecogs.com/png.image?", "codecogs.com/svg.image?",
    "zhihu.com/equation?tex=", "/latex.php?latex=", "/render/math?math=", "/chart?cht=tx&chl=", "math.now.sh?from=",
    "math.vercel.app/?from=",
)  # fmt: skip
"""Addresses of services that draw the TeX which follows."""
_MAX_HOST_CHARS = 200
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")
_TEX_ATTRIBUTES = ("data-tex", "data-formula", "alttext")
_DISPLAY_STYLE = r"{\displaystyle "
"""What Wikipedia's renderer wraps around each formula."""
_MATHML = frozenset(["math", "katex-mathml", "mjx-assistive-mml"])
_ENDS = frozenset([
    "article", "blockquote", "details", "dl", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "pre",
    "section", "table", "ul",
])  # fmt: skip
"""Elements that never stand in a formula: one that is still open there lacks its end tag."""


def begins(tag: str, attrs: Mapping[str, str]) -> bool:
    """Whether a formula begins with this element, if none is open."""
    if tag in ("math", "mjx-container"):
        return True
    if tag not in ("span", "div", "section"):
        return False
    if tag != "section" and "class" in attrs and not CLASSES.isdisjoint(attrs["class"].lower().split()):
        return True
    return "data-tex" in attrs or "data-formula" in attrs


def ends(tag: str) -> bool:
    """Whether the start tag of this element ends a formula."""
    return tag in _ENDS


def picture_tex(attrs: Mapping[str, str]) -> str:
    """The TeX of a picture of a formula; empty for other pictures."""
    if attrs.get("alt") and not _PICTURES.isdisjoint(attrs.get("class", "").lower().split()):
        return attrs["alt"]
    if attrs.get("alt", "").startswith(_SIGNS) and (tex := _between_signs(attrs["alt"].strip())):
        return tex
    if "eeimg" in attrs or "data-eeimg" in attrs:
        return attrs.get("alt", "")
    return address_tex(attrs.get("src", ""))


def _between_signs(alt: str) -> str:
    """What stands between dollar signs, or between `\\(` and `\\)`, that enclose a whole text; empty for other texts."""
    for opening, closing in (("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")):
        inside = alt[len(opening) : len(alt) - len(closing)]
        if inside and alt.startswith(opening) and alt.endswith(closing) and "$" not in inside:
            return inside
    return ""


def address_tex(url: str) -> str:
    """The TeX in the address of a picture that a service draws of it; empty for other addresses."""
    place = next((place for place in _SERVICES if place in url[:_MAX_HOST_CHARS]), None)
    return unquote_plus(url.partition(place)[2].partition("&")[0]) if place else ""


def written(tex: str, is_display: bool) -> str:
    """TeX between dollar signs; empty for none."""
    tex = " ".join(tex.split())
    if tex.startswith(_DISPLAY_STYLE) and tex.endswith("}"):
        tex = tex[len(_DISPLAY_STYLE) : -1].strip()
    sign = "$$" if is_display else "$"
    return f"{sign}{tex}{sign}" if tex else ""


class Formula:
    """An open formula: the TeX so far, the glyphs in MathML and those shown, and the span of its text."""

    def __init__(self, depth: int, start: int, end: int) -> None:
        self.depth = depth
        """How many elements are open around it."""
        self.start, self.end = start, end
        self._tex = ""
        self._tex_place: object = None
        self._mathml: list[tuple[str, Element | None]] = []
        self._flat: list[str] = []
        self._shown: list[str] = []
        self._other: list[str] = []
        self._is_display = False

    def enter(self, tag: str, attrs: Mapping[str, str]) -> None:
        """An element begins in the formula, or the formula itself."""
        if self._tex_place is None and any(attrs.get(key) for key in _TEX_ATTRIBUTES):
            self._tex = next(attrs[key] for key in _TEX_ATTRIBUTES if attrs.get(key))
            self._tex_place = attrs
        names = attrs.get("class", "").lower().split()
        is_block = not _DISPLAY.isdisjoint(names) or any(name.endswith(_BLOCK_EQUATION) for name in names)
        if is_block or attrs.get("display") in ("block", "true"):
            self._is_display = True

    def add(self, data: str, end: int, element: Element | None) -> None:
        """Text in the formula, which ends at `end` in the source."""
        self.end = max(self.end, end)
        place, annotation = _place(element)
        if place == "tex" and self._tex_place in (None, annotation):
            self._tex += data
            self._tex_place = annotation
        elif place == "flat":
            self._flat.append(data)
        elif place == "mathml":
            glyphs = _glyphs(data, element)
            self._mathml += [(glyphs, element)] if glyphs else []
        elif place == "shown":
            self._shown.append(data)
        else:
            self._other.append(data)

    def picture(self, alt: str, end: int) -> None:
        """A picture of the formula."""
        self._tex = self._tex or alt
        self.end = max(self.end, end)

    def text(self) -> str:
        """The formula, once."""
        mathml, shown = linear(self._mathml).strip(), " ".join("".join(self._shown).split())
        other = " ".join("".join(self._other).split())
        tex = self._tex or _flat_tex("".join(self._flat))
        return written(tex, self._is_display) or mathml or shown or other


def _flat_tex(text: str) -> str:
    """The TeX at the end of MathML without its elements: glyphs stand before it, with empty lines between."""
    return _EMPTY_LINES.split(text.strip())[-1]


def _glyphs(data: str, element: Element | None) -> str:
    """Text of MathML: blanks stand between its words, and at their ends only in an element of words."""
    words = " ".join(data.split())
    if element is None or element.tag != "mtext":
        return words
    if not words:
        return " "
    return f"{' ' * data[0].isspace()}{words}{' ' * data[-1].isspace()}"


def _place(element: Element | None) -> tuple[str, Element | None]:
    """What text in an element of a formula is: `tex`, `mathml`, `shown`, or another annotation; and that annotation.

    `flat` is the text of MathML whose elements an editor has dropped.
    """
    while element is not None:
        if element.tag in ("annotation", "annotation-xml"):
            return ("tex" if "tex" in element.attrs.get("encoding", "").lower() else ""), element
        if element.tag in _MATHML:
            return "mathml", None
        if not _MATHML.isdisjoint(element.classes):
            return "flat", None
        if begins(element.tag, element.attrs):
            break
        element = element.parent
    return "shown", None
