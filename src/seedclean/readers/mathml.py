"""MathML as one line of text, where a page has no TeX of a formula: (a+1)/b, x^2, y_i, √(z).

The notation is that of Unicode Technical Note 28, UnicodeMath (https://www.unicode.org/notes/tn28/): what stands above, below
or beside another is parted from it by a sign, so that a fraction is not read as a product.
"""

from __future__ import annotations

from collections.abc import Sequence

from seedclean.model.document import Element

_SIGNS = {"msup": ("", "^"), "msub": ("", "_"), "msubsup": ("", "_", "^"), "munder": ("", "_"), "mover": ("", "^"),
          "munderover": ("", "_", "^"), "mfrac": ("", "/")}  # fmt: skip
"""Element -> the signs before its parts."""
_OPERATORS = frozenset("+-−±*/=<>≤≥,;·×")
"""A part that holds one of these needs brackets."""


class _Node:
    """An element with its texts and elements, in order."""

    __slots__ = ("element", "parts")

    def __init__(self, element: Element | None) -> None:
        self.element = element
        self.parts: list[_Node | str] = []


def linear(pieces: Sequence[tuple[str, Element | None]]) -> str:
    """The text of a formula from its pieces, each with the element that it stands in. Linear in their number and depth."""
    root = _Node(None)
    open_ = [root]
    for text, element in pieces:
        chain: list[Element] = []
        while element is not None and element.tag != "math":
            chain.append(element)
            element = element.parent
        chain.reverse()
        shared = 0
        while shared < len(chain) and shared + 1 < len(open_) and open_[shared + 1].element is chain[shared]:
            shared += 1
        del open_[shared + 1 :]
        for inner in chain[shared:]:
            node = _Node(inner)
            open_[-1].parts.append(node)
            open_.append(node)
        open_[-1].parts.append(text)
    return _written(root)


def _written(node: _Node) -> str:
    parts = [part if isinstance(part, str) else _written(part) for part in node.parts]
    element = node.element
    if element is None:
        return "".join(parts)
    tag = element.tag
    if tag in _SIGNS and len(parts) == len(_SIGNS[tag]):
        if tag == "mover" and not any(map(str.isalnum, parts[1])):
            return "".join(parts)
        return "".join([sign + _grouped(part) for sign, part in zip(_SIGNS[tag], parts, strict=True)])
    if tag == "msqrt":
        return f"√({''.join(parts)})"
    if tag == "mroot" and len(parts) == 2:
        return f"√({parts[1]}&{parts[0]})"
    if tag == "mfenced":
        opening, closing = element.attrs.get("open", "("), element.attrs.get("close", ")")
        return opening + (element.attrs.get("separators", ",")[:1]).join(parts) + closing
    if tag == "mtable":
        return "; ".join(parts)
    return (" " if tag in ("mtr", "mlabeledtr") else "").join(parts)


def _grouped(part: str) -> str:
    """A part with brackets around it, if it is more than one number or name."""
    part = part.strip()
    is_closed = part[:1] == "(" and part.find(")") == len(part) - 1
    return part if is_closed or (" " not in part and _OPERATORS.isdisjoint(part[1:])) else f"({part})"
