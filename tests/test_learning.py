"""`seedclean learn`: what repeats from document to document becomes a rule, and what may be content a comment. Its counts are
evidence for the classifier."""

from __future__ import annotations

import json
import pickle
import random
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from laws import lawful

from seedclean import Cleaner
from seedclean.batch.fingerprint import fingerprint, rules_digest
from seedclean.decisions.classifier import judge
from seedclean.decisions.classifier.features import FeatureMatrix
from seedclean.learning import counts, spill
from seedclean.learning.learn import LearnOptions, counted, learn
from seedclean.learning.observation import observe
from seedclean.learning.spill import Spill
from seedclean.model.document import Source
from seedclean.model.errors import InputError, PackError
from seedclean.packs.parser import faults
from seedclean.packs.registry import PackOptions, load
from seedclean.packs.repetition import key, parse_counts
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


def _observed(texts: Sequence[str], suffix: str = ".md") -> list[bytes]:
    registry = load()
    sources = [Source(f"{at:03}{suffix}", text.encode()) for at, text in enumerate(texts)]
    return [observe(examine(source, registry), registry) for source in sources]


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


# --- the counts, and what the classifier makes of them ---------------------------------------------------------------

_MENU = ["Home", "About the paper", "Subscribe", "Letters", "Archive", "Weather", "Contact", "Terms of use"]
_OFFER = "Printed at the mill of Oberau on the paper of the valley every Wednesday"


def _dump(seed: int, *standing: str) -> str:
    """The bare text of a whole page: a menu, an article, what stands below it on each page, and a foot."""
    return "\n".join(
        [f"Report {seed} from the river", *_MENU, *_prose(seed), *standing, "Share", "Log in", "Cookie policy"]
    )


def _counts(texts: Sequence[str]) -> str:
    with counted(_observed(texts, ".txt")) as corpus:
        return corpus.counts().decode("utf-8")


def _file(folder: Path, text: str) -> Path:
    file = folder / "archive.counts"
    file.write_text(text, "utf-8")
    return file


def _scores(matrix: FeatureMatrix) -> list[float]:
    """A classifier that is sure of sentences and of short lines, and takes a long line rather for the document's."""
    return [3.0 if one.prose else 0.5 if one.words > 8 else -3.0 for one in matrix.blocks]


def test_what_repeats_is_less_likely_the_documents_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "scores", _scores)
    cleaner = Cleaner(learned=_file(tmp_path, _counts([_dump(at, _OFFER) for at in range(8)])))
    text = _dump(77, _OFFER)
    assert _OFFER in Cleaner().clean(text, path="a.txt").text.splitlines()
    record = cleaner.clean(text, path="a.txt")
    assert {one.rule for one in record.removed if one.text == _OFFER} == {"article/repeats"}
    assert all(paragraph in record.text for paragraph in _prose(77))


def test_a_motto_amid_the_prose_of_each_text_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "scores", _scores)
    motto = "The river gives and the river takes, as my mother used to say."

    def story(seed: int) -> str:
        return "\n".join([f"Report {seed}", *_MENU, *_prose(seed, 3), motto, *_prose(seed + 500, 3), "Share", "Log in"])

    cleaner = Cleaner(learned=_file(tmp_path, _counts([story(at) for at in range(8)])))
    record = cleaner.clean(story(77), path="a.txt")
    assert motto in record.text
    assert all(paragraph in record.text for paragraph in [*_prose(77, 3), *_prose(577, 3)])


def test_a_text_in_other_documents_lists_is_no_repetition_where_it_is_the_headline(tmp_path: Path) -> None:
    headline = "The keeper of the old mill leaves after thirty years"
    page = f"<html><head><title>{headline}</title></head><body><h1>{headline}</h1>" + "".join(
        f"<p>{paragraph}</p>" for paragraph in _prose(77)
    )
    cleaner = Cleaner(learned=_file(tmp_path, _counts([_dump(at, headline) for at in range(8)])))
    assert "article/repeats" not in {one.rule for one in cleaner.clean(page).removed}


def test_counts_have_the_same_bytes_for_any_order_and_number_of_workers(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    for at in range(6):
        (folder / f"{at}.md").write_text(_markdown(at, [_BANNER], [_FOOT]), "utf-8")
    written = []
    for jobs in (1, 3):
        file = tmp_path / f"{jobs}.counts"
        assert not learn(LearnOptions((folder,), tmp_path / f"{jobs}.toml", PackOptions(), jobs, file))
        written.append(file.read_text("utf-8"))
    assert written[0] == written[1]
    observed = _observed([_markdown(at, [_BANNER], [_FOOT]) for at in range(6)])
    with counted(reversed(observed)) as corpus:
        assert corpus.counts().decode() == written[0]
    with pytest.raises(InputError):
        learn(LearnOptions((folder,), tmp_path / "new.toml", PackOptions(), 1, file))


def test_the_file_shows_each_text_with_its_counts() -> None:
    others = [_markdown(at, host="other.example.net") for at in range(20, 24)]
    with counted(_observed([_markdown(at, tail=[_FOOT]) for at in range(5)] + others)) as corpus:
        head, *lines = [json.loads(line) for line in corpus.counts().splitlines()]
    assert head == {"seedclean-counts": 1, "documents": 9, "left_out": 0}
    # the host above it and all documents have no more of them with the text, so they say nothing more
    assert [(one["scope"], one["documents"], one["of"], one["amid"]) for one in lines] == [
        ("gazette.example.org", 5, 5, 0)
    ]
    assert lines[0]["text"] == _FOOT


def test_counts_have_a_bound_and_those_on_most_documents_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "LIMIT", 1)
    with counted(_observed([_markdown(at, [_BANNER] * (at > 1), [_FOOT]) for at in range(6)])) as corpus:
        head, *lines = corpus.counts().splitlines()
    assert json.loads(head)["left_out"] == 1
    assert [json.loads(line)["text"] for line in lines] == [_FOOT]


def test_a_fault_in_counts_names_its_line() -> None:
    with pytest.raises(PackError, match=r"learn --counts"):
        parse_counts('id = "a"', "a.toml")
    with pytest.raises(PackError, match=r"^a\.counts:2: is no line of counts"):
        parse_counts('{"seedclean-counts":1}\n{"scope":"example.org","key":"xyz"}\n', "a.counts")


def test_counts_are_an_input_of_a_run(tmp_path: Path) -> None:
    """The file's content is in the fingerprint, so that no result of other counts is reused, and in the hash of the rules."""
    file = _file(tmp_path, _counts([_dump(at, _OFFER) for at in range(4)]))
    one = PackOptions(learned=file)
    prints = {fingerprint(PackOptions()), fingerprint(one)}
    digests = {rules_digest(PackOptions()), rules_digest(one)}
    file.write_text(_counts([_dump(at, _OFFER) for at in range(5)]), "utf-8")
    assert len(prints | {fingerprint(one)}) == len(digests | {rules_digest(one)}) == 3


def test_a_cleaner_with_counts_travels_to_processes(tmp_path: Path) -> None:
    file = _file(tmp_path, _counts([_dump(at, _OFFER) for at in range(8)]))
    cleaner = Cleaner(learned=file)
    assert str(file) in repr(cleaner)
    copy = pickle.loads(pickle.dumps(cleaner))
    file.unlink()
    text = _dump(77, _OFFER)
    assert copy.clean(text, path="a.txt") == cleaner.clean(text, path="a.txt")


def test_the_laws_hold_with_counts(tmp_path: Path) -> None:
    registry = PackOptions(learned=_file(tmp_path, _counts([_dump(at, _OFFER) for at in range(8)]))).load()
    lawful(examine(Source("a.txt", _dump(77, _OFFER).encode()), registry), registry)
