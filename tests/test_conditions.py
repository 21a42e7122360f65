"""What single words of a rule mean, each with a small pack and a small document."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedclean.decisions.rules import RuleMatcher, compile_rules
from seedclean.model.document import Decision, Source
from seedclean.model.errors import PackError
from seedclean.packs.context import match_context, with_packs
from seedclean.packs.parser import faults, parse_pack
from seedclean.packs.registry import load
from seedclean.pipeline import examine
from seedclean.readers import read

HEAD = 'id = "river"\nname = "River"\nhost = ["river.example"]\n'
PAGE = "---\nurl: https://river.example/a\n---\n\n"


def removed(rules: str, body: str, tmp_path: Path, name: str = "a.md") -> list[str]:
    file = tmp_path / "river.toml"
    file.write_text(HEAD + rules, "utf-8")
    cleaned = examine(Source(name, (PAGE + body).encode()), load([file]))
    return [decision.block.text for decision in cleaned.decisions if decision.rule.startswith("river/")]


def rule(name: str, condition: str) -> str:
    return f'\n[[rule]]\nremove = "{name}"\ncategory = "promotion"\nwhy = "It is."\n{condition}\n'


def test_chars_bounds_the_text(tmp_path: Path) -> None:
    body = "Follow us.\n\nFollow us down to the river, he said, and we went.\n"
    assert removed(rule("follow", "matches = 'Follow.*'\nchars = 12"), body, tmp_path) == ["Follow us."]


def test_last_counts_what_no_rule_removes(tmp_path: Path) -> None:
    rules = rule("follow", 'says = "Follow"\nlast = 1') + rule("button", 'says = ["Share", "Like", "Print"]')
    assert removed(rules, "Prose.\n\nFollow\n\nShare\n\nLike\n\nPrint\n", tmp_path) == [
        "Follow",
        "Share",
        "Like",
        "Print",
    ]
    assert removed(rules, "Prose.\n\nFollow\n\nMore prose.\n\nShare\n", tmp_path) == ["Share"]


def test_last_counts_what_only_a_rule_of_the_end_would_remove(tmp_path: Path) -> None:
    rules = rule("contact", 'says = "Contact"\nlast = 1') + rule("line", 'chars = 40\nlast = 1\nafter = "Contact"')
    assert removed(rules, "Prose.\n\nContact\n\nA line.\n\nAnother line.\n", tmp_path) == []
    assert removed(rules, "Prose.\n\nMore prose.\n\nContact\n", tmp_path) == ["Contact"]


def test_last_counts_no_line_of_a_run(tmp_path: Path) -> None:
    rules = rule("follow", 'says = "Follow"\nlast = 1') + rule("run", 'says = "OK"\nafter = "Scan"')
    rules += rule("scan", 'says = "Scan"')
    assert removed(rules, "Prose.\n\nFollow\n\nScan\n\nOK\n\nOK\n", tmp_path) == ["Follow", "Scan", "OK", "OK"]
    assert removed(rules, "Prose.\n\nFollow\n\nOK\n\nOK\n", tmp_path) == []


def test_what_a_rule_asks_of_the_next_block_ends_no_run_there() -> None:
    rules = rule("heading", 'says = "Related"') + rule("link", 'says = "Ferry"\nafter = "Related"')
    rules += rule("label", 'says = "Photo"\nnext = { kind = "paragraph" }')
    packs = (parse_pack(HEAD + rules, "river.toml"),)
    document = read(Source("a.txt", b"Prose.\n\nRelated\n\nLock\n\nFerry\n"))
    menu = [None, None, Decision(document.blocks[2], "remove", "article/words", "navigation", by="classifier"), None]
    context = with_packs(match_context(document, {}), packs)
    decisions = RuleMatcher(compile_rules(packs), context).decisions(classified=menu)
    assert [one.rule if one else "" for one in decisions] == ["", "river/heading", "", "river/link"]


def test_a_rule_names_another(tmp_path: Path) -> None:
    rules = rule("heading", "matches = 'Related.*'") + rule("item", 'kind = "item"\nafter = { rule = "heading" }')
    assert removed(rules, "- One\n\nRelated news\n\n- Two\n", tmp_path) == ["Related news", "Two"]


def test_a_reference_to_an_unknown_rule_is_a_fault() -> None:
    rules = rule("heading", 'says = "a"') + rule("item", 'says = "b"\nafter = { rule = "headings" }')
    (fault,) = faults(HEAD + rules, "river.toml")
    assert "river.toml, rule item" in str(fault)
    assert "did you mean 'heading'?" in str(fault)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<p>Menu</p><div id="text"><p>Prose.</p></div><p>Foot</p>', ["Menu", "Foot"]),
        ("<p>Menu</p><p>Prose.</p><p>Foot</p>", []),
        ('<p>Menu</p><div id="text"></div><p>Prose.</p>', []),
    ],
    ids=["root", "no-root", "empty-root"],
)
def test_beside_speaks_where_the_root_has_text(page: str, expected: list[str], tmp_path: Path) -> None:
    page = f'<html><head><link rel="canonical" href="https://river.example/a"></head><body>{page}</body></html>'
    file = tmp_path / "river.toml"
    file.write_text(HEAD + rule("frame", 'beside = "#text"'), "utf-8")
    cleaned = examine(Source("a.html", page.encode()), load([file]))
    assert [decision.block.text for decision in cleaned.decisions if decision.rule == "river/frame"] == expected


def test_patterns_that_are_too_large_together_are_a_fault(tmp_path: Path) -> None:
    many = ", ".join(f"'{at}" + r"[^。]{1,400}'" for at in range(240))
    with pytest.raises(PackError, match="too large"):
        removed(rule("bomb", f"matches = [{many}]"), "Prose.\n", tmp_path)
