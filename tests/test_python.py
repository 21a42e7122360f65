"""The Python API: what a text, a file and a policy mean, errors as values, processes, and the record as a value."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, assert_type, get_args, get_type_hints

import pytest
from conftest import SEEDS, cleaned, documents, own
from hypothesis import given
from hypothesis import strategies as st
from schemas import SCHEMA, VALIDATOR

import seedclean
from seedclean import Cleaner, Detection, Record, SeedcleanError, Source
from seedclean.model.errors import (
    ContainerError,
    InputError,
    InternalError,
    NotTextError,
    PackError,
    UnreadableError,
)
from seedclean.packs.registry import PackOptions
from seedclean.record.arrow import arrow_schema, from_row
from seedclean.sources.files import documents as documents_of

RIGHTS = "© 2024 The River Gazette. All rights reserved."
TEXT = f"# The mill reopens\n\nThe mill turns again.\n\n{RIGHTS}"
PACK = (
    'id = "gazette"\nname = "The River Gazette"\nhost = ["gazette.example"]\n\n[[rule]]\nremove = "bell"\n'
    'category = "promotion"\nwhy = "Below each article."\nsays = "Ring the bell"\n'
)
BELL = "A mill reopens.\n\nRing the bell"
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    file = tmp_path / "gazette.toml"
    file.write_text(PACK, "utf-8")
    return file


def outcome(result: Record | SeedcleanError) -> str:
    return result.text if isinstance(result, Record) else result.code


# -- a str is text, a Path is a file


def existing_paths() -> list[str]:
    return [
        str(SEEDS / "000-wechat.txt"),
        os.path.relpath(SEEDS / "000-wechat.txt"),
        str(SEEDS),
        "/etc/passwd",
        ".",
        "~",
    ]


@pytest.mark.parametrize("text", existing_paths())
def test_a_text_that_names_a_file_is_a_text(text: str) -> None:
    assert seedclean.clean(text).text == text
    assert seedclean.clean(text).path == "-"
    assert text in seedclean.explain(text)
    assert [outcome(result) for result in seedclean.clean_many([text])] == [text]
    assert seedclean.detect(text).origin == ""


def test_no_text_is_ever_opened_as_a_path(tmp_path: Path) -> None:
    """An audit hook sees each file that is opened and each directory that is listed. A process is its own, as a hook stays."""
    secret = tmp_path / "secret.md"
    secret.write_text("# Secret\n\nNobody asked for this.", "utf-8")
    script = f"""
import os, sys
os.chdir({str(tmp_path)!r})
import seedclean
seen = []
sys.addaudithook(lambda event, arguments: seen.append((event, str(arguments[0]))) if arguments else None)
os.stat = lambda path, *rest, real=os.stat, **options: (seen.append(("stat", str(path))), real(path, *rest, **options))[1]
texts = [{str(secret)!r}, "secret.md", "./secret.md", {str(tmp_path)!r}, "file://" + {str(secret)!r}, "secret.md#1"]
cleaner = seedclean.Cleaner(keep=["legal"])
for text in texts:
    for format in (None, "html", "markdown", "text"):
        assert "Nobody" not in cleaner.clean(text, format=format, path=text, url="https://a.example/secret.md").text
    cleaner.clean(text)
    cleaner.clean(text.encode())
    cleaner.detect(text)
    cleaner.explain(text)
    list(cleaner.clean_many([text, seedclean.Source(text, text.encode())]))
    for wrong in (lambda: list(cleaner.clean_tree(text)), lambda: seedclean.Cleaner(rules=[text]), lambda: seedclean.Cleaner(site_config=text)):
        try:
            wrong()
        except TypeError:
            continue
        raise AssertionError(text)
watched = ("open", "stat", "os.listdir", "os.scandir", "os.open")
print([(event, name) for event, name in seen if event in watched and "secret" in name or name == {str(tmp_path)!r}])
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@given(st.text(max_size=80))
def test_any_text_gives_its_record_and_nothing_of_a_file(text: str) -> None:
    result = next(seedclean.clean_many([text]))
    assert isinstance(result, Record | NotTextError | ContainerError)  # `[` begins JSON
    assert (result.path if isinstance(result, Record) else result.where).startswith("-")


def test_a_path_is_a_file_even_if_it_does_not_exist() -> None:
    with pytest.raises(UnreadableError):
        seedclean.clean(Path("no/such.md"))
    assert seedclean.clean("no/such.md").text == "no/such.md"


@pytest.mark.parametrize("source", [7, None, ["a"], bytearray(b"a")])
def test_another_type_is_refused(source: Any) -> None:
    with pytest.raises(TypeError, match="a str \\(the text\\), bytes, a Path"):
        seedclean.clean(source)
    with pytest.raises(TypeError):
        list(seedclean.clean_many([source]))


# -- what the caller knows


def test_the_address_given_goes_before_that_of_the_document() -> None:
    text = "---\nurl: https://www.voanews.com/a/1.html\n---\n\n# A mill\n\nIt turns."
    record = seedclean.clean(text, url="https://www.dw.com/en/a-1?utm_source=feed")
    assert (record.origin, record.clue, record.url) == ("dw", "address/given", "https://www.dw.com/en/a-1")
    assert record.provenance["url"] == seedclean.Provenance("given", None)
    assert record.stated["url"] == "https://www.voanews.com/a/1.html"
    assert seedclean.detect(text, url="https://www.dw.com/en/a-1").origin == "dw"
    assert "address/given" in seedclean.explain(text, url="https://www.dw.com/en/a-1")


def test_path_and_format_say_how_the_bytes_are_read() -> None:
    page = "<p>a &lt; b</p>"
    assert seedclean.clean(page).format == "html"
    assert seedclean.clean(page, format="text").text == page
    assert seedclean.clean("# a\n\nb", path="notes/a.txt").format == "markdown"
    assert seedclean.clean(SEEDS / "000-wechat.txt", path="a/b.txt").path == "a/b.txt"
    assert seedclean.clean('{"text": "one"}').text == "one"
    assert seedclean.clean('{"text": "one"}', format="text").text == '{"text": "one"}'
    assert seedclean.clean("---\nurl: a\n---\n\n# One", format="text").format == "text"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"format": "htm"}, "one of html, markdown, text"), ({"url": "example.org/1"}, "begins with http://"),
        ({"keep": ["legl"]}, "did you mean 'legal'"), ({"drop": ["x"]}, "one of: interface, navigation"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        seedclean.clean("A mill.", **arguments)


@pytest.mark.parametrize(
    "arguments", [{"keep": "legal"}, {"rules": Path("a.toml")}, {"rules": ["a.toml"]}, {"site_config": "a"}]
)
def test_a_wrong_type_is_named(arguments: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        seedclean.clean("A mill.", **arguments)


# -- the policy


def test_what_the_policy_keeps_says_what_it_is() -> None:
    plain, kept = seedclean.clean(TEXT), seedclean.clean(TEXT, keep=["legal"])
    assert [(block.category, block.rule, block.text) for block in plain.removed] == [("legal", "site/rights", RIGHTS)]
    assert [(block.category, block.rule, block.kind) for block in kept.blocks][-1] == (
        "legal",
        "site/rights",
        "paragraph",
    )
    assert kept.removed == ()
    assert kept.text == f"{plain.text}\n{RIGHTS}"
    assert kept.markdown() == plain.markdown().rstrip("\n") + f"\n\n{RIGHTS}\n"
    VALIDATOR.validate(kept.to_dict())
    assert all("category" not in block for block in plain.to_dict()["blocks"])


@pytest.mark.parametrize("category", ["credit", "interface", "promotion", "duplicate"])
def test_the_policy_changes_blocks_and_text_alone(category: Any) -> None:
    cleaner = Cleaner(keep=[category])
    for path in documents(SEEDS):
        plain, kept = cleaned(path).record.to_dict(), cleaner.clean(path, path=cleaned(path).record.path).to_dict()
        differ = {key for key in plain if plain[key] != kept[key]}
        assert differ <= {"blocks", "text", "removed", "translations"}
        spans = {
            tuple(block["span"])
            for block in plain["removed"]
            if block["category"] == category and block["kind"] != "metadata"
        }
        assert {tuple(block["span"]) for block in kept["blocks"] if block.get("category") == category} == spans
        assert [
            block for block in kept["removed"] if block["category"] == category and block["kind"] != "metadata"
        ] == []


def test_a_page_of_nothing_else_is_still_empty() -> None:
    assert (seedclean.clean(RIGHTS).status, seedclean.clean(RIGHTS, keep=["legal"]).status) == ("empty", "empty")
    assert seedclean.clean(RIGHTS, keep=["legal"]).text == RIGHTS


def test_drop_removes_a_list_that_the_page_consists_of() -> None:
    sentence = "The old mill by the river turned again today, and people came from far to see it."
    teasers = "".join(f'<li><a href="/{at}">Mill number {at} turns again in the valley</a></li>' for at in range(12))
    menu = "".join(f'<li><a href="/m{at}">Section {at}</a></li>' for at in range(8))
    page = (
        f"<html><body><nav><ul>{menu}</ul></nav><main><h1>News of the river</h1><p>{sentence}</p><p>{sentence}</p>"
        f"<h2>Related articles</h2><ul>{teasers}</ul></main><footer><p>Contact</p><p>Imprint</p></footer></body></html>"
    )
    listing, dropped = seedclean.clean(page), seedclean.clean(page, drop=["recommendation"])
    assert listing.text.count("Mill number") >= 10
    assert dropped.text == f"News of the river\n{sentence}\n{sentence}"
    assert {block.rule for block in dropped.removed if "Mill" in block.text} == {"site/related"}


# -- a cleaner


def test_a_cleaner_travels_with_its_rules(pack: Path) -> None:
    cleaner = Cleaner(rules=[pack], keep=["legal"])
    expected = cleaner.clean(BELL, url="https://gazette.example/1")
    assert (expected.publisher, expected.text) == ("The River Gazette", "A mill reopens.")
    copy = pickle.loads(pickle.dumps(cleaner))
    pack.unlink()
    again = pickle.loads(pickle.dumps(copy))
    assert again.clean(BELL, url="https://gazette.example/1") == expected
    assert repr(again) == f"Cleaner(rules=[{str(pack)!r}], keep=['legal'])"
    assert pickle.dumps(again) == pickle.dumps(copy)


def test_a_cleaner_serves_processes_and_threads(pack: Path) -> None:
    cleaner = Cleaner(rules=[pack])
    page = (SEEDS / "001-dw.txt").read_bytes()
    expected = cleaner.clean(page)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(cleaner.clean, [page]) == [expected]
    results: list[Record] = []
    threads = [threading.Thread(target=lambda: results.append(cleaner.clean(page))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 4


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_cleaner_serves_a_forked_process() -> None:
    script = (
        "import multiprocessing, seedclean\n"
        "cleaner = seedclean.Cleaner(keep=['legal'])\n"
        "with multiprocessing.get_context('fork').Pool(2) as pool:\n"
        "    print(pool.map(cleaner.clean, ['# A mill', 'b']))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.count("<Record '-'") == 2


def test_the_functions_take_the_options_of_a_cleaner(pack: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.md").write_text(f"---\nurl: https://gazette.example/1\n---\n\n{BELL}", "utf-8")
    url = "https://gazette.example/1"
    assert seedclean.clean(BELL, url=url, rules=[pack]).origin == "gazette"
    assert seedclean.detect(BELL, url=url, rules=[pack]).origin == "gazette"
    assert "gazette/bell" in seedclean.explain(BELL, url=url, rules=[pack])
    source = Source("a.md", BELL.encode(), url=url)
    assert [outcome(result) for result in seedclean.clean_many([source], rules=[pack])] == ["A mill reopens."]
    assert [outcome(result) for result in seedclean.clean_tree(folder, rules=[pack])] == ["A mill reopens."]
    kept = list(seedclean.clean_tree(folder, rules=[pack], keep=["promotion"]))
    assert [outcome(result) for result in kept] == ["A mill reopens.\nRing the bell"]


def test_a_rule_file_with_a_fault_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("id = 1", "utf-8")
    for rules in ([tmp_path / "a.toml"], [tmp_path / "b.toml"]):
        with pytest.raises(PackError):
            Cleaner(rules=rules)


# -- many documents


@pytest.mark.parametrize("jobs", [0, -1])
def test_no_process_is_a_wrong_value(jobs: int) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        seedclean.clean_many([], jobs=jobs)
    with pytest.raises(ValueError, match="1 or more"):
        seedclean.clean_tree(SEEDS, jobs=jobs)


def inputs(folder: Path) -> list[Any]:
    (folder / "c.md").write_text("# C", "utf-8")
    several = b'{"text": "one"}\n{"text": "two"}\n'
    source = Source("d.html", b"<p>D</p>", url="https://www.dw.com/en/a-1")
    return ["a", b"b", folder / "c.md", source, PICTURE, folder / "none.md", several, "z"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_errors_are_values_in_the_order_of_the_inputs(tmp_path: Path, jobs: int) -> None:
    results = list(seedclean.clean_many(inputs(tmp_path), jobs=jobs))
    assert list(map(outcome, results)) == ["a", "b", "C", "D", "not-text", "unreadable", "input", "z"]
    assert isinstance(results[3], Record)
    assert (results[3].origin, results[3].path) == ("dw", "d.html")
    assert isinstance(results[6], InputError)
    assert "more than one document" in str(results[6])


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_address_given_is_that_of_the_only_document_in_a_container(jobs: int) -> None:
    """A column of pages often holds them compressed."""
    jina = b"Title: A\n\nURL Source: https://river.example/1\n\nMarkdown Content:\nA mill."
    contents = [gzip.compress(b"<p>A mill.</p>"), b'{"html": "<p>A mill.</p>", "url": "https://river.example/1"}', jina]
    url = "https://www.dw.com/de/a-1"
    for result in seedclean.clean_many([Source("-", content, url=url) for content in contents], jobs=jobs):
        assert isinstance(result, Record)
        assert (result.text, result.origin, result.url) == ("A mill.", "dw", url)
    several = list(documents_of(Source("a.jsonl", b'{"text": "A."}\n{"text": "B."}\n', url=url)))
    assert [source.url for source in several if isinstance(source, Source)] == ["", ""]


def test_results_come_as_they_are_ready() -> None:
    def endless() -> Iterator[str]:
        at = 0
        while True:
            yield f"number {at}"
            at += 1

    for jobs in (1, 2):
        results = seedclean.clean_many(endless(), jobs=jobs)
        assert [outcome(next(results)) for _ in range(3)] == ["number 0", "number 1", "number 2"]
        results.close()  # type: ignore[attr-defined]


def test_processes_take_rules_and_policy_along(pack: Path) -> None:
    cleaner = Cleaner(rules=[pack], keep=["promotion"])
    pack.unlink()
    source = Source("a.md", BELL.encode(), url="https://gazette.example/1")
    (result,) = cleaner.clean_many([source], jobs=2)
    assert result == cleaner.clean(source)
    assert outcome(result) == "A mill reopens.\nRing the bell"


def test_a_bug_costs_one_document(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from seedclean import pipeline

    real = pipeline.examine

    def examine(source: Source, registry: Any) -> Any:
        if b"bug" in source.data:
            raise IndexError("a bug")
        return real(source, registry)

    monkeypatch.setattr(pipeline, "examine", examine)
    results = list(seedclean.clean_many(["a", "bug", "c"]))
    assert [type(result) for result in results] == [Record, InternalError, Record]
    for name in ("a", "bug", "c"):
        (tmp_path / f"{name}.md").write_text(name, "utf-8")
    assert [type(result) for result in seedclean.clean_tree(tmp_path)] == [Record, InternalError, Record]


def test_a_bug_costs_the_detection_of_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    from seedclean import pipeline
    from seedclean.packs.registry import load

    real = pipeline.detect

    def detect(source: Source, registry: Any) -> Any:
        if b"bug" in source.data:
            raise IndexError("a bug")
        return real(source, registry)

    monkeypatch.setattr(pipeline, "detect", detect)
    sources = [Source(f"{text}.md", text.encode()) for text in ("a", "bug", "c")]
    results = [type(result) for _, result in pipeline.detections(sources, load())]
    assert results == [Detection, InternalError, Detection]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_tree_goes_on_after_an_error(tmp_path: Path, jobs: int) -> None:
    (tmp_path / "a.md").write_text("# A", "utf-8")
    (tmp_path / "b.txt").write_bytes(PICTURE)
    (tmp_path / "c.jsonl").write_bytes(b'{"text": "one"}\n[broken\n{"text": "two"}\n')
    (tmp_path / "d.json").write_bytes(seedclean.clean("own").to_json())
    (tmp_path / "e.md").write_text("# E", "utf-8")
    results = list(seedclean.clean_tree(tmp_path, jobs=jobs))
    assert list(map(outcome, results)) == ["A", "not-text", "one", "container", "two", "E"]
    assert isinstance(results[1], NotTextError)
    assert isinstance(results[3], ContainerError)
    assert results[3].where == "c.jsonl#2"


def test_a_tree_that_is_not_there_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        seedclean.clean_tree(tmp_path / "none")


# -- the record as a value


def test_a_record_is_what_its_json_says(document: Path) -> None:
    record = cleaned(document).record
    again = Record.from_json(record.to_json())
    assert (again, hash(again)) == (record, hash(record))
    assert again.to_json() == record.to_json()
    assert pickle.loads(pickle.dumps(record)) == record
    assert from_row(record.to_row()) == record.to_dict()
    assert tuple(record.to_dict()) == tuple(SCHEMA["properties"])


def test_a_record_cannot_be_changed() -> None:
    record = seedclean.clean("---\ntags: [a, {b: c}]\n---\n\n# A mill")
    with pytest.raises(AttributeError):
        record.title = "B"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        record.blocks[0].text = "B"  # type: ignore[misc]
    with pytest.raises(TypeError):
        record.stated["tags"] = "B"  # type: ignore[index]
    copy = record.to_dict()
    copy["blocks"][0]["text"] = copy["stated"]["tags"][1]["b"] = copy["provenance"]["title"]["from"] = "changed"
    copy["blocks"][0]["span"][0] = copy["tags"] = 7
    assert b"changed" not in record.to_json()
    assert record.blocks[0].span == (27, 35)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"7", b'{"schema": 1}', "nonsense", b"\xff"])
def test_what_is_no_record_is_refused(data: bytes | str) -> None:
    with pytest.raises(InputError, match="no record"):
        Record.from_json(data)


def test_a_record_of_another_form_is_refused() -> None:
    data = seedclean.clean("A mill.").to_dict()
    for change in ({"schema": 2}, {"more": 1}, {"blocks": [{"kind": "paragraph"}]}, {"blocks": [7]}, {"authors": None}):
        with pytest.raises(InputError, match="no record"):
            Record.from_json(json.dumps(data | change))


def test_a_record_shows_itself_in_one_line() -> None:
    record = seedclean.clean("# " + "A long title\u2028" * 20, path="a\nb.md")
    assert len(repr(record).splitlines()) == 1
    assert repr(seedclean.clean("")) == "<Record '-': None, unknown origin, empty, 0 kept, 0 removed>"


def test_nothing_of_a_document_is_markup_in_a_notebook() -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)> \u202e\x1b[31m"
    record = seedclean.clean(f"{attack}\n\n" * 30, format="text", path=attack, url="https://a.example/<b>")
    html = record._repr_html_()
    assert "<script" not in html
    assert "<img" not in html
    assert "\u202e" not in html
    assert "\x1b" not in html
    assert "&lt;script&gt;" in html
    assert "more lines" in html
    for path in own()[::10]:
        assert cleaned(path).record._repr_html_().count("<") == cleaned(path).record._repr_html_().count(">")


def test_front_matter_reads_back(document: Path) -> None:
    import yaml

    record = cleaned(document).record
    note = record.markdown(front_matter=True)
    _, head, body = note.split("---\n", 2)
    values = yaml.safe_load(head)
    for name in ("title", "url", "publisher", "published", "language"):
        assert str(values.get(name)) == str(getattr(record, name))
    for name in ("authors", "editors", "tags"):
        assert tuple(values.get(name, ())) == getattr(record, name)
    whole = record.markdown()
    assert whole.endswith(body.lstrip("\n"))


def test_a_title_that_looks_like_yaml_is_a_title() -> None:
    for title in ("- a: b", "yes", "2024", "# a", "a: b # c", "[x", "\u85e4\u539f \U0001f3b5"):
        note = seedclean.clean(f"<h1>{title}</h1><p>A mill.</p>", format="html").markdown(front_matter=True)
        again = seedclean.clean(note)
        assert again.title == title


# -- tables


def test_pyarrow_takes_whole_records() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    records = [cleaned(path).record for path in own()]
    table = pyarrow.Table.from_pylist([record.to_row() for record in records], arrow_schema())
    assert [Record.from_json(json.dumps(from_row(row))) for row in table.to_pylist()] == records


def test_pandas_takes_whole_records() -> None:
    pytest.importorskip("pandas")
    pyarrow = pytest.importorskip("pyarrow")
    record = cleaned(SEEDS / "000-wechat.txt").record
    frame = pyarrow.Table.from_pylist([record.to_row()], arrow_schema()).to_pandas()
    assert [block["rule"] for block in frame["removed"][0]] == [block.rule for block in record.removed]


def test_datasets_takes_whole_records() -> None:
    """In a process of its own: datasets pickles what it is given with all that pytest has put into modules."""
    pytest.importorskip("datasets")
    script = f"""
import datasets, seedclean
from pathlib import Path
from seedclean.record.arrow import from_row
record = seedclean.clean(Path({str(SEEDS / "000-wechat.txt")!r}))
features = datasets.Features.from_arrow_schema(seedclean.arrow_schema())
(row,) = datasets.Dataset.from_list([record.to_row()], features=features)
print(from_row(row) == record.to_dict())
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"


def test_duckdb_takes_whole_records() -> None:
    duckdb = pytest.importorskip("duckdb")
    pyarrow = pytest.importorskip("pyarrow")
    record = cleaned(SEEDS / "000-wechat.txt").record
    table = pyarrow.Table.from_pylist([record.to_row()], arrow_schema())
    query = "SELECT count(*), min(r.category) FROM (SELECT unnest(removed) AS r FROM records) WHERE r.category = 'interface'"
    counts = duckdb.connect().register("records", table).execute(query).fetchone()
    assert counts == (sum(block.category == "interface" for block in record.removed), "interface")


# -- types and names


def test_a_misspelt_name_is_an_error() -> None:
    """mypy reports each line here whose comment does not stand for an error."""
    with pytest.raises(AttributeError, match="seedclean has no 'claen'"):
        seedclean.claen  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(AttributeError):
        seedclean.clean("A").titel  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(TypeError):
        seedclean.clean("A", ur="https://a.example/")  # type: ignore[call-arg]


def test_every_field_has_its_type() -> None:
    """mypy holds these; they run so that each field exists."""
    record = seedclean.clean(TEXT)
    assert_type(record, Record)
    assert_type(record.title, str | None)
    assert_type(record.bytes, int)
    assert_type(record.confidence, int | None)
    assert_type(record.authors, tuple[str, ...])
    assert_type(record.blocks, tuple[seedclean.Block, ...])
    assert_type(record.removed, tuple[seedclean.Removed, ...])
    assert_type(record.translations, tuple[seedclean.Translation, ...])
    assert_type(record.provenance["title"], seedclean.Provenance)
    assert_type(record.blocks[0].span, tuple[int, int])
    assert_type(record.to_json(), bytes)
    assert_type(seedclean.detect("a"), seedclean.Detection)
    for result in seedclean.clean_many([TEXT]):
        assert_type(result, Record | SeedcleanError)


def test_a_type_checker_sees_every_field_of_the_schema() -> None:
    hints = get_type_hints(Record)
    assert set(hints) == set(SCHEMA["properties"])
    for part in (
        Record,
        seedclean.Block,
        seedclean.Mark,
        seedclean.Removed,
        seedclean.Translation,
        seedclean.Provenance,
    ):
        for name, hint in get_type_hints(part).items():
            assert Any not in _types_in(hint), f"{part.__name__}.{name}"


def _types_in(hint: Any) -> Iterator[Any]:
    yield hint
    for part in get_args(hint):
        yield from _types_in(part)


def test_every_public_name_is_there_and_explains_itself() -> None:
    assert set(seedclean.__all__) <= set(dir(seedclean))
    for name in seedclean.__all__:
        assert getattr(seedclean, name).__doc__, name
    for function in ("clean", "clean_many", "clean_tree", "detect", "explain"):
        assert getattr(Cleaner, function).__doc__


def test_help_names_the_functions_and_the_fields() -> None:
    import pydoc

    text = pydoc.plain(pydoc.render_doc(seedclean))
    for name in ("Cleaner", "clean_many(inputs", "clean_tree(directory", "arrow_schema("):
        assert name in text
    assert "provenance: " in pydoc.plain(pydoc.render_doc(Record))


def test_policy_and_rules_are_part_of_a_runs_fingerprint(pack: Path) -> None:
    from seedclean.batch.fingerprint import fingerprint
    from seedclean.model.document import Policy

    plain = fingerprint(PackOptions())
    assert fingerprint(PackOptions(policy=Policy(keep=("legal",)))) != plain
    assert fingerprint(PackOptions(rules=(pack,))) != plain
