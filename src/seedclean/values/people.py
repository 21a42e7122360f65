"""Names of people in bylines and front matter: split, without roles, brackets and duplicates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from seedclean.values.scripts import HAN
from seedclean.values.tables import table

_ASIDE = re.compile(r"\s*[（(][^（()）]*[)）]?\s*$")
_HAN_NAMES = re.compile(rf"[{HAN}]{{2,4}}(?:\s+[{HAN}]{{2,4}})+")
"""Chinese names with blanks between them. Two single characters with a blank between them, 李 明, are one name."""
_LINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """`separator` parts names, `role` stands before a name, `institution` before a name with a blank between them."""

    separator: re.Pattern[str]
    role: re.Pattern[str]
    institution: re.Pattern[str]
    placeholders: frozenset[str]


@cache
def _patterns() -> _Patterns:
    words = table("people")
    return _Patterns(
        re.compile(rf"\s*(?:[,，、;；/|&＆]|\band\b|\s和\s|(?:{_any_of(words['separating_roles'])})\s*[:：])\s*"),
        re.compile(rf"^(?:{_any_of(words['roles'])})(?:\s*[:：/]|\s)\s*", re.I),
        re.compile(rf".*(?:{_any_of(words['institutions'])})\s+(\S{{2,4}})$"),
        frozenset(words["placeholders"]),
    )


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


def split_people(value: str) -> tuple[str, ...]:
    """The people that a byline names, in its order, each once."""
    patterns = _patterns()
    value = _LINK.sub(lambda link: link[1] or link[2] or "", value)
    people: dict[str, str] = {}
    for part in patterns.separator.split(value):
        name = patterns.role.sub("", _ASIDE.sub("", part).strip(" \t\u3000\"'*_()（）[]")).strip()
        employee = patterns.institution.match(name)
        name = employee[1] if employee else name
        if _HAN_NAMES.fullmatch(name):
            people.update((single, single) for single in name.split() if single not in people)
            continue
        if name.lower().startswith("null "):
            name = name[5:].strip()
        if name and name.lower() not in patterns.placeholders and not name.startswith(("http://", "https://")):
            people.setdefault(name.casefold(), name)
    return tuple(people.values())
