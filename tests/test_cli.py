"""The command as a process with arguments, standard streams and an exit code."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SEEDS, cleaned
from schemas import SCHEMA

from seedclean import Record, clean_tree, explain


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
        (["explain", "none-there"], 1, "there is no such file"), (["check", "none-there"], 1, "cannot be read"),
        (["seeds", "-o", "out.csv"], 2, "is not an output format"), (["seeds", "seeds"], 2, "two files have the path"),
        (["seeds", "--rules", "none-there"], 2, "give the path of a rule file"), (["new", "River!", "seeds/003-gmw.txt"], 2, "is no id"),
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
def test_importing_and_cleaning_load_neither_trafilatura_nor_typer(statement: str) -> None:
    script = f"{statement}\nimport sys\nprint(sorted({{'trafilatura', 'typer', 'pydantic', 'lxml', 'pyarrow', 'rich', 'multiprocessing'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout.strip() == b"[]"


def test_version_does_not_load_the_command_line() -> None:
    script = "import sys, seedclean.__main__ as m\nsys.argv = ['seedclean', '--version']\nm.main()\nprint('typer' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.split() == [b"seedclean", b"0.1.0", b"False"]


def test_clean_tree_gives_the_records_in_order() -> None:
    assert [result.path for result in clean_tree(SEEDS) if isinstance(result, Record)] == NAMES


def test_a_closed_pipe_is_not_an_error() -> None:
    command = f"{sys.executable} -m seedclean {SEEDS} | head -c 10"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
