"""Labelled pages as the benchmarks and the training read them: adapters for the layouts of three kinds of data sets.

A set of raw pages has `gold.jsonl` (id, url, type, text) and `html/ID.html.gz`. A labelled corpus has `gold.jsonl` with
`docs/`; a line gives either the document's gold text (`body`, a file in `bodies/`) or the numbers of the segments that are
the document (`keep`) and of those that may be kept or not (`neutral`), as tools/segments.py beside the corpus cuts them.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from seedclean.model.document import Source
from seedclean.sources.encoding import decode

_ADDRESS = re.compile(r"https?://([\w.-]+)")
_HOST_IN_NAME = re.compile(r"[a-z]-\d+-([\w.-]+)\.html")
_EVERYWHERE = (
    "w3.org", "google.com", "macromedia.com", "archive.org", "baidu.com", "schema.org", "googleapis.com", "gstatic.com",
    "facebook.com", "twitter.com", "doubleclick.net", "googlesyndication.com", "google-analytics.com", "gravatar.com", "x.com",
    "linkedin.com", "addthis.com", "youtube.com", "instagram.com", "amazonaws.com", "cloudfront.net", "feedburner.com",
    "googletagmanager.com", "qq.com", "purl.org", "xmlns.com", "adobe.com", "wp.com", "ogp.me", "pinterest.com",
)  # fmt: skip
_CHROME = (
    "wechat-article-md",
    "bilingual-interleaved-md",
    "clipper-md",
    "blog-md",
    "frontmatter-html",
    "newsarchive-html",
)
"""Families of documents that were saved with little of a page around them."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its gold text; `site` keeps pages of one site together, in whatever form they were saved.

    `cut` has the page's segments, each with 1 where it is the document's, 0 where it is not, and 0.5 where it may be kept
    or not; it is empty where the set has a gold text alone.
    """

    set: str
    type: str
    site: str
    source: Source
    gold: str
    cut: tuple[tuple[str, float], ...] = ()

    @property
    def excerpt(self) -> bool:
        """Whether it was saved with little of its page around it."""
        return self.set in _CHROME or self.set == "fresh"


def load(folder: Path) -> list[Page]:
    """The pages of a data set, in the order of its labels."""
    return list(_raw(folder) if (folder / "html").is_dir() else _labelled(folder))


@cache
def tool(folder: Path, name: str) -> ModuleType:
    """A module of tools/ beside a corpus."""
    path = folder.parent / "tools" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(name, module)
    spec.loader.exec_module(module)
    return module


def _labels(folder: Path) -> Iterator[dict[str, Any]]:
    for line in (folder / "gold.jsonl").read_text("utf-8").split("\n"):
        if line:
            yield json.loads(line)


def _raw(folder: Path) -> Iterator[Page]:
    for label in _labels(folder):
        data = gzip.decompress((folder / "html" / f"{label['id']}.html.gz").read_bytes())
        source = Source(label["id"] + ".html", data)
        address = urlsplit(label["url"]).hostname
        site = _site(address) if address else _busiest(data.decode("utf-8", "replace")) or label["id"]
        yield Page(folder.name, label["type"], site, source, label["text"])


def _labelled(folder: Path) -> Iterator[Page]:
    sites: dict[str, str] = {}
    for label in sorted(_labels(folder), key=lambda label: not label["path"].endswith(".html")):
        path = folder / "docs" / label["path"]
        source = Source(label["path"], path.read_bytes())
        host = _HOST_IN_NAME.fullmatch(label["path"])
        text = decode(source).text
        site = _site(host[1]) if host else sites.setdefault(path.stem, _busiest(text) or path.stem)
        kind = label.get("kind") or ("forum" if "forum" in path.stem else "article")
        name = label["path"].split("/")[0] if "/" in label["path"] and folder.name != "fresh" else folder.name
        if "body" in label:
            yield Page(name, kind, site, source, (folder / label["body"]).read_text("utf-8"))
        else:
            cut = _cut(folder, path, label)
            gold = "\n".join(text for text, worth in cut if worth == 1)
            yield Page(name, kind, site, source, gold, cut)


def _cut(folder: Path, path: Path, label: dict[str, Any]) -> tuple[tuple[str, float], ...]:
    segments = tool(folder, "segments")
    keep, neutral = (_numbers(label.get(key, "")) for key in ("keep", "neutral"))
    texts: Sequence[str] = segments.segments(segments.read(path))
    return tuple((text, 1.0 if at in keep else 0.5 if at in neutral else 0.0) for at, text in enumerate(texts))


def _numbers(ranges: str) -> set[int]:
    """The numbers in ranges such as 3-5,9."""
    numbers: set[int] = set()
    for part in filter(None, ranges.replace(" ", "").split(",")):
        low, _, high = part.partition("-")
        numbers.update(range(int(low), int(high or low) + 1))
    return numbers


def _busiest(text: str) -> str:
    """The site that a page names most often: its own."""
    counts = Counter(_site(host) for host in _ADDRESS.findall(text))
    return max((site for site in counts if site not in _EVERYWHERE), key=lambda site: (counts[site], site), default="")


def _site(host: str) -> str:
    labels = host.lower().strip(".").split(".")
    short = len(labels) > 2 and labels[-2] in ("com", "co", "org", "net", "gov", "edu", "ac")
    return ".".join(labels[-3 if short else -2 :])
