"""The review page: it shows every block with its decision, and nothing that a document holds is more than text in it."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
import tomllib
import tracemalloc
from importlib.resources import files
from pathlib import Path
from typing import Any

import chromium
import pytest
from conftest import FIXTURES, cleaned, named, own
from lxml import html as lxml_html
from test_cli import run

from seedclean.decisions.verdicts import DEFAULTS
from seedclean.model import limits
from seedclean.model.document import Block, Decision, Detection, Mark, Source
from seedclean.model.errors import NotTextError
from seedclean.model.vocabulary import CATEGORIES
from seedclean.packs.check import check
from seedclean.packs.registry import Registry, load
from seedclean.pipeline import examine
from seedclean.record.assembly import Cleaned
from seedclean.record.escaping import MISLEADING, address, escaped
from seedclean.review.blocks import block_html
from seedclean.review.documents import Reviewed, reviewed
from seedclean.review.page import page
from seedclean.review.run import review
from seedclean.review.shelf import Shelf
from seedclean.review.skeleton import skeleton

ELEMENTS = set(
    [
        "html",
        "head",
        "meta",
        "title",
        "style",
        "script",
        "body",
        "header",
        "main",
        "section",
        "div",
        "details",
        "summary",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "span",
        "small",
        "b",
        "i",
        "s",
        "em",
        "code",
        "pre",
        "kbd",
        "sup",
        "sub",
        "a",
        "dl",
        "dt",
        "dd",
        "ul",
        "li",
        "table",
        "tr",
        "td",
        "blockquote",
        "hr",
        "fieldset",
        "legend",
        "label",
        "input",
        "output",
    ]
)
ATTRIBUTES = set(
    [
        "aria-live",
        "autocomplete",
        "charset",
        "checked",
        "class",
        "content",
        "data-category",
        "dir",
        "for",
        "href",
        "http-equiv",
        "id",
        "lang",
        "name",
        "open",
        "placeholder",
        "rel",
        "role",
        "spellcheck",
        "tabindex",
        "target",
        "type",
    ]
)

HOSTILE = """
<html><head><title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>
<meta property="og:site_name" content="&quot;&gt;&lt;img src=x onerror=alert(2)&gt;">
<link rel="canonical" href="javascript:alert(3)"></head><body>
<h1 onclick="alert(4)">A title &lt;script&gt;alert(5)&lt;/script&gt;</h1>
<p>Prose &lt;/script&gt;&lt;script&gt;alert(6)&lt;/script&gt; with &lt;!-- a comment and ]]&gt; and &lt;/style&gt;&lt;/pre&gt;.</p>
<p><a href="javascript:alert(7)">one</a> <a href=" JaVaScRiPt:alert(8)">two</a> <a href="java&#10;script:alert(9)">three</a>
<a href="data:text/html,&lt;script&gt;alert(10)&lt;/script&gt;">four</a> <a href="vbscript:x">five</a> <a href="//evil.example/">six</a>
<a href="https://safe.example/?q=&quot;onmouseover=&quot;alert(11)">seven</a> <a href="file:///etc/passwd">eight</a></p>
<img src="x" onerror="alert(12)" alt="&quot; onload=&quot;alert(13)"><img src="data:image/svg+xml,&lt;svg onload=alert(14)&gt;" alt="drawn">
<pre>&lt;/code&gt;&lt;/pre&gt;&lt;iframe src=javascript:alert(15)&gt;</pre>
<p>The order \u202egnp.exe\u202c is \u2066turned\u2069, with \x00 NUL, \x1b[31m an escape and &#x85; a control.</p>
<table><tr><td>&lt;b onclick=alert(16)&gt;</td><td>cell</td></tr><tr><td>more</td><td>&lt;/table&gt;</td></tr></table>
<p>${script} $style %s {0} &amp;lt;b&amp;gt;</p></body></html>
"""


def page_of(*sources: Source) -> bytes:
    shelved = Shelf()
    for source in sources:
        shelved.take(reviewed(examine(source, load()), DEFAULTS))
    return page('<img src=x onerror="alert(0)">\u202e', shelved.shelved())


def asset(name: str) -> str:
    return files("seedclean.review").joinpath(name).read_text("utf-8")


def assert_harmless(data: bytes) -> Any:
    """Nothing but the elements and attributes of the program's own, and one style and one script that the policy allows."""
    text = data.decode("utf-8")
    assert MISLEADING.search(text) is None
    tree = lxml_html.document_fromstring(text)
    for element in tree.iter():
        assert isinstance(element.tag, str), element
        assert element.tag in ELEMENTS, element.tag
        assert set(element.attrib) <= ATTRIBUTES, sorted(element.attrib)
        assert element.get("href", "https://").startswith(("https://", "http://", "mailto:"))
        assert element.get("type", "checkbox") in ("checkbox", "search")
        assert element.get("target", "_blank") == "_blank"
    (script,), (style,) = ([one.text or "" for one in tree.iter(name)] for name in ("script", "style"))
    assert (script, style) == (asset("page.js"), asset("page.css"))
    (policy,) = [meta.get("content") for meta in tree.iter("meta") if meta.get("http-equiv")]
    hashes = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in (style, script)]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'"
    )
    assert text.index("Content-Security-Policy") < text.index("<style>") < text.index("<script>")
    return tree


@pytest.mark.parametrize("suffix", ["html", "md", "txt"])
def test_what_a_document_holds_is_text(suffix: str) -> None:
    data = page_of(Source(f"</title><script>alert(1)</script>.{suffix}", HOSTILE.encode()))
    tree = assert_harmless(data)
    body = tree.text_content()
    assert "</script><script>alert(6)</script>" in body
    assert "‹U+202E›gnp.exe‹U+202C›" in body
    assert data == page_of(Source(f"</title><script>alert(1)</script>.{suffix}", HOSTILE.encode()))


def test_the_page_of_each_own_document_is_harmless(document: Path) -> None:
    one = Shelf()
    one.take(reviewed(cleaned(document), DEFAULTS))
    assert_harmless(page(document.name, one.shelved()))


def test_blocks_of_any_content_are_harmless() -> None:
    """Kinds, marks, tables and rules that no reader makes: plugins decide in code, with strings of their own."""
    poison = "</script><img src=x onerror=alert(1)>\"' \ud800\u202e\x00\uffff\U000e0041"
    marks = tuple(
        Mark(start, end, kind, poison if kind == "bold" else url)
        for start, end, kind, url in [
            (0, 9, "link", "javascript:alert(1)"), (0, 9, "link", "https://a.example/\"'<\ud800>"), (3, 20, "bold", ""),
            (5, 30, "link", "HTTP://b.example/\n"), (-5, 4, "italic", ""), (9, 9, "code", ""), (2, 10**9, "code", ""), (1, 8, poison, ""),
        ]
    )  # fmt: skip
    for kind in (
        "heading",
        "paragraph",
        "item",
        "quote",
        "code",
        "table",
        "image",
        "divider",
        "metadata",
        "caption",
        poison,
    ):
        block = Block(
            kind, 0, 9, poison, level=99, depth=99, number=poison, url=poison, alt=poison, code=poison, hidden=poison,
            rows=((poison, poison), (), (poison,)), marks=marks,
        )  # fmt: skip
        for verdict in ("keep", "remove"):
            decision = Decision(block, "keep" if verdict == "keep" else "remove", poison, poison, poison)
            document = Reviewed(
                poison,
                50,
                1,
                {},
                escaped(poison),
                block_html(decision, {poison: poison}, Detection(poison, poison), True),
            )
            one = Shelf()
            one.take(document)
            one.fail(NotTextError(poison, poison, poison))
            assert_harmless(page(poison, one.shelved()))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/b?c=d&e#f", "https://a.example/b?c=d&amp;e#f"),
        ("HTTP://a.example/é \"<>", "HTTP://a.example/%C3%A9%20%22%3C%3E"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("javascript:alert(1)", ""), ("data:text/html,x", ""), (" https://a.example", ""), ("\x01http://a", ""), ("//a.example", ""),
        ("/local", ""), ("#part", ""), ("", ""), ("https", ""), ("file:///etc", ""), ("https://a/" + "x" * 3000, ""),
    ],
)  # fmt: skip
def test_only_web_and_mail_addresses_become_links(url: str, expected: str) -> None:
    assert address(url) == expected


def test_every_block_reads_as_it_is(document: Path) -> None:
    decisions = cleaned(document).decisions
    tree = lxml_html.fragment_fromstring(reviewed(cleaned(document), DEFAULTS).body, create_parent=True)
    blocks = tree.find_class("block")
    assert len(blocks) == len(decisions)
    for element, decision in zip(blocks, decisions, strict=True):
        about = element.find_class("key")[0].text_content()
        state = f"removed · {decision.category}" if decision.verdict == "remove" else "kept"
        assert about == f"{state} · {decision.rule}"
        block = decision.block
        if block.kind in ("image", "video", "audio", "embed", "table", "divider"):
            continue
        for sign in element.find_class("sign"):
            sign.drop_tree()
        shown = element.find_class("text")[0].text_content()
        assert shown == MISLEADING.sub(lambda match: f"‹U+{ord(match[0]):04X}›", block.text)


def test_crossing_marks_stay_well_nested() -> None:
    marks = (
        Mark(0, 6, "bold"),
        Mark(3, 9, "italic"),
        Mark(4, 8, "link", "https://a.example/"),
        Mark(5, 7, "link", "https://b.example/"),
    )
    shown = block_html(
        Decision(Block("paragraph", 0, 9, "012345678", marks=marks), "keep", "x/y"), {}, Detection(), False
    )
    link = '<a href="https://a.example/" rel="noopener noreferrer nofollow" target="_blank">'
    assert f"<p><b>012<i>3{link}45</a></i></b><i>{link}67</a>8</i></p>" in shown


def test_each_block_has_the_reason_of_its_rule() -> None:
    whys = DEFAULTS | {rule.id: rule.why for pack in load().packs.values() for rule in pack.rules}
    for path in own()[::20]:
        tree = lxml_html.fragment_fromstring(reviewed(cleaned(path), whys).body, create_parent=True)
        reasons = [element.findtext("p") for element in tree.find_class("reason")]
        assert reasons == [whys[decision.rule] for decision in cleaned(path).decisions]


# -- rules to copy

UNKNOWN = sorted(path for path in (FIXTURES / "unknown").iterdir() if path.suffix in (".html", ".md"))


@pytest.mark.parametrize("path", UNKNOWN, ids=named)
def test_a_copied_rule_decides_the_other_way(path: Path, tmp_path: Path) -> None:
    """The rules for all removed blocks together, then for all kept ones, as a reader would paste them into a pack."""
    before = cleaned(path)
    for verdict in ("remove", "keep"):
        wrong = [
            at for at, one in enumerate(before.decisions) if one.verdict == verdict and one.block.kind != "metadata"
        ]
        rules = [skeleton(before.decisions[at], before.detection).replace("name-me", f"rule-{at}") for at in wrong]
        pack = tmp_path / f"{verdict}.toml"
        pack.write_text("\n\n".join(['id = "a-pack"\nname = "A pack"\nrole = "common"', *rules]), "utf-8")
        assert check(pack) == []
        after = examine(Source(before.document.path, before.document.data), load([pack])).decisions
        assert [at for at in wrong if after[at].verdict == verdict] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "quotes \" and \\ and '",
        "\u202eturned\u0007",
        "tab\there",
        "x" * 201,
        "a.b*c(" * 50,
        "y" * 10_001,
        "\ud800 lone",
        "]]] \U000e0041",
    ],
)
@pytest.mark.parametrize("kind", ["paragraph", "image"])
def test_a_rule_to_copy_is_toml_whatever_the_block_says(text: str, kind: str) -> None:
    block = Block(kind, 0, 1, text, url=f"https://a.example/?{text}", alt=text)
    for decision in (Decision(block, "keep", "x/y"), Decision(block, "remove", "x/y\nz = 1", "legal")):
        rule = skeleton(decision, Detection("origin\n[[rule]]"))
        assert MISLEADING.search(rule) is None
        (parsed,) = tomllib.loads(rule)["rule"]
        assert set(parsed) <= {"keep", "remove", "category", "why", "kind", "says", "matches", "url", "inside"}


def test_a_rule_to_copy_names_the_pack_it_works_in() -> None:
    block = Block("paragraph", 0, 9, "A line.")
    for rule, by, account, origin, place in [
        ("river/head", "rule", "", "river", "the pack river, above the rule river/head"),
        ("river-watch/head", "rule", "river-watch", "river", "the pack river-watch, above the rule river-watch/head"),
        ("common/head", "rule", "", "river", "the pack river"),
        ("article/words", "classifier", "", "river", "the pack river"),
        ("article/words", "classifier", "", "", "a pack of its site: `seedclean new` begins one"),
    ]:
        decision = Decision(block, "remove", rule, "legal", by=by)  # type: ignore[arg-type]  # words of the closed list
        assert skeleton(decision, Detection(origin, account)).splitlines()[0] == f"[[rule]] # for {place}"


def test_where_no_rule_can_decide_the_page_says_so() -> None:
    front = Decision(Block("metadata", 0, 9, "a: b"), "remove", "default/stated", "credit")
    code = Decision(Block("paragraph", 0, 9, "a b"), "remove", "code/x", "legal", by="extractor")
    for decision, words in ((front, "[front] in a pack"), (code, "decides before all rules")):
        assert skeleton(decision, Detection()) == ""
        assert words in block_html(decision, {}, Detection(), False)


# -- bounds


def entry(path: str, confidence: int | None, chars: int) -> Reviewed:
    return Reviewed(path, confidence, 1, {"legal": 1}, f"<h2>{path}</h2>", "x" * chars)


def test_the_least_sure_come_first_and_unasked_ones_last() -> None:
    one = Shelf()
    for path, confidence in [("c", 90), ("e", None), ("b", 90), ("a", 0), ("d", 100)]:
        one.take(entry(path, confidence, 10))
    assert [document.path for document in one.shelved().whole] == ["a", "b", "c", "d", "e"]


def test_what_a_page_has_no_room_for_is_listed_then_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REVIEW_BYTES", 100)
    monkeypatch.setattr(limits, "REVIEW_LISTED", 2)
    entries = [entry("a", 10, 60), entry("b", 20, 30), entry("c", 30, 60), entry("d", 40, 5), entry("e", 50, 5)]
    pages = set()
    for order in itertools.permutations(entries):
        one = Shelf()
        for document in order:
            one.take(document)
        shelved = one.shelved()
        assert [document.path for document in shelved.whole] == ["a", "b"]
        assert [document.path for document in shelved.listed] == ["c", "d"]
        assert (shelved.counted, shelved.documents, shelved.kept, shelved.removed["legal"]) == (1, 5, 5, 5)
        pages.add(page("five", shelved))
    (data,) = pages
    assert b"5 documents" in data
    assert b"<b>c</b>" in data
    assert b"1 more documents, surer than these, are not listed" in data


def test_failures_are_named_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REVIEW_LISTED", 1)
    one = Shelf()
    one.fail(NotTextError("a.bin", "<i>not</i> text"))
    one.fail(NotTextError("b.bin", "not text"))
    text = page("two", one.shelved()).decode()
    assert "0 documents, 2 failed" in text
    assert "<b>not-text</b> a.bin: &lt;i&gt;not&lt;/i&gt; text" in text
    assert "1 more failed" in text
    assert "b.bin" not in text


def test_a_directory_larger_than_the_page_stays_within_the_bound() -> None:
    one = Shelf()
    body = "y" * (1024 * 1024)
    for number in range(7_000):
        one.take(Reviewed(f"{number:05}", number % 100, 1, {}, f"<h2>{number:05}</h2>", body))
    shelved = one.shelved()
    assert len(shelved.whole) == 32
    assert (len(shelved.listed), shelved.counted) == (5_000, 7_000 - 5_032)
    assert limits.REVIEW_BYTES < len(page("many", shelved)) < limits.REVIEW_BYTES + 1024 * 1024


def test_memory_does_not_grow_with_the_directory() -> None:
    tracemalloc.start()
    one = Shelf()
    for number in range(400):
        one.take(Reviewed(f"{number:03}", number * 37 % 100, 1, {}, "", f"{number:03}" * 350_000))
    page("many", one.shelved())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6 * limits.REVIEW_BYTES


def test_a_huge_document_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REVIEW_DOCUMENT_BYTES", 50_000)
    paragraphs = "\n\n".join(f"Paragraph {number} of a long report." for number in range(3_000))
    body = reviewed(examine(Source("long.md", paragraphs.encode()), load()), DEFAULTS).body
    assert len(body) < 55_000
    shown = body.count('<div class="block ')
    assert f"{3_000 - shown:,} more blocks are not shown" in body


def test_a_huge_block_is_cut_and_says_so() -> None:
    table = tuple(("cell",) * 10 for _ in range(100_000))
    for block in (
        Block("paragraph", 0, 1, "z" * 5_000_000, marks=(Mark(0, 5_000_000, "bold"), Mark(0, 10, "italic"))),
        Block("code", 0, 1, "z" * 5_000_000),
        Block("table", 0, 1, "", rows=table),
        Block("table", 0, 1, "", rows=(("z" * 5_000_000,) * 5,) * 2),
        Block("image", 0, 1, "", url="data:image/png;base64," + "A" * 5_000_000, alt="z" * 5_000_000),
    ):
        shown = block_html(Decision(block, "keep", "default/kept"), {}, Detection(), False)
        assert len(shown) < 3 * limits.REVIEW_BLOCK_CHARS
        assert " more " in shown


# -- the command


def test_the_command_writes_a_page_of_a_directory(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("# A title\n\nProse of the river.\n", "utf-8")
    (tmp_path / "more.jsonl").write_text('{"text": "One line."}\n{"text": "Another line."}\n', "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    out = tmp_path / "page.html"
    done = run("explain", tmp_path, "--html", out)
    assert done.returncode == 1
    assert b"3 documents, 1 failed" in done.stderr
    first = out.read_bytes()
    tree = assert_harmless(first)
    assert sorted(summary.findtext("h2") for summary in tree.iter("summary") if summary.find("h2") is not None) == [
        "good.md", "more.jsonl#1", "more.jsonl#2",
    ]  # fmt: skip
    run("explain", tmp_path, "--html", out)
    assert out.read_bytes() == first  # the page itself is no document
    assert b"1 document\n" in run("explain", tmp_path / "more.jsonl#2", "--html", out).stderr
    assert b"Another line." in out.read_bytes()
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["bad.txt", "good.md", "more.jsonl", "page.html"]


def test_a_bug_costs_the_document_it_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(source: Source, registry: Registry) -> Cleaned:
        if source.path == "b.md":
            raise ZeroDivisionError("a bug")
        return examine(source, registry)

    monkeypatch.setattr("seedclean.review.run.examine", broken)
    for name in "abc":
        (tmp_path / f"{name}.md").write_text("Prose of the river.", "utf-8")
    shelved = review(str(tmp_path), load(), tmp_path / "page.html")
    assert [document.path for document in shelved.whole] == ["a.md", "c.md"]
    assert b"<b>internal</b> b.md: ZeroDivisionError: a bug" in (tmp_path / "page.html").read_bytes()


def test_the_command_writes_a_page_of_standard_input(tmp_path: Path) -> None:
    done = run("explain", "-", "--html", tmp_path / "page.html", stdin=b"# A title\n\nProse.")
    assert done.returncode == 0
    assert b"wrote" in done.stderr
    assert b"standard input" in (tmp_path / "page.html").read_bytes()


def test_the_command_says_what_is_wrong_with_its_paths(tmp_path: Path) -> None:
    missing = run("explain", tmp_path / "no.md", "--html", tmp_path / "page.html")
    assert missing.returncode != 0
    assert b"no such file" in missing.stderr
    (tmp_path / "a.md").write_text("Prose.", "utf-8")
    nowhere = run("explain", tmp_path / "a.md", "--html", tmp_path / "none" / "page.html")
    assert nowhere.returncode != 0
    assert b"page.html" in nowhere.stderr
    assert b"Traceback" not in missing.stderr + nowhere.stderr


def test_the_style_has_a_switch_for_each_category_and_loads_nothing() -> None:
    style, script, frame = asset("page.css"), asset("page.js"), asset("page.html")
    for category in CATEGORIES:
        assert f"body:has(#show-{category}:not(:checked)) [data-category={category}]" in style
    for text in (style, script, frame):
        for word in ("url(", "@import", "src=", "://", "innerHTML", "eval(", "fetch(", "</script", "<!--"):
            assert word not in text.replace("<script>$script</script>", ""), word
    assert "prefers-color-scheme: dark" in style


# -- in a browser

needs_browser = pytest.mark.skipif(
    chromium.COMMAND is None, reason="there is no Chromium here (Debian: apt install chromium)"
)


@needs_browser
def test_a_hostile_page_runs_and_loads_nothing(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(
        page_of(*(Source(f"</title><script>x.{suffix}", HOSTILE.encode()) for suffix in ("html", "md", "txt")))
    )
    with chromium.browser(tmp_path) as tab:
        tab.open(file)
        tab.value("for (const one of document.querySelectorAll('details')) one.open = true")
        requests = [
            event["params"]["request"]["url"] for event in tab.events if event["method"] == "Network.requestWillBeSent"
        ]
        assert requests == [file.as_uri()]
        methods = {event["method"] for event in tab.events}
        assert methods & {"Page.javascriptDialogOpening", "Runtime.exceptionThrown", "Log.entryAdded"} == set()
        # the policy is there: what the page itself never does, it could not do
        assert (
            tab.value("(() => { try { document.body.innerHTML = '<b>' } catch (error) { return error.name } })()")
            == "TypeError"
        )
        tab.value("document.body.appendChild(document.createElement('img')).src = 'https://a.example/x.png'")
        tab.value("new Promise(done => setTimeout(done, 200))")
        assert any(event["method"] == "Log.entryAdded" for event in tab.events), "the policy does not block"


@needs_browser
def test_keys_switches_and_search_work(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(
        page_of(*(Source(name, (FIXTURES / "unknown" / name).read_bytes()) for name in ("page.html", "notes.txt")))
    )
    with chromium.browser(tmp_path) as tab:
        tab.send("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
        tab.open(file)
        focus = "document.activeElement"
        tab.value(
            "[...document.querySelectorAll('summary')].find(one => one.textContent.startsWith('page.html')).focus()"
        )
        tab.press("Enter")
        assert tab.value(f"{focus}.parentElement.open")
        tab.value(f"{focus}.parentElement.querySelector('.block').focus()")
        tab.press("n")
        assert tab.value(f"{focus}.matches('.removed') && {focus}.querySelector('.reason').checkVisibility()")
        assert tab.value(f"{focus}.parentElement.querySelectorAll('.block[tabindex=\"0\"]').length") == 1
        tab.value(f"globalThis.first = {focus}")
        for key, same in (("ArrowDown", 0), ("ArrowUp", 1), ("j", 0), ("k", 1), ("n", 0), ("p", 1)):
            tab.press(key)
            assert tab.value(f"{focus} === first") == bool(same), key
        tab.press("c")
        said = "new Promise(done => setTimeout(() => done(document.getElementById('status').textContent), 300))"
        assert tab.value(said) == "The rule is copied. Give it a name and a reason."
        rule = tab.value("navigator.clipboard.readText()")
        assert rule == tab.value(f"{focus}.querySelector('.reason pre').textContent") + "\n"
        assert list(tomllib.loads(rule)) == ["rule"]
        category = tab.value(f"{focus}.dataset.category")
        tab.value(f"document.getElementById('show-{category}').click()")
        assert tab.value(
            f"[...document.querySelectorAll('[data-category={category}]')].every(one => !one.checkVisibility())"
        )
        tab.value(f"document.getElementById('show-{category}').click()")
        tab.press("/")
        assert tab.value(f"{focus}.id") == "query"
        for letter in "zzqq":
            tab.press(letter)
        wait = "new Promise(done => setTimeout(() => done(document.getElementById('hits').textContent), 400))"
        assert tab.value(wait) == "0 blocks"
        assert tab.value("[...document.querySelectorAll('.document')].every(one => !one.checkVisibility())")
        typed = "document.getElementById('query').value = '{}'; document.getElementById('query').dispatchEvent(new Event('input'))"
        notes = "[...document.querySelectorAll('.document')].find(one => one.textContent.startsWith('notes.txt')).open"
        word = re.findall("[A-Za-z]{6,}", (FIXTURES / "unknown" / "notes.txt").read_text("utf-8"))[0]
        for text, is_open in ((word, True), ("", False)):
            tab.value(typed.format(text))
            tab.value(wait)
            assert tab.value(notes) is is_open, "a search unfolds what it finds, and folds it again"
        assert not [event for event in tab.events if event["method"] == "Runtime.exceptionThrown"]


@needs_browser
@pytest.mark.parametrize("width", [360, 1200])
def test_the_page_fits_its_window_in_light_and_dark(width: int, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(page_of(Source("a" * 200 + ".html", HOSTILE.encode())))
    with chromium.browser(tmp_path) as tab:
        tab.open(file)
        papers = []
        for dark in (False, True):
            tab.screen(width, 800, dark)
            papers.append(tab.value("getComputedStyle(document.body).backgroundColor"))
            tab.value("document.querySelector('.removed, .block').focus()")
            assert tab.value("document.documentElement.scrollWidth") <= width
        assert papers == ["rgb(255, 255, 255)", "rgb(22, 24, 26)"]
