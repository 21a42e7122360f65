"""URLs: their host, their canonical form without tracking parameters, and the image behind an image proxy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from seedclean.values.tables import table

_ASSIGNED = re.compile(r"""["']?\s{0,8}[:=]\s{0,8}["'](?P<url>https?:[\\/]{2,4}[^"'<>\s]{4,500})["']""")
"""What follows the name of a variable that holds an address."""
_CACHED_CHARS = 500
"""The hosts of longer addresses are not cached: they hold data, and would fill the memory."""
_HEAD = re.compile("[^/?#]*//[^/?#]*")
"""The part of an address that its host depends on, which is the same for all pages of a site."""
_WEB = re.compile(r"https?://\S+", re.I)


@dataclass(frozen=True, slots=True)
class _Tables:
    """What urls.toml says, compiled."""

    tracking: frozenset[str]
    tracking_prefixes: tuple[str, ...]
    tracking_values: Mapping[str, tuple[str, ...]]
    required: Mapping[str, tuple[str, ...]]
    proxies: tuple[re.Pattern[str], ...]
    share: Mapping[str, tuple[str, ...]]
    variables: tuple[str, ...]


@cache
def _tables() -> _Tables:
    data = table("urls")
    return _Tables(
        frozenset(data["tracking"]),
        tuple(data["tracking_prefixes"]),
        {name: tuple(prefixes) for name, prefixes in data["tracking_values"].items()},
        {name: tuple(parameters) for name, parameters in data["required"].items()},
        tuple(re.compile(pattern) for pattern in data["proxies"]),
        {place: tuple(parameters) for place, parameters in data["share"].items()},
        tuple(data["script"]["variables"]),
    )


def is_web(value: str) -> bool:
    """Whether the text is an http or https URL and nothing else."""
    return bool(_WEB.fullmatch(value.strip()))


def web(value: object) -> str:
    """A value as the http or https URL that it is; "" for any other one."""
    return value if isinstance(value, str) and is_web(value) else ""


def is_address(value: str) -> bool:
    """Whether a text is an address of the web, also without its scheme: `www.site.example/people/lee`."""
    head, slash, _ = value.strip().partition("/")
    return is_web(value) or bool(
        slash and " " not in value.strip() and head.count(".") and head.isascii() and head.count(".") < 5
    )


def host(url: str) -> str:
    """The host of a URL in lower case; empty if the URL has none or is malformed."""
    if "//" not in url:  # a relative link, as most are
        return ""
    head = _HEAD.match(url)
    site = head[0] if head else url
    return _cached_host(site) if len(site) <= _CACHED_CHARS else _host(site)


def _host(url: str) -> str:
    try:
        return (urlsplit("https:" + url if url.startswith("//") else url).hostname or "").lower()
    except ValueError:
        return ""


_cached_host = lru_cache(maxsize=1024)(_host)


def path(url: str) -> str:
    """The path of an address; an empty string where it has none or is broken."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def under(name: str, domain: str) -> bool:
    """Whether a host is `domain` or a subdomain of it: netflix.com is not under x.com."""
    return name == domain or name.endswith("." + domain)


def of_host(owners: Mapping[str, str], name: str) -> str:
    """What a table from domains says of a host: by its longest part that is in the table; empty if none is."""
    labels = name.split(".")
    return next((owners[part] for at in range(len(labels) - 1) if (part := ".".join(labels[at:])) in owners), "")


def canonical_url(url: str) -> str:
    """The URL without fragment, default port and tracking parameters. A URL that cannot be parsed stays as it is."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not parts.netloc:
        return url.strip()
    name = host(url)
    netloc = name if port is None or (scheme, port) in (("http", 80), ("https", 443)) else f"{name}:{port}"
    return urlunsplit((scheme, netloc, parts.path, _query(name, parts.query), ""))


def _query(name: str, query: str) -> str:
    if not query:
        return ""
    required = _tables().required.get(name)
    if required is not None:
        values = dict(parse_qsl(query, keep_blank_values=True))
        return urlencode({key: values[key] for key in required if key in values}, safe="=")
    return "&".join(part for part in query.split("&") if not _tracks(part))


def _tracks(parameter: str) -> bool:
    tables = _tables()
    key, _, value = unquote(parameter).lower().partition("=")
    if key in tables.tracking or key.startswith(tables.tracking_prefixes):
        return True
    return value.startswith(tables.tracking_values.get(key, ()))


def shared_address(url: str) -> str:
    """The address that a button for sharing sends, if the URL is one's; else an empty string."""
    if "=" not in url:
        return ""
    try:
        parts = urlsplit("https:" + url if url.startswith("//") else url)
        place = ((parts.hostname or "") + parts.path).lower()
        names = next((names for start, names in _tables().share.items() if place.startswith(start)), ())
        values = dict(parse_qsl(parts.query)) if names else {}
    except ValueError:
        return ""
    return next((values[name] for name in names if is_web(values.get(name, ""))), "")


def address_in_script(code: str) -> str:
    """The address of the page that a variable of its script holds; an empty string if there is none."""
    for variable in _tables().variables:
        at = code.find(variable)
        while at >= 0:
            match = _ASSIGNED.match(code, at + len(variable))
            if match and "\\x" not in match["url"] and path(match["url"]).strip("/"):
                return match["url"].replace("\\/", "/")
            at = code.find(variable, at + 1)
    return ""


def unproxied(url: str) -> str:
    """The URL of an image without the image proxy before it; `//host/…` becomes https."""
    url = url.strip()
    if url.startswith("//"):
        return "https:" + url
    for proxy in _tables().proxies:
        match = proxy.match(url)
        if match:
            inner = unquote(match["url"])
            if not inner.startswith(("http://", "https://")):
                inner = "https://" + inner.lstrip("/")
            return quote(inner, safe="/:?&=%#+,;@!$'()*~[]") if not inner.isascii() else inner
    return url
