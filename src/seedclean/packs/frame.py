"""Rules that many packs would write alike: `[boxes]`, `[body]` and `[body.text]` expanded to tables of ordinary rules.

The expansion happens before the rules are parsed, so that patterns, selectors and names of expanded rules are checked
like all others. A rule that the pack writes itself takes the place of an expanded one of the same name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Table = Mapping[str, Any]

BODY = ("inside", "below", "headline", "source", "text")
TEXT = ("title", "head", "foot")
OUTSIDE = ("above", "under", "below", "above-text", "below-text", "foot-text")
"""The names of expanded rules that remove whatever stands outside of the body."""

_PROSE = ["paragraph", "line"]
_HEADLINE = "[^>|]{4,120}"
"""A headline in bare text; the signs it excludes are those of breadcrumbs and menus."""
_SOURCE = (
    r"[(（【\[]? *(?:文章|稿件|本文|内容)?(?:来源|转自|转载自) *[:：] *"
    r"(?P<credit>[^:：。，,；;|/的\d]{2,24}?) *[)）】\]]?"
)
_PUBLISHED = "(?P<published>"

_BOX = {
    "interface": "An element of the page that holds buttons, forms or hints of its interface.",
    "navigation": "An element of the page that holds links to elsewhere: menus, tags, neighbours.",
    "recommendation": "An element of the page that offers other articles.",
    "promotion": "An element of the page in which the publisher or the account promotes itself.",
    "advertising": "An element of the page that holds adverts of others.",
    "engagement": "An element of the page that holds buttons to share, like or save, or their counts.",
    "comments": "An element of the page that holds readers' comments or the form to write one.",
    "legal": "An element of the page that holds imprint, licences, rights or a standing notice.",
    "credit": "An element of the page that repeats metadata.",
    "duplicate": "An element of the page that repeats the headline.",
    "decoration": "An element of the page that shows nothing to readers.",
    "residue": "An element that the capture added to the page.",
}
"""Why a box is removed: category -> sentence."""


def boxes(data: Table) -> Iterator[dict[str, Any]]:
    """The rules of `[boxes]`: one for each named list of selectors under a category."""
    for category, named in data.items():
        for name, selectors in named.items():
            yield {"remove": name, "category": category, "why": _BOX.get(category, ""), "inside": selectors}


def body(data: Table) -> Iterator[dict[str, Any]]:
    """The rules of `[body]` for the elements of a page; those of `[body.text]` are made by `text`."""
    inside, below = _listed(data.get("inside")), _listed(data.get("below"))
    within = {"inside": inside}
    if "headline" in data:
        yield {
            **_title("headline", "The headline above the body."),
            "kind": "heading",
            "inside": data["headline"],
            "before": within,
        }
    if data.get("source"):
        yield {
            "keep": "source",
            "as": "credit",
            "why": "A line of the body that only names the source of a reprint.",
            "kind": _PROSE,
            "inside": inside,
            "matches": _SOURCE,
            "spares": "来源：某机构调查，样本为一千人",
        }
    yield {
        **_removal("blank", "decoration", "Paragraphs of the body without a visible character."),
        "kind": ["paragraph", "line", "item"],
        "inside": inside,
        "says": "",
    }
    yield {"keep": "body", "why": "The article, in the containers of the site's templates.", "inside": inside}
    yield {
        **_removal("above", "navigation", "Blocks above the body that are no metadata: menus, breadcrumbs, buttons."),
        "before": within,
    }
    yield {**_removal("under", "navigation", "The block right under the body."), "previous": within}
    yield {
        **_removal("below", "navigation", "Blocks after the body or a container below it, to the end of the page."),
        "after": {"inside": [*inside, *below]},
    }


def text(data: Table, rules: Mapping[str, Table]) -> Iterator[dict[str, Any]]:
    """The rules of `[body.text]`, for the bare text of the same page. `rules` are the pack's own, by name."""
    head, foot = _names(data.get("head", {})), _names(data.get("foot", {}))
    if "title" in data:
        yield {
            **_title("page-title-text", "In bare text the first line is the title of the page's head."),
            "first": 1,
            "kind": _PROSE,
            "matches": data["title"],
        }
    if head:
        yield from _head(data["head"], head, rules)
    for name, line in data.get("foot", {}).items():
        yield from _line(name, line, "legal", "In bare text, a line below the article that closes it.")
    if head:
        yield {
            **_removal("above-text", "navigation", "In bare text, blocks above the last line of the head."),
            "kind": ["paragraph", "line", "item", "heading", "image"],
            "before": {"rule": head[-1]},
        }
    if foot:
        why = "In bare text, blocks after the line that closes the article."
        below = {**_removal("below-text", "navigation", why), "after": {"rule": foot[:-1] or foot}}
        yield {**below, "before": {"rule": foot[-1]}} if foot[1:] else below
    if foot[1:]:
        why = "In bare text, blocks after the last line of the foot."
        yield {**_removal("foot-text", "interface", why), "after": {"rule": foot[-1]}}


def _head(lines: Table, names: Sequence[str], rules: Mapping[str, Table]) -> Iterator[dict[str, Any]]:
    """The headline and the lines below it. The last line counts by itself, the first right above the second or the last,
    and any other right below an earlier one."""
    for at, (name, line) in enumerate(lines.items()):
        beside: dict[str, Any] = {}
        if at < len(names) - 1:
            beside = (
                {"previous": {"rule": list(names[:at])}} if at else {"next": {"rule": [*names[1:2], *names[2:][-1:]]}}
            )
        why = "In bare text, a line between headline and article."
        yield from ({**rule, **beside} for rule in _line(name, line, "interface", why))
    dated = [name for name, line in zip(names, lines.values(), strict=True) if _PUBLISHED in _pattern(line, rules)]
    yield {
        **_title("headline-text", "In bare text the headline stands right above the first line of the head."),
        "kind": _PROSE,
        "matches": _HEADLINE,
        "next": {"rule": list(dict.fromkeys((names[0], *dated)))},
        "before": {"rule": names[-1]},
    }


def _line(name: str, line: Any, category: str, why: str) -> Iterator[dict[str, Any]]:
    """The rule of one line: metadata where its pattern has groups, else a removal. None for a rule named elsewhere."""
    if isinstance(line, dict):
        return
    plain = {"kind": _PROSE, "matches": line, "why": why}
    if "(?P<" in str(line):
        field = str(line).split("(?P<", 1)[1].split(">", 1)[0]
        yield {"keep": f"{name}-text", "as": field, **plain}
    else:
        yield {"remove": f"{name}-text", "category": category, **plain}


def text_name(name: str, line: Any) -> str:
    """The name of the rule that takes a line of head or foot."""
    return str(line.get("rule", "")) if isinstance(line, dict) else f"{name}-text"


def _names(lines: Table) -> list[str]:
    return [text_name(name, line) for name, line in lines.items()]


def _pattern(line: Any, rules: Mapping[str, Table]) -> str:
    return str(rules.get(line.get("rule", ""), {}).get("matches", "")) if isinstance(line, dict) else str(line)


def _title(name: str, why: str) -> dict[str, Any]:
    return {"keep": name, "as": "title", "category": "duplicate", "why": why}


def _removal(name: str, category: str, why: str) -> dict[str, Any]:
    return {"remove": name, "category": category, "why": why}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []
