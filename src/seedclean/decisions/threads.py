"""Threads: posts one below another, each with the line that dates it. Readers' comments are one, and so is a forum page.

They are recognised by structure, in any language. Lines of time that stand in like elements mark the posts; the post of a
mark is the largest element around it that holds no other mark, or, where posts lie flat in one element, all blocks up to the
next mark. Two
posts in three have to say something: a list of other articles says it in links.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from seedclean.decisions.classifier.block_features import BlockFeatures
from seedclean.model.document import Block, Element

_MARK_CHARS = 120
"""A line that dates a post also has its author, buttons and counters; a longer one is a text."""
_LABEL_CHARS = 40
"""Where only the name of an element tells that a line is a time, it is this short: "vor 3 Stunden"."""
_TIMES = frozenset(("commenttime", "datecreated", "datepublished", "uploaddate"))
"""Properties of schema.org, in lower case, whose value is the time of a post."""
_CLOCK = re.compile("[0-9]{1,2}:[0-9]{2}")
"""Among lines with dates the last posts have `Today, 9:40`."""
_DIGITS = str.maketrans("", "", "0123456789")
_POSTS = 3
_DATE_DIGITS = 6
_LEAST = 5.0
"""A post that says something has so many words outside of links."""
_TITLE = 4.0
"""A line of so many words that is a link is the title of another page."""
_LINKS = 0.8
_SPEAKING = 2 / 3

Key = tuple[tuple[str, str], ...]
"""An element and the one around it, as tags and classes without digits: alike for like parts of all posts, however deep."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post: the index of the line that dates it, and of its first and last block."""

    mark: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Thread:
    """Posts in source order that do not overlap, and the blocks of the smallest element that holds all of them."""

    posts: tuple[Post, ...]
    first: int
    last: int

    def places(self) -> Iterator[int]:
        """The indices of all blocks in posts."""
        for post in self.posts:
            yield from range(post.first, post.last + 1)


def threads(blocks: Sequence[Block], features: Mapping[int, BlockFeatures]) -> list[Thread]:
    """The threads of a page, which do not overlap, given the features of its blocks with text by their indices."""
    marks: dict[Key, list[int]] = defaultdict(list)
    clocks: dict[Key, list[int]] = defaultdict(list)
    for at, one in features.items():
        if blocks[at].element is None or not _is_line(blocks[at]):
            continue
        if _is_mark(blocks[at], one):
            marks[key(blocks[at].element)].append(at)
        elif ":" in blocks[at].text and _CLOCK.search(blocks[at].text):
            clocks[key(blocks[at].element)].append(at)
    groups = [sorted(places + clocks[own]) for own, places in marks.items() if len(places) >= _POSTS]
    if not groups:
        return []
    extents = _extents(blocks)
    some = [thread for places in groups if (thread := _thread(places, blocks, features, extents))]
    some.sort(key=lambda thread: _rank(thread, blocks, features))
    taken: set[int] = set()
    result = []
    for thread in some:
        own = set(thread.places())
        if not own & taken:
            taken |= own
            result.append(thread)
    return result


def key(element: Element | None) -> Key:
    """The key of an element."""
    outer = element.parent if element is not None else None
    return tuple([(one.tag, _stem(one.attrs.get("class", ""))) for one in (element, outer) if one is not None])


def _name(element: Element) -> tuple[str, str]:
    """The tag and the first class: those that follow count posts, or tell odd from even."""
    return element.tag, element.attrs.get("class", "").translate(_DIGITS).partition(" ")[0]


def _stem(names: str) -> str:
    return " ".join(sorted(names.translate(_DIGITS).split())) if names else ""


def _is_line(block: Block) -> bool:
    """Whether a block may date a post. A paragraph inside the element of a heading is none: IP.Board has its dates in such."""
    is_heading = block.kind == "heading" and (block.element is None or block.element.tag != "p")
    return not is_heading and block.kind not in ("metadata", "code") and len(block.text) <= _MARK_CHARS


def _is_mark(block: Block, features: BlockFeatures) -> bool:
    """Whether a line tells when something was posted, by a date in it or by what its element says."""
    return bool(features.date) or (len(block.text) <= _LABEL_CHARS and _is_time(block.element))


def _is_time(element: Element | None) -> bool:
    for one in (element, element.parent if element is not None else None):
        if one is not None and (
            one.tag == "time" or "datetime" in one.attrs or one.attrs.get("itemprop", "").lower() in _TIMES
        ):
            return True
    return False


def _thread(
    marks: Sequence[int],
    blocks: Sequence[Block],
    features: Mapping[int, BlockFeatures],
    extents: Mapping[Element, tuple[int, int]],
) -> Thread | None:
    """The thread of marks in like elements, None if they mark no posts."""
    counts = Counter(element for at in marks for element in around(blocks[at].element))
    whole = next((one for one in around(blocks[marks[0]].element) if counts[one] == len(marks)), None)
    first, last = extents[whole] if whole is not None else (marks[0], marks[-1])
    holders = _holders([blocks[at].element for at in marks], counts, extents)
    before = (-1, *marks)
    spans = [
        (max(extents[holder][0], earlier + 1), extents[holder][1]) if holder is not None else (at, at)
        for at, holder, earlier in zip(marks, holders, before, strict=False)
    ]
    ends = [*(start for start, _ in spans[1:]), last + 1]
    posts, flat = [], []
    for at, holder, (start, stop), end in zip(marks, holders, spans, ends, strict=True):
        if stop >= end:  # replies stand in the element of the post that they answer
            posts.append(Post(at, start, end - 1))
        elif _free(start, stop, at, blocks, features) >= _LEAST:
            posts.append(Post(at, start, stop))
        else:
            posts.append(Post(at, start, end - 1))
            flat.append(holder.parent if holder is not None else None)
    if 2 * len(flat) > len(posts) and len(set(flat)) > 1:
        return None
    good = sum(_speaks(post, blocks, features) for post in posts)
    return Thread(tuple(posts), first, last) if good >= max(_POSTS, _SPEAKING * len(posts)) else None


def _holders(
    elements: Sequence[Element | None], counts: Mapping[Element, int], extents: Mapping[Element, tuple[int, int]]
) -> list[Element | None]:
    """The element that holds the post of each mark, given the elements of the marks and how many marks each element holds.

    Most posts stand in the largest element with no other mark. An answer with a single comment does so too: therefore the
    element has to be like that of most, or its sibling. A post with replies in its element holds their marks as well.
    """
    alone = [_largest(element, counts) for element in elements]
    inner = [_innermost(element, own, extents) for element, own in zip(elements, alone, strict=True)]
    wide = [one for one in inner if one is not None and extents[one][0] < extents[one][1]]
    usual = Counter(map(_name, wide)).most_common(1)
    if not usual:
        return list(inner)
    name = usual[0][0]
    beside = {own.parent for own, one in zip(alone, inner, strict=True) if own and one and _name(one) == name}
    result: list[Element | None] = []
    for element, own in zip(elements, alone, strict=True):
        like = next((one for one in around(element) if _name(one) == name), None)
        result.append(like or (own if own is not None and own.parent in beside else element))
    return result


def _largest(element: Element | None, counts: Mapping[Element, int]) -> Element | None:
    """The largest element around a mark that holds no other."""
    own = None
    for one in around(element):
        if counts[one] > 1:
            break
        own = one
    return own


def _innermost(
    element: Element | None, own: Element | None, extents: Mapping[Element, tuple[int, int]]
) -> Element | None:
    """The smallest element around a mark with the same blocks as a larger one."""
    return own and next(one for one in around(element) if extents[one] == extents[own])


def _speaks(post: Post, blocks: Sequence[Block], features: Mapping[int, BlockFeatures]) -> bool:
    """Whether a post has a text, and no title of another page."""
    inside = [features[at] for at in range(post.first, post.last + 1) if at in features and at != post.mark]
    if _is_titled(blocks[post.mark]) or any(one.link >= _LINKS and one.words >= _TITLE for one in inside):
        return False
    links = sum(one.link_words for one in inside)
    words = sum(one.words for one in inside)
    return words - links >= _LEAST and words > 2 * links


def _is_titled(block: Block) -> bool:
    """Whether a link without digits, which is no date, has the length of a title."""
    links = (block.text[mark.start : mark.end] for mark in block.marks if mark.type == "link")
    return any(len(text.split()) >= _TITLE and not any(letter.isdigit() for letter in text) for text in links)


def _free(first: int, last: int, mark: int, blocks: Sequence[Block], features: Mapping[int, BlockFeatures]) -> float:
    """The words outside of links, those of the mark and of headings left out."""
    places = (at for at in range(first, last + 1) if at in features and at != mark and blocks[at].kind != "heading")
    return sum(features[at].words - features[at].link_words for at in places)


def _rank(
    thread: Thread, blocks: Sequence[Block], features: Mapping[int, BlockFeatures]
) -> tuple[int, bool, bool, int, int]:
    """The place of a thread among those that overlap: that with most words first, in steps of a tenth or so; then that whose
    marks are elements of time, or whole dates, or next to the text: the month in which a member joined is none of these."""
    words = sum(features[at].words for at in thread.places() if at in features)
    marks = [blocks[post.mark] for post in thread.posts]
    times = sum(_is_time(block.element) for block in marks)
    dates = sum(sum(letter.isdigit() for letter in block.text) >= _DATE_DIGITS for block in marks)
    between = 0
    for post in thread.posts:
        text = next((at for at in range(post.mark, post.last + 1) if at in features and features[at].prose), post.last)
        between += text - post.mark
    return -int(8 * log2(words + 1)), times * 2 < len(marks), dates * 2 < len(marks), between, thread.posts[0].mark


def _extents(blocks: Sequence[Block]) -> dict[Element, tuple[int, int]]:
    """The first and the last block of each element."""
    firsts: dict[Element, int] = {}
    lasts: dict[Element, int] = {}
    for places, ends in ((range(len(blocks)), firsts), (range(len(blocks) - 1, -1, -1), lasts)):
        for at in places:
            for element in around(blocks[at].element):
                if element in ends:
                    break
                ends[element] = at
    return {element: (first, lasts[element]) for element, first in firsts.items()}


def around(element: Element | None) -> Iterator[Element]:
    """An element and those around it, inside out."""
    while element is not None:
        yield element
        element = element.parent
