"""Tags: a stated list of them as separate tags, and lines of hashtags: `#灯塔 #潮汐`, `#灯塔# #潮汐#`, `# lamp # tide`."""

from __future__ import annotations

import re

from seedclean.values.scripts import HAN

_CHARS = 1_000
"""A longer value is no list of tags."""
_TAG_CHARS = 40
_SEPARATORS = re.compile(r"[,，、;；|｜\n]")
_HASHTAG = re.compile(r"[#＃] ?([^#＃,，、;；|｜\s]{1,40})(?:[#＃])?[\s,，、;；|｜]{0,3}")
_HAN = re.compile(f"[{HAN}]")


def split_tags(value: str) -> tuple[str, ...]:
    """The tags of a list, in its order, each once. Blanks part Chinese tags where nothing else does."""
    if len(value) > _CHARS:
        return ()
    parts = _SEPARATORS.split(value.replace("＃", "#").replace("#", ","))
    if len(parts) == 1 and _HAN.search(value):
        parts = value.split()
    tags = (_unquoted(" ".join(part.split()).strip("[]【】()（） ")) for part in parts)
    return tuple(dict.fromkeys(tag for tag in tags if any(map(str.isalnum, tag)) and len(tag) <= _TAG_CHARS))


def _unquoted(tag: str) -> str:
    """The tag without the marks of quotation around it: `"lamp"`, but `7" single`."""
    return tag[1:-1].strip() if len(tag) > 2 and tag[0] in "\"'“" and tag[-1] in "\"'”" else tag


def hashtags(text: str) -> tuple[str, ...]:
    """The tags of a text that is hashtags and nothing else; none of any other text. A bare number is no tag."""
    text = text.strip()
    if len(text) > _CHARS or not text.startswith(("#", "＃")):
        return ()
    tags: list[str] = []
    at = 0
    while at < len(text):
        match = _HASHTAG.match(text, at)
        if match is None:
            return ()
        tags.append(match[1])
        at = match.end()
    is_heading = len(tags) == 1 and text[1:2].isspace()
    return () if is_heading or any(tag.isdigit() for tag in tags) else tuple(dict.fromkeys(tags))
