"""Addresses: whose host an address is of, and the form in which a record states it, without what only tracks."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

_KEEP = {"mp.weixin.qq.com": ("__biz", "mid", "idx", "sn")}
"""Hosts whose addresses need these parameters and no others, in this order."""

_TRACKING = frozenset(
    [
        "fbclid",
        "gclid",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "twclid",
        "ttclid",
        "igshid",
        "igsh",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "_hsenc",
        "_hsmi",
        "_ga",
        "vero_id",
        "oly_enc_id",
        "oly_anon_id",
        "spm",
        "scm",
        "share_token",
        "share_source",
        "sharer_shareid",
        "chksm",
        "wt_mc",
        "wt_zmc",
        "icid",
        "ncid",
        "cmpid",
        "at_medium",
        "at_campaign",
        "at_custom1",
        "at_custom2",
        "at_custom3",
        "at_custom4",
        "at_link_id",
        "at_link_origin",
        "at_link_type",
        "at_format",
        "at_ptr_name",
        "at_bbc_team",
        "smid",
        "cn-redirect",
    ]
)
_TRACKING_PREFIXES = ("utm_", "hsa_", "pk_", "mtm_", "piwik_", "stm_", "ga_")
_PRESSED = ("rss-", "post_page", "user_profile-", "collection_", "friends_link", "author_recirc-", "read_next_recirc-")
"""What Medium, under its own host and those of its publications, writes in `source`: where a link was pressed."""
_WEB = re.compile(r"https?://\S+", re.I)

_PROXIES = (
    re.compile(r"https?://(?:images\.weserv\.nl|wsrv\.nl)/?\?(?:.*&)?url=(?P<url>[^&]+)"),
    re.compile(r"https?://[^/]*substackcdn\.com/image/fetch/[^/]*/(?P<url>https?.+)"),
    re.compile(r"https?://[^/]+/_next/image\?(?:.*&)?url=(?P<url>[^&]+)"),
    re.compile(r"https?://i[0-3]\.wp\.com/(?P<url>[^?]+)"),
)
"""Where an image proxy keeps the address of the image."""


def is_web(value: str) -> bool:
    """Whether a text is a web address and nothing else."""
    return bool(_WEB.fullmatch(value.strip()))


def host(url: str) -> str:
    """The host of an address, lower case; an empty string where it has none or is broken."""
    try:
        return (urlsplit("https:" + url if url.startswith("//") else url).hostname or "").lower()
    except ValueError:
        return ""


def path(url: str) -> str:
    """The path of an address; an empty string where it has none or is broken."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def under(name: str, domain: str) -> bool:
    """Whether a host is a domain or below it: at a label's edge, so netflix.com is not under x.com."""
    return name == domain or name.endswith("." + domain)


def canonical(url: str) -> str:
    """The address without fragment and without parameters that only track. What it cannot parse it leaves alone."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return url.strip()
    name = host(url)
    netloc = (
        name if port is None or (parts.scheme.lower(), port) in (("http", 80), ("https", 443)) else f"{name}:{port}"
    )
    return urlunsplit((parts.scheme.lower(), netloc, parts.path, _query(name, parts.query), ""))


def _query(name: str, query: str) -> str:
    if not query:
        return ""
    if name in _KEEP:
        found = dict(parse_qsl(query, keep_blank_values=True))
        return urlencode({key: found[key] for key in _KEEP[name] if key in found}, safe="=")
    return "&".join(part for part in query.split("&") if not _tracks(part))


def _tracks(parameter: str) -> bool:
    key, _, value = unquote(parameter).lower().partition("=")
    pressed = key == "source" and value.startswith(_PRESSED)
    return pressed or key in _TRACKING or key.startswith(_TRACKING_PREFIXES)


def image(url: str) -> str:
    """The address of an image, out of the proxy that a capture put before it."""
    url = url.strip()
    if url.startswith("//"):
        return "https:" + url
    for proxy in _PROXIES:
        found = proxy.match(url)
        if found:
            inner = unquote(found["url"])
            if not inner.startswith(("http://", "https://")):
                inner = "https://" + inner.lstrip("/")
            return quote(inner, safe="/:?&=%#+,;@!$'()*~[]") if not inner.isascii() else inner
    return url
