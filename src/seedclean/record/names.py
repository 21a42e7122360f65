"""What a page says around its text of whose it is: links to the front page, imprints, menus.

None of it is a statement that counts alone: it tells which part of a title is the site's name, and names the publisher
only where two places agree or the imprint says who runs the site.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from seedclean.model.document import Block
from seedclean.packs.context import BlockView, MatchContext
from seedclean.values import houses, meta_tags, site_names, titles, urls
from seedclean.values.tables import table
from seedclean.values.text import squash

_FOOT = 40
"""An imprint stands among so many last blocks."""
_IMPRINT_CHARS = 600
_NAME_CHARS = 30
_SHORT = 2
"""A shorter text names no site."""
_LABEL = 4
"""A shorter label of a host stands at the end of a title by chance."""
_MENU_CHARS = 12
"""The items of a menu are no longer than this."""
_LINKS = 3
"""So many links have to lead to a host that is taken for the page's own."""
_YEARS = "".join(sorted(set(" \u3000:：©()®™,.·|0123456789-–—~～至今年")))
"""What stands between the word copyright and the name."""
_APPS = ("application-name", "apple-mobile-web-app-title")
_LOGO = 3
_CRUMBS = (">", "»", "›", "＞")
_FRONT_PAGES = ("", "/", "./", "index.html", "index.htm", "index.php", "index.shtml", "default.aspx", "index.jsp")


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its block; `place`: home, crumb, app, address, host, owner, holder or house."""

    text: str
    place: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Owner:
    """What names a site beside the statements of its head: its names for `titles.split`, and each name with its place."""

    around: titles.Surroundings
    names: Sequence[Name]


@cache
def _imprint() -> Mapping[str, Sequence[str]]:
    return table("labels")["imprint"]  # type: ignore[no-any-return]


@cache
def _home_words() -> frozenset[str]:
    return frozenset(map(squash, table("labels")["home"]["words"]))


def owner(context: MatchContext, stated: Sequence[str], url: str) -> Owner:
    """What a document says of whose it is. `stated`: names it states elsewhere; `url`: its address, if known."""
    host = urls.host(url) or _busiest(context)
    hosts = _host_names(host)
    names = [*_apps(context), *_homes(context, host), *_imprints(context)]
    names += [replace(name, place="address") for name in names if squash(name.text) in hosts]
    known = {squash(name) for name in [*stated, *(name.text for name in names)]} | hosts
    known = {name for name in known if len(name) >= _SHORT}
    around = titles.Surroundings(frozenset(known), frozenset(_sections(context)) - known)
    return Owner(around, names)


def _apps(context: MatchContext) -> Iterator[Name]:
    """What a page is called where it is kept as an application."""
    for entry in context.document.stated:
        if entry.place == "meta" and entry.name in _APPS and _is_name(entry.value):
            yield Name(entry.value, "app", entry.start, entry.end)


def _busiest(context: MatchContext) -> str:
    """The host to which most of a page's links lead: its own, where the page does not state it."""
    hosts = Counter(urls.host(view.url) for view in context.views if view.url and urls.is_web(view.url))
    if not hosts:
        return ""
    host = max(hosts, key=lambda host: (hosts[host], host))
    return host if hosts[host] >= _LINKS and hosts[host] * 2 >= hosts.total() else ""


def _homes(context: MatchContext, host: str) -> Iterator[Name]:
    """What links to the front page say, the first links of a page, among which its logo is, and the paths of links."""
    links = 0
    for view in context.views:
        crumb = _first_crumb(view)
        if crumb:
            yield Name(crumb, "crumb", view.block.start, view.block.end)
        if view.url is None:
            continue
        links += 1
        text = " ".join((view.block.text or view.block.alt).split())
        if _SHORT <= len(text) <= _NAME_CHARS and (
            _is_front_page(view.url, host) or (links <= _LOGO and _is_near_front(view.url, host))
        ):
            name = site_names.site_name(text)
            if squash(name) not in _home_words() and not site_names.is_section(name):
                yield Name(name, "home", view.block.start, view.block.end)


def _is_near_front(target: str, host: str) -> bool:
    """Whether a link leads to a folder right below the front page, as the front page of a project or a language does; where the
    page's host is unknown, to the front page of any."""
    path = urls.path(target).strip()
    if urls.host(target) and urls.host(target) != host:
        return not host and not path.strip("/")
    return path.startswith("/") and path.strip("/").count("/") <= 1 and "." not in path


def _is_front_page(target: str, host: str) -> bool:
    target = target.strip()
    if target.startswith("#"):
        return False
    if urls.host(target):
        is_own = urls.host(target).removeprefix("www.") == host.removeprefix("www.")
        return is_own and urls.path(target).strip("/").lower() in _FRONT_PAGES
    path = target.partition("?")[0].partition("#")[0]
    while path.startswith("../"):
        path = path[3:]
    return path.lower().removeprefix("/").removeprefix("./") in _FRONT_PAGES and (
        path != "" or target.startswith("../")
    )


def _first_crumb(view: BlockView) -> str:
    """The first step of a path of links, where it names a site: `和讯网 > 股票 > 正文`."""
    text = view.normalized or ""
    if len(text) > 4 * _NAME_CHARS or not any(sign in text for sign in _CRUMBS):
        return ""
    first = text
    for sign in _CRUMBS:
        first = first.partition(sign)[0]
    name = site_names.site_name(first)
    return (
        name
        if site_names.is_like_name(name) and len(name) <= _NAME_CHARS and "：" not in name and ":" not in name
        else ""
    )


def _imprints(context: MatchContext) -> Iterator[Name]:
    """The names in the imprints at the foot, and in the head's meta tags on rights."""
    for entry in context.document.stated:
        if entry.place == "meta" and meta_tags.field("meta", entry.name) == "rights":
            for place, name in imprint_names(entry.value):
                yield Name(name, place, entry.start, entry.end)
    for view in context.views[-_FOOT:]:
        named = list(imprint_names(view.block.text))
        house = houses.of_holder(view.block.text) if named else ""
        for place, name in [*named, *([("house", house)] if house else [])]:
            yield Name(name, place, view.block.start, view.block.end)


def imprint_names(text: str) -> Iterator[tuple[str, str]]:
    """The names in a line that says whose a page is, each with its sort: `host`, `owner` or `holder`."""
    if not text or len(text) > _IMPRINT_CHARS:
        return
    folded = text.casefold()
    if len(folded) != len(text):  # a letter that folds to two would shift the places
        return
    words = _imprint()
    for place in ("host", "owner", "holder"):
        for label in words[place]:
            at = folded.find(label)
            if at < 0:
                continue
            behind = _clipped(text[at + len(label) :].lstrip(_YEARS))
            if _is_name(behind):
                yield place, behind
            if place == "owner":
                before = text[:at].rstrip(" \u3000,，:：").split()
                if before and _is_name(before[-1]) and site_names.is_like_name(before[-1]):
                    yield place, before[-1]


def _clipped(text: str) -> str:
    """The name at the start of a text, up to what ends it."""
    text = text.replace("\xa0", " ")
    folded = text.casefold()
    end = len(text)
    for sign in (*_imprint()["ends"], *"|,，。；;©\n\t\u3000/", "  ", ". ", " - ", "• ", "· "):
        at = folded.find(sign)
        if 0 <= at < end:
            end = at
    name = text[:end].strip(" .:：-–—()（）·")
    first = name.partition(" ")[0]
    is_whole = site_names.is_like_name(first) and not first.isascii()
    return first if is_whole or first == name[:-1].rstrip() else name  # one letter of a province stands before a number


def _is_name(text: str) -> bool:
    return _SHORT <= len(text) <= _NAME_CHARS and any(map(str.isalpha, text)) and "20" not in text


def _host_names(host: str) -> set[str]:
    """The host of the document, and those of its labels that may name its site: the two before the last."""
    host = host.removeprefix("www.")
    if not host:
        return set()
    labels = host.split(".")
    return {squash(label) for label in labels[-3:-1] if len(label) >= _LABEL} | {
        squash(host),
        squash(".".join(labels[-2:])),
    }


def _sections(context: MatchContext) -> Iterator[str]:
    """What the menus, the paths of links and the head of a page say of its sections, folded."""
    for entry in context.document.stated:
        if entry.place == "meta" and entry.name in ("article:section", "article:tag"):
            yield from (
                squash(word) for word in entry.value[:1000].replace("，", ",").split(",") if len(word) <= _MENU_CHARS
            )
    for view in context.views:
        block: Block = view.block
        if view.url is not None and block.text and len(view.squashed) <= _MENU_CHARS and block.kind != "heading":
            yield view.squashed
        text = view.normalized or ""
        if text and len(text) <= 4 * _NAME_CHARS and any(sign in text for sign in _CRUMBS):
            steps = text
            for sign in _CRUMBS[1:]:
                steps = steps.replace(sign, _CRUMBS[0])
            yield from (squash(step) for step in steps.split(_CRUMBS[0]) if len(step) <= _MENU_CHARS)
