"""From bytes to text: byte order mark, escape sequences, strict UTF-8, the declared encoding, and last a guess."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.model.errors import NotTextError, TooLargeError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)

_BINARY_MAGIC = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"%PDF-", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x7fELF", b"RIFF",
    b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ", b"OggS", b"ID3", b"\xd0\xcf\x11\xe0", b"SQLite format 3", b"wOFF",
    b"wOF2", b"\x00\x00\x01\x00", b"MZ\x90",
)  # fmt: skip
"""First bytes of binary formats: pictures, archives, documents, audio, fonts, programs."""

_DECLARATION = re.compile(
    rb"""<meta\s[^>]{0,200}?charset\s{0,20}=\s{0,20}["']?\s{0,20}([\w.:-]{2,40})|<\?xml\s[^>]{0,200}?encoding\s{0,20}=\s{0,20}["']([\w.:-]{2,40})""",
    re.I,
)

_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "gb18030": "gb18030",
          "iso-8859-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252", "big5": "big5hkscs",
          "shift_jis": "cp932", "x-sjis": "cp932", "ks_c_5601-1987": "cp949", "euc-kr": "cp949"}  # fmt: skip
"""Declared encoding -> the superset that browsers decode it as (https://encoding.spec.whatwg.org)."""

_IGNORED_CHARSETS = frozenset(
    {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7"}
)
"""Declared encodings that are ignored: bytes that are not valid UTF-8 and have no byte order mark cannot be in them, and
browsers refuse UTF-7."""

_WEB_ENCODINGS = [
    "cp1252",
    "gb18030",
    "big5",
    "big5hkscs",
    "cp932",
    "euc_jp",
    "cp949",
    "cp1251",
    "koi8_r",
    "koi8_u",
    "cp1250",
    "iso8859_2",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1258",
    "cp874",
    "utf_16_le",
    "utf_16_be",
]
"""Candidates for the guess: the legacy encodings of https://encoding.spec.whatwg.org. With all of Python's encodings,
charset-normalizer takes one accented word for an encoding of mainframes."""

_ESCAPE_SEQUENCES = (
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
    (re.compile(rb"\x1b\$(?:[@B]|\(D)"), "iso2022_jp_ext"),
    (re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e]){2,}~\}"), "hz"),
)
"""Escape sequence -> seven-bit encoding of Korean, Japanese or Chinese."""

_HEAD_BYTES = 4096
"""Bytes searched for a declaration (browsers search 1024), and for NUL and control characters."""
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1b")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a source and its encoding.

    `known_by`: the step that determined the encoding. `damaged`: whether the text holds U+FFFD, the substitute for
    invalid bytes.
    """

    text: str
    encoding: str
    known_by: str
    damaged: bool


def decode(source: Source) -> Decoded:
    """Decode a source. Raises TooLargeError above `limits.SOURCE_BYTES` and NotTextError if the bytes are not text.

    NUL becomes U+FFFD, which has the same length, so spans stay valid; nothing else is repaired.
    """
    if len(source.data) > limits.SOURCE_BYTES:
        raise TooLargeError(source.path, f"{len(source.data):,} bytes", f"at most {limits.SOURCE_BYTES:,} are read")
    _refuse_binary(source)
    try:
        text, encoding, known_by = _decode(source.data)
    except UnicodeError as error:
        raise NotTextError(source.path, str(error), "is it text?") from error
    if text.count("\0") * 10 > len(text):
        raise NotTextError(source.path, "more than a tenth of the characters are NUL", "extract its text first")
    text = text.replace("\0", "\ufffd")
    return Decoded(text, encoding, known_by, "\ufffd" in text)


def _refuse_binary(source: Source) -> None:
    head = source.data[:_HEAD_BYTES]
    if any(head.startswith(magic) for magic in _BINARY_MAGIC):
        raise NotTextError(source.path, "the first bytes are those of a binary format", "extract its text first")
    if any(head.startswith(mark) for mark, _, _ in _BYTE_ORDER_MARKS) or _utf16_by_nuls(head) is not None:
        return
    is_korean = b"\x1b$)C" in head  # ISO-2022-KR switches scripts by the control characters SO and SI
    controls = 0 if is_korean else len(head) - len(head.translate(None, _CONTROLS))
    if controls * 10 > len(head):
        raise NotTextError(source.path, "more than a tenth of the first bytes are control characters", "is it text?")


def _decode(data: bytes) -> tuple[str, str, str]:
    for mark, codec, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            body = data[len(mark) :] if codec == "utf-8" else data
            return body.decode(codec, "replace"), name, "byte-order-mark"
    if (escaped := _decode_escapes(data)) is not None:
        return *escaped, "escape-sequences"
    if (utf16 := _utf16_by_nuls(data[:_HEAD_BYTES])) is not None:
        return data.decode(utf16, "replace"), utf16, "nul-pattern"
    try:
        return data.decode("utf-8"), "utf-8", "strict-utf-8"
    except UnicodeDecodeError:
        pass
    if (declared := _declared(data)) is not None:
        return data.decode(declared, "replace"), declared, "declared"
    return _guess(data)


def _decode_escapes(data: bytes) -> tuple[str, str] | None:
    """Text and encoding of seven-bit bytes that switch scripts by escape sequences, which are valid UTF-8 too; else None."""
    if not data.isascii() or (b"\x1b" not in data and (b"~" not in data or b"~{" not in data)):
        return None
    for mark, codec in _ESCAPE_SEQUENCES:
        if mark.search(data):
            try:
                return data.decode(codec), codec.replace("_", "-")
            except UnicodeDecodeError:
                continue
    return None


def _utf16_by_nuls(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: in text that is mostly ASCII, nearly every second byte is NUL."""
    pairs = len(head) // 2
    if pairs < 8:
        return None
    if head[1::2].count(0) > pairs * 0.4 and head[0::2].count(0) < pairs * 0.1:
        return "utf-16-le"
    if head[0::2].count(0) > pairs * 0.4 and head[1::2].count(0) < pairs * 0.1:
        return "utf-16-be"
    return None


def _declared(data: bytes) -> str | None:
    """The encoding that the page declares, by `python_encoding`."""
    declaration = _DECLARATION.search(data[:_HEAD_BYTES])
    if not declaration:
        return None
    return python_encoding((declaration[1] or declaration[2]).decode("ascii", "replace"))


def python_encoding(name: str) -> str | None:
    """Python's name for a declared encoding, with the superset browsers use; None if it is unknown or ignored."""
    name = _SUPERSETS.get(name.lower(), name.lower())
    try:
        b"a".decode(name, "replace")  # LookupError if it is no encoding of text; empty bytes would not raise it
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if codec in _IGNORED_CHARSETS else name


def to_utf8(data: bytes, charset: str | None) -> bytes:
    """The bytes in UTF-8, if their envelope (a mail part, an HTTP response) states another encoding; else unchanged.

    Valid UTF-8 stays, whatever the envelope states. After the conversion `decode` ignores the declaration in the
    document, as it tries strict UTF-8 first.
    """
    name = python_encoding(charset) if charset else None
    if name is None:
        return data
    seven_bit = codecs.lookup(name).name.startswith(("iso2022", "hz"))  # such bytes are valid UTF-8 too
    if not seven_bit and _is_utf8(data):
        return data
    return data.decode(name, "replace").encode("utf-8")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _guess(data: bytes) -> tuple[str, str, str]:
    """Text, encoding and step for bytes that state no encoding. Raises UnicodeError if none fits.

    Text that is UTF-8 but for a few bytes stays UTF-8: one broken character must not turn a page into mojibake.
    charset-normalizer gets only the lines with non-ASCII bytes, as ASCII markup hides the evidence.
    """
    lenient = data.decode("utf-8", "replace")
    non_ascii = sum(byte >= 0x80 for byte in data[:1_000_000])
    lost = lenient[:1_000_000].count("\ufffd")
    if lost * 20 <= non_ascii:
        return lenient, "utf-8", "mostly-utf-8"
    lines = b"\n".join(line for line in data[:2_000_000].split(b"\n") if not line.isascii())
    if _is_gb2312(lines):
        return data.decode("gb18030", "replace"), "gb18030", "guessed"
    from charset_normalizer import from_bytes  # 25 ms to import, needed by one file in a thousand

    best = from_bytes(lines[:65_536], cp_isolation=_WEB_ENCODINGS).best()
    if best is None and lost * 3 > len(lenient[:1_000_000]):
        raise UnicodeError("no encoding makes text of these bytes")
    name = best.encoding if best else "utf-8"
    name = _SUPERSETS.get(name, name)
    return data.decode(name, "replace"), name, "guessed"


def _is_gb2312(lines: bytes) -> bool:
    """Whether bytes are simplified Chinese; charset-normalizer takes short ones for Korean, Japanese or Big5.

    GB 2312 has its 3,755 common characters in rows 0xB0 to 0xD7, sorted by pronunciation, so a text uses all these rows.
    EUC-KR has its syllables in the first half of them only, EUC-JP its kana in row 0xA4, and bytes of other encodings
    decode to characters all over GB 18030.
    """
    text = lines.decode("gb18030", "replace")
    rows = [char.encode("gb18030", "replace")[0] for char in text if char > "\x7f"]
    letter_rows = [row for row in rows if not 0xA1 <= row <= 0xA9]
    common = sum(0xB0 <= row <= 0xD7 for row in letter_rows)
    late = sum(0xC9 <= row <= 0xD7 for row in letter_rows)
    kana = sum("\u3040" <= char <= "\u30ff" for char in text)
    return common >= 2 and common * 10 >= len(letter_rows) * 9 and late * 6 >= common and kana * 20 < common
