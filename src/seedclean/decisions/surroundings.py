"""What surrounds the text of a document: the frame of its origin, a page, or nothing.

The question is whether boilerplate stands around the text, never who published it or what the file is called.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from seedclean.decisions.classifier.block_features import COVERED, BlockFeatures
from seedclean.decisions.classifier.judge import Classification
from seedclean.decisions.classifier.text_lists import below_dated_lists, dated_headlines
from seedclean.model.document import Block, Decision, Document, Element, Surroundings
from seedclean.packs.pack import Pack

_UNLIKELY = -1.0
_FRAMING, _BLOCKS, _LINES = 3, 5, 8
_SHARE, _MANY = 0.15, 12
"""A page surrounds the text where blocks that no rule speaks of have log-odds below `_UNLIKELY`: `_FRAMING` of them in the
elements that frame pages, or else so many, with those that rules removed, of a raw page (`_BLOCKS`) or another document
(`_LINES`), and such a share of the blocks without a rule, or `_MANY`. Chosen on the labelled corpus and the fixtures."""
_LEAST_SHARE = 0.055
"""In a text they also have to be this share: of 1,320 pages as bare text or Markdown two have less, and so had two of the four
articles alone, of 528, that were taken for pages as Markdown or text and list no posts."""
_ENDS, _ENDS_RULED = 4, 2
"""Without elements so many unlikely blocks have to stand at head or tail, fewer where rules know most of the boilerplate, and none
where they are the most: lines between paragraphs are the author's. When it was chosen, on sites not seen, 1 of 50 Chinese
articles, which hold code or tables, was no page any more, and 1 of 200 pages as bare text was none either."""
_SIGNS, _NEARLY_ALL = 2, 0.9
"""One block of links or of words of interfaces may be an article's heading. Where rules know no boilerplate either, this share of
the unlikely blocks has to stand at the ends, as menus do: tables and listings of code stand amid the text. On sites not seen, four
of five Chinese articles that were taken for pages as bare text are none any more; of 208 pages two are none."""
_PROSE_CHARS = 20
_STOPS = "。！？.!?"
_OUTSIDE = 3
"""A body holds the prose of a page where texts of at least so many characters outside of it are at most three times as long
as those inside: below a short report stand other articles' summaries and comments."""
_MOST, _LONG = 0.5, 300
"""An element with a larger share of the prose, and more than so many characters of it, is no box beside the text: a standing
notice may be longer than a short report."""
_MENU, _MENUS = 0.8, 3
"""In a language whose words of interfaces are not known, so many blocks of links, to this share, tell a page."""
_MACHINERY, _SCRIPTS = ("<script", "<style", "stylesheet"), 4
"""So many scripts and style sheets belong to a page as a site serves it; texts that were taken out of their page have none."""
_FRAMES = ("nav", "footer")
_FEW = 4
"""Fewer blocks with text than this are no page around a document."""


def is_framed(decisions: Sequence[Decision | None], document: Document, packs: Sequence[Pack]) -> bool:
    """Whether a body of the origin matched: a rule that shows its form decides on a block, and the body holds the prose.

    An element of the same name elsewhere on a page of another kind holds little of it.
    """
    frames = {rule for pack in packs for rule in pack.frame}
    if not any(one is not None and one.rule in frames for one in decisions):
        return False
    outside_rules = outside(packs)
    inside_chars = outside_chars = 0
    for one, block in zip(decisions, document.blocks, strict=True):
        if _is_prose(block):
            if one is None or one.verdict == "keep":
                inside_chars += len(block.text)
            elif one.rule in outside_rules:
                outside_chars += len(block.text)
    return outside_chars <= _OUTSIDE * inside_chars


def overreaching(decisions: Sequence[Decision | None], document: Document, packs: Sequence[Pack]) -> frozenset[str]:
    """The ids of rules about an element alone that remove most of the prose of a document: here it surrounds the text.

    Readers' comments may well be longer than what they are about.
    """
    boxes = {
        rule.id
        for pack in packs
        for rule in pack.rules
        if rule.condition.inside and rule.category != "comments" and not (rule.condition.says or rule.condition.matches)
    }
    sizes: Counter[str] = Counter()
    for one, block in zip(decisions, document.blocks, strict=True):
        if _is_prose(block):
            sizes[one.rule if one is not None and one.verdict == "remove" else ""] += len(block.text)
    total = sizes.total()
    return frozenset(rule for rule, size in sizes.items() if rule in boxes and size > max(_LONG, _MOST * total))


def outside(packs: Sequence[Pack]) -> frozenset[str]:
    """The ids of the rules that remove whatever stands outside of a body."""
    return frozenset(rule for pack in packs for rule in pack.outside)


def _is_prose(block: Block) -> bool:
    """Whether a block is a text of some length with a sentence in it, and more of it than half is no link."""
    text = block.text
    if len(text) < _PROSE_CHARS or block.kind == "metadata" or not any(map(text.__contains__, _STOPS)):
        return False
    return sum(mark.end - mark.start for mark in block.marks if mark.type == "link") * 2 < len(text)


def surroundings(
    result: Classification, decisions: Sequence[Decision | None], document: Document, packs: Sequence[Pack]
) -> Surroundings:
    """Whether a page surrounds the text of a document whose origin has no frame for it.

    What rules removed counts towards the number of blocks that a page has around its text, and not towards their share.
    A rule that may be wrong about lists does not count as having spoken, nor does one that knows a path from the front page on any
    site: only pages have them.
    """
    doubtful = {
        rule.id
        for pack in packs
        for rule in pack.rules
        if rule.unless_listing or (pack.role == "common" and rule.category == "navigation")
    }
    silent = [
        one for one in _scored(result, document) if (decision := decisions[one.at]) is None or decision.rule in doubtful
    ]
    unlikely = [one for one in silent if one.log_odds < _UNLIKELY]
    removed = len(result.places) - len(silent)
    look, are = "looks" if len(unlikely) == 1 else "look", "is" if removed == 1 else "are"
    count = f"{len(unlikely)} of {len(silent)} blocks {look} like boilerplate, {removed} more {are} known to rules"
    if document.format == "html" and len(result.places) >= _FEW and _is_served(document.text):
        return Surroundings("page", f"{count}; the page has {_SCRIPTS} scripts and style sheets, or more")
    if len(result.places) < _FEW:
        return Surroundings("excerpt", f"{count}; fewer than {_FEW} blocks have text")
    if document.format == "html" and max((one.log_odds for one in silent), default=0.0) <= 0:
        return Surroundings("excerpt", f"{count}; nothing stands out as the document")
    menus = sum(one.features.link >= _MENU or one.is_headline for one in unlikely)
    if menus < _MENUS and not any(one.features.covered >= COVERED for one in unlikely):
        return Surroundings("excerpt", f"{count}; none consists of words of interfaces, {menus} of links")
    framing = sum(_in_frame(document.blocks[one.at].element) for one in unlikely)
    if framing >= _FRAMING:
        return Surroundings("page", f"{count}; {framing} of them stand in nav or footer")
    if document.format != "html" and (doubt := _amid(silent, unlikely, removed)):
        return Surroundings("excerpt", f"{count}; {doubt}")
    if document.format == "html" and _is_bare(document, silent):
        return Surroundings("excerpt", f"{count}; no block is a link, and none stands in an element of a page")
    if document.format == "markdown" and not _has_machinery(silent) and _is_mostly_prose(unlikely):
        return Surroundings("excerpt", f"{count}; most of their words are prose, and no block is a link or a button")
    least = _BLOCKS if document.format == "html" else _LINES
    share = min(_MANY, _SHARE * len(silent))
    if document.format != "html":
        share = max(share, _LEAST_SHARE * len(silent))
    if len(unlikely) + removed < least or len(unlikely) < max(least / 2, share):
        return Surroundings("excerpt", f"{count}; {least} and a share of {_SHARE:.0%} are needed")
    return Surroundings("page", count)


def _is_served(text: str) -> bool:
    """Whether a page has the scripts and style sheets of one as a site serves it; most have them in their head."""
    places = chain.from_iterable(_places(sign, text) for sign in _MACHINERY)
    return len(list(islice(places, _SCRIPTS))) == _SCRIPTS


def _places(sign: str, text: str) -> Iterator[int]:
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + len(sign))


def _amid(silent: Sequence[_Scored], unlikely: Sequence[_Scored], removed: int) -> str:
    """Why the unlikely blocks of a document without elements are its own, and no page around it; empty if they are not."""
    prose = [at for at, one in enumerate(silent) if one.log_odds > 0 and one.features.prose]
    likely = prose or _likely(silent)
    if not likely:
        return "nothing stands out as the document"
    ends = [*silent[: likely[0]], *silent[likely[-1] + 1 :]]
    around = [one for one in ends if one.log_odds < _UNLIKELY]
    if not prose:
        return "" if _signs(around) >= _ENDS else "there is no prose to tell them from, and no menus at the ends"
    if len(around) < _least_at_the_ends(len(silent), len(unlikely), removed):
        return "they stand between the text"
    if _signs(unlikely) + removed < _SIGNS and len(around) < _NEARLY_ALL * len(unlikely):
        return "most stand between the text, and one alone is a sign of a page"
    return ""


def _is_bare(document: Document, silent: Sequence[_Scored]) -> bool:
    """Whether HTML consists of blocks right in its body, without a link: what a program wrote that had a text, and no page."""
    elements = [document.blocks[one.at].element for one in silent]
    return not any(one.features.link > 0 for one in silent) and all(
        element is None or element.parent is None or element.parent.tag in ("html", "body") for element in elements
    )


def _has_machinery(blocks: Sequence[_Scored]) -> bool:
    """Whether a block has a link in it or consists of words of interfaces. Tools that write Markdown keep the links of a page, and
    its buttons where they drop those."""
    return any(one.features.link > 0 or one.features.covered >= 1 for one in blocks)


def _is_mostly_prose(blocks: Sequence[_Scored]) -> bool:
    """Whether at least half of the words of some blocks stand in sentences, as those of a text in short paragraphs do."""
    return 2 * sum(one.features.prose for one in blocks) >= sum(one.features.words for one in blocks)


def _likely(silent: Sequence[_Scored]) -> list[int]:
    """The indices of the likely blocks; where there are none, of those that do not look like boilerplate."""
    likely = [at for at, one in enumerate(silent) if one.log_odds > 0]
    return likely or [at for at, one in enumerate(silent) if one.log_odds >= _UNLIKELY]


def _signs(blocks: Sequence[_Scored]) -> int:
    """The number of blocks that consist of links or of words of interfaces, or are dated headlines."""
    return sum(one.features.link >= _MENU or one.features.covered >= COVERED or one.is_headline for one in blocks)


def _least_at_the_ends(silent: int, unlikely: int, removed: int) -> int:
    if removed > unlikely:
        return _ENDS_RULED
    return 0 if 2 * unlikely > silent else _ENDS


class _Scored(NamedTuple):
    """A block with text by its index, its features, its log-odds, and whether it stands in a list of dated headlines."""

    at: int
    features: BlockFeatures
    log_odds: float
    is_headline: bool


def _scored(result: Classification, document: Document) -> list[_Scored]:
    """The blocks with text. In a document without elements, lists of dated lines count for less, as in its verdicts."""
    odds, headlines = result.log_odds, frozenset[int]()
    if document.format != "html":
        blocks = [document.blocks[at] for at in result.places]
        odds = below_dated_lists(blocks, result.features, odds)
        headlines = dated_headlines(blocks, result.features)
    return [
        _Scored(at, features, one, place in headlines)
        for place, (at, features, one) in enumerate(zip(result.places, result.features, odds, strict=True))
    ]


def _in_frame(element: Element | None) -> bool:
    """Whether an element frames pages, or stands in one that does."""
    while element is not None and element.tag not in _FRAMES:
        element = element.parent
    return element is not None
