"""Bad input: each gives a record with a status, or one typed error; nothing hangs, nothing is half written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from laws import lawful

from seedclean import clean
from seedclean.model.document import Source
from seedclean.model.errors import NotTextError, SeedcleanError, TooLargeError, UnreadableError
from seedclean.packs.registry import load
from seedclean.pipeline import examine
from seedclean.sources.files import read_file

PROSE = "The river was measured at dawn, and the gauge read four metres. " * 5
PAGE = f"<!DOCTYPE html><html><head><title>t</title></head><body><article><h1>Head</h1><p>{PROSE}</p>@<p>{PROSE}</p></article></body></html>"
ZH = "河水在清晨量过，水尺的读数是四米。镇上的人围在桥头，看测量员把数字写进本子。" * 4


def page(inner: str) -> bytes:
    return PAGE.replace("@", inner).encode("utf-8", "surrogatepass")


RECORDS: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.md", b"", "empty"),
    "white space": ("a.html", b" \n\t\r\n" * 500, "empty"),
    "one sign": ("a.html", b"<", "ok"),
    "NUL in text": ("a.html", page("<p>a\0b</p>"), "ok"),
    "NUL in a tag": ("a.html", page("<di\0v cla\0ss='x'>c</di\0v>"), "ok"),
    "bytes that are no UTF-8": ("a.html", page("").replace(b"dawn", b"d\xff\xfewn"), "ok"),
    "lone surrogates": ("a.html", page("<p>\ud800</p>"), "ok"),
    "control characters": ("a.html", page("<p>" + "".join(map(chr, range(1, 32))) + "\x85\u2028\u202e</p>"), "ok"),
    "GBK that says it is UTF-8": ("a.html", f"<meta charset=utf-8><p>{ZH}</p>".encode("gbk"), "ok"),
    "GBK that says nothing": ("a.txt", ZH.encode("gbk"), "ok"),
    "GBK that says gb2312": ("a.html", f"<meta charset=gb2312><p>{ZH}镕</p>".encode("gbk"), "ok"),
    "an encoding nobody knows": ("a.html", f"<meta charset=x-none><p>{ZH}</p>".encode(), "ok"),
    "UTF-16 with a mark": ("a.txt", ZH.encode("utf-16"), "ok"),
    "UTF-16 without": ("a.txt", PROSE.encode("utf-16-le"), "ok"),
    "front matter that never closes": ("a.md", b"---\ntitle: a\n\n" + PROSE.encode(), "ok"),
    "an unclosed comment": ("a.html", page("<!-- "), "partial"),
    "an unclosed script": ("a.html", page("<script>"), "partial"),
    "an unclosed tag": ("a.html", b"<p>" + PROSE.encode() + b"<a href='x", "ok"),
    "100,000 nested tags": ("a.html", page("<div>" * 100_000 + "deep" + "</div>" * 100_000), "ok"),
    "100,000 nested inline tags": ("a.html", page("<b>" * 100_000 + "deep"), "ok"),
    "100,000 stray end tags": ("a.html", page("<div><td>" + "<section>" * 5_000 + "</div>" * 100_000), "ok"),
    "100,000 attributes": ("a.html", page("<p " + " ".join(f"a{at}=1" for at in range(100_000)) + ">x</p>"), "ok"),
    "100,000 line breaks": ("a.html", page("abc<br>" * 100_000), "ok"),
    "20,000 list levels": ("a.md", "\n".join("  " * min(at, 500) + "- a" for at in range(5_000)).encode(), "ok"),
    "100,000 quotes": ("a.md", b">" * 100_000 + b" a", "ok"),
    "100,000 brackets": ("a.md", b"[" * 100_000, "ok"),
    "50,000 links": ("a.md", b"[a](b)" * 50_000, "ok"),
    "a table of 5,000 columns": ("a.md", b"|a" * 5_000 + b"\n" + b"|-" * 5_000 + b"\n" + b"|b\n" * 20, "ok"),
    "200,000 lines": ("a.txt", b"line\n" * 200_000, "ok"),
    "a word of a megabyte": ("a.md", b"a" * 1_000_000, "ok"),
    "a megabyte of spaces": ("a.html", page("<p>x" + " " * 1_000_000 + "y</p>"), "ok"),
}  # fmt: skip

REFUSED: dict[str, bytes] = {
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "an archive": b"PK\x03\x04" + bytes(100),
    "a program": b"\x7fELF" + bytes(100),
    "NUL alone": b"\0" * 1000,
    "noise": bytes((at * 7919 >> 3) & 255 for at in range(4000)),
}


@pytest.mark.parametrize("name", RECORDS)
def test_it_gives_a_record(name: str) -> None:
    path, data, status = RECORDS[name]
    result = examine(Source(path, data), load())
    assert result.record.status == status
    if len(data) < 300_000:
        lawful(result)
    if PROSE.encode() in data and status == "ok":
        assert PROSE.strip() in result.record.text


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(name: str) -> None:
    with pytest.raises(NotTextError, match=r"a\.html: "):
        examine(Source("a.html", REFUSED[name]), load())


@pytest.mark.parametrize("name", [name for name in RECORDS if name.startswith("GBK")])
def test_legacy_chinese_is_read(name: str) -> None:
    path, data, _ = RECORDS[name]
    record = examine(Source(path, data), load()).record
    assert ZH[:40] in record.text
    assert record.encoding == "gb18030"


def test_what_was_lost_in_decoding_is_told() -> None:
    record = clean(ZH.encode() + b"\xff")
    assert "undecodable-bytes" in record.warnings


def test_a_line_of_50_megabytes_is_read() -> None:
    data = b"<p>" + b"lorem ipsum " * 4_200_000 + b"</p>"
    record = clean(Source("a.html", data))
    assert record.status == "ok"
    assert len(record.text) == len(data) - 8


def test_a_source_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("seedclean.model.limits.SOURCE_BYTES", 10)
    with pytest.raises(TooLargeError):
        clean(b"more than ten bytes")


def _missing(folder: Path) -> Path:
    return folder / "none.md"


def _directory(folder: Path) -> Path:
    return folder


def _broken_link(folder: Path) -> Path:
    link = folder / "link.md"
    link.symlink_to(folder / "none.md")
    return link


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.md")
    return folder / "pipe.md"


@pytest.mark.parametrize("make", [_missing, _directory, _broken_link, _pipe])
@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need POSIX")
def test_what_is_no_file_is_told(make: Callable[[Path], Path], tmp_path: Path) -> None:
    path = make(tmp_path)
    with pytest.raises(UnreadableError):
        read_file(path, path.name)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes need POSIX")
def test_a_bad_file_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nOne.", "utf-8")
    (tmp_path / "b.md").write_bytes(REFUSED["a picture"])
    os.mkfifo(tmp_path / "c.md")
    (tmp_path / "d.md").write_text("# D\n\nTwo.", "utf-8")
    done = subprocess.run([sys.executable, "-m", "seedclean", str(tmp_path)], capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stdout.count(b"\n") == 2
    told = done.stderr.decode()
    assert f"failed: not-text: {tmp_path / 'b.md'}: " in told
    assert f"failed: unreadable: {tmp_path / 'c.md'}: " in told
    assert "Traceback" not in told
    assert "2 cleaned, 2 failed" in told


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [error.code for error in SeedcleanError.__subclasses__()]
    assert len(set(codes)) == len(codes)
