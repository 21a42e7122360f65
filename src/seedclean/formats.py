"""What the bytes are: HTML, Markdown or plain text. The suffix tells where it is one of theirs, else the content."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

SUFFIXES = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html", ".md": "markdown", ".markdown": "markdown",
    ".mdx": "markdown", ".mkd": "markdown", ".txt": "", ".text": "",
}  # fmt: skip
"""The suffixes of files that are cleaned; an empty format means that the content decides."""

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S
)
_FRAGMENT = re.compile(
    r"\s*<(?:article|div|section|p|table|main|span|img|figure|h[1-6]|ul|ol|header)(?=[\s>])[^>]*>", re.I
)
_MARKDOWN = re.compile(
    r"^(?:#{1,6} +\S|!\[[^\]\n]*\]\(|\[[^\]\n]+\]\([^)\s]+\)|```|~~~|> +\S|\|.+\|[ \t]*$|-{3,}[ \t]*$|={3,}[ \t]*$)"
    r"|\*\*[^*\n]+\*\*|!\[[^\]\n]*\]\([^)\s]*\)|\]\(https?://",
    re.M,
)
_LOOK = 20_000


def sniff(path: str, body: str) -> str:
    """The format of a text without its front matter: "html", "markdown" or "text"."""
    named = SUFFIXES.get(PurePosixPath(path).suffix.lower(), "")
    if named == "html" or _PAGE.match(body):
        return "html"
    if _FRAGMENT.match(body) and not _has_markdown_after(body):
        return "html"
    if named:
        return named
    return "markdown" if _MARKDOWN.search(body, 0, _LOOK) else "text"


def _has_markdown_after(body: str) -> bool:
    """Whether a text that begins with a tag goes on in Markdown: a line that is markup of that kind, outside tags."""
    lines = body[:_LOOK].split("\n")
    return any(re.match(r"#{1,6} +\S|!\[|\[[^\]]+\]\(|```|\*\*\S|[-*] +\S", line) for line in lines)
