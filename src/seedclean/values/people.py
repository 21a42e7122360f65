"""Names of people out of bylines and front matter: split, without roles, brackets and doubles."""

from __future__ import annotations

import re

_BREAK = re.compile(
    r"\s*(?:[,，、;；/|&＆]|\band\b|\s和\s|(?:责任编辑|责任編輯|责编|責編|网编|编辑|編輯|美编|审校|审核|校对|排版|初审|复审|终审|监制|编审|编译|編譯|記者|记者)\s*[:：])\s*"
)
_ASIDE = re.compile(r"\s*[（(][^（()）]*[)）]?\s*$")
_ROLE = re.compile(
    r"^(?:作者|记者|本报记者|编辑|责任编辑|责编|网编|编译|编译者|翻译|译者|审校|校对|审核|撰文|文|图|摄影|采写|by|author|"
    r"written by|words by)\s*(?:[:：/]|(?<=by)\s|\s+)\s*",
    re.I,
)
_HOUSE = re.compile(r".*(?:社|中心|大学|学院|研究院|公司|研究所|实验室|协会|局|部|院|报|网)\s+(\S{2,4})$")
"""An institution before a name, with a blank between them."""
_BLANKED = re.compile(r"[\u4e00-\u9fff]{2,4}(?:\s+[\u4e00-\u9fff]{2,4})+")
"""Chinese names with blanks between them. A name of two signs set wide, 李 明, has only single ones."""
_EMPTY = frozenset({"null", "none", "undefined", "nan", "unknown", "n/a", "佚名", "未知"})
_MARKS = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]|\[([^\]]*)\]\([^)]*\)")


def names(value: str) -> tuple[str, ...]:
    """The people a byline names, in its order, each once."""
    value = _MARKS.sub(lambda found: found[1] or found[2] or "", value)
    found: dict[str, str] = {}
    for part in _BREAK.split(value):
        name = _ROLE.sub("", _ASIDE.sub("", part).strip(" \t\u3000\"'*_()（）[]")).strip()
        housed = _HOUSE.match(name)
        name = housed[1] if housed else name
        if _BLANKED.fullmatch(name):
            found.update((part, part) for part in name.split() if part not in found)
            continue
        if name.lower().startswith("null "):
            name = name[5:].strip()
        if name and name.lower() not in _EMPTY and not name.startswith(("http://", "https://")):
            found.setdefault(name.casefold(), name)
    return tuple(found.values())
