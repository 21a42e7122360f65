"""Which files a run cleans: patterns, lists, hidden files, links, and names that are not valid Unicode."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from test_cli import records, run

from seedclean.model.document import Source
from seedclean.model.errors import UnreadableError
from seedclean.sources.files import sources_of
from seedclean.sources.walk import Entry, PathFilter, Selection, printable, read_list, select

posix = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and names of bytes need POSIX")


def tree(folder: Path, *names: str) -> Path:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {name}\n\nThe lamp of {name}.\n", "utf-8")
    return folder


def names(folder: Path, path_filter: PathFilter | None = None) -> list[str]:
    return [entry.name for entry in select([folder], path_filter).entries]


def test_files_are_sorted_by_the_bytes_of_their_paths(tmp_path: Path) -> None:
    tree(tmp_path, "b.md", "a/z.md", "a.md", "a-b/c.md", "B.md", "é.md", "灯.md", "a/b/c.md")
    paths = names(tmp_path)
    assert paths == sorted(paths, key=str.encode)
    assert paths[:3] == ["B.md", "a-b/c.md", "a.md"]


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        (("*.md",), (), ["a.md", "sub/b.md", "sub/deep/c.md"]), (("/*.md",), (), ["a.md"]), (("sub/",), (), ["sub/b.md", "sub/deep/c.md"]),
        (("sub/**/c.md",), (), ["sub/deep/c.md"]), ((), ("*.md",), ["d.txt"]), ((), ("sub/",), ["a.md", "d.txt"]),
        ((), ("*.md", "!a.md"), ["a.md", "d.txt"]), (("*.md", "*.txt"), ("deep",), ["a.md", "d.txt", "sub/b.md"]), (("none",), (), []),
    ],
)  # fmt: skip
def test_patterns_work_as_in_gitignore(
    include: tuple[str, ...], exclude: tuple[str, ...], expected: list[str], tmp_path: Path
) -> None:
    tree(tmp_path, "a.md", "d.txt", "sub/b.md", "sub/deep/c.md")
    assert names(tmp_path, PathFilter(include, exclude)) == expected


def test_an_invalid_pattern_is_an_error(tmp_path: Path) -> None:
    done = run(tree(tmp_path, "a.md"), "--exclude", "!")
    assert (done.returncode, b"patterns as in .gitignore" in done.stderr) == (2, True)


def test_paths_that_are_not_selected_are_counted_and_listed(tmp_path: Path) -> None:
    tree(tmp_path, "a.md", ".b.md", ".c/d.md", "e.css", "f.css", "g.png", "h.md")
    selection = select([tmp_path], PathFilter(exclude=("h.md",)))
    assert [entry.name for entry in selection.entries] == ["a.md"]
    assert {reason: passed.count for reason, passed in selection.passed_over.items()} == {
        "suffix": 3,
        "pattern": 1,
        "hidden": 2,
    }
    assert selection.passed_over["hidden"].examples == (".b.md", ".c")
    assert dict(selection.suffixes) == {".css": 2, ".png": 1}
    summary = run(tmp_path, "--exclude", "h.md").stderr.decode()
    assert "passed over 3 of other suffixes: e.css, f.css, g.png" in summary
    assert "passed over 1 by pattern: h.md" in summary
    assert "passed over 2 hidden: .b.md, .c" in summary


def test_of_many_paths_the_first_are_listed(tmp_path: Path) -> None:
    tree(tmp_path, *(f"{number:04}.png" for number in range(1200)))
    (passed,) = select([tmp_path]).passed_over.values()
    assert (passed.count, passed.examples[0]) == (1200, "0000.png")


def test_hidden_files_are_selected_on_request(tmp_path: Path) -> None:
    assert names(tree(tmp_path, ".b.md", ".c/d.md"), PathFilter(hidden=True)) == [".b.md", ".c/d.md"]


@posix
def test_links_are_followed_on_request_and_never_in_a_cycle(tmp_path: Path) -> None:
    tree(tmp_path, "real/a.md")
    (tmp_path / "real" / "up").symlink_to(tmp_path)
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    (tmp_path / "again").symlink_to(tmp_path / "real")
    (tmp_path / "b.md").symlink_to(tmp_path / "real" / "a.md")
    assert names(tmp_path) == ["real/a.md"]
    assert select([tmp_path]).passed_over["link"].count == 5
    followed = select([tmp_path], PathFilter(links=True))
    assert [entry.name for entry in followed.entries] == ["b.md", "real/a.md"]


@posix
def test_each_directory_behind_links_is_walked_once(tmp_path: Path) -> None:
    tree(tmp_path, "0/a.md")
    for level in range(20):
        here, below = tmp_path / str(level), tmp_path / str(level + 1)
        below.mkdir()
        for twin in "xy":
            (here / twin).symlink_to(below)
    (tmp_path / "20" / "b.md").write_text("one", "utf-8")
    assert [name[-4:] for name in names(tmp_path / "0", PathFilter(links=True))] == ["a.md", "b.md"]


def test_the_failures_of_a_selection_are_among_its_documents(tmp_path: Path) -> None:
    locked = UnreadableError("locked/", "cannot be listed", "check its permissions")
    selection = Selection((Entry(str(tree(tmp_path, "a.md") / "a.md"), "a.md"),), failures=(locked,))
    first, second = sources_of(selection)
    assert first is locked
    assert second == Source("a.md", (tmp_path / "a.md").read_bytes())


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_directory_that_cannot_be_listed_is_a_failure(tmp_path: Path) -> None:
    tree(tmp_path, "a.md", "locked/b.md")
    (tmp_path / "locked").chmod(0)
    try:
        done = run(tmp_path)
    finally:
        (tmp_path / "locked").chmod(0o700)
    assert done.returncode == 1
    assert b"failed: unreadable: locked/: cannot be listed" in done.stderr
    assert len(records(done.stdout)) == 1


def test_a_directory_that_disappears_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "a.md", "gone/b.md")
    scan = os.scandir

    def vanishing(path: str) -> object:
        if path.endswith("gone"):
            raise FileNotFoundError(2, "No such file or directory", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", vanishing)
    selection = select([tmp_path])
    assert [entry.name for entry in selection.entries] == ["a.md"]
    assert [str(error.code) for error in selection.failures] == ["unreadable"]


@posix
def test_names_that_are_not_utf_8_stay_distinct(tmp_path: Path) -> None:
    for raw in (b"caf\xe9.md", b"caf\xe8.md"):
        try:
            with open(os.path.join(os.fsencode(tmp_path), raw), "wb") as stream:
                stream.write(b"# One\n")
        except OSError:
            pytest.skip("this file system refuses names that are not UTF-8")
    done = run(tmp_path, "-o", tmp_path / "out")
    assert done.returncode == 0
    outputs = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert len(outputs) == 2
    assert all(name.startswith("caf\ufffd~") and name.endswith(".md.json") for name in outputs)


def test_a_printable_name_keeps_its_suffixes() -> None:
    assert printable("灯 lamp.md") == "灯 lamp.md"
    assert printable("a\udcff.html.gz").endswith(".html.gz")
    assert printable("a\udcff.md") != printable("a\udcfe.md")


# -- lists


def test_listed_files_keep_their_paths(tmp_path: Path) -> None:
    tree(tmp_path, "a b.md", "sub/c.txt", "sub/d.xyz")
    (tmp_path / "list").write_text("sub/c.txt\n./a b.md\n\nsub/d.xyz\nsub/c.txt\n", "utf-8")
    done = run("--files-from", "list", cwd=tmp_path)
    assert done.returncode == 0
    assert [record["path"] for record in records(done.stdout)] == ["a b.md", "sub/c.txt", "sub/d.xyz"]


@posix
def test_a_list_on_standard_input_may_be_separated_by_nul(tmp_path: Path) -> None:
    tree(tmp_path, "new\nline.md", "b.md")
    done = run("--files-from", "-", "-0", cwd=tmp_path, stdin=b"new\nline.md\0b.md\0")
    assert [record["path"] for record in records(done.stdout)] == ["b.md", "new\nline.md"]


def test_a_listed_path_that_does_not_exist_is_a_failure(tmp_path: Path) -> None:
    tree(tmp_path, "a.md")
    (tmp_path / "list").write_text("a.md\nnone.md\n.\n", "utf-8")
    done = run("--files-from", tmp_path / "list", cwd=tmp_path)
    assert done.returncode == 1
    assert [record["path"] for record in records(done.stdout)] == ["a.md"]
    assert b"failed: unreadable: none.md: there is no such file" in done.stderr
    assert b"failed: unreadable: .: a directory" in done.stderr


_TWINS = (["a.md", "../a.md"], ["../a.md", "a.md"])


def test_record_paths_of_listed_files_have_no_parent_steps(tmp_path: Path) -> None:
    file = tree(tmp_path, "a.md") / "a.md"
    (entry,) = select([], None, [str(file)]).entries
    assert not entry.name.startswith(("/", ".."))
    assert entry.name.endswith("/a.md")
    assert select([], None, ["../x/../y.md"]).entries == (Entry("../x/../y.md", "y.md"),)
    names = [{entry.file: entry.name for entry in select([], None, list).entries} for list in _TWINS]
    assert names[0] == names[1], "whatever the order"
    assert len(set(names[0].values())) == 2


def test_a_list_is_split_at_lines_or_nul() -> None:
    assert read_list(b"a\r\nb\n\nc", nul=False) == ["a", "b", "c"]
    assert read_list(b"a\nb\0\0c", nul=True) == ["a\nb", "c"]


@pytest.mark.parametrize("arguments", [[], ["-", "--files-from", "-"], ["--files-from", "none-there"]])
def test_unusable_arguments_exit_with_2(arguments: list[str], tmp_path: Path) -> None:
    assert run("clean", *arguments, cwd=tmp_path).returncode == 2
