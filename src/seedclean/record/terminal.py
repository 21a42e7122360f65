"""Text for a terminal: control characters made visible, and rows that fit a number of columns."""

from __future__ import annotations

import textwrap
import unicodedata

from rich.cells import cell_len, chop_cells, set_cell_size


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
    """The text in rows of at most `room` columns. Text with wide characters breaks anywhere, other text at blanks."""
    if columns(text) <= room:
        return [text]
    return textwrap.wrap(text, room) if columns(text) == len(text) else chop_cells(text, room)


def justified(text: str, note: str, width: int) -> str:
    """A row with a note at the right edge of `width` columns, or below the row if there is no room for it."""
    if not note:
        return text.rstrip()
    gap = width - columns(text) - columns(note)
    if gap < 2:
        return f"{text}\n{' ' * max(width - columns(note), 4)}{note}"
    return text + " " * gap + note
