"""A formula that a page has several times over: as TeX, as MathML, and as glyphs or a picture. Its text is read once.

The TeX is preferred, between dollar signs, then the glyphs of the MathML, then those that are shown.
"""

from __future__ import annotations

from collections.abc import Mapping

from seedclean.model.document import Element

_INLINE = frozenset(["katex", "mathjax", "mathjax_svg", "mathjax_chtml", "mwe-math-element"])
_DISPLAY = frozenset(["katex-display", "mathjax_display", "mathjax_svg_display", "mjxc-display"])
_CLASSES = _INLINE | _DISPLAY
_PICTURES = frozenset([
    "latex", "mwe-math-fallback-image-inline", "mwe-math-fallback-image-display", "ql-img-inline-formula",
    "ql-img-displayed-formula",
])  # fmt: skip
"""Classes of pictures of a formula, whose alternative text is its TeX."""
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
    if tag not in ("span", "div"):
        return False
    if "class" in attrs and not _CLASSES.isdisjoint(attrs["class"].lower().split()):
        return True
    return "data-tex" in attrs or "data-formula" in attrs


def ends(tag: str) -> bool:
    """Whether the start tag of this element ends a formula."""
    return tag in _ENDS


def picture_tex(attrs: Mapping[str, str]) -> str:
    """The TeX of a picture of a formula; empty for other pictures."""
    if attrs.get("alt") and not _PICTURES.isdisjoint(attrs.get("class", "").lower().split()):
        return attrs["alt"]
    return attrs.get("alt", "") if "eeimg" in attrs or "data-eeimg" in attrs else ""


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
        self._mathml: list[str] = []
        self._shown: list[str] = []
        self._other: list[str] = []
        self._is_display = False

    def enter(self, tag: str, attrs: Mapping[str, str]) -> None:
        """An element begins in the formula, or the formula itself."""
        if self._tex_place is None and any(attrs.get(key) for key in _TEX_ATTRIBUTES):
            self._tex = next(attrs[key] for key in _TEX_ATTRIBUTES if attrs.get(key))
            self._tex_place = attrs
        names = attrs.get("class", "").lower().split()
        if not _DISPLAY.isdisjoint(names) or attrs.get("display") in ("block", "true"):
            self._is_display = True

    def add(self, data: str, end: int, element: Element | None) -> None:
        """Text in the formula, which ends at `end` in the source."""
        self.end = max(self.end, end)
        place, annotation = _place(element)
        if place == "tex" and self._tex_place in (None, annotation):
            self._tex += data
            self._tex_place = annotation
        elif place == "mathml":
            self._mathml.append(data)
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
        mathml, shown = "".join("".join(self._mathml).split()), " ".join("".join(self._shown).split())
        other = " ".join("".join(self._other).split())
        return written(self._tex, self._is_display) or mathml or shown or other


def _place(element: Element | None) -> tuple[str, Element | None]:
    """What text in an element of a formula is: `tex`, `mathml`, `shown`, or another annotation; and that annotation."""
    while element is not None:
        if element.tag == "annotation":
            return ("tex" if "tex" in element.attrs.get("encoding", "").lower() else ""), element
        if element.tag in _MATHML or not _MATHML.isdisjoint(element.classes):
            return "mathml", None
        if begins(element.tag, element.attrs):
            break
        element = element.parent
    return "shown", None
