"""Small files that unpack to much, or need much memory: refused before they take it."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys

import pyarrow
import pyarrow.parquet
import pytest
from test_containers import archive, one_error, table

from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.model.errors import ContainerError, TooLargeError
from seedclean.packs.registry import load
from seedclean.pipeline import examine
from seedclean.sources.containers import unpack
from seedclean.sources.files import DocumentFile, read_stream


def test_one_large_value_in_every_row_of_parquet_is_not_decoded() -> None:
    one = pyarrow.DictionaryArray.from_arrays([0] * 64, ["a" * 5_000_000])
    stream = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"text": one}), stream, compression="zstd")
    data = stream.getvalue()
    assert len(data) < 10_000
    assert "more than 200 times" in str(one_error("a.parquet", data))


def test_rows_of_large_values_are_decoded_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PARQUET_BATCH_BYTES", 100)
    texts = [f"{number} " + "lamp " * 30 for number in range(20)]
    members = list(unpack(Source("a.parquet", table(text=texts))))
    assert [member.data.decode() for member in members if isinstance(member, Source)] == texts


def test_layers_and_members_share_one_bound() -> None:
    inner = gzip.compress(b"<html><body>" + b" " * 900_000)
    pages = [("200 OK", "text/html|gzip", inner)] * 20
    members = list(unpack(Source("a.warc.gz", gzip.compress(archive(*pages)))))
    assert len([member for member in members if isinstance(member, Source)]) < 5
    assert "more than 200 times" in str(members[-1])


@pytest.mark.parametrize("piece", ["[],", "{},", '"a",', '{"a":1},', "1,"])
def test_json_of_very_many_values_is_not_parsed(piece: str) -> None:
    data = ("[" + piece * 1_100_000 + "0]").encode()
    assert len(data) // limits.JSON_VALUE_BYTES < 1_100_000
    assert "too many values" in str(one_error("a.json", data))
    assert "too many values" in str(one_error("a.jsonl", data))


def test_marks_in_the_text_of_json_are_no_values() -> None:
    text = 'a,[{"\\' * 400_000
    (source,) = unpack(Source("a.json", json.dumps({"text": text}).encode()))
    assert isinstance(source, Source)
    assert source.data.decode() == text


def test_a_document_is_bound_by_what_was_read_of_the_file() -> None:
    page = b"<p>" + b"".join(b"%d lamp " % (number % 1000) for number in range(2_000_000))
    error = one_error("a.html.gz", gzip.compress(page))
    assert isinstance(error, ContainerError)
    assert "20 times" in str(error)


@pytest.mark.parametrize(
    ("path", "piece"), [("a.txt", "ab\n"), ("a.html", "a<br>"), ("a.html", "<p>a"), ("a.md", "a\n\n")]
)
def test_a_document_of_very_many_blocks_is_refused(path: str, piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BLOCKS", 1000)
    examine(Source(path, piece.encode() * 1000), load())
    with pytest.raises(TooLargeError, match="more than 1,000 blocks"):
        examine(Source(path, piece.encode() * 1001), load())


@pytest.mark.parametrize("data", [b"a" * 1001, gzip.compress(b"a", mtime=0) + b"\0" * 1001])
def test_standard_input_is_bound(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SOURCE_BYTES", 1000)
    read = read_stream(io.BytesIO(data + b"a" * 10_000))
    assert len(read) == 1001
    for member in (one_error("-", read), *DocumentFile("-", Source("-", read)).documents()):
        assert isinstance(member, TooLargeError)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds all of the memory")
def test_a_worker_has_a_bound_of_memory() -> None:
    code = (
        "from seedclean.model import limits; limits.WORKER_BYTES = 300_000_000\n"
        "from seedclean.batch.memory import limit_memory; limit_memory(1000); b'a' * 400_000_000"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert b"MemoryError" in done.stderr


@pytest.mark.parametrize(
    "header",
    ['text/html; a="' + ";" * 50_000, "text/html" + "; a=b" * 20_000, 'multipart/mixed; boundary="' + ";" * 50_000],
)
def test_a_header_of_very_many_parameters_is_not_parsed(header: str) -> None:
    data = f"From: a@b.example\nSubject: Lamp\nContent-Type: {header}\n\n<p>The ferry left at six.".encode()
    assert len(list(unpack(Source("a.eml", data)))) == 1


def test_a_mail_of_very_many_boundaries_is_refused() -> None:
    data = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (at, at) for at in range(250))
    assert "too many parts" in str(one_error("a.eml", data))


def test_a_comment_after_a_date_of_a_mail_is_dropped() -> None:
    for date, expected in (
        ("Thu, 16 May 2024 08:00:00 +0000 (UTC)", "Thu, 16 May 2024 08:00:00 +0000"),
        ("(" * 9000, "(" * 9000),
        ("16 May (a)(b)", "16 May (a)"),
        ("16 May a)", "16 May a)"),
    ):
        (source,) = unpack(Source("a.eml", f"From: a@b.example\nDate: {date}\n\nThe lamp.".encode()))
        assert isinstance(source, Source)
        assert dict(source.stated)["date"] == expected
