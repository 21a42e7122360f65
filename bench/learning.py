"""What rules learnt on one half of a corpus do on the other: `python bench/learning.py CORPUS [FAMILY...] [--unknown]`.

CORPUS holds `docs/` and `gold.jsonl`, with `tools/score.py` beside it. The documents of each origin are dealt to two halves
by turns. Rules learnt on either half are accepted unread, and the other half is scored without and with them. `--unknown`
takes the packs of origins and captures away first: that is how a site fares that nobody has written rules for.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from seedclean.learning.learn import counted
from seedclean.learning.observation import observe
from seedclean.model.document import Source
from seedclean.packs.parser import parse_pack
from seedclean.packs.registry import Registry, load
from seedclean.pipeline import examine

_LEAST = 3
"""Origins with fewer documents leave nothing to learn from."""


def _scorer(corpus: Path) -> ModuleType:
    folder = corpus.resolve().parent / "tools"
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _halves(golds: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    origins = defaultdict(list)
    for gold in sorted(golds, key=lambda gold: str(gold["path"])):
        origins[gold["origin"]].append(gold)
    dealt = [list(one) for one in origins.values() if len(one) >= _LEAST]
    return [gold for one in dealt for gold in one[::2]], [gold for one in dealt for gold in one[1::2]]


def _scores(
    corpus: Path, golds: Sequence[dict[str, Any]], registry: Registry, score: ModuleType
) -> list[dict[str, float]]:
    rows = []
    for gold in golds:
        file = corpus / "docs" / gold["path"]
        record = examine(Source(gold["path"], file.read_bytes()), registry).record
        output = "\n".join([record.text, *(one.text for one in record.translations)])
        cut = score.segments(score.read(file))
        keep, neutral = score.numbers(gold.get("keep", "")), score.numbers(gold.get("neutral", ""))
        row = score.score_text(output, cut, keep, neutral)
        row["lost"] = row["loss"] * sum(at in keep and len(score.plain(text)) > 3 for at, text in enumerate(cut))
        rows.append(row)
    return rows


def _learnt(corpus: Path, golds: Sequence[dict[str, Any]], registry: Registry) -> str:
    files = [(gold["path"], corpus / "docs" / gold["path"]) for gold in golds]
    observed = (observe(examine(Source(path, file.read_bytes()), registry), registry) for path, file in files)
    with counted(observed) as corpus:
        return corpus.rules()


def _mean(rows: Sequence[dict[str, float]], name: str) -> float:
    return sum(row[name] for row in rows) / len(rows) if rows else 0.0


def main() -> None:
    names = [word for word in sys.argv[1:] if not word.startswith("--")]
    corpus, families = Path(names[0]), set(names[1:])
    registry = load()
    if "--unknown" in sys.argv:
        common = {id: pack for id, pack in registry.packs.items() if pack.role == "common"}
        registry = replace(registry, packs=common, extractors={})
    golds = [json.loads(line) for line in (corpus / "gold.jsonl").read_text("utf-8").splitlines()]
    golds = [gold for gold in golds if not families or gold["family"] in families]
    score = _scorer(corpus)
    halves = _halves(golds)
    for at, (learn_on, other) in enumerate((halves, halves[::-1]), 1):
        text = _learnt(corpus, learn_on, registry)
        (Path(tempfile.gettempdir()) / f"learnt-{at}.toml").write_text(text, "utf-8")
        pack = parse_pack(text, "learnt")
        known = replace(registry, packs={**registry.packs, pack.id: pack})
        before, after = (_scores(corpus, other, one, score) for one in (registry, known))
        changed = sum(one != two for one, two in zip(before, after, strict=True))
        print(
            f"half {at}: {len(pack.rules)} rules from {len(learn_on)} documents; on {len(other)} others, {changed} changed: "
            + ", ".join(
                f"{name} {_mean(before, name):.4f} -> {_mean(after, name):.4f}" for name in ("f1", "leak", "loss")
            )
            + f", segments lost {sum(row['lost'] for row in before):.0f} -> {sum(row['lost'] for row in after):.0f}"
        )


if __name__ == "__main__":
    main()
