"""What a page says around its text of whose it is: links to the front page, imprints, menus.

None of it is a statement that counts alone: it tells which part of a title is the site's name, and names the publisher
only where two places agree or the imprint says who runs the site.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from seedclean.model.document import Block, Candidate
from seedclean.packs.context import BlockView, MatchContext
from seedclean.record.imprint import NAME_CHARS, SHORT, imprint_names, is_name
from seedclean.values import host_names, houses, meta_tags, site_names, title_parts, titles, urls
from seedclean.values.people import is_person
from seedclean.values.scripts import HAN
from seedclean.values.tables import table
from seedclean.values.text import squash

_FOOT = 40
"""An imprint stands among so many last blocks."""
_LABEL = 4
"""A shorter label of a host stands at the end of a title by chance."""
_MENU_CHARS = 12
"""The items of a menu are no longer than this."""
_LINKS = 3
"""So many links have to lead to a host that is taken for the page's own."""
_APPS = ("application-name", "apple-mobile-web-app-title")
IMPRINT = ("host", "owner", "holder")
"""Places of names in an imprint."""
_LOGO = 3
_BANNER_CHARS = 80
"""The name of a site with its slogan, as a heading that leads to the front page."""
_HAN = re.compile(f"[{HAN}]")
_CRUMBS = re.compile("[>»›＞]")
_FRONT_PAGES = ("", "/", "./", "index.html", "index.htm", "index.php", "index.shtml", "default.aspx", "index.jsp")


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its block; `place`: home, logo (a link that leads near the front page), banner, crumb, app, address, among, host, owner,
    holder or house."""

    text: str
    place: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Owner:
    """What names a site beside the statements of its head: its names for `titles.split`, each name with its place, and its host."""

    around: titles.Surroundings
    names: Sequence[Name]
    host: str


@cache
def _home_words() -> frozenset[str]:
    return frozenset(map(squash, table("labels")["home"]["words"]))


def owner(context: MatchContext, stated: Sequence[str], wordings: Sequence[str], url: str) -> Owner:
    """What a document says of whose it is. `stated`: names that it states elsewhere; `wordings`: its titles; `url`: its address, if
    known."""
    host = urls.host(url) or _busiest(context)
    hosts = _host_names(host)
    names = [*_apps(context), *_homes(context, host, url, _shown_headlines(context, wordings)), *_imprints(context)]
    is_han = any(map(_HAN.search, wordings))
    names += [one for name in names if name.place != "banner" for one in _of_host(name, host, is_han)]
    known = {squash(name) for name in [*stated, *(name.text for name in names)]} | hosts
    known = {name for name in known if len(name) >= SHORT}
    around = titles.Surroundings(frozenset(known), frozenset(_sections(context)) - known)
    return Owner(around, [name for name in names if name.place != "banner"], host)


def blogger(publisher: Candidate | None) -> Candidate | None:
    """The person whose own site is named after them: `王一的博客`, `Ann Lee's Blog`. None where the name tells no person."""
    name = str(publisher.value) if publisher else ""
    folded = name.casefold().replace("’", "'")
    end = next((end for end in table("titles")["own_sites"] if folded.endswith(end) and len(folded) == len(name)), "")
    person = name[: len(name) - len(end)].strip() if end else ""
    return replace(publisher, field="authors", value=(person,)) if publisher and is_person(person) else None


def _of_host(name: Name, host: str, is_han: bool) -> Iterator[Name]:
    """The name once more where it is that of the host: place `address` where the host has it as a whole, `among` where that is short
    or the first or last word of a link to the front page. `is_han`: the titles are in Chinese; then a holder of rights in Latin
    letters is a firm."""
    own = host_names.label(host)
    words = list(map(squash, name.text.split()))
    if name.place in IMPRINT and is_han and name.text.isascii():
        return
    if squash(name.text) in {squash(host.removeprefix("www.")), own} - {""}:
        yield replace(name, place="address" if len(own) >= _LABEL else "among")
    elif name.place == "home" and len(own) >= _LABEL and own in (words[0], words[-1]):
        yield replace(name, place="among")


def _shown_headlines(context: MatchContext, wordings: Sequence[str]) -> frozenset[str]:
    """The folded first parts of titles of several parts of which no heading shows another one: a heading that says the first
    part is the headline, wherever it leads."""
    headings = {view.squashed for view in context.views if view.block.kind == "heading"}
    several = [list(map(squash, title_parts.parts(wording))) for wording in wordings]
    return frozenset(parts[0] for parts in several if len(parts) > 1 and headings.isdisjoint(parts[1:]))


def _apps(context: MatchContext) -> Iterator[Name]:
    """What a page is called where it is kept as an application."""
    for entry in context.document.stated:
        if entry.place == "meta" and entry.name in _APPS and is_name(entry.value):
            yield Name(entry.value, "app", entry.start, entry.end)


def _busiest(context: MatchContext) -> str:
    """The host to which most of a page's links lead: its own, where the page does not state it."""
    hosts = Counter(urls.host(view.url) for view in context.views if view.url and urls.is_web(view.url))
    if not hosts:
        return ""
    host = max(hosts, key=lambda host: (hosts[host], host))
    return host if hosts[host] >= _LINKS and hosts[host] * 2 >= hosts.total() else ""


def _homes(context: MatchContext, host: str, url: str, headlines: frozenset[str]) -> Iterator[Name]:
    """What links to the front page say, the first links of a page, among which its logo is, and the paths of links."""
    links = 0
    for view in context.views:
        crumb = _first_crumb(view)
        if crumb:
            yield Name(crumb, "crumb", view.block.start, view.block.end)
        if view.url is None:
            continue
        links += 1
        is_heading = view.block.kind == "heading"
        if is_heading and view.squashed in headlines:
            continue
        text = _link_text(view.block, view.url)
        if len(text) > (_BANNER_CHARS if is_heading else NAME_CHARS):
            continue
        is_front = _is_front_page(view.url, host)
        if is_heading and (is_front or _is_above(view.url, url)):
            yield Name(text, "banner", view.block.start, view.block.end)
        if SHORT <= len(text) <= NAME_CHARS and (is_front or (links <= _LOGO and _is_near_front(view.url, host))):
            name = _without_logo(site_names.site_name(text))
            if len(name) >= SHORT and squash(name) not in _home_words() and not site_names.is_section(name):
                yield Name(name, "home" if is_front else "logo", view.block.start, view.block.end)


def _link_text(block: Block, target: str) -> str:
    """What the link says that leads to a target: one line may hold several."""
    mark = next((mark for mark in block.marks if mark.type == "link" and mark.url == target), None)
    text = block.text[mark.start : mark.end] if mark and block.text else block.text
    return " ".join((text.strip() or block.alt).split())


def _without_logo(name: str) -> str:
    """The name in the words of a logo: `Heron Post logo`, `Logo: Heron Post`, `返回某网`."""
    words = table("labels")["home"]
    while True:
        folded = name.casefold()
        before = next((word for word in words["before"] if folded.startswith(word)), "")
        behind = next((word for word in words["behind"] if folded.endswith(word)), "")
        if not before and not behind:
            return name
        name = name[len(before) : len(name) - len(behind)].strip(site_names.SIGNS + ":：.")


def _is_above(target: str, url: str) -> bool:
    """Whether a link leads to a folder in which the document's own address is."""
    if not url or urls.host(target) != urls.host(url) or "?" in target:
        return False
    folder = urls.path(target).rstrip("/") + "/"
    return urls.path(url).startswith(folder) and urls.path(url).rstrip("/") + "/" != folder


def _is_near_front(target: str, host: str) -> bool:
    """Whether a link leads to a folder right below the front page, as the front page of a project or a language does; where the
    page's host is unknown, to the front page of any."""
    path = urls.path(target).strip()
    if "?" in target or any(map(str.isdigit, path)):  # `/q/15` is a page of its own
        return False
    if urls.host(target) not in ("", host):
        return not host and not path.strip("/")
    return path.startswith("/") and path.strip("/").count("/") <= 1 and "." not in path


def _is_front_page(target: str, host: str) -> bool:
    target = target.strip().partition("#")[0]
    if not target or any(map(str.isdigit, target.partition("?")[2])):  # `/?p=15` is an article, `/?lang=de` is not
        return False
    other = urls.host(target)
    if other:
        is_own = other.removeprefix("www.") == host.removeprefix("www.")
        return is_own and urls.path(target).strip("/").lower() in _FRONT_PAGES
    path = target.partition("?")[0]
    while path.startswith("../"):
        path = path[3:]
    return path.lower().removeprefix("/").removeprefix("./") in _FRONT_PAGES and (
        path != "" or target.startswith("../")
    )


def _first_crumb(view: BlockView) -> str:
    """The first step of a path of links, where it names a site: `和讯网 > 股票 > 正文`."""
    steps = _steps(view)
    if not steps:
        return ""
    name = site_names.site_name(steps[0])
    return (
        name
        if site_names.is_like_name(name) and len(name) <= NAME_CHARS and "：" not in name and ":" not in name
        else ""
    )


def _steps(view: BlockView) -> Sequence[str]:
    """The steps of a path of links; none where a block is no such path."""
    text = view.normalized or ""
    return _CRUMBS.split(text) if len(text) <= 4 * NAME_CHARS and _CRUMBS.search(text) else ()


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
        block = view.block
        if view.url is not None and block.text and len(view.squashed) <= _MENU_CHARS and block.kind != "heading":
            yield view.squashed
        yield from (squash(step) for step in _steps(view) if len(step) <= _MENU_CHARS)
