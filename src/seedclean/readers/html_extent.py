"""How far markup reaches: tags with their values, declarations, and elements whose content is no markup.

The grammar is that of the tokenizer of the HTML standard, 13.2.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_TEXT_TAGS = ("title", "textarea", "xmp", "plaintext", "noembed", "noframes", "iframe")
CODE_TAGS = ("script", "style")
RAW_TAGS = "|".join((*_TEXT_TAGS, *CODE_TAGS))
CLOSINGS = {name: re.compile(rf"</{name}(?=[\s/>])", re.I | re.A) for name in (*_TEXT_TAGS, *CODE_TAGS)} | {
    "": re.compile("--!?>")
}
"""What ends each of these elements, and under the empty name a comment."""
BLANK = r" \t\n\r\f"
NAME = rf"[a-zA-Z][^{BLANK}/>]*+"
VALUE = rf"\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^{BLANK}>\"'][^{BLANK}>]*+"
_USUAL_ATTRIBUTES = rf"(?:[ \n]++[^{BLANK}/>=]++=\"[^\"]*+\")*+"
"""Attributes as most pages write them, in half the time."""
_ATTRIBUTES = rf"(?:[{BLANK}/]++|[^{BLANK}/>][^{BLANK}/>=]*+(?:[{BLANK}]*+=[{BLANK}]*+(?:{VALUE})?+)?+)*+"
"""What stands in a tag behind its name (13.2.5.32 and following of the standard); its last value may be open at the end."""
_TAG = re.compile(rf"<(?:[!?][^<>]*|/?{NAME}{_ATTRIBUTES}|/(?:[^a-zA-Z>][^>]*+)?)")
"""The beginning of a tag, or of what browsers read as a comment; `<` before another character is text."""
_TAGS = re.compile(
    rf"[^<]*+(?:<(?:/{NAME}(?:>|{_ATTRIBUTES}>)"
    rf"|(?!!--|(?=[tsxpniTSXPNI])(?i:{RAW_TAGS})[{BLANK}/>])(?:{NAME}{_USUAL_ATTRIBUTES}(?:>|{_ATTRIBUTES}>)"
    r"|[!?][^>]*+>|/[^a-zA-Z>][^>]*+>|/>|(?![a-zA-Z/!?])))[^<]*+)*+"
)
"""Text and whole tags, up to a comment or an element of RAW_TAGS; the look-ahead skips most tags by their first letter."""
_MAX_QUOTED = 3
"""How many brackets are looked at for the one that begins the tag around a bracket: the others stand in values of it."""
BLOCK_TAGS = re.compile(r"</?(?:p|div|li|h[1-6]|article|section|body)[\s>]", re.I | re.A)
"""Tags that are the page's where they stand in a value or in code."""


def tag_end(text: str, start: int) -> int:
    """The end of the tag that begins at `start`, behind its bracket; beyond the end of the text if it has none."""
    tag = _TAG.match(text, start)
    return (tag.end() if tag else len(text)) + 1


def text_end(text: str, start: int, end: int) -> int:
    """Where text and whole tags end that begin at `start`, before `end`."""
    tags = _TAGS.match(text, start, end)
    return tags.end() if tags else start


def _markup_end(text: str, start: int) -> int:
    """The end of a tag or a declaration, as `tag_end`: a declaration has no values, and ends at the next bracket."""
    if text.startswith("<!--", start) or not text.startswith(("<!", "<?"), start):
        return tag_end(text, start)
    end = text.find(">", start)
    return (end if end >= 0 else len(text)) + 1


def end_of_tag_around(text: str, since: int, at: int) -> int:
    """The end of the tag that an offset is in, where `since` is in none: the offset if it is in none, beyond the text if it has none."""
    while (start := text_end(text, since, at)) < at:
        since = _markup_end(text, start)
        if since > at:
            return since
    return at


def tag_start(text: str, at: int, since: int = 0) -> int:
    """The start of the tag around an offset, in which a bracket opens nothing; the offset itself if none is around it."""
    before = at
    for _ in range(_MAX_QUOTED):
        before = text.rfind("<", since, before)
        if before < 0:
            break
        if _TAG.fullmatch(text, before, at):
            return before
    return at


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with blanks at these places, which are in order of their starts."""
    parts, last = [], 0
    for start, end in spans:
        parts += [text[last:start], " " * (end - max(start, last))]
        last = max(end, last)
    return "".join([*parts, text[last:]])
