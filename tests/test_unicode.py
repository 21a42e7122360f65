"""The tables of Unicode differ by the version of Python; what is decided with them does not."""

from __future__ import annotations

import unicodedata

from seedclean.values.tables import table
from seedclean.values.text import _OLD, normal, squash


def unassigned() -> set[int]:
    parts = [part.partition("-") for part in table("unassigned")["ranges"].split()]
    return {code for first, _, last in parts for code in range(int(first, 16), int(last or first, 16) + 1)}


def test_what_unicode_14_does_not_assign_has_no_meaning() -> None:
    for char in ("\U0002ebf0", "\U000323af", "\U0001fae8", "\U00016ea0", "\ua7cb"):
        assert normal(f"lamp {char} lit") == "lamp \ufffd lit"
        assert squash(f"Lamp {char} 灯") == "lamp灯"


def test_the_table_is_that_of_unicode_14() -> None:
    """Every version assigns what the ones before it did, and Unicode 14.0 itself has exactly these."""
    now = {code for code in range(0x110000) if unicodedata.category(chr(code)) == "Cn"}
    assert now <= unassigned()
    if unicodedata.unidata_version == "14.0.0":
        assert now == unassigned()


def test_the_quick_way_leads_past_no_unassigned_character() -> None:
    assert not [code for code in unassigned() if _OLD.fullmatch(chr(code))]
