"""The language of a text by its script, and among Latin scripts by its commonest words."""

from __future__ import annotations

import re
from collections import Counter

_WORDS = {
    "en": [
        "the",
        "of",
        "and",
        "to",
        "in",
        "is",
        "that",
        "for",
        "with",
        "on",
        "as",
        "are",
        "this",
        "be",
        "by",
        "at",
        "from",
        "it",
        "was",
        "have",
        "an",
        "not",
        "which",
    ],
    "fr": [
        "le",
        "la",
        "les",
        "des",
        "et",
        "du",
        "une",
        "un",
        "dans",
        "est",
        "que",
        "pour",
        "qui",
        "sur",
        "pas",
        "au",
        "avec",
        "ce",
        "il",
        "par",
    ],
    "de": [
        "der",
        "die",
        "und",
        "das",
        "den",
        "von",
        "zu",
        "mit",
        "ist",
        "des",
        "im",
        "ein",
        "eine",
        "nicht",
        "auf",
        "für",
        "als",
        "auch",
        "dem",
        "sich",
    ],
    "es": [
        "el",
        "la",
        "de",
        "los",
        "las",
        "que",
        "en",
        "y",
        "del",
        "un",
        "una",
        "por",
        "con",
        "para",
        "es",
        "se",
        "su",
        "al",
        "lo",
        "como",
    ],
    "pt": [
        "o",
        "a",
        "os",
        "as",
        "de",
        "do",
        "da",
        "em",
        "um",
        "uma",
        "que",
        "para",
        "com",
        "não",
        "por",
        "é",
        "no",
        "na",
        "se",
        "ao",
    ],
    "it": [
        "il",
        "di",
        "che",
        "la",
        "e",
        "un",
        "una",
        "per",
        "non",
        "sono",
        "con",
        "del",
        "della",
        "le",
        "si",
        "dei",
        "nel",
        "alla",
        "da",
        "gli",
    ],
    "nl": [
        "de",
        "het",
        "een",
        "van",
        "en",
        "in",
        "is",
        "dat",
        "op",
        "te",
        "met",
        "voor",
        "zijn",
        "niet",
        "aan",
        "er",
        "die",
        "om",
        "ook",
        "als",
    ],
}
_KNOWN = {name: frozenset(words) for name, words in _WORDS.items()}
_LOOK = 20_000
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

_SCRIPTS = (
    ("han", re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+")),
    ("kana", re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]+")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff\u3130-\u318f]+")),
    ("ru", re.compile("[\u0400-\u04ff]+")),
    ("ar", re.compile("[\u0600-\u06ff\u0750-\u077f]+")),
    ("el", re.compile("[\u0370-\u03ff]+")),
    ("he", re.compile("[\u0590-\u05ff]+")),
    ("hi", re.compile("[\u0900-\u097f]+")),
    ("th", re.compile("[\u0e00-\u0e7f]+")),
    ("latin", re.compile("[A-Za-z\u00c0-\u024f]+")),
)
_ASCII = re.compile("[\0-\x7f]+")
_NO_LETTERS = bytes(at for at in range(128) if not chr(at).isalpha())
_WORDS_ALONE = bytes(at if chr(at) in "abcdefghijklmnopqrstuvwxyz" or at >= 0xE0 else 32 for at in range(256))
"""What Latin 1 has that is no small letter becomes a blank, so that what is left between blanks are words."""
_LATIN_WORTH = 4
"""Letters of an alphabet that weigh as much as one Chinese character."""


def of(text: str) -> str:
    """A BCP 47 primary subtag, or an empty string where the text does not tell."""
    text = text[:_LOOK]
    found = script(text)
    return _latin(text) if found == "latin" else found


def script(text: str) -> str:
    """The language of a text whose script tells it, "latin" where only the alphabet is known, or an empty string."""
    found = _weights(text[:_LOOK])
    if len(found) == 1:
        return "latin" if found["latin"] else ""
    best = max(found, key=lambda name: found[name])
    if not found[best]:
        return ""
    if best in ("han", "kana"):
        return "ja" if found["kana"] * 5 > found["han"] else "zh"
    return best


def weight(text: str) -> int:
    """How much a text says, in letters of an alphabet."""
    return sum(_weights(text).values())


def _weights(text: str) -> dict[str, int]:
    """How much of a text is in each script. ASCII is counted apart, as it can be of one script alone."""
    letters = len(text.encode("ascii", "ignore").translate(None, _NO_LETTERS))
    if text.isascii():
        return {"latin": letters}
    beyond = _ASCII.sub("", text)
    found = {name: sum(map(len, runs.findall(beyond))) for name, runs in _SCRIPTS}
    found["latin"] += letters
    return {name: count * (_LATIN_WORTH if name in ("han", "kana", "ko") else 1) for name, count in found.items()}


def _latin(text: str) -> str:
    small = text.lower().encode("latin-1", "replace").translate(_WORDS_ALONE)
    words = Counter(small.decode("latin-1").split())
    found = {name: sum([words[word] for word in known if word in words]) for name, known in _KNOWN.items()}
    best = max(found, key=lambda name: found[name])
    return best if found[best] * 20 >= max(sum(words.values()), 1) else ""


def tag(value: str) -> str:
    """A stated language as a BCP 47 tag; an empty string where it names none, or two (`en-zh`)."""
    value = value.strip().replace("_", "-")
    if not _TAG.fullmatch(value):
        return ""
    first, *rest = value.split("-")
    if any(
        part.lower() in ("zh", "en", "ja", "ko", "fr", "de", "es", "ru") and len(part) == 2 and part.islower()
        for part in rest
    ):
        return ""
    shaped = [part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part for part in rest]
    return "-".join([first.lower(), *shaped])
