"""The features of a document's blocks: one row of numbers for each block that speaks.

A row has what the block itself says, what stands before and behind it, what it stands in, how often its like occurs, and
what the document is as a whole. Bare text has no elements; those columns are then constant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from seedclean.article import boxes, words
from seedclean.article.boxes import Box, Boxes
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
Row = tuple[float, ...]


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


def _among(views: Sequence[View], lines: Sequence[Line], titled: Sequence[float], loose: bool) -> Iterator[Row]:
    """What stands before and behind each block. `loose` takes short lines of known words for headings."""
    count = len(lines)
    said = _sums(line.words for line in lines)
    prose = _sums(line.prose for line in lines)
    linked = _sums(line.linked for line in lines)
    total, written = said[-1] or 1.0, prose[-1] or 1.0
    runs, until = _runs(lines), _until(lines)
    title = _title(views, titled)
    last, head = -1, -1
    beyond = (-1.0, -1.0, -1.0, -1.0)
    around = [beyond, *[(line.words, line.link, line.covered, float(line.end)) for line in lines], beyond]
    for at, line in enumerate(lines):
        near = at - head <= _FAR and head >= 0
        groups = lines[head].groups if near else 0
        row = (
            at / count,
            said[at] / total,
            prose[at] / written,
            prose[-1] - prose[at + 1],
            min(prose[at], prose[-1] - prose[at + 1]) / written,
            float(runs[at]),
            float(min(at - last, _FAR)) if last >= 0 else _FAR + 1.0,
            float(until[at]),
            float(max(-20, min(20, at - title))) if title >= 0 else -99.0,
            float(min(at - head, _FAR)) if head >= 0 else _FAR + 1.0,
            float(views[head].block.level) if head >= 0 else 0.0,
            *_flags("", groups)[len(_KINDS) :],
            *around[at],
            *around[at + 2],
        )
        for low, high in _WINDOWS:
            first, end = max(0, at + low), max(0, min(count, at + high + 1))
            if first >= end:
                row += (0.0, -1.0, -1.0)
                continue
            own = low <= 0 <= high
            much = said[end] - said[first] - (line.words if own else 0.0)
            some = much or 1.0
            row += (
                much,
                (prose[end] - prose[first] - (line.prose if own else 0.0)) / some,
                (linked[end] - linked[first] - (line.linked if own else 0.0)) / some,
            )
        yield row
        if line.prose >= _PROSE:
            last = at
        if views[at].block.kind == "heading" or (loose and line.words <= 8 and not line.link and line.groups & _HEADS):
            head = at


def _title(views: Sequence[View], titled: Sequence[float]) -> int:
    """Where the headline stands: the title's first heading, else the first heading of level 1; -1 where none is."""
    said = [at for at, much in enumerate(titled) if much]
    heads = [at for at in said if views[at].block.kind == "heading"] or (said[1:] if len(said) > 1 else said)
    if heads:
        return heads[0]
    return next((at for at, view in enumerate(views) if view.block.level == 1), -1)


def _runs(lines: Sequence[Line]) -> list[int]:
    """For each block, how long the run without prose is that it stands in; 0 for prose."""
    found: list[int] = []
    length = 0
    for line in lines:
        if line.prose < _QUIET:
            length += 1
            continue
        found += [length] * length + [0]
        length = 0
    return found + [length] * length


def _until(lines: Sequence[Line]) -> list[int]:
    """For each block, how many blocks on the next prose stands."""
    found = []
    distance = _FAR + 1
    for line in reversed(lines):
        found.append(min(distance, _FAR + 1))
        distance = 1 if line.prose >= _PROSE else distance + 1
    return found[::-1]
