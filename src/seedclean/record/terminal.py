"""Text for a terminal: control characters made visible, and rows that fit a number of columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells, set_cell_size

_NEVER_FIRST = frozenset("”’»…—·,.;:!?)]}%‰℃°々ー〜～")
"""Narrow signs, and wide letters, that belong to what stands before them (after JIS X 4051 and GB/T 15834)."""
_NEVER_LAST = frozenset("“‘«$£¥￥#＃@＠")


def visible(text: str) -> str:
    """The text with control and format characters replaced, so that no document can send a command to the terminal.

    C0 controls become their pictures (U+2400 …), C1 controls their code points; format characters, surrogates and line
    separators are dropped. The line feed stays.
    """
    return "".join(char if char == "\n" or not _is_control(char) else _picture(char) for char in text)


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _picture(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"‹U+{code:04X}›" if unicodedata.category(char) == "Cc" else ""


def columns(text: str) -> int:
    """The number of columns that a text takes: two for a wide character, none for a combining one."""
    return cell_len(text)


def clipped(text: str, room: int) -> str:
    """The text, cut to `room` columns with an ellipsis at the end if it is longer."""
    return text if columns(text) <= room else set_cell_size(text, room - 1).rstrip(" ") + "…"


def wrapped(text: str, room: int) -> list[str]:
    """The text in rows of at most `room` columns.

    A row ends at a blank or beside a wide character. No row begins with a sign that closes, such as a full stop or a
    bracket, and none ends with one that opens; a word is divided only where it is longer than a row.
    """
    rows, row, taken = [], "", 0
    for unit in _units(text):
        width = columns(unit)
        if row.strip() and taken + columns(unit.rstrip(" ")) > room:
            rows.append(row.rstrip(" "))
            row, taken = "", 0
            unit = unit.lstrip(" ")
            width = columns(unit)
        if width > room:
            *whole, unit = chop_cells(unit, room)
            rows += whole
            width = columns(unit)
        row += unit
        taken += width
    return [*rows, row.rstrip(" ")] if row.strip() or not rows else rows


def _units(text: str) -> Iterator[str]:
    """The parts of a text between which a row may end."""
    start = 0
    for at in range(1, len(text)):
        if _may_end(text[at - 1], text[at]):
            yield text[start:at]
            start = at
    yield text[start:]


def _may_end(before: str, after: str) -> bool:
    """Whether a row may end between two characters."""
    if after == " " or unicodedata.combining(after) or columns(after) == 0:
        return False
    if before == " ":
        return True
    if after in _NEVER_FIRST or before in _NEVER_LAST or _is_closing(after) or _is_opening(before):
        return False
    return columns(before) == 2 or columns(after) == 2


def _is_closing(char: str) -> bool:
    return columns(char) == 2 and unicodedata.category(char) in ("Pe", "Pf", "Po")


def _is_opening(char: str) -> bool:
    return unicodedata.category(char) in ("Ps", "Pi")


def justified(text: str, note: str, width: int) -> str:
    """A row with a note at the right edge of `width` columns, or below the row if there is no room for it."""
    if not note:
        return text.rstrip()
    gap = width - columns(text) - columns(note)
    if gap < 2:
        return f"{text}\n{' ' * max(width - columns(note), 4)}{note}"
    return text + " " * gap + note
