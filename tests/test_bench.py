"""The figures and the tables of bench/quality.py, and what it keeps of peers."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

FIGURES = """
import json
from measures import Measure, measure, shingles
from pages import Page
from seedclean.model.document import Source
from tables import Row, calibration, of_pages, reliability

pages = [Page("a", kind, "a", Source("a.html", b""), gold) for kind, gold in (("article", "one two three four five"), ("forum", "six"))]
whole = [measure(None, page, page.gold, 2.0, 1.0) for page in pages]
half = [measure(None, page, text, 4.0, 1.0) for page, text in zip(pages, ("one two three four five and five more words", ""))]
row = Row("b", "not known", half, [90, 20])
print(json.dumps({
    "words": [one.words for one in half],
    "shingles": [shingles(whole), shingles(half)],
    "calibration": calibration(row),
    "sure": calibration(Row("c", "no model", whole, [100, None])),
    "table": of_pages("a", pages, [Row("a", "no model", whole, None), row]),
    "reliability": reliability(row, []),
}))
"""


def run(script: str, *names: str) -> str:
    """What a script prints whose modules are those of bench/."""
    path = os.pathsep.join([str(ROOT / "bench"), str(ROOT / "src")])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script, *names], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_figures_and_tables() -> None:
    result = json.loads(run(FIGURES))
    words = 2 * 5 / (5 + 9)
    assert result["words"] == pytest.approx([words, 0])
    assert result["shingles"] == pytest.approx([1, 2 * (2 / 6) * 0.5 / (2 / 6 + 0.5)])
    assert result["calibration"] == pytest.approx((abs(0.9 - words) + 0.2) / 2)
    assert result["sure"] == 0
    lines = result["table"].split("\n")
    assert lines[-2] == "| a | no model | 1.000 | 1.000 | 1.000 | 1.000 | 2.0 |"
    assert lines[-1] == "| **b** | not known | .357 | .714 | .000 | .400 | 4.0 |"
    assert "| 90 to 94 % | 1 | 0.900 | 0.714 |" in result["reliability"]
    assert "| 0 to 49 % | 1 | 0.200 | 0.000 |" in result["reliability"]


KEPT = """
import sys
from pathlib import Path
import answers, peers
from pages import load

folder, kept = Path(sys.argv[1]), Path(sys.argv[2])
kept.mkdir(exist_ok=True)
asked = kept / "asked"
def tool(text):
    with asked.open("a") as file:
        file.write("x")
    if "bad" in text:
        raise ValueError("of the peer's own")
    return "a gold text"
peers.tools = lambda: {"peer 1.0": tool}
measured = answers.peers_measured(folder, load(folder), kept)
print([round(one.words, 2) for one in measured["peer 1.0"]], asked.stat().st_size)
"""


def test_peers_are_asked_about_a_page_once(tmp_path: Path) -> None:
    (tmp_path / "set" / "html").mkdir(parents=True)
    rows = [{"id": name, "url": "", "type": "article", "text": "a gold text"} for name in ("good", "bad", "other")]
    (tmp_path / "set" / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    for row in rows:
        page = f"<html><body><p>{row['id']}</p></body></html>"
        (tmp_path / "set" / "html" / f"{row['id']}.html.gz").write_bytes(gzip.compress(page.encode()))
    folder, kept = str(tmp_path / "set"), str(tmp_path / "kept")
    assert run(KEPT, folder, kept) == "[1.0, 0.0, 1.0] 3\n"
    assert run(KEPT, folder, kept) == "[1.0, 0.0, 1.0] 3\n"
    file = tmp_path / "kept" / "set" / "peer_1.0.jsonl"
    lines = file.read_text().split("\n")
    file.write_text("\n".join(lines[:3]) + "\n" + lines[3][:20])
    assert run(KEPT, folder, kept) == "[1.0, 0.0, 1.0] 4\n"
    (tmp_path / "set" / "gold.jsonl").write_text("".join(json.dumps({**row, "text": "a"}) + "\n" for row in rows))
    assert run(KEPT, folder, kept) == "[0.5, 0.0, 0.5] 7\n"
