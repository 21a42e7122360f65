"""Bad inputs by the hundred, each small: what breaks decoders, parsers and rule engines, in the form that CI can bear.

`python tests/badinputs.py DIR [SCALE]` writes them, so many times larger, for trying by hand:
`seedclean DIR -o out.jsonl --timeout 60` must name every one of them in its output or among its failures.
tests/bad_inputs.tsv says what each of them must give.
"""

from __future__ import annotations

import base64
import gzip
import json
import random
import struct
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

EN = "The ferry left at six, and by noon the fog had taken the far bank; nobody on deck spoke of the lamp again. "
FR = "Le bac partit à six heures ; à midi, la brume avait avalé l'autre rive, et nul n'osa reparler du fanal éteint. "
RU = "Паром отошёл в шесть, и к полудню туман скрыл дальний берег; никто на палубе больше не вспоминал о фонаре. "
ZH = "渡船六点离岸，到了中午，对岸已被雾气遮住；甲板上没有人再提起那盏灯。船夫把缆绳绕了三圈，说今天的水比昨天高。"
ZHT = "渡船六點離岸，到了中午，對岸已被霧氣遮住；甲板上沒有人再提起那盞燈。船夫把纜繩繞了三圈，說今天的水比昨天高。"
JA = "渡し船は六時に岸を離れ、正午には霧が向こう岸を隠していた。甲板であの灯りのことを口にする者はもういなかった。"
KO = "나룻배는 여섯 시에 떠났고 정오가 되자 안개가 건너편 기슭을 가렸다. 갑판에서 그 등불을 다시 말하는 사람은 없었다."

Kind = tuple[str, bytes]


def page(text: str, head: str = "", times: int = 4) -> str:
    """A plain page around a text."""
    body = "".join(f"<p>{text}</p>" for _ in range(times))
    return f"<!DOCTYPE html><html><head>{head}<title>Ferry</title></head><body><article><h1>The lamp</h1>{body}</article></body></html>"


def around(markup: str) -> bytes:
    """A good article with something odd in its middle."""
    return page(EN).replace("</p><p>", f"</p>{markup}<p>", 1).encode("utf-8", "surrogatepass")


def front(yaml: str) -> bytes:
    """A Markdown file with this front matter."""
    return f"---\n{yaml}\n---\n\n# The lamp\n\n{EN}\n".encode("utf-8", "surrogatepass")


def noise(size: int, seed: int) -> bytes:
    """Bytes without a meaning, always the same."""
    return random.Random(seed).randbytes(size)


def kinds(scale: int = 1) -> Iterator[Kind]:
    """All kinds: a file name and its bytes. `scale` multiplies what is repeated."""
    n = 500 * scale
    for letter, group in (
        ("a", _bytes(n)), ("b", _encodings()), ("c", _sizes(n)), ("d", _nesting(n)), ("e", _broken(n)),
        ("f", _attributes(n)), ("g", _entities(n)), ("h", _front_matter(n)), ("i", _markdown(n)), ("j", _wrong(n)),
        ("k", _containers(n)),
    ):  # fmt: skip
        for name, data in group:
            yield f"{letter}-{name}", data


def _bytes(n: int) -> Iterator[Kind]:
    yield "empty.html", b""
    yield "empty.md", b""
    yield "empty.txt", b""
    yield "blanks.html", b" \t\r\n\f" * n
    yield "line-ends.md", b"\n" * n
    yield "one-sign.html", b"<"
    yield "one-sign.md", b"#"
    yield "one-nul.txt", b"\0"
    yield "nul-alone.html", b"\0" * n
    yield "nul-in-text.html", around(f"<p>a\0b {EN}</p>")
    yield "nul-in-tag.html", around(f"<di\0v cla\0ss=x>{EN}</di\0v>")
    yield "bad-utf-8.html", around("<p>@@ lost</p>").replace(b"@@", b"\xff\xfe\x80\xc3(")
    yield "overlong-utf-8.html", around("<p>@@ lost</p>").replace(b"@@", b"\xc0\xaf\xe0\x80\xaf\xf8\x88\x80\x80\x80")
    yield "cut-utf-8.html", page(ZH).encode()[:401]
    yield "surrogates.html", around("<p>\ud83d\ude00 and \ud800 alone</p>")
    yield "noise.html", noise(8 * n, 1)
    yield "noise.txt", noise(8 * n, 2)
    yield "high-noise.txt", bytes(byte | 0x80 for byte in noise(8 * n, 3))
    yield "controls.html", around("<p>" + "".join(map(chr, [*range(1, 32), 0x7F, 0x85, 0x9B])) + EN + "</p>")
    yield "separators.txt", f"one\u2028two\u2029three\x85four {EN}".encode()
    yield "directions.md", f"\u202eturned\u202c \u2066apart\u2069 {EN}".encode()
    yield "escapes.txt", f"\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]52;c;bGFtcA==\x07 \x9b2J {EN}".encode()
    yield "combining.txt", ("a" + "\u0301" * n + " " + EN).encode()
    yield "zero-width.txt", ("\u200b".join(EN) * 3).encode()
    yield "private-use.txt", ("\ue000\uf8ff\U000f0000" * 20 + EN).encode()
    yield "byte-order-mark-alone.html", b"\xef\xbb\xbf"
    yield "two-byte-order-marks.md", b"\xef\xbb\xbf\xef\xbb\xbf# A\n\n" + EN.encode()
    yield "carriage-returns.md", f"# A\r\r{EN}\r\r{EN}".encode()
    yield "mixed-line-ends.md", f"# A\r\n\r{EN}\n\r\n{EN}".encode()


def _encodings() -> Iterator[Kind]:
    for name, text in (
        ("gb2312", ZH), ("gbk", ZH + "囍鎔"), ("gb18030", ZH + "𠮷㐀"), ("hz", ZH), ("big5", ZHT), ("big5hkscs", ZHT + "嘅咗"),
        ("cp950", ZHT), ("shift_jis", JA), ("cp932", JA + "①"), ("euc_jp", JA), ("iso2022_jp", JA), ("euc_kr", KO),
        ("cp949", KO + "똠"), ("johab", KO), ("iso2022_kr", KO), ("cp1251", RU), ("koi8_r", RU), ("cp1252", FR), ("iso8859_15", FR),
        ("mac_roman", FR),
    ):  # fmt: skip
        yield f"{name}.html", page(text).encode(name)
        yield f"{name}-declared.html", page(text, f'<meta charset="{name.replace("_", "-")}">').encode(name)
        yield f"{name}.txt", (text * 3).encode(name)
    for name in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        mark = "\ufeff".encode(name)
        yield f"{name}-marked.html", mark + page(ZH).encode(name)
        yield f"{name}.html", page(EN).encode(name)
        yield f"{name}-chinese.txt", (ZH * 3).encode(name)
    yield "utf-16-odd.txt", ("\ufeff" + EN).encode("utf-16-le") + b"\x41"
    yield "utf-7.html", page(EN, "<meta charset=utf-7>").replace("fog", "+AGY-og").encode()
    yield "declared-utf-8-is-gbk.html", page(ZH, "<meta charset=utf-8>").encode("gbk")
    yield "declared-utf-16-is-ascii.html", page(EN, "<meta charset=utf-16>").encode()
    yield "declared-nothing-known.html", page(ZH, "<meta charset=x-lamp>").encode()
    yield "declared-gb2312-is-gbk.html", page(ZH + "鎔囍", "<meta charset=gb2312>").encode("gbk")
    yield "declared-in-xml.html", b"<?xml version='1.0' encoding='gbk'?>" + page(ZH).encode("gbk")
    yield "declared-late.html", (" " * 6000 + page(ZH, "<meta charset=gbk>")).encode("gbk")
    yield "two-encodings.html", page(ZH).encode() + page(ZH).encode("gbk")
    yield "gbk-read-as-latin.html", page(ZH).encode("gbk").decode("latin-1").encode()
    yield "utf-8-read-as-latin.html", page(FR).encode().decode("latin-1").encode()
    yield "one-bad-byte.html", page(ZH).encode() + b"\xff"
    yield "short-gbk.txt", ZH[:9].encode("gbk")
    yield "late-gbk.html", (page(EN, times=60) + page(ZH)).encode("gbk")


def _sizes(n: int) -> Iterator[Kind]:
    yield "long-line.html", f"<p>{EN * n}</p>".encode()
    yield "long-line.md", (EN * n).encode()
    yield "long-word.html", f"<p>{'a' * 40 * n}</p>".encode()
    yield "many-lines.txt", b"lamp\n" * n
    yield "many-lines.html", b"<pre>" + b"lamp\n" * n + b"</pre>"
    yield "many-breaks.html", around("<p>" + "lamp<br>" * n)
    yield "many-paragraphs.html", around("<p>lamp" * n)
    yield "many-blanks.html", around("<p>x" + " " * 20 * n + "y</p>")
    yield "many-line-ends.html", around("<p>x" + "\n" * 20 * n + "y</p>")
    yield "many-headings.md", b"# lamp\n\n" * n
    yield "many-links.html", around("".join(f"<a href=/{at}>lamp {at}</a> " for at in range(n)))
    yield "many-pictures.html", around("".join(f"<img src=/{at}.png>" for at in range(n)))


def _nesting(n: int) -> Iterator[Kind]:
    deep = 2 * n
    for tag in (
        "div",
        "span",
        "b",
        "blockquote",
        "section",
        "font",
        "a",
        "p",
        "button",
        "form",
        "select",
        "object",
        "svg",
        "math",
    ):
        yield f"{tag}.html", around(f"<{tag}>" * deep + EN + f"</{tag}>" * deep)
        yield f"{tag}-open.html", around(f"<{tag}>" * deep + EN)
    yield "list.html", around("<ul><li>" * deep + EN)
    yield "table.html", around("<table><tr><td>" * deep + EN)
    yield "definitions.html", around("<dl><dd>" * deep + EN)
    yield "crossed.html", around("<b><i>" * deep + EN + "</b></i>" * deep)
    yield "end-tags.html", around("</div>" * deep)
    yield "other-end-tags.html", around("<section>" * deep + "</td></b></div>" * deep)
    yield "elements-of-xml.xhtml", ("<lamp>" * deep + "</lamp>" * deep).encode()
    yield "templates.html", around("<template>" * deep + EN)
    yield "rulers.html", around("<hr>" * deep)


def _broken(n: int) -> Iterator[Kind]:
    for name, markup in (
        ("comment", "<!-- " + EN * 5), ("comments", "<!--" * n), ("comment-short", "<!-->"), ("comment-bang", "<!-- a --!> b"),
        ("cdata", "<![CDATA[" + EN), ("declaration", "<!ELEMENT lamp ANY"), ("instruction", "<?php echo 1; " + EN),
        ("instructions", "<?lamp?>" * n), ("script", "<script>" + "x = 1;\n" * n), ("scripts", "<script>" * n),
        ("script-in-comment", "<script><!--<script></script>"), ("style", "<style>p{" + EN), ("textarea", "<textarea>" + EN),
        ("title", "<title>" + EN), ("xmp", "<xmp>" + EN), ("plaintext", "<plaintext>" + EN), ("noscript", "<noscript>" * n + EN),
        ("iframe", "<iframe>" + EN), ("brackets", "<" * n), ("ampersands", "&" * n), ("tag-open", "<a href=x"), ("tags-open", "<a " * n),
        ("quote-open", "<div class='" + EN * 3), ("slash", "<//></ lamp><p/>" + EN), ("question", "<?" * n), ("bang", "<!" * n),
        ("end-with-attributes", "<p>a</p class=x>" + EN), ("body-again", "<html><body>" * n), ("head-again", "<head><title>b</title></head>"),
        ("frames", "<frameset><frame src=x></frameset>"), ("conditions", "<!--[if IE]><p>old</p><![endif]-->" * n),
        ("table-text", "<table>" + EN + "<tr>" + EN + "<td>" + EN), ("select-text", "<select><option>a<p>" + EN),
        ("empty-tags", "<><></>" * n), ("number-tag", "<1><p>" + EN), ("doctype-late", "<!DOCTYPE html>" * n),
    ):  # fmt: skip
        yield f"{name}.html", around(markup)
    yield "frameset.html", f"<html><frameset><frame src=x></frameset><noframes>{EN}</noframes></html>".encode()
    yield "no-html.html", (EN * 3).encode()
    yield "long-doctype.html", b"<!DOCTYPE " + b"a" * 20 * n + page(EN).encode()


def _attributes(n: int) -> Iterator[Kind]:
    yield "long-value.html", around(f"<div data-x='{'A' * 100 * n}'>t</div>")
    yield "data-picture.html", around(f"<img src='data:image/png;base64,{'iVBORw0K' * 10 * n}'>")
    yield "many-on-one-tag.html", around("<div " + " ".join(f"a{at}=1" for at in range(10 * n)) + ">t</div>")
    yield "the-same-twice.html", around("<p " + "id=x " * n + ">t</p>")
    yield "many-names-of-tags.html", around("".join(f"<t{at}>x</t{at}>" for at in range(n)))
    yield "long-name-of-tag.html", around("<" + "a" * 40 * n + ">x")
    yield "long-link.html", around("<a href='https://ferry.example/" + "a/" * 20 * n + "'>lamp</a>")
    yield "many-classes.html", around("<div class='" + "nav lamp " * 5 * n + "'>" + EN + "</div>")
    yield "same-id.html", around("".join(f"<p id=x>lamp {at}</p>" for at in range(n)))
    yield "many-metas.html", page(EN, "<meta name=author content='A B'>" * n).encode()
    yield "long-meta.html", page(EN, f"<meta name=description content='{EN * n}'>").encode()
    yield "empty-metas.html", page(EN, "<meta><meta name><meta content><meta name='' content=''>").encode()
    yield "deep-json-ld.html", page(EN, "<script type=application/ld+json>" + "[" * n + "</script>").encode()
    yield "broken-json-ld.html", page(EN, '<script type=application/ld+json>{"a":</script>').encode()
    yield (
        "odd-addresses.html",
        around("<a href='http://[::1'>a</a><a href='http://[x'>b</a><img src='//'><a href='http://'>c</a>"),
    )
    yield "odd-canonical.html", page(EN, "<link rel=canonical href='http://[bad/'>").encode()
    yield "odd-port.html", page(EN, "<link rel=canonical href='http://ferry.example:99999999/a'>").encode()
    yield "script-address.html", around("<a href='javascript:alert(1)'>lamp</a><img src='javascript:1'>")
    yield "odd-language.html", page(EN).replace("<html>", "<html lang='x-lamp-🕯-\"'>").encode()
    yield "no-quotes.html", around("<p class=a`b title=c\"d data-e='f>" + EN + "</p>")
    yield "digits-and-dashes.html", around("<p>" + "2020-01-" * n + "</p>")


def _entities(n: int) -> Iterator[Kind]:
    bomb = (
        "<!DOCTYPE a [<!ENTITY a0 'lamp'>"
        + "".join(f"<!ENTITY a{at} '{f'&a{at - 1};' * 10}'>" for at in range(1, 9))
        + "]>"
    )
    yield "bomb.xhtml", f"<?xml version='1.0'?>{bomb}<html><body><p>&a8; {EN}</p></body></html>".encode()
    yield "bomb.html", f"{bomb}<html><body><p>&a8; {EN}</p></body></html>".encode()
    yield "long-entity.xhtml", f"<?xml version='1.0'?><!DOCTYPE d [<!ENTITY a '{'A' * n}'>]><d>{'&a;' * n}</d>".encode()
    yield (
        "outside.xhtml",
        f"<?xml version='1.0'?><!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/hosts'>]><p>[&x;] {EN}</p>".encode(),
    )
    yield (
        "outside-parameter.xhtml",
        f"<?xml version='1.0'?><!DOCTYPE d [<!ENTITY % x SYSTEM 'file:///etc/hosts'> %x;]><p>{EN}</p>".encode(),
    )
    yield (
        "include.xhtml",
        f"<d xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='file:///etc/hosts' parse='text'/>{EN}</d>".encode(),
    )
    yield "numbers.html", around("<p>&#0; &#x110000; &#xD800; &#99999999999999999999; &#128; &#x; &#;</p>")
    yield "many-numbers.html", around("<p>" + "&#28207;" * n + "</p>")
    yield "unknown.html", around("<p>&lamp; &nosuch; &amp;lt; &ampamp &notit;</p>")
    yield "escaped-tags.html", around("<p>" + "&lt;b&gt;" * n + "</p>")
    yield "long-name.html", around("<p>&" + "a" * 20 * n + ";</p>")


def _front_matter(n: int) -> Iterator[Kind]:
    aliases = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"a{at}: &a{at} [{','.join([f'*a{at - 1}'] * 9)}]\n" for at in range(1, 10)
    )
    merges = "m0: &m0 {k: v}\n" + "".join(
        f"m{at}: &m{at}\n  <<: [{', '.join([f'*m{at - 1}'] * 9)}]\n" for at in range(1, 9)
    )
    for name, yaml in (
        ("aliases", aliases), ("merges", merges), ("itself", "x: &a [*a]"), ("python", "x: !!python/object/apply:os.getcwd []"),
        ("same-key", "title: A\ntitle: B"), ("no-such-day", "date: 2023-02-30"), ("year-nought", "date: 0000-00-00"),
        ("far-year", "date: 99999-01-01"), ("odd-zone", "date: 2023-01-01T00:00:00+99:99"), ("leap-second", "date: 2016-12-31T23:59:60Z"),
        ("deep-flow", "x: " + "[" * 10 * n), ("deep-block", "\n".join("  " * at + "k:" for at in range(300))), ("list-as-key", "? [a, b]\n: c"),
        ("nul", "title: a\0b"), ("tab", "a:\n\tb: 1"), ("colon", "title: The lamp: a story"), ("words", "a: NO\nb: 22:22\nc: 1.10\nd: 0123\ne: .nan\nf: ~"),
        ("long-number", "x: " + "9" * 5000), ("sixties", "x: " + ":".join(["59"] * 2000)), ("many-keys", "\n".join(f"k{at}: v" for at in range(10 * n))),
        ("list", "- a\n- b"), ("scalar", "just words"), ("two-documents", "a: 1\n---\nb: 2"), ("binary", "b: !!binary aGVsbG8=\ns: !!set {x, y}"),
        ("surrogate", 't: "\\ud83d\\ude00 \\ud800"'), ("long-value", "t: " + "word " * 20 * n), ("anchors", "\n".join(f"k{at}: &k{at} v" for at in range(n))),
        ("question-marks", "? " * n), ("dashes", "- " * n), ("bangs", "x: " + "!" * n), ("quote", 'title: "never closed'), ("braces", "x: {a: {b: {c: [}"),
        ("percent", "%YAML 9.9\n---\na: b"), ("comment", "# only a comment"), ("empty", ""), ("unicode-key", "題: 燈\ntitle: 燈"), ("control", "title: a\x07b\x1b[31m"),
        ("escape", 'title: "\\x1b]0;owned\\x07"'), ("emoji", "title: 🕯️ lamp"), ("html", "title: <b>lamp</b>&amp;"), ("block-text", "t: |\n  one\n  two\nu: >\n  three"),
        ("long-key", "k" * n + ": v"), ("null-author", "author: null, null"), ("address", "url: http://[bad"),
    ):  # fmt: skip
        yield f"{name}.md", front(yaml)
    yield "never-closed.md", b"---\ntitle: x\n" + b"key: value\n" * n
    yield "marked.md", ("\ufeff" + front("title: x").decode()).replace("\n", "\r\n").encode()
    yield "in-html.html", front("title: x") + page(EN).encode()
    yield "in-text.txt", front("title: x\nurl: https://www.ferry.example/a")


def _markdown(n: int) -> Iterator[Kind]:
    for name, piece in (
        ("open-bracket", "["), ("close-bracket", "a]"), ("star", "*"), ("star-word", "*a "), ("stars-word", "**a "), ("under-word", "_a"),
        ("backquote", "`"), ("picture", "!["), ("less", "<"), ("ampersand", "&"), ("link", "[a]("), ("backslash", "\\"), ("greater", ">"),
        ("greater-blank", "> "), ("tilde", "~~a "), ("comment", "<!--"), ("instruction", "<?"), ("cdata", "<![CDATA["), ("declaration", "<!A "),
        ("tag", "<a "), ("item", "* "), ("number", "1. "), ("hash", "#"), ("pipe", "|"), ("colon", ":::"), ("dollar", "$"), ("footnote", "[^1]"),
        ("title", '[a](b "'), ("autolink", "<http://a"), ("entity", "&amp;"), ("mixed", "*__* a *"), ("closing", "a** "),
    ):  # fmt: skip
        yield f"{name}.md", (piece * 4 * n + "\n").encode()
        yield f"{name}-lines.md", ((piece + "\n") * n).encode()
    yield "backquote-runs.md", "".join("e" + "`" * at for at in range(1, 200)).encode()
    yield "nested-brackets.md", b"[" * n + b"a" + b"]" * n
    yield "nested-list.md", "".join("  " * at + "* a\n" for at in range(300)).encode()
    yield "definitions.md", ("".join(f"[r{at}]: /u\n" for at in range(n)) + "[r1] " * n).encode()
    yield "long-definition.md", ("[x]: /" + "A" * 10 * n + "\n\n" + "[x] " * n).encode()
    yield "wide-table.md", ("|" + "a|" * n + "\n|" + "-|" * n + "\n" + "|b|\n" * 20).encode()
    yield "ragged-table.md", ("a|b\n-|-\n" + "\n".join("|" * at for at in range(100))).encode()
    yield "fence-open.md", ("```\n" + EN * 20).encode()
    yield "fence-tilde.md", ("~~~lamp\n" + EN + "\n```\n").encode()
    yield "html-blocks.md", b"<div>\n\n" * n
    yield "html-then-text.md", f"<div>\n{EN}\n\n{EN}\n</p>\n# A\n{EN}".encode()
    yield "setext.md", b"a\n" * n + b"=\n"
    yield "hard-breaks.md", (("a" + " " * 200 + "\n") * 50).encode()
    yield "footnotes.md", (b"[^1]" * n + b"\n\n[^1]: x\n")


def _wrong(n: int) -> Iterator[Kind]:
    for name, head in (
        ("png", b"\x89PNG\r\n\x1a\n"), ("jpeg", b"\xff\xd8\xff\xe0"), ("gif", b"GIF89a"), ("pdf", b"%PDF-1.7\n"), ("zip", b"PK\x03\x04"),
        ("program", b"\x7fELF\x02\x01\x01"), ("windows-program", b"MZ\x90\0"), ("rar", b"Rar!\x1a\x07"), ("seven-zip", b"7z\xbc\xaf\x27\x1c"),
        ("xz", b"\xfd7zXZ\0"), ("bzip", b"BZh9"), ("ogg", b"OggS"), ("mp3", b"ID3\x04"), ("word", b"\xd0\xcf\x11\xe0"),
        ("sqlite", b"SQLite format 3\0"), ("font", b"wOF2"), ("icon", b"\0\0\x01\0"),
    ):  # fmt: skip
        yield f"{name}.html", head + noise(n, 5)
    yield "zlib.html", zlib.compress(b"\0" * 100 * n, 9)
    yield "base64.txt", base64.b64encode(noise(n, 6))
    yield "rich-text.html", ("{\\rtf1\\ansi " + EN * 5 + "}").encode()
    yield "numbers.txt", struct.pack(f"<{n}d", *range(n))
    yield "code.txt", Path(__file__).read_bytes()[:3000]
    yield "table.txt", "\n".join(f"{at},{at * at},lamp" for at in range(n)).encode()


def _containers(n: int) -> Iterator[Kind]:
    record = json.dumps({"html": page(EN)}).encode()
    yield "gzip.html", gzip.compress(page(ZH).encode(), mtime=0)
    yield "gzip-cut.html.gz", gzip.compress(page(EN, times=40).encode() + noise(n, 7), mtime=0)[:-200]
    yield "gzip-tail.html.gz", gzip.compress(page(EN).encode(), mtime=0) + b"lamp"
    yield "gzip-empty.html.gz", gzip.compress(b"", mtime=0)
    yield "gzip-bomb.html.gz", gzip.compress(b"\0" * 4_000_000, 9, mtime=0)
    yield "gzip-five-times.html.gz", _packed(page(EN).encode(), 5)
    yield "gzip-named-only.html.gz", page(EN).encode()
    yield "lines.jsonl", b"\n".join([record, b"{", record, b"[]", b"3", b"", b"{}", record])
    yield "lines-of-nothing.jsonl", b"\n" * n
    yield "object.json", record
    yield "no-document.json", b'{"a": 1}'
    yield "cut.json", record[:-20]
    yield "deep.json", b"[" * 40 * n
    yield "scalar.json", b"3"
    yield "surrogate.json", b'{"text": "\\ud800 lamp \\udc00"}'
    yield "empty.json", b""
    yield "list.json", b"[" + record + b", 3, null, " + record + b"]"
    yield "parquet-cut.parquet", b"PAR1" + noise(n, 8) + b"PAR1"
    yield (
        "warc-cut.warc",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + page(EN).encode(),
    )
    yield "warc-noise.warc", noise(n, 9)
    yield "mail-empty.eml", b"From: a\r\nTo: b\r\n\r\n"
    yield (
        "mail-without-end.eml",
        b"From: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n" + EN.encode(),
    )
    yield (
        "mail-deep.eml",
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (at, at) for at in range(60)),
    )
    yield "page-archive.mhtml", (
        b'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n--B\r\n'
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + page(EN).replace("=", "=3D").encode() + b"\r\n--B--\r\n"
    )  # fmt: skip


def _packed(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = gzip.compress(data, mtime=0)
    return data


def main(folder: Path, scale: int) -> None:
    """Write all kinds into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, data in kinds(scale):
        folder.joinpath(name).write_bytes(data)
        count += 1
    print(f"{count} files")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100)
