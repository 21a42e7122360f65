"""Bytes to text: byte order mark, escape sequences, strict UTF-8, what the page declares, and only then a guess."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.model.errors import NotTextError, TooLargeError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)

_MAGIC = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"%PDF-", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x7fELF", b"RIFF",
    b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ", b"OggS", b"ID3", b"\xd0\xcf\x11\xe0", b"SQLite format 3", b"wOFF",
    b"wOF2", b"\x00\x00\x01\x00", b"MZ\x90",
)  # fmt: skip

_DECLARED = re.compile(
    rb"""<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.I,
)

_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "gb18030": "gb18030",
          "iso-8859-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252", "big5": "big5hkscs",
          "shift_jis": "cp932", "x-sjis": "cp932", "ks_c_5601-1987": "cp949", "euc-kr": "cp949"}  # fmt: skip
"""What browsers read a declared encoding as: the superset that pages of that name really use."""

_NEVER_DECLARED = frozenset({"utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-7"})
"""Names that bytes which are not UTF-8 and bear no mark cannot have, and one that browsers refuse."""

_OF_THE_WEB = [
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
"""The legacy encodings of https://encoding.spec.whatwg.org that pages are found in. Asked about all that Python knows, a
guesser takes one accented word for an encoding of mainframes."""

_SWITCHES = (
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
    (re.compile(rb"\x1b\$(?:[@B]|\(D)"), "iso2022_jp_ext"),
    (re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e]){2,}~\}"), "hz"),
)
"""What begins Korean, Japanese and Chinese in encodings of seven bits."""

_HEAD = 4096
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1b")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a source, its encoding, how that was known, and whether bytes were lost to U+FFFD."""

    text: str
    encoding: str
    known_by: str
    damaged: bool


def decode(source: Source) -> Decoded:
    """Decode a source. Raises TooLargeError above `limits.SOURCE_BYTES` and NotTextError where no text is to be had.

    NUL becomes U+FFFD, which is as long, so that spans hold; nothing else of the text is repaired.
    """
    if len(source.data) > limits.SOURCE_BYTES:
        raise TooLargeError(source.path, f"{len(source.data):,} bytes", f"at most {limits.SOURCE_BYTES:,} are read")
    _refuse_binary(source)
    try:
        text, encoding, known_by = _decode(source.data)
    except UnicodeError as error:
        raise NotTextError(source.path, str(error), "is it text?") from error
    if text.count("\0") * 10 > len(text):
        raise NotTextError(
            source.path, "more than a tenth of the characters are NUL", "give the text, not its container"
        )
    text = text.replace("\0", "\ufffd")
    return Decoded(text, encoding, known_by, "\ufffd" in text)


def _refuse_binary(source: Source) -> None:
    head = source.data[:_HEAD]
    if any(head.startswith(magic) for magic in _MAGIC):
        raise NotTextError(source.path, "the first bytes are those of a binary format", "extract its text first")
    controls = len(head) - len(head.translate(None, _CONTROLS)) if b"\x1b$)C" not in head else 0
    if not any(head.startswith(mark) for mark, _, _ in _MARKS) and _wide(head) is None and controls * 10 > len(head):
        raise NotTextError(source.path, "more than a tenth of the first bytes are control characters", "is it text?")


def _decode(data: bytes) -> tuple[str, str, str]:
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            body = data[len(mark) :] if codec == "utf-8" else data
            return body.decode(codec, "replace"), name, "byte-order-mark"
    if (found := _escaped(data)) is not None:
        return *found, "escape-sequences"
    if (wide := _wide(data[:_HEAD])) is not None:
        return data.decode(wide, "replace"), wide, "nul-pattern"
    try:
        return data.decode("utf-8"), "utf-8", "strict-utf-8"
    except UnicodeDecodeError:
        pass
    if (declared := _declared(data)) is not None:
        return data.decode(declared, "replace"), declared, "declared"
    return _guess(data)


def _escaped(data: bytes) -> tuple[str, str] | None:
    """The text and the encoding of seven-bit bytes that switch to other letters; as UTF-8 they would pass for ASCII."""
    if not data.isascii() or (b"\x1b" not in data and (b"~" not in data or b"~{" not in data)):
        return None
    for mark, codec in _SWITCHES:
        if mark.search(data):
            try:
                return data.decode(codec), codec.replace("_", "-")
            except UnicodeDecodeError:
                continue
    return None


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of ASCII-heavy text is NUL."""
    pairs = len(head) // 2
    if pairs < 8:
        return None
    if head[1::2].count(0) > pairs * 0.4 and head[0::2].count(0) < pairs * 0.1:
        return "utf-16-le"
    if head[0::2].count(0) > pairs * 0.4 and head[1::2].count(0) < pairs * 0.1:
        return "utf-16-be"
    return None


def _declared(data: bytes) -> str | None:
    """The encoding that the page declares and Python knows, widened as browsers do."""
    found = _DECLARED.search(data[:_HEAD])
    if not found:
        return None
    return widened((found[1] or found[2]).decode("ascii", "replace"))


def widened(name: str) -> str | None:
    """The encoding that a name stands for in a declaration, as browsers read it; None where it can be none."""
    name = _WIDER.get(name.lower(), name.lower())
    try:
        b"a".decode(name, "replace")  # no bytes at all would be decoded without asking for the name
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if known in _NEVER_DECLARED else name


def _guess(data: bytes) -> tuple[str, str, str]:
    """Ask charset-normalizer, and only about the lines that hold other bytes than ASCII: markup drowns the evidence.

    Text that is UTF-8 but for a few bytes stays UTF-8: guessing anew would turn a whole page to mojibake for one
    broken character. Raises UnicodeError where no encoding is to be had and the bytes are not UTF-8 for the most part.
    """
    lenient = data.decode("utf-8", "replace")
    beyond = sum(byte >= 0x80 for byte in data[:1_000_000])
    lost = lenient[:1_000_000].count("\ufffd")
    if lost * 20 <= beyond:
        return lenient, "utf-8", "mostly-utf-8"
    lines = b"\n".join(line for line in data[:2_000_000].split(b"\n") if not line.isascii())
    if _is_chinese(lines):
        return data.decode("gb18030", "replace"), "gb18030", "guessed"
    from charset_normalizer import from_bytes  # 25 ms to import, needed by one file in a thousand

    best = from_bytes(lines[:65_536], cp_isolation=_OF_THE_WEB).best()
    if best is None and lost * 3 > len(lenient[:1_000_000]):
        raise UnicodeError("no encoding makes text of these bytes")
    name = best.encoding if best else "utf-8"
    name = _WIDER.get(name, name)
    return data.decode(name, "replace"), name, "guessed"


def _is_chinese(lines: bytes) -> bool:
    """Whether bytes are simplified Chinese, which a guesser takes for Korean, Japanese or Big5 where there is little of it.

    GB 2312 has its 3,755 common characters in the rows 0xB0 to 0xD7, by their sound. Korean has all its syllables in the
    first half of these rows, Japanese kana in row 0xA4, and what is none of the three falls all over GB 18030.
    """
    text = lines.decode("gb18030", "replace")
    beyond = [char.encode("gb18030", "replace")[0] for char in text if char > "\x7f"]
    signs = [row for row in beyond if not 0xA1 <= row <= 0xA9]
    common = sum(0xB0 <= row <= 0xD7 for row in signs)
    late = sum(0xC9 <= row <= 0xD7 for row in signs)
    kana = sum("\u3040" <= char <= "\u30ff" for char in text)
    return common >= 2 and common * 10 >= len(signs) * 9 and late * 6 >= common and kana * 20 < common
