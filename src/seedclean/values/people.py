"""Names of people in bylines and front matter: split, without roles, brackets, addresses, account numbers and duplicates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from seedclean.values.scripts import HAN, HANGUL
from seedclean.values.tables import any_of, table
from seedclean.values.text import with_initial

_CHARS = 2_000
"""A longer value is no list of names."""
_HAN = re.compile(f"[{HAN}]+")
_HANGUL = re.compile(f"[{HANGUL}]{{2,4}}")
_LATIN_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ](?:[\w'’.-]*[\w.])?")
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|\[([^\[\]]*)\]\([^()]*\)")
_CONTACT = re.compile(r" ?(?:QQ|TEL|电话|電話|微信|公众号|公眾號|邮箱|E-?mail) ?[:：]| @", re.I)
_ADDRESS = re.compile(r"https?://[^\s,，;；、|]*")
_NUMBER_BEHIND = re.compile(r"(?:[_ ][A-Z]{1,4}[0-9]{2,}| [0-9]{4,})$")
_ACCOUNT = re.compile(r"(?:[A-Z]{0,4}|(?i:user|uid|id|gh))[_-]?[0-9]{2,}")
_VARIABLE = re.compile(r"(?:[a-z_]+\.)+(?:author|name)")
"""What a template names that was not filled in: `page.head.author`."""
_ADMIN = re.compile(r"(?:[a-z0-9]+[_.-])?admin(?:istrator)?(?:[_.-][a-z0-9]+|[0-9]+)?", re.I)
"""The account of somebody who looks after a site: `q_admin`, `admin2`."""
_CLOCK = re.compile(r"[0-9]:[0-9]{2}")
_DECLARATION = re.compile(r"[a-z]:\S")
"""A declaration of CSS, as elements of bylines hold."""
_BADGES = re.compile(r"[0-9][0-9,.k]{0,9} ?(?:gold|silver|bronze) badge")
"""What stands behind a name on pages of questions and answers, with its reputation run into it."""
_COUNT = re.compile(r"[0-9]+ [a-z]+")
_SENTENCE = 4
"""So many words without a capital are a part of a sentence."""
_MARKUP = frozenset('="<>{}')
_JOINING = re.compile(r"[&＆]|\b(?:and|und|et)\b")
_EDGES = " \t\u3000\"'*_()（）[]【】〔〕<>《》「」“”‘’:：,，.。;；|｜/／\\-–—·•●◎○■◆@#~"


@dataclass(frozen=True, slots=True)
class _Patterns:
    """`separator` parts names, `role` stands before a name, `tail` behind one, `institution` before a name with a blank between them."""

    separator: re.Pattern[str]
    role: re.Pattern[str]
    tail: re.Pattern[str]
    roles: tuple[str, ...]
    institutions: tuple[str, ...]
    placeholders: frozenset[str]
    domains: tuple[str, ...]
    positions: frozenset[str]
    surnames: tuple[frozenset[str], frozenset[str], frozenset[str]]
    particles: frozenset[str]
    links: tuple[str, ...]
    purposes: tuple[str, ...]


@cache
def _patterns() -> _Patterns:
    words = table("people")
    long = [tail for tail in words["tails"] if len(tail) > 1]
    return _Patterns(
        re.compile(
            rf"[,，、;；/／|｜&＆╱]|\b(?:[Aa]nd|und|et)\b|(?<=\s)[和与與y](?=\s)|(?:{any_of(words['separating_roles'])}) ?[:：]"
        ),
        re.compile(rf"(?:{any_of(words['roles'])})(?: ?[:：/]|\s)", re.I),
        re.compile(rf"[{HAN}]{{0,4}}(?:{any_of(long)})|{any_of(words['tails'])}", re.I),
        tuple(role for role in words["roles"] if len(role) > 1 and not role.isascii()),
        tuple(words["institutions"]),
        frozenset([*words["placeholders"], *table("titles")["platforms"]]),
        tuple("." + domain for domain in words["domains"]),
        frozenset(words["positions"]),
        (frozenset(words["surnames"]), frozenset(words["double_surnames"]), frozenset(words["korean_surnames"])),
        frozenset(words["particles"]),
        tuple(words["links"]),
        tuple(words["purposes"]),
    )


def split_people(value: str) -> tuple[str, ...]:
    """The people that a byline names, in its order, each once."""
    value = " ".join(value.split())
    value = unlinked(value) if len(value) <= _CHARS else ""
    if value.startswith(("http://", "https://", *_patterns().purposes)):
        return ()
    if "://" in value:
        value = _ADDRESS.sub("", value)
    contact = _CONTACT.search(value)
    if value.casefold() in _patterns().placeholders:
        return ()
    people: dict[str, str] = {}
    has_position = False
    for part in _parts(value[: contact.start()] if contact else value):
        if people and _is_position(part):
            has_position = True
            continue
        for name in _names(part):
            if has_position and not is_person(name):  # whom the person works for
                continue
            people.setdefault(name.casefold(), name)
    return tuple(people.values())


def unlinked(value: str) -> str:
    """A value with the texts of its links in their place: `[[name]]`, `[[page|name]]`, `[name](address)`."""
    return _LINK.sub(lambda link: link[1] or link[2] or "", value) if "[" in value else value


def _parts(value: str) -> list[str]:
    """The parts of a value between separators; one where a word joins what are no names: `Center for Rivers and Tides`,
    `Quay & Quay`."""
    parts = _patterns().separator.split(value)
    is_joined = len(parts) == 2 and len(_JOINING.split(value)) == 2
    is_one = any(map(_is_prose, parts)) or len({part.strip() for part in parts}) == 1
    return [value] if is_joined and is_one else parts


def _is_prose(text: str) -> bool:
    """Whether a text has a word in lower case of its own that stands in no name."""
    words = text.split()[1:]
    return any(
        word.isascii() and word.isalpha() and word.islower() and word not in _patterns().particles for word in words
    )


def _is_position(text: str) -> bool:
    """Whether a text says what somebody is, not who."""
    words = text.casefold().replace("(", " ").replace(")", " ").split()
    return bool(words) and not _patterns().positions.isdisjoint(words)


def is_person(name: str) -> bool:
    """Whether a text alone tells that it is somebody's name: by its family name, or by capitals as in `Ann de Vries`."""
    patterns = _patterns()
    single, double, korean = patterns.surnames
    if _HAN.fullmatch(name):
        return (
            (len(name) in (2, 3) and name[0] in single) or (len(name) in (3, 4) and name[:2] in double)
        ) and not name.endswith(patterns.institutions)
    if _HANGUL.fullmatch(name):
        return name[0] in korean
    words = name.split()
    capitals = sum(bool(_LATIN_WORD.fullmatch(word)) for word in words)
    return (
        2 <= len(words) <= 5
        and capitals >= 2
        and all(_LATIN_WORD.fullmatch(word) or word in patterns.particles for word in words)
    )


def _names(part: str) -> Iterator[str]:
    """The names in a part without separators: one, or several Chinese ones with blanks between them."""
    patterns = _patterns()
    name = _undoubled(_BADGES.split(_without_aside(part), maxsplit=1)[0])
    name = _without_number(with_initial(name, _stripped(name)))
    while role := patterns.role.match(name):
        name = with_initial(name, name[role.end() :].strip(_EDGES))
    if name[:5].lower() == "null ":
        name = name[5:].strip(_EDGES)
    words = name.split()
    if len(words) == 2 and words[0].endswith(patterns.institutions) and 2 <= len(words[1]) <= 4:
        words = words[1:]
    if words and all(_HAN.fullmatch(word) for word in words):
        words = [word for word in _joined(words) if len(words) == 1 or not _is_beside(word)]
        whole = all(2 <= len(word) <= 4 for word in words)
        yield from (word for word in (words if whole else [" ".join(words)]) if _is_name(word))
    elif _is_name(" ".join(words)):
        yield " ".join(words)


def _stripped(name: str) -> str:
    """The name without signs around it; the bracket that opens it stays where its other half stands inside: (某)社."""
    text = name.strip(_EDGES)
    opening, closing = text.find("("), text.find(")")
    return f"({text}" if closing > 0 and not 0 <= opening < closing and f"({text}" in name else text


def _is_beside(word: str) -> bool:
    """Whether a word beside names is none: a role, with or without the employer before it, or what follows names."""
    patterns = _patterns()
    return bool(patterns.tail.fullmatch(word)) or word.endswith(patterns.roles)


def _joined(words: Sequence[str]) -> list[str]:
    """The words; two single characters with a blank between them, 李 明, are one name."""
    joined: list[str] = []
    pending = ""
    for word in words:
        if len(word) == 1 and pending:
            joined.append(pending + word)
            pending = ""
        elif len(word) == 1:
            pending = word
        else:
            joined += [pending, word] if pending else [word]
            pending = ""
    return [*joined, pending] if pending else joined


def _undoubled(name: str) -> str:
    """The name, once where it stands on both sides of a dash."""
    one, _, other = name.partition(" – ")
    return one if one.strip() == other.strip() else name


def _without_aside(part: str) -> str:
    """The part without the brackets at its end, and without what opens a bracket that nothing closes."""
    text = part.replace("（", "(").replace("）", ")").strip()
    opening = text.rfind("(")
    if opening > 0 and ")" not in text[opening:-1]:
        return text[:opening]
    return text


def _without_number(name: str) -> str:
    """The name without the number of an account behind it: 王一_NB123, 王一 PK155."""
    match = _NUMBER_BEHIND.search(name[-40:]) if name[-1:].isdigit() else None
    return name[: len(name) - len(name[-40:]) + match.start()].strip(_EDGES) if match else name


def _is_name(name: str) -> bool:
    patterns = _patterns()
    folded = name.casefold()
    return bool(
        name
        and any(map(str.isalpha, name))
        and not _DECLARATION.search(name)
        and not _CLOCK.search(name)
        and not folded.startswith(patterns.links)
        and folded not in patterns.placeholders
        and "@" not in name
        and "://" not in name
        and not _ACCOUNT.fullmatch(name)
        and not _ADMIN.fullmatch(name)
        and not _VARIABLE.fullmatch(name)
        and not (" " not in folded and folded.endswith(patterns.domains))
        and not patterns.tail.fullmatch(name)
        and not _COUNT.fullmatch(name)
        and not (name.islower() and len(set(name.split()) - patterns.particles) >= _SENTENCE)
        and not _MARKUP & set(name)
    )
