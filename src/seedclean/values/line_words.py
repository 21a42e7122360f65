"""The words of label_lines.toml, compiled once: labels, roles, counts, names of media, places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from seedclean.values.scripts import HAN, HANGUL, KANA
from seedclean.values.tables import any_of, table

CJK = re.compile(f"[{HAN}{KANA}{HANGUL}]")
"""A character of a script that writes words without blanks, or names of one to four characters."""


@dataclass(frozen=True, slots=True)
class Words:
    """`label` needs a colon or a bar behind it, `open` a date or names; `role` may bear the name of an employer before it. `filler` is
    a relative time, a count or a word of the interface. `labels` and `opens` lead from a label to its field; `glued` are words of the
    interface that may touch the end of a value.
    """

    label: re.Pattern[str]
    open: re.Pattern[str]
    filler: re.Pattern[str]
    role: re.Pattern[str]
    labels: Mapping[str, str]
    opens: Mapping[str, str]
    roles: frozenset[str]
    media: tuple[str, ...]
    wires: tuple[str, ...]
    tails: tuple[str, ...]
    notices: tuple[str, ...]
    glued: tuple[str, ...]
    places: tuple[str, ...]
    desks: tuple[str, ...]
    no_source: frozenset[str]
    modified: frozenset[str]


@cache
def words() -> Words:
    """The words, compiled."""
    data = table("label_lines")
    several = data["words"]
    labels = {word: field for field, labelled in data["labels"].items() for word in labelled}
    opens = {word: field for field, labelled in data["open"].items() for word in labelled}
    end = rf"(?![\w{HAN}])"
    number = "[0-9][0-9,.]{0,15}[万千kw]?"
    relative = rf"[0-9半]{{0,3}} ?(?:{any_of(several['relative'])}) ?(?:[0-9]{{1,2}}:[0-9]{{2}})?"
    labelled_count = rf"(?:{any_of(data['labels']['count'])}) ?\(?{number}\)?"
    counted = rf"{number}\+? ?(?:(?:{any_of(several['units'])}){end}|(?=$|[ |,)]))"
    day = "[0-9]{1,2} ?[-/月] ?[0-9]{1,2} ?日?(?![0-9/-])"  # without a year it is no date
    return Words(
        re.compile(rf"(?P<word>{any_of(labels)})(?: ?[:=]| ?(?P<bar>[/|丨︱・]))(?!//)", re.I),
        re.compile(rf"(?P<word>{any_of(opens)})(?P<glued>(?! |$))?", re.I),
        re.compile(rf"{relative}|{labelled_count}|{counted}|{day}|(?:{any_of(several['noise'])}){end}", re.I),
        re.compile(rf"(?P<org>[^\s:]{{0,14}}?)(?P<role>{any_of(several['roles'])}) ?(?P<names>\S.*)"),
        labels,
        opens,
        frozenset(several["roles"]),
        tuple(several["media"]),
        tuple(several["wires"]),
        tuple(several["tails"]),
        tuple(several["notices"]),
        tuple(word for word in several["noise"] if len(word) > 2 and CJK.match(word)),
        tuple(several["places"]),
        tuple(several["desks"]),
        frozenset(several["no_source"]),
        frozenset(several["modified"]),
    )
