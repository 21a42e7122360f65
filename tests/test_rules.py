"""Rule packs: every rule has a witness and spares its near misses; a wrong pack is told what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import FIXTURES, cleaned, own

from seedclean.decisions.verdicts import DEFAULTS
from seedclean.model.document import Source
from seedclean.model.errors import PackError
from seedclean.packs.check import check, near_misses, without_witness
from seedclean.packs.parser import faults, parse_pack
from seedclean.packs.registry import load
from seedclean.pipeline import examine

GOOD = """
id = "river"
name = "River News"
host = ["river.example"]

[[rule]]
remove = "share"
category = "engagement"
why = "The share bar."
says = "Share this"
"""


def test_every_rule_has_a_witness() -> None:
    """Law 6, first half."""
    fired = {decision.rule for path in own() for decision in cleaned(path).decisions}
    assert without_witness(load(), fired) == []
    elsewhere = {
        "article/repeats",
        "article/empty-box",
        "article/entry",
        "article/term",
        "article/note",
    }  # tests/test_learning.py, tests/test_decisions.py and tests/test_entries.py have these
    assert set(DEFAULTS) - elsewhere <= fired


def test_every_clue_decides_somewhere() -> None:
    decided = {cleaned(path).detection.clue for path in own()}
    held = {clue.id for pack in load().packs.values() if pack.role == "origin" for clue in pack.clues}
    assert held <= decided


def test_every_rule_spares_its_near_misses() -> None:
    """Law 6, second half."""
    assert [str(fault) for pack in load().packs.values() for fault in near_misses(pack)] == []


def test_a_good_pack_has_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "river.toml"
    file.write_text(GOOD, "utf-8")
    assert check(file) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("says = ", "unknown key 'sayz'"),
        ("category = ", "unknown key 'categroy': did you mean 'category'?"),
    ],
    ids=["says", "category"],
)
def test_a_typo_is_met_with_what_was_meant(wrong: str, said: str) -> None:
    typo = {"says = ": "sayz = ", "category = ": "categroy = "}[wrong]
    told = [
        str(fault).replace(" (did", ": did").replace("?)", "?")
        for fault in faults(GOOD.replace(wrong, typo), "river.toml")
    ]
    assert any(said in line for line in told)
    assert all("river.toml, rule share" in line for line in told)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('id = "river"\n', ""), "'id' is missing"),
        (('id = "river"', 'id = "River!"'), "other characters"),
        (('why = "The share bar."\n', ""), "'why' is missing"),
        (('category = "engagement"\n', ""), "a removal needs a category"),
        (('category = "engagement"', 'category = "engagment"'), "did you mean 'engagement'?"),
        (('says = "Share this"', 'matches = "(a"'), "not one of RE2"),
        (('says = "Share this"', 'matches = "(?<=a)b"'), "not one of RE2"),
        (('says = "Share this"', 'inside = "div p"'), "not a selector"),
        (('says = "Share this"', 'kind = "paragraf"'), "did you mean 'paragraph'?"),
        (('says = "Share this"', "says = 3"), "neither a text nor a list"),
        (('says = "Share this"', 'first = "x"'), "no count"),
        (('says = "Share this"\n', ""), "no condition"),
        (('host = ["river.example"]', 'host = ["https://river.example/"]'), "no host name"),
        (("[[rule]]", "[[rules]]"), "did you mean 'rule'?"),
        (("[[rule]]", "[rule]"), "no list of tables"),
        (('remove = "share"', 'remove = "share"\nkeep = "share"'), "either `remove` or `keep`"),
        (('name = "River News"', 'name = "River News"\nextends = "wechat"'), "go together"),
        (('says = "Share this"', 'says = "Share this"\nas = "titel"'), "did you mean 'title'?"),
        (('says = "Share this"', 'same = "headline"'), "`same` cannot compare"),
        (("[[rule]]", '[front]\nsource = "sauce"\n\n[[rule]]'), "names no metadata"),
        (('id = "river"', 'id = "river'), "not TOML"),
    ],
)
def test_a_fault_is_named(change: tuple[str, str], said: str, tmp_path: Path) -> None:
    wrong = GOOD.replace(*change)
    assert wrong != GOOD
    assert any(said in str(fault) for fault in faults(wrong, "river.toml"))
    with pytest.raises(PackError):
        parse_pack(wrong, "river.toml")


def test_all_faults_are_told_at_once() -> None:
    assert len(faults(GOOD.replace("category", "categroy").replace("says", "sayz"), "river.toml")) >= 3


def test_a_rule_that_does_not_spare_is_told(tmp_path: Path) -> None:
    file = tmp_path / "river.toml"
    file.write_text(GOOD + 'spares = ["Share  this"]\n', "utf-8")
    (fault,) = check(file)
    assert "does not spare" in str(fault)


def test_a_host_belongs_to_one_origin(tmp_path: Path) -> None:
    file = tmp_path / "river.toml"
    file.write_text(GOOD.replace("river.example", "gmw.cn"), "utf-8")
    (fault,) = check(file)
    assert "claimed by" in str(fault)


def test_a_pack_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert "No such file" in str(check(tmp_path / "none.toml")[0])
    latin = tmp_path / "latin.toml"
    latin.write_bytes("id = 'é'".encode("latin-1"))
    assert "not UTF-8" in str(check(latin)[0])
    with pytest.raises(PackError):
        load([latin])


FRAME = """
id = "river"
name = "River News"
host = ["river.example"]

[[rule]]
keep = "under"
why = "The note right under the body belongs to the article."
previous = { rule = "body" }

[boxes]
engagement.share = ".share"

[body]
inside = "#text"
below = "footer"
headline = "h1"

[body.text]
title = "(?P<title>.+) - River News"
head.time = '(?P<published>\\d{4}-\\d{2}-\\d{2})'
head.desk = "Desk: .+"
foot.rights = "© River News"
"""


def test_a_frame_expands_to_rules_behind_the_own_ones() -> None:
    pack = parse_pack(FRAME, "river.toml")
    assert [rule.id.removeprefix("river/") for rule in pack.rules] == [
        *["under", "share", "headline", "blank", "body", "above", "below"],
        *["page-title-text", "time-text", "desk-text", "headline-text", "rights-text", "above-text", "below-text"],
    ]
    assert pack.frame == ("river/body", "river/desk-text")
    assert pack.rules[0].verdict == "keep"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("engagement.share", "engagment.share"), "did you mean 'engagement'?"),
        (('inside = "#text"\n', ""), "'inside' is missing"),
        (('inside = "#text"', 'inside = "div p"'), "[body]: inside = 'div p': not a selector"),
        (("below =", "bellow ="), "did you mean 'below'?"),
        (("foot.rights", "feet.rights"), "did you mean 'foot'?"),
        (('"Desk: .+"', "3"), "head.desk is no pattern"),
        (('"Desk: .+"', '{ rule = "desks" }'), "there is no rule 'desks'"),
        (('"Desk: .+"', '"(a"'), "rule desk-text: the pattern '(a' is not one of RE2"),
        (("[[rule]]", 'frame = ["bodies"]\n\n[[rule]]'), "there is no rule 'bodies'"),
    ],
)
def test_a_fault_of_a_frame_is_named(change: tuple[str, str], message: str) -> None:
    wrong = FRAME.replace(*change)
    assert wrong != FRAME
    assert any(message in str(fault) for fault in faults(wrong, "river.toml"))


WRITTEN = '\n[[clue]]\nid = "fence"\nwhy = "Its own."\nwritten = [\'~{4} end\', \'：{2}\']\nspares = ["~~~~ ending"]\n'


@pytest.mark.parametrize(
    ("text", "is_known"),
    [("a\n\n~~~~ end\n", True), ("~~~~ end\r\nb", True), ("a ~~~~ end\n", False), ("：：\n", True), ("::\n", False)],
)
def test_a_clue_is_a_line_of_the_source_as_it_is_written(text: str, is_known: bool, tmp_path: Path) -> None:
    (tmp_path / "river.toml").write_text('id = "river"\nname = "River"\nrole = "capture"\n' + WRITTEN, "utf-8")
    detection = examine(Source("a.md", text.encode()), load([tmp_path / "river.toml"])).detection
    assert (detection.capture, detection.clue) == (("river", "river/fence") if is_known else ("", ""))


def test_a_pattern_for_a_line_of_the_source_is_checked() -> None:
    wrong = WRITTEN.replace("~{4} end", "(a")
    assert any("the pattern '(a' is not one of RE2" in str(fault) for fault in faults(GOOD + wrong, "river.toml"))


def test_a_clue_cannot_compare_with_what_the_document_states() -> None:
    clue = '\n[[clue]]\nid = "name"\nwhy = "Its name."\nsame = "publisher"\n'
    assert any("a clue cannot ask for `same`" in str(fault) for fault in faults(GOOD + clue, "river.toml"))


@pytest.mark.parametrize(
    ("url", "length"),
    [
        ("https://www.bbc.com/zhongwen/simp/1", 16),
        ("http://bbc.com/zhongwen", 16),
        ("https://www.bbc.com/zhongwenbao/1", 0),
        ("https://www.bbc.com/news/1", 0),
        ("https://notbbc.com/zhongwen/1", 0),
    ],
)
def test_a_host_with_a_path_claims_only_what_lies_below_it(url: str, length: int) -> None:
    assert load().packs["bbc"].claim(url) == length


def test_pages_of_the_bbc_in_english_get_no_rules_of_its_chinese_edition() -> None:
    result = cleaned(FIXTURES / "bbc-news" / "report.html")
    assert result.detection.origin == "bbc-news"
    assert not [decision.rule for decision in result.decisions if decision.rule.startswith("bbc/")]
