"""One article as several converters write it: the text is the same, whatever marks, margins and blanks they use.

tests/converters holds two articles of our own in HTML, and what html2text 2025.4.15, markdownify 1.2.3, pandoc 3, turndown 7 with its
tables of GitHub's form, and inscriptis 2.7 made of them. Law 8 of docs/decisions.md.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import cleaned

FOLDER = Path(__file__).parent / "converters"
PAGES = sorted(FOLDER.glob("*.html"))
OUTPUTS = sorted(path for page in PAGES for path in FOLDER.glob(f"{page.stem}.*") if path != page)


def page_of(path: Path) -> Path:
    return FOLDER / f"{path.name.partition('.')[0]}.html"


def words(path: Path) -> str:
    """The kept text with white space folded."""
    return " ".join(cleaned(path).record.to_dict()["text"].split())


def marks(path: Path) -> set[tuple[str, str]]:
    """The addresses of links and pictures."""
    blocks = cleaned(path).record.to_dict()["blocks"]
    links = {("link", mark["url"]) for block in blocks for mark in block.get("marks", ()) if mark["type"] == "link"}
    return links | {("image", block["url"]) for block in blocks if block["kind"] == "image"}


@pytest.mark.parametrize("path", OUTPUTS, ids=lambda path: path.name)
def test_a_converter_changes_no_text(path: Path) -> None:
    page = page_of(path)  # HTML states the headline in its head too, so there it is removed as a duplicate
    assert words(path) == f"{cleaned(page).record.to_dict()['title']} {words(page)}"


@pytest.mark.parametrize("path", [path for path in OUTPUTS if path.suffix == ".md"], ids=lambda path: path.name)
def test_a_converter_of_markdown_keeps_links_and_pictures(path: Path) -> None:
    assert marks(path) == marks(page_of(path))


@pytest.mark.parametrize("name", ["markdownify", "turndown", "turndown-references", "pandoc"])
def test_a_converter_without_marks_of_its_own_is_not_named(name: str) -> None:
    assert [cleaned(path).detection.capture for path in FOLDER.glob(f"*.{name}.md")] == ["", ""]
