"""Threads of posts: which lines mark them, where each begins and ends, and what becomes of them as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from seedclean.decisions.classifier.block_features import block_features
from seedclean.decisions.classifier.judge import Classification
from seedclean.decisions.comment_boxes import with_boxes
from seedclean.decisions.posts import with_threads
from seedclean.decisions.threads import threads
from seedclean.model.document import Decision, Document, Source
from seedclean.readers import read

ARTICLE = "".join(
    f"<p>The river rose by {at} metres in the night, and the bridge at the mill was closed, as it is each spring.</p>"
    for at in ("two", "three", "four", "five")
)
SAID = (
    "I crossed it an hour before, and the water was already at the second step.",
    "My grandfather measured it each year; this is nothing, he would have said.",
    "Could somebody tell me whether the lower road is open, and until when?",
    "It is open, but the ferry is not, and nobody knows for how long.",
)
NAMES = ("marta", "Old Tom", "R. Quill", "marta")
DATES = ("May 4, 2021 at 8:10 AM", "May 4, 2021 at 9:41 AM", "May 5, 2021 at 7:02 AM", "May 5, 2021 at 7:30 AM")


def page(body: str) -> Document:
    return read(Source("a.html", f"<html><body>{body}</body></html>".encode()))


def post(at: int, inner: str = "") -> str:
    return (
        f'<li class="comment n{at}"><div class="who">{NAMES[at]}</div><div class="when">{DATES[at]}</div>'
        f'<div class="said"><p>{SAID[at]}</p></div><a href="#">Reply</a>{inner}</li>'
    )


def texts(document: Document, places: Sequence[int]) -> list[str]:
    return [document.blocks[at].text for at in places]


def decided(document: Document, odds: Mapping[str, float]) -> list[Decision]:
    """The decisions where a block of some text has log-odds, and any other −1: it is kept above 0."""
    places = [at for at, block in enumerate(document.blocks) if block.text and block.kind != "metadata"]
    blocks = [document.blocks[at] for at in places]
    result = Classification(places, block_features(blocks), [odds.get(block.text, -1.0) for block in blocks])
    likely = dict(zip(places, result.log_odds, strict=True))
    before = [
        Decision(block, "keep", "article/prose", by="classifier")
        if likely.get(at, -1.0) > 0
        else Decision(block, "remove", "article/apart", "interface", by="classifier")
        for at, block in enumerate(document.blocks)
    ]
    return with_threads(before, result, document.blocks)


def kept(decisions: Sequence[Decision]) -> list[str]:
    return [one.block.text for one in decisions if one.verdict == "keep"]


def posts(document: Document) -> list[list[str]]:
    places = [at for at, block in enumerate(document.blocks) if block.text and block.kind != "metadata"]
    features = dict(zip(places, block_features([document.blocks[at] for at in places]), strict=True))
    return [
        texts(document, range(one.first, one.last + 1))
        for thread in threads(document.blocks, features)
        for one in thread.posts
    ]


def prose(document: Document) -> dict[str, float]:
    return {block.text: 3.0 for block in document.blocks if block.text.startswith("The river")}


FLAT = "".join(
    f"<h3>On the water, {at}</h3><p class=when>Posted {DATES[at]} by {NAMES[at]}</p><p>{SAID[at]}</p>"
    for at in range(4)
)
SHAPES = {
    "a list": f"<ul>{''.join(post(at) for at in range(4))}</ul>",
    "replies in the post that they answer": "<ul>"
    + post(0, "<ul>" + post(1, f"<ul>{post(2)}</ul>") + "</ul>")
    + post(3)
    + "</ul>",
    "a table each": "".join(
        f"<table><tr><td class=when>{DATES[at]}</td></tr><tr><td><b class=who>{NAMES[at]}</b></td><td>{SAID[at]}</td></tr></table>"
        for at in range(4)
    ),
    "flat": f"<div>{FLAT}</div>",
    "times that only an element tells": "".join(
        f"<section><div class=who>{NAMES[at]}</div><time>vor {at + 2} Stunden</time><p>{SAID[at]}</p></section>"
        for at in range(4)
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_post_is_one(shape: str) -> None:
    result = posts(page(f"<article>{ARTICLE}</article><div class=foot>{SHAPES[shape]}</div>"))
    assert len(result) == 4
    for at, own in enumerate(result):
        assert SAID[at] in own
        assert not any(other in own for other in SAID if other != SAID[at])


@pytest.mark.parametrize("shape", SHAPES)
def test_comments_below_an_article_go_whole(shape: str) -> None:
    document = page(f"<article>{ARTICLE}</article><div class=foot>{SHAPES[shape]}</div>")
    decisions = decided(document, {**prose(document), SAID[1]: 0.4})
    assert kept(decisions) == [text for text in prose(document)]
    said = {one.block.text: one.category for one in decisions}
    assert [said[text] for text in SAID] == ["comments"] * 4


@pytest.mark.parametrize("shape", SHAPES)
def test_posts_alone_are_the_document(shape: str) -> None:
    document = page(f"<h1>The bridge at the mill</h1><div>{SHAPES[shape]}</div>")
    decisions = decided(document, {text: 2.0 for text in SAID[:3]})
    assert set(SAID) <= set(kept(decisions))


def test_author_and_date_stand_beside_each_post() -> None:
    document = page(f"<h1>The bridge at the mill</h1>{SHAPES['a list']}")
    decisions = decided(document, {text: 2.0 for text in SAID[:3]})
    expected = [text for at in range(4) for text in (NAMES[at], DATES[at], SAID[at])]
    assert kept(decisions) == expected


def test_what_holds_most_of_the_posts_is_their_text_though_little_of_it_is_kept() -> None:
    """The classifier is sure of the question alone, which stands in the element itself, as posts of one paragraph do."""
    body = SHAPES["a list"].replace(f"<p>{SAID[0]}</p>", SAID[0])
    result = kept(
        decided(page(f"<h1>The bridge at the mill</h1>{body}"), {SAID[0]: 6.0, **dict.fromkeys(SAID[1:], -0.3)})
    )
    assert set(SAID) <= set(result)


def test_signatures_in_like_elements_are_no_text_of_posts() -> None:
    body = "".join(
        f"<div class=post><time>{DATES[at]}</time><b class=who>{NAMES[at]}</b><div class=said><div class=wrap>{SAID[at]}</div></div>"
        f"<div class=sign><div class=wrap>Boats built, mended and sold since {1950 + at}</div></div></div>"
        for at in range(4)
    )
    result = kept(decided(page(body), {SAID[0]: 6.0, **dict.fromkeys(SAID[1:], -0.3)}))
    assert [text for text in result if text in SAID or text.startswith("Boats")] == list(SAID)


def test_dates_in_paragraphs_of_headings_and_times_of_today_mark_posts() -> None:
    days = (*DATES[:3], "Today, 9:40 AM")
    body = "".join(
        f"<div class=post><b class=who>{NAMES[at]}</b><h3><p class=when>Posted {days[at]}</p><ul><li>#{at}</ul></h3>"
        f"<div class=said>{SAID[at]}</div></div>"
        for at in range(4)
    )
    assert [[text for text in own if text in SAID] for own in posts(page(body))] == [[text] for text in SAID]


def test_code_in_a_post_is_the_posts() -> None:
    body = SHAPES["a list"].replace(f"<p>{SAID[2]}</p>", f"<p>{SAID[2]}</p><pre>level = max(gauge)</pre>")
    assert "level = max(gauge)" in kept(decided(page(body), {text: 2.0 for text in SAID}))


def test_the_day_on_which_a_member_joined_marks_no_post() -> None:
    body = "".join(
        f"<div class=post><time>{DATES[at]}</time><div class=box><b>{NAMES[at]}</b><dl><dd>Feb {at}, 2010</dd></dl></div>"
        f"<div class=said>{SAID[at]}</div></div>"
        for at in range(4)
    )
    result = kept(decided(page(body), {text: 2.0 for text in SAID}))
    assert set(DATES) <= set(result)
    assert not [text for text in result if text.startswith("Feb")]


def test_a_list_of_dated_articles_is_no_thread() -> None:
    body = "".join(
        f"<li class=teaser><a href='/{at}'>Why the river rose so early this year</a><i class=when>{DATES[at]}</i>"
        f"<p>{SAID[at]}</p></li>"
        for at in range(4)
    )
    assert posts(page(f"<article>{ARTICLE}</article><ul>{body}</ul>")) == []


def test_dates_of_chapters_in_like_paragraphs_of_an_article_are_kept() -> None:
    body = "".join(
        f"<div class=day><h2>{NAMES[at]}</h2><p class=when>{DATES[at]}</p><p>{SAID[at]}</p></div>" for at in range(4)
    )
    document = page(f"<article>{body}</article>")
    decisions = decided(document, {text: 2.0 for text in (*SAID, *DATES, *NAMES)})
    assert kept(decisions) == [block.text for block in document.blocks]


def test_a_thread_longer_than_what_stands_above_it_is_not_taken_for_comments() -> None:
    document = page(f"<p>{SAID[3]}</p><ul>{''.join(post(at) for at in range(3))}</ul>")
    odds = {SAID[3]: 2.0, SAID[0]: 1.0, SAID[1]: 1.0, SAID[2]: -9.0}
    assert {SAID[0], SAID[1], SAID[3]} <= set(kept(decided(document, odds)))


def article_alone(document: Document) -> list[Decision]:
    """What a classifier would decide that keeps the article, and nothing else."""
    return [
        Decision(block, "keep", "article/prose", by="classifier")
        if block.text in ARTICLE
        else Decision(block, "remove", "article/apart", "interface", by="classifier")
        for block in document.blocks
    ]


def test_what_a_box_of_comments_holds_is_comments_even_without_dates() -> None:
    sayings = f"<ul class=x><li>Ann</li><li>{SAID[0]}</li></ul>"
    document = page(f"<article>{ARTICLE}</article><div id=post-comments>{sayings}</div>")
    before = article_alone(document)
    assert {one.category for one in with_boxes(before) if one.verdict == "remove"} == {"comments"}
    kept = [replace(one, verdict="keep", rule="article/prose") if one.block.text == "Ann" else one for one in before]
    assert {one.category for one in with_boxes(kept) if one.verdict == "remove"} == {"interface"}


@pytest.mark.parametrize(
    "name", ["class=comment-form", "class=most-commented", "class=commentary", "class=no-comments"]
)
def test_a_form_and_a_list_of_articles_are_no_box_of_comments(name: str) -> None:
    document = page(f"<article>{ARTICLE}</article><div {name}><p>{SAID[0]}</p></div>")
    before = article_alone(document)
    assert with_boxes(before) == before
