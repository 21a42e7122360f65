"""Labelled pages as the benchmarks and the training read them: adapters for the layouts of two data sets.

A data set of raw pages has `gold.jsonl` (id, url, type, text) and `html/ID.html.gz`; a labelled corpus has `gold.jsonl`
(path, body) with `docs/` and `bodies/`. Only documents with a gold text are read.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from seedclean.model.document import Source
from seedclean.sources.encoding import decode

_ADDRESS = re.compile(r"https?://([\w.-]+)")
_EVERYWHERE = ("w3.org", "google.com", "macromedia.com", "archive.org", "baidu.com", "schema.org")


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its gold text; `site` keeps pages of one site together, in whatever form they were saved."""

    set: str
    type: str
    site: str
    source: Source
    gold: str


def load(folder: Path) -> list[Page]:
    """The pages of a data set, in the order of its labels."""
    return list(_raw(folder) if (folder / "html").is_dir() else _labelled(folder))


def _labels(folder: Path) -> Iterator[dict[str, str]]:
    for line in (folder / "gold.jsonl").read_text("utf-8").split("\n"):
        if line:
            yield json.loads(line)


def _raw(folder: Path) -> Iterator[Page]:
    for gold in _labels(folder):
        data = gzip.decompress((folder / "html" / f"{gold['id']}.html.gz").read_bytes())
        site = _site(urlsplit(gold["url"]).hostname or gold["id"])
        yield Page(folder.name, gold["type"], site, Source(gold["id"] + ".html", data), gold["text"])


def _labelled(folder: Path) -> Iterator[Page]:
    sites: dict[str, str] = {}
    held = [gold for gold in _labels(folder) if "body" in gold]
    for gold in sorted(held, key=lambda gold: not gold["path"].endswith(".html")):
        path = folder / "docs" / gold["path"]
        source = Source(gold["path"], path.read_bytes())
        site = sites.setdefault(path.stem, _busiest(decode(source).text) or path.stem)
        kind = "forum" if "forum" in path.stem else "article"
        yield Page(gold["path"].split("/")[0], kind, site, source, (folder / gold["body"]).read_text("utf-8"))


def _busiest(text: str) -> str:
    """The site that a page names most often: its own."""
    found = Counter(_site(host) for host in _ADDRESS.findall(text))
    return max((site for site in found if site not in _EVERYWHERE), key=lambda site: (found[site], site), default="")


def _site(host: str) -> str:
    labels = host.lower().strip(".").split(".")
    short = len(labels) > 2 and labels[-2] in ("com", "co", "org", "net", "gov", "edu", "ac")
    return ".".join(labels[-3 if short else -2 :])
