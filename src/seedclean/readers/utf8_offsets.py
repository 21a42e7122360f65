"""Offsets in UTF-8 to offsets in code points."""

from __future__ import annotations


class Utf8Offsets:
    """The offsets of a text: cheap where each that is asked for is near the last one. `_byte` and `_char` are that one."""

    def __init__(self, text: str) -> None:
        self.encoded = text.encode("utf-8")
        self._is_ascii = len(self.encoded) == len(text)
        self._byte = self._char = 0

    def char(self, byte: int) -> int:
        """The code point at an offset in bytes."""
        if self._is_ascii:
            return byte
        if byte >= self._byte:
            self._char += len(self.text(self._byte, byte))
        else:
            self._char -= len(self.text(byte, self._byte))
        self._byte = byte
        return self._char

    def text(self, start: int, end: int) -> str:
        """The text between two offsets in bytes."""
        return self.encoded[start:end].decode("utf-8")
