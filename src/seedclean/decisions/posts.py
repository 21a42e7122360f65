"""The posts of a thread are decided as one: below an article they are readers' comments, alone they are the document.

The classifier decides which: by the mean of the log-odds over the prose of all posts. A thread that is the document keeps of
each post its text, its author and its date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import fsum, sqrt

from seedclean.decisions.classifier.block_features import BlockFeatures
from seedclean.decisions.classifier.judge import Classification, removed
from seedclean.decisions.threads import Key, Thread, key, threads
from seedclean.model.document import Block, Decision

RULES = {
    "article/comments": "It belongs to readers' comments: dated and signed posts below the article, or what stands in an element named for them.",
    "article/post": "It is the text, the author or the date of a post, and the posts are the document.",
}
"""The rules of threads: id -> why."""

_CAP = 6.0
"""The most that a block counts towards the mean, in log-odds."""
_DOUBT, _SMALL = 1.0, 0.2
"""A thread up to this mean is no document either if it has less than this share of the words of the prose above it."""
_LINKS = 0.8
_LINE_CHARS = 60
"""The line with the date of a post is kept if it has at most so many characters: a longer one has buttons and counters too,
and the classifier decides."""
_NUMBERS = 3
"""A date has at most so many numbers, those of a time of day or between hyphens counted as one: more are counters, and the line
is a bar of the post's buttons."""
_NAME_CHARS = 40
_NEAR = 2
"""A name stands above the text of its post, or within so many blocks of the date: what is below counts answers."""
_MOST = 0.6
"""The names of authors stand in like elements of so many of the posts."""


def with_threads(decisions: Sequence[Decision], result: Classification, blocks: Sequence[Block]) -> list[Decision]:
    """The classifier's decisions on a page, those on the posts of each thread made as one."""
    features = dict(zip(result.places, result.features, strict=True))
    odds = dict(zip(result.places, result.log_odds, strict=True))
    final = list(decisions)
    for thread in threads(blocks, features):
        likely = _mean(thread, features, odds)
        author = _author(thread, blocks, features)
        if (author or _signed(thread, blocks)) and _are_comments(thread, likely, features, final):
            for at in _whole(thread, final):
                final[at] = Decision(blocks[at], "remove", "article/comments", "comments", by="classifier")
        elif likely > 0:
            text = _texts(thread, blocks, features, final)
            lines = _lines(thread, author, text, blocks, features, final)
            for at in (*text, *lines):
                final[at] = Decision(blocks[at], "keep", "article/post", by="classifier")
            for post in thread.posts:
                if not features[post.mark].prose and _has_counters(blocks[post.mark].text):
                    final[post.mark] = removed(blocks[post.mark], features[post.mark])
    return final


def _are_comments(
    thread: Thread, likely: float, features: Mapping[int, BlockFeatures], decisions: Sequence[Decision]
) -> bool:
    """Whether a thread is none of the document: an article stands above it, and more of that is kept than of the thread."""
    inside = [at for at in thread.places() if at in features]
    above = _prose([at for at in features if at < thread.posts[0].first], features, decisions)
    few = likely < _DOUBT and fsum(features[at].words for at in inside) < _SMALL * above
    return (likely < 0 or few) and 0 < above >= _prose(inside, features, decisions)


def _prose(places: Sequence[int], features: Mapping[int, BlockFeatures], decisions: Sequence[Decision]) -> float:
    """The words of the prose that is kept."""
    return fsum(features[at].prose for at in places if decisions[at].verdict == "keep")


def _mean(thread: Thread, features: Mapping[int, BlockFeatures], odds: Mapping[int, float]) -> float:
    """The mean over the posts, a long one counting as a short one, of the mean log-odds of the words of each."""
    means = []
    for post in thread.posts:
        inside = [at for at in range(post.first, post.last + 1) if at in features and at != post.mark]
        some = [at for at in inside if features[at].prose] or inside
        weights = [sqrt(features[at].words + 1) for at in some]
        if some:
            total = fsum(weight * max(-_CAP, min(_CAP, odds[at])) for weight, at in zip(weights, some, strict=True))
            means.append(total / fsum(weights))
    return fsum(means) / len(means)


def _whole(thread: Thread, decisions: Sequence[Decision]) -> list[int]:
    """The blocks of a thread of comments, and what stands between and around its posts where nothing of that is kept."""
    posts = set(thread.places())
    around = [at for at in range(thread.first, thread.last + 1) if at not in posts]
    if any(decisions[at].verdict == "keep" for at in around):
        around = []
    return [at for at in (*posts, *around) if decisions[at].block.kind != "metadata"]


def _texts(
    thread: Thread, blocks: Sequence[Block], features: Mapping[int, BlockFeatures], decisions: Sequence[Decision]
) -> list[int]:
    """The blocks of the posts' texts: those in elements in which more words are kept, as prose, than are removed, or in the element
    that has most of the prose if any of that is kept; and code."""
    balance: dict[Key, float] = defaultdict(float)
    prose: dict[Key, float] = defaultdict(float)
    kept = set()
    for at in thread.places():
        if at in features:
            is_kept = decisions[at].verdict == "keep"
            balance[key(blocks[at].element)] += features[at].prose if is_kept else -features[at].words
            prose[_body(blocks[at])] += features[at].prose
            kept |= {_body(blocks[at])} if is_kept else set()
    main = max(prose, key=lambda body: prose[body])
    marks = {post.mark for post in thread.posts}
    return [
        at
        for at in thread.places()
        if at in features
        and at not in marks
        and features[at].link < _LINKS
        and (
            blocks[at].kind == "code"
            or balance[key(blocks[at].element)] > 0
            or (main in kept and _body(blocks[at]) == main)
        )
    ]


def _body(block: Block) -> Key:
    """The key of the element that holds a block: of the one around its own where that has no class, as paragraphs have none."""
    element = block.element
    return key(element.parent if element and not element.classes else element)


def _lines(
    thread: Thread,
    author: Key | None,
    text: Sequence[int],
    blocks: Sequence[Block],
    features: Mapping[int, BlockFeatures],
    decisions: Sequence[Decision],
) -> list[int]:
    """The lines with the author and the date of each post that has a text."""
    kept = set(text) | {at for at in thread.places() if features.get(at) and decisions[at].verdict == "keep"}
    result = []
    for post in thread.posts:
        inside = [at for at in range(post.first, post.last + 1) if at in features]
        if any(at in kept for at in inside if at != post.mark):
            result += [at for at in inside if at == post.mark and _is_line(blocks[at].text)]
            result += [at for at in inside if author and at != post.mark and key(blocks[at].element) == author][:1]
    return result


def _is_line(text: str) -> bool:
    return len(text) <= _LINE_CHARS and not _has_counters(text)


def _has_counters(text: str) -> bool:
    """Whether a line has more numbers than a date."""
    spaced = "".join([letter if letter.isdigit() or letter in ":-/.," else " " for letter in text])
    return sum(any(map(str.isdigit, part)) for part in spaced.split()) > _NUMBERS


def _author(thread: Thread, blocks: Sequence[Block], features: Mapping[int, BlockFeatures]) -> Key | None:
    """The key of the elements that hold the authors' names: short lines that differ from post to post by their letters."""
    names: dict[Key, list[str]] = defaultdict(list)
    for post in thread.posts:
        firsts: dict[Key, str] = {}
        inside = [at for at in range(post.first, post.last + 1) if at in features]
        prose = next((at for at in inside if features[at].prose), post.last)
        for at in inside:
            near = at < prose or abs(at - post.mark) <= _NEAR
            if near and not features[at].date and key(blocks[at].element) != key(blocks[post.mark].element):
                firsts.setdefault(key(blocks[at].element), blocks[at].text)
        for own, text in firsts.items():
            names[own].append(text)
    counts = {
        own: len({_letters(text) for text in some})
        for own, some in names.items()
        if len(some) >= _MOST * len(thread.posts) and all(_is_name(text) for text in some)
    }
    best = max(counts, key=lambda own: counts[own], default=None)
    return best if best is not None and counts[best] > 1 else None


def _signed(thread: Thread, blocks: Sequence[Block]) -> bool:
    """Whether the lines that date the posts differ by more than digits: they name the authors too."""
    return len({_letters(blocks[post.mark].text) for post in thread.posts}) >= _MOST * len(thread.posts)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


def _is_name(text: str) -> bool:
    return len(text) <= _NAME_CHARS and text[-1] not in ".!?:。！？：" and any(letter.isalpha() for letter in text)
