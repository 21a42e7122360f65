"""The headline as a document shows it: the heading that its title repeats, or the line that stands where headlines do."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from seedclean.model.document import Block, Candidate, Decision
from seedclean.packs.context import BlockView, MatchContext
from seedclean.record.line_places import first_prose, is_prose
from seedclean.values import label_lines, site_names, title_parts, titles
from seedclean.values.text import squash

_ABOVE = 6
"""A headline stands at most so many blocks above the line with the date, or above the text."""
_CHARS = 120
_MID_STOPS = "。；;"
_ENDS = ("。", ".", "，", ",", "：", ":")
_PATH_SIGNS = ">»›＞"
_LABEL_CHARS = 8
_TITLE_LABELS = ("标题", "標題", "题目", "題目", "名称", "名稱", "信息名称", "文件名称", "title", "headline")
_DATE = re.compile(r"(?:19|20)\d\d ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2}|[A-Z][a-z]{2,8} \d{1,2}, (?:19|20)\d\d")
_DATELINE, _SEARCHED = 10, 40
"""The line with the date stands among so many lines above the prose; signs alone, as of buttons, are none."""
_SHORT_CHARS = 4
"""A shorter heading is that of a box."""
_HOUSE_CHARS = 12
_CAPTION_SIGNS = "▲▼△▽↑↓"
_DATELINE_CHARS = 100
_NEXT = 3
_LOGO = 2
"""The name of a site stands among so many lines right below its title."""
_SITE_CHARS = 3
"""A shorter last part of a title stands on a line of its own by chance."""
_NUMBER = re.compile(r"第?[一二三四五六七八九十]{1,3}(?:[、．.]|章|节|節)|\d{1,2}(?:[、．)）]|\.\s)")
_HEAD_CHARS = 2
"""A shorter part of a title is repeated by chance."""


def shown(stated: Candidate, context: MatchContext, around: titles.Surroundings) -> Candidate | None:
    """The heading that repeats the stated title or a run of its parts; of several the one that the title begins with.

    None where no heading does. A heading that is known as the name of the site is none.
    """
    title = str(stated.value)
    forms = title_parts.forms(title)
    order = {form: at for at, form in reversed(list(enumerate([*title_parts.runs(title), *sorted(forms)])))}
    glued = _glued(title, around)
    order.update((form, len(order)) for form in glued if form not in order)
    is_bare = stated.origin == "text" and context.document.format == "text"
    heads = frozenset(
        head
        for head in title_parts.heads(title)
        if is_bare and len(head) >= _HEAD_CHARS and not site_names.is_like_name(head)
    )
    is_front = stated.origin.startswith("front-matter:")
    sections = _sections(context.views) if is_front else frozenset()
    best: tuple[int, bool, int] | None = None
    for at, view in enumerate(context.views):
        is_heading = view.block.kind == "heading" or view.squashed in heads  # bare text marks no headings
        if view.squashed not in order or view.squashed in around.names or not (is_heading or _is_line(view)):
            continue
        if view.block.start == stated.start or (is_front and order[view.squashed] and at in sections):
            continue
        rank = (order[view.squashed], not is_heading, at)
        if not site_names.is_section(view.block.text) and (best is None or rank < best):
            best = rank
    return _candidate(context.views[best[2]].block) if best else None


def _glued(title: str, around: titles.Surroundings) -> list[str]:
    """The folded title without a known name that nothing parts from it, as templates write that leave out the separator."""
    folded = squash(title)
    longest = sorted((name for name in around.names if len(name) >= _LABEL_CHARS), key=len, reverse=True)
    behind = [folded.removesuffix(name) for name in longest if folded.endswith(name)]
    before = [folded.removeprefix(name) for name in longest if folded.startswith(name)]
    return [form for form in [*behind, *before] if len(form) >= _LABEL_CHARS]


def is_heading(shown: Candidate, context: MatchContext) -> bool:
    """Whether a headline as the page shows it stands in a heading."""
    return any(view.block.start == shown.start and view.block.kind == "heading" for view in context.views)


def _sections(views: Sequence[BlockView]) -> frozenset[int]:
    """The indices of headings with another of their level above them: those of sections, which a title may quote."""
    headings = [(at, view.block.level) for at, view in enumerate(views) if view.block.kind == "heading"]
    first = {level: at for at, level in reversed(headings)}
    return frozenset(at for at, level in headings if at != first[level])


def _is_line(view: BlockView) -> bool:
    """Whether a block may be a headline that is not marked up as one; a line with the name of a house alone signs the text."""
    is_line = view.block.kind in ("paragraph", "line") and view.url is None and len(view.squashed) >= _LABEL_CHARS
    return is_line and not site_names.is_like_name(view.block.text)


def standing(
    context: MatchContext, decisions: Sequence[Decision], around: titles.Surroundings, authors: Sequence[Candidate]
) -> Candidate | None:
    """The headline of a document that states none: the only heading of the first level, else the line or heading right
    above the date or the text that names no author. None where nothing stands there that can be one."""
    views = context.views
    below = _within_text(context, decisions)
    tops = [
        view for view in views[:below] if _is_top(view.block) and _can_be(view, around) and not _is_house(view.block)
    ]
    if len({view.squashed for view in tops}) == 1:
        return _candidate(tops[0].block)
    opening = next((at for at, view in enumerate(views) if view.squashed and not _is_tools(decisions[at])), None)
    end = _first_part(views)
    for anchor in _anchors(context, decisions):
        low = max(0, anchor - _ABOVE)
        above = [
            at
            for at in range(min(anchor, end) - 1, low - 1, -1)
            if _can_be(views[at], around, opens=at == opening)
            and not _is_tools(decisions[at])
            and not _is_byline(views[at].block, authors)
            and not _is_labelled(views, at)
        ]
        headings = (at for at in above if views[at].block.kind == "heading" and not _is_listed(views, at))
        best = next(headings, next((at for at in above if views[at].block.kind != "heading"), None))
        if best is not None:
            first = views[opening] if opening is not None else views[best]
            is_inside = len(first.squashed) >= _LABEL_CHARS and first.squashed in views[best].squashed
            return _candidate((first if is_inside else views[best]).block)
    return None


def _within_text(context: MatchContext, decisions: Sequence[Decision]) -> int:
    """How many blocks stand above the second paragraph of prose of a Markdown: a heading below it is that of a part, however high its
    level. In HTML much stands above a headline that the classifier may take for prose."""
    prose = [at for at, decision in enumerate(decisions) if is_prose(decision)]
    return prose[1] if context.document.format == "markdown" and len(prose) > 1 else len(decisions)


def _first_part(views: Sequence[BlockView]) -> int:
    """The place of the first heading that is a part of the text, where two or more begin with different numbers of one form;
    else the number of blocks. A headline stands above the parts."""
    numbers = [
        (at, _NUMBER.match(view.block.text.strip())) for at, view in enumerate(views) if view.block.kind == "heading"
    ]
    heads = [(at, number.group()) for at, number in numbers if number]
    forms = [{head for _, head in heads if head[0].isascii() == is_digit} for is_digit in (False, True)]
    return next((at for at, head in heads if len(forms[head[0].isascii()]) > 1), len(views))


def _is_tools(decision: Decision) -> bool:
    """Whether a block is a line of the tool that saved the document, or a path or count that a rule knows."""
    return decision.category == "residue" or (
        decision.by == "rule" and decision.category in ("navigation", "engagement")
    )


def _is_labelled(views: Sequence[BlockView], at: int) -> bool:
    """Whether a line is the value of a label that stands alone on the line above: `文号：`, as in the table over a notice of an office.
    A headline may have its label too, which says that it is one; and one that stands twice is no value of an empty label."""
    above = (views[at - 1].normalized or "").strip() if at and views[at].block.kind != "heading" else ""
    label = above.rstrip(" :")
    is_label = above != label and 0 < len(label) <= _LABEL_CHARS and label not in _TITLE_LABELS
    return is_label and all(view.squashed != views[at].squashed for view in [*views[:at], *views[at + 1 :]])


def _is_byline(block: Block, authors: Sequence[Candidate]) -> bool:
    """Whether a line consists of the name of an author, but for a word or two."""
    inside = (one for one in authors if block.start <= one.start < one.end <= block.end)
    return block.kind != "heading" and any(2 * (one.end - one.start) > block.end - block.start for one in inside)


def title_line(context: MatchContext) -> Block | None:
    """The first line of a text without markup that was the title of its page: one that a line below repeats, or its part before or
    behind a separator; or one that ends with a name. None where the first line is none."""
    views = [view for view in context.views if view.squashed]
    if context.document.format not in ("text", "markdown") or not views:
        return None
    if context.title_lines:
        return context.document.blocks[context.title_lines.title]
    block = views[0].block
    title = " ".join(block.text.split())
    if block.kind not in ("paragraph", "line") or len(title) > _CHARS:
        return None
    if context.document.format == "markdown" and (
        block.marks or len(squash(titles.split(title).headline)) < _LABEL_CHARS
    ):
        return None  # a menu, which tools for Markdown write where they leave out the title
    below = {view.squashed for view in views[1:]}
    is_repeated = any(head in below and len(head) >= _HEAD_CHARS for head in list(title_parts.heads(title))[:-1])
    text, site = titles.split(title)
    is_title = not site_names.is_like_name(text) and not _label(title) and not _DATE.search(title)
    is_named = is_title and (site_names.is_like_name(site) or _shown_site(title, below) != "")
    return block if is_repeated or is_named else None


def title_site(context: MatchContext, title: Block) -> str:
    """The name of the site at the end of the title line of a text, where a line right below says just that, as the logo of a page
    does; empty if none does, or if the part before it is no longer or stands below too, as a headline does."""
    text = " ".join(title.text.split())
    below = [view.squashed for view in context.views if view.block.start > title.start and view.squashed]
    site = _shown_site(text, below[:_LOGO])
    head = squash(text).removesuffix(squash(site))
    is_headline = len(head) > len(squash(site)) and head not in below
    return site if is_headline and not site_names.is_section(site) else ""


def _shown_site(title: str, below: Collection[str]) -> str:
    """The last part of a title where a line below says just that: the name of the site; empty if none does."""
    *before, last = title_parts.parts(title) or [""]
    is_name = len(squash(last)) >= _SITE_CHARS and site_names.fits(last) and len(before) > 0
    return last if is_name and squash(last) in below else ""


def _is_listed(views: Sequence[BlockView], at: int) -> bool:
    """Whether the next heading of the same level follows a heading so soon that both are entries of a list."""
    level = views[at].block.level
    following = (view.block for view in views[at + 1 : at + 1 + _NEXT])
    return any(block.kind == "heading" and block.level == level for block in following)


def _anchors(context: MatchContext, decisions: Sequence[Decision]) -> Iterator[int]:
    """Places right below which the text begins: a line with a date near the first prose, and the first prose."""
    prose = first_prose(decisions)
    if prose is None:
        return
    above = [at for at in range(max(0, prose - _SEARCHED), prose) if context.views[at].squashed]
    for at in [*above[-_DATELINE:], *range(prose, min(len(decisions), prose + 2))]:
        block = decisions[at].block
        if len(block.text) <= _DATELINE_CHARS and block.kind != "heading" and _DATE.search(block.text):
            yield at
            break
    yield prose


def _is_top(block: Block) -> bool:
    return block.kind == "heading" and block.level == 1


def _is_house(block: Block) -> bool:
    """Whether a heading is no longer than names of houses mostly are, and ends as they do."""
    return len(block.text) <= _HOUSE_CHARS and site_names.is_like_name(block.text)


def _can_be(view: BlockView, around: titles.Surroundings, opens: bool = False) -> bool:
    """Whether a block reads as a headline: of some length, no sentence with a full stop, no label, menu, name or caption. `opens`: it
    is the first line of the document, which may be shorter than others."""
    block = view.block
    text = (view.normalized or "").strip()
    if block.kind not in ("heading", "paragraph", "line") or len(text) > _CHARS or not view.squashed:
        return False
    if view.squashed in around.names or site_names.is_section(text) or any(stop in text[:-1] for stop in _MID_STOPS):
        return False
    if _DATE.search(text) or _label(text) or any(sign in text for sign in _PATH_SIGNS) or text.count("|") > 1:
        return False
    if text[0] in _CAPTION_SIGNS or label_lines.is_timed(text):
        return False
    if block.kind == "heading":
        is_short = len(view.squashed) < _SHORT_CHARS and not _is_top(block)
        return view.squashed not in around.sections and not is_short
    is_open = text.endswith(_ENDS) and not text.endswith("..")
    words = text.split()
    is_twice = words[: len(words) // 2] == words[len(words) // 2 :]  # an author and an account of one name
    is_menu = sum(mark.type == "link" for mark in block.marks) > 1
    is_line = is_open or is_menu or _names_role(text) or site_names.is_file(text)
    return (
        view.url is None
        and len(view.squashed) >= (_SHORT_CHARS if opens else _LABEL_CHARS)
        and not is_line
        and not is_twice
    )


def _label(text: str) -> bool:
    """Whether a line begins with a label of a dateline."""
    head = text.partition(":")[0].partition("：")[0]
    return head != text and label_lines.label(head) != ""


def _names_role(text: str) -> bool:
    """Whether a line begins with what somebody did for the text: `出品 | 某社`. A heading may begin with its column so."""
    role, bar, _ = text.partition("|")
    return bool(bar) and label_lines.label(role.strip()) not in ("", "count")


def _candidate(block: Block) -> Candidate:
    return Candidate("title", " ".join(block.text.split()), "text", block.start, block.end)
