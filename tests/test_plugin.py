"""Third-party packs and extractors, through the same entry points as the built-in ones, in a plugin really installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

SCRIPT = """
import json, seedclean
from seedclean.packs.registry import load
bulletin = seedclean.clean(b"@bulletin\\nThe ferry runs again.\\n@end\\n")
gazette = seedclean.clean(b"---\\nurl: https://www.gazette.example/1\\n---\\n\\nA mill reopens.\\n\\nRing the bell for more\\n")
show = lambda r: [r.origin, r.clue, r.publisher, r.text, [[b.rule, b.category] for b in r.removed]]
print(json.dumps([show(bulletin), show(gazette), sorted(load().extractors), "gmw" in load().packs]))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory into which pip has installed the sample plugin, without the network."""
    source = tmp_path_factory.mktemp("source") / "plugin"
    shutil.copytree(ROOT / "tests" / "plugin", source)
    target = tmp_path_factory.mktemp("site")
    run = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--target",
    ]
    done = subprocess.run([*run, str(target), str(source)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


def test_a_plugin_brings_a_pack_and_an_extractor_in_code(site: Path) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run([sys.executable, "-c", SCRIPT], check=True, capture_output=True, text=True, env=environment)
    bulletin, gazette, extractors, builtin = json.loads(done.stdout)
    assert bulletin == [
        "sample-bulletin",
        "sample-bulletin/first-line",
        None,
        "The ferry runs again.",
        [["sample-bulletin/mark", "residue"], ["sample-bulletin/mark", "residue"]],
    ]
    assert gazette[:4] == ["sample-gazette", "address/front-matter", "Sample Gazette", "A mill reopens."]
    assert ["sample-gazette/ring-the-bell", "engagement"] in gazette[4]
    assert extractors == ["sample-bulletin"]
    assert builtin


def test_without_the_plugin_nobody_claims_its_documents() -> None:
    import seedclean

    assert seedclean.clean(b"@bulletin\nThe ferry runs again.\n").origin is None
