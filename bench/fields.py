"""Metadata on labelled documents, field by field: `python bench/fields.py SET... [--peers] [--wrong FIELD]`.

SET are folders with `docs/` and `gold.jsonl` as tools/score.py beside them reads it; its `same` decides what is right.
Printed for each field: of how many documents the label states it; recall, the share of these whose value is right;
precision, the share that is right of those that have a value; and how many documents have a value where the label
states none. `--wrong FIELD` lists each value that is not the label's. `--peers` adds those of trafilatura, htmldate, newspaper4k
and extruct that are installed. They are asked about HTML alone and score only over that.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pages import tool

from seedclean.model.document import Source
from seedclean.model.vocabulary import LISTS
from seedclean.packs.registry import load as load_registry
from seedclean.pipeline import examine
from seedclean.sources.encoding import decode

FIELDS = ("title", "url", "published", "publisher", "authors", "language", "editors", "credit")
_REGISTRY = load_registry()

Values = Mapping[str, Any]
"""Field -> value."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a tool says of one document, beside its label."""

    label: Values
    values: Values


def _seedclean(source: Source) -> Values:
    return examine(source, _REGISTRY).record.to_dict()


def _trafilatura(source: Source) -> Values:
    metadata = importlib.import_module("trafilatura").extract_metadata(decode(source).text)
    if metadata is None:
        return {}
    stated = {"title": metadata.title, "url": metadata.url, "published": metadata.date, "publisher": metadata.sitename}
    return stated | {"authors": (metadata.author or "").split("; ") if metadata.author else []}


def _htmldate(source: Source) -> Values:
    return {"published": importlib.import_module("htmldate").find_date(decode(source).text, original_date=True)}


def _newspaper(source: Source) -> Values:
    article = importlib.import_module("newspaper").Article("https://page.example/", fetch_images=False)
    article.download(input_html=decode(source).text)
    article.parse()
    date = article.publish_date
    return {
        "title": article.title,
        "published": date.isoformat() if hasattr(date, "isoformat") else date,
        "authors": article.authors,
        "language": article.meta_lang,
        "publisher": article.meta_site_name,
        "url": article.canonical_link,
    }


def _extruct(source: Source) -> Values:
    """What its uniform output states: of all that has a property the first value."""
    extracted = importlib.import_module("extruct").extract(decode(source).text, uniform=True, errors="ignore")
    things = [thing for several in extracted.values() if isinstance(several, list) for thing in several]
    names = {
        "title": ("headline", "og:title"),
        "url": ("og:url",),
        "published": ("datePublished", "article:published_time"),
        "publisher": ("publisher", "og:site_name"),
        "authors": ("author",),
        "language": ("inLanguage",),
    }
    values = {field: _property(things, keys) for field, keys in names.items()}
    return values | {"authors": [values["authors"]] if values["authors"] else []}


def _property(things: Sequence[Any], keys: Sequence[str]) -> str:
    for key in keys:
        for thing in things:
            value = thing.get(key) if isinstance(thing, dict) else None
            value = value[0] if isinstance(value, list) and value else value
            value = value.get("name") if isinstance(value, dict) else value
            if isinstance(value, str) and value:
                return value
    return ""


def _peers() -> dict[str, Callable[[Source], Values]]:
    tools = {"trafilatura": _trafilatura, "htmldate": _htmldate, "newspaper": _newspaper, "extruct": _extruct}
    return {name: ask for name, ask in tools.items() if importlib.util.find_spec(name)}


def _labels(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "gold.jsonl").read_text("utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def _answers(folder: Path, labels: Sequence[Values], ask: Callable[[Source], Values]) -> Iterator[_Answer]:
    for label in labels:
        source = Source(label["path"], (folder / "docs" / label["path"]).read_bytes())
        try:
            values = ask(source)
        except Exception as error:
            if ask is _seedclean:
                raise
            values = {}  # code of others: whatever it raises counts as no answer
            print(f"  {type(error).__name__}: {label['path']}", file=sys.stderr)
        yield _Answer(label, values)


def _is_right(folder: Path, field: str, answer: _Answer) -> bool:
    alike = "authors" if field in LISTS else field
    return bool(tool(folder, "score").same(alike, answer.label[field], answer.values.get(field)))


def _print(folder: Path, name: str, answers: Sequence[_Answer]) -> None:
    print(f"\n{folder.name}, {name}: {len(answers)} documents")
    print(f"{'':12}{'stated':>8}{'recall':>8}{'precision':>11}{'unasked':>9}")
    for field in FIELDS:
        stated = [answer for answer in answers if answer.label.get(field)]
        given = [answer for answer in stated if answer.values.get(field)]
        unasked = sum(1 for answer in answers if answer.values.get(field)) - len(given)
        if stated:
            right = sum(_is_right(folder, field, answer) for answer in given)
            precision = f"{right / len(given):11.3f}" if given else f"{'-':>11}"
            print(f"{field:12}{len(stated):8}{right / len(stated):8.3f}{precision}{unasked:9}")


def _print_wrong(folder: Path, field: str, answers: Sequence[_Answer]) -> None:
    for answer in answers:
        wanted, value = answer.label.get(field), answer.values.get(field)
        if wanted and not (value and _is_right(folder, field, answer)):
            place = (answer.values.get("provenance") or {}).get(field, {}).get("from", "")
            print(f"  {answer.label['path']}\n    wanted {wanted!r}\n    given  {value!r} {place}")


def main(folders: Sequence[Path], peers: bool, wrong: str | None) -> None:
    """Print a table for each set and tool, and below that of seedclean what is wrong in one field."""
    for folder in folders:
        labels = _labels(folder)
        answers = list(_answers(folder, labels, _seedclean))
        _print(folder, "seedclean", answers)
        if wrong:
            _print_wrong(folder, wrong, answers)
        pages = [label for label in labels if label["path"].endswith(".html")]
        for name, ask in (_peers() if peers and pages else {}).items():
            _print(folder, name, list(_answers(folder, pages, ask)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+", metavar="SET")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--wrong", choices=FIELDS, metavar="FIELD")
    arguments = parser.parse_args()
    main(arguments.sets, arguments.peers, arguments.wrong)
