"""Bytes that state no encoding: which encoding is guessed, and what is refused as not text."""

from __future__ import annotations

import random

import pytest

from seedclean.model.document import Source
from seedclean.model.errors import NotTextError
from seedclean.sources.encoding import decode

TEXTS = {
    "gb18030": "守塔人每天记两本账，第一本是油，第二本只有一列。",
    "big5hkscs": "守塔人每天記兩本帳，第一本是油，第二本只有一列，記的是經過的船。",
    "cp932": "灯台守は毎日二冊の帳面をつける。一冊目は油、二冊目は通り過ぎた船の数だけを書く。",
    "euc_jp": "灯台守は毎日二冊の帳面をつける。一冊目は油、二冊目は通り過ぎた船の数だけを書く。",
    "cp949": "등대지기는 매일 장부를 두 권 쓴다. 첫째 권은 기름이고 둘째 권은 지나간 배의 수뿐이다.",
    "cp1251": "Смотритель маяка каждый день ведёт две книги, и во второй только один столбец.",
}


@pytest.mark.parametrize("encoding", sorted(TEXTS))
def test_the_encoding_of_a_sentence_is_guessed(encoding: str) -> None:
    decoded = decode(Source("a.txt", TEXTS[encoding].encode(encoding)))
    assert (decoded.text, decoded.known_by) == (TEXTS[encoding], "guessed")


@pytest.mark.parametrize("text", ["你好，世界", "短句子很少见", "四时八节"])
def test_a_few_chinese_words_are_not_decoded_as_korean(text: str) -> None:
    assert decode(Source("a.txt", text.encode("gb18030"))).text == text


def test_an_accented_word_is_not_decoded_as_ebcdic() -> None:
    assert decode(Source("a.txt", "déjà vu".encode("cp1252"))).text.endswith(" vu")


def test_random_bytes_are_refused() -> None:
    chance = random.Random(7).randbytes(4000).translate(None, bytes(range(9)))
    with pytest.raises(NotTextError):
        decode(Source("a.txt", chance))
