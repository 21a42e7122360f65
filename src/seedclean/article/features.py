"""The features of a document's blocks: one row of numbers for each block that speaks.

A row has what the block itself says, what stands before and behind it, what it stands in, how often its like occurs, and
what the document is as a whole. Bare text has no elements; those columns are then constant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from seedclean.article import boxes, words
from seedclean.article.boxes import Box, Boxes, Row
from seedclean.article.lines import Line, measure
from seedclean.conditions import View
from seedclean.evidence import Evidence

_FAR = 30
_PROSE = 12
"""A block of so many words of prose is a landmark to measure distances from."""
_QUIET = 6
"""Blocks with less prose than this make a run."""
_KINDS = ("heading", "paragraph", "line", "item", "table", "quote", "code", "caption")
_WINDOWS = ((-3, 3), (-10, 10), (-30, 30), (-10, -1), (1, 10))
_HEADS = words.BIT["recommendation"] | words.BIT["comments"] | words.BIT["promotion"]
_TITLE = 5
"""A title shorter than this proves nothing by being repeated."""

WHOLE = (
    "d-words", "d-blocks", "d-prose", "d-link", "d-cjk", "d-html", "d-text", "d-price", "d-date", "d-mean", "d-head",
    "d-code", "d-post", "d-item", "d-twice", "d-longest",
)  # fmt: skip
_OWN = (
    "words", "link", "prose", "stops", "stop-share", "end", "covered", "date", "price", "separators", "cjk", "digit",
    "level", "list", "twice", "title", *(f"is-{kind}" for kind in _KINDS), *(f"says-{name}" for name in words.NAMES),
)  # fmt: skip
_AMONG = (
    "place", "words-before", "prose-before", "prose-left", "least-prose", "run", "since-prose", "until-prose",
    "since-title", "since-heading", "heading-level", *(f"heading-{name}" for name in words.NAMES),
    *(f"{what}{step:+}" for step in (-1, 1) for what in ("words", "link", "covered", "end")),
    *(f"{what}{low:+}{high:+}" for low, high in _WINDOWS for what in ("words", "prose", "link")),
)  # fmt: skip
_LIKE = ("like-count", "like-words", "like-link", "like-share")
NAMES = (*WHOLE, *_OWN, *_AMONG, *_LIKE, *boxes.NAMES)
"""The columns of a row."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of features, and the places of their blocks in the document; `whole` are the columns that all share."""

    places: list[int]
    lines: list[Line]
    whole: Row
    rows: list[Row]


def table(seen: Evidence) -> Table:
    """The features of a document's blocks. Linear in their number."""
    blocks = seen.document.blocks
    places = [at for at, block in enumerate(blocks) if block.text and block.kind != "metadata"]
    views = [seen.views[at] for at in places]
    lines = [measure(view.block) for view in views]
    pictures = [block for block in blocks if block.kind in ("image", "video")]
    held = Boxes([view.block for view in views], lines, pictures)
    texts = Counter(view.block.text for view in views)
    whole = _whole(seen.document.format, views, lines, held, len(texts))
    titled = _titled(seen, views)
    like = _like(views, lines, held.of)
    rows = [
        whole + own + among + same + box
        for own, among, same, box in zip(
            [_own(*each, texts) for each in zip(views, lines, titled, strict=True)],
            _among(views, lines, titled, seen.document.format != "html"),
            like,
            held.rows(sum(line.prose for line in lines)),
            strict=True,
        )
    ]
    return Table(places, lines, whole, rows)


def _whole(format: str, views: Sequence[View], lines: Sequence[Line], held: Boxes, different: int) -> Row:
    count = max(len(lines), 1)
    said = sum(line.words for line in lines)
    total = max(said, 1.0)
    kinds = Counter(view.block.kind for view in views)
    parts = max(len(held.all), 1)
    return (
        said,
        float(len(lines)),
        sum(line.prose for line in lines) / total,
        sum(line.linked for line in lines) / total,
        sum(line.cjk * line.words for line in lines) / total,
        float(format == "html"),
        float(format == "text"),
        sum(line.price for line in lines) / count,
        sum(line.date for line in lines) / count,
        said / count,
        kinds["heading"] / count,
        kinds["code"] / count,
        sum(box.own & words.PART_BIT["post"] > 0 for box in held.all) / parts,
        sum(box.own & words.PART_BIT["item"] > 0 for box in held.all) / parts,
        1 - different / count,
        max((line.prose for line in lines), default=0.0),
    )


def _titled(seen: Evidence, views: Sequence[View]) -> list[float]:
    """Of each block, 2 where it is the document's title, 1 where it is a good part of it."""
    titles = {title for title in seen.facts["title"] if len(title) >= _TITLE}
    if not titles and seen.document.format == "text" and views and len(views[0].squashed) > _TITLE:
        titles = {views[0].squashed}
    longest = max(titles, key=lambda title: (len(title), title), default="")
    found = []
    for view in views:
        said = view.squashed
        if len(said) < _TITLE or not titles:
            found.append(0.0)
        elif said in titles:
            found.append(2.0)
        else:
            found.append(float(len(said) * 2 >= len(longest) and said in longest))
    return found


_MARKS: dict[tuple[str, int], Row] = {}


def _flags(kind: str, groups: int) -> Row:
    found = _MARKS.get((kind, groups))
    if found is None:
        says = [float(groups & bit > 0) for bit in words.BIT.values()]
        found = _MARKS[kind, groups] = (*[float(kind == known) for known in _KINDS], *says)
    return found


def _own(view: View, line: Line, titled: float, texts: Mapping[str, int]) -> Row:
    block = view.block
    return (
        line.words,
        line.link,
        line.prose,
        float(line.stops),
        line.stops / (line.words or 1.0),
        float(line.end),
        line.covered,
        float(line.date),
        float(line.price),
        float(line.separators),
        line.cjk,
        line.digit,
        float(block.level),
        float(block.depth),
        float(texts[block.text]),
        titled,
        *_flags(block.kind, line.groups),
    )


def _like(views: Sequence[View], lines: Sequence[Line], of: Sequence[Box | None]) -> list[Row]:
    """How many blocks stand in a path of the same elements and classes, how long they are, and how much of them links."""
    paths: dict[int, Hashable] = {}
    keys: list[Hashable] = []
    for view, box in zip(views, of, strict=True):
        if box is None:
            keys.append((view.block.kind, view.block.level))
            continue
        if id(box) not in paths:
            paths[id(box)] = _path(box)
        keys.append(paths[id(box)])
    sums: dict[Hashable, list[float]] = {}
    for key, line in zip(keys, lines, strict=True):
        held = sums.setdefault(key, [0.0, 0.0, 0.0])
        held[0] += 1
        held[1] += line.words
        held[2] += line.linked
    total = sum(line.words for line in lines) or 1.0
    found = {key: (n, said / n, linked / (said or 1.0), said / total) for key, (n, said, linked) in sums.items()}
    return [found[key] for key in keys]


def _path(box: Box) -> Hashable:
    steps: list[tuple[str, str]] = []
    around: Box | None = box
    while around is not None and len(steps) < 3:
        steps.append((around.element.tag, around.element.attrs.get("class", "")))
        around = around.parent
    return tuple(steps)


def _sums(values: Iterator[float]) -> list[float]:
    found = [0.0]
    for value in values:
        found.append(found[-1] + value)
    return found


def _among(views: Sequence[View], lines: Sequence[Line], titled: Sequence[float], loose: bool) -> list[Row]:
    """What stands before and behind each block. `loose` takes short lines of known words for headings."""
    count = len(lines)
    said = _sums(line.words for line in lines)
    prose = _sums(line.prose for line in lines)
    linked = _sums(line.linked for line in lines)
    total, written, end = said[-1] or 1.0, prose[-1] or 1.0, prose[-1]
    title = _title(views, titled)
    beyond = (-1.0, -1.0, -1.0, -1.0)
    around = [beyond, *[(line.words, line.link, line.covered, float(line.end)) for line in lines], beyond]
    windows = [_window(lines, said, prose, linked, low, high) for low, high in _WINDOWS]
    found = []
    for at, (run, since, until, head, *near) in enumerate(
        zip(_runs(lines), _since(lines), _until(lines), _heads(views, lines, loose), *windows, strict=True)
    ):
        before, behind = prose[at], end - prose[at + 1]
        found.append(
            (
                at / count,
                said[at] / total,
                before / written,
                behind,
                min(before, behind) / written,
                run,
                since,
                until,
                float(max(-20, min(20, at - title))) if title >= 0 else -99.0,
                *head,
                *around[at],
                *around[at + 2],
                *chain.from_iterable(near),
            )
        )
    return found


def _window(
    lines: Sequence[Line], said: Sequence[float], prose: Sequence[float], linked: Sequence[float], low: int, high: int
) -> list[Row]:
    """For each block the words from `low` to `high` blocks on, itself left out, and how much of them is prose and links."""
    count = len(lines)
    own = low <= 0 <= high
    found: list[Row] = []
    for at, line in enumerate(lines):
        first = at + low if at + low > 0 else 0
        end = at + high + 1 if at + high < count else count
        if first >= end:
            found.append((0.0, -1.0, -1.0))
            continue
        much, written, links = said[end] - said[first], prose[end] - prose[first], linked[end] - linked[first]
        if own:
            much, written, links = much - line.words, written - line.prose, links - line.linked
        some = much or 1.0
        found.append((much, written / some, links / some))
    return found


def _heads(views: Sequence[View], lines: Sequence[Line], loose: bool) -> list[Row]:
    """For each block how far up the heading before it stands, of which level it is and what it says."""
    head = -1
    silent = _flags("", 0)[len(_KINDS) :]
    level, says = 0.0, silent
    found: list[Row] = []
    for at, (view, line) in enumerate(zip(views, lines, strict=True)):
        if head < 0:
            found.append((_FAR + 1.0, 0.0, *silent))
        else:
            far = at - head
            found.append((float(far), level, *says) if far <= _FAR else (float(_FAR), level, *silent))
        if view.block.kind == "heading" or (loose and line.words <= 8 and not line.link and line.groups & _HEADS):
            head, level, says = at, float(view.block.level), _flags("", line.groups)[len(_KINDS) :]
    return found


def _title(views: Sequence[View], titled: Sequence[float]) -> int:
    """Where the headline stands: the title's first heading, else the first heading of level 1; -1 where none is."""
    said = [at for at, much in enumerate(titled) if much]
    heads = [at for at in said if views[at].block.kind == "heading"] or (said[1:] if len(said) > 1 else said)
    if heads:
        return heads[0]
    return next((at for at, view in enumerate(views) if view.block.level == 1), -1)


def _runs(lines: Sequence[Line]) -> list[float]:
    """For each block, how long the run without prose is that it stands in; 0 for prose."""
    found: list[float] = []
    length = 0
    for line in lines:
        if line.prose < _QUIET:
            length += 1
            continue
        found += [float(length)] * length + [0.0]
        length = 0
    return found + [float(length)] * length


def _since(lines: Sequence[Line]) -> list[float]:
    """For each block, how many blocks before it prose stands."""
    found = []
    distance = _FAR + 1
    for line in lines:
        found.append(float(min(distance, _FAR + 1)))
        distance = 1 if line.prose >= _PROSE else distance + 1
    return found


def _until(lines: Sequence[Line]) -> list[float]:
    """For each block, how many blocks on the next prose stands."""
    return _since(lines[::-1])[::-1]
