"""Somebody else can write where seedclean reads and writes: nothing outside is touched, and nothing forged is believed."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import orjson
import pytest
from conftest import shared
from test_cli import records, run
from test_containers import archive
from test_resume import InProcess, clean, contents, counts, tree

from seedclean import clean_tree
from seedclean.batch.output.atomic import exclusive_lock
from seedclean.batch.output.signature import signed, user_key
from seedclean.model.errors import OutputError, PackError, UnreadableError
from seedclean.packs.check import check
from seedclean.packs.registry import load
from seedclean.sources.files import open_documents
from seedclean.sources.walk import select

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="links need POSIX"),
    pytest.mark.usefixtures("in_process"),
]


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run without workers: these tests are about files."""
    monkeypatch.setattr("seedclean.batch.run._worker_pool", lambda options, total: nullcontext(InProcess()))


def forge(ledger: Path, change: Callable[[dict[str, object]], object], key: bytes) -> None:
    """Change every entry of a ledger, and sign it with some key."""
    header, *lines = ledger.read_bytes().splitlines()
    head = header[: header.index(b',"mac"')] + b"}"
    out = [signed(key, b"", head)]
    for line in lines:
        entry = orjson.loads(line)
        del entry["mac"]
        change(entry)
        out.append(signed(key, head, orjson.dumps(entry)))
    ledger.write_bytes(b"".join(out))


@pytest.mark.parametrize("name", ["../victim.txt", "{absolute}", "sub/../../victim.txt", "link/victim.txt"])
def test_a_forged_ledger_deletes_nothing(name: str, tmp_path: Path) -> None:
    folder, out, victim = tree(tmp_path / "in"), tmp_path / "out", tmp_path / "victim.txt"
    clean(folder, out)
    victim.write_bytes(b"mine")
    (out / "link").symlink_to(tmp_path)
    files = [name.format(absolute=victim)]
    forge(tmp_path / "out.ledger", lambda entry: entry.update(files=files), b"x" * 32)
    clean(folder, out)
    assert victim.read_bytes() == b"mine"
    assert counts(out)["unchanged"] == 0


def test_a_ledger_of_this_user_deletes_no_file_outside(tmp_path: Path) -> None:
    """The second wall: even a line that holds leads nowhere else."""
    key = next(Path(os.environ["HOME"]).rglob("ledger.key"), None)
    folder, out, victim = tree(tmp_path / "in"), tmp_path / "out", tmp_path / "victim.txt"
    clean(folder, out)
    key = key or next(Path(os.environ["HOME"]).rglob("ledger.key"))
    victim.write_bytes(b"mine")
    (out / "link").symlink_to(tmp_path)
    forge(tmp_path / "out.ledger", lambda entry: entry.update(files=["link/victim.txt"]), key.read_bytes())
    clean(folder, out)
    assert victim.read_bytes() == b"mine"


@pytest.mark.parametrize("output", ["out.jsonl", "out"])
def test_a_forged_record_is_cleaned_again(output: str, tmp_path: Path) -> None:
    folder, out = tree(tmp_path / "in"), tmp_path / output
    clean(folder, out)
    whole = contents(out)
    file = out if out.is_file() else out / "sub" / "a.md.json"
    forged = file.read_bytes().replace(b"It leaves at six", b"It leaves at ten")
    assert forged != file.read_bytes()
    file.write_bytes(forged)
    parts = [line + b"\n" for line in forged.splitlines()] if out.is_file() else []

    def change(entry: dict[str, object]) -> None:
        if entry["name"] == "sub/a.md":
            mine = next((line for line in parts if b'"path":"sub/a.md"' in line), forged)
            entry["digest"] = hashlib.sha256(mine).hexdigest()
        entry["failures"] = []

    forge(tmp_path / f"{output}.ledger", change, b"x" * 32)
    assert clean(folder, out)
    assert contents(out) == whole


def test_the_forged_run_of_the_collection_is_refused(tmp_path: Path) -> None:
    files = [file for file in shared("hostile") if file.name.startswith("ledger-forged--")]
    if not files:
        pytest.skip("../shared is not here")
    for file in files:
        target = tmp_path / file.name.removeprefix("ledger-forged--").replace("--", "/")
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(file.read_bytes())
    assert clean(tmp_path / "in", tmp_path / "out.jsonl")
    texts = {record["path"]: record["text"] for record in records((tmp_path / "out.jsonl").read_bytes())}
    assert texts == {"a.md": "a\nTrue text.", "c.md": "c"}


def test_a_ledger_of_somebody_else_is_told(tmp_path: Path) -> None:
    folder, out = tree(tmp_path / "in"), tmp_path / "out.jsonl"
    clean(folder, out)
    forge(tmp_path / "out.jsonl.ledger", lambda entry: None, b"x" * 32)
    assert b"not signed with your key" in run(folder, "-o", out).stderr


def test_without_a_home_nothing_is_reused_and_it_is_told(tmp_path: Path) -> None:
    folder, out = tree(tmp_path / "in"), tmp_path / "out.jsonl"
    nowhere = tmp_path / "file"
    nowhere.write_bytes(b"")
    for _ in range(2):
        done = run(folder, "-o", out, HOME=str(nowhere), XDG_CONFIG_HOME=str(nowhere))
        assert b"no key of your own can be kept as " + os.fsencode(nowhere) in done.stderr
        assert counts(out)["unchanged"] == 0


def test_no_key_comes_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = tmp_path / "seedclean" / "ledger.key"
    planted.parent.mkdir()
    planted.write_bytes(b"x" * 32)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("typer.get_app_dir", lambda name: name)  # as where XDG_CONFIG_HOME is empty
    assert user_key() is None
    monkeypatch.setattr("typer.get_app_dir", lambda name: str(tmp_path / name))
    assert user_key() == b"x" * 32


@pytest.mark.parametrize("key", [b"", b"x" * 31, b"x" * 33])
def test_a_torn_key_is_no_key(key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ledger.key").write_bytes(key)
    monkeypatch.setattr("typer.get_app_dir", lambda name: str(tmp_path))
    assert user_key() is None


def test_a_key_of_somebody_else_is_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.get_app_dir", lambda name: str(tmp_path))
    assert user_key() == (tmp_path / "ledger.key").read_bytes()
    assert (tmp_path / "ledger.key").stat().st_mode & 0o777 == 0o600
    monkeypatch.setattr(os, "getuid", lambda: (tmp_path / "ledger.key").stat().st_uid + 1)
    assert user_key() is None


PLANTED = (".out.jsonl.ledger.part", ".out.jsonl.lines.part", ".out.jsonl.manifest.json.part", "out.jsonl.ledger")


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_link_beside_the_output_is_not_written_through(name: str, tmp_path: Path) -> None:
    folder, out, victim = tree(tmp_path / "in"), tmp_path / "out.jsonl", tmp_path / "victim"
    victim.write_bytes(b"mine")
    (tmp_path / name).symlink_to(victim)
    clean(folder, out)
    assert victim.read_bytes() == b"mine"
    assert len(records(out.read_bytes())) == counts(out)["documents"]


@pytest.mark.parametrize("name", [".seedclean.part", "sub/a.md.json"])
def test_a_planted_link_in_the_output_is_not_written_through(name: str, tmp_path: Path) -> None:
    folder, out, victim = tree(tmp_path / "in"), tmp_path / "out", tmp_path / "victim"
    victim.write_bytes(b"mine")
    (out / name).parent.mkdir(parents=True)
    (out / name).symlink_to(victim)
    clean(folder, out)
    assert victim.read_bytes() == b"mine"
    assert not (out / "sub" / "a.md.json").is_symlink()


def test_a_planted_link_in_place_of_a_directory_is_an_error_of_its_files(tmp_path: Path) -> None:
    folder, out, elsewhere = tree(tmp_path / "in"), tmp_path / "out", tmp_path / "elsewhere"
    elsewhere.mkdir()
    out.mkdir()
    (out / "sub").symlink_to(elsewhere)
    done = run(folder, "-o", out)
    assert done.returncode == 1
    assert done.stderr.count(b"symbolic link stands in its path") == 2
    assert list(elsewhere.iterdir()) == []
    assert (out / "lines.jsonl#1.json").exists()


@pytest.mark.parametrize("kind", ["file", "directory"])
def test_what_becomes_a_link_in_mid_run_is_not_followed(kind: str, tmp_path: Path) -> None:
    folder = tree(tmp_path / "in")
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "a.md").write_text("A secret.", "utf-8")
    entry = next(entry for entry in select([folder]).entries if entry.name == "sub/a.md")
    if kind == "file":
        (folder / "sub" / "a.md").unlink()
        (folder / "sub" / "a.md").symlink_to(secret / "a.md")
    else:
        (folder / "sub").rename(tmp_path / "moved")
        (folder / "sub").symlink_to(secret)
    with (
        pytest.raises(UnreadableError, match="symbolic link"),
        open_documents(Path(entry.file), entry.name, entry.root),
    ):
        pass


def test_a_directory_that_is_a_link_is_the_choice_of_its_user(tmp_path: Path) -> None:
    folder = tree(tmp_path / "in")
    (folder / "picture.md").unlink()
    (folder / "lines.jsonl").unlink()
    (tmp_path / "link").symlink_to(folder)
    assert len(list(clean_tree(tmp_path / "link"))) == 7


NOT_UTF_8 = os.fsdecode(b"caf\xe9.md")


def test_a_path_that_is_no_utf_8_is_cleaned_and_named(tmp_path: Path) -> None:
    (tmp_path / NOT_UTF_8).write_text("# Lamp\n\nThe ferry left at six.\n", "utf-8")
    done = run(tmp_path / NOT_UTF_8, "-o", tmp_path / "out.jsonl")
    assert (done.returncode, done.stderr.count(b"Traceback")) == (0, 0)
    assert orjson.loads((tmp_path / "out.jsonl.manifest.json").read_bytes())["options"]["paths"][0].endswith(".md")
    for command in ("check", "explain", "detect"):
        assert b"Traceback" not in run(command, tmp_path / NOT_UTF_8).stderr


def test_names_send_no_command_to_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\x1b]0;b\x07\n.md").write_text("# Lamp\n", "utf-8")
    for command in ("detect", "clean"):
        done = run(command, tmp_path)
        assert not {b"\x1b", b"\x07"} & {bytes([byte]) for byte in done.stdout + done.stderr}
        assert done.stdout.count(b"\n") == 1


@pytest.mark.parametrize(
    "value",
    [
        "[" * 5000,
        "[" * 900 + "]" * 900,
        "9" * 5000,
        "0x" + "f" * 5000,
        "0b" + "1" * 20_000,
        "{a=" * 5000,
        "1e999",
        "nan",
        "1979-05-27",
    ],
)
@pytest.mark.parametrize("key", ["why", "says", "first", "spares", "chars", "nonsense"])
def test_any_value_in_a_rule_file_is_a_typed_error(key: str, value: str, tmp_path: Path) -> None:
    pack = tmp_path / "lamp.toml"
    rule = f'[[rule]]\nremove = "a"\ncategory = "interface"\nkind = "heading"\n{key} = {value}\n'
    pack.write_text(f'id = "lamp"\nname = "Lamp"\nhost = ["lamp.example"]\n{rule}', "utf-8")
    faults = check(pack)
    assert faults
    assert all(len(str(fault)) < 50_000 for fault in faults)
    with pytest.raises(PackError):
        load([pack])


def test_a_rule_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    pack = tmp_path / "lamp.toml"
    pack.write_text('id = "lamp"\n' + '[[rule]]\nremove = "a"\n' * 30_000, "utf-8")
    (fault,) = check(pack)
    assert "more than 500,000 characters" in str(fault)


def test_the_lock_is_held_though_another_run_deletes_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that opened the lock file before the run that held it deleted it must not hold a file without a name."""
    lock = tmp_path / "lock"
    real = os.fstat
    raced: list[bool] = []

    def fstat(descriptor: int) -> os.stat_result:
        if not raced:
            raced.append(True)
            lock.unlink()
        return real(descriptor)

    monkeypatch.setattr(os, "fstat", fstat)
    with exclusive_lock(lock):
        assert lock.exists()
        with pytest.raises(OutputError, match="another run"), exclusive_lock(lock):
            pass
    assert not lock.exists()


def test_warnings_of_libraries_do_not_break_the_log(tmp_path: Path) -> None:
    data = archive(("200 OK", "text/html", b"<p>The ferry left at six.</p>"))
    short = re.sub(rb"(?<=Content-Length: )\d+", lambda length: b"%d" % (int(length[0]) - 9), data, count=1)
    (tmp_path / "a.warc").write_bytes(short)
    quiet = subprocess.run([sys.executable, "-m", "seedclean", "detect", tmp_path], capture_output=True, check=False)
    assert b"WARNING" in quiet.stderr  # in this process the library writes where it likes
    done = run(tmp_path, "--log-format", "json")
    assert {orjson.loads(line)["event"] for line in done.stderr.splitlines()} >= {"summary"}
