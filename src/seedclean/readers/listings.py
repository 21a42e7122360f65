"""Listings of program code as pages write them: their language, their line numbers, and listings without `pre`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from seedclean.model.document import Block, Element
from seedclean.readers.html_tags import PLAIN, TRAITS, Traits

_NUMBER_COLUMNS = frozenset([
    "ace_gutter", "blob-num", "cm-gutters", "codemirror-gutter-elt", "codemirror-gutters", "margin-view-overlays", "code-line-number", "code-snippet__line-index", "codemirror-gutter-wrapper", "crayon-nums",
    "hljs-ln-numbers", "linenodiv", "linenos", "pre-numbering", "rouge-gutter",
])  # fmt: skip
"""Classes, in lower case, of elements that hold the line numbers of a listing, wherever they stand."""
_NUMBERS = _NUMBER_COLUMNS | frozenset([
    "gutter", "gutter-line", "hljs-ln-n", "line-number", "line-numbers", "line-numbers-rows", "line_numbers", "lineno",
    "linenumber", "ln", "lno", "lnt", "react-syntax-highlighter-line-number",
])  # fmt: skip
"""Classes that mean line numbers inside a listing; elsewhere they name other things."""
_LISTINGS = frozenset(
    ["ace_text-layer", "blob-code-inner", "cm-content", "codemirror-code", "crayon-pre", "enlighter", "view-lines"]
)
"""Classes of elements whose style sheet keeps their white space, as that of `pre` does."""
DOXYGEN = "fragment"
"""The class of a listing of Doxygen, of one `div` for each line. In slides of reveal.js it stands on parts of a `section`."""
_BOXES = frozenset(["div", "section"])
"""Elements that editors copy a listing in."""
INLINE_CODE = frozenset(["code", "samp", "tt", "kbd"])
_LINES = ("-line", "_line", "codeline")
"""What the class of a line of a listing ends with; or it is `line` or `cl`."""
_BARS = ("header", "toolbar")
"""What the class of a bar above a listing ends with, which names its language and has buttons."""
_MEASURES = frozenset(["codemirror-measure", "codemirror-cursors", "codemirror-scrollbar-filler"])
CLASSES = _NUMBERS | _LISTINGS | _MEASURES | {DOXYGEN, "code"}
"""Classes, in lower case, that change how an element outside a listing is read."""
_NO_LANGUAGE = frozenset([
    "brush:", "code", "collapsed", "container", "copyable", "highlight", "highlighter-rouge", "hljs", "html5-wrap",
    "ie", "line-numbers", "nogutter", "notranslate", "numberlines", "plain", "prettyprint", "prettyprinted", "sourcecode",
    "syntaxhighlighter", "undefined", "wrap",
])  # fmt: skip
_NAMING = frozenset(["brush:", "hljs", "sourcecode", "syntaxhighlighter"])
"""Classes beside which the language is a class of its own."""
_PREFIXES = ("language-", "lang-", "highlight-source-", "brush:")
_OUTER_PREFIXES = ("language-", "highlight-source-", "enlighter-l-")
"""`lang-` on an element further out is the language of its prose."""
_PAGE_PARTS = frozenset(["article", "main", "body", "html"])
"""Elements whose classes speak of more than one listing."""
_LANGUAGE_ATTRIBUTES = ("data-language", "data-lang", "data-code-language", "data-enlighter-language")
_LANGUAGE_LEVELS = 6
"""The element that names the language of a listing is at most so many levels outside it."""
_MAX_LANGUAGE_CHARS = 24
_PRE = TRAITS["pre"]


def traits_of(tag: str, attrs: Mapping[str, str], parent: Element | None) -> Traits:
    """The traits of an element: those of its tag, and of `pre` too if its white space is text by class or style."""
    traits = TRAITS.get(tag, PLAIN)
    if not attrs or traits.preformatted or traits.void:
        return traits
    if tag in INLINE_CODE:
        return _PRE if _keeps_space(attrs.get("style", "")) else traits
    if "class" not in attrs:
        return traits
    classes = _classes(attrs["class"])
    if not _LISTINGS.isdisjoint(classes) or (tag == "td" and "code" in classes and _in_syntax_highlighter(parent)):
        return _preformatted(tag)
    return traits


@lru_cache(maxsize=64)
def _preformatted(tag: str) -> Traits:
    traits = TRAITS.get(tag, PLAIN)
    return replace(traits, block=True, contextual=True, preformatted=True, mark=False)


def _keeps_space(style: str) -> bool:
    value = style.lower().partition("white-space:")[2].strip()
    return value.startswith(("pre", "break-spaces"))


def in_place(tag: str, attrs: Mapping[str, str], traits: Traits, parent: Element | None) -> Traits:
    """The traits of an element in its place and with its style: those of a listing if Doxygen wrote it, or if it has letters of one
    width and breaks no line."""
    if tag not in _BOXES:
        return traits
    if attrs.get("class") == DOXYGEN:
        return traits if _in_section(parent) else _preformatted(tag)
    style = attrs.get("style", "")
    if "monospace" not in style:
        return traits
    is_screen = style.lower().partition("white-space:")[2].partition(";")[0].strip() == "pre"
    return _preformatted(tag) if is_screen else traits


def _in_section(element: Element | None) -> bool:
    for _ in range(_LANGUAGE_LEVELS):
        if element is None:
            return False
        if element.tag == "section":
            return True
        element = element.parent
    return False


def _in_syntax_highlighter(element: Element | None) -> bool:
    for _ in range(_LANGUAGE_LEVELS):
        if element is None:
            return False
        if "syntaxhighlighter" in element.classes:
            return True
        element = element.parent
    return False


def gutter(tag: str, attrs: Mapping[str, str], in_listing: bool) -> str:
    """`gutter` for an element that holds line numbers, `control` for a button in a listing, else empty."""
    if in_listing and tag == "button":
        return "control"
    if tag in ("pre", "code", "table") or not attrs:
        return ""
    classes = _classes(attrs.get("class", ""))
    if not classes.isdisjoint(_NUMBERS if in_listing or tag == "td" else _NUMBER_COLUMNS):
        return "gutter"
    if not classes.isdisjoint(_MEASURES):
        return "control"
    if in_listing and any(name.startswith(("copy", "btn-copy", "clipboard")) for name in classes):
        return "control"
    if in_listing and tag == "div" and any(name.endswith(_BARS) for name in classes):
        return "control"
    is_unselectable = in_listing and "user-select:none" in attrs.get("style", "").replace(" ", "").lower()
    return "gutter" if is_unselectable else ""


def is_line(tag: str, attrs: Mapping[str, str], parent: str) -> bool:
    """Whether an inline element in a listing is a line of it: two in a row stand on two lines."""
    return (tag == "code" and parent == "pre") or (
        tag == "span" and ("data-line" in attrs or any(map(_names_line, _classes(attrs.get("class", "")))))
    )


def _names_line(name: str) -> bool:
    return name in ("line", "cl") or name.endswith(_LINES)


def language(attrs: Mapping[str, str], parent: Element | None) -> str:
    """The programming language of a listing, as its element or one around it names it; empty if none does."""
    name = next((attrs[key] for key in _LANGUAGE_ATTRIBUTES if attrs.get(key)), "") or _named(attrs, _PREFIXES)
    for _ in range(_LANGUAGE_LEVELS):
        if name or parent is None or parent.tag in _PAGE_PARTS:
            break
        name = _named(parent.attrs, _OUTER_PREFIXES)
        parent = parent.parent
    name = name.partition(";")[0].strip()
    return name if len(name) <= _MAX_LANGUAGE_CHARS and not any(map(str.isspace, name)) else ""


def _named(attrs: Mapping[str, str], prefixes: tuple[str, ...]) -> str:
    """The language that the classes of an element name."""
    names = attrs.get("class", "").split()
    for name in names:
        for prefix in prefixes:
            if name.lower().startswith(prefix) and len(name) > len(prefix):
                return name[len(prefix) :]
    lower = [name.lower().rstrip(";") for name in names]
    if _NAMING.isdisjoint(lower):
        return ""
    return next(
        (name for name in lower if name not in _NO_LANGUAGE and name.replace("+", "").replace("#", "").isalnum()), ""
    )


@lru_cache(maxsize=1024)
def _classes(names: str) -> frozenset[str]:
    return frozenset(names.lower().split())


def is_numbering(block: Block) -> bool:
    """Whether a block of code is only the numbers of the lines of another."""
    lines = block.text.split()
    if block.kind != "code" or len(lines) < 2 or not all(line.isdecimal() and line.isascii() for line in lines):
        return False
    first = int(lines[0][:9])
    return all(line == str(first + at) for at, line in enumerate(lines))


def joined(blocks: Sequence[Block]) -> Block | None:
    """One listing of blocks of code that are its lines; None if they are something else."""
    code = [block for block in blocks if not block.hidden]
    if len(code) < 2 or any(block.kind != "code" or "\n" in block.text for block in code):
        return None
    text = "\n".join(block.text for block in code)
    return replace(code[0], start=blocks[0].start, end=blocks[-1].end, text=text)
