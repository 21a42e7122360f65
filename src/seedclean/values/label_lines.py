"""Lines of labels and values: `2019年06月15日08:18 来源：某报`, `By Ann Lee · 3 May 2024 · 5 min read`, `(责编：王一、李二)`.

A line is cut into labels, dates, counts, words of the interface and other text; a label's value is what stands behind it, up to the
next of these. What no label explains is the line's rest, so that a caller can tell a line of labels from a sentence that
contains one. The words are data: label_lines.toml. Each step goes forward, so that reading takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from seedclean.values.line_tokens import UNKNOWN, Token, tokens
from seedclean.values.line_values import CHANGER, DATES, HAN_NAME, Item, explained
from seedclean.values.line_words import CJK, words
from seedclean.values.people import is_person
from seedclean.values.text import normal

CHARS = 240
"""A longer text is no line of labels."""
_LABEL_CHARS = 40
_BRACKET_CHARS = 90
"""The brackets that name the reporter of a paragraph are this near to its beginning or end."""
_OPENING = re.compile(r"^(?P<before>[^(\[【〔。!?]{0,40})[(\[【〔](?P<content>[^()\[\]【】〔〕]{2,60})[)\]】〕]")
_CLOSING = re.compile(r"[(【〔](?P<content>[^()\[\]【】〔〕]{2,60})[)】〕][。.]?[0-9]{0,7}$")
_STOPS = ("。", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says: its values in their order, and the texts that no label explains."""

    items: tuple[Item, ...]
    rest: tuple[str, ...]


def parse(text: str) -> Line:
    """Read a line. One that is too long to be a line of labels has nothing but a rest."""
    if len(text) > CHARS * 2:
        return Line((), (text,))
    text = normal(text)
    is_sentence = text.count("。") > 1 or (text.endswith(_STOPS) and "," in text)
    if len(text) > CHARS or (is_sentence and not text.lower().startswith(words().notices)):
        return Line((), (text,))
    items: list[Item] = []
    rest: list[str] = []
    for part in _read(tokens(text)):
        if isinstance(part, Item):
            items.append(part)
        else:
            rest.append(part)
    sure = [item for at, item in enumerate(items) if item.labelled or item.field != "credit" or _is_placed(items, at)]
    return Line(tuple(sure), (*rest, *(item.value for item in items if item not in sure)))


def _is_placed(items: Sequence[Item], at: int) -> bool:
    """Whether the name of a medium stands behind a date or beside people: elsewhere it may be a site, an account, a heading."""
    before, behind = items[max(0, at - 1) : at], items[at + 1 : at + 2]
    return any(item.field == "published" for item in before) or any(
        item.field == "authors" for item in [*before, *behind]
    )


def is_timed(text: str) -> bool:
    """Whether a text ends with a time of day or a relative time, as the entries of lists and the names of posters do."""
    if len(text) > CHARS:
        return False
    cut = [token for token in tokens(normal(text)) if token.kind != "break"]
    return len(cut) > 1 and cut[-1].kind == "noise" and any(map(str.isdigit, cut[-1].value))


def label(text: str) -> str:
    """The field of a text that is a label and nothing else, with or without its colon; empty if it is none."""
    if len(text) > _LABEL_CHARS:
        return ""
    word = normal(text).strip(" :").lower()
    return words().labels.get(word) or words().opens.get(word, "")


def is_notice(line: Line) -> bool:
    """Whether a line begins as a notice does that says where the text comes from: `本文来自某号，作者：王一，…`."""
    return bool(line.rest) and line.rest[0].lower().startswith(words().notices)


def credits(text: str, at_end: bool) -> Line:
    """What the brackets say that open a text behind nothing or the words of an agency, or that end it: （某社记者 王一）."""
    part = text[-_BRACKET_CHARS:] if at_end else text[:_BRACKET_CHARS]
    match = (_CLOSING if at_end else _OPENING).search(normal(part))
    nothing = Line((), ())
    if match is None:
        return nothing
    patterns = words()
    before = "" if at_end else match["before"].strip()
    content = match["content"].strip()
    if at_end and len(content) <= HAN_NAME and is_person(content) and CJK.match(content):
        return Line((Item("authors", content, labelled=False),), ())
    line = parse(content)
    explained = not before or before.endswith(patterns.wires)
    return line if explained and all(text.endswith(patterns.wires) for text in line.rest) else nothing


def _read(tokens: Sequence[Token]) -> Iterator[Item | str]:
    """Values with their fields, and the texts that no label explains."""
    label: Token | None = None
    is_bare = is_change = False
    for at, token in enumerate(tokens):
        suffix = tokens[at + 1].value.lower() if token.kind == "date" and at + 1 < len(tokens) else ""
        if token.kind in ("label", "open"):
            touches = token.touches or (token.kind == "label" and token.value.lower() == "by")
            is_compound = touches and is_bare  # 考试时间 is another label than 时间, `sort by:` than `by:`
            label = replace(token, field=UNKNOWN) if is_compound else token
            is_change = token.field == CHANGER or (is_change and token.field == "published")
        elif token.kind == "date":
            if label and label.field in DATES:
                yield Item("modified" if is_change else label.field, token.value, labelled=True)
                label = None
            elif suffix in words().modified or is_change:
                yield Item("modified", token.value, labelled=True)
            elif not label or label.field not in ("other", "count", UNKNOWN):
                yield Item("published", token.value, labelled=False)
        elif token.kind == "text":
            yield from explained(token.value, label)
            is_bare = label is None
            label = token if token.field == UNKNOWN else None
        elif token.kind == "break" and token.value in "|】]〕」;。":
            label = None
