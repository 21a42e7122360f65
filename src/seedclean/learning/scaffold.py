"""A pack and a fixture to start from, for `seedclean new`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from seedclean.learning.evidence import width
from seedclean.model.document import Decision
from seedclean.model.errors import InputError
from seedclean.packs.context import match_context
from seedclean.packs.pack import front_names
from seedclean.packs.parser import ID
from seedclean.packs.registry import load
from seedclean.record.assembly import Cleaned
from seedclean.values import urls
from seedclean.values.text import squash

_SENTENCE = 40
"""What has more code points than this is a sentence of the document more often than a line of an interface."""
_LINE, _LINK = 30, 16
"""A suggested line has at most so many columns, and a link, an item of a list or a line of a bare text at most so many: a
longer one is the headline of another article more often."""
_OF_ONE_PAGE = frozenset({"recommendation", "comments"})
"""Of lists of articles and of comments only the heading is the same on every page."""
_SUGGESTED = 12
"""So many lines are suggested for one rule: they are to be read, one by one."""
_ENDS = tuple('.。!！?？…;；:：”"」')
"""A text with such an end is part of a document, in doubt."""


def create(origin: str, file: Path, cleaned: Cleaned, folder: Path) -> tuple[Path, Path]:
    """Write `ORIGIN.toml` and a copy of the file under `fixtures/ORIGIN/`. Raises InputError where one is there."""
    if not ID.fullmatch(origin):
        raise InputError(origin, "is no id of an origin", "use a-z, 0-9 and -, as in river-news")
    pack = folder / f"{origin}.toml"
    fixture = folder / "fixtures" / origin / file.name
    for path in (pack, fixture):
        if path.exists():
            raise InputError(str(path), "is there already", "move it away, or choose another name")
    fixture.parent.mkdir(parents=True, exist_ok=True)
    fixture.write_bytes(cleaned.document.data)
    pack.write_text(pack_text(origin, cleaned), "utf-8")
    return pack, fixture


def pack_text(origin: str, cleaned: Cleaned) -> str:
    """A first pack for a document: its host, its publisher, and, commented out, the short lines around the document as
    rules to choose from."""
    publisher, host = cleaned.record.publisher, _host(cleaned)
    lines = [
        f"# {publisher or origin}: say in a sentence how its documents look.",
        f"id = {json.dumps(origin)}",
        f"name = {json.dumps(publisher or origin, ensure_ascii=False)}",
        f"host = [{json.dumps(host)}]"
        if host
        else '# host = ["example.org"]   no address was found; without a host or a clue the rules apply to no document',
        "",
        "# Every rule has a name, a category and a why. Take the # away from those that are chrome on every page of the",
        "# origin, name them for what they are, and delete the rest. `seedclean check` tells what is wrong.",
    ]
    suggestions: dict[tuple[str, str], list[str]] = {}
    for place, category, text in _around(cleaned):
        texts = suggestions.setdefault((place, category), [])
        if text not in texts:
            texts.append(text)
    for (place, category), texts in suggestions.items():
        lines += _suggestion(place, category, texts[:_SUGGESTED])
    return "\n".join(lines) + "\n"


def _host(cleaned: Cleaned) -> str:
    """The host of the document's address, without the names under which one site has its forms: `www.`, `m.`."""
    own = next(iter(match_context(cleaned.document, front_names(load().role("common"))).addresses), None)
    host = urls.host(own.url if own else cleaned.record.url or "")
    for prefix in ("www.", "m."):
        if host.startswith(prefix) and "." in host.removeprefix(prefix):
            host = host.removeprefix(prefix)
    return host


def _around(cleaned: Cleaned) -> Iterator[tuple[str, str, str]]:
    """Place, category and text of each short line around the document that no rule removes yet.

    Those that the classifier removes, and those that are kept above the first sentence and below the last. A line that
    gives a value of the record, such as the byline, is none: the rule for it is one that keeps. Nor is a headline of another
    article, which no other page has.
    """
    decisions, values = cleaned.decisions, [one.span for one in cleaned.record.provenance.values() if one.span]
    sentences = [at for at, one in enumerate(decisions) if one.verdict == "keep" and _is_sentence(one)]
    title, bare = cleaned.record.title, cleaned.document.format == "text"
    first, last = (sentences[0], sentences[-1]) if sentences else (len(decisions), len(decisions))
    for at, decision in enumerate(decisions):
        place = "head" if at < first else "foot" if at > last else "middle"
        if decision.by == "rule" or not _may_be_chrome(decision, title, bare):
            continue
        if any(decision.block.start <= start and end <= decision.block.end for start, end in values):
            continue
        if decision.verdict == "remove":
            yield place, decision.category, decision.block.text
        elif place != "middle":
            yield place, "interface", decision.block.text


def _may_be_chrome(decision: Decision, title: str | None, bare: bool) -> bool:
    """Whether a line may stand on other pages too. `bare`: the document is a text, in which nothing tells a link."""
    block = decision.block
    if not any(map(str.isalpha, block.text)) or any(map(str.isdigit, block.text)) or block.kind == "metadata":
        return False
    named = bool(title) and squash(block.text) == squash(title or "")
    if named or (block.kind == "heading" and block.level == 1) or _is_sentence(decision):
        return False
    link = any(mark.type == "link" and mark.end - mark.start > len(block.text) // 2 for mark in block.marks)
    if decision.category in _OF_ONE_PAGE and (link or block.kind != "heading"):
        return False
    return width(block.text) <= (_LINK if link or bare or block.kind == "item" else _LINE)


def _is_sentence(decision: Decision) -> bool:
    text = decision.block.text
    return len(text) > _SENTENCE or text.endswith(_ENDS) or "\n" in text


def _suggestion(place: str, category: str, lines: Sequence[str]) -> list[str]:
    texts = ",\n".join("#   " + json.dumps(text, ensure_ascii=False) for text in lines)
    return [
        "",
        "# [[rule]]",
        f'# remove = "{place}-{category}"',
        f'# category = "{category}"',
        f'# why = "Lines at the {place} of every page."',
        "# says = [",
        texts + ",",
        "# ]",
    ]
