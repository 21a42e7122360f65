"""Markup that never closes, or closes much too late: a comment, a script, a quoted attribute that swallows the page.

A tokenizer follows it, to the end of the file or to the next quotation mark, and the text in it is lost. What opens it is
replaced by blanks of the same length, so offsets stay valid, and the text after it is read. Browsers do not do this: they
show a page with holes, which is what the warning of such a page says.
"""

from __future__ import annotations

import re
from itertools import islice

_TEXT_TAGS = ("title", "textarea", "xmp", "plaintext", "noembed", "noframes", "iframe")
_CODE_TAGS = ("script", "style")
_OPENING = re.compile(rf"<(?=[!tsxpni])(?:!--|({'|'.join((*_TEXT_TAGS, *_CODE_TAGS))})(?=[\s/>]))", re.I | re.A)
"""The look-ahead skips most tags by their first letter, before the names are tried."""
_CLOSINGS = {name: re.compile(f"</{name}", re.I | re.A) for name in (*_TEXT_TAGS, *_CODE_TAGS)} | {
    "": re.compile("--!?>")
}
_MAX_REPAIRS = 8
"""Each repair scans the page again; a page with more unclosed elements is hostile."""
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*")
"""A tag, or what browsers read as a comment; `<` before another character is text."""
_TAG_CHARS = 1000
"""How far back the tag around a bracket is searched."""
_BLOCK_TAGS = re.compile(r"</?(?:p|div|li|h[1-6]|article|section|body)[\s>]", re.I | re.A)
_MIN_BLOCK_TAGS = 3
"""A script with so many block tags in it or after it swallows the page; with fewer, they are strings in its code."""
_TAG_LINE = re.compile(r"^[ \t]*</?(?:p|div|li|h[1-6]|article|section|body|head)[\s>]", re.I | re.M | re.A)
_OTHER_CODE = re.compile(r"\btype\s*=\s*[\"']?(?!text/javascript|module|application/javascript)\w", re.I | re.A)
"""A script of another type than JavaScript: a template is made of tags."""
_QUOTED_TAG = re.compile(r"<[a-z][^<>]*\s(?:href|src|class|id|style|rel|name)\s*=\s*([\"'])[^\"'<>]*>", re.I | re.A)
"""A tag whose address, class or name goes on behind its end, as none of these does unless its quotation mark is missing."""

_OPEN_VALUE = re.compile(r"=\s*[\"'][^\"'<>]*>")
"""What each such tag ends with: to look for it costs a fifth, and few pages have one."""


def repair(text: str) -> tuple[str, bool]:
    """The text with unclosed openings replaced by blanks, and whether anything in it is unclosed."""
    if "<" not in text:
        return text, False
    text, is_unclosed = _without_open_quotes(text)
    for _ in range(_MAX_REPAIRS):
        opening = _first_unclosed(text)
        if opening is None:
            break
        is_unclosed = True
        start, end, swallows_page = opening
        if not swallows_page:
            break
        text = text[:start] + " " * (end - start) + text[end:]
    return text, is_unclosed


def _first_unclosed(text: str) -> tuple[int, int, bool] | None:
    """The span of the first unclosed opening, and whether it swallows the page; None if all close."""
    at = 0
    while opening := _OPENING.search(text, at):
        if _is_in_tag(text, opening.start()):
            at = opening.end()
            continue
        name = opening[1].lower() if opening[1] else ""
        closing = _CLOSINGS[name].search(text, opening.end() - (0 if name else 2))  # `<!-->` is a whole comment
        end = text.find(">", opening.end()) + 1 or len(text)
        if closing and not (name == "script" and _is_page(text, opening.start(), end, closing.start())):
            at = closing.end()
            continue
        if not name:
            return opening.start(), opening.end(), True
        if name not in _CODE_TAGS:
            return opening.start(), end, True
        swallowed = list(islice(_BLOCK_TAGS.finditer(text, end), _MIN_BLOCK_TAGS))
        is_page = len(swallowed) == _MIN_BLOCK_TAGS
        return opening.start(), swallowed[0].start() if is_page else end, is_page
    return None


def _is_page(text: str, start: int, code: int, end: int) -> bool:
    """Whether a script whose tag stands at [start, code) holds the page: lines of tags that are in no string."""
    first = _TAG_LINE.search(text, code, end)
    if not first or _OTHER_CODE.search(text, start, code):
        return False
    if text.find("`", code, first.start()) >= 0 or text.find("/*", code, first.start()) >= 0:
        return False
    return len(list(islice(_TAG_LINE.finditer(text, code, end), _MIN_BLOCK_TAGS))) == _MIN_BLOCK_TAGS


def _without_open_quotes(text: str) -> tuple[str, bool]:
    """The text with blanks for the quotation marks that swallow elements, and whether there are any.

    A quotation mark that never closes takes the rest of the page; one whose next one opens another attribute takes all
    between the two.
    """
    if not _OPEN_VALUE.search(text):
        return text, False
    places = []
    for tag in _QUOTED_TAG.finditer(text):
        quote, at = tag[1], tag.start(1)
        closing = text.find(quote, tag.end())
        if closing < 0 or _BLOCK_TAGS.search(text, tag.end(), closing):
            places.append(at)
    parts, last = [], 0
    for at in places:
        parts += [text[last:at], " "]
        last = at + 1
    return "".join([*parts, text[last:]]), bool(places)


def _is_in_tag(text: str, at: int) -> bool:
    """Whether a bracket stands inside a tag, for example in an attribute, where it opens nothing."""
    before = text.rfind("<", max(0, at - _TAG_CHARS), at)
    return before >= 0 and bool(_TAG.fullmatch(text, before, at))
