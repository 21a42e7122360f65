"""What the bytes are: HTML, Markdown or plain text. The suffix tells where it is one of theirs, else the content."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

SUFFIXES = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html", ".md": "markdown", ".markdown": "markdown",
    ".mdx": "markdown", ".mkd": "markdown", ".txt": "", ".text": "",
}  # fmt: skip
"""The suffixes of files that are cleaned; an empty format means that the content decides."""

CONTAINERS = {
    ".mhtml": "html", ".mht": "html", ".eml": "html", ".warc": "html", ".json": "", ".jsonl": "", ".ndjson": "",
    ".parquet": "",
}  # fmt: skip
"""The suffixes of files that documents are taken out of, with the format of those documents."""

PACKED = (".gz", ".zst")
"""Suffixes that stand behind another: `page.html.gz`."""

_PLACE = re.compile(r"#(?:[^#/]*\.)?(html|markdown|text)\Z")
"""The format, behind the place in a container, where nothing else of the path tells it: `dump.jsonl#12.html`."""

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S
)
_FRAGMENT = re.compile(
    r"\s*<(?:article|div|section|p|table|main|span|img|figure|h[1-6]|ul|ol|header)(?=[\s>])[^>]*>", re.I
)
_MARKDOWN = re.compile(
    r"^(?:#{1,6} +\S|!\[[^\]\n]*\]\(|\[[^\]\n]+\]\([^)\s]+\)|```|~~~|\|.+\|[ \t]*$|-{3,}[ \t]*$|={3,}[ \t]*$)"
    r"|(?:\A|(?<=\n\n)|(?<=\n\r\n))> +\S|\*\*[^*\n]+\*\*|!\[[^\]\n]*\]\([^)\s]*\)|\]\(https?://",
    re.M,
)
"""Marks of Markdown. A quotation is one behind an empty line alone: in bare text, links begin with the same sign."""
_LOOK = 20_000


def sniff(path: str, body: str) -> str:
    """The format of a text without its front matter: "html", "markdown" or "text"."""
    named = _named(path)
    if named == "text":
        return "text"
    if named == "html" or _PAGE.match(body):
        return "html"
    if _FRAGMENT.match(body) and not _has_markdown_after(body):
        return "html"
    if named:
        return named
    return "markdown" if _MARKDOWN.search(body, 0, _LOOK) else "text"


def is_known(name: str) -> bool:
    """Whether a file of this name is cleaned."""
    suffix = _suffix(bare(name))
    return suffix in SUFFIXES or suffix in CONTAINERS or (not suffix and name != bare(name))


def bare(path: str) -> str:
    """A path without the suffixes of packing: `page.html` of `page.html.gz`."""
    while path.lower().endswith(PACKED):
        path = path[: path.rindex(".")]
    return path


def hinted(path: str, format: str) -> str:
    """A path that tells the format by itself, so that the record's path and the bytes are enough to read them again."""
    if not format or _named(path) == format:
        return path
    return f"{path}{'.' if re.search(r'#[^#/.]+$', path) else '#'}{format}"


def _named(path: str) -> str:
    """The format that a path tells; an empty string where the content decides."""
    if found := _PLACE.search(path):
        return found[1]
    for name in (path, path.rpartition("#")[0]):
        suffix = _suffix(bare(name))
        if suffix in SUFFIXES or suffix in CONTAINERS:
            return SUFFIXES.get(suffix, "") or CONTAINERS.get(suffix, "")
    return ""


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()


def _has_markdown_after(body: str) -> bool:
    """Whether a text that begins with a tag goes on in Markdown: a line that is markup of that kind, outside tags."""
    lines = body[:_LOOK].split("\n")
    return any(re.match(r"#{1,6} +\S|!\[|\[[^\]]+\]\(|```|\*\*\S|[-*] +\S", line) for line in lines)
