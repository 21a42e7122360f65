"""Bold and italics that CommonMark does not see: beside Chinese letters and punctuation, with blanks inside, without a partner.

CommonMark lets a run of `*` open or close by the blanks and the punctuation beside it (section 6.2), which works for words
between blanks: in `**标题：**正文` the second run follows punctuation and precedes a letter, so it cannot close. Here the runs of
a line are paired in order, and where a pair fails by its neighbours alone, the shadow changes a neighbour. `_` opens and closes
at the edges of words only, and Chinese has none: turndown writes `_灯_塔` all the same.

html2text, and authors who know the first rule, write a blank beside the mark where the text has none: it is no text where
Chinese punctuation stands beside it, which needs no blank.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from seedclean.readers.markdown_paragraphs import Paragraph
from seedclean.readers.markdown_shadow import GAP, PUNCTUATION, Edit, dropped
from seedclean.values.scripts import HAN, HANGUL, KANA

_RUN = re.compile(r"\*+")
_CJK = re.compile(f"[{HAN}{KANA}{HANGUL}]")
_CJK_SIGN = re.compile(f"[{HAN}{KANA}{HANGUL}\u3000-\u303f\uff00-\uffef\u2018-\u201f\u2026\u2014]")
"""A character of Chinese, Japanese or Korean text, with its punctuation."""
_QUOTES = "“‘「『《〈【"
"""A mark of these in front of a quotation is an opening one. Before a parenthesis it may be the rest of a masked name, as
in 李**（男）."""
_SIGNS = "\u3001-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u2018-\u201f\u2026\u2014"
_PADDING = re.compile(
    f"(?<=[{_SIGNS}])(?P<before> )(?=[*_]{{1,3}}[{HAN}{KANA}{_SIGNS}])"
    f"|(?<=[^\\s*_])[*_]{{1,3}}(?P<after> )(?=[{_SIGNS}]|,(?:\\s|$))"
    f"|(?<=[{_SIGNS}])[*_]{{1,3}}(?P<inside> )(?=[{HAN}{KANA}])",
    re.M,
)
"""A blank outside of a mark with a sign beside it: before an opening mark, before the sign behind a closing one, and behind a
closing one with a sign in it."""
_UNDERSCORE = re.compile(r"(?<!_)_(?!_)")
_CROSSED = re.compile(
    r"(?P<outer>\*\*|__|_)\[[^\[\]*_]{1,300}(?P<inner>(?P=outer))\]\("
    r"|\[(?P<first>\*\*|__|_)[^\[\]*_]{1,300}\]\([^()]{0,2000}\)(?P<behind>(?P=first))(?![*_])"
)
_PARENTHESES = {"（": "）", "(": ")"}
_LINE_HEAD = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+|#{1,6}[ \t]+)?")
_BOLD = 2
"""Length of the runs that tools write with blanks inside, and leave alone: a single star is a footnote, an operator."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of stars with its neighbours; a blank stands for the edge of the line."""

    start: int
    end: int
    before: str
    after: str

    @property
    def size(self) -> int:
        return self.end - self.start

    @property
    def can_open(self) -> bool:
        """Left-flanking, by CommonMark."""
        return not self.after.isspace() and (
            not _is_punctuation(self.after) or self.before.isspace() or _is_punctuation(self.before)
        )

    @property
    def can_close(self) -> bool:
        """Right-flanking, by CommonMark."""
        return not self.before.isspace() and (
            not _is_punctuation(self.before) or self.after.isspace() or _is_punctuation(self.after)
        )


def delimiter_edits(paragraph: Paragraph) -> Iterator[Edit]:
    """The edits of one paragraph, with offsets in it."""
    if "*" not in paragraph.masked and "_" not in paragraph.masked:
        return
    yield from _padding(paragraph)
    if "[" in paragraph.masked:
        yield from _crossed(paragraph)
    if "_" in paragraph.masked:
        yield from _underscores(paragraph)
    if "*" not in paragraph.masked:
        if "__" in paragraph.masked:
            yield from _lone_lines(paragraph)
        return
    yield from _lone_lines(paragraph)
    lone: list[tuple[_Run, int, int]] = []
    bold = 0
    for start, end in paragraph.lines():
        by_size: defaultdict[int, list[_Run]] = defaultdict(list)
        for match in _RUN.finditer(paragraph.masked, start, end):
            by_size[match.end() - match.start()].append(_run(paragraph.text, *match.span(), start, end))
        bold += len(by_size[_BOLD])
        for size, runs in by_size.items():
            edits, unpaired = _pair(paragraph.text, runs, start)
            yield from edits
            if size == _BOLD and unpaired and _CJK.search(paragraph.text, start, end):
                lone += [(run, start, end) for run in unpaired]
        yield from _empty(paragraph.text, by_size[2 * _BOLD], start, end)
        yield from _seams(by_size[2 * _BOLD], by_size[_BOLD])
    for run, start, end in lone:
        if _is_residue(paragraph.text, run, start, end, bold == 1):
            yield dropped(run.start, run.end)


def _padding(paragraph: Paragraph) -> Iterator[Edit]:
    """Blanks beside marks that a tool or an author wrote so that the mark works."""
    for match in _PADDING.finditer(paragraph.masked):
        yield match.start(match.lastgroup or 0), GAP


def _underscores(paragraph: Paragraph) -> Iterator[Edit]:
    """The neighbours of `_…_` around Chinese text, where a Chinese letter stands beside it."""
    text = paragraph.text
    for start, end in paragraph.lines():
        opening: _Run | None = None
        for match in _UNDERSCORE.finditer(paragraph.masked, start, end):
            run = _run(text, *match.span(), start, end)
            if opening is None or run.before.isspace():
                opening = None if run.after.isspace() else run
                continue
            if _CJK.search(text, opening.end, run.start):
                if _CJK.match(opening.before):
                    yield opening.start - 1, PUNCTUATION
                if _CJK.match(run.after):
                    yield run.end, PUNCTUATION
            opening = None


def _run(text: str, start: int, end: int, line_start: int, line_end: int) -> _Run:
    before = text[start - 1] if start > line_start else " "
    return _Run(start, end, before, text[end] if end < line_end else " ")


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _pair(text: str, runs: list[_Run], line: int) -> tuple[list[Edit], list[_Run]]:
    """Pair the runs of one length in the line at an offset: the edits that make a pair work, and the runs without a partner."""
    edits: list[Edit] = []
    unpaired: list[_Run] = []
    opening: _Run | None = None
    for run in runs:
        if opening is None:
            if _may_open(text, run):
                opening = run
            else:
                unpaired.append(run)
            continue
        pair = _pair_edits(text, opening, run, line)
        if pair is None:
            unpaired.append(opening)
            opening = run if _may_open(text, run) else None
            continue
        edits += pair
        opening = None
    return edits, [*unpaired, opening] if opening else unpaired


def _may_open(text: str, run: _Run) -> bool:
    if run.can_open:
        return True
    if run.size < _BOLD or _is_operator(text, run):
        return False
    if run.after.isspace():
        return run.before.isspace() or bool(_CJK_SIGN.match(run.before))
    return run.after in _QUOTES or (run.after in _PARENTHESES and _is_around_parentheses(text, run))


def _is_around_parentheses(text: str, run: _Run) -> bool:
    """Whether another run of the length of this one stands behind the parenthesis that begins behind this one."""
    closing = text.find("*" * run.size, run.end)
    return closing > 0 and text.find(_PARENTHESES[run.after], run.end, closing) == closing - 1


def _is_operator(text: str, run: _Run) -> bool:
    """Whether a run stands between two operands, as the power in `2 ** 3` does."""
    before, after = text[max(0, run.start - 2) : run.start].rstrip()[-1:], text[run.end : run.end + 2].lstrip()[:1]
    return (
        before.isascii()
        and after.isascii()
        and (before.isalnum() or before == ")")
        and (after.isalnum() or after == "(")
    )


def _pair_edits(text: str, opening: _Run, closing: _Run, line: int) -> list[Edit] | None:
    """The edits that let two runs in the line at an offset open and close; None if they are no pair."""
    inside = text[opening.end : closing.start]
    if not inside.strip():
        return None
    edits: list[Edit] = []
    if opening.after.isspace() or closing.before.isspace():
        if closing.can_open and not opening.after.isspace() and not closing.after.isspace():
            return None
        if opening.size < _BOLD or not (_CJK.search(inside) or _heads_line(text, opening, closing, line)):
            return None
        edits.append(dropped(opening.end, opening.end + len(inside) - len(inside.lstrip())))
        edits.append(dropped(closing.start - len(inside) + len(inside.rstrip()), closing.start))
    elif not opening.can_open:
        edits.append((opening.start - 1, PUNCTUATION))
    if not closing.before.isspace() and not closing.can_close:
        edits.append((closing.end, PUNCTUATION))
    return edits


def _heads_line(text: str, opening: _Run, closing: _Run, line: int) -> bool:
    """Whether two runs with blanks inside them stand around words at the head of a line, where no operand stands before."""
    head = _LINE_HEAD.match(text, line)
    is_head = (head.end() if head else line) == opening.start
    return is_head and opening.after.isspace() and closing.before.isspace() and text[opening.end + 1].isalpha()


def _lone_lines(paragraph: Paragraph) -> Iterator[Edit]:
    """Lines that are nothing but a mark: bold without text, as tools write it for an icon."""
    for start, end in paragraph.lines():
        head = _LINE_HEAD.match(paragraph.text, start, end)
        begin = head.end() if head else start
        if paragraph.text[begin:end].rstrip() in ("**", "__"):
            yield dropped(begin, begin + _BOLD)


def _empty(text: str, runs: list[_Run], start: int, end: int) -> Iterator[Edit]:
    """Bold without text at the head of other text, `****x`; alone in its line it is a divider."""
    head = _LINE_HEAD.match(text, start, end)
    if len(runs) == 1 and head and head.end() == runs[0].start and text[runs[0].end : end].strip():
        yield dropped(runs[0].start, runs[0].end)


def _seams(runs: list[_Run], bold: list[_Run]) -> Iterator[Edit]:
    """Where one bold passage ends and the next begins, `**1.****First**`: it is one passage."""
    if len(bold) % 2:
        return
    starts = [one.start for one in bold]
    for run in runs:
        if bisect(starts, run.start) % 2:
            yield dropped(run.start, run.end)


def _crossed(paragraph: Paragraph) -> Iterator[Edit]:
    """Marks that end within a link and begin before it, or the reverse, as html2text writes them: `**[text**](url)`."""
    for match in _CROSSED.finditer(paragraph.masked):
        for name in ("outer", "inner") if match["outer"] else ("first", "behind"):
            yield dropped(*match.span(name))


def _is_residue(text: str, run: _Run, start: int, end: int, is_only: bool) -> bool:
    """Whether a run without a partner is the rest of markup that a tool cut, and no sign of the author's."""
    if _is_operator(text, run):
        return False
    if run.before.isspace() and run.after.isspace():
        return True
    head = _LINE_HEAD.match(text, start, end)
    if not is_only:
        return False
    if head and head.end() == run.start:
        return bool(_CJK_SIGN.match(run.after))
    return run.after.isspace() and not text[run.end : end].strip() and _is_sign(run.before)


def _is_sign(char: str) -> bool:
    """Whether a character is Chinese, Japanese or Korean punctuation."""
    return _is_punctuation(char) and bool(_CJK_SIGN.match(char))
