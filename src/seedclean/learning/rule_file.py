"""Proposed rules as a rule file: evidence in comments, doubtful rules commented out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256

from seedclean.learning.evidence import NO_NEIGHBOUR
from seedclean.learning.observation import ADDRESS
from seedclean.learning.proposals import Proposal, most

ID = "learned"
_HEAD = """\
# What repeats from document to document, learnt from {documents} documents: {active} rules, and {doubtful} in comments.
# Those that remove most come first. Read each before you use the file, with `seedclean clean --rules FILE`: a rule
# removes its block from every document that `of` names. Where a reason for doubt is given, take the # away if the block
# is never the document's, and delete the rule if it is.{left_out}
id = "{id}"
name = "learnt from a corpus"
role = "learned"
"""
_SLUG = re.compile(r"[^a-z0-9]+")


def rule_file(proposals: Sequence[Proposal], documents: int, left_out: int) -> str:
    """The text of the file. `left_out` is the number of rules that there was no room for."""
    active = sum(not one.doubts for one in proposals)
    rest = f"\n# {left_out} more rules remove less than these and are left out." if left_out else ""
    head = _HEAD.format(
        documents=documents, active=active, doubtful=len(proposals) - active, left_out=rest, id=ID
    )  # fmt: skip
    return head + "".join("\n" + "\n".join(_rule(one)) + "\n" for one in proposals)


def _rule(one: Proposal) -> Iterator[str]:
    yield from (f"# {line}" for line in _evidence(one))
    yield from (f"# Doubtful: {doubt}." for doubt in one.doubts)
    mark = "# " if one.doubts else ""
    for line in _table(one):
        yield mark + line


def _evidence(one: Proposal) -> Iterator[str]:
    sums = one.evidence
    where = f" of {_shown(one.scope)}" if one.scope else ""
    yield f"On {sums.documents} of {one.of} documents{where}, kept on {sums.kept}; removes {one.removes} characters."
    places = [f"{sums.places[name]} {name}" for name in ("head", "tail", "amid") if sums.places[name]]
    kinds = [f"{name} {count}" for name, count in sorted(sums.kinds.items(), key=lambda item: (-item[1], item[0]))]
    inside = f"; mostly in {_shown(most(sums.elements))}" if sums.elements else ""
    yield f"Place: {', '.join(places)}; kind: {', '.join(kinds)}{inside}."
    around = [
        "always the first block" if sums.previous == {NO_NEIGHBOUR} else "",
        "always the last block" if sums.next == {NO_NEIGHBOUR} else "",
        *(
            f"always {word} {_shown(text)}"
            for word, text in (("after", _only(sums.previous)), ("before", _only(sums.next)))
            if text
        ),
    ]
    if any(around):
        yield f"Around: {', '.join(filter(None, around))}."
    yield f"For example: {', '.join(map(_shown, sums.examples))}."
    share, path = sums.worst
    yield f"At worst it takes {-share / 10:.1f} % of the text of {_shown(path)}."


def _only(texts: set[str]) -> str:
    return next(iter(texts - {NO_NEIGHBOUR})) if len(texts) == 1 and NO_NEIGHBOUR not in texts else ""


def _table(one: Proposal) -> Iterator[str]:
    yield "[[rule]]"
    yield f'remove = "{_name(one)}"'
    if one.scope:
        yield f"of = {_quoted(one.scope)}"
    yield f'category = "{one.category}"'
    yield f'why = "It repeats on {one.evidence.documents} of {one.of} documents."'
    if one.text.startswith(ADDRESS):
        yield f'kind = "{one.kind}"'
        yield f"url = {_quoted(_escaped(one.text.removeprefix(ADDRESS)))}"
        yield 'says = ""'
    else:
        yield f"says = {_quoted(one.text)}"
        word, text = one.neighbour
        if word:
            yield f"{word} = {_quoted(text)}"


def _name(one: Proposal) -> str:
    """A name that says the scope and stays the same from run to run."""
    slug = _SLUG.sub("-", one.scope.lower()).strip("-") or "all"
    return f"{slug[:40]}-{sha256(f'{one.scope} {one.text}'.encode('utf-8', 'replace')).hexdigest()[:10]}"


def _escaped(text: str) -> str:
    """A pattern that matches this text alone."""
    return "".join(sign if sign.isalnum() or not sign.isascii() else "\\" + sign for sign in text)


def _quoted(text: str) -> str:
    """A text as a TOML string: JSON's escapes are TOML's, but for U+007F, which TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _shown(text: str) -> str:
    """A text inside a comment: TOML allows no control characters there."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)
