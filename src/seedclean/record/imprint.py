"""The line that says whose a page is: `© 2019-2024 Heron Post`, `主办单位：某某局`, `版权所有 某某网`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from seedclean.values import site_names
from seedclean.values.tables import table

_CHARS = 600
NAME_CHARS = 30
"""A name in an imprint or a link to the front page is no longer than this."""
SHORT = 2
"""A shorter text names no site."""
_YEARS = "".join(sorted(set(" \u3000:：©()®™,.·|0123456789-–—~～至今年")))
"""What stands between the word copyright and the name."""


@cache
def _imprint() -> Mapping[str, Sequence[str]]:
    return table("labels")["imprint"]  # type: ignore[no-any-return]


def imprint_names(text: str) -> Iterator[tuple[str, str]]:
    """The names in a line that says whose a page is, each with its sort: `host`, `owner` or `holder`."""
    if not text or len(text) > _CHARS:
        return
    folded = text.casefold()
    if len(folded) != len(text):  # a letter that folds to two would shift the places
        return
    words = _imprint()
    for place in ("host", "owner", "holder"):
        for label in words[place]:
            at = folded.find(label)
            if at < 0:
                continue
            behind = _clipped(_without_article(text[at + len(label) :].lstrip(_YEARS)))
            for name in dict.fromkeys((behind, without_form(behind))):
                if is_name(name):
                    yield place, name
            if place == "owner":
                before = text[:at].rstrip(" \u3000,，:：").split()
                if before and is_name(before[-1]) and site_names.is_like_name(before[-1]):
                    yield place, before[-1]


def _without_article(text: str) -> str:
    """The text without the word `by` before a name."""
    return text[len("by ") :] if text[: len("by ")].casefold() == "by " else text


def without_form(name: str) -> str:
    """The name of a firm without its legal form: `Heron Post` of `Heron Post Ltd.`."""
    forms = _imprint()["forms"]
    while True:
        folded = name.casefold()
        form = next((form for form in forms if folded.endswith(form) and len(name) > len(form) + 1), "")
        ahead = next((form for form in forms if not form.isascii() and folded.startswith(form)), "")
        if not form and not ahead:
            return name
        name = name[len(ahead) : len(name) - len(form) if form else None].strip(" ,.")


def _clipped(text: str) -> str:
    """The name at the start of a text, up to what ends it."""
    text = text.replace("\xa0", " ")
    folded = text.casefold()
    end = len(text)
    for sign in (*_imprint()["ends"], *"|,，。；;©\n\t\u3000/", "  ", ". ", " - ", "• ", "· "):
        at = folded.find(sign)
        if 0 <= at < end:
            end = at
    name = text[:end].strip(" .:：-–—()（）·")
    first = name.partition(" ")[0]
    is_whole = site_names.is_like_name(first) and not first.isascii()
    return first if is_whole or first == name[:-1].rstrip() else name  # one letter of a province stands before a number


def is_name(text: str) -> bool:
    return SHORT <= len(text) <= NAME_CHARS and any(map(str.isalpha, text)) and "20" not in text
