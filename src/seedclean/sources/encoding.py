"""From bytes to text: byte order mark, escape sequences, strict UTF-8, the declared encoding, and last a guess."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.model.errors import NotTextError, TooLargeError
from seedclean.sources.charsets import is_seven_bit, python_encoding, superset
from seedclean.sources.mixtures import decode_mixture, has_utf8_among_others, is_double_encoded, without_utf8

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

_USUAL = re.compile("[\t\n\r -~\u2010-\u2026\u3000-\u3011\u4e00-\u9fa5\uff01-\uff5e]")
_SPACE_OR_MARK = re.compile("[\n ，。、]")
"""Characters of a Chinese text, and those that none of some length is without."""

_HEAD_BYTES = 4096
"""Bytes searched for a declaration (browsers search 1024), and for NUL and control characters."""
_ASCII = bytes(range(0x80))
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1b")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a source and its encoding.

    `known_by`: the step that determined the encoding. `warnings`: "undecodable-bytes" if the text holds U+FFFD, the
    substitute for invalid bytes; "double-encoded" if it looks like UTF-8 that was encoded twice.
    """

    text: str
    encoding: str
    known_by: str
    warnings: tuple[str, ...]


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
    if "\0" in text:
        if text.count("\0") * 10 > len(text):
            raise NotTextError(source.path, "more than a tenth of the characters are NUL", "extract its text first")
        text = text.replace("\0", "\ufffd")
    warnings = {"undecodable-bytes": "\ufffd" in text, "double-encoded": is_double_encoded(text)}
    return Decoded(text, encoding, known_by, tuple(code for code, holds in warnings.items() if holds))


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
    if (utf16 := _utf16_by_script(data)) is not None:
        return data.decode(utf16, "replace"), utf16, "guessed"
    lenient = data.decode("utf-8", "replace")
    if _is_mostly_utf8(data, lenient):
        return lenient, "utf-8", "mostly-utf-8"
    declared = _declared(data)
    if has_utf8_among_others(data):
        legacy = declared or _guess(without_utf8(data))[1]
        return decode_mixture(data, legacy), legacy, "mixed-with-utf-8"
    if declared is not None:
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
                if codec == "hz":
                    return _decode_hz_runs(data), codec
    return None


def _decode_hz_runs(data: bytes) -> str:
    """HZ in a text with other tildes, which the codec refuses: each run of two-byte characters by itself."""
    run = _ESCAPE_SEQUENCES[-1][0]
    return run.sub(lambda match: match[0].decode("hz", "replace").encode(), data).decode("utf-8", "replace")


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


def _utf16_by_script(data: bytes) -> str | None:
    """UTF-16 without a byte order mark in a text that is mostly Chinese, and has hardly a NUL.

    Other bytes read as UTF-16 are characters of many scripts.
    """
    sample = data[: _HEAD_BYTES // 2 * 2]
    for codec in ("utf-16-le", "utf-16-be"):
        text = sample.decode(codec, "replace")
        usual = len(_USUAL.findall(text))
        if len(text) >= 8 and usual * 50 >= len(text) * 49 and _SPACE_OR_MARK.search(text):
            return codec
    return None


def _declared(data: bytes) -> str | None:
    """The encoding that the page declares, by `python_encoding`."""
    declaration = _DECLARATION.search(data[:_HEAD_BYTES])
    if not declaration:
        return None
    return python_encoding((declaration[1] or declaration[2]).decode("ascii", "replace"))


def to_utf8(data: bytes, charset: str | None) -> bytes:
    """The bytes in UTF-8, if their envelope (a mail part, an HTTP response) states another encoding; else unchanged.

    Valid UTF-8 stays, whatever the envelope states. After the conversion `decode` ignores the declaration in the
    document, as it tries strict UTF-8 first.
    """
    name = python_encoding(charset) if charset else None
    if name is None:
        return data
    if not is_seven_bit(name) and _is_utf8(data):
        return data
    return data.decode(name, "replace").encode("utf-8")


def _is_mostly_utf8(data: bytes, lenient: str) -> bool:
    """Whether bytes are UTF-8 but for a few: one broken character must not turn a page into mojibake."""
    non_ascii = len(data[:1_000_000].translate(None, _ASCII))
    return lenient[:1_000_000].count("\ufffd") * 20 <= non_ascii


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _guess(data: bytes) -> tuple[str, str, str]:
    """Text, encoding and step for bytes that state no encoding. Raises UnicodeError if none fits.

    charset-normalizer gets only the lines with non-ASCII bytes, as ASCII markup hides the evidence.
    """
    lines = b"\n".join(line for line in data[:2_000_000].split(b"\n") if not line.isascii())
    if _is_gb2312(lines):
        return data.decode("gb18030", "replace"), "gb18030", "guessed"
    from charset_normalizer import from_bytes  # 25 ms to import, needed by one file in a thousand

    best = from_bytes(lines[:65_536], cp_isolation=_WEB_ENCODINGS).best()
    lenient = data[:1_000_000].decode("utf-8", "replace")
    if best is None and lenient.count("\ufffd") * 3 > len(lenient):
        raise UnicodeError("no encoding makes text of these bytes")
    name = best.encoding if best else "utf-8"
    name = superset(name)
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
