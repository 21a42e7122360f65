"""Site configurations of Full-Text RSS: files of our own in that format, on pages of our own."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT
from laws import lawful

import seedclean
from seedclean.model.document import Source
from seedclean.model.errors import PackError
from seedclean.packs.registry import load
from seedclean.packs.siteconfig.parser import IGNORED, USED, open_sites, parse_site
from seedclean.packs.siteconfig.xpath import Page
from seedclean.pipeline import examine
from seedclean.readers import read
from seedclean.record.assembly import Cleaned

FOLDER = ROOT / "tests" / "siteconfig"
PROSE = "The wheel turns again, after forty years of rust and two of repair, and the miller is content with it."


def cleaned(html: str, folder: Path = FOLDER) -> Cleaned:
    registry = load((), folder)
    result = examine(Source("page.html", html.encode()), registry)
    lawful(result, registry)
    return result


def page(host: str, body: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html><head><link rel="canonical" href="https://{host}/1">'
        f"<title>The wheel | Mill</title>{head}</head><body>{body}</body></html>"
    )


def fates(result: Cleaned) -> list[tuple[str, str, str]]:
    """Text or address, rule and category of each block."""
    return [(d.block.text or d.block.url, d.rule.rpartition("/")[2], d.category) for d in result.decisions]


def configured(tmp_path: Path, text: str, name: str = "mill.example.org.txt") -> Path:
    (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


MILL = page(
    "mill.example.org",
    f"""<nav><a href="/">Home</a></nav><header><h1 class="headline">The wheel turns</h1>
<p class="byline">by <a href="/ann">Ann Reed</a> and <a href="/bo">Bo Lund</a></p>
<time class="stamp">Published: 12 May 2024</time></header>
<article id="story"><p>{PROSE}</p><div id="top-share-bar"><p>Share this</p></div>
<p><img src="/wheel.jpg" alt="Wheel"></p><p><img src="https://t.example.org/pixel.gif"></p>
<aside class="related"><h2>Related</h2><ul><li><a href="/2">Another mill</a></li></ul></aside>
<form><p>Search</p></form><p>{PROSE} Twice.</p><a rel="next" href="/1?p=2">Next page</a></article>
<footer><p>Imprint of the paper, which is long enough to be text.</p></footer>""",
)


def test_each_directive_decides_by_its_own_rule() -> None:
    result = cleaned(MILL)
    assert fates(result) == [
        ("The wheel | Mill", "stated", "credit"),
        ("Home", "outside", "navigation"),
        ("The wheel turns", "title-1", "credit"),
        ("by Ann Reed and Bo Lund", "outside", "navigation"),
        ("Published: 12 May 2024", "date-1", "credit"),
        (PROSE, "body-1", ""),
        ("Share this", "strip-id-or-class-1", "engagement"),
        ("/wheel.jpg", "body-1", ""),
        ("https://t.example.org/pixel.gif", "strip-image-src-1", "decoration"),
        ("Related", "strip-1", "recommendation"),
        ("Another mill", "strip-1", "recommendation"),
        ("Search", "strip-2", "interface"),
        (f"{PROSE} Twice.", "body-1", ""),
        ("Next page", "next-page-link-1", "navigation"),
        ("Imprint of the paper, which is long enough to be text.", "outside", "interface"),
    ]
    record = result.record
    assert (record.origin, record.clue) == ("mill.example.org", "address/canonical")
    assert (record.title, record.authors, record.published) == (
        "The wheel turns", ("Ann Reed", "Bo Lund"), "2024-05-12",
    )  # fmt: skip
    text = result.document.text
    start, end = record.provenance["authors"].span or (0, 0)
    assert record.provenance["authors"].place == "rule:mill.example.org/author-1"
    assert text[start:end] == '<a href="/ann">Ann Reed</a>'


def test_line_ends_of_any_kind_and_front_matter_leave_places_right() -> None:
    expected = fates(cleaned(MILL))
    assert fates(cleaned(MILL.replace("\n", "\r\n"))) == expected
    assert fates(cleaned(MILL.replace("\n", "\r"))) == expected
    fronted = cleaned(f"---\nurl: https://mill.example.org/1\n---\n\n{MILL}")
    assert fates(fronted)[1:] == expected
    assert fates(fronted)[0][1:] == ("stated", "credit")


def test_alternatives_are_tried_in_order() -> None:
    second = cleaned(page("mill.example.org", f"<p>Menu</p><div class='wide text'><p>{PROSE}</p></div>"))
    assert [fate[1] for fate in fates(second)] == ["stated", "outside", "body-2"]
    both = cleaned(
        page("mill.example.org", f"<div class='text'><p>x</p></div><article id='story'><p>{PROSE}</p></article>")
    )
    assert [fate[1] for fate in fates(both)] == ["stated", "outside", "body-1"]


def test_all_elements_that_one_alternative_finds_are_the_body(tmp_path: Path) -> None:
    folder = configured(tmp_path, "body: //div[@class='part']\nbody: //p\n")
    result = cleaned(
        page(
            "mill.example.org", "<div class=part>One<div class=part>two</div></div><p>ad</p><div class=part>three</div>"
        ),
        folder,
    )
    assert [fate[:2] for fate in fates(result)][1:] == [
        ("One", "body-1"), ("two", "body-1"), ("ad", "outside"), ("three", "body-1"),
    ]  # fmt: skip


def test_a_body_inside_of_what_is_stripped_is_none(tmp_path: Path) -> None:
    folder = configured(tmp_path, "body: //article\nbody: //main\nstrip_id_or_class: promo\n")
    result = cleaned(
        page("mill.example.org", f"<div class=promo><article><p>Buy</p></article></div><main><p>{PROSE}</p></main>"),
        folder,
    )
    assert [fate[1] for fate in fates(result)] == ["stated", "strip-id-or-class-1", "body-2"]


def test_elements_that_are_never_closed_end_where_the_next_begins(tmp_path: Path) -> None:
    folder = configured(tmp_path, "body: //body\nstrip: //p[@class='ad']\nstrip: //li[2]\n")
    result = cleaned(
        '<link rel=canonical href="https://mill.example.org/1"><p>One<p class=ad>two<p>three<ul><li>four<li>five<li>six</ul>seven</body>eight',
        folder,
    )
    kept = [d.block.text for d in result.decisions if d.verdict == "keep"]
    assert kept == ["One", "three", "four", "six", "seveneight"]


def test_strings_become_metadata_without_a_block() -> None:
    head = '<meta property="og:title" content=" The  title "><meta name="day" content="2024-05-12">'
    result = cleaned(
        page("a.press.example.org", f"<p class=by>Words by Ann Reed</p><div class=entry><p>{PROSE}</p></div>", head)
    )
    record = result.record
    assert (record.title, record.authors, record.published) == ("The title", ("Ann Reed",), "2024-05-12")
    assert record.provenance["published"].place == "rule:.press.example.org/date-1"
    assert record.provenance["authors"].span is None
    assert [fate[1] for fate in fates(result)] == ["stated", "outside", "body-1"]


def test_what_is_too_long_or_no_date_is_no_metadata(tmp_path: Path) -> None:
    text = "title: //article\ntitle: //h1\nauthor: //b\ndate: //i\ndate: //time\nbody: //article\n"
    result = cleaned(
        page(
            "mill.example.org",
            f"<article><h1>A mill</h1><p>{PROSE * 4}</p><i>yesterday</i></article><time datetime=2024-05-12>now</time>",
        ),
        configured(tmp_path, text),
    )
    assert [fate[1] for fate in fates(result)] == ["stated", "title-2", "body-1", "body-1", "date-2"]
    assert (result.record.title, result.record.published) == ("A mill", "2024-05-12")


@pytest.mark.parametrize(
    ("host", "id"),
    [
        ("mill.example.org", "mill.example.org"), ("www.mill.example.org", "mill.example.org"), ("MILL.example.org", "mill.example.org"),
        ("news.mill.example.org", ""), ("windmill.example.org", ""), ("a.press.example.org", ".press.example.org"),
        ("a.b.press.example.org", ".press.example.org"), ("press.example.org", ""), ("www.press.example.org", ""),
        ("strict.press.example.org", "strict.press.example.org"), ("readme", ""), ("example.org", ""),
    ],
)  # fmt: skip
def test_a_file_speaks_of_the_host_in_its_name(host: str, id: str) -> None:
    assert open_sites(FOLDER).under(host.lower()) == id
    assert seedclean.detect(page(host, f"<p>{PROSE}</p>").encode(), site_config=FOLDER).origin == id


def test_the_longest_host_wins_and_a_built_in_one_where_they_are_equal(tmp_path: Path) -> None:
    for name in ("dw.com.txt", "learn.dw.com.txt", ".com.txt", "com.txt", "example.txt"):
        configured(tmp_path, "body: //main\n", name)
    for host, origin in [("www.dw.com", "dw"), ("learn.dw.com", "learn.dw.com"), ("a.dw.com", "dw"), ("b.com", "")]:
        assert seedclean.detect(page(host, "<main>One</main>").encode(), site_config=tmp_path).origin == origin, host


def test_only_raw_pages_are_spoken_of() -> None:
    text = f"---\nurl: https://mill.example.org/1\n---\n\n# A mill\n\n{PROSE}\n"
    assert seedclean.clean(text, site_config=FOLDER).origin is None


def test_a_page_without_the_body_is_judged_as_of_unknown_origin() -> None:
    html = page("mill.example.org", f"<aside class=related><p>{PROSE}</p></aside><div><p>{PROSE}</p></div>")
    result = cleaned(html)
    bare = examine(Source("page.html", html.encode()), load())
    assert result.record.origin == "mill.example.org"
    assert [(d.verdict, d.rule) for d in result.decisions] == [(d.verdict, d.rule) for d in bare.decisions]
    assert result.record.text


def test_a_file_without_a_body_strips_from_a_page_of_unknown_origin() -> None:
    result = cleaned(page("stripper.example.org", f"<main><p>{PROSE}</p><p class=mood-poll>{PROSE} Was it?</p></main>"))
    assert [fate[1] for fate in fates(result)][-1] == "strip-id-or-class-1"
    assert result.record.text == PROSE


def test_ordinals_names_and_what_is_passed_over() -> None:
    site = open_sites(FOLDER).get("mill.example.org")
    assert site is not None
    assert [d.id.partition("/")[2] for d in site.directives] == [
        "title-1", "author-1", "date-1", "body-1", "body-2", "strip-1", "strip-2", "strip-id-or-class-1",
        "strip-image-src-1", "next-page-link-1", "test-url-1",
    ]  # fmt: skip
    assert set(site.ignored) == {
        "prune", "tidy", "http_header", "replace_string", "if_page_contains", "single_page_link", "test_contains",
    }  # fmt: skip
    assert site.unknown == 1
    assert "mill.example.org/outside" in site.rules


def test_lines_that_hold_nothing_are_counted_and_take_no_number() -> None:
    site = parse_site("\ufeff# x\nbody:\nbody://p\nno directive here\n  strip: //a  \r\n", "a.example", "a.example.txt")
    assert [(d.id, d.value) for d in site.directives] == [("a.example/body-1", "//p"), ("a.example/strip-1", "//a")]
    assert (site.ignored, site.unknown) == ({"body": 1}, 2)


@pytest.mark.parametrize(
    "value", ["//div[", "//p[nofunction(.)", "nofunction(//p)", "//x:p", "$p", "//p/following-sibling::", "count()"]
)
def test_an_expression_that_is_none_is_told_with_file_and_line(value: str) -> None:
    with pytest.raises(PackError, match=r"^a\.txt, line 2: .* is no XPath expression"):
        parse_site(f"# a\nbody: {value}\n", "a.example", "a.txt")


def test_an_unknown_function_that_is_only_reached_on_a_page_is_told(tmp_path: Path) -> None:
    folder = configured(tmp_path, "body: //p[nofunction(.)]\n")
    with pytest.raises(PackError, match=r"mill\.example\.org\.txt, line 1: .*nofunction"):
        cleaned(page("mill.example.org", "<p>x</p>"), folder)


@pytest.mark.parametrize(
    ("name", "meant"), [("stirp", "strip"), ("boddy", "body"), ("Title", "title"), ("strip-id-or-class", "strip_id_or_class"), ("test_urls", "test_url")]
)  # fmt: skip
def test_a_misprint_is_told_with_what_was_meant(name: str, meant: str) -> None:
    with pytest.raises(PackError, match=rf"^a\.txt, line 1: unknown directive '{name}' \(did you mean '{meant}'\?\)$"):
        parse_site(f"{name}: //p\n", "a.example", "a.txt")


def test_no_known_directive_is_taken_for_another() -> None:
    site = parse_site("".join(f"{name}: //p\n" for name in (*USED, *IGNORED)), "a.example", "a.txt")
    assert (len(site.directives), len(site.ignored), site.unknown) == (len(USED), len(IGNORED), 0)


@pytest.mark.parametrize("host", ["broken.example.org", "typo.example.org"])
def test_a_faulty_file_fails_the_pages_of_its_host_alone(host: str) -> None:
    registry = load((), FOLDER)
    assert examine(Source("a.html", MILL.encode()), registry).record.text
    with pytest.raises(PackError, match=rf"{host}\.txt, line \d"):
        examine(Source("b.html", page(host, "<p>x</p>").encode()), registry)


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.example.txt").write_bytes(b"body: //p[.='\xe9']")
    with pytest.raises(PackError, match="not UTF-8"):
        open_sites(tmp_path).get("a.example")


def test_a_directory_without_configurations_is_told(tmp_path: Path) -> None:
    for folder, told in [
        (tmp_path, "holds no site configuration"),
        (tmp_path / "none", "No such file"),
        (Path(__file__), "Not a directory"),
    ]:
        with pytest.raises(PackError, match=told):
            load((), folder)


def test_two_thousand_files_are_named_and_one_is_read(tmp_path: Path) -> None:
    for at in range(2000):
        configured(tmp_path, "body: [" if at else "body: //p", f"s{at}.example.org.txt")
    registry = load((), tmp_path)
    examine(Source("a.html", page("s0.example.org", "<p>x</p>").encode()), registry)
    assert list(registry.sites._cache) == ["s0.example.org"]
    assert registry.sites.get("s0.example.org") is registry.sites.get("s0.example.org")


HOSTILE = {
    "nested": "<div class=ad>" * 49_000 + PROSE,
    "deeper": "<div class=ad>" * 200_000 + PROSE,
    "flat": "<p class=ad>x" * 49_000,
    "lists": "<ul><li class=ad>x" * 24_000,
    "links": "<a rel=next><b><i>x" * 16_000,
    "tables": "<table>x" * 40_000,
}
STRIPS = "\n".join(
    f"strip: {path}" for path in [
        "//div/ancestor::div", "//p/following-sibling::*", "//p[preceding::p]", "//li[count(preceding-sibling::li) = 3]",
        "//div//div//div", "//*[following::b]", "//div[contains(., 'zz')]",
        "//*[.//*[.//*[.//zz]]]", "//*[//*[//*[//zz]]]", "//*[count(//*[count(//*) > 1]) > 1]", "//*[..//*[..//zz]]", "//div[descendant::*[descendant::zz]]",
    ]
)  # fmt: skip


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_pages_end(name: str, tmp_path: Path) -> None:
    folder = configured(tmp_path, f"title: //h1\nbody: //body\nstrip_id_or_class: ad\nnext_page_link: //a\n{STRIPS}\n")
    begun = time.process_time()
    examine(Source("page.html", page("mill.example.org", HOSTILE[name]).encode()), load((), folder))
    assert time.process_time() - begun < 60


def test_a_dear_expression_is_asked_where_it_starts_from_few(tmp_path: Path) -> None:
    folder = configured(
        tmp_path, "body: //body\nstrip: //h2[@id='more']/following-sibling::*\nstrip: //p[preceding::p]\n"
    )
    body = f"<p>{PROSE}</p>" * 3000 + "<h2 id=more>More</h2><p>Another</p>"
    result = examine(Source("page.html", page("mill.example.org", body).encode()), load((), folder))
    assert [fate[1] for fate in fates(result)][-3:] == ["body-1", "body-1", "strip-1"]


@pytest.mark.parametrize(
    ("path", "lines"),
    [("//div[.//p]//b", []), ("//div[//h1]", ["Lamp lit"]), ("//div[@title='//*[//*'][.//p[.//b]]", ["Lamp lit"]), ("descendant::div[descendant::b]", ["Lamp lit"])],
)  # fmt: skip
def test_searches_in_conditions_are_asked_where_they_are_cheap(path: str, lines: list[str], tmp_path: Path) -> None:
    """An element inside a line is no block: nothing is removed, but the expression is asked."""
    folder = configured(tmp_path, f"body: //body\nstrip: {path}\n")
    body = "<div title='//*[//*'><p>Lamp <b>lit</b></p></div>" + f"<p>{PROSE}</p>" * 3000
    result = examine(Source("page.html", page("mill.example.org", f"<h1>A</h1>{body}").encode()), load((), folder))
    assert [text for text, rule, _ in fates(result) if rule == "strip-1"] == lines


def test_places_of_elements_are_those_of_their_tags() -> None:
    document = read(Source("a.html", ("\ufeff\U0001f600" + MILL).encode()))
    tree = Page.of(document)
    assert tree is not None
    places = [el.source_location for el in tree.root.find_all() if el.source_location]
    assert len(places) > 25
    for place in places:
        assert document.text[place.start_tag.start_offset] == "<"
        assert document.text[place.start_tag.end_offset - 1] == ">"


def test_the_command_takes_the_directory(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(MILL, "utf-8")
    run = [sys.executable, "-m", "seedclean"]
    options = ["--site-config", str(FOLDER)]

    def out(*words: str) -> str:
        done = subprocess.run([*run, *words, str(tmp_path / "a.html"), *options], capture_output=True, check=True)
        return done.stdout.decode()

    assert '"rule":"mill.example.org/body-1"' in out()
    assert "recommendation · mill.example.org/strip-1" in out("explain")
    assert out("detect") == "a.html\tmill.example.org\t-\taddress/canonical\n"
    done = subprocess.run([*run, str(tmp_path), "--site-config", str(tmp_path)], capture_output=True, check=False)
    assert (done.returncode, b"holds no site configuration" in done.stderr) == (2, True)
