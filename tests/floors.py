"""The quality gate's figures: what the labelled corpora of the shared folder score, and the floors they must not fall under.

`python tests/floors.py` raises the floors of tests/floors.toml to what is reached now; `--lower` lets them fall, on purpose.
A corpus is known by the hash of its labels and documents: floors of another state of it say nothing.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from seedclean.model.document import Source
from seedclean.packs.registry import load
from seedclean.pipeline import examine

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
FILE = Path(__file__).with_name("floors.toml")
CORPORA = ("seeds", "corpus")
_DIGITS = 4

Figures = dict[str, dict[str, float]]


def digest(corpus: Path) -> str:
    """The hash of a corpus: its labels, its documents and the bodies its labels name, in the order of their paths."""
    whole = hashlib.sha256()
    for path in sorted([corpus / "gold.jsonl", *corpus.glob("docs/**/*"), *corpus.glob("bodies/**/*")]):
        if path.is_file():
            whole.update(path.relative_to(corpus).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def scorer() -> ModuleType:
    """The scorer that lies beside the corpora."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures(corpus: Path) -> Figures:
    """For each family the mean of each figure over its documents; fields count where a label states them."""
    score = scorer()
    rows: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for line in (corpus / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        for name, value in _row(score, corpus, gold).items():
            rows[gold.get("family") or gold["path"].split("/")[0]][name].append(value)
    return {
        family: {name: round(sum(values) / len(values), _DIGITS) for name, values in columns.items()}
        for family, columns in sorted(rows.items())
    }


def _row(score: ModuleType, corpus: Path, gold: dict[str, Any]) -> dict[str, float]:
    source = Source(gold["path"], (corpus / "docs" / gold["path"]).read_bytes())
    record = examine(source, load()).record.to_dict()
    texts = [record["text"], *(version["text"] for version in record["translations"])]
    cut = score.segments(score.read(corpus / "docs" / gold["path"]))
    body = score.read(corpus / gold["body"]) if "body" in gold else None
    title = score.plain(gold.get("title") or "")
    neutral = score.numbers(gold.get("neutral", ""))
    if body is not None:
        neutral |= {at for at, segment in enumerate(cut) if score.plain(segment) == title}
    row = score.score_text("\n".join(texts), cut, score.numbers(gold.get("keep", "")), neutral, body)
    values = {name: row[name] for name in ("f1", "perfect")}
    values |= {name: float(score.same(name, gold[name], record[name])) for name in score.FIELDS if gold.get(name)}
    return values


def floors() -> dict[str, Any]:
    """The floors as the file has them: for each corpus its hash and its families."""
    return tomllib.loads(FILE.read_text("utf-8")) if FILE.is_file() else {}


def fallen(now: Figures, lowest: Figures) -> list[str]:
    """The figures that are under their floor."""
    return [
        f"{family} {name}: {now.get(family, {}).get(name, 0.0)} < {floor}"
        for family, names in lowest.items()
        for name, floor in names.items()
        if now.get(family, {}).get(name, 0.0) < floor
    ]


def write(measured: Iterable[tuple[str, str, Figures]]) -> None:
    """Write the floors."""
    lines = ["# Written by `python tests/floors.py`; a floor is lowered only on purpose, with --lower."]
    for corpus, hashed, families in measured:
        lines += ["", f"[{corpus}]", f'digest = "{hashed}"']
        for family, names in families.items():
            inner = ", ".join(f"{name} = {value}" for name, value in names.items())
            lines.append(f"families.{family} = {{ {inner} }}")
    FILE.write_text("\n".join(lines) + "\n", "utf-8")


def main(lower: bool) -> int:
    """Measure, compare and write."""
    lowest, rows = floors(), []
    for name in CORPORA:
        now, hashed = figures(SHARED / name), digest(SHARED / name)
        known = lowest.get(name, {})
        down = fallen(now, known["families"]) if known.get("digest") == hashed else []
        for line in down:
            print(line, file=sys.stderr)
        if down and not lower:
            print("nothing written: a floor falls only on purpose, with --lower", file=sys.stderr)
            return 1
        rows.append((name, hashed, now))
    write(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main("--lower" in sys.argv[1:]))
