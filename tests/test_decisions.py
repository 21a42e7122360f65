"""One decision for every document: who makes it, what surrounds the text, and the threshold that follows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedclean.batch.counts import Counts
from seedclean.decisions.classifier.block_features import block_features
from seedclean.decisions.classifier.judge import Classification
from seedclean.decisions.classifier.smoothing import best_threshold, expected_f1, verdicts
from seedclean.decisions.excerpt import trim
from seedclean.decisions.lists import with_headings
from seedclean.decisions.surroundings import surroundings
from seedclean.model.document import Decision, Document, Source
from seedclean.model.errors import ExtractorError
from seedclean.packs.registry import Registry, load
from seedclean.pipeline import examine
from seedclean.readers import read
from seedclean.record.assembly import Cleaned

MENU = "".join(
    f"<li><a href='/{word}'>{word}</a></li>" for word in ("Home", "News", "Boats", "Search", "Login", "Help")
)
PROSE = "".join(
    f"<p>On day {day} the ferry came in late, and nobody on the quay could say what had kept it so long.</p>"
    for day in range(1, 9)
)


def _boxed(body: str, removed: str, category: str = "comments") -> list[str]:
    """What is kept of the blocks of a page, of which those with a word are removed."""
    blocks = read(Source("a.html", body.encode())).blocks
    decisions = [
        Decision(one, "remove" if removed in one.text else "keep", "article/links", category=category, by="classifier")
        for one in blocks
    ]
    return [one.block.text for one in with_headings(decisions) if one.verdict == "keep"]


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("<main><p>A<section><h3>B</h3><p>x<div><p>x</div></section></main>", ["A"]),
        ("<main><p>A<section><h3>B</h3><p>x<p>C</section></main>", ["A", "B", "C"]),
        ("<main><p>A<h3>B</h3><p>x</main>", ["A", "B"]),
        ("<article><h3>B</h3><p>x</article><p>A", ["B", "A"]),
        ("<p>A<section><p>C</p><h3>B</h3><p>x</section>", ["A", "C", "B"]),
        ("<p>A<section><h3>B</h3></section><p>x", ["A", "B"]),
        ("<p>A<section><h3>B</h3><a href=/>x</a></section>", ["A", "B"]),
    ],
)
def test_a_heading_goes_with_all_that_is_in_its_box(body: str, kept: list[str]) -> None:
    assert _boxed(PROSE + body.replace("x", "x" * 60), "x")[8:] == kept


def test_cards_go_with_the_heading_of_their_box() -> None:
    cards = "<a href=/1><img src=1></a><h4><a href=/1>One</a></h4><p>A line on one.</p><h4><a href=/2>Two</a></h4><p>Two lines.</p>"
    for body, rest in (
        (f"<div><h3>x</h3>{cards}</div>", []),
        (f"<div><h3>x</h3>{cards}<p>{'A line. ' * 30}</p></div>", ["", "One", "A line on one.", "Two", "Two lines."]),
        ("<div><h3>x</h3><p>A line.<p>Two lines.</div>", ["A line.", "Two lines."]),
    ):
        kept = _boxed(PROSE + body, "x", "recommendation")
        assert [text for text in kept[8:] if len(text) < 60] == rest


def test_a_headline_stays_though_nothing_in_its_box_does() -> None:
    assert _boxed(f"<section><h2>B</h2><p>{'x' * 60}</section>{PROSE}", "x")[0] == "B"


class Harbour:
    """An extractor that decides on blocks about ropes alone."""

    id = "harbour"

    def detect(self, document: Document) -> str:
        return "rope" if "rope" in document.text else ""

    def judge(self, document: Document) -> list[Decision | None]:
        return [
            Decision(block, "remove", "harbour/rope", "advertising") if "rope" in block.text else None
            for block in document.blocks
        ]


def clean(name: str, text: str, registry: Registry | None = None) -> Cleaned:
    return examine(Source(name, text.encode()), registry or load())


def removed(cleaned: Cleaned) -> dict[str, str]:
    return {one.block.text: one.by for one in cleaned.decisions if one.verdict == "remove" and one.block.text}


def page(body: str) -> str:
    return f"<html><body><nav><ul>{MENU}</ul></nav>{body}<footer><ul>{MENU}</ul></footer></body></html>"


def test_an_extractor_may_abstain_and_the_others_decide() -> None:
    registry = replace(load(), extractors={"harbour": Harbour()})
    cleaned = clean("a.html", page(f"<main><h1>The ferry</h1>{PROSE}<p>Buy rope here.</p></main>"), registry)
    assert cleaned.detection.origin == "harbour"
    decisions = removed(cleaned)
    assert decisions["Buy rope here."] == "extractor"
    assert decisions["News"] == "classifier"
    assert not [text for text in decisions if "nobody on the quay" in text]


class Careless(Harbour):
    """An extractor that answers with words in place of decisions."""

    def judge(self, document: Document) -> list[Decision | None]:
        return ["keep" for _ in document.blocks]  # type: ignore[misc]


def test_an_answer_that_is_no_decision_is_an_error_of_the_extractor() -> None:
    registry = replace(load(), extractors={"harbour": Careless()})
    with pytest.raises(ExtractorError, match="did not answer for each block"):
        clean("a.md", "A rope for sale.", registry)


class Meddler(Harbour):
    """An extractor that moves the blocks that it is asked about."""

    def judge(self, document: Document) -> list[Decision | None]:
        for block in document.blocks:
            block.start, block.end = block.end, block.start  # type: ignore[misc]
        return [None for _ in document.blocks]


def test_spans_that_an_extractor_changed_are_its_error() -> None:
    registry = replace(load(), extractors={"harbour": Meddler()})
    with pytest.raises(ExtractorError, match="changed the spans"):
        clean("a.md", "A rope for sale.", registry)


def test_a_body_without_the_prose_of_the_page_is_no_frame() -> None:
    address = "<link rel='canonical' href='http://news.sohu.com/a/1'>"
    line = "<div class='display-content'><p>关于我们</p></div>"
    text = page(f"<main><h1>The ferry</h1>{PROSE}</main>{line}").replace("<body>", f"{address}<body>")
    cleaned = clean("a.html", text)
    assert cleaned.detection.origin == "sohu"
    assert cleaned.surroundings.kind == "page"
    assert not [text for text in removed(cleaned) if "nobody on the quay" in text]


def test_a_box_around_the_prose_of_the_page_is_no_box() -> None:
    address = "<link rel='canonical' href='http://news.163.com/1.html'>"
    text = page(f"<div class='post_next'><h1>The ferry</h1>{PROSE}</div>").replace("<body>", f"{address}<body>")
    cleaned = clean("a.html", text)
    assert cleaned.detection.origin == "netease"
    assert not [text for text in removed(cleaned) if "nobody on the quay" in text]


@pytest.mark.parametrize("language", ["de", "fr", "es", "ru", "ja", "ko", "ar"])
def test_a_page_is_known_by_its_menus_in_any_language(language: str) -> None:
    menu, sentence = {
        "de": ("Startseite Politik Wirtschaft Kultur Reise Impressum", "Am Morgen kam die Fähre zu spät, und niemand am Kai wusste, warum sie so lange gebraucht hatte."),
        "fr": ("Accueil Politique Économie Culture Voyages Mentions", "Le matin, le bac arriva en retard, et personne sur le quai ne savait ce qui l'avait retenu si longtemps."),
        "es": ("Inicio Política Economía Cultura Viajes Aviso", "Por la mañana el transbordador llegó tarde, y nadie en el muelle sabía qué lo había retenido tanto."),
        "ru": ("Главная Политика Экономика Культура Туризм Реклама", "Утром паром пришёл с опозданием, и никто на пристани не знал, что его так долго задержало."),
        "ja": ("ホーム 政治 経済 文化 旅行 会社概要", "朝の渡し船は遅れて着いた。何がそれほど長く引き止めたのか、岸壁の誰にもわからなかった。"),
        "ko": ("홈 정치 경제 문화 여행 회사소개", "아침 나룻배는 늦게 도착했고, 무엇이 그토록 오래 붙잡았는지 부두의 누구도 알지 못했다."),
        "ar": ("الرئيسية سياسة اقتصاد ثقافة سفر اتصل", "وصلت العبارة في الصباح متأخرة، ولم يعرف أحد على الرصيف ما الذي أخرها كل هذا الوقت."),
    }[language]  # fmt: skip
    links = "".join(f"<li><a href='/{at}'>{word}</a></li>" for at, word in enumerate(menu.split()))
    body = "".join(f"<p>{sentence} {at}.</p>" for at in range(8))
    text = f"<html lang='{language}'><body><ul>{links}</ul><div><h1>{sentence[:30]}</h1>{body}</div><ul>{links}</ul></body></html>"
    cleaned = clean("a.html", text)
    kept = [one.block.text for one in cleaned.decisions if one.verdict == "keep"]
    assert cleaned.surroundings.kind == "page"
    assert sum(sentence in text for text in kept) == 8
    assert not set(menu.split()) & set(kept)


_SHORT = "<h1>The ferry</h1><p>By Ann Lee</p>" + "".join(
    f"<p>In the year {year} the ferry came in late, and nobody on the quay knew what had kept it so long.</p>"
    for year in (1951, 1962, 1973)
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<nav><a href='/'>Home</a> <a href='/a'>About us</a></nav>", ""),
        ("", "<footer><a href='/p'>Privacy</a> | <a href='/c'>Contact</a></footer>"),
        (
            "<div id='menu'><a href='/'>Home</a> | <a href='/a'>About us</a></div>",
            "<div class='Footer'>Contact us</div>",
        ),
    ],
)
def test_what_frames_a_short_page_goes(before: str, after: str) -> None:
    cleaned = clean("a.html", f"<html><body>{before}<div>{_SHORT}</div>{after}</body></html>")
    assert cleaned.record.text.startswith("The ferry\nBy Ann Lee\nIn the year 1951")
    assert cleaned.record.text.endswith("so long.")


@pytest.mark.parametrize(
    "text",
    [
        f"<article>{_SHORT}<nav><a href='#a'>Contact</a></nav><footer>Privacy | Contact</footer></article>",
        f"{_SHORT}<blockquote><p>It was the fog that kept it, and the fog alone.</p><footer>Contact</footer></blockquote>",
        f"<h1>The quay</h1><div class='menu'>{_SHORT}<p>Contact</p></div>",
    ],
)
def test_what_frames_a_part_of_the_text_stays(text: str) -> None:
    assert not removed(clean("a.html", f"<html><body>{text}</body></html>"))


@pytest.mark.parametrize("name", ["a.html", "a.md", "a.txt"])
def test_each_decision_says_who_made_it(name: str) -> None:
    cleaned = clean(name, "# The ferry\n\nOn Monday the ferry came in late.\n\nIt left again at noon.\n")
    assert {one.by for one in cleaned.decisions} <= {"rule", "default"}
    assert cleaned.surroundings.kind == "excerpt"
    assert cleaned.record.confidence is None or 0 <= cleaned.record.confidence <= 100


ODDS = st.lists(st.tuples(st.floats(-8, 8), st.floats(0.5, 300)), min_size=1, max_size=12)


@given(ODDS)
def test_no_choice_of_blocks_is_expected_to_score_more_than_the_threshold_gives(
    blocks: list[tuple[float, float]],
) -> None:
    odds, words = [one for one, _ in blocks], [size for _, size in blocks]
    threshold = best_threshold(odds, words)
    assert threshold <= 0
    best = max(
        expected_f1(odds, words, [bool(choice >> at & 1) for at in range(len(odds))])
        for choice in range(1 << len(odds))
    )
    chosen = expected_f1(odds, words, [one > threshold for one in odds])
    # the threshold has a floor, below which a page is kept whole by what is said elsewhere
    assert chosen <= best + 1e-9
    assert threshold == -1.5 or chosen >= best - 1e-9


def test_the_words_of_who_decides_are_closed() -> None:
    counts = Counter(one.by for one in clean("a.html", page(f"<main>{PROSE}</main>")).decisions)
    assert set(counts) <= {"extractor", "site-config", "rule", "classifier", "default"}
    assert counts["classifier"]


@given(st.permutations(range(9)))
def test_a_run_names_its_least_sure_documents_in_any_order(order: list[int]) -> None:
    total = Counts()
    for at in order:
        total.add(Counts(1, least_sure={f"{at}.html": 10 * at}))
    assert list(total.least_sure.items()) == [(f"{at}.html", 10 * at) for at in range(5)]


def test_boilerplate_in_the_body_of_an_origin_goes_and_its_text_stays() -> None:
    share = "".join(f"<li><a href='#{name}'>{name}</a></li>" for name in ("微博", "QQ空间", "微信", "更多"))
    prose = "".join(
        f"<p>第{day}天渡船来得很晚，码头上没有人说得出是什么把它耽搁了这么久。</p>" for day in "一二三四五六"
    )
    body = f"<h1>渡船晚到</h1><div id='endText'>{prose}<p>只有钟知道。</p><div>分享到：<ul>{share}</ul></div></div>"
    cleaned = clean("a.html", page(body + "<p>© 1997-2019 网易公司版权所有</p>"))
    assert (cleaned.surroundings.kind, cleaned.detection.origin) == ("framed", "netease")
    assert "QQ空间" not in cleaned.record.text
    assert cleaned.record.text.count("渡船来得很晚") == 6
    assert "只有钟知道。" in cleaned.record.text
    assert {by for text, by in removed(cleaned).items() if text in ("微博", "QQ空间")} == {"classifier"}


def test_a_body_that_is_all_boilerplate_to_the_classifier_stays() -> None:
    rows = "".join(f"<li><a href='/{at}'>更多</a></li><li>微博 {at}</li>" for at in range(8))
    body = f"<h1>渡船晚到</h1><div id='endText'><p>分享到：</p><ul>{rows}</ul></div>"
    cleaned = clean("a.html", page(body + "<p>© 1997-2019 网易公司版权所有</p>"))
    assert (cleaned.surroundings.kind, cleaned.detection.origin) == ("framed", "netease")
    assert "微博 0" in cleaned.record.text


def test_scripts_and_style_sheets_tell_a_page() -> None:
    body = f"<h1>The ferry</h1>{PROSE}<p>Copyright 2020</p><p>Sitemap</p>"
    served = "<link rel='stylesheet' href='a.css'>" + "<script src='a.js'></script>" * 3
    bare = f"<html><head><title>The ferry</title></head><body>{body}</body></html>"
    assert clean("a.html", bare).surroundings.kind == "excerpt"
    cleaned = clean("a.html", bare.replace("<head>", f"<head>{served}"))
    assert cleaned.surroundings.kind == "page"
    assert cleaned.record.text.count("the ferry came in late") == 8


Judged = list[tuple[str, float]]
"""Lines of a text, and the log-odds that a classifier gives them."""
LINKS: Judged = [(f"[{word}](/{word})", -3.0) for word in ("Harbour", "Boats", "Pilots", "Ropes", "Tides")]
WORDS: Judged = [(word, -3.0) for word in ("Harbour", "Boats", "Pilots", "Ropes", "Tides")]
SENTENCE: Judged = [("On Monday the ferry came in late, and nobody on the quay knew what had kept it.", 3.0)]
BERTHS: Judged = [(f"Pier {at}", -3.0) for at in range(20)]


def classified(lines: Judged) -> tuple[Document, Classification]:
    """A Markdown of these lines, and the answer of a classifier that gives them these log-odds."""
    document = read(Source("a.md", "\n\n".join(line for line, _ in lines).encode()))
    features = block_features(document.blocks)
    return document, Classification(range(len(lines)), features, [odds for _, odds in lines])


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ([*LINKS, *((f"Ferry {at} to Arden", 1.0) for at in range(9)), *LINKS], "page"),
        ([*LINKS, *((f"Ferry {at} to Arden", -0.5) for at in range(9)), *LINKS], "page"),
        ([*WORDS, *((f"Ferry {at} to Arden", 1.0) for at in range(9)), *WORDS], "excerpt"),
        ([*LINKS, *((f"Ferry {at} to Arden", -1.5) for at in range(9)), *LINKS], "excerpt"),
        ([("Ferries", 1.0), *LINKS, *LINKS, ("To Arden", 1.0)], "excerpt"),
    ],
    ids=["likely", "doubtful", "no menus", "nothing likely", "links amid the list"],
)
def test_a_list_without_prose_is_a_page_between_menus(lines: Judged, kind: str) -> None:
    document, result = classified(lines)
    assert surroundings(result, [None] * len(lines), document, ()).kind == kind


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ([*SENTENCE, *BERTHS, ("Contact", -3.0), *SENTENCE], "excerpt"),
        ([*SENTENCE, *SENTENCE, *BERTHS, ("Contact", -3.0)], "page"),
        ([*SENTENCE, *BERTHS, ("Contact", -3.0), ("Share", -3.0), *SENTENCE], "page"),
    ],
    ids=["amid the text", "at its end", "two words"],
)
def test_one_word_of_interfaces_amid_a_table_is_no_sign_of_a_page(lines: Judged, kind: str) -> None:
    document, result = classified(lines)
    assert surroundings(result, [None] * len(lines), document, ()).kind == kind


STEPS: Judged = [
    (f"Step {at}: read the number of berth {at}, and write it into the book. Then go on.", -2.0) for at in range(9)
]


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ([*SENTENCE * 3, *STEPS, ("Share this story", -3.0)], "excerpt"),
        ([*SENTENCE * 3, *STEPS, ("Share", -3.0)], "page"),
        ([*SENTENCE * 3, *STEPS, ("Share this story", -3.0), *LINKS[:1]], "page"),
        ([*SENTENCE * 3, *BERTHS[:9], ("Share this story", -3.0)], "page"),
    ],
    ids=["sentences", "a button", "a link", "names"],
)
def test_markdown_in_short_sentences_without_a_link_or_a_button_is_no_page(lines: Judged, kind: str) -> None:
    document, result = classified([("# The ferry", 1.0), *lines])
    assert surroundings(result, [None] * (len(lines) + 1), document, ()).kind == kind


@pytest.mark.parametrize(
    "tail", [["Comments 0", "Share", "Save"], ["Berth 4", "Berth 5", "Berth 6"]], ids=["buttons", "berths"]
)
def test_buttons_at_the_end_of_an_excerpt_need_less_doubt_than_other_lines(tail: list[str]) -> None:
    document, result = classified([*SENTENCE * 9, *((line, -2.0) for line in tail)])
    kept = [Decision(block, "keep", "default/kept", by="default") for block in document.blocks]
    assert sum(one.verdict == "remove" for one in trim(kept, result)) == (3 if "Share" in tail else 0)


@pytest.mark.parametrize(
    ("lines", "gone"),
    [
        ([*BERTHS[:3], *SENTENCE * 9, *BERTHS[3:6]], 6),
        ([*BERTHS[:1], *SENTENCE * 9, *BERTHS[1:9], *SENTENCE], 0),
    ],
    ids=["at the ends", "all through the text"],
)
def test_what_an_excerpt_loses_stands_at_its_ends_alone(lines: Judged, gone: int) -> None:
    document, result = classified(lines)
    kept = [Decision(block, "keep", "default/kept", by="default") for block in document.blocks]
    assert sum(one.verdict == "remove" for one in trim(kept, result)) == gone


LONG: Judged = [(f"{SENTENCE[0][0]} It left again at noon, with all who had waited, and no word was said.", 3.0)]


def verdict(lines: Judged) -> list[bool]:
    document, result = classified(lines)
    return verdicts(document.format, document.blocks, result.features, result.log_odds)


@pytest.mark.parametrize(
    ("form", "odds", "paragraphs", "dated", "kept"),
    [
        ("2024-05-{at} 16:30 the ferry of pier {at}", 1.0, 2, 8, False),
        ("2024-05-{at} 16:30 the ferry of pier {at}", 1.0, 1, 8, True),
        ("2024-05-{at} 16:30 the ferry of pier {at}", 1.0, 2, 7, True),
        ("2024-05-{at} 16:30 the ferry of pier {at}", 3.0, 2, 8, True),
        ("The ferry of pier {at} 2024-05-{at} (16:30)", 1.5, 2, 6, False),
        ("The ferry of pier {at} (05/{at}/2024)", 1.5, 2, 6, False),
        ("渡船靠上第{at}号码头 2024年5月{at}日", 1.5, 2, 6, False),
        ("The ferry of pier {at} (05/{at}/2024)", 1.5, 2, 5, True),
        ("The ferry of pier {at} (05/{at}/2024)", 1.5, 1, 6, True),
        ("{at}. The ferry of pier {at} (05/{at}/2024)", 1.5, 2, 6, True),
        ("Luke 2:{at}", 1.5, 2, 7, True),
        ("The ferry of pier {at} at the quay of 2024", 3.0, 2, 8, True),
    ],
    ids=[
        "a list beside an article", "a list alone", "a short list", "a chronicle", "headlines", "the year last",
        "Chinese headlines", "few headlines", "headlines alone", "numbered headlines", "verses", "years alone",
    ],
)  # fmt: skip
def test_dated_lines_beside_paragraphs_are_a_list_of_other_articles(
    form: str, odds: float, paragraphs: int, dated: int, kept: bool
) -> None:
    lines = [*LONG * paragraphs, *((form.format(at=at + 10), odds) for at in range(dated))]
    assert verdict(lines) == [True] * paragraphs + [kept] * dated


@pytest.mark.parametrize(
    ("item", "kind"),
    [("<p>{}</p>", "excerpt"), ("<p><a href=/x>{}</a></p>", "page"), ("<div><p>{}</p></div>", "page")],
    ids=["bare", "links", "boxes"],
)
def test_html_of_bare_paragraphs_without_a_link_is_no_page(item: str, kind: str) -> None:
    lines = [*SENTENCE * 3, *BERTHS, ("Contact", -3.0), ("Share", -3.0)]
    document = read(Source("a.html", "\n".join(item.format(line) for line, _ in lines).encode()))
    features = block_features(document.blocks)
    result = Classification(range(len(lines)), features, [odds for _, odds in lines])
    assert surroundings(result, [None] * len(lines), document, ()).kind == kind


def test_dated_headlines_above_an_article_are_a_page() -> None:
    lines = [*((f"The ferry of pier {at} 2024-05-{at + 10} 16:30", 1.0) for at in range(9)), *LONG * 3]
    document, result = classified(lines)
    assert surroundings(result, [None] * len(lines), document, ()).kind == "page"
    chronicle = [(f"2024-05-{at + 10} 16:30 the ferry of pier {at}", odds) for at, (_, odds) in enumerate(lines[:9])]
    document, result = classified([*chronicle, *LONG * 3])
    assert surroundings(result, [None] * len(lines), document, ()).kind == "excerpt"


@pytest.mark.parametrize(
    ("odds", "kept"),
    [
        ((1.0, -0.9, 1.0, -0.9), [True] * 4),
        ((-2.0, 0.2, -2.0, 0.2), [False] * 4),
        ((2.0, -6.0, 2.0, 2.0, 2.0, 2.0), [True, False, *[True] * 4]),
        ((0.1, -1.9, 0.1, 0.1), [True, False, True, True]),
    ],
    ids=["kept as one", "removed as one", "but for what is sure", "unlikely"],
)
def test_the_items_of_a_list_in_a_text_are_decided_as_one(odds: tuple[float, ...], kept: list[bool]) -> None:
    items = "\n".join(f"- Rope {at} of the ferry" for at in range(len(odds)))
    document = read(Source("a.md", f"{LONG[0][0]}\n\n{items}".encode()))
    features = block_features(document.blocks)
    assert verdicts("markdown", document.blocks, features, [1.0, *odds])[1:] == kept


@pytest.mark.parametrize(
    ("lines", "odds", "kept"),
    [
        (("Tie the bow", "Slacken the stern", "Ship the oars"), -1.9, True),
        (("Tie the bow", "Slacken the stern"), -1.9, False),
        (("Tie the bow", "Slacken the stern", "Ship the oars"), -2.1, False),
        (("Tie the bow", "[Slacken](/slacken)", "Ship the oars"), -1.9, False),
        (("Tie the bow", "May 3 2024 16:30", "Ship the oars"), -1.9, False),
        (("Tie the bow", "Share this", "Ship the oars"), -1.9, False),
        (("Tie the bow", "广告 岸上新开一家卖缆绳的铺子", "Ship the oars"), -1.9, False),
    ],
    ids=["steps", "two lines", "unlikely", "a link", "a date", "a button", "an advert"],
)
def test_plain_lines_amid_the_kept_text_are_its_own(lines: tuple[str, ...], odds: float, kept: bool) -> None:
    judged = [*LONG * 2, *((line, odds) for line in lines), *LONG * 2]
    assert verdict(judged) == [True] * 2 + [kept] * len(lines) + [True] * 2


def test_plain_lines_at_the_end_of_a_text_stay_removed() -> None:
    lines = [(line, -1.9) for line in ("Tie the bow", "Slacken the stern", "Ship the oars")]
    assert verdict([*LONG * 2, *lines]) == [True] * 2 + [False] * 3
