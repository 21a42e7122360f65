"""The legacy encodings of East Asia, with and without a declaration: how many samples are decoded correctly.

Samples have 8 to 40 characters, once and repeated eight times, as a page and, undeclared, also as plain text. Declared
encodings are always right; for the others the number of correct guesses is pinned, so that a change shows.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from badinputs import JA, KO, ZH, ZHT, page

from seedclean.model.document import Source
from seedclean.model.errors import SeedcleanError
from seedclean.packs.registry import load
from seedclean.pipeline import examine

TEXTS = {
    "gb2312": ZH, "gbk": "囍鎔" + ZH, "gb18030": "𠮷㐀" + ZH, "hz": ZH, "big5": ZHT, "big5hkscs": "嘅咗" + ZHT, "cp950": ZHT, "shift_jis": JA,
    "cp932": "①" + JA, "euc_jp": JA, "iso2022_jp": JA, "euc_kr": KO, "cp949": "똠" + KO, "johab": KO, "iso2022_kr": KO,
}  # fmt: skip
SIZES = (8, 16, 24, 40)

RIGHT = {
    "gb2312": (8, 12), "gbk": (8, 16), "gb18030": (8, 16), "hz": (8, 16), "big5": (8, 15), "big5hkscs": (8, 13),
    "cp950": (8, 15), "shift_jis": (8, 4), "cp932": (8, 13), "euc_jp": (8, 7), "iso2022_jp": (8, 16),
    "euc_kr": (8, 14), "cp949": (8, 16), "johab": (8, 0), "iso2022_kr": (8, 16),
}  # fmt: skip
"""Correct ones of 8 samples that declare their encoding, and of 16 that do not."""


def samples(encoding: str, declared: bool) -> Iterator[tuple[str, Source]]:
    head = f'<meta charset="{encoding.replace("_", "-")}">' if declared else ""
    for size in SIZES:
        text = TEXTS[encoding][:size].strip()
        for times in (1, 8):
            yield text, Source("a.html", page(text, head, times).encode(encoding))
            if not declared:
                yield text, Source("a.txt", (text * times).encode(encoding))


def right(encoding: str, declared: bool) -> int:
    count = 0
    for text, source in samples(encoding, declared):
        try:
            count += text in examine(source, load()).record.text
        except SeedcleanError:  # a text of few letters and many escape characters is refused as not text
            continue
    return count


@pytest.mark.parametrize("encoding", RIGHT)
def test_the_number_of_correctly_decoded_samples(encoding: str) -> None:
    assert (right(encoding, True), right(encoding, False)) == RIGHT[encoding]
