"""Containers built from small documents: which documents they give, under which path, with which metadata."""

from __future__ import annotations

import base64
import gzip
import io
import json
import sys
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import lawful
from test_cli import records, run
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import seedclean
from seedclean.model import limits
from seedclean.model.document import Source
from seedclean.model.errors import ContainerError, InputError, OwnRecordError, SeedcleanError, TooLargeError
from seedclean.packs.registry import load
from seedclean.pipeline import examine
from seedclean.sources.containers import unpack
from seedclean.sources.files import one
from seedclean.sources.formats import is_readable, sniff, with_format
from seedclean.sources.walk import select

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PROSE = "The river was measured at dawn, and the gauge read four metres. "
PAGE = f"<!DOCTYPE html><html><head><title>The river</title></head><body><h1>The river</h1><p>{PROSE * 3}</p></body></html>"
ZH = "河水在清晨量过，水尺的读数是四米。"
URL = "https://www.river.example/1"


def documents(path: str, data: bytes) -> list[Source]:
    """The documents of a valid container, each checked against the laws."""
    members = [member for member in unpack(Source(path, data)) if isinstance(member, Source)]
    assert len(members) == len(list(unpack(Source(path, data))))
    for member in members:
        lawful(examine(member, load()))
    return members


def one_error(path: str, data: bytes) -> SeedcleanError:
    """The only member of a container, an error."""
    (error,) = unpack(Source(path, data))
    assert isinstance(error, SeedcleanError)
    return error


def lines(*items: Any) -> bytes:
    return b"".join(json.dumps(item, ensure_ascii=False).encode() + b"\n" for item in items)


def shown(data: bytes, path: str) -> list[tuple[str, str]]:
    """Path and text of each document, path and error code of each error."""
    return [
        (member.path, member.data.decode()) if isinstance(member, Source) else (member.where, member.code)
        for member in unpack(Source(path, data))
    ]


# -- documents that are not containers


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.html", PAGE), ("a.md", "{not json}"), ("-", "{not json}"), ("-", '{"a": 1}'), ("-", "[link](x)"), ("-", "[1, 2]"),
        ("-", "From: Ann\nSubject: a poem\n\nIt rains."), ("-", "Title: a\n\nNo header."), ("-", ""),
        ("a.md", "WARC/1.0 is a format.\n"),
    ],
)  # fmt: skip
def test_a_plain_document_is_unchanged(path: str, text: str) -> None:
    source = Source(path, text.encode())
    assert list(unpack(source)) == [source]


@given(
    st.binary(max_size=200),
    st.sampled_from(["-", "a.json", "a.jsonl", "a.gz", "a.eml", "a.mhtml", "a.warc", "a.parquet", "a.zst"]),
)
def test_any_bytes_give_documents_or_typed_errors(data: bytes, path: str) -> None:
    members = list(unpack(Source(path, data)))
    assert members
    assert all(isinstance(member, Source | SeedcleanError) for member in members)


# -- gzip and Zstandard


PACKERS: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".zst": zstd.compress}


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_compressed_page_keeps_its_path(suffix: str) -> None:
    (page,) = documents("a/page.html" + suffix, PACKERS[suffix](PAGE.encode()))
    assert (page.path, page.data) == ("a/page.html" + suffix, PAGE.encode())
    assert examine(page, load()).record.format == "html"


@pytest.mark.parametrize("suffix", PACKERS)
def test_compression_is_detected_without_its_suffix(suffix: str) -> None:
    assert documents("-", PACKERS[suffix](b"# A\n\nOne."))[0].data == b"# A\n\nOne."


@pytest.mark.parametrize("suffix", PACKERS)
def test_compressed_json_lines_are_read(suffix: str) -> None:
    data = PACKERS[suffix](lines({"text": "one"}, {"text": "two"}))
    assert shown(data, "a.jsonl" + suffix) == [("a.jsonl" + suffix + "#1", "one"), ("a.jsonl" + suffix + "#2", "two")]


def test_members_of_gzip_are_joined() -> None:
    data = gzip.compress(b"one ") + gzip.compress(b"") + gzip.compress(b"two") + b"\0" * 100
    assert documents("a.txt.gz", data)[0].data == b"one two"


@pytest.mark.parametrize("suffix", PACKERS)
def test_truncated_data_is_an_error_after_the_complete_documents(suffix: str) -> None:
    text = "".join(map(str, range(60_000)))
    packed = PACKERS[suffix](lines(*({"text": text[at : at + 90]} for at in range(0, len(text), 90))))
    members = shown(packed[:-9], "a.jsonl" + suffix)
    assert members[0] == (f"a.jsonl{suffix}#1", text[:90])
    assert members[-1] == ("a.jsonl" + suffix, "container")
    assert "cut off" in str(one_error("a.html" + suffix, packed[:-9]))


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_wrong_suffix_is_an_error(suffix: str) -> None:
    assert "is not valid" in str(one_error("a.html" + suffix, PAGE.encode()))


def test_data_after_gzip_is_an_error() -> None:
    assert "other data follows" in str(one_error("a.txt.gz", gzip.compress(b"one") + b"two"))


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize("inner", [".html", ".jsonl", ".json", ".warc", ".eml", ".mhtml", ".parquet"])
def test_a_bomb_is_refused(suffix: str, inner: str) -> None:
    bomb = PACKERS[suffix](b" " * 60_000_000)
    assert len(bomb) < 70_000
    assert "more than 200 times" in str(one_error("a" + inner + suffix, bomb))


def test_a_nested_bomb_is_measured_by_the_outermost_size() -> None:
    inner = gzip.compress(b"a" * 10_000_000)
    assert "more than 200 times" in str(one_error("a.html.gz.gz", gzip.compress(inner)))


def test_too_many_layers_of_compression_are_refused() -> None:
    data, path = b"one", "a.txt"
    for depth in range(1, 5):
        data, path = gzip.compress(data), path + ".gz"
        if depth <= limits.PACKING_DEPTH:
            assert documents(path, data)[0].data == b"one"
    assert "more than 3 layers of compression" in str(one_error(path, data))


def test_a_large_page_that_compresses_well_is_no_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UNPACKED_FLOOR", 50_000)
    data = "".join(f"<p>{PROSE}{number}</p>\n" for number in range(2_000)).encode()
    packed = gzip.compress(data)
    assert len(data) > max(2 * limits.UNPACKED_FLOOR, 20 * len(packed))
    assert documents("a.html.gz", packed)[0].data == data


def test_a_page_too_large_after_decompression_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SOURCE_BYTES", 1000)
    assert isinstance(one_error("a.html.gz", gzip.compress(PAGE.encode() * 10)), TooLargeError)


# -- JSON


def test_a_line_gives_a_document_with_its_metadata() -> None:
    item = {"id": 7, "url": URL, "price": 1.50, "html": PAGE, "text": "no", "tags": ["a"], "ok": True, "note": None}
    (source,) = documents(
        "a.jsonl", b'{"id": 7, "big": 123456789012345678901234567890, "price": 1.50, ' + lines(item)[9:]
    )
    assert (source.path, source.data) == ("a.jsonl#1.html", PAGE.encode())
    assert source.stated == (("id", "7"), ("big", "123456789012345678901234567890"), ("price", "1.5"), ("url", URL))
    record = examine(source, load()).record
    assert (record.url, record.stated["id"], record.provenance["url"].place) == (URL, "7", "container:url")


@pytest.mark.parametrize(
    ("item", "path", "text"),
    [
        ({"html": "<b>a</b>"}, "#html", "<b>a</b>"), ({"rawHtml": "<b>a</b>"}, "#html", "<b>a</b>"),
        ({"content_html": "a<br>b"}, "#html", "a<br>b"), ({"md": "a"}, "#markdown", "a"), ({"text": "a"}, "", "a"),
        ({"html": "", "text": "a"}, "", "a"), ({"content": "a", "markdown": "# b"}, "#markdown", "# b"), ({"article": "a"}, "", "a"),
        ({"text": ""}, "", ""), ({"text": "a\ud800b"}, "", "a\ufffdb"), ({"content": {"x": 1}, "body": "a"}, "", "a"),
    ],
)  # fmt: skip
def test_the_field_decides_the_format(item: dict[str, Any], path: str, text: str) -> None:
    (source,) = documents("a.json", json.dumps(item).encode())
    assert (source.path, source.data.decode()) == ("a.json" + path, text)
    if path:
        assert examine(source, load()).record.format == path[1:]


def test_responses_of_services_are_read() -> None:
    metadata = {"title": "The river", "sourceURL": URL, "language": "en", "statusCode": 200}
    firecrawl = {"success": True, "data": {"markdown": PROSE, "metadata": metadata}}
    (source,) = documents("a.json", json.dumps(firecrawl).encode())
    assert (source.path, source.data.decode()) == ("a.json#markdown", PROSE)
    assert dict(source.stated) == {"title": "The river", "url": URL, "language": "en", "statusCode": "200"}
    crawl = {"status": "completed", "data": [{"markdown": "one", "metadata": metadata}, {"markdown": "two"}]}
    assert shown(json.dumps(crawl).encode(), "a.json") == [("a.json#1.markdown", "one"), ("a.json#2.markdown", "two")]
    jina = {"code": 200, "data": {"title": "The river", "url": URL, "content": "# A", "publishedTime": "2024-05-16"}}
    record = seedclean.clean(json.dumps(jina).encode())
    assert (record.title, record.url, record.published) == ("The river", URL, "2024-05-16")


def test_a_broken_line_is_an_error_and_the_others_are_read() -> None:
    data = lines({"text": "one"}) + b'{"text": \n\n[1]\n{"a": 1}\n{"text": "\xba\xd3"}\n' + lines({"text": "two"})
    assert shown(data, "a.jsonl") == [
        ("a.jsonl#1", "one"), ("a.jsonl#2", "container"), ("a.jsonl#4", "container"), ("a.jsonl#5", "container"),
        ("a.jsonl#6", "container"), ("a.jsonl#7", "two"),
    ]  # fmt: skip
    messages = [str(member) for member in unpack(Source("a.jsonl", data)) if isinstance(member, SeedcleanError)]
    assert "is not valid JSON" in messages[0]
    assert "not a JSON object" in messages[1]
    assert "none of html, markdown, text" in messages[2]
    assert "not in UTF-8" in messages[3]


def test_lines_end_at_line_feeds_only() -> None:
    data = '\ufeff{"text": "a\u2028b\x85c"}\r\n{"text": "d"}'.encode()
    assert shown(data, "a.ndjson") == [("a.ndjson#1", "a\u2028b\x85c"), ("a.ndjson#2", "d")]


def test_json_lines_are_detected_without_a_suffix_and_in_a_json_file() -> None:
    data = lines({"text": "one"}, {"text": "two"})
    for path in ("-", "a.json", "a.txt"):
        assert shown(data, path) == [(path + "#1", "one"), (path + "#2", "two")]


@pytest.mark.parametrize("data", [b'{"name": "package"}', b"[]", b"[1]", b"1", b"", b"{", b"[" * 100_000, b'"text"'])
def test_json_without_a_document_is_an_error(data: bytes) -> None:
    assert all(isinstance(member, ContainerError) for member in unpack(Source("a.json", data)))
    with pytest.raises(ContainerError):
        seedclean.clean(Source("a.json", data))


def test_reading_ends_after_too_many_errors() -> None:
    members = list(unpack(Source("a.jsonl", b"x\n" * 5000)))
    assert len(members) == limits.MEMBER_FAULTS + 1
    assert "the rest is not read" in str(members[-1])


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MEMBERS", 2)
    assert shown(lines(*[{"text": "a"}] * 4), "a.jsonl")[-1] == ("a.jsonl", "container")


def test_a_line_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PARSED_BYTES", 100)
    assert shown(lines({"text": "a"}, {"text": "b" * 100}), "a.jsonl") == [
        ("a.jsonl#1", "a"),
        ("a.jsonl#2", "container"),
    ]
    assert isinstance(one_error("a.json", b"{" + b" " * 200), TooLargeError)


def test_records_of_seedclean_are_not_documents(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text("# A\n\nOne.", "utf-8")
    for target in ("in", "in/out.jsonl", "in/out.jsonl.gz", "in/out.parquet"):
        assert run(tmp_path / "in" / "a.md", "-o", tmp_path / target).returncode == 0
    done = run(tmp_path / "in")
    assert (done.returncode, len(records(done.stdout))) == (0, 1)
    assert b"1 cleaned, 0 failed" in done.stderr
    assert b"passed over 4 records of seedclean: a.md.json, out.jsonl#1, out.jsonl.gz#1, out.parquet#1" in done.stderr
    (record,) = seedclean.clean_tree(tmp_path / "in")
    assert isinstance(record, seedclean.Record)
    assert record.path == "a.md"
    with pytest.raises(OwnRecordError):
        seedclean.clean(tmp_path / "in" / "a.md.json")


# -- Parquet


def table(**columns: Any) -> bytes:
    stream = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), stream)
    return stream.getvalue()


def test_each_row_is_a_document() -> None:
    moments = pyarrow.array([1_700_000_000_000_000_001, None], pyarrow.timestamp("ns"))
    data = table(id=[7, 8], score=[1.5, None], text=["one", "two"], date=moments, ok=[True, False], tags=[["a"], []])
    for path, packed in (("a.parquet", data), ("-", data), ("a.parquet.gz", gzip.compress(data))):
        members = documents(path, packed)
        assert [(member.path, member.data) for member in members] == [(path + "#1", b"one"), (path + "#2", b"two")]
        assert members[0].stated == (("id", "7"), ("score", "1.5"), ("date", "2023-11-14 22:13:20.000000001"))
        assert members[1].stated == (("id", "8"),)


def test_bytes_structs_and_empty_rows_of_parquet() -> None:
    meta = [{"title": "The river", "n": 1}, None]
    data = table(html=[PAGE.encode("gbk"), None], metadata=meta, kind=pyarrow.array(["a", "b"]).dictionary_encode())
    first, second = unpack(Source("a.parquet", data))
    assert isinstance(first, Source)
    assert (first.path, first.data) == ("a.parquet#1.html", PAGE.encode("gbk"))
    assert first.stated == (("kind", "a"), ("title", "The river"), ("n", "1"))
    assert isinstance(second, ContainerError)


def test_invalid_or_empty_parquet_is_an_error() -> None:
    data = table(text=["one"] * 100)
    assert "is not valid Parquet" in str(one_error("a.parquet", data[:-20]))
    assert "is not valid Parquet" in str(one_error("a.parquet", b"one"))
    assert "no column holds a document; the columns are name" in str(one_error("a.parquet", table(name=["a"])))
    assert "holds no document" in str(one_error("a.parquet", table(text=pyarrow.array([], pyarrow.string()))))


def test_a_parquet_bomb_is_refused() -> None:
    members = list(unpack(Source("a.parquet", table(text=["a" * 1_000_000] * 100))))
    assert len(members) < 30
    assert "more than 200 times" in str(members[-1])


# -- mail


def letter(plain: str = "", html: str = "", **headers: str) -> bytes:
    message = EmailMessage()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if plain:
        message.set_content(plain)
    if html and plain:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    return message.as_bytes()


NEWSLETTER = letter(
    PROSE, f"<p>{PROSE}</p>", Subject="Die Mühle am Fluß", From="Ann Lee <ann@river.example>", Date="Fri, 17 Jul 2020 11:37:13 +0000",
    List_Id='"The River Gazette" <list.river.example>', Message_ID="<1@river.example>", To="Bo <bo@x.example>",
)  # fmt: skip


@pytest.mark.parametrize("path", ["a.eml", "-"])
def test_a_newsletter_gives_its_html(path: str) -> None:
    (source,) = documents(path, NEWSLETTER)
    assert source.data.decode().strip() == f"<p>{PROSE.strip()} </p>"
    record = examine(source, load()).record
    assert (record.title, record.authors, record.publisher) == ("Die Mühle am Fluß", ("Ann Lee",), "The River Gazette")
    assert (record.published, record.stated["id"], record.url) == ("2020-07-17T11:37:13+00:00", "1@river.example", None)
    assert record.path == ("a.eml" if path == "a.eml" else "-#html")


def test_a_mail_without_html_gives_its_text() -> None:
    (source,) = documents("a.eml", letter("# no heading\n\n> said\n", Subject="S", From="ann@river.example"))
    record = examine(source, load()).record
    assert (record.path, record.format, record.authors) == ("a.eml#text", "text", ())
    assert record.text.splitlines() == ["# no heading", "> said"]


@pytest.mark.parametrize(("charset", "name"), [("gb2312", "gbk"), ("iso-2022-jp", "iso-2022-jp"), ("utf-8", "utf-8")])
def test_the_envelope_states_the_encoding(charset: str, name: str) -> None:
    text = "河水" if name != "iso-2022-jp" else "川の水"
    body = base64.b64encode(f"<p>{text}</p>".encode(name)).decode()
    head = (
        f"MIME-Version: 1.0\r\nContent-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    (source,) = documents("a.eml", (head + body).encode())
    assert source.data.decode() == f"<p>{text}</p>"


@pytest.mark.parametrize("name", ["x-none", "hex", "idna", "undefined", "utf-7", "a\0b"])
def test_an_unknown_encoding_is_ignored(name: str) -> None:
    data = f'<meta charset="{name}"><p>{ZH}</p>'.encode("gbk")
    assert examine(Source("a.html", data), load()).record.status == "ok"
    assert (
        documents("a.warc", archive(("200 OK", f"text/html; charset={name.replace(chr(0), '')}", data)))[0].data == data
    )


def test_attachments_are_not_documents() -> None:
    message = EmailMessage()
    message.set_content("one")
    message.add_attachment(b"<p>two</p>", maintype="text", subtype="html", filename="a.html")
    assert documents("a.eml", message.as_bytes())[0].data == b"one\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no mail headers"), (b"just words", "no mail headers"), (b"Subject: a\nContent-Type: image/png\n\nx", "neither HTML nor"),
        (b"Subject: a\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPGI+a", "broken or cut off"),
    ],
)  # fmt: skip
def test_mail_without_a_document_is_an_error(data: bytes, message: str) -> None:
    assert message in str(one_error("a.eml", data))


def test_hostile_mail_is_read_or_an_error() -> None:
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (at, at) for at in range(3000))
    headers = [
        b"From: " + b"(" * 9000,
        b"From: " + b"<" * 9000,
        b"List-Id: " + b"\xff" * 20_000,
        b"Date: 99",
        b"Subject: =?x?b?!?=",
    ]
    for head in headers:
        documents("a.eml", head + b"\nContent-Type: text/plain; charset=none\n\none")
    list(unpack(Source("a.eml", deep)))


# -- MHTML


def saved(page: str, **headers: str) -> bytes:
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return (
        f"From: <Saved by Blink>\r\n{head}MIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/html\r\nContent-Location: https://ads.example/frame\r\n\r\n<p>frame</p>\r\n"
        f"--b\r\nContent-Type: text/html\r\nContent-ID: <page@x>\r\nContent-Location: {URL}\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{base64.encodebytes(page.encode()).decode()}\r\n"
        "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize("path", ["a.mhtml", "a.mht", "-"])
def test_mhtml_gives_its_page(path: str) -> None:
    data = saved(
        PAGE, Snapshot_Content_Location=URL, Subject="=?utf-8?B?5rKz?=", Date="Fri, 17 Jul 2020 11:37:13 +0000 (UTC)"
    )
    (source,) = documents(path, data)
    assert (source.path, source.data.decode()) == (path if path != "-" else "-#html", PAGE)
    record = examine(source, load()).record
    assert (record.url, record.captured, record.stated["title"]) == (URL, "2020-07-17T11:37:13+00:00", "河")


def test_the_page_is_the_start_part_or_else_the_first() -> None:
    assert b"<p>frame</p>" in documents("a.mhtml", saved(PAGE))[0].data
    data = saved(PAGE).replace(b'boundary="b"', b'boundary="b"; start="<page@x>"')
    assert documents("a.mhtml", data)[0].data == PAGE.encode()
    assert "no HTML part" in str(one_error("a.mhtml", b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\na"))


# -- WARC


class Writer(WARCWriter):  # type: ignore[misc]  # warcio ships no types
    """warcio's writer with temporary files in memory, as it never closes them."""

    def _create_temp_file(self) -> io.BytesIO:
        return io.BytesIO()


def archive(*responses: tuple[str, str, bytes], packed: bool = False) -> bytes:
    """An archive with a request and a response for each (status, content type, body)."""
    stream = io.BytesIO()
    writer = Writer(stream, gzip=packed)
    stamp = {"WARC-Date": "2020-07-17T11:37:13Z", "WARC-Record-ID": "<urn:uuid:1>"}
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for at, (status, type, body) in enumerate(responses):
        headers = [
            pair
            for pair in (("Content-Type", type.partition("|")[0]), ("Content-Encoding", type.partition("|")[2]))
            if pair[1]
        ]
        url = f"https://www.river.example/{at}"
        request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "river")], is_http_request=True)
        writer.write_record(
            writer.create_warc_record(url, "request", io.BytesIO(b""), http_headers=request, warc_headers_dict=stamp)
        )
        http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=http, warc_headers_dict=stamp)
        )
    return stream.getvalue()


PAGES = (
    ("200 OK", "text/html; charset=gbk", f"<p>{ZH}</p>".encode("gbk")), ("404 Not Found", "text/html", b"<p>none</p>"),
    ("200 OK", "image/png", b"\x89PNG"), ("200 OK", "", PAGE.encode()), ("200 OK", "text/html|gzip", gzip.compress(PAGE.encode())),
    ("200 OK", "text/html|gzip", PAGE.encode()),
)  # fmt: skip


def offsets(data: bytes) -> list[int]:
    """Where the records begin, as the library that wrote them says."""
    from warcio.archiveiterator import ArchiveIterator

    iterator = ArchiveIterator(io.BytesIO(data))
    return [iterator.get_record_offset() for _ in iterator]


@pytest.mark.parametrize("packed", [False, True])
def test_each_successful_page_is_a_document(packed: bool) -> None:
    data, path = archive(*PAGES, packed=packed), "a.warc.gz" if packed else "a.warc"
    members = documents(path, data)
    places = offsets(data)
    assert [member.path for member in members] == [f"{path}#{places[at]}" for at in (2, 8, 10, 12)]
    assert [member.data.decode() for member in members] == [f"<p>{ZH}</p>", PAGE, PAGE, PAGE]
    assert dict(members[0].stated) == {
        "url": "https://www.river.example/0",
        "captured": "2020-07-17T11:37:13Z",
        "id": "urn:uuid:1",
    }
    record = examine(members[0], load()).record
    assert (record.format, record.url, record.captured) == (
        "html",
        "https://www.river.example/0",
        "2020-07-17T11:37:13Z",
    )


def test_an_archive_compressed_as_a_whole_has_decompressed_offsets() -> None:
    data = archive(*PAGES)
    for pack, path in ((gzip.compress, "a.warc.gz"), (zstd.compress, "a.warc.zst")):
        assert [member.path for member in documents(path, pack(data))] == [
            f"{path}#{offsets(data)[at]}" for at in (2, 8, 10, 12)
        ]
    assert [member.path for member in documents("-", data)] == [f"-#{offsets(data)[at]}.html" for at in (2, 8, 10, 12)]


def test_chunks_are_joined() -> None:
    body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE.encode())
    data = archive(("200 OK", "text/html", body)).replace(
        b"Content-Type: text/html\r\n", b"Transfer-Encoding: chunked\r\n"
    )
    size = len(b"Transfer-Encoding: chunked") - len(b"Content-Type: text/html")
    length = len(body) + len(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    data = data.replace(b"Content-Length: %d" % length, b"Content-Length: %d" % (length + size))
    assert documents("a.warc", data)[0].data == PAGE.encode()


def test_a_broken_archive_gives_the_records_before() -> None:
    data = archive(*PAGES)
    cut = list(unpack(Source("a.warc", data[: offsets(data)[-1] + 400])))
    assert [type(member) for member in cut] == [Source, Source, Source, ContainerError]
    assert "cut off" in str(cut[-1])
    broken = list(unpack(Source("a.warc", data[: offsets(data)[3]] + b"NONSENSE\r\n\r\n")))
    assert [type(member) for member in broken] == [Source, ContainerError]
    assert "record 4 is broken" in str(broken[-1])
    assert "holds no document" in str(one_error("a.warc", archive()))
    assert "no document" in str(one_error("a.warc", b""))


def test_a_bomb_in_a_response_is_one_error() -> None:
    bomb = gzip.compress(b" " * 60_000_000)
    data = archive(
        ("200 OK", "text/html|gzip", bomb), ("200 OK", "text/html|br", b"x"), ("200 OK", "text/html", PAGE.encode())
    )
    first, second, third = unpack(Source("a.warc", data))
    assert "more than 200 times" in str(first)
    assert "Content-Encoding br" in str(second)
    assert isinstance(third, Source)


# -- marks of saving tools


JINA = f"Title: The river: a story\n\nURL Source: {URL}\n\nPublished Time: 2024-05-16T08:00:00Z\n\nWarning: cached\n\nMarkdown Content:\n"


@pytest.mark.parametrize(("path", "inner"), [("a.md", "a.md"), ("a.txt", "a.txt#markdown"), ("-", "-#markdown")])
def test_the_header_of_jina_reader_becomes_metadata(path: str, inner: str) -> None:
    (source,) = documents(path, f"{JINA}# The river\n\n{PROSE}".encode())
    assert (source.path, source.data.decode()) == (inner, f"# The river\n\n{PROSE}")
    record = examine(source, load()).record
    assert (record.title, record.url, record.published) == ("The river: a story", URL, "2024-05-16T08:00:00Z")
    assert record.stated["title"] == "The river: a story"
    assert record.stated["warning"] == "cached"
    plain = examine(next(iter(documents(path, f"{JINA}A mill\\.\n\nThe river.".encode()))), load()).record
    assert (plain.format, plain.text) == ("markdown", "A mill.\nThe river.")
    assert shown(lines({"text": JINA + "a"}), "a.jsonl") == [("a.jsonl#1.markdown", "a")]


def test_a_text_that_resembles_the_header_is_unchanged() -> None:
    for text in (
        f"Title: a\n\nURL Source: {URL}\n\nA paragraph.\n\nMarkdown Content:\n",
        "Title: a\n" * 2000,
        "Title: a\nMarkdown Content:\nb",
    ):
        source = Source("a.md", text.encode())
        assert list(unpack(source)) == [source]


@pytest.mark.parametrize("words", ["Page saved with SingleFile", "Archive processed by SingleFile"])
def test_singlefile_states_url_and_time_and_its_data_urls_are_shortened(words: str) -> None:
    stamp = f"<!--\n {words} \n url: {URL} \n saved date: Fri Jul 17 2020 11:37:13 GMT+0200 (CEST)\n-->"
    picture = "data:image/png;base64," + "A" * 300_000
    page = f'<!DOCTYPE html><html>{stamp}<body><p>{PROSE}</p><img src="{picture}" alt="a"><iframe src="{picture}"></iframe></body></html>'
    source = Source("a.html", page.encode())
    (member,) = documents("a.html", page.encode())
    assert (member.path, member.data) == (source.path, source.data)
    record = examine(member, load()).record
    assert (record.url, record.captured) == (URL, "2020-07-17T11:37:13+02:00")
    assert len(record.to_json()) < 10_000
    assert {block.url for block in examine(member, load()).document.blocks if block.url} == {"data:image/png"}


def test_data_urls_in_markdown_are_shortened() -> None:
    record = seedclean.clean(f"{PROSE}\n\n![a](data:image/jpeg;base64,{'A' * 100_000})")
    assert record.blocks[1].url == "data:image/jpeg"


# -- extras


@pytest.mark.parametrize(
    ("path", "data", "module", "extra"),
    [
        ("a.parquet", table(text=["one"]), "pyarrow", "parquet"), ("a.warc", archive(), "warcio.archiveiterator", "warc"),
        ("a.html.zst", zstd.compress(b"a"), "backports", "zstd"),
    ],
)  # fmt: skip
def test_a_missing_extra_is_named(
    path: str, data: bytes, module: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (module, "compression") if extra == "zstd" else (module,):
        monkeypatch.setitem(sys.modules, name, None)
    assert f"pip install 'seedclean[{extra}]'" in str(one_error(path, data))


# -- files, trees and the command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    contents = {
        "b.jsonl.gz": gzip.compress(lines({"text": "one"}, {"html": PAGE}, 1)), "a.mhtml": saved(PAGE), "c.eml": NEWSLETTER,
        "d.parquet": table(text=["two"]), "e.warc.gz": archive(*PAGES, packed=True), "f.md": b"# F\n\nThree.",
        "g.html.zst": zstd.compress(PAGE.encode()), "h.json": b'{"markdown": "four"}', "i.tar.gz": b"none", "j.csv": b"none",
    }  # fmt: skip
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_a_directory_of_containers_is_cleaned_in_order(folder: Path) -> None:
    done = run(folder)
    assert done.returncode == 1
    paths = [record["path"] for record in records(done.stdout)]
    assert [path.split("#")[0] for path in paths] == [
        "a.mhtml", "b.jsonl.gz", "b.jsonl.gz", "c.eml", "d.parquet", *["e.warc.gz"] * 4, "f.md", "g.html.zst", "h.json"
    ]  # fmt: skip
    assert b"/b.jsonl.gz#3: the line is not a JSON object" in done.stderr
    assert b"passed over 2 of other suffixes: i.tar.gz, j.csv" in done.stderr
    assert run(folder).stdout == done.stdout
    assert run(folder, "-o", folder / "out").returncode == 1
    assert (folder / "out" / "b.jsonl.gz#1.json").is_file()
    shown = run("detect", folder / "f.md", folder / "d.parquet").stdout.decode()
    assert [line.split("\t")[0] for line in shown.splitlines()] == ["d.parquet#1", "f.md"]


def test_standard_input_may_be_a_container() -> None:
    done = run("-", stdin=gzip.compress(lines({"text": "one"}, {"text": "two"})))
    assert [record["path"] for record in records(done.stdout)] == ["-#1", "-#2"]


def test_files_and_bytes_give_the_same(folder: Path) -> None:
    entries = select([folder]).entries
    members = [member for entry in entries for member in unpack(Source(entry.name, Path(entry.file).read_bytes()))]
    results = list(seedclean.clean_tree(folder))
    assert [result.path if isinstance(result, seedclean.Record) else result.where for result in results] == [
        member.path if isinstance(member, Source) else member.where for member in members
    ]


def test_clean_takes_one_document_and_refuses_several(folder: Path) -> None:
    assert seedclean.clean(folder / "h.json").text == "four"
    assert seedclean.clean(folder / "d.parquet").path == "d.parquet#1"
    assert seedclean.clean(Source("h.json", b'{"text": "five"}')).text == "five"
    assert "The river" in seedclean.explain(folder / "g.html.zst")
    assert run("explain", folder / "h.json").returncode == 0
    with pytest.raises(InputError, match="clean_tree"):
        seedclean.clean(folder / "e.warc.gz")
    with pytest.raises(InputError, match=r"b\.jsonl\.gz: holds more than one"):
        one(folder / "b.jsonl.gz")
    assert run("explain", folder / "e.warc.gz").returncode == 1
    (error,) = [result for result in seedclean.clean_tree(folder) if isinstance(result, ContainerError)]
    assert error.where == "b.jsonl.gz#3"


def test_a_file_is_streamed(tmp_path: Path) -> None:
    """The first document comes before the second is read: the rest of the file may even be broken."""
    noise = zlib.compress(b"x" * 1000, 0) * 500
    (tmp_path / "a.jsonl").write_bytes(lines({"text": "one"}) + noise)
    assert isinstance(next(seedclean.clean_tree(tmp_path / "a.jsonl")), seedclean.Record)


def test_a_sparse_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.html").open("wb") as file:
        file.truncate(limits.SOURCE_BYTES + 1)
    with pytest.raises(TooLargeError):
        seedclean.clean(tmp_path / "a.html")


# -- paths and formats


@pytest.mark.parametrize(
    ("path", "format", "expected"),
    [
        ("a.jsonl#1", "html", "a.jsonl#1.html"), ("a.json", "markdown", "a.json#markdown"), ("a.warc#1", "html", "a.warc#1"),
        ("a.warc.gz#1", "html", "a.warc.gz#1"), ("a.eml", "text", "a.eml#text"), ("a.md", "markdown", "a.md"), ("a.jsonl#1", "", "a.jsonl#1"),
        ("C#1/notes.md", "markdown", "C#1/notes.md"),
    ],
)  # fmt: skip
def test_a_path_states_the_format(path: str, format: str, expected: str) -> None:
    assert with_format(path, format) == expected
    if format and "#" in PurePosixPath(expected).name:
        assert sniff(expected, "plain words") == format


def test_suffixes_that_are_read() -> None:
    suffixes = [
        "a.md",
        "a.HTML",
        "a.html.gz",
        "a.jsonl.zst",
        "a.warc.gz",
        "a.mht",
        "a.gz",
        "a.Parquet",
        "a.eml",
        "a.json",
        "a.warc.gz.gz",
    ]
    assert all(map(is_readable, suffixes))
    assert not any(map(is_readable, ["a", "a.tar.gz", "a.csv", "a.png", "gz", "a.csv.zst"]))


# -- Evernote

ENEX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export4.dtd">
<en-export export-date="20230721T081002Z" application="Evernote" version="10.58">
  <note>
    <title>The early boat &amp; the bell</title>
    <created>20230720T150815Z</created>
    <tag>ferry</tag><tag>fog</tag>
    <note-attributes><author>Ann Lee</author><source-url>https://ferry.example.org/notes/early-boat</source-url></note-attributes>
    <content>
      <![CDATA[<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!DOCTYPE en-note SYSTEM "http://xml.evernote.com/pub/enml2.dtd"><en-note><div>The early boat leaves before the fog does.</div><div><br/></div></en-note>]]>
    </content>
  </note>
  <note><title>Empty</title></note>
</en-export>
"""


@pytest.mark.parametrize("path", ["a.enex", "a.html", "a"])
def test_notes_of_evernote_are_documents(path: str) -> None:
    first, second = unpack(Source(path, ENEX.encode()))
    assert isinstance(second, ContainerError)
    assert isinstance(first, Source)
    record = examine(first, load()).record
    assert (record.text, record.format) == ("The early boat leaves before the fog does.", "html")
    assert (record.title, record.authors, record.captured, record.tags) == (
        "The early boat & the bell", ("Ann Lee",), "2023-07-20T15:08:15Z", ("ferry", "fog"),
    )  # fmt: skip
    assert record.url == "https://ferry.example.org/notes/early-boat"
