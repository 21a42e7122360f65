"""What `seedclean check` and `new` tell: faults that only show when rules are tried, and what stands around a document."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from seedclean.learning import scaffold
from seedclean.model.vocabulary import CATEGORIES, FACTS, FIELDS, HIDDEN, STATUSES
from seedclean.packs import parser
from seedclean.packs.check import applies_to_none, check_all, rule_files
from seedclean.packs.registry import load
from seedclean.pipeline import examine
from seedclean.review.changes import changes

HEAD = 'id = "river"\nname = "River"\n'
SCHEMA = json.loads(files("seedclean").joinpath("pack.schema.json").read_text("utf-8"))
BUILT_IN = sorted(Path(str(files("seedclean.origins"))).glob("*.toml"))


def rule(name: str, conditions: str, verdict: str = "remove") -> str:
    category = 'category = "interface"\n' if verdict == "remove" else ""
    return f'[[rule]]\n{verdict} = "{name}"\n{category}why = "x"\n{conditions}\n'


def faults(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "river.toml").write_text(text, "utf-8")
    return [fault.what for fault in check_all([tmp_path / "river.toml"])]


@pytest.mark.parametrize(
    "condition", ["matches = '.+'", "matches = '(.|\\s){0,400}'", 'kind = "paragraph"', 'inside = "body"']
)
def test_a_removal_of_everything_is_a_fault(condition: str, tmp_path: Path) -> None:
    assert faults(tmp_path, HEAD + rule("all", condition)) == ["removes every paragraph of every page"]


@pytest.mark.parametrize(
    "condition",
    ["matches = '.+'\nfirst = 3", "matches = '[A-Z].+'", 'inside = ".share"', "matches = '.+'\nchars = 20", 'kind = "item"',
     'matches = ".+"\nprevious = "Share"'],
)  # fmt: skip
def test_a_removal_that_is_narrower_is_none(condition: str, tmp_path: Path) -> None:
    assert faults(tmp_path, HEAD + rule("some", condition)) == []


def test_what_stands_after_a_text_that_nothing_removes_never_fires(tmp_path: Path) -> None:
    story = rule("story", 'kind = "item"\nafter = "More tales of the weir"')
    (fault,) = faults(tmp_path, HEAD + story)
    assert fault == "stands after 'More tales of the weir', which no rule removes: it never fires"
    assert faults(tmp_path, HEAD + story + rule("head", 'says = "More tales of the weir"')) == []
    assert faults(tmp_path, HEAD + story + rule("head", 'inside = ".more"')) == []


def test_a_misspelt_group_is_a_fault(tmp_path: Path) -> None:
    text = HEAD + rule("byline", "as = \"authors\"\nmatches = 'By (?P<authers>.+)'", "keep")
    assert faults(tmp_path, text) == ["the group 'authers' names no metadata"]


def test_a_mark_of_windows_is_accepted_and_curly_quotes_are_named(tmp_path: Path) -> None:
    assert faults(tmp_path, "\ufeff" + HEAD) == []
    (fault,) = faults(tmp_path, 'id = "river"\nname = “River”\n')
    assert fault == "line 2 has curly quotes: name = “River”"
    assert faults(tmp_path, HEAD + rule("quoted", 'says = "“Share”"')) == []


def test_faults_of_all_kinds_are_told_at_once(tmp_path: Path) -> None:
    text = (
        HEAD.replace('"River"', "“River”")
        + 'host = ["gmw.cn"]\n'
        + rule("all", "matches = '.+'")
        + rule("quoted", 'says = ["“Quoted”", “Share”]')
        + rule("unfinished", 'says = "Share"\nbelow = "x"')
        + rule("broad", "matches = 'Sh.+'\nspares = 'Shelves'")
    )
    assert faults(tmp_path, text) == [
        "line 2 has curly quotes: name = “River”",
        'line 13 has curly quotes: says = ["“Quoted”", “Share”]',
        "unknown key 'below'",
        "does not spare 'Shelves'",
        "removes every paragraph of every page",
        "gmw.cn is claimed by 'gmw' too",
    ]


def test_a_rule_with_a_fault_may_remove_what_another_stands_after(tmp_path: Path) -> None:
    story = rule("story", 'kind = "item"\nafter = "More tales of the weir"')
    head = rule("head", 'says = "More tales of the weir"\nbelow = "x"')
    assert faults(tmp_path, HEAD + story + head) == ["unknown key 'below'"]


def test_a_pack_that_can_apply_to_no_document_is_named(tmp_path: Path) -> None:
    for text, idle in ((HEAD, True), (HEAD + 'host = ["river.example"]\n', False), (HEAD + 'role = "common"\n', False)):
        (tmp_path / "river.toml").write_text(text, "utf-8")
        assert applies_to_none(tmp_path / "river.toml") is idle


def test_directories_of_packs_are_checked_together(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("", "utf-8")
    for name in ("river", "lake"):
        (tmp_path / f"{name}.toml").write_text(f'id = "{name}"\nname = "x"\nhost = "river.example"\n', "utf-8")
    paths = rule_files([tmp_path, tmp_path / "river.toml"])
    assert [path.name for path in paths] == ["lake.toml", "river.toml"]
    (fault,) = check_all(paths)
    assert "river.example is claimed by 'lake' too" in str(fault)


def test_built_in_packs_have_no_fault() -> None:
    assert [str(fault) for fault in check_all(BUILT_IN)] == []


def test_check_shows_what_a_pack_would_change(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text("Stay dry\n\nThe otters are back at the weir.\n", "utf-8")
    (tmp_path / "in" / "b.md").write_text("The beavers are back at the mill.\n", "utf-8")
    clue = '[[clue]]\nid = "dry"\nwhy = "x"\nsays = "Stay dry"\n'
    (tmp_path / "river.toml").write_text(HEAD + clue + rule("dry", 'says = "Stay dry"'), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "seedclean", "check", "river.toml", "--on", "in"],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    first, publisher, row, last = done.stdout.decode().splitlines()
    assert (done.returncode, first) == (0, "a.md: unknown origin → river")
    assert publisher.split() == ["publisher", "none", "→", "River"]
    assert row.split() == ["-", "┊", "Stay", "dry", "interface", "·", "river/dry"]
    assert last == "1 of 2 documents would change: 1 block more removed, 0 kept again"


def test_check_shows_which_values_a_pack_would_change(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# The otters are back\n\nStay dry\n\nPens: Ada Quill\n\nThe otters are back at the weir.\n", "utf-8"
    )
    clue = '[[clue]]\nid = "dry"\nwhy = "x"\nsays = "Stay dry"\n'
    byline = rule("byline", "as = 'authors'\nmatches = 'Pens: (?P<authors>.+)'", "keep")
    (tmp_path / "river.toml").write_text(HEAD + clue + byline, "utf-8")
    shown = list(changes([tmp_path / "river.toml"], tmp_path / "a.md"))
    assert [line.split() for line in shown[:-1]] == [
        ["a.md:", "unknown", "origin", "→", "river"],
        ["publisher", "none", "→", "River"],
        ["authors", "none", "→", "Ada", "Quill"],
        ["-", "┊", "Pens:", "Ada", "Quill", "credit", "·", "river/byline", "→", "authors"],
    ]


# -- the schema of rule files


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.stem)
def test_built_in_packs_fit_the_schema(path: Path) -> None:
    Draft202012Validator(SCHEMA).validate(tomllib.loads(path.read_text("utf-8")))


def test_the_schema_knows_what_the_parser_knows() -> None:
    definitions = SCHEMA["$defs"]
    assert set(SCHEMA["properties"]) == set(parser._PACK)
    assert set(definitions["rule"]["properties"]) == set(parser._RULE)
    assert set(definitions["clue"]["properties"]) == set(parser._CLUE)
    assert set(definitions["condition"]["properties"]) == set(parser._PLAIN)
    rule = definitions["rule"]["properties"]
    assert rule["category"]["enum"] == list(CATEGORIES)
    assert rule["as"]["enum"] == [*FIELDS, *parser.LABELS]
    assert rule["status"]["enum"] == list(STATUSES[1:])
    for name, words in (("kind", parser.MATCHABLE), ("same", FACTS), ("hidden", HIDDEN)):
        assert rule[name]["oneOf"][0]["enum"] == list(words)


@pytest.mark.parametrize("text", ['remove = "a"\nwhy = "x"', 'keep = "a"\ncategroy = "legal"\nwhy = "x"', 'keep = "a"'])
def test_the_schema_refuses_what_check_refuses(text: str) -> None:
    data = tomllib.loads(f"{HEAD}[[rule]]\n{text}")
    assert not Draft202012Validator(SCHEMA).is_valid(data)


# -- new


def test_a_first_pack_suggests_what_is_around_the_document_and_never_the_document(tmp_path: Path) -> None:
    page = tmp_path / "mill.md"
    body = "A mill reopens\n\nThe old mill grinds again from Saturday on, and everybody may come and see.\n\nIt is open at noon.\n"
    page.write_text(
        f"---\nurl: https://m.river.example/1\ntitle: A mill reopens\n---\n\nSkip it\n\n# {body}\nStay dry\n\nOur ferries\n",
        "utf-8",
    )
    text = scaffold.pack_text("river", examine(page, load()))
    assert 'host = ["river.example"]' in text
    assert '#   "Stay dry"' in text
    assert '#   "Our ferries"' in text
    assert not any(line in text for line in ("A mill reopens", "The old mill", "It is open"))
    rules = "\n".join(line.removeprefix("# ").removeprefix("#") for line in text.splitlines()[7:])
    assert parser.faults("\n".join(text.splitlines()[:5]) + "\n" + rules, "river.toml") == []


def test_a_first_pack_never_suggests_to_remove_a_line_that_gives_a_value(tmp_path: Path) -> None:
    """The byline: what follows the suggestion would lose the authors."""
    page = tmp_path / "weir.md"
    prose = (
        "The weir was mended by the people of the lower town on three Sundays in spring, and nobody was paid for it."
    )
    page.write_text(f"Menu\n\n# A weir is mended\n\nWords: Ina Marsh, Per Holm\n\nPrint it\n\n{prose}\n", "utf-8")
    cleaned = examine(page, load())
    text = scaffold.pack_text("river", cleaned)
    assert cleaned.record.authors == ("Ina Marsh", "Per Holm")
    assert '#   "Print it"' in text
    assert "Ina Marsh" not in text


def test_a_first_pack_never_suggests_headlines_of_other_articles(tmp_path: Path) -> None:
    page = tmp_path / "weir.html"
    prose = (
        "The weir was mended by the people of the lower town on three Sundays in spring, and nobody was paid for it. "
        * 4
    )
    stories = "".join(
        f'<li><a href="/story/{at}">{title}</a></li>'
        for at, title in enumerate(
            ("Otters are back at the mill", "Ferry fares rise again", "New roof on the old school")
        )
    )
    menu = "".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in ("Home", "Sports", "Archive"))
    page.write_text(
        f"<html><head><title>A weir is mended</title></head><body><ul>{menu}</ul><article><h1>A weir is mended</h1>"
        f"<p>{prose}</p><p>{prose}</p></article><h3>Tales of the weir</h3><ul>{stories}</ul><p>14 comments</p></body></html>",
        "utf-8",
    )
    text = scaffold.pack_text("river", examine(page, load()))
    assert all(f'"{line}"' in text for line in ("Home", "Sports", "Archive", "Tales of the weir"))
    assert not any(line in text for line in ("Otters", "Ferry", "roof", "comments"))
