"""`seedclean learn`: what repeats from document to document becomes a rule, and what may be content a comment."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from seedclean.learning import spill
from seedclean.learning.learn import LearnOptions, counted, learn
from seedclean.learning.observation import observe
from seedclean.learning.spill import Spill
from seedclean.model.document import Source
from seedclean.model.errors import InputError
from seedclean.packs.parser import faults
from seedclean.packs.registry import PackOptions, load
from seedclean.packs.repetition import key
from seedclean.pipeline import examine

_NAMES = [
    "the ferry",
    "a keeper",
    "our valley",
    "the old mill",
    "that winter",
    "every boat",
    "the council",
    "a heron",
    "the lock",
    "its engineer",
]
_DEEDS = [
    "crossed",
    "repaired",
    "remembered",
    "measured",
    "left behind",
    "watched over",
    "painted",
    "carried",
    "argued about",
    "counted",
]
_TIMES = [
    "before dawn",
    "in the third year",
    "without a word",
    "as the river rose",
    "for his sister",
    "by candle light",
]
_BANNER = "Write to the River Gazette if you know a lock keeper with a story to tell."
_FOOT = "The River Gazette is printed on the paper of the mill at Oberau."


def _prose(seed: int, paragraphs: int = 4) -> list[str]:
    """Paragraphs that no other seed gives."""
    chance = random.Random(seed)
    sentence = [
        f"{chance.choice(_NAMES).capitalize()} {chance.choice(_DEEDS)} {chance.choice(_NAMES)} {chance.choice(_TIMES)}, "
        f"and on day {seed}-{at} {chance.choice(_NAMES)} {chance.choice(_DEEDS)} {chance.choice(_NAMES)}."
        for at in range(paragraphs * 3)
    ]
    return [" ".join(sentence[at : at + 3]) for at in range(0, len(sentence), 3)]


def _markdown(seed: int, head: Sequence[str] = (), tail: Sequence[str] = (), host: str = "gazette.example.org") -> str:
    front = f"---\nurl: https://{host}/{seed}\n---\n\n" if host else ""
    return front + "\n\n".join([f"# Report {seed} from the river", *head, *_prose(seed), *tail]) + "\n"


def _observed(texts: Sequence[str]) -> list[bytes]:
    registry = load()
    return [observe(examine(Source(f"{at:03}.md", text.encode()), registry), registry) for at, text in enumerate(texts)]


def rules_of(observed: Sequence[bytes]) -> str:
    with counted(observed) as corpus:
        return corpus.rules()


def _active(text: str) -> dict[str, dict[str, Any]]:
    """The rules of a file that are not commented out, by their text."""
    assert faults(text, "learnt") == []
    return {rule["says"]: rule for rule in tomllib.loads(text).get("rule", ())}


def _doubtful(text: str) -> dict[str, dict[str, Any]]:
    """The rules in comments, by their text. They are whole: with the # away, the file is valid."""
    lines = text.splitlines()
    rules = [line.removeprefix("# ") for line in lines if line.startswith("# ") and (" = " in line or "[[" in line)]
    return {rule["says"]: rule for rule in tomllib.loads("\n".join(rules)).get("rule", ())}


def _text(source: str, pack: Path | None = None) -> str:
    return str(examine(Source("page.md", source.encode()), load([pack] if pack else ())).record.text)


def test_a_standing_line_becomes_a_rule_for_its_host(tmp_path: Path) -> None:
    learnt = rules_of(_observed([_markdown(at, [_BANNER], [_FOOT]) for at in range(5)]))
    assert set(_active(learnt)) == {_BANNER, _FOOT}
    pack = tmp_path / "learnt.toml"
    pack.write_text(learnt, "utf-8")
    new = _markdown(77, [_BANNER], [_FOOT])
    assert _BANNER in _text(new)
    assert _BANNER not in _text(new, pack)
    assert all(paragraph in _text(new, pack) for paragraph in _prose(77))


def test_a_rule_speaks_of_the_documents_it_was_learnt_from(tmp_path: Path) -> None:
    others = [_markdown(at, host="other.example.net") for at in range(40)]
    learnt = rules_of(_observed([_markdown(at, tail=[_FOOT]) for at in range(5)] + others))
    assert _active(learnt)[_FOOT]["of"] == "gazette.example.org"
    pack = tmp_path / "learnt.toml"
    pack.write_text(learnt, "utf-8")
    assert _FOOT in _text(_markdown(8, tail=[_FOOT], host="other.example.net"), pack)
    assert _FOOT not in _text(_markdown(8, tail=[_FOOT]), pack)


def test_a_line_of_many_hosts_has_one_rule() -> None:
    hosts = [f"site{at % 4}.example.org" for at in range(12)]
    learnt = rules_of(_observed([_markdown(at, tail=[_FOOT], host=host) for at, host in enumerate(hosts)]))
    assert [rule["of"] for rule in _active(learnt).values()] == ["example.org"]


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ("## What happened at the mill", "a heading"),
        ("Read on", "it is short"),
        ("> The river gives and the river takes, as my mother used to say.", "it was written"),
    ],
)
def test_what_may_be_content_is_commented_out(block: str, reason: str) -> None:
    learnt = rules_of(_observed([_markdown(at, tail=[block]) for at in range(5)]))
    assert not _active(learnt)
    assert block.lstrip("#> ") in _doubtful(learnt)
    assert f"# Doubtful: {reason}" in learnt


def test_a_line_in_the_middle_of_prose_is_commented_out() -> None:
    texts = [
        "\n\n".join([f"# Report {at}", *_prose(at)[:2], _BANNER, *_prose(at)[2:]]) for at in range(6)
    ]  # fmt: skip
    learnt = rules_of(_observed(texts))
    assert not _active(learnt)
    assert set(_doubtful(learnt)) == {_BANNER}


def test_a_refrain_is_commented_out() -> None:
    learnt = rules_of(_observed([_markdown(at, tail=[_FOOT, _FOOT]) for at in range(6)]))
    assert not _active(learnt)
    assert "as a refrain does" in learnt


def test_copies_of_one_article_prove_nothing() -> None:
    """Five hosts print one article, each with an introduction of its own."""
    article = _prose(1, 8)
    texts = [
        f"---\nurl: https://paper{at}.example.org/1\n---\n\n" + "\n\n".join([*_prose(50 + at, 1), *article])
        for at in range(5)
    ]
    learnt = rules_of(_observed(texts))
    assert not _active(learnt)
    assert not _doubtful(learnt)


def test_short_lines_that_always_stand_together_are_rules_with_their_neighbour() -> None:
    learnt = rules_of(_observed([_markdown(at, tail=["More by feed:", "feed.example.com"]) for at in range(5)]))
    rules = _active(learnt)
    assert rules["More by feed:"]["next"] == "feed.example.com"
    assert rules["feed.example.com"]["previous"] == "More by feed:"


def test_what_removes_most_comes_first_and_evidence_stands_above() -> None:
    learnt = rules_of(_observed([_markdown(at, [_BANNER], [_FOOT]) for at in range(5)]))
    assert list(_active(learnt)) == [_BANNER, _FOOT]
    assert "# On 5 of 5 documents of gazette.example.org, kept on 5; removes 370 characters." in learnt
    assert "# For example: 000.md, 001.md, 002.md." in learnt
    assert "# Place: 5 head; kind: paragraph 5." in learnt
    assert "# At worst it takes" in learnt


def test_what_rules_remove_already_is_not_proposed() -> None:
    learnt = rules_of(
        _observed(
            [
                _markdown(at, tail=["[Send this report to your friends](https://twitter.com/share?u=1)"])
                for at in range(5)
            ]
        )
    )
    assert not _active(learnt)
    assert not _doubtful(learnt)


def test_any_text_gives_a_valid_file() -> None:
    hostile = 'A "quoted" \\ line with \x7f and \x01 and ]]] # and \u2028 in it, of some length'
    learnt = rules_of(_observed([_markdown(at, tail=[hostile]) for at in range(5)]))
    assert len(_active(learnt)) == 1


def test_pictures_are_told_by_their_address(tmp_path: Path) -> None:
    picture = "![](https://img.example.org/a+b/banner.gif?x=1)"
    learnt = rules_of(_observed([_markdown(at, tail=[picture]) for at in range(5)]))
    pack = tmp_path / "learnt.toml"
    pack.write_text(learnt, "utf-8")
    record = examine(Source("page.md", _markdown(9, tail=[picture]).encode()), load([pack]))
    assert [one.rule.partition("/")[0] for one in record.decisions if one.block.kind == "image"] == ["learned"]


def test_forms_of_one_site_count_together() -> None:
    pages = [
        f"<html><head><link rel=canonical href='https://gazette.example.org/{at}'></head><body><h1>Report {at}</h1>"
        + "".join(f"<p>{paragraph}</p>" for paragraph in [*_prose(at), _FOOT])
        for at in (1, 2)
    ]
    registry = load()
    observed = [
        observe(examine(Source(f"{at}.html", page.encode()), registry), registry) for at, page in enumerate(pages)
    ]
    learnt = rules_of(observed + _observed([_markdown(at, tail=[_FOOT]) for at in (3, 4)]))
    assert "On 4 of 4 documents of gazette.example.org" in learnt
    assert set(_active(learnt)) == {_FOOT}


def test_an_account_is_known_by_its_byline(tmp_path: Path) -> None:
    def article(at: int, account: str) -> str:
        line = f"原创 老王  {account}   2024-0{at % 9 + 1}-03 11:28"
        return "\n\n".join([f"# 第{at}篇", line, *_prose(at), "本号每周三更新一篇河边的故事，欢迎来信。"])

    texts = [article(at, "河边故事") for at in range(5)] + [article(at, "山里故事")[:-25] for at in range(10, 60)]
    learnt = rules_of(_observed(texts))
    pack = tmp_path / "learnt.toml"
    pack.write_text(learnt, "utf-8")
    assert [rule["of"] for rule in _active(learnt).values()] == ["wechat/河边故事"]
    assert "欢迎来信" not in _text(article(70, "河边故事"), pack)
    assert "欢迎来信" in _text(article(70, "山里故事"), pack)


def test_the_order_of_the_documents_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    observed = _observed(
        [_markdown(at, [_BANNER], [_FOOT, "Read on"], host=f"s{at % 3}.example.org") for at in range(12)]
    )
    first = rules_of(observed)
    random.Random(3).shuffle(observed)
    assert rules_of(observed) == first
    monkeypatch.setattr(spill, "_WAITING", 5)
    monkeypatch.setattr(spill, "_LINES", 100)
    assert rules_of(observed) == first


def test_the_number_of_workers_does_not_matter(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    for at in range(6):
        (folder / f"{at}.md").write_text(_markdown(at, [_BANNER], [_FOOT]), "utf-8")
    outputs = []
    for jobs in (1, 3):
        out = tmp_path / f"{jobs}.toml"
        assert not learn(LearnOptions((folder,), out, PackOptions(), jobs))
        outputs.append(out.read_bytes())
    assert outputs[0] == outputs[1]
    assert len(_active(outputs[0].decode())) == 2


def test_a_review_is_never_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "learnt.toml"
    out.write_text("reviewed", "utf-8")
    with pytest.raises(InputError):
        learn(LearnOptions((tmp_path,), out, PackOptions(), 1))
    assert out.read_text("utf-8") == "reviewed"


def test_counting_in_parts_is_exact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spill, "_WAITING", 7)
    observed = _observed([_markdown(at, [_BANNER] if at % 2 else [], [_FOOT]) for at in range(9)])
    counter = Spill(tmp_path)
    for data in observed:
        counter.add(data)
    counter.close()
    repeated = counter.repeated()
    assert repeated.count(key(_FOOT)) == 9
    assert repeated.count(key(_BANNER)) == 4
    assert repeated.count(key(_prose(1)[0])) == 0


def test_of_is_a_key_of_rules_alone() -> None:
    pack = 'id = "a"\nname = "A"\n[[clue]]\nid = "x"\nwhy = "w"\nsays = "s"\nof = "b.org"\n'
    assert [fault.what for fault in faults(pack, "a.toml")]
    alone = 'id = "a"\nname = "A"\n[[rule]]\nremove = "x"\nwhy = "w"\ncategory = "legal"\nof = "b.org"\n'
    assert ["no condition" in fault.what for fault in faults(alone, "a.toml")] == [True]
