"""Language of a text: by its script, and within the Latin script by the most frequent words of seven languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import repeat

from seedclean.values.scripts import HAN, HANGUL, KANA
from seedclean.values.tables import table
from seedclean.values.text import beyond_ascii

_SAMPLE_CHARS = 20_000
"""The beginning of a text tells its language; more only costs time."""
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

_SCRIPTS = (
    ("han", re.compile(f"[{HAN}]+")),
    ("kana", re.compile(f"[{KANA}]+")),
    ("ko", re.compile(f"[{HANGUL}]+")),
    ("ru", re.compile("[\u0400-\u04ff]+")),
    ("ar", re.compile("[\u0600-\u06ff\u0750-\u077f]+")),
    ("el", re.compile("[\u0370-\u03ff]+")),
    ("he", re.compile("[\u0590-\u05ff]+")),
    ("hi", re.compile("[\u0900-\u097f]+")),
    ("th", re.compile("[\u0e00-\u0e7f]+")),
    ("latin", re.compile("[A-Za-z\u00c0-\u024f]+")),
)
"""Scripts that tell a language by themselves bear its tag; han and kana tell Chinese from Japanese by their shares."""
_LETTERS = re.compile("|".join(runs.pattern.removesuffix("+") for _, runs in _SCRIPTS))
_NON_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_LOWER_LETTERS = bytes(code if chr(code) in "abcdefghijklmnopqrstuvwxyz" or code >= 0xE0 else 32 for code in range(256))
"""Translation table for Latin-1: everything but lower-case letters becomes a blank, so that `split` gives the words."""
_FREQUENT = 3
_SHARE = 20
_TIMES = 1.5
"""A text is in a language with so many different frequent words of it, which are at least one in `_SHARE` of all words and so
many times as often as those of any other: `a`, `on` and `no` are words of many languages, and a wrong language is worse than
none."""
_SURE_WORDS = 3
_SURE_TIMES = 2
"""A paragraph is surely in a language with this many of its frequent words, so many times as often as those of any other."""
_FOREIGN = {
    "ru": re.compile("[іїєґўјљњћђџќѓәғқңөұүһ]"),
    "ar": re.compile("[پچژگکیٹڈڑںے]"),
    "latin": re.compile(
        "[\u0102-\u0111\u0114-\u0129\u012c-\u014b\u014e-\u0151\u0154-\u0169\u016c-\u0177\u0179-\u01cc\u01dd-\u024f]"
    ),
}
"""Letters that neither Russian nor Arabic has: of Ukrainian, Serbian, Kazakh; of Persian and Urdu. And letters that none of the
languages of the word lists has: of Czech, Hungarian, Polish, Romanian, Turkish; without vowels with a macron and those of Pinyin, by
which a text in any language spells words of Sanskrit, Japanese and Chinese."""
_FEW = 100
"""One foreign letter in so many is a name; more are another language."""
_KINDS = 3
"""In Latin letters another language has so many different ones: a short text about somebody has one or two, again and again."""
_SHARED = ("ru", "ar", "hi")
"""Languages taken from scripts in which many others are written."""
_IDEOGRAPHIC = ("han", "kana", "ko")
_LETTERS_PER_IDEOGRAPH = 4
"""One Chinese character, kana or Hangul syllable weighs as much as this many letters of an alphabet."""


def of(text: str) -> str:
    """The language of a text as a BCP 47 primary subtag; empty if the text does not tell."""
    text = text[:_SAMPLE_CHARS]
    name = script(text)
    if name in _FOREIGN and not text.isascii():
        foreign = _FOREIGN[name].findall(beyond_ascii(text.lower()))
        if len(foreign) * _FEW > len(text) and (name != "latin" or len(set(foreign)) >= _KINDS):
            return ""
    return _latin(text) if name == "latin" else name


def agree(stated: str, of_text: str) -> bool:
    """Whether a text whose language `of` tells may be in the stated one: a script that many share tells none of them apart."""
    first = stated.split("-")[0]
    others = of_text in _SHARED and len(first) == 2 and first not in _distinct()
    return first == of_text or others


@cache
def _distinct() -> frozenset[str]:
    """The languages that `of` tells."""
    return frozenset({"zh", "ja", *table("language")["words"], *(name for name, _ in _SCRIPTS)})


def script(text: str) -> str:
    """The language that the script of a text tells, `latin` for Latin letters; empty for a text without letters."""
    return _heaviest(_weights(text[:_SAMPLE_CHARS]))


def _heaviest(weights: Mapping[str, int]) -> str:
    if len(weights) == 1:
        return "latin" if weights["latin"] else ""
    best = max(weights, key=lambda name: weights[name])
    if not weights[best]:
        return ""
    if best in ("han", "kana"):
        return "ja" if weights["kana"] * 5 > weights["han"] else "zh"
    return best


def weight(text: str) -> int:
    """The amount of text, in letters of an alphabet."""
    return sum(_weights(text).values())


def measure(text: str) -> tuple[str, int]:
    """`script` and `weight` of a text, whose letters are counted once."""
    weights = _weights(text)
    if len(text) > _SAMPLE_CHARS:
        return script(text), sum(weights.values())
    return _heaviest(weights), sum(weights.values())


def _weights(text: str) -> dict[str, int]:
    """The amount of text in each script. ASCII is counted apart, without a pattern: its letters are all Latin."""
    letters = len(text.encode("ascii", "ignore").translate(None, _NON_LETTERS))
    if text.isascii():
        return {"latin": letters}
    rest = beyond_ascii(text)
    weights = dict.fromkeys([name for name, _ in _SCRIPTS], 0)
    for name, runs in _SCRIPTS:  # each looks through what those before it have left
        if not _LETTERS.search(rest):  # nothing or signs alone, as in most texts behind the first script
            break
        others = runs.sub("", rest)
        weights[name] = (len(rest) - len(others)) * (_LETTERS_PER_IDEOGRAPH if name in _IDEOGRAPHIC else 1)
        rest = others
    weights["latin"] += letters
    return weights


@cache
def _frequent_words() -> Mapping[str, tuple[str, ...]]:
    """Each frequent word with the languages of which it is one."""
    words = table("language")["words"]
    every = {word: None for several in words.values() for word in several}
    return {word: tuple(name for name, several in words.items() if word in several) for word in every}


def surely(text: str) -> str:
    """The language of a short text, where nothing else is likely; empty where a few words leave it open."""
    text = text[:_SAMPLE_CHARS]
    name = script(text)
    return surely_latin(text) if name == "latin" else name


def surely_latin(text: str) -> str:
    """The same of a text whose script is `latin`."""
    counts = _counts(zip(filter(_frequent_words().__contains__, _words(text[:_SAMPLE_CHARS])), repeat(1)))
    second, best = sorted(counts.values())[-2:]
    if best < _SURE_WORDS or best < _SURE_TIMES * second:
        return ""
    return max(counts, key=lambda name: counts[name])


def _latin(text: str) -> str:
    """The language whose frequent words occur most often; empty where they are few, or those of another nearly as many."""
    words = _words(text)
    frequent = Counter(filter(_frequent_words().__contains__, words))
    counts = _counts(frequent.items())
    second, most = sorted(counts.values())[-2:]
    best = max(counts, key=lambda name: counts[name])
    different = sum(best in _frequent_words()[word] for word in frequent)
    return best if different >= _FREQUENT and most * _SHARE >= len(words) and most >= _TIMES * second else ""


def _counts(frequent: Iterable[tuple[str, int]]) -> dict[str, int]:
    """For each language how often its frequent words occur, given how often each of any language does."""
    languages = _frequent_words()
    counts = dict.fromkeys(table("language")["words"], 0)
    for word, count in frequent:
        for name in languages[word]:
            counts[name] += count
    return counts


def _words(text: str) -> list[str]:
    lower = text.lower().encode("latin-1", "replace").translate(_LOWER_LETTERS)
    return lower.decode("latin-1").split()


def tag(value: str) -> str:
    """A stated language as a BCP 47 tag; empty if the value names none, or two (`en-zh`)."""
    value = value.strip().replace("_", "-")
    if not _TAG.fullmatch(value):
        return ""
    first, *rest = value.split("-")
    second = table("language")["second"]
    if any(part in second for part in rest):
        return ""
    shaped = [part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part for part in rest]
    return "-".join([first.lower(), *shaped])
