"""One block as HTML: its text as it reads, and beside it the decision with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from seedclean.model import limits
from seedclean.model.document import Block, Decision, Detection, Mark
from seedclean.record.escaping import address, clipped, escaped
from seedclean.review.skeleton import out_of_reach, skeleton

_CELLS = 2_000
_MARKS = 500
_SHORT_CHARS = 300

_TAGS = {"bold": "b", "italic": "i", "code": "code", "strike": "s", "superscript": "sup", "subscript": "sub"}


def block_html(decision: Decision, whys: Mapping[str, str], detection: Detection, first: bool) -> str:
    """The block of a decision. `whys` gives the reasons of rules by id; `first`: it is the one that Tab leads to."""
    removed = decision.verdict == "remove"
    about = " · ".join(filter(None, ("removed" if removed else "kept", decision.category)))  # a policy keeps categories
    state = f'class="block removed" data-category="{escaped(decision.category)}"' if removed else 'class="block kept"'
    return (
        f'<div {state} tabindex="{0 if first else -1}"><div class="text" dir="auto">{_content(decision.block)}</div>'
        f'<div class="note"><p class="key">{escaped(about)} · <code>{escaped(decision.rule)}</code></p>'
        f'<div class="reason">{_reason(decision, whys, detection)}</div></div></div>\n'
    )


def _reason(decision: Decision, whys: Mapping[str, str], detection: Detection) -> str:
    block = decision.block
    facts = [block.kind, f"characters {block.start:,} to {block.end:,}", f"decided by {decision.by}"]
    if decision.label:
        facts.append(f"became {decision.label}")
    if block.hidden:
        facts.append(f"no browser shows it: {block.hidden}")
    why = whys.get(decision.rule, "")
    parts = [f"<p>{escaped(why)}</p>" if why else "", f'<p class="facts">{escaped(" · ".join(facts))}</p>']
    if rule := skeleton(decision, detection):
        verb = "keep" if decision.verdict == "remove" else "remove"
        parts.append(f"<details><summary>A rule to {verb} it</summary><pre>{escaped(rule)}</pre></details>")
    else:
        parts.append(f'<p class="facts">{escaped(out_of_reach(decision))}</p>')
    return "".join(parts)


def _content(block: Block) -> str:
    kind = block.kind
    if kind == "divider":
        return "<hr>"
    if kind in ("image", "video", "audio", "embed"):
        return _media(block)
    if kind == "table" and block.rows:
        return _table(block.rows)
    if kind in ("code", "metadata"):
        return f"<pre><code>{clipped(block.text, limits.REVIEW_BLOCK_CHARS)}</code></pre>"
    inline = _inline(block.text, block.marks)
    if kind == "heading":
        level = min(max(block.level, 1), 6)
        return f'<h{min(level + 2, 6)} class="level{level}">{inline}</h{min(level + 2, 6)}>'
    if kind == "quote":
        return f"<blockquote>{inline}</blockquote>"
    if kind == "item":
        sign = f"{escaped(block.number[:20])}." if block.number else "•"
        return f'<p class="item depth{min(max(block.depth, 1), 6)}"><span class="sign">{sign}</span>{inline}</p>'
    return f'<p class="{kind}">{inline}</p>' if kind in ("line", "caption") else f"<p>{inline}</p>"


def _media(block: Block) -> str:
    """A stand-in for a picture or a player: nothing is loaded."""
    words = f"{block.kind}{': ' + block.alt if block.alt else ''}"
    shown = clipped(words, _SHORT_CHARS)
    href = address(block.url)
    leads = _link(href, clipped(block.url, _SHORT_CHARS)) if href else clipped(block.url, _SHORT_CHARS)
    return f'<p class="media">{shown}{" " if block.url else ""}<small>{leads}</small></p>'


def _link(href: str, inner: str) -> str:
    return f'<a href="{href}" rel="noopener noreferrer nofollow" target="_blank">{inner}</a>'


def _table(rows: Sequence[Sequence[str]]) -> str:
    cells, chars, shown = _CELLS, limits.REVIEW_BLOCK_CHARS, []
    for row in rows:
        columns = []
        for cell in row[:cells]:
            columns.append(f"<td>{escaped(cell[:chars])}</td>")
            chars -= min(len(cell), chars)
        cells -= len(columns)
        shown.append(f"<tr>{''.join(columns)}</tr>")
        if not cells or not chars:
            break
    left = len(rows) - len(shown)
    more = f"<tr><td><em>… {left:,} more rows</em></td></tr>" if left else ""
    return f'<table dir="auto">{"".join(shown)}{more}</table>'


def _inline(text: str, marks: Sequence[Mark]) -> str:
    """The text with its marks as elements, always well nested: where marks cross, the inner one is closed and reopened."""
    length = min(len(text), limits.REVIEW_BLOCK_CHARS)
    shown = [mark for mark in marks[:_MARKS] if 0 <= mark.start < mark.end <= length]
    shown.sort(key=lambda mark: (mark.start, -mark.end))
    edges = sorted({0, length, *(edge for mark in shown for edge in (mark.start, mark.end))})
    pieces: list[str] = []
    open_: list[tuple[Mark, str]] = []
    for at, edge in enumerate(edges):
        pieces += _closed(open_, edge)
        for mark in shown:
            if mark.start == edge:
                pieces += _opened(open_, mark)
        if at + 1 < len(edges):
            pieces.append(escaped(text[edge : edges[at + 1]]))
    return "".join(pieces) + clipped(text[length:], 0) * (len(text) > length)


def _closed(open_: list[tuple[Mark, str]], edge: int) -> Iterator[str]:
    """Close the marks that end here; those inside them that go on are opened again."""
    ended = [at for at, (mark, _) in enumerate(open_) if mark.end <= edge]
    if not ended:
        return
    inner = open_[ended[0] :]
    del open_[ended[0] :]
    yield from (f"</{tag}>" for _, tag in reversed(inner))
    for mark, _ in inner:
        if mark.end > edge:
            yield from _opened(open_, mark)


def _opened(open_: list[tuple[Mark, str]], mark: Mark) -> Iterator[str]:
    """Open a mark. A link inside a link, or one that leads nowhere safe, is text."""
    href = address(mark.url or "") if mark.type == "link" else ""
    if href and not any(tag == "a" for _, tag in open_):
        open_.append((mark, "a"))
        yield _link(href, "").removesuffix("</a>")
    elif mark.type in _TAGS:
        open_.append((mark, _TAGS[mark.type]))
        yield f"<{_TAGS[mark.type]}>"
