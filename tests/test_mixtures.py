"""Bytes in two encodings, encodings that pages misstate, and UTF-8 that was encoded twice."""

from __future__ import annotations

import pytest

from seedclean.model.document import Source
from seedclean.sources.charsets import python_encoding
from seedclean.sources.encoding import decode

ZH = "守塔人每天记两本账，第一本是油，第二本只有一列。"
MORE = "夜里起雾的时候，他把灯芯剪短，再把窗子擦一遍。"
ZHT = "守塔人每天記兩本帳，第一本是油，第二本只有一列。"


def _decoded(data: bytes) -> tuple[str, str]:
    result = decode(Source("a", data))
    return result.text, result.known_by


@pytest.mark.parametrize(
    ("data", "text", "known_by"),
    [
        (f"<meta charset=gb2312>{ZH}".encode(), f"<meta charset=gb2312>{ZH}", "strict-utf-8"),
        (f"<meta charset=gb2312>{ZH}".encode()[:-1], f"<meta charset=gb2312>{ZH[:-1]}\ufffd", "mostly-utf-8"),
        (f"<meta charset=utf-8>{ZH}".encode("gbk"), f"<meta charset=utf-8>{ZH}", "guessed"),
        (ZH.encode("utf-16-le"), ZH, "guessed"), (ZH.encode("utf-16-be"), ZH, "guessed"),
        (b"see ~/lamp: " + ZH.encode("hz"), f"see ~/lamp: {ZH}", "escape-sequences"),
    ],
)  # fmt: skip
def test_the_bytes_are_believed_before_the_declaration(data: bytes, text: str, known_by: str) -> None:
    assert _decoded(data) == (text, known_by)


@pytest.mark.parametrize(
    ("encoding", "text"), [("gbk", ZH), ("gb18030", ZH), ("big5", ZHT), ("big5hkscs", "嘅咗" + ZHT)]
)
@pytest.mark.parametrize("is_declared", [True, False])
def test_each_half_of_a_page_is_read_in_its_encoding(encoding: str, text: str, is_declared: bool) -> None:
    head = f"<meta charset={encoding}>" if is_declared else "<p>"
    data = f"{head}<p>{text * 4}</p>".encode(encoding) + f"<p>{MORE}</p>".encode()
    assert _decoded(data) == (f"{head}<p>{text * 4}</p><p>{MORE}</p>", "mixed-with-utf-8")


@pytest.mark.parametrize(
    "text", [ZH, ZHT, "联通", "déjà vu, où l'été finit; ça ira, là-bas à côté", "Ã© is mojibake. " + ZH, "lamp"]
)
def test_text_that_was_encoded_once_has_no_warning(text: str) -> None:
    assert decode(Source("a", text.encode())).warnings == ()


@pytest.mark.parametrize("encoding", ["latin-1", "gb18030"])
def test_text_that_was_encoded_twice_has_a_warning_and_stays(encoding: str) -> None:
    mojibake = (ZH + MORE).encode().decode(encoding, "ignore")
    result = decode(Source("a", mojibake.encode()))
    assert (result.text, "double-encoded" in result.warnings) == (mojibake, True)


@pytest.mark.parametrize(
    "name", ["raw_unicode_escape", "unicode_escape", "punycode", "idna", "undefined", "utf-7", "utf-16", "mbcs", "rot13", "base64", "", "lamp"]
)  # fmt: skip
def test_a_name_that_is_no_character_set_is_ignored(name: str) -> None:
    assert python_encoding(name) is None


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("GB2312", "gb18030"), ("Big5-HKSCS", "big5-hkscs"), ("hz-gb-2312", "hz-gb-2312"), ("windows-1251", "windows-1251"), ("koi8-r", "koi8-r"),
     ("iso-8859-1", "cp1252"), ("tis-620", "tis-620"), ("macintosh", "macintosh"), ("euc-jp", "euc-jp"), ("iso-2022-jp", "iso-2022-jp")],
)  # fmt: skip
def test_a_character_set_is_read_as_browsers_do(name: str, encoding: str) -> None:
    assert python_encoding(name) == encoding


@pytest.mark.parametrize(
    ("text", "encoding", "is_flagged"),
    [
        ("一座旧桥立在城北，已经有三百年了。桥上的石狮子每只都不一样，孩子们喜欢数它们。", "gbk", True),
        ("Старый мост стоит на севере города уже триста лет, и дети любят считать его львов.", "cp1251", True),
        (
            "Le vieux pont est là depuis trois cents ans, élevé où l'été éphémère s'achève à Angoulême.",
            "latin-1",
            False,
        ),
        ("¡¡¡¡¡¡ ······ °°°°°° §§§§§§ ««««««« »»»»»»» ¿¿¿¿¿¿¿ ······ ······", "latin-1", False),
    ],
)
def test_another_encoding_read_as_latin_1(text: str, encoding: str, is_flagged: bool) -> None:
    garbled = text.encode(encoding).decode("latin-1")
    result = decode(Source("a.txt", garbled.encode()))
    assert (result.text, "double-encoded" in result.warnings) == (garbled, is_flagged)
