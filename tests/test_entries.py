"""Titles of entries, terms of definitions and notes: what goes with a text that is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import pytest

from seedclean.decisions.entries import with_entries
from seedclean.decisions.terms import with_terms
from seedclean.model.document import Decision, Document, Source
from seedclean.readers import read

TITLES = ("Nets", "The old ferry", "Lamps of the quay", "A rope walk")
TEXTS = (
    "They hang along the wall from April on, and whoever passes has to stoop under the last of them.",
    "It was sold in the year of the flood, and its bell rings in the yard of the school to this day.",
    "Nobody lit them after the bridge was built, though the oil for them was paid for nine more years.",
    "The shed is four hundred paces long, and the wind goes through it from one end to the other.",
)


def page(body: str) -> Document:
    return read(Source("a.html", f"<html><body>{body}</body></html>".encode()))


def keeping(document: Document, texts: Collection[str]) -> list[Decision]:
    """What a classifier would decide that keeps these texts alone."""
    return [
        Decision(block, "keep", "article/prose", by="classifier")
        if block.text in texts
        else Decision(block, "remove", "article/links", "navigation", by="classifier")
        for block in document.blocks
    ]


def kept(decisions: Sequence[Decision]) -> list[str]:
    return [one.block.text for one in decisions if one.verdict == "keep"]


def listing(entry: Callable[[int], str]) -> list[str]:
    document = page(
        f"<ul class=menu><li><a href=/>Front</a><li><a href=/b>Boats</a></ul>{''.join(map(entry, range(4)))}"
    )
    return kept(with_entries(keeping(document, TEXTS)))


def title(at: int) -> str:
    return f"<a href=/things/{at}>{TITLES[at]}</a>"


@pytest.mark.parametrize(
    "entry",
    [
        lambda at: f"<div class=thing><b>{title(at)}</b><div class=street>Quay {at}</div><p>{TEXTS[at]}</p></div>",
        lambda at: f"<table><tr><td>{title(at)}</td></tr><tr><td>{TEXTS[at]}</td></tr></table>",
        lambda at: f"<li><p class=kind><a href=/kind>News</a></p><span>{title(at)}</span><p>{TEXTS[at]}</p></li>",
    ],
    ids=["boxes", "tables", "below-a-section"],
)
def test_the_title_of_an_entry_goes_with_its_text(entry: Callable[[int], str]) -> None:
    assert listing(entry) == [text for at in range(4) for text in (TITLES[at], TEXTS[at])]


@pytest.mark.parametrize(
    "entry",
    [
        lambda at: f"<div class=thing><p><a href=/kind/{at % 2}>Kind {'AB'[at % 2]}</a></p><p>{TEXTS[at]}</p></div>",
        lambda at: f"<div class=thing><em><a href='javascript:;'>{TITLES[at]}</a></em><p>{TEXTS[at]}</p></div>",
        lambda at: f"<div class=thing><p>{TEXTS[at]}</p><b>{title(at)}</b></div>",
        lambda at: f"<p>{TEXTS[at]}</p>" + (f"<div><b>{title(at)}</b></div>" if at == 1 else ""),
    ],
    ids=["sections", "buttons", "below", "in-an-article"],
)
def test_other_links_beside_texts_are_no_titles(entry: Callable[[int], str]) -> None:
    assert listing(entry) == list(TEXTS)


def test_an_entry_with_a_heading_has_its_title() -> None:
    document = page(
        "".join(f"<div class=e><h2>{TITLES[at]}</h2><i>{title(at)}!</i><p>{TEXTS[at]}</p></div>" for at in range(4))
    )
    before = keeping(document, [*TEXTS, *TITLES])
    assert with_entries(before) == before


def test_a_term_goes_with_its_definition() -> None:
    body = f"<dl><dt>Tiller<dt>Helm<dd>See below.<p>{TEXTS[0]}</p><dt>Menu<dd>Front<dt>Bow<dd>{TEXTS[1]}</dl><dl><dt>Stern</dl>"
    assert kept(with_terms(keeping(page(body), TEXTS))) == ["Tiller", "Helm", TEXTS[0], "Bow", TEXTS[1]]


def test_a_label_does_not_go_with_its_value() -> None:
    before = keeping(page("<dl><dt>Joined</dt><dd>May 2010</dd><dt>Posts</dt><dd>41</dd></dl>"), ["May 2010", "41"])
    assert with_terms(before) == before


def note(at: int, text: str, back: str = "") -> str:
    return f'<li id="n{at}"><p><a href="#r{at}">{back or at}</a> {text}</p></li>'


def test_a_note_goes_with_the_text_that_refers_to_it() -> None:
    said = f"{TEXTS[0]} Or so they say [1]."
    body = f'<p>{TEXTS[0]} Or so they say <a href="#n1" id="r1">[1]</a>.</p><ol>{note(1, TEXTS[1])}{note(2, TEXTS[2])}</ol>'
    document = page(body)
    assert kept(with_terms(keeping(document, [said]))) == [said, f"1 {TEXTS[1]}"]


def test_the_number_of_a_post_is_no_note() -> None:
    body = "".join(
        f'<div id="p{at}"><i>Joined 2010</i><p>{TEXTS[at]} <a href="#p{at}">{at}</a></p><a href="#p{at}">#{at}</a></div>'
        for at in range(3)
    )
    document = page(body)
    before = keeping(document, [block.text for block in document.blocks if block.text.startswith(TEXTS[:3])])
    assert with_terms(before) == before


@pytest.mark.parametrize(
    "body",
    [
        f'<p>{TEXTS[0]} <a href="#n1">Comments</a></p><ol>{note(1, TEXTS[1])}</ol>',
        f'<p>{TEXTS[0]} <a href="#n1">[1]</a></p><ol><li id=n1>{TEXTS[1]}</li></ol>',
        f'<p>{TEXTS[0]} <a href="#n1">[1]</a></p><ol>{note(1, "", back="The whole of it is a link to another page")}</ol>',
    ],
    ids=["no-number", "no-way-back", "links"],
)
def test_what_else_is_linked_inside_the_page_is_no_note(body: str) -> None:
    document = page(body)
    before = keeping(document, [block.text for block in document.blocks if block.text.startswith(TEXTS[0])])
    assert with_terms(before) == before
