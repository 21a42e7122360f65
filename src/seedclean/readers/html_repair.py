"""Markup that never closes, or closes much too late: a comment, a script, a quoted attribute that swallows the page.

A tokenizer follows it, to the end of the file or to the next quotation mark, and the text in it is lost. What opens it is
replaced by blanks of the same length, so offsets stay valid, and the text after it is read. Browsers do not do this: they
show a page with holes, which is what the warning of such a page says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

_TEXT_TAGS = ("title", "textarea", "xmp", "plaintext", "noembed", "noframes", "iframe")
_CODE_TAGS = ("script", "style")
_RAW_TAGS = "|".join((*_TEXT_TAGS, *_CODE_TAGS))
_OPENING = re.compile(rf"<(?:!--|({_RAW_TAGS})(?=[\s/>]))", re.I | re.A)
_CLOSINGS = {name: re.compile(rf"</{name}(?=[\s/>])", re.I | re.A) for name in (*_TEXT_TAGS, *_CODE_TAGS)} | {
    "": re.compile("--!?>")
}
_MAX_REPAIRS = 8
"""Each repair scans the page again; a page with more unclosed elements is hostile."""
_BLANK = r" \t\n\r\f"
_NAME = rf"[a-zA-Z][^{_BLANK}/>]*+"
_VALUE = rf"\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^{_BLANK}>\"'][^{_BLANK}>]*+"
_USUAL_ATTRIBUTES = rf"(?:[ \n]++[^{_BLANK}/>=]++=\"[^\"]*+\")*+"
"""Attributes as most pages write them, in half the time."""
_ATTRIBUTES = rf"(?:[{_BLANK}/]++|[^{_BLANK}/>][^{_BLANK}/>=]*+(?:[{_BLANK}]*+=[{_BLANK}]*+(?:{_VALUE})?+)?+)*+"
"""What stands in a tag behind its name (13.2.5.32 and following of the standard); its last value may be open at the end."""
_TAG = re.compile(rf"<(?:[!?][^<>]*|/?{_NAME}{_ATTRIBUTES}|/(?:[^a-zA-Z>][^>]*+)?)")
"""The beginning of a tag, or of what browsers read as a comment; `<` before another character is text."""
_TAGS = re.compile(
    rf"[^<]*+(?:<(?:/{_NAME}(?:>|{_ATTRIBUTES}>)"
    rf"|(?!!--|(?=[tsxpniTSXPNI])(?i:{_RAW_TAGS})[{_BLANK}/>])(?:{_NAME}{_USUAL_ATTRIBUTES}(?:>|{_ATTRIBUTES}>)"
    r"|[!?][^>]*+>|/[^a-zA-Z>][^>]*+>|/>|(?![a-zA-Z/!?])))[^<]*+)*+"
)
"""Text and whole tags, up to what `_OPENING` is for; the look-ahead skips most tags by their first letter."""
_DECLARATIONS = ("<!", "<?")
_MAX_QUOTED = 3
"""How many brackets are looked at for the one that begins the tag around a bracket: the others stand in values of it."""
_BLOCK_TAGS = re.compile(r"</?(?:p|div|li|h[1-6]|article|section|body)[\s>]", re.I | re.A)
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
_SHORT_VALUE = re.compile(
    rf"<{_NAME}(?:[{_BLANK}/]++|[^{_BLANK}/>][^{_BLANK}/>=]*+(?:[{_BLANK}]*+=[{_BLANK}]*+(?:{_VALUE})|(?![{_BLANK}]*+=)))*+"
    rf"(?:href|src|class|id|style|rel|name)[{_BLANK}]*+=[{_BLANK}]*+",
    re.I | re.A,
)
"""A tag up to where an address, a class or a name begins: none of these goes on behind its tag unless a quotation mark is missing."""
_COMMENT_CHARS = 20_000
"""A longer comment holds a part of the page, as one does whose end is missing."""
_OPEN_VALUE = re.compile(rf"=[{_BLANK}]*+([\"'])[^\"'<>]*+>")
"""What each tag ends with whose value goes on behind it: few pages have one, and to look for it costs a fifth."""


def repair(text: str) -> tuple[str, bool]:
    """The text with unclosed openings replaced by blanks, and whether anything in it is unclosed."""
    if "<" not in text:
        return text, False
    text, is_unclosed = _without_open_quotes(text)
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
        text = _blanked(text, [(start, end)])
    return text, is_unclosed


def _first_unclosed(text: str) -> tuple[int, int, bool] | None:
    """The span of the first unclosed opening, and whether it swallows the page; None if all close."""
    at = 0
    while opening := _OPENING.match(text, _text_end(text, at, len(text))):
        name = opening[1].lower() if opening[1] else ""
        end = _tag_end(text, opening.start()) if name else opening.end() - len("--")  # `<!-->` is a whole comment
        if end > len(text):  # the tag itself is cut: it is text, to the end
            return opening.start(), opening.start(), False
        closing = _CLOSINGS[name].search(text, end)
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
        if name not in _CODE_TAGS:
            return opening.start(), end, True
        swallowed = list(islice(_BLOCK_TAGS.finditer(text, end), _MIN_BLOCK_TAGS))
        is_page = len(swallowed) == _MIN_BLOCK_TAGS
        return opening.start(), swallowed[0].start() if is_page else end, is_page
    return None


def _tag_end(text: str, start: int) -> int:
    """The end of the tag that begins at `start`, behind its bracket; beyond the end of the text if it has none."""
    tag = _TAG.match(text, start)
    return (tag.end() if tag else len(text)) + 1


def _text_end(text: str, start: int, end: int) -> int:
    """Where text and whole tags end that begin at `start`, before `end`."""
    tags = _TAGS.match(text, start, end)
    return tags.end() if tags else start


def _markup_end(text: str, start: int) -> int:
    """The end of a tag or a declaration, as `_tag_end`: a declaration has no values, and ends at the next bracket."""
    if text.startswith("<!--", start) or not text.startswith(_DECLARATIONS, start):
        return _tag_end(text, start)
    end = text.find(">", start)
    return (end if end >= 0 else len(text)) + 1


def _end_of_tag_around(text: str, since: int, at: int) -> int:
    """The end of the tag that an offset is in, where `since` is in none: the offset if it is in none, beyond the text if it has none."""
    while (start := _text_end(text, since, at)) < at:
        since = _markup_end(text, start)
        if since > at:
            return since
    return at


def _holds_page(text: str, name: str, start: int, content: int, end: int) -> bool:
    """Whether what opens at `start` and ends with [content, end) lacks its own end, and holds the page up to another's."""
    if not name:
        return _is_late_comment(text, start, end)
    if name not in _ENDS_LATE:
        return False
    pattern = _TAG_LINE if name == "script" else _BLOCK_TAGS
    first = pattern.search(text, content, end)
    if not first or (name == "script" and _OTHER_CODE.search(text, start, content)):
        return False
    if name in _CODE_TAGS and (
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
    return inner >= 0 and not is_stray and _are_many(_BLOCK_TAGS, text, start, inner)


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
            holds_page = part.start() > end and _are_many(_BLOCK_TAGS, text, end, part.start())
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
        tag_end = 0 if is_cut else _end_of_tag_around(text, at, mark.start())
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
            closing = None if name in open_ones else _CLOSINGS[name].search(text, at)
            if closing:
                at = closing.end()
            else:  # and so are all behind it: what stands in them is read
                open_ones.add(name)
        else:
            hiding = _HIDING.match(text, at - 1)
            edits += [(mark.start(), mark.start() + 2), *([hiding.span()] if hiding else [])]
            at, is_unclosed = hiding.end() if hiding else at - 1, True
    return _blanked(text, sorted(edits)), is_unclosed


def _section_mark_end(text: str, section: int, mark: int) -> int:
    """The end of the mark that ends a CDATA section, without its bracket if that also ends a tag of the section."""
    return mark + len("]]>") - int(_tag_start(text, mark, section) < mark)


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with blanks at these places, which are in order of their starts."""
    parts, last = [], 0
    for start, end in spans:
        parts += [text[last:start], " " * (end - max(start, last))]
        last = max(end, last)
    return "".join([*parts, text[last:]])


def _without_open_quotes(text: str) -> tuple[str, bool]:
    """The text with blanks for the quotation marks that swallow elements, and whether any does.

    A quotation mark that never closes takes the rest of the page; one whose next one opens another attribute takes all
    between the two. That one, which opens its attribute again, may take the page too.
    """
    places = set()
    outside, before, comment = 0, 0, (0, 0)
    swallows = False
    comments = _comments(text)
    for value in _OPEN_VALUE.finditer(text):
        start = text.rfind("<", before, value.start())
        before = value.end()
        start = _tag_start(text, start) if start >= 0 else -1
        if start < 0 or not _SHORT_VALUE.fullmatch(text, start, value.start(1)):
            continue  # the mark closes a value that was open before it, or stands in a name
        outside = _end_of_tag_around(text, outside, start)
        if outside > start:  # the mark closes a value that has swallowed this tag
            swallows = True
            continue
        while comment[1] <= start:
            comment = next(comments, (len(text), len(text)))
        if comment[0] < start:  # in a page for old browsers, which opens nothing
            continue
        closing = text.find(value[1], value.end())
        if closing < 0 or _BLOCK_TAGS.search(text, value.end(), closing):
            places.add(value.start(1))
            if closing >= 0 and _opens_page(text, closing):
                places.add(closing)
    return _blanked(text, [(at, at + 1) for at in sorted(places)]), swallows or bool(places)


def _opens_page(text: str, mark: int) -> bool:
    """Whether a quotation mark opens a value that holds a part of the page."""
    closing = text.find(text[mark], mark + 1)
    return text.endswith("=", 0, mark) and bool(
        _BLOCK_TAGS.search(text, mark + 1, closing if closing >= 0 else len(text))
    )


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the comments, without long ones and those that begin in a script."""
    at = 0
    while (opening := text.find("<!--", at)) >= 0 and (closing := text.find("-->", opening)) >= 0:
        if closing - opening > _COMMENT_CHARS:
            at = max(opening + len("<!--"), closing - _COMMENT_CHARS)
        elif script := _CLOSINGS["script"].search(text, opening, closing):
            at = script.start()
        else:
            yield opening, closing
            at = closing


def _tag_start(text: str, at: int, since: int = 0) -> int:
    """The start of the tag around an offset, in which a bracket opens nothing; the offset itself if none is around it."""
    before = at
    for _ in range(_MAX_QUOTED):
        before = text.rfind("<", since, before)
        if before < 0:
            break
        if _TAG.fullmatch(text, before, at):
            return before
    return at
