"""Markup that never closes, or closes much too late: a comment, a script, a quoted attribute that swallows the page.

A tokenizer follows it, to the end of the file or to the next quotation mark, and the text in it is lost. What opens it is
replaced by blanks of the same length, so offsets stay valid, and the text after it is read. Browsers do not do this: they
show a page with holes, which is what the warning of such a page says.
"""

from __future__ import annotations

import re
from itertools import islice

from seedclean.readers.html_extent import (
    BLOCK_TAGS,
    CLOSINGS,
    CODE_TAGS,
    RAW_TAGS,
    blanked,
    end_of_tag_around,
    tag_end,
    tag_start,
    text_end,
)
from seedclean.readers.open_quotes import without_open_quotes

_OPENING = re.compile(rf"<(?:!--|({RAW_TAGS})(?=[\s/>]))", re.I | re.A)
_MAX_REPAIRS = 8
"""Each repair scans the page again; a page with more unclosed elements is hostile."""
_MIN_BLOCK_TAGS = 3
"""A script with so many block tags in it or after it swallows the page; with fewer, they are strings in its code."""
_ENDS_LATE = frozenset(["script", "style", "title", "iframe"])
"""Elements in which block tags are the page: their own end tag is missing, and another's ends them."""
_SCRIPT_PARTS = re.compile(r"<!--|-->|<(/?)script(?=[\s/>])", re.I | re.A)
"""What decides where a script ends that holds a comment."""
_HIDDEN_MARK = re.compile(r"<!(?:\[CDATA\[|(?!--|\[|doctype)[^<>]*<)", re.I | re.A)
"""The mark of a CDATA section, or a declaration that lacks its end: browsers take both for comments."""
_SPECIAL = re.compile(rf"<!--|<(script|style)(?=[\s/>])|{_HIDDEN_MARK.pattern}", re.I | re.A)
_HIDING = re.compile(r"<(?:!--|(?:script|style|iframe|noembed|noframes)(?=[\s/>])[^>]*+>)", re.I | re.A)
"""What would hide the text behind a declaration that lacks its end: browsers take it for the end, and show that text."""
_TAG_LINE = re.compile(r"\n[ \t]*</?(?:p|div|li|h[1-6]|article|section|body|head)(?=[\s>])", re.I | re.A)
_OTHER_CODE = re.compile(r"\btype\s*=\s*[\"']?(?!text/javascript|module|application/javascript)\w", re.I | re.A)
"""A script of another type than JavaScript: a template is made of tags."""


def repair(text: str) -> tuple[str, bool]:
    """The text with unclosed openings replaced by blanks, and whether anything in it is unclosed."""
    if "<" not in text:
        return text, False
    text, is_unclosed = without_open_quotes(text)
    for _ in range(_MAX_REPAIRS):
        text, has_open_declaration = _without_hiding_marks(text)  # again, as the repair has uncovered what it held
        is_unclosed = is_unclosed or has_open_declaration
        opening = _first_unclosed(text)
        if opening is None:
            break
        is_unclosed = True
        start, end, swallows_page = opening
        if not swallows_page:
            break
        text = blanked(text, [(start, end)])
    return text, is_unclosed


def _first_unclosed(text: str) -> tuple[int, int, bool] | None:
    """The span of the first unclosed opening, and whether it swallows the page; None if all close."""
    at = 0
    while opening := _OPENING.match(text, text_end(text, at, len(text))):
        name = opening[1].lower() if opening[1] else ""
        end = tag_end(text, opening.start()) if name else opening.end() - len("--")  # `<!-->` is a whole comment
        if end > len(text):  # the tag itself is cut: it is text, to the end
            return opening.start(), opening.start(), False
        closing = CLOSINGS[name].search(text, end)
        if name == "script" and closing:
            at, comment = _script_end(text, end, closing.start())
            if comment >= 0:
                return comment, comment + len("<!--"), True
            if at > closing.start():
                continue
        if closing and not _holds_page(text, name, opening.start(), end, closing.start()):
            at = closing.start() if name else closing.end()
            continue
        if not name:
            return opening.start(), opening.end(), True
        if name not in CODE_TAGS:
            return opening.start(), end, True
        swallowed = list(islice(BLOCK_TAGS.finditer(text, end), _MIN_BLOCK_TAGS))
        is_page = len(swallowed) == _MIN_BLOCK_TAGS
        return opening.start(), swallowed[0].start() if is_page else end, is_page
    return None


def _holds_page(text: str, name: str, start: int, content: int, end: int) -> bool:
    """Whether what opens at `start` and ends with [content, end) lacks its own end, and holds the page up to another's."""
    if not name:
        return _is_late_comment(text, start, end)
    if name not in _ENDS_LATE:
        return False
    pattern = _TAG_LINE if name == "script" else BLOCK_TAGS
    first = pattern.search(text, content, end)
    if not first or (name == "script" and _OTHER_CODE.search(text, start, content)):
        return False
    if name in CODE_TAGS and (
        text.find("`", content, first.start()) >= 0 or text.find("/*", content, first.start()) >= 0
    ):
        return False
    return _are_many(pattern, text, content, end)


def _are_many(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    return len(list(islice(pattern.finditer(text, start, end), _MIN_BLOCK_TAGS))) == _MIN_BLOCK_TAGS


def _is_late_comment(text: str, start: int, end: int) -> bool:
    """Whether a comment holds most of the page, and its end is that of another comment, which leaves none without a beginning.

    A smaller one may be a part of the page that its author has taken out, up to the end of a comment that stood in it.
    """
    if (end - start) * 2 <= len(text):
        return False
    inner = text.find("<!--", start + 4, end)
    behind = text.find("-->", end + 3)
    is_stray = behind >= 0 and text.find("<!--", end + 3, behind) < 0
    return inner >= 0 and not is_stray and _are_many(BLOCK_TAGS, text, start, inner)


def _script_end(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a script ends whose first end tag is at `end`, and the comment in it that takes it on to the page behind that; -1 if
    none does.

    In a comment of a script a script may begin and end (13.2.5.20 and following of the standard, "double escaped").
    """
    if text.find("<!--", start, end) < 0:
        return end, -1
    comment = inner_comment = -1
    is_inner = False
    for part in _SCRIPT_PARTS.finditer(text, start):
        if part[0] == "<!--":
            comment = part.start() if comment < 0 else comment
        elif part[0] == "-->":
            comment, is_inner = -1, False
        elif not part[1]:
            is_inner = comment >= 0
        elif is_inner:
            is_inner, inner_comment = False, comment
        else:
            holds_page = part.start() > end and _are_many(BLOCK_TAGS, text, end, part.start())
            return part.start(), inner_comment if holds_page else -1
    return end, comment if comment >= 0 else inner_comment


def _without_hiding_marks(text: str) -> tuple[str, bool]:
    """The text with blanks for the marks of CDATA sections and of declarations that never end, and whether one of those is there.

    Browsers hide what follows such a mark up to the next bracket. In a feed a section holds the article, and in XHTML its text is shown.
    """
    if not _HIDDEN_MARK.search(text):
        return text, False
    edits: list[tuple[int, int]] = []
    open_ones: set[str] = set()
    at, section_end, is_unclosed, is_cut = 0, -1, False, False
    while mark := _SPECIAL.search(text, at):
        tag_end = 0 if is_cut else end_of_tag_around(text, at, mark.start())
        if mark.start() < tag_end <= len(text):
            at = tag_end
            continue
        is_cut = is_cut or tag_end > len(text)
        at = mark.end()
        if mark[0].upper() == "<![CDATA[":
            edits.append(mark.span())
            if section_end < at:  # else it ends the section before this one too
                section_end = text.find("]]>", at)
                edits += [(section_end, _section_mark_end(text, at, section_end))] if section_end >= 0 else []
                section_end = section_end if section_end >= 0 else len(text)
        elif mark[0] == "<!--" or mark[1]:
            name = mark[1].lower() if mark[1] else ""
            closing = None if name in open_ones else CLOSINGS[name].search(text, at)
            if closing:
                at = closing.end()
            else:  # and so are all behind it: what stands in them is read
                open_ones.add(name)
        else:
            hiding = _HIDING.match(text, at - 1)
            edits += [(mark.start(), mark.start() + 2), *([hiding.span()] if hiding else [])]
            at, is_unclosed = hiding.end() if hiding else at - 1, True
    return blanked(text, sorted(edits)), is_unclosed


def _section_mark_end(text: str, section: int, mark: int) -> int:
    """The end of the mark that ends a CDATA section, without its bracket if that also ends a tag of the section."""
    return mark + len("]]>") - int(tag_start(text, mark, section) < mark)
