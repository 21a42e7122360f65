"""The command as a process with arguments, standard streams and an exit code."""

from __future__ import annotations

import gzip
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from conftest import ROOT, SEEDS, cleaned
from schemas import SCHEMA

import seedclean
from seedclean import Record, clean_tree, explain
from seedclean.cli import app

FORMATS = ("json", "jsonl", "md", "text")
_GROUP: Any = typer.main.get_command(app)
COMMANDS = sorted(_GROUP.commands)
EXAMPLES = [line.strip() for one in (_GROUP, *_GROUP.commands.values()) for line in one.epilog.splitlines()]


def run(
    *arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "seedclean", *map(str, arguments)]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"} | variables
    return subprocess.run(command, input=stdin, capture_output=True, check=False, cwd=cwd, env=environment)


def records(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


EXPECTED = [cleaned(path).record.to_dict() for path in sorted(SEEDS.glob("*.txt"))]
NAMES = [path.name for path in sorted(SEEDS.glob("*.txt"))]


def bare(record: dict[str, Any]) -> dict[str, Any]:
    return record | {"path": record["path"].removeprefix("seeds/")}


def test_a_directory_becomes_json_lines_on_standard_output() -> None:
    done = run(SEEDS)
    assert done.returncode == 0
    assert records(done.stdout) == [bare(record) for record in EXPECTED]
    assert b"5 cleaned, 0 failed" in done.stderr
    assert b"\r" not in done.stdout


def test_clean_is_the_default_command() -> None:
    assert run("clean", SEEDS / NAMES[0]).stdout == run(SEEDS / NAMES[0]).stdout


def test_standard_input_is_cleaned() -> None:
    done = run("-", stdin=b"# A\n\nOne.")
    assert (done.returncode, records(done.stdout)[0]["path"]) == (0, "-")


def test_output_in_each_format(tmp_path: Path) -> None:
    for name in ("out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.parquet", "out"):
        assert run(SEEDS, "-o", tmp_path / name).returncode == 0, name
    plain = (tmp_path / "out.jsonl").read_bytes()
    assert [record["path"] for record in records(plain)] == NAMES
    assert gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()) == plain
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    assert zstd.decompress((tmp_path / "out.jsonl.zst").read_bytes()) == plain
    files = sorted((tmp_path / "out").rglob("*"))
    assert [file.name for file in files] == [name + ".json" for name in NAMES]
    assert b"".join(file.read_bytes() for file in files) == plain
    import pyarrow.parquet

    rows = pyarrow.parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert [row["path"] for row in rows] == NAMES
    assert [row["text"] for row in rows] == [record["text"] for record in EXPECTED]
    assert rows[0]["removed"] == EXPECTED[0]["removed"]
    assert not list(tmp_path.glob(".*"))


def test_the_same_run_gives_the_same_compressed_bytes(tmp_path: Path) -> None:
    for name in ("a.jsonl.gz", "b.jsonl.gz"):
        run(SEEDS, "-o", tmp_path / name)
    assert (tmp_path / "a.jsonl.gz").read_bytes() == (tmp_path / "b.jsonl.gz").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["none-there"], 2, "there is no such file or directory"), (["-x"], 2, "No such option"), (["explain"], 2, "Missing argument"),
        (["explain", "none-there"], 2, "there is no such file"), (["check", "none-there"], 2, "there is no such file"),
        (["detect", "none-there"], 2, "there is no such file"), (["new", "river", "none-there"], 2, "there is no such file"),
        (["seeds", "-o", "out.csv"], 2, "is not an output format"), (["READEM.md"], 2, "did you mean README.md?"),
        (["explan", "seeds"], 2, "did you mean the command? seedclean explain"), (["https://river.example/1"], 2, "save the page first"),
        (["schema", "pakc"], 2, "did you mean 'pack'?"), (["seeds", "--keep", "legla"], 2, "did you mean 'legal'?"), (["seeds", "--format", "md", "--pretty"], 2, "indents JSON"),
        (["seeds", "-o", "out.jsonl", "--format", "md"], 2, "has a form of its own"),
        (["seeds", "-o", "out", "--format", "jsonl"], 2, "use -o out.jsonl"), (["check", "docs"], 2, "holds no rule file"),
        (["explain", "seeds/manifest.toml#7"], 1, "there is no such document"),
        (["seeds", "--rules", "none-there"], 2, "give the path of a file"), (["new", "River!", "seeds/003-gmw.txt"], 2, "is no id"),
        (["seeds", "-o", "README.md/out.jsonl"], 2, "check the directory"),
    ],
)  # fmt: skip
def test_an_error_is_printed_as_one_line(arguments: list[str], code: int, message: str) -> None:
    done = run(*arguments, cwd=ROOT)
    assert done.returncode == code
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""


def test_a_run_that_fails_leaves_no_output(tmp_path: Path) -> None:
    assert run(tmp_path / "none", "-o", tmp_path / "out.jsonl").returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_files_with_other_suffixes_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one", "utf-8")
    (tmp_path / "b.xyz").write_text("two", "utf-8")
    (tmp_path / ".c.md").write_text("three", "utf-8")
    done = run(tmp_path)
    assert len(records(done.stdout)) == 1
    assert b"passed over 1 of other suffixes: b.xyz" in done.stderr


def test_explain_is_plain_when_piped() -> None:
    done = run("explain", SEEDS / NAMES[0])
    shown = done.stdout.decode()
    assert done.returncode == 0
    assert "\x1b" not in shown
    assert "interface · wechat/footer" in shown
    assert explain(SEEDS / NAMES[0]) + "\n" == shown


def test_a_document_sends_no_control_characters(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("red \x1b[31m and [/path] and \u202e back\n\x9b2J", "utf-8")
    shown = run("explain", tmp_path / "a.txt").stdout.decode()
    assert not {"\x1b", "\x9b", "\u202e"} & set(shown)
    assert "␛[31m and [/path]" in shown


def test_detect_names_origin_capture_and_clue() -> None:
    lines = run("detect", SEEDS).stdout.decode().splitlines()
    assert lines[0].split("\t") == ["000-wechat.txt", "wechat", "page-dump", "address/front-matter"]
    assert len(lines) == 5


def test_origins_are_listed() -> None:
    shown = run("origins").stdout.decode()
    assert "gmw\torigin\t光明网\tgmw.cn" in shown


def test_schema_prints_the_packaged_schema() -> None:
    assert json.loads(run("schema").stdout) == SCHEMA


def test_new_writes_a_pack_that_check_and_clean_accept(tmp_path: Path) -> None:
    source = tmp_path / "story.md"
    source.write_text("---\nurl: https://www.river.example/1\n---\n\nShare this\n\nA mill reopens today.\n", "utf-8")
    assert run("new", "river", source, cwd=tmp_path).returncode == 0
    pack = tmp_path / "river.toml"
    assert (tmp_path / "fixtures" / "river" / "story.md").read_bytes() == source.read_bytes()
    assert run("check", pack).returncode == 0
    assert 'host = ["river.example"]' in pack.read_text("utf-8")
    assert "Share this" in pack.read_text("utf-8")
    pack.write_text(
        pack.read_text("utf-8")
        + '[[rule]]\nremove = "share"\ncategory = "engagement"\nwhy = "x"\nsays = "Share this"\n',
        "utf-8",
    )
    (record,) = records(run(source, "--rules", pack).stdout)
    assert (record["origin"], record["text"]) == ("river", "A mill reopens today.")
    assert run("new", "river", source, cwd=tmp_path).returncode == 2


def test_check_names_file_rule_and_suggestion(tmp_path: Path) -> None:
    pack = tmp_path / "river.toml"
    pack.write_text(
        'id = "river"\nname = "River"\n\n[[rule]]\nremove = "a"\ncategroy = "legal"\nwhy = "x"\nsays = "y"\n', "utf-8"
    )
    done = run("check", pack)
    assert done.returncode == 1
    assert "river.toml, rule a: unknown key 'categroy' (did you mean 'category'?)" in done.stderr.decode()


@pytest.mark.parametrize("statement", ["import seedclean", "import seedclean; seedclean.clean('# a')"])
def test_importing_and_cleaning_load_neither_lxml_nor_typer(statement: str) -> None:
    script = f"{statement}\nimport sys\nprint(sorted({{'typer', 'pydantic', 'lxml', 'pyarrow', 'rich', 'multiprocessing'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout.strip() == b"[]"


def test_version_does_not_load_the_command_line() -> None:
    script = "import sys, seedclean.__main__ as m\nsys.argv = ['seedclean', '--version']\nm.main()\nprint('typer' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.split() == [b"seedclean", b"0.1.0", b"False"]


def test_clean_tree_gives_the_records_in_order() -> None:
    assert [result.path for result in clean_tree(SEEDS) if isinstance(result, Record)] == NAMES


@pytest.mark.parametrize("command", ["seeds -q", "explain seeds/003-gmw.txt", "origins", "schema"])
def test_a_closed_pipe_is_not_an_error(command: str) -> None:
    line = f"set -o pipefail; {sys.executable} -m seedclean {command} | true"
    done = subprocess.run(["bash", "-c", line], capture_output=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, b"")


PAGE = "---\ntitle: Otters\npublished: 2024-05-16\n---\n\n# Otters\n\nThe **otters** are back at the weir.\n\nShare\n"


def test_a_document_in_each_format(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PAGE, "utf-8")
    (tmp_path / "b.md").write_text(PAGE, "utf-8")
    record = seedclean.clean(tmp_path / "a.md")
    two = [record.to_dict() | {"path": name} for name in ("a.md", "b.md")]
    shown = {name: run("a.md", "-q", "--format", name, cwd=tmp_path).stdout.decode() for name in FORMATS}
    assert shown["md"] == record.markdown(front_matter=True)
    assert shown["text"] == record.text + "\n"
    assert shown["json"] == shown["jsonl"] == record.to_json().decode() + "\n"
    assert run("a.md", "-q", "-o", "-", cwd=tmp_path).stdout.decode() == shown["jsonl"]
    pretty = run("a.md", "-q", "--pretty", cwd=tmp_path).stdout
    assert (json.loads(pretty), pretty.count(b"\n") > 30) == (two[0], True)
    several = {name: run("a.md", "b.md", "-q", "--format", name, cwd=tmp_path).stdout for name in FORMATS}
    assert json.loads(several["json"]) == records(several["jsonl"]) == two
    assert several["md"].decode() == shown["md"] + "\n" + shown["md"]
    assert json.loads(run("-q", "--pretty", "a.md", "b.md", cwd=tmp_path).stdout) == two
    (tmp_path / "none").mkdir()
    assert run("none", "-q", "--format", "json", cwd=tmp_path).stdout == b"[]\n"


def test_a_directory_mirrors_documents_as_markdown_and_resumes(tmp_path: Path) -> None:
    for name in ("in/one/a.html", "in/one/a.md", "in/two/b.txt", "in/c.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(
            '{"text": "The otters."}' if name.endswith("l") and "json" in name else PAGE, "utf-8"
        )
    done = run("in", "--format", "md", "-o", "out", cwd=tmp_path)
    files = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")}
    (twin,) = files - {"one/a.md", "two/b.md", "c.jsonl#1.md"}
    assert twin.startswith("one/a~"), "two documents of one name"
    assert (tmp_path / "out/two/b.md").read_text("utf-8").startswith("---\ntitle: Otters\n")
    again = run("in", "--format", "md", "-o", "out", cwd=tmp_path)
    assert (b"unchanged" in done.stderr, b"4 files unchanged" in again.stderr) == (False, True)
    text = run("in", "--format", "text", "-o", "out", cwd=tmp_path)
    assert b"unchanged" not in text.stderr
    assert not list((tmp_path / "out").rglob("*.md"))


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="the system has no pseudo-terminals")
def test_a_single_file_on_a_terminal_is_markdown_without_control_characters(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PAGE.replace("weir", "\x1b]0;weir\x9b"), "utf-8")
    leader, follower = os.openpty()
    command = [sys.executable, "-m", "seedclean", "a.md"]
    process = subprocess.Popen(command, stdout=follower, stderr=subprocess.PIPE, cwd=tmp_path)
    os.close(follower)
    shown = b""
    try:
        while piece := os.read(leader, 65_536):
            shown += piece
    except OSError:  # Linux ends a terminal without writers with an error
        pass
    os.close(leader)
    message = process.communicate()[1].decode()
    assert shown.decode().startswith("---\r\ntitle: Otters\r\n")
    assert "The **otters** are back at the ␛\\]0;weir‹U+009B›." in shown.decode()
    assert "removed     " in message
    assert "`seedclean explain a.md` shows why" in message


def test_files_of_one_name_keep_their_directories(tmp_path: Path) -> None:
    for name in ("one/index.txt", "two/index.txt", "two/deep/index.txt", "index.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("The otters are back.", "utf-8")

    def paths(*arguments: str) -> list[str]:
        return [record["path"] for record in records(run(*arguments, "-q", cwd=tmp_path).stdout)]

    assert paths("one/index.txt", "two/index.txt") == ["one/index.txt", "two/index.txt"]
    assert paths("two/index.txt", "two/deep/index.txt") == ["deep/index.txt", "index.txt"]
    assert paths("one", "two") == ["one/index.txt", "two/deep/index.txt", "two/index.txt"]
    assert paths("two", "two/index.txt", str(tmp_path / "two")) == ["deep/index.txt", "index.txt"]
    assert paths("two/index.txt") == ["index.txt"]
    (tmp_path / "two" / "list").write_text("index.txt\n../index.txt\n", "utf-8")
    done = run("--files-from", "list", cwd=tmp_path / "two")
    first, second = [record["path"] for record in records(done.stdout)]
    assert (done.returncode, first != second, {first[:6], second[:6]}) == (0, True, {"index~"})


def test_a_failure_names_the_whole_path(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    done = run("deep", cwd=tmp_path)
    assert f"failed: not-text: {Path('deep') / 'a.md'}: " in done.stderr.decode()


def test_a_directory_without_documents_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"")
    done = run(tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    assert "nothing was cleaned: no file was selected" in done.stderr.decode()
    assert b"passed over 1 of other suffixes: a.png" in done.stderr
    commands: tuple[list[str | Path], ...] = (
        ["detect", tmp_path],
        ["explain", tmp_path, "--html", tmp_path / "page.html"],
    )
    for command in commands:
        other = run(*command)
        assert (other.returncode, other.stdout) == (0, b"")
        assert b"no file was selected" in other.stderr


def test_a_directory_in_place_of_a_file_is_told_what_takes_directories(tmp_path: Path) -> None:
    done = run("explain", tmp_path)
    assert done.returncode == 1
    assert f"`seedclean explain {shlex.quote(str(tmp_path))} --html OUT`" in done.stderr.decode()


def test_categories_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PAGE + "\nCopyright 2024 River News\n", "utf-8")
    (plain,) = records(run(tmp_path / "a.md", "-q").stdout)
    (kept,) = records(run(tmp_path / "a.md", "-q", "--keep", "legal", "--drop", "recommendation").stdout)
    assert "Copyright" not in plain["text"]
    assert "Copyright 2024 River News" in kept["text"]
    assert (kept["blocks"][-1]["category"], kept["blocks"][-1]["rule"]) == ("legal", "site/rights")
    assert b"Copyright" in run("explain", tmp_path / "a.md", "--keep", "legal").stdout


def test_a_document_of_a_container_is_explained(tmp_path: Path) -> None:
    lines = [json.dumps({"html": f"<p>The otters came in the year {year}.</p>"}) for year in (1990, 1991)]
    (tmp_path / "a#b.jsonl").write_text("\n".join(lines), "utf-8")
    assert b"in the year 1991" in run("explain", "a#b.jsonl#2", cwd=tmp_path).stdout
    whole = run("explain", "a#b.jsonl", cwd=tmp_path)
    assert (whole.returncode, b"`seedclean explain 'a#b.jsonl#1'`" in whole.stderr) == (1, True)
    assert run("detect", "-", stdin=(SEEDS / NAMES[0]).read_bytes()).stdout.startswith(b"-\twechat\t")


def test_the_summary_names_all_rules_on_demand_and_a_users_own_always(tmp_path: Path) -> None:
    pack = tmp_path / "river.toml"
    rule = '[[rule]]\nremove = "{}"\ncategory = "engagement"\nwhy = "x"\nsays = "{}"\n'
    clue = '[[clue]]\nid = "share"\nwhy = "x"\nsays = "Share"\n'
    pack.write_text(
        'id = "river"\nname = "River"\n' + clue + rule.format("share", "Share") + rule.format("like", "Like"), "utf-8"
    )
    (tmp_path / "a.md").write_text(PAGE, "utf-8")
    short, own, long = (
        run(tmp_path / "a.md", *more).stderr.decode() for more in ((), ("--rules", pack), ("--verbose",))
    )
    assert "rules fired" not in short + own
    assert "your rules  river/share 1\nnot fired   river/like\n" in own
    assert "\nrules fired " in long
    assert "\ncharacters " in long


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_in_plain_words_with_examples(name: str) -> None:
    words = [name] if name else []
    shown = run(*words, "-h").stdout.decode()
    assert run(*words, "--help").stdout.decode() == shown
    assert shown.startswith("Usage: seedclean")
    assert "\nExamples:\n  " in shown
    assert not set("{}<") & set(shown)


@pytest.mark.parametrize("line", EXAMPLES)
def test_each_example_of_the_help_runs(line: str, tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "packs").mkdir()
    for name in ("page.html", "archive/page.html"):
        (tmp_path / name).write_text("<h1>Otters</h1><p>They are back at the weir.</p>", "utf-8")
    for name in ("river.toml", "packs/lake.toml"):
        (tmp_path / name).write_text(f'id = "{Path(name).stem}"\nname = "River"\n', "utf-8")
    (tmp_path / "dump.jsonl").write_text('{"text": "They are back."}\n' * 12, "utf-8")
    if line.startswith("seedclean new river"):
        (tmp_path / "river.toml").unlink()
    command = line.split("   ")[0].replace("curl -s https://example.org", "cat page.html")
    command = re.sub(r"(?:^|(?<=&& )|(?<=\| ))seedclean ", f"{sys.executable} -m seedclean ", command)
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, b"failed:" in done.stderr) == (0, False), done.stderr.decode()


def test_a_shell_completes_commands() -> None:
    done = run(_SEEDCLEAN_COMPLETE="complete_bash", COMP_WORDS="seedclean expl", COMP_CWORD="1")
    assert done.stdout.decode().split() == ["explain"]
    assert b"--install-completion" in run("-h").stdout
