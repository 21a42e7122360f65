"""Extractors asked about the pages of a set in some processes: `python bench/answers.py DIR SET...` asks the peers installed here.

The CPU time of an answer is taken beside that of a bare parse of the same page in the same process, so that a busy machine
weighs on both. The figures of peers are kept in DIR, in a file of JSON lines for each set, known by the hash of its labels, and
each version of a peer: a line a page, written as it is measured, so that a run that was ended goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import peers
from measures import Measure, measure
from pages import Page, load

from seedclean.sources.encoding import decode

Answer = tuple[str, int | None]
"""The text of a document, and the confidence in per cent where the extractor states one."""
Asked = Callable[[Page], Answer]

_JOBS = 2
_job: tuple[Asked, Path] | None = None
"""What the processes of a pool have to do: set before they are forked, so that the function needs no name."""


def ask(asked: Asked, folder: Path, pages: Sequence[Page]) -> Iterator[tuple[Measure, int | None]]:
    """The figures of an extractor on each page of a set in turn, and its confidence."""
    global _job
    _job = (asked, folder)
    with multiprocessing.get_context("fork").Pool(_JOBS) as pool:
        yield from pool.imap(_one, pages, chunksize=2)


def _one(page: Page) -> tuple[Measure, int | None]:
    assert _job
    asked, folder = _job
    text = decode(page.source).text
    begun = time.process_time()
    peers.parse(text)
    parsed = time.process_time()
    try:
        said, sure = asked(page)
    except BaseException as error:  # code of others, and a panic in Rust is no Exception: it counts as an empty answer
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        said, sure = "", None
        print(f"  {type(error).__name__} on {page.source.path}", file=sys.stderr, flush=True)
    spent = time.process_time() - parsed
    return measure(folder, page, said, spent, parsed - begun), sure


def peers_measured(folder: Path, pages: Sequence[Page], kept: Path) -> dict[str, list[Measure]]:
    """The figures of all peers that are installed here, or whose figures are kept, on the pages of a set."""
    for name, tool in peers.tools().items():
        _complete(_file(kept, folder, name), folder, pages, tool)
    result = {}
    for file in sorted(_file(kept, folder, "").parent.glob("*.jsonl")):
        figures = _kept(file, folder)
        if all(page.source.path in figures for page in pages):
            result[" ".join(file.stem.rsplit("_", 1)).replace(",_", ", ")] = [
                figures[page.source.path] for page in pages
            ]
        else:
            print(f"{file} is not complete: its row is left out", file=sys.stderr)
    return result


def _complete(file: Path, folder: Path, pages: Sequence[Page], tool: peers.Tool) -> None:
    """Ask a peer about the pages that its file lacks."""
    figures = _kept(file, folder)
    missing = [page for page in pages if page.source.path not in figures]
    if not missing:
        return
    print(f"{file.stem}: {len(missing)} pages of {folder.name}", file=sys.stderr, flush=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8") as lines:  # anew, as an ended run may have left half a line
        lines.write(json.dumps({"labels": _labels(folder)}) + "\n")
        lines.writelines(json.dumps({"path": path, **asdict(one)}) + "\n" for path, one in figures.items())
        answers = ask(lambda page: (tool(decode(page.source).text), None), folder, missing)
        for page, (one, _) in zip(missing, answers, strict=True):
            lines.write(json.dumps({"path": page.source.path, **asdict(one)}) + "\n")
            lines.flush()


def _kept(file: Path, folder: Path) -> dict[str, Measure]:
    """The figures in a file, by path of the page; none if they are of other labels. An end that was torn off is left out."""
    if not file.is_file():
        return {}
    head, *lines = file.read_text("utf-8").split("\n")
    if json.loads(head)["labels"] != _labels(folder):
        return {}
    rows = [json.loads(line) for line in lines[:-1]]
    return {row.pop("path"): Measure(**row) for row in rows}


def _file(kept: Path, folder: Path, name: str) -> Path:
    return kept / folder.name / f"{name.replace(' ', '_')}.jsonl"


def _labels(folder: Path) -> str:
    return hashlib.sha256((folder / "gold.jsonl").read_bytes()).hexdigest()


if __name__ == "__main__":
    for name in sys.argv[2:]:
        raw = [page for page in load(Path(name)) if page.source.path.endswith(".html")]
        peers_measured(Path(name), raw, Path(sys.argv[1]))
