"""Site configurations in the format of FiveFilters' Full-Text RSS: a directory with one .txt file for each host.

A file is lines of `directive: value`. Each directive that is used becomes a rule with an id of its own, HOST/NAME-N, N
being its place among the directives of its name. What the directives say of a page is `sitejudge`'s business.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import turbohtml

from seedclean.model.errors import PackError

PATHS = ("title", "author", "date", "body", "strip", "next_page_link")
"""Directives whose value is an XPath expression."""

WORDS = ("strip_id_or_class", "strip_image_src")
"""Directives whose value is a part of an attribute."""

USED = (*PATHS, *WORDS, "test_url")

IGNORED = (
    "autodetect_next_page", "autodetect_on_failure", "convert_double_br_tags", "dissolve", "find_string", "footnotes",
    "http_header", "if_page_contains", "insert_detected_image", "login_extra_fields", "login_password_field", "login_uri",
    "login_username_field", "move_into", "native_ad_clue", "not_logged_in_xpath", "parser", "prune", "replace_string",
    "requires_login", "single_page_link", "single_page_link_in_feed", "skip_id_or_class", "skip_json_ld",
    "src_lazy_load_attr", "strip_attr", "strip_comments", "test_contains", "test_content", "tidy", "wrap_in",
)  # fmt: skip
"""Directives that speak of fetching, of repairs of the text, or of tests: accepted, counted, and not used."""

_LINE = re.compile(r"(?P<name>[A-Za-z_-]+)\s*(?:\(.*\)\s*)?:(?P<value>.*)")
_CLOSE = 0.75
"""How like a known directive an unknown one must be to be taken for its misprint."""

_HINTS = {
    "comments": "comment comments disqus discussion respond replies",
    "recommendation": "related recommend recommended recommendation recommendations popular trending teaser outbrain taboola",
    "advertising": "ad ads advert adverts advertisement advertisements advertising sponsor sponsored banner dfp",
    "engagement": "share sharing sharedaddy social facebook twitter like likes rating vote",
    "promotion": "newsletter subscribe subscription signup follow promo promotion donate donation paywall",
    "navigation": "nav navigation menu breadcrumb breadcrumbs pager pagination toc tags topics",
    "legal": "copyright disclaimer legal license cookie cookies",
    "credit": "author authors byline date time timestamp published dateline",
    "duplicate": "h1 title headline",
    "decoration": "svg hr icon icons spacer pixel",
}
"""Category -> words of a directive that tell what it strips; the first category with a word decides."""

_WORD = re.compile(r"[A-Z]?[a-z]+\d?|[A-Z]+\d?")


@dataclass(frozen=True, slots=True, eq=False)
class Directive:
    """One directive of a file. `id` is its rule; `path` finds what it speaks of, and is None for an address."""

    name: str
    value: str
    where: str
    id: str
    category: str
    path: turbohtml.XPath | None


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """The configuration of one host. `ignored` counts the directives that are not used, `unknown` the lines without one."""

    id: str
    directives: tuple[Directive, ...]
    ignored: Mapping[str, int]
    unknown: int

    def of(self, *names: str) -> list[Directive]:
        """The directives of some names: those of the first name first, in the file's order."""
        return [directive for name in names for directive in self.directives if directive.name == name]

    @property
    def outside(self) -> str:
        """The id of the rule for what no directive speaks of."""
        return f"{self.id}/outside"

    @property
    def rules(self) -> frozenset[str]:
        """The ids of all rules that a decision can name."""
        return frozenset({directive.id for directive in self.directives if directive.path} | {self.outside})


@dataclass(frozen=True, slots=True, eq=False)
class Sites:
    """The files of a directory by the host in their name. Each is read when a page of its host comes, and held."""

    files: Mapping[str, Path] = field(default_factory=dict)
    _held: dict[str, Site] = field(default_factory=dict)

    def __contains__(self, id: object) -> bool:
        return id in self.files

    def under(self, host: str) -> str:
        """The id of the configuration that speaks of a host, the narrowest; an empty string where none does.

        `example.org` speaks of that host and of www.example.org; `.example.org` of all other hosts below it.
        """
        name = host.removeprefix("www.")
        if name in self.files:
            return name
        labels = name.split(".")
        wider = ("." + ".".join(labels[at:]) for at in range(1, len(labels)))
        return next((id for id in wider if id in self.files), "")

    def get(self, id: str) -> Site | None:
        """The configuration of an id. Raises PackError where its file has a fault."""
        if id not in self.files:
            return None
        if id not in self._held:
            self._held[id] = read_site(self.files[id], id)
        return self._held[id]

    def rules(self, id: str) -> frozenset[str]:
        """The ids of the rules of a configuration; none where there is no such configuration. Raises as `get` does."""
        site = self.get(id)
        return site.rules if site else frozenset()


def open_sites(folder: Path) -> Sites:
    """The index of a directory; no file is read. Raises PackError where it is none, or holds no configuration."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if entry.name.endswith(".txt") and entry.is_file())
    except OSError as error:
        what = error.strerror or "cannot be read"
        raise PackError(str(folder), what, "give a directory of site configurations") from error
    files: dict[str, Path] = {}
    for name in sorted(names, key=lambda name: name.startswith("www.")):
        if "." in (id := site_id(name)).strip("."):
            files.setdefault(id, folder / name)
    if not files:
        raise PackError(str(folder), "holds no site configuration", "their files are called HOST.txt")
    return Sites(files)


def site_id(name: str) -> str:
    """The host that a file's name is about: with a dot before it where the file speaks of the hosts below it."""
    return name.removesuffix(".txt").lower().removeprefix("www.")


def read_site(file: Path, id: str) -> Site:
    """Read a file. Raises PackError where it cannot be read, or for the first fault of it."""
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PackError(str(file), "not UTF-8", "save the site configuration as UTF-8") from error
    except OSError as error:
        raise PackError(str(file), error.strerror or "cannot be read", "check its permissions") from error
    return parse_site(text, id, str(file))


def parse_site(text: str, id: str, file: str) -> Site:
    """A configuration out of its text. Raises PackError for an XPath that is none, or a directive that is a misprint."""
    directives: list[Directive] = []
    ignored: Counter[str] = Counter()
    ordinals: Counter[str] = Counter()
    unknown = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        where = f"{file}, line {number}"
        name, value = _split(line, where)
        if name in USED and value:
            ordinals[name] += 1
            rule = f"{id}/{name.replace('_', '-')}-{ordinals[name]}"
            directives.append(Directive(name, value, where, rule, _category(name, value), _path(name, value, where)))
        elif name in USED or name in IGNORED:
            ignored[name] += 1
        else:
            unknown += 1
    return Site(id, tuple(directives), dict(sorted(ignored.items())), unknown)


def _split(line: str, where: str) -> tuple[str, str]:
    """Name and value of a line; no name where it holds no directive. Raises PackError for a misprint of a known one."""
    found = _LINE.match(line.strip())
    if not found:
        return "", ""
    name, value = found["name"], found["value"].strip()
    if name in WORDS:
        value = value.replace("'", "").replace('"', "")
    if name not in USED and name not in IGNORED:
        close = get_close_matches(name.lower().replace("-", "_"), (*USED, *IGNORED), 1, _CLOSE)
        if close:
            raise PackError(where, f"unknown directive {name!r}", f"did you mean {close[0]!r}?")
    return name, value


def _path(name: str, value: str, where: str) -> turbohtml.XPath | None:
    """What finds a directive's elements. It is tried on an empty page, because some faults show only when it is asked."""
    if name == "test_url":
        return None
    expression = value
    if name == "strip_id_or_class":
        expression = f"//*[contains(@class, '{value}') or contains(@id, '{value}')]"
    elif name == "strip_image_src":
        expression = f"//img[contains(@src, '{value}') or contains(@data-src, '{value}')]"
    try:
        path = turbohtml.XPath(expression, smart_strings=True)
        path(turbohtml.parse(""))
    except (ValueError, TypeError) as error:
        raise invalid(value, where, error) from error
    return path


def invalid(value: str, where: str, error: Exception) -> PackError:
    """The error for an expression that cannot be asked."""
    return PackError(where, f"{value!r} is no XPath expression: {error}", "correct it, or delete the line")


def _category(name: str, value: str) -> str:
    """The category of what a directive removes, by the words in it."""
    if name in ("title", "author", "date"):
        return "credit"
    if name == "next_page_link":
        return "navigation"
    said = {word.lower() for word in _WORD.findall(value)}
    found = (category for category, words in _HINTS.items() if said & set(words.split()))
    return next(found, "decoration" if name == "strip_image_src" else "interface")
