"""Site configurations in the format of FiveFilters' Full-Text RSS: a directory with one .txt file for each host.

A file consists of lines `directive: value`. Each supported directive becomes a rule with the id HOST/NAME-N, where N counts
the directives of that name. `judge` applies them to a page.
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
"""Directives whose value is a substring of an attribute."""

USED = (*PATHS, *WORDS, "test_url")

IGNORED = (
    "autodetect_next_page", "autodetect_on_failure", "convert_double_br_tags", "dissolve", "find_string", "footnotes",
    "http_header", "if_page_contains", "insert_detected_image", "login_extra_fields", "login_password_field", "login_uri",
    "login_username_field", "move_into", "native_ad_clue", "not_logged_in_xpath", "parser", "prune", "replace_string",
    "requires_login", "single_page_link", "single_page_link_in_feed", "skip_id_or_class", "skip_json_ld",
    "src_lazy_load_attr", "strip_attr", "strip_comments", "test_contains", "test_content", "tidy", "wrap_in",
)  # fmt: skip
"""Directives about fetching, text repair or tests: accepted and counted, without effect."""

_LINE = re.compile(r"(?P<name>[A-Za-z_-]+)\s*(?:\(.*\)\s*)?:(?P<value>.*)")
_CLOSE = 0.75
"""An unknown directive at least this similar to a known one (difflib ratio) is taken for a misprint of it."""

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
"""Category -> words in a directive's value that name it; the first category with such a word decides."""

_WORD = re.compile(r"[A-Z]?[a-z]+\d?|[A-Z]+\d?")


@dataclass(frozen=True, slots=True, eq=False)
class Directive:
    """One directive of a file. `id` is its rule's; `path` selects its elements, and is None for an address (`test_url`)."""

    name: str
    value: str
    where: str
    id: str
    category: str
    path: turbohtml.XPath | None


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """The configuration of one host. `ignored` counts directives without effect, `unknown` lines without a known directive."""

    id: str
    directives: tuple[Directive, ...]
    ignored: Mapping[str, int]
    unknown: int

    def of(self, *names: str) -> list[Directive]:
        """The directives with these names, in the order of the names and then of the file."""
        return [directive for name in names for directive in self.directives if directive.name == name]

    @property
    def outside(self) -> str:
        """The id of the rule for blocks outside the body."""
        return f"{self.id}/outside"

    @property
    def rules(self) -> frozenset[str]:
        """The ids of all rules of this configuration."""
        return frozenset({directive.id for directive in self.directives if directive.path} | {self.outside})


@dataclass(frozen=True, slots=True, eq=False)
class Sites:
    """The files of a directory by the host in their name. Each is read on first use and cached."""

    files: Mapping[str, Path] = field(default_factory=dict)
    _cache: dict[str, Site] = field(default_factory=dict)

    def __contains__(self, id: object) -> bool:
        return id in self.files

    def under(self, host: str) -> str:
        """The id of the most specific configuration for a host; "" where there is none.

        `example.org` is for that host and www.example.org; `.example.org` for all other hosts below it.
        """
        name = host.removeprefix("www.")
        if name in self.files:
            return name
        labels = name.split(".")
        wider = ("." + ".".join(labels[at:]) for at in range(1, len(labels)))
        return next((id for id in wider if id in self.files), "")

    def get(self, id: str) -> Site | None:
        """The configuration with an id; None where there is no such file. Raises PackError where the file has a fault."""
        if id not in self.files:
            return None
        if id not in self._cache:
            self._cache[id] = read_site(self.files[id], id)
        return self._cache[id]

    def rules(self, id: str) -> frozenset[str]:
        """The ids of the rules of a configuration; empty where there is no such file. Raises as `get` does."""
        site = self.get(id)
        return site.rules if site else frozenset()


def open_sites(folder: Path) -> Sites:
    """List the configurations of a directory without reading them. Raises PackError where there are none."""
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
    """The host in a file's name; a leading dot stands for the hosts below it."""
    return name.removesuffix(".txt").lower().removeprefix("www.")


def read_site(file: Path, id: str) -> Site:
    """Read and parse a file. Raises PackError where it cannot be read, or for its first fault."""
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PackError(str(file), "not UTF-8", "save the site configuration as UTF-8") from error
    except OSError as error:
        raise PackError(str(file), error.strerror or "cannot be read", "check its permissions") from error
    return parse_site(text, id, str(file))


def parse_site(text: str, id: str, file: str) -> Site:
    """Parse a configuration. Raises PackError for an invalid XPath expression or a misprinted directive."""
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
    """Name and value of a line; "" as name where it has no directive. Raises PackError for a misprint of a known one."""
    match = _LINE.match(line.strip())
    if not match:
        return "", ""
    name, value = match["name"], match["value"].strip()
    if name in WORDS:
        value = value.replace("'", "").replace('"', "")
    if name not in USED and name not in IGNORED:
        close = get_close_matches(name.lower().replace("-", "_"), (*USED, *IGNORED), 1, _CLOSE)
        if close:
            raise PackError(where, f"unknown directive {name!r}", f"did you mean {close[0]!r}?")
    return name, value


def _path(name: str, value: str, where: str) -> turbohtml.XPath | None:
    """The XPath of a directive. It is evaluated on an empty page once, because some faults only show then."""
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
    """The error for an expression that cannot be evaluated."""
    return PackError(where, f"{value!r} is no XPath expression: {error}", "correct it, or delete the line")


def _category(name: str, value: str) -> str:
    """The category of a directive's removals, by the words in its value."""
    if name in ("title", "author", "date"):
        return "credit"
    if name == "next_page_link":
        return "navigation"
    value_words = {word.lower() for word in _WORD.findall(value)}
    categories = (category for category, words in _HINTS.items() if value_words & set(words.split()))
    return next(categories, "decoration" if name == "strip_image_src" else "interface")
